/**
 * What Outlook shows of a bounce of Exchange 5.5 to 2003, `The following recipient(s) could not be reached:`, where the code is not there: Exchange 5.5
 * and its information store have none, and many leave that line out. Each recipient has a line with the time, and the reason below it.
 */

import { recipientCaptures } from '../../smtp/address.ts';
import { literalExcerpt } from '../../text/excerpt.ts';
import { offsetBelow } from '../../text/lineEnds.ts';
import { withLineFeeds } from '../../text/lineFeeds.ts';
import { nextLine } from '../../text/lines.ts';
import { seamBetweenLines } from '../../text/seam.ts';
import { stretchAt } from '../../text/spans.ts';
import type { LogRecord, Span } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import { plainLines } from './plainLines.ts';
import { listedReasons } from './unreachedList.ts';

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

/** The recipients below a heading. */
function readList(text: string, span: Span): LogRecord[] {
  const list = plainLines(withLineFeeds(literalExcerpt(text, { start: Math.min(nextLine(text, span.start), span.end), end: span.end })));
  return listedReasons(list).map(({ recipient, read, place }) => ({
    format: 'ndr',
    isToSender: true,
    what: 'failed',
    span: place,
    mark: read.mark,
    places: [read.mark],
    response: read.response,
    captures: recipientCaptures(recipient),
  }));
}
