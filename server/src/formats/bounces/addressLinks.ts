/** Undoes the links that mail programs and Markdown make of the addresses in a bounce. */

import { addressPattern } from '../../smtp/replyWords.ts';
import { type Excerpt, joinRuns, type Run } from '../../text/excerpt.ts';

/** `[bob@fabrikam.com](mailto:bob@fabrikam.com)`, `bob@fabrikam.com<mailto:bob@fabrikam.com>`: of each the address as it is shown. */
const link = new RegExp(`\\[(${addressPattern})\\]\\(mailto:[^()\\s]{1,330}\\)|(${addressPattern}) ?<mailto:[^<>\\s]{1,330}>`, 'g');

/** The text with its addresses as the mail system wrote them. */
export function withoutAddressLinks(excerpt: Excerpt): Excerpt {
  const { text } = excerpt;
  if (!text.includes('mailto:')) return excerpt;
  const runs: Run[] = [];
  let from = 0;
  const take = (start: number, end: number): void => {
    if (end > start) runs.push({ text: text.slice(start, end), start, end, literal: true });
  };
  for (const found of text.matchAll(link)) {
    const start = found.index + (found[1] === undefined ? 0 : 1);
    take(from, found.index);
    take(start, start + (found[1] ?? found[2] ?? '').length);
    from = found.index + found[0].length;
  }
  if (from === 0) return excerpt;
  take(from, text.length);
  const plain = joinRuns(runs);
  return { text: plain.text, place: (index) => excerpt.place(plain.place(index)) };
}
