/** The knowledge base of a thread of the server, which reads it for itself: it is too large to be handed over. */

import { readUserKnowledge } from '../files/userKnowledge.ts';
import { bundledKnowledge } from '../knowledge/bundled.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';

/** Ours, and the user's own where the settings name some. What is wrong with them, the server has said when it read them itself. */
export async function readThreadKnowledge(folder: string | undefined): Promise<KnowledgeBase> {
  if (folder === undefined) return bundledKnowledge();
  return readUserKnowledge(folder).then(
    ({ knowledge }) => knowledge,
    () => bundledKnowledge(),
  );
}
