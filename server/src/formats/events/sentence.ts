/** The description of an event that somebody has copied alone: its sentence says which event it is. */

import { placeSpan, sliceExcerpt, unwrapExcerpt } from '../../text/excerpt.ts';
import { offsetAbove, offsetBelow } from '../../text/lineEnds.ts';
import { stretchAt } from '../../text/spans.ts';
import type { LogRecord, Span } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import { readDescription } from './description.ts';
import { paragraphEnd } from './labelled.ts';
import { eventBlock, eventRecord } from './record.ts';
import { findSentence, sentenceLiterals, sentenceWord } from './sentences.ts';
import { undress } from './undressed.ts';

export const eventSentence: LogFormat = {
  id: 'event-text',
  title: 'Events, description alone',
  isApart: true,
  literals: sentenceLiterals,
  find: (text, free, occurrences) => readBetween(text, free, occurrences(sentenceLiterals)).map(({ span }) => span),
  steps: (text, stretches, _wanted, occurrences) => readBetween(text, stretches, occurrences(sentenceLiterals)),
  blocks: (text, stretches, occurrences) => readBetween(text, stretches, occurrences(sentenceLiterals)).map(eventBlock),
};

function readBetween(text: string, stretches: readonly Span[], places: readonly number[]): LogRecord[] {
  const records: LogRecord[] = [];
  let from = 0;
  for (const place of places) {
    const word = place < from ? undefined : sentenceWord(text, place);
    const stretch = word === undefined ? undefined : stretchAt(stretches, place);
    const record = stretch && readAround(text, place, word as string, { start: Math.max(from, stretch.start), end: stretch.end });
    if (!record) continue;
    records.push(record);
    from = record.span.end;
  }
  return records;
}

/** A connector's name stands before the literal, and the number perhaps in a line above. */
const longestHead = 700;
/** What of a sentence stands behind its word. */
const longestSentence = 300;
const longestTail = 6_000;

function readAround(text: string, place: number, word: string, within: Span): LogRecord | undefined {
  const start = offsetAbove(text, place, longestHead, within.start);
  const head = undress(text, { start, end: offsetBelow(text, place, longestSentence, within.end) }).text;
  const before = undress(text, { start, end: place }).text.length;
  const found = findSentence(head, before, word);
  if (!found || found.start > before) return undefined;
  const plain = undress(text, { start, end: offsetBelow(text, place, longestTail, within.end) });
  const { ids, source } = found;
  const numbered = numberAbove(plain.text.slice(0, found.start), ids);
  const first = numbered?.start ?? found.start;
  const end = quotedEnd(plain.text, found) ?? paragraphEnd(plain.text, found.start);
  const mark = numbered ?? { start: found.start, end: found.start + (/^[^\n]*/.exec(plain.text.slice(found.start, found.end))?.[0].trimEnd().length ?? 0) };
  return eventRecord({
    format: 'event-text',
    span: placeSpan(plain, first, end),
    source,
    id: { number: numbered ? Number(plain.text.slice(numbered.start, numbered.end)) : (ids[0] as number), span: placeSpan(plain, mark.start, mark.end) },
    description: readDescription(unwrapExcerpt(sliceExcerpt(plain, found.start, end))),
  });
}

/** The number of the event in front of its sentence, or in the line above: `15006:`. */
function numberAbove(before: string, ids: readonly number[]): Span | undefined {
  const found = /(?:^|\n)[ \t]*(?:[\p{L}-]{2,12}[ .]?(?:ID)?[ :#]{0,3})?(\d{3,5})[ ]?[:.)\u2013-]?\s{0,20}$/u.exec(before.slice(-80));
  if (!found?.[1] || !ids.includes(Number(found[1]))) return undefined;
  const start = Math.max(0, before.length - 80) + found.index + found[0].lastIndexOf(found[1]);
  return { start, end: start + found[1].length };
}

/** Where somebody has put the description into quotation marks, it ends with the last of them: there may be some inside. */
function quotedEnd(text: string, { start, end }: Span): number | undefined {
  const closing = { '"': '"', '\u201C': '\u201D', '\u201E': '\u201C', '\u00AB': '\u00BB' }[text[start - 1] ?? ''];
  const close = closing ? text.slice(0, paragraphEnd(text, start)).lastIndexOf(closing) : -1;
  return close < end ? undefined : close;
}
