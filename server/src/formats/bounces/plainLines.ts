/** Undoes what a ticket or a forum does to the lines of a bounce: quotation marks or an indentation before each, an empty line behind each. */

import { type Excerpt, joinRuns, type Run } from '../../text/excerpt.ts';
import { areLinesApart } from './notices.ts';

/** The text as the mail system wrote it. */
export function plainLines(excerpt: Excerpt): Excerpt {
  const { text } = excerpt;
  const lead = commonLead(text);
  const isApart = areLinesApart(text);
  if (lead === 0 && !isApart) return excerpt;
  const runs: Run[] = [];
  let empty = 0;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline + 1;
    const isEmpty = !/[^\s>]/.test(text.slice(start, end));
    empty = isEmpty ? empty + 1 : 0;
    const from = isEmpty ? end - (newline < 0 ? 0 : 1) : Math.min(start + lead, end);
    // The first empty line is the forum's; behind it the text may have one of its own.
    if (!(isApart && empty === 1) && from < end) runs.push({ text: text.slice(from, end), start: from, end, literal: true });
    start = end;
  }
  const joined = joinRuns(runs);
  return { text: joined.text, place: (index) => excerpt.place(joined.place(index)) };
}

/** How many characters each line begins with that are only quotation marks and blanks, alike in all lines. */
function commonLead(text: string): number {
  let lead: string | undefined;
  for (const line of text.split('\n')) {
    if (!/[^\s>]/.test(line)) continue;
    const own = /^[ \t>]*/.exec(line)?.[0] ?? '';
    lead ??= own;
    let same = 0;
    while (same < lead.length && same < own.length && lead[same] === own[same]) same++;
    lead = lead.slice(0, same);
    if (lead === '') return 0;
  }
  return lead?.length ?? 0;
}
