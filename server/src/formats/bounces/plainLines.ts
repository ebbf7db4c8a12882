/** Undoes what a ticket, a forum or an export does to the lines of a bounce: quotation marks or an indentation before each, an empty line behind each, or HTML around them. */

import { type Excerpt, joinRuns, type Run } from '../../text/excerpt.ts';
import { htmlText } from '../shapes/htmlText.ts';
import { areLinesApart } from './notices.ts';

/** The text as the mail system wrote it. */
export function plainLines(written: Excerpt): Excerpt {
  const excerpt = isPage(written.text) ? htmlText(written) : written;
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

/** Whether a text is a piece of HTML, as a mail program's interface hands it out. Where addresses stand in angle brackets, it is a text with some elements in it. */
function isPage(text: string): boolean {
  return /<\/p>|<br ?\/?>/i.test(text) && /<(?:a|font|p|div|b|strong)\b[^<>]{0,400}>/i.test(text) && !/<[^<>\s"'=]{1,64}@[^<>\s"'=]{1,255}>/.test(text);
}
