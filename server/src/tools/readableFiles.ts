/**
 * The files that an agent may have read: those that the user has named, and what stands in the folders that he has named. An agent knows them by
 * names of ours and hands over no path; a link that leads out of what was named is not followed. An editor's open documents stand in for their
 * files, or are read beside them.
 */

import { realpath, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { serverOfPath } from '../analysis/serverOfLog.ts';
import { pathBelow } from '../files/address.ts';
import { findFiles } from '../files/findFiles.ts';
import type { LogWords } from './logWords.ts';

export interface ReadableFile {
  /** "logs/SEND2026011508-1.LOG", as the agent is told it. */
  readonly name: string;
  /** Without links. */
  readonly path: string;
  /** In bytes, or in characters of a text. */
  readonly size: number;
  /** Another one where the file has changed. */
  readonly stamp: string;
  /** What an editor has of it; it is read instead of the file. */
  readonly text?: string;
}

/** A document that an editor has open. */
export interface OpenText {
  /** Of its file, or an address of something that is none. */
  readonly path: string;
  readonly name: string;
  readonly text: string;
  readonly version: number;
}

export class ReadableFiles {
  private readonly roots: readonly string[];
  private readonly words: LogWords;
  private readonly open: readonly OpenText[];

  constructor(paths: readonly string[], words: LogWords, open: readonly OpenText[] = []) {
    this.roots = paths.map((path) => resolve(path));
    this.words = words;
    this.open = open;
  }

  /** All of them as they are now, or those of some names, in the order of the folders. Throws where a name is none of them. */
  async list(names?: readonly string[]): Promise<readonly ReadableFile[]> {
    const all = await this.all();
    if (!names || names.length === 0) return all;
    const wanted = new Set(names);
    const chosen = all.filter(({ name }) => wanted.delete(name));
    if (wanted.size > 0) throw new Error('One of the files is none of those that may be read. summarize_failures tells their names.');
    return chosen;
  }

  private async all(): Promise<ReadableFile[]> {
    const found = await this.find();
    // A folder that is called as the server whose logs it holds has that server's stand-in, whichever file in it is named first.
    for (const { parts } of found) {
      const server = serverOfPath(parts.join('/'));
      if (server !== undefined) this.words.destination(server);
    }
    const known = new Map<string, number>();
    return found.map(({ parts, ...file }) => {
      const shown = this.words.namedOnce(file.path, () => parts.map((part) => this.words.fileName(part)).join('/'));
      const count = (known.get(shown) ?? 0) + 1;
      known.set(shown, count);
      return { ...file, name: count === 1 ? shown : `${shown} (${count})` };
    });
  }

  private async find(): Promise<FoundReadable[]> {
    const roots = (await Promise.all(this.roots.map((path) => realpath(path).catch(() => undefined)))).filter((path) => path !== undefined);
    const open = new Map(await Promise.all(this.open.map(async (text) => [await realpath(text.path).catch(() => text.path), text] as const)));
    const found = new Map<string, FoundReadable>();
    for (const root of roots) {
      for await (const { path } of findFiles([root], () => undefined)) {
        // A name that is no UTF-8 could not be said.
        const real = typeof path === 'string' ? await realpath(path).catch(() => undefined) : undefined;
        if (real === undefined || found.has(real)) continue;
        const status = await fileWithin(real, roots);
        if (!status) continue;
        const text = open.get(real);
        const seen = text ? stampedText(text) : { size: status.size, stamp: `${status.size} ${status.mtimeMs}` };
        found.set(real, { parts: partsOf(root, path as string), path: real, ...seen });
      }
    }
    for (const [path, text] of open) if (!found.has(path)) found.set(path, { parts: [text.name], path, ...stampedText(text) });
    return [...found.values()];
  }
}

/** A file before it is named: the parts of its path from the folder on that the user has named. */
interface FoundReadable extends Omit<ReadableFile, 'name'> {
  readonly parts: readonly string[];
}

function partsOf(root: string, path: string): string[] {
  const below = pathBelow(root, path);
  return below === undefined ? [basename(path)] : [basename(root), ...below.split('/')];
}

function stampedText({ text, version }: OpenText): Pick<ReadableFile, 'size' | 'stamp' | 'text'> {
  return { size: text.length, stamp: `version ${version}`, text };
}

async function fileWithin(real: string, roots: readonly string[]): Promise<{ readonly size: number; readonly mtimeMs: number } | undefined> {
  if (!roots.some((root) => root === real || pathBelow(root, real) !== undefined)) return undefined;
  const status = await stat(real).catch(() => undefined);
  return status?.isFile() === true ? status : undefined;
}
