/** The knowledge base that ships with the product. */

import { createKnowledgeBase, type KnowledgeBase, type KnowledgeData } from './knowledgeBase.ts';
import { type PackedKnowledge, type PackedPages, unpackKnowledge } from './packed.ts';

/** The bundle's own: the build, which reads the documents under `knowledge/`, puts these two files beside it. */
declare function require(name: './knowledge.json'): PackedKnowledge;
declare function require(name: './pages.cjs'): { readonly pages: PackedPages };

let data: KnowledgeData | undefined;
let knowledge: KnowledgeBase | undefined;

/** Made at the first use, so that starting costs nothing. */
export function bundledKnowledge(): KnowledgeBase {
  knowledge ??= createKnowledgeBase(bundledData());
  return knowledge;
}

/** The same as plain data, to be extended. */
export function bundledData(): KnowledgeData {
  data ??= unpackKnowledge(require('./knowledge.json'), () => require('./pages.cjs').pages);
  return data;
}
