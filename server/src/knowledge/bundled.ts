/** The knowledge base that ships with the product. */

import { createKnowledgeBase, type KnowledgeBase, type KnowledgeData } from './knowledgeBase.ts';
import { type PackedKnowledge, unpackKnowledge } from './packed.ts';

/** Put in place by the build, which reads the documents under `knowledge/`. */
declare const KNOWLEDGE: PackedKnowledge;

let data: KnowledgeData | undefined;
let knowledge: KnowledgeBase | undefined;

/** Made at the first use, so that starting costs nothing. */
export function bundledKnowledge(): KnowledgeBase {
  knowledge ??= createKnowledgeBase(bundledData());
  return knowledge;
}

/** The same as plain data, to be extended. */
export function bundledData(): KnowledgeData {
  data ??= unpackKnowledge(KNOWLEDGE);
  return data;
}
