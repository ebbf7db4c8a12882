/** What a thread of the server knows of failures: ours, and the user's own where the settings name some. */

import { readUserKnowledge, type UserKnowledge } from '../files/userKnowledge.ts';
import { bundledKnowledge } from '../knowledge/bundled.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';

export class ThreadKnowledge {
  private read: UserKnowledge | undefined;

  /** The same one where nothing has changed. What is wrong with the user's own, the server has said when it read them itself. */
  async of(folder: string | undefined): Promise<KnowledgeBase> {
    this.read = folder === undefined ? undefined : await readUserKnowledge(folder, this.read).catch(() => undefined);
    return this.read?.knowledge ?? bundledKnowledge();
  }
}
