/** The list of recipients that Outlook shows of a bounce of Exchange 5.5 to 2003: `Bob on 1/15/2026 10:00 AM`, and the reason below it. */

import { addressPattern, readSentence, type Statement } from '../../smtp/replyWords.ts';
import { type Excerpt, placeSpan, sliceExcerpt } from '../../text/excerpt.ts';

/** The reasons from the beginning of a text on, up to the first recipient that has none; none where one has a code, since then all are read by their codes. */
export function listedReasons(list: Excerpt): Statement[] {
  const statements: Statement[] = [];
  for (const pattern of [entry, entryOfHMailServer]) statements.push(...(statements.length === 0 ? statementsOf(pattern, list) : []));
  return statements;
}

function statementsOf(entry: RegExp, list: Excerpt): Statement[] {
  const statements: Statement[] = [];
  entry.lastIndex = 0;
  for (let found = entry.exec(list.text); found; found = entry.exec(list.text)) {
    const { who = '', reason = '' } = found.groups ?? {};
    // Exchange 2000 and 2003 have the code in the line below.
    const below = /^[^\n]*\n?[^\n]*/.exec(list.text.slice(entry.lastIndex, entry.lastIndex + longestCode))?.[0] ?? '';
    if (/#[45]\.\d|\b[45]\d\d[ -]|\b[45]\.\d{1,3}\.\d/.test(`${reason}\n${below}`)) return [];
    const start = found.index + found[0].length - reason.length;
    const said = sliceExcerpt(list, start, start + reason.trimEnd().length);
    const read = readSentence(said);
    const recipient = new RegExp(addressPattern).exec(who)?.[0];
    if (read) statements.push({ ...(recipient && { recipient }), read, place: placeSpan(said, 0, said.text.length) });
  }
  return statements;
}

/** The same of a bounce's text, below the heading of the list. */
export function reasonsBelowHeading(text: Excerpt): Statement[] {
  const heading = /\bfollowing\s{1,20}recipient(?:s|\(s\))?\s{1,20}(?:could not|cannot) be reached:[^\n]*\n/.exec(text.text);
  return heading ? listedReasons(sliceExcerpt(text, heading.index + heading[0].length, text.text.length)) : [];
}

const longestCode = 600;

/** `Bob on 1/15/2026 10:00 AM`, and the sentences below it up to a rule or the end of a block of code. */
const entry =
  /(?:[ \t>]{0,60}(?:(?:MSEXCH:|The MTS-ID )[^\n]{0,300})?\n){0,6}^[ \t>]{0,60}(?<who>\S[^\n]{0,319}?) on (?=\d|[A-Z][a-z]{2,8},? )\S[^\n]{1,60}\n(?:[ \t>]{0,60}\n){0,2}[ \t>]{0,60}(?<reason>(?!MSEXCH:|<|The MTS-ID)[A-Z][a-z']{1,20} (?:[^\n]{8,400}(?:\n|$))(?:[ \t>]{0,60}(?!MSEXCH:|<|The MTS-ID|[-_=*]{8}|[`~]{3}|\S[^\n]{0,320} on \d)\S[^\n]{1,400}(?:\n|$)){0,3})/my;

/** hMailServer has no time: `Error Type: SMTP` stands below the address or behind it, and the reason below that. What the other server has replied has its codes. */
const entryOfHMailServer = new RegExp(
  `(?:[ \\t>]{0,60}(?:Tried \\d{1,5} time\\(s\\)[^\\n]{0,20})?\\n){0,6}^[ \\t>]{0,60}(?<who>${addressPattern}):?\\s{1,80}Error Type: SMTP\\s{1,80}(?:Error Description: )?(?<reason>[A-Z][^\\n]{8,600}(?:\\n[ \\t>]{1,60}(?!Tried \\d)[A-Z][^\\n]{2,400}){0,4}(?:\\n|$))`,
  'my',
);
