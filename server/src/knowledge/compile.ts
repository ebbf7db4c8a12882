/** Makes the knowledge base out of its documents. Used by the build and by tests; the product ships the result. */

import type { Meaning } from '../values.ts';
import type { KnowledgeData } from './knowledgeBase.ts';
import { type FailureDocument, parseFailure } from './parseFailure.ts';

/** One file under `knowledge/`: its path in the project with forward slashes, and its text. */
export interface KnowledgeFile {
  readonly path: string;
  readonly text: string;
}

export interface CompiledKnowledge {
  readonly data: KnowledgeData;
  readonly documents: readonly FailureDocument[];
  /** One line for each fault: `path:line: message`. */
  readonly faults: readonly string[];
}

/** Reads all documents. Faulty ones are left out and named. */
export function compileKnowledge(files: readonly KnowledgeFile[]): CompiledKnowledge {
  const documents: FailureDocument[] = [];
  const faults: string[] = [];
  for (const file of files.filter(({ path }) => path.startsWith('knowledge/failures/') && path.endsWith('.md'))) {
    const document = parseFailure(file.text, file.path);
    if ('problems' in document) {
      faults.push(...document.problems.map(({ line, message }) => `${file.path}:${line}: ${message}`));
      continue;
    }
    const { id } = document.failure;
    if (!file.path.endsWith(`/${id}.md`)) faults.push(`${file.path}:2: the id must be the file's name.`);
    if (documents.some(({ failure }) => failure.id === id)) faults.push(`${file.path}:2: the id "${id}" is used twice.`);
    documents.push(document);
  }
  documents.sort((one, other) => (one.failure.id < other.failure.id ? -1 : 1));
  const meanings = (name: string): Meaning[] => JSON.parse(files.find(({ path }) => path === `knowledge/status-codes/${name}.json`)?.text ?? '[]') as Meaning[];
  const data: KnowledgeData = {
    failures: documents.map(({ failure }) => failure),
    enhancedCodes: meanings('enhanced-status-codes'),
    replyCodes: meanings('reply-codes'),
    events: meanings('events'),
  };
  return { data, documents, faults };
}
