/** Reads the failure documents that a user has written, from a folder. */

import { readdir, readFile } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundledData } from '../knowledge/bundled.ts';
import type { Fault } from '../knowledge/compile.ts';
import { createKnowledgeBase, type KnowledgeBase } from '../knowledge/knowledgeBase.ts';

export interface UserKnowledge {
  /** Ours, with the user's failures added. */
  readonly knowledge: KnowledgeBase;
  /** The text of each document, by its path in the folder. */
  readonly texts: ReadonlyMap<string, string>;
  /** Which document has an id: its path in the folder. */
  readonly ids: ReadonlyMap<string, string>;
  /** What is wrong with the others; `path` is that in the folder. */
  readonly faults: readonly Fault[];
}

/**
 * Reads all Markdown files below a folder as failure documents. Their paths in it have forward slashes.
 * @throws What the file system says where the folder cannot be read.
 */
export async function readUserKnowledge(folder: string): Promise<UserKnowledge> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.md')).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const files = await Promise.all(paths.sort().map(async (path) => ({ path: slashed(relative(folder, path)), text: await readFile(path, 'utf8') })));
  // The parsers of Markdown and YAML are loaded only where somebody has documents of his own.
  const { addFailures, compileDocuments } = await import('../knowledge/compile.ts');
  const { documents, faults } = compileDocuments(files);
  const failures = documents.map(({ failure }) => ({ ...failure, page: uriInFolder(folder, failure.page) }));
  return {
    knowledge: createKnowledgeBase(addFailures(bundledData(), failures)),
    texts: new Map(files.map(({ path, text }) => [path, text])),
    ids: new Map(documents.map(({ failure }) => [failure.id, failure.page])),
    faults,
  };
}

/**
 * The folder that the setting names.
 * @param workspace The address of the workspace's folder, which a relative path starts from; without one there is no such place.
 */
export function knowledgeFolder(setting: string, workspace: string | undefined): string | undefined {
  if (setting === '') return undefined;
  if (isAbsolute(setting)) return setting;
  return workspace?.startsWith('file:') ? resolve(fileURLToPath(workspace), setting) : undefined;
}

/** The path of a Markdown file within a folder, with forward slashes; undefined where the address is of something else. A file that is not saved yet has one too. */
export function pathInFolder(folder: string, uri: string): string | undefined {
  const address = uri.replace(/^untitled:(?=\/)/, 'file://');
  if (!address.startsWith('file:///') || !address.endsWith('.md')) return undefined;
  const path = relative(folder, fileURLToPath(address));
  return path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path) ? undefined : slashed(path);
}

/** The address of a file in a folder. */
export function uriInFolder(folder: string, path: string): string {
  return pathToFileURL(join(folder, path)).href;
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}
