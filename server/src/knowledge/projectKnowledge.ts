/** Compiles the project's own `knowledge/` folder when the product is built: the failures, the guides, the snippets of their scripts and the registries. */

import type { ColumnMeaning, Meaning } from '../failures.ts';
import type { FormatId } from '../values.ts';
import { type CompiledDocuments, compileDocuments, type KnowledgeFile } from './compile.ts';
import type { KnowledgeData } from './knowledgeBase.ts';

export { publishedSchema } from './failureSchema.ts';
export { packKnowledge } from './packed.ts';

/** @param formatIds The forms that logs can have, which documents name with their examples. */
export function compileKnowledge(files: readonly KnowledgeFile[], formatIds: readonly FormatId[]): CompiledDocuments & { readonly data: KnowledgeData } {
  const snippets = Object.fromEntries(
    files.flatMap(({ path, text }) => {
      const name = /^knowledge\/snippets\/(.+)\.ps1$/.exec(path)?.[1];
      return name === undefined ? [] : [[name, text.replace(/\r\n?/g, '\n').trimEnd()] as const];
    }),
  );
  const compiled = compileDocuments(
    files.filter(({ path }) => /^knowledge\/(?:failures|guides)\/.*\.md$/.test(path)),
    { formatIds, snippets },
  );
  const meanings = (name: string): Meaning[] => JSON.parse(files.find(({ path }) => path === `knowledge/status-codes/${name}.json`)?.text ?? '[]') as Meaning[];
  const data: KnowledgeData = {
    failures: compiled.documents.map(({ failure }) => failure),
    enhancedCodes: meanings('enhanced-status-codes'),
    replyCodes: meanings('reply-codes'),
    events: meanings('events'),
    formatIds,
    snippets,
    columns: JSON.parse(files.find(({ path }) => path === 'knowledge/log-columns.json')?.text ?? '[]') as ColumnMeaning[],
  };
  return { ...compiled, data };
}
