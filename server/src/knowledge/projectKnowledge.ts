/** Compiles the project's own `knowledge/` folder when the product is built: the failures, the guides and the registries. */

import type { ColumnMeaning, Meaning } from '../failures.ts';
import { type CompiledDocuments, compileDocuments, type KnowledgeFile } from './compile.ts';
import type { KnowledgeData } from './knowledgeBase.ts';

export { publishedSchema } from './failureSchema.ts';
export { packKnowledge } from './packed.ts';

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
