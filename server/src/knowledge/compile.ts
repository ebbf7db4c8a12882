/**
 * Makes the knowledge base out of its documents: ours when the product is built, a user's own when it runs. It is the one door to what reads them,
 * a file of its own beside the bundles, since it brings the parsers of Markdown and YAML.
 */

import type { Failure } from '../failures.ts';
import type { KnowledgeData } from './knowledgeBase.ts';
import { type DocumentNames, type ParsedDocument, type Problem, parseFailure } from './parseFailure.ts';

export { failureSchema } from './failureSchema.ts';
export { findFrontMatter, readFrontMatter } from './frontMatter.ts';
export { longestFailureDocument, parseFailure } from './parseFailure.ts';

/** One file of a knowledge base: its path with forward slashes, and its text. */
export interface KnowledgeFile {
  readonly path: string;
  readonly text: string;
}

/** What is wrong with a document. */
export interface Fault extends Problem {
  readonly path: string;
  /** One-based, the column in UTF-16 code units. */
  readonly line: number;
  readonly column: number;
}

export interface CompiledDocuments {
  /** In the order of their ids. */
  readonly documents: readonly ParsedDocument[];
  readonly faults: readonly Fault[];
}

/** A file that was read: a document, or its faults. */
export interface ReadFile extends KnowledgeFile {
  readonly document?: ParsedDocument;
  readonly faults: readonly Fault[];
  /** Why there is no text of it. */
  readonly reason?: string;
}

/** Reads failure documents. Faulty ones are left out and named; nothing throws. */
export function compileDocuments(files: readonly KnowledgeFile[], names: DocumentNames): CompiledDocuments {
  return joinDocuments(files.map((file) => readFile(file, names)));
}

/** Reads one file by itself. */
export function readFile({ path, text }: KnowledgeFile, names: DocumentNames): ReadFile {
  const parsed = parseFailure(text, path, names);
  return 'problems' in parsed ? { path, text, faults: faultsOf(path, text, parsed.problems) } : { path, text, document: parsed, faults: [] };
}

/** A file whose text could not be read, told as its fault. */
export function unreadableFile(path: string, reason: string): ReadFile {
  return { path, text: '', reason, faults: [{ path, line: 1, column: 1, span: { start: 0, end: 0 }, message: `This document cannot be read: ${reason}.` }] };
}

/** Of several documents with one id only the first is used. */
export function joinDocuments(files: Iterable<ReadFile>): CompiledDocuments {
  const documents = new Map<string, ParsedDocument>();
  const faults: Fault[] = [];
  for (const { path, text, document, faults: own } of files) {
    faults.push(...own);
    if (!document) continue;
    if (documents.has(document.failure.id)) faults.push(...faultsOf(path, text, [usedTwice(document)]));
    else documents.set(document.failure.id, document);
  }
  return { documents: [...documents.values()].sort((one, other) => (one.failure.id < other.failure.id ? -1 : 1)), faults };
}

function faultsOf(path: string, text: string, problems: readonly Problem[]): Fault[] {
  const placeOf = createLineCount(text);
  return problems.map((problem) => ({ path, ...placeOf(problem.span.start), ...problem }));
}

/** The fault of a document whose id another one has already. */
export function usedTwice({ failure, idSpan }: ParsedDocument): Problem {
  return { span: idSpan, message: `"id" must be used once. Another document has "${failure.id}" already.` };
}

/** Counts lines as editors do; the offsets are asked in ascending order. */
function createLineCount(text: string): (offset: number) => { readonly line: number; readonly column: number } {
  let line = 1;
  let start = 0;
  let end = lineEnd(text, 0);
  return (offset) => {
    for (; end <= offset; end = lineEnd(text, start)) {
      line += 1;
      start = end;
    }
    return { line, column: offset - start + 1 };
  };
}

/** Where the line after an offset begins; beyond the text where there is none. */
function lineEnd(text: string, from: number): number {
  const end = /\r\n?|\n/g;
  end.lastIndex = from;
  return end.exec(text) ? end.lastIndex : text.length + 1;
}

/** Adds a user's failures to a knowledge base. One with the id of ours takes its place. */
export function addFailures(data: KnowledgeData, failures: readonly Failure[]): KnowledgeData {
  const own = new Set(failures.map(({ id }) => id));
  const { index: _ofOthers, ...registries } = data;
  return { ...registries, failures: [...data.failures.filter(({ id }) => !own.has(id)), ...failures] };
}
