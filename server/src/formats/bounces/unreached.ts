/**
 * What Outlook shows of a bounce of Exchange 5.5 to 2003, `The following recipient(s) could not be reached:`, where the code is not there: Exchange 5.5
 * and its information store have none, and many leave that line out. Each recipient has a line with the time, and the reason below it.
 */

import { recipientCaptures } from '../../smtp/address.ts';
import { addressPattern } from '../../smtp/replyWords.ts';
import { literalExcerpt, placeSpan, sliceExcerpt, withSingleBlanks } from '../../text/excerpt.ts';
import { offsetBelow } from '../../text/lineEnds.ts';
import { withLineFeeds } from '../../text/lineFeeds.ts';
import { nextLine } from '../../text/lines.ts';
import { seamBetweenLines } from '../../text/seam.ts';
import { stretchAt } from '../../text/spans.ts';
import type { LogRecord, Span } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import { plainLines } from './plainLines.ts';

const literals = ['could not be reached:', 'cannot be reached:'];

export const unreached: LogFormat = {
  id: 'ndr',
  title: 'Bounces, recipients and reasons',
  isApart: true,
  literals,
  // The heading is what a list is found by, so it belongs to it.
  find: (text, free, occurrences) => listsBetween(text, free, occurrences(literals)).map(({ start, records }) => ({ start, end: (records.at(-1) as LogRecord).span.end })),
  seam: (text, at, stretches) => (stretchAt(stretches, at) ? seamBetweenLines(text, at, longestList) : undefined),
  steps: (text, stretches, _wanted, occurrences) => listsBetween(text, stretches, occurrences(literals)).flatMap(({ records }) => records),
};

/** Of a list no more is read. */
const longestList = 4_000;
const longestCode = 600;

interface List {
  readonly start: number;
  readonly records: readonly LogRecord[];
}

function listsBetween(text: string, stretches: readonly Span[], places: readonly number[]): List[] {
  const lists: List[] = [];
  let from = 0;
  for (const place of places) {
    const stretch = place >= from && heading.test(text.slice(Math.max(0, place - 40), place)) ? stretchAt(stretches, place) : undefined;
    const records = stretch ? readList(text, { start: place, end: offsetBelow(text, place, longestList, stretch.end) }) : [];
    const last = records.at(-1);
    if (!last) continue;
    lists.push({ start: place, records });
    from = last.span.end;
  }
  return lists;
}

const heading = /\bfollowing\s+recipient(?:s|\(s\))?\s+$/;

/** The recipients below a heading, up to the first that has no reason; none where one has a code, since then all are read by their codes. */
function readList(text: string, span: Span): LogRecord[] {
  const list = plainLines(withLineFeeds(literalExcerpt(text, { start: Math.min(nextLine(text, span.start), span.end), end: span.end })));
  const records: LogRecord[] = [];
  entry.lastIndex = 0;
  for (let found = entry.exec(list.text); found; found = entry.exec(list.text)) {
    const { who = '', reason = '' } = found.groups ?? {};
    // Exchange 2000 and 2003 have the code in the line below.
    const below = /^[^\n]*\n?[^\n]*/.exec(list.text.slice(entry.lastIndex, entry.lastIndex + longestCode))?.[0] ?? '';
    if (/#[45]\.\d|\b[45]\d\d[ -]|\b[45]\.\d{1,3}\.\d/.test(`${reason}\n${below}`)) return [];
    const start = found.index + found[0].length - reason.length;
    const said = sliceExcerpt(list, start, start + reason.trimEnd().length);
    const first = /^[^\n]*/.exec(said.text)?.[0].trimEnd().length ?? 0;
    const address = new RegExp(addressPattern).exec(who)?.[0];
    const mark = placeSpan(said, 0, first);
    records.push({
      format: 'ndr',
      isToSender: true,
      what: 'failed',
      span: { start: mark.start, end: placeSpan(said, 0, said.text.length).end },
      mark,
      places: [mark],
      response: { text: withSingleBlanks(said.text.replace(/\s*\n[ \t>]*/g, ' ')) },
      captures: recipientCaptures(address),
    });
  }
  return records;
}

/** `Bob on 1/15/2026 10:00 AM`, and the sentences below it. */
const entry =
  /(?:[ \t>]{0,60}(?:(?:MSEXCH:|The MTS-ID )[^\n]{0,300})?\n){0,6}^[ \t>]{0,60}(?<who>\S[^\n]{0,319}?) on \S[^\n]{1,60}\n(?:[ \t>]{0,60}\n){0,2}[ \t>]{0,60}(?<reason>(?!MSEXCH:|<|The MTS-ID)[A-Z][a-z']{1,20} (?:[^\n]{8,400}(?:\n|$))(?:[ \t>]{0,60}(?!MSEXCH:|<|The MTS-ID|\S[^\n]{0,320} on \d)\S[^\n]{1,400}(?:\n|$)){0,3})/my;
