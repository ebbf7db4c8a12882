/** Finds and reads the files of a folder of failure documents. Whatever one of them is like, the others are read. */

import type { Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pathBelow } from './address.ts';
import { asThisComputer } from './codePage.ts';
import { decode } from './encoding.ts';
import { reasonOf } from './faults.ts';
import { notOrdinary, readOrdinaryFile } from './ordinaryFile.ts';

/** Something below the folder: its path in it, with forward slashes, and why it cannot be read, where that is known. */
export interface FailureFile {
  readonly path: string;
  readonly reason?: string;
}

export interface FailureFiles {
  /** In the order of their paths. */
  readonly documents: readonly FailureFile[];
  /** Folders, and links that lead nowhere. */
  readonly unreadable: readonly Required<FailureFile>[];
}

/** Whether a file can be a failure document by its name. Windows has old names in upper case; what begins with a dot is the lock or the shadow of another file. */
export function isDocumentName(path: string): boolean {
  return /(?:^|[\\/])[^.\\/][^\\/]*\.md$/i.test(path);
}

const skippedFolders = new Set(['node_modules', '.git']);

/**
 * Finds all Markdown files below a folder. Links are followed, each file and folder is found once, by its own name before that of a link.
 * @throws What the file system says where the folder itself cannot be read, and the signal's reason where nobody wants the answer any more.
 */
export async function findFailureFiles(folder: string, signal?: AbortSignal): Promise<FailureFiles> {
  const documents: FailureFile[] = [];
  const unreadable: Required<FailureFile>[] = [];
  const links: string[] = [];
  /** By their real paths. */
  const seen = new Set<string>();
  const inFolder = (path: string): string => relative(folder, path).split(sep).join('/');
  const leave = (path: string, error: unknown): void => {
    const left = { path: inFolder(path), reason: reasonOf(error) };
    (isDocumentName(path) ? documents : unreadable).push(left);
  };
  const add = (path: string, real: string, status: Pick<Stats, 'isFile'>): void => {
    if (!isDocumentName(path) || seen.has(real)) return;
    seen.add(real);
    if (status.isFile()) documents.push({ path: inFolder(path) });
    else leave(path, notOrdinary());
  };
  const enter = async (path: string, real: string): Promise<void> => {
    signal?.throwIfAborted();
    if (seen.has(real)) return;
    seen.add(real);
    for (const entry of await readdir(path, { withFileTypes: true })) {
      const [at, realAt] = [join(path, entry.name), join(real, entry.name)];
      if (entry.isSymbolicLink()) links.push(at);
      else if (!entry.isDirectory()) add(at, realAt, entry);
      else if (!skippedFolders.has(entry.name)) await enter(at, realAt).catch((error: unknown) => leave(at, error));
    }
  };

  // Some drives of Windows know no real paths.
  const root = await realpath(folder).catch(() => folder);
  await enter(folder, root);
  // More of them can come while they are followed.
  for (const link of links) {
    signal?.throwIfAborted();
    try {
      const real = await realpath(link);
      const status = await stat(real);
      if (!status.isDirectory()) add(link, real, status);
      // Whoever follows a link upwards reads everything that is there.
      else if (pathBelow(real, root) === undefined) await enter(link, real);
      else leave(link, new Error('it leads to a folder that this one is in'));
    } catch (error) {
      leave(link, error);
    }
  }
  signal?.throwIfAborted();
  const byPath = (one: FailureFile, other: FailureFile): number => (one.path < other.path ? -1 : 1);
  return { documents: documents.sort(byPath), unreadable: unreadable.sort(byPath) };
}

/**
 * The text of a document, in whatever encoding an editor or a shell of this computer has written it.
 * @param most In bytes: a larger file is not read.
 * @throws Error with a reason for the user, or what the file system says.
 */
export async function readFailureFile(path: string, most: number): Promise<string> {
  return decode(await readOrdinaryFile(path, most), asThisComputer);
}
