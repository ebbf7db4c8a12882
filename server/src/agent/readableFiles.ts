/**
 * The files that an agent may have read: those that the user has named, and what stands in the folders that he has named. An agent knows them by
 * names of ours and hands over no path; a link that leads out of what was named is not followed.
 */

import { realpath, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { pathBelow } from '../files/address.ts';
import { findFiles } from '../files/findFiles.ts';
import type { LogWords } from './logWords.ts';

export interface ReadableFile {
  /** "logs/SEND2026011508-1.LOG", as the agent is told it. */
  readonly name: string;
  /** Without links. */
  readonly path: string;
}

export class ReadableFiles {
  private readonly roots: readonly string[];
  private readonly words: LogWords;

  constructor(paths: readonly string[], words: LogWords) {
    this.roots = paths.map((path) => resolve(path));
    this.words = words;
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
    const roots = (await Promise.all(this.roots.map((path) => realpath(path).catch(() => undefined)))).filter((path) => path !== undefined);
    const found: ReadableFile[] = [];
    const known = new Map<string, number>();
    const paths = new Set<string>();
    for (const root of roots) {
      for await (const { path } of findFiles([root], () => undefined)) {
        // A name that is no UTF-8 could not be said.
        const real = typeof path === 'string' ? await realpath(path).catch(() => undefined) : undefined;
        if (real === undefined || paths.has(real) || !(await isWithin(real, roots))) continue;
        paths.add(real);
        const shown = this.shownName(root, path as string);
        const count = (known.get(shown) ?? 0) + 1;
        known.set(shown, count);
        found.push({ name: count === 1 ? shown : `${shown} (${count})`, path: real });
      }
    }
    return found;
  }

  private shownName(root: string, path: string): string {
    const below = pathBelow(root, path);
    const parts = below === undefined ? [basename(path)] : [basename(root), ...below.split('/')];
    return parts.map((part) => this.words.fileName(part)).join('/');
  }
}

async function isWithin(real: string, roots: readonly string[]): Promise<boolean> {
  if (!roots.some((root) => root === real || pathBelow(root, real) !== undefined)) return false;
  const status = await stat(real).catch(() => undefined);
  return status?.isFile() === true;
}
