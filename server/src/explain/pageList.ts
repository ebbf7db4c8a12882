/** Everything that has a page, with the names, codes and events that a reader looks for it by. */

import type { Failure, Match } from '../failures.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import type { PageEntry } from '../protocol/editor.ts';

/** All failures and guides, by their titles. */
export function getPages(knowledge: KnowledgeBase): PageEntry[] {
  return knowledge.failures.map(toEntry).sort((one, other) => (one.title < other.title ? -1 : 1));
}

function toEntry({ id, title, short = '', match }: Failure): PageEntry {
  return { id, title, short, codes: [...new Set(match.flatMap(codesOf))].join(', ') };
}

function codesOf({ reply, enhanced, event }: Match): string[] {
  const codes = [reply, enhanced].filter((code) => code !== undefined).join(' ');
  return [...(codes === '' ? [] : [codes]), ...(event ? [`event ${event.id}`] : [])];
}
