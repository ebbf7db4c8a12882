/** Reads the failure documents that a user has written, from a folder. */

import { join } from 'node:path';
import { bundledData } from '../knowledge/bundled.ts';
import type { Fault, ReadFile } from '../knowledge/compile.ts';
import { createKnowledgeBase, type KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { addressOfPath, type Platform, pathBelow, pathOfDocument } from './address.ts';
import { type FailureFile, findFailureFiles, isDocumentName, readFailureFile } from './failureFiles.ts';
import { reasonOf } from './faults.ts';

export interface UserKnowledge {
  readonly folder: string;
  /** Ours, with the user's failures added. */
  readonly knowledge: KnowledgeBase;
  /** Each document, by its path in the folder. */
  readonly files: ReadonlyMap<string, ReadFile>;
  /** Which document has an id: its path in the folder. */
  readonly ids: ReadonlyMap<string, string>;
  /** What is wrong with the others; `path` is that in the folder. */
  readonly faults: readonly Fault[];
  /** What is no document and could not be looked into. */
  readonly unreadable: readonly Required<FailureFile>[];
}

/** How many files are open at the same time at most. What was read of them is parsed before the next are opened, and whoever waits for something else gets his turn. */
const mostOpen = 16;

/**
 * Reads all Markdown files below a folder as failure documents. Their paths in it have forward slashes. Whatever one of them is like, the others are used.
 * @param earlier What was read of a folder before: where it is the same, documents that are the same are not parsed again, and where all are, it is the answer.
 * @throws What the file system says where the folder cannot be read, and the signal's reason where nobody wants the answer any more.
 */
export async function readUserKnowledge(folder: string, earlier?: UserKnowledge, signal?: AbortSignal): Promise<UserKnowledge> {
  const before = earlier?.folder === folder ? earlier : undefined;
  const { documents: found, unreadable } = await findFailureFiles(folder, signal);
  // The parsers of Markdown and YAML are loaded only where somebody has documents of his own.
  const { addFailures, joinDocuments, longestFailureDocument, readFile, unreadableFile } = await import('../knowledge/compile.ts');
  const { formatIds, snippets } = bundledData();
  const files = new Map<string, ReadFile>();
  for (let start = 0; start < found.length; start += mostOpen) {
    const contents = await Promise.all(found.slice(start, start + mostOpen).map((file) => readContent(folder, file, longestFailureDocument)));
    signal?.throwIfAborted();
    for (const { path, text, reason } of contents) {
      const known = before?.files.get(path);
      const isSame = known !== undefined && known.text === text && known.reason === reason;
      files.set(path, isSame ? known : reason === undefined ? readFile({ path, text }, { formatIds, snippets }) : unreadableFile(path, reason));
    }
  }
  if (before && isSameFolder(before, files, unreadable)) return before;
  const { documents, faults } = joinDocuments(files.values());
  const failures = documents.map(({ failure }) => ({ ...failure, page: addressOfPath(join(folder, failure.page)) }));
  return {
    folder,
    knowledge: createKnowledgeBase(addFailures(bundledData(), failures)),
    files,
    ids: new Map(documents.map(({ failure }) => [failure.id, failure.page])),
    faults,
    unreadable,
  };
}

interface Content {
  readonly path: string;
  readonly text: string;
  readonly reason?: string;
}

/** @param longest In characters, each of which takes four bytes at most. */
async function readContent(folder: string, { path, reason }: FailureFile, longest: number): Promise<Content> {
  if (reason !== undefined) return { path, text: '', reason };
  try {
    return { path, text: await readFailureFile(join(folder, path), 4 * longest) };
  } catch (error) {
    return { path, text: '', reason: reasonOf(error) };
  }
}

function isSameFolder(before: UserKnowledge, files: UserKnowledge['files'], unreadable: UserKnowledge['unreadable']): boolean {
  const areFilesSame = before.files.size === files.size && [...files].every(([path, file]) => before.files.get(path) === file);
  return (
    areFilesSame &&
    before.unreadable.length === unreadable.length &&
    unreadable.every(({ path, reason }, at) => before.unreadable[at]?.path === path && before.unreadable[at]?.reason === reason)
  );
}

/** The path of a Markdown file within a folder, with forward slashes; undefined where the address is of something else. A file that is not saved yet has one too. */
export function pathInFolder(folder: string, uri: string, platform: Platform = process.platform): string | undefined {
  const path = pathOfDocument(uri, platform);
  return path !== undefined && isDocumentName(path) ? pathBelow(folder, path, platform) : undefined;
}
