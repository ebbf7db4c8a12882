/** Makes the knowledge base out of its documents: ours when the product is built, a user's own when it runs. */

import type { ColumnMeaning, Failure, Meaning } from '../values.ts';
import type { KnowledgeData } from './knowledgeBase.ts';
import { type FailureDocument, parseFailure } from './parseFailure.ts';

/** One file of a knowledge base: its path with forward slashes, and its text. */
export interface KnowledgeFile {
  readonly path: string;
  readonly text: string;
}

/** What is wrong with a document, at a one-based line of it. */
export interface Fault {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

export interface CompiledDocuments {
  /** In the order of their ids. */
  readonly documents: readonly FailureDocument[];
  readonly faults: readonly Fault[];
}

/** Reads failure documents. Faulty ones are left out and named; nothing throws. */
export function compileDocuments(files: readonly KnowledgeFile[]): CompiledDocuments {
  const documents = new Map<string, FailureDocument>();
  const faults: Fault[] = [];
  for (const { path, text } of files) {
    const document = parseFailure(text, path);
    if ('problems' in document) {
      faults.push(...document.problems.map((problem) => ({ path, ...problem })));
      continue;
    }
    const { id } = document.failure;
    if (path !== `${id}.md` && !path.endsWith(`/${id}.md`)) faults.push({ path, line: 2, message: `the id "${id}" must be the file's name.` });
    else if (documents.has(id)) faults.push({ path, line: 2, message: `the id "${id}" is used twice.` });
    else documents.set(id, document);
  }
  return { documents: [...documents.values()].sort((one, other) => (one.failure.id < other.failure.id ? -1 : 1)), faults };
}

/** Compiles the project's own `knowledge/` folder: the failures, the guides and the registries. */
export function compileKnowledge(files: readonly KnowledgeFile[]): CompiledDocuments & { readonly data: KnowledgeData } {
  const compiled = compileDocuments(files.filter(({ path }) => /^knowledge\/(?:failures|guides)\/.*\.md$/.test(path)));
  const meanings = (name: string): Meaning[] => JSON.parse(files.find(({ path }) => path === `knowledge/status-codes/${name}.json`)?.text ?? '[]') as Meaning[];
  const data: KnowledgeData = {
    failures: compiled.documents.map(({ failure }) => failure),
    enhancedCodes: meanings('enhanced-status-codes'),
    replyCodes: meanings('reply-codes'),
    events: meanings('events'),
    columns: JSON.parse(files.find(({ path }) => path === 'knowledge/log-columns.json')?.text ?? '[]') as ColumnMeaning[],
  };
  return { ...compiled, data };
}

/** Adds a user's failures to a knowledge base. One with the id of ours takes its place. */
export function addFailures(data: KnowledgeData, failures: readonly Failure[]): KnowledgeData {
  const own = new Set(failures.map(({ id }) => id));
  return { ...data, failures: [...data.failures.filter(({ id }) => !own.has(id)), ...failures] };
}
