/** Events whose labels a forum, a ticket, a wiki or a web page has put into another form: on one line, in lists, tables, bold, HTML, double-spaced. */

import { type Excerpt, placeSpan, sliceExcerpt, unwrapExcerpt, withSingleBlanks } from '../../text/excerpt.ts';
import { offsetAbove, offsetBelow } from '../../text/lineEnds.ts';
import type { LogRecord, Span } from '../../values.ts';
import { isTemplate, isWithoutTemplate, readDescription } from './description.ts';
import { eventFormatAround } from './format.ts';
import { findLabels, type Label } from './labels.ts';
import { eventRecord, isDate } from './record.ts';
import { opensWithSentence } from './sentences.ts';
import { transportSource } from './source.ts';
import { undress } from './undressed.ts';
import { dayFirstLabel, type Role } from './words.ts';

export const eventLabels = eventFormatAround<LabelledEvent>({ id: 'event-text', title: 'Events, labels in any form', readAround, record: readEvent, isRest: true });

interface LabelledEvent {
  readonly span: Span;
  readonly source: string;
  readonly plain: Excerpt;
  readonly labels: ReadonlyMap<Role, Label>;
  /** The number, as a stretch of the plain text. */
  readonly id: Span;
  /** The description, as a stretch of the plain text. */
  readonly description: Span;
}

/** So far above its source an event begins, and so far below it a description ends. */
const longestHead = 600;
/** The number stands no further from the source. */
const nearNumber = 400;
const usualTail = 1_000;
const longestTail = 6_000;
/** A label with its decorations stands no further before its value. */
const longestLabel = 120;

function readAround(text: string, source: Span, within: Span): LabelledEvent | undefined {
  if (!isBehindLabel(text, source, within)) return undefined;
  // No event is without its number, and to see that there is none is quick.
  if (!/\d{3}/.test(text.slice(offsetAbove(text, source.start, nearNumber, within.start), offsetBelow(text, source.end, nearNumber, within.end)))) return undefined;
  // Most events end near below: to look no further than needed is what an event costs.
  const usual = readWindow(text, source, within, usualTail);
  return usual === 'cut' ? (readWindow(text, source, within, longestTail) as LabelledEvent) : usual;
}

/** @returns `cut` where the event may go on below the window. */
function readWindow(text: string, source: Span, within: Span, tail: number): LabelledEvent | 'cut' | undefined {
  const start = offsetAbove(text, source.start, longestHead, within.start);
  const limit = offsetBelow(text, source.end, tail, within.end);
  const plain = undress(text, { start, end: limit });
  const all = findLabels(plain.text);
  const own = all.findIndex((label) => label.role === 'source' && plain.place(label.valueStart) >= source.start);
  const named = all[own];
  if (!named || plain.place(named.valueStart) !== source.start) return undefined;
  const name = transportSource(/^[^\t\n,;|]*/.exec(named.value)?.[0] ?? '');
  if (!name) return undefined;
  const block = blockAround(all, own);
  const labels = new Map(block.toReversed().map((label) => [label.role, label]));
  const id = idOf(labels.get('id'));
  if (!id) return undefined;
  const description = descriptionOf(plain.text, block);
  const end = Math.max(description.end, lastValueEnd(block));
  if (tail < longestTail && limit < within.end && end > plain.text.length - longestValue) return 'cut';
  if (!isEvent(plain.text, labels, description)) return undefined;
  const first = block[0] as Label;
  return { span: placeSpan(plain, first.start, end), source: name, plain, labels, id, description };
}

/** Whether the word before a name, but for decorations, is that of a label for sources: seldom, and seen from a few characters. */
function isBehindLabel(text: string, { start }: Span, within: Span): boolean {
  const written = text.slice(offsetAbove(text, start, longestLabel, within.start), start);
  if (!/[:\uFF1A|>\t`*;\]]\s{0,40}$/.test(written)) return false;
  const last = findLabels(undress(written, { start: 0, end: written.length }).text).at(-1);
  return last?.value === '' && last.role === 'source';
}

/** The labels around that of the source that belong to the same event: each role once, one near the other, up to the description. */
function blockAround(all: readonly Label[], own: number): Label[] {
  const block = [all[own] as Label];
  const isNear = (one: Label, other: Label): boolean => other.start - one.valueStart < 2 * longestValue && one.value.length < longestValue && !/\n[^\n]*\n/.test(one.value);
  const isOurs = (label: Label): boolean => label.role !== 'xml' && !(onlyOnce.includes(label.role) && block.some(({ role }) => role === label.role));
  for (let index = own - 1; index >= 0; index--) {
    const above = all[index] as Label;
    if (above.role === 'description' || !isOurs(above) || !isNear(above, block[0] as Label)) break;
    block.unshift(above);
  }
  for (let index = own + 1; index < all.length; index++) {
    const below = all[index] as Label;
    const last = block.at(-1) as Label;
    if (last.role === 'description' || !isOurs(below) || !isNear(last, below) || below.role === 'logName') break;
    block.push(below);
  }
  return block;
}

/** wevtutil names the user twice; what comes again of these is of another event. */
const onlyOnce: readonly Role[] = ['logName', 'source', 'id', 'date', 'computer', 'description'];

/** No value of a label but the description is longer. */
const longestValue = 160;

function idOf(label: Label | undefined): Span | undefined {
  const digits = label && /^\d{1,5}(?![\d.\p{L}])/u.exec(label.value)?.[0];
  return digits ? { start: label.valueStart, end: label.valueStart + digits.length } : undefined;
}

/**
 * The description with its label, or a paragraph below the labels that begins as one of Exchange's. It ends with its paragraph; where the text
 * is not wrapped, with its line.
 */
function descriptionOf(text: string, block: readonly Label[]): Span {
  const labelled = block.find(({ role }) => role === 'description');
  const last = block.at(-1) as Label;
  const start = labelled ? labelled.valueStart : textBelow(text, valueEnd(last));
  if (!labelled && !opensWithSentence(text.slice(start, start + longestSentence))) return { start: valueEnd(last), end: valueEnd(last) };
  return { start, end: paragraphEnd(text, start, isDoubleSpaced(text, block)) };
}

const longestSentence = 800;

function textBelow(text: string, from: number): number {
  return from + (/^\s*/.exec(text.slice(from, from + 200))?.[0].length ?? 0);
}

/** A value ends with its line, cell or the next label. */
function valueEnd({ valueStart, value }: Label): number {
  return valueStart + (/^[^\n\t]*/.exec(value)?.[0].length ?? 0);
}

function lastValueEnd(block: readonly Label[]): number {
  const last = block.findLast(({ role }) => role !== 'description') as Label;
  return valueEnd(last);
}

/** Whether an empty line stands between every two labels. */
function isDoubleSpaced(text: string, block: readonly Label[]): boolean {
  return block.length > 2 && block.every((label, index) => index === 0 || /\n\s*\n\s*$/.test(text.slice((block[index - 1] as Label).valueStart, label.start)));
}

/** Lines that are longer were not wrapped by a program. */
const longestWrapped = 160;

/** Where the paragraph ends that begins at an offset, without the blanks behind it; one with an empty line behind each line goes on where a sentence does. */
export function paragraphEnd(text: string, start: number, isSpaced = false): number {
  const below = text.slice(start);
  return start + below.slice(0, paragraphLength(below, isSpaced)).trimEnd().length;
}

function paragraphLength(below: string, isSpaced: boolean): number {
  // A computer without Exchange has no template: it names the source, and the inserts follow after empty lines.
  const isBare = isWithoutTemplate(below.slice(0, longestValue * 4));
  for (let end = lineEndIn(below, 0), lines = 0; ; lines++) {
    const isLong = end - (below.lastIndexOf('\n', end - 1) + 1) > longestWrapped;
    const next = end + 1;
    if (next >= below.length || lines > 60) return end;
    const blank = /^(?:[ \t\r]*\n)+/.exec(below.slice(next, next + 80));
    const line = next + (blank?.[0].length ?? 0);
    const isStill = isSpaced && blank && blank[0].split('\n').length === 2 && !/[.!?:"')\]\u3002\uFF1A]\s*$/.test(below.slice(0, end));
    if ((blank || isLong) && !isStill && !(isBare && lines < 12)) return end;
    if (beginsOther(below.slice(line, line + longestValue))) return end;
    end = lineEndIn(below, line);
  }
}

function lineEndIn(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** Whether a line begins another event, or its XML. */
function beginsOther(line: string): boolean {
  const label = findLabels(line)[0];
  return /^\s*Event\[\d{1,9}\]/.test(line) || (label !== undefined && /^\s*$/.test(line.slice(0, label.start)) && label.role !== 'description');
}

/** A form that a page of documentation fills in too is an event only with what a server writes: when and where, or a description without placeholders. */
function isEvent(text: string, labels: ReadonlyMap<Role, Label>, { start, end }: Span): boolean {
  const description = text.slice(start, end).trim();
  if (isTemplate(description)) return false;
  const hasDate = isDate(labels.get('date')?.value.slice(0, 60) ?? '');
  if (description.length >= shortestDescription) return hasDate || isWithoutTemplate(description) || !isAboutEvents.test(description.slice(0, longestValue));
  return hasDate && ['computer', 'level', 'category', 'logName'].filter((role) => labels.has(role as Role)).length > 1;
}

const shortestDescription = 12;
export const isAboutEvents = /\b(?:this|these|following) (?:\w+ )?(?:events?|alerts?|rules?|monitors?)\b|\bevent ids?\b/i;

function readEvent(text: string, { span, source, plain, labels, id, description }: LabelledEvent): LogRecord {
  const written = sliceExcerpt(plain, description.start, description.end);
  const last = [...labels.values()].reduce((one, other) => (one.start > other.start ? one : other));
  const value = (role: Role): string => {
    const label = labels.get(role);
    // A value goes on to the next label, where there is one.
    return withSingleBlanks(label === last ? plain.text.slice(label.valueStart, valueEnd(label)) : (label?.value ?? ''));
  };
  const place = placeSpan(plain, id.start, id.end);
  return eventRecord({
    format: text.slice(span.start, span.end).includes('\n') ? 'event-text' : 'event-oneline',
    span,
    source,
    id: { number: Number(plain.text.slice(id.start, id.end)), span: place },
    description: readDescription(isWithoutTemplate(written.text) ? written : unwrapExcerpt(written)),
    server: /^[\w.-]{1,255}/.exec(value('computer'))?.[0],
    written: dateOf(value('date'), value('time')),
    isDayFirst: dayFirstLabel.test(labels.get('id')?.label ?? ''),
  });
}

function dateOf(date: string, time: string): string | undefined {
  if (!isDate(date)) return undefined;
  return time && !/\d:\d/.test(date) ? `${date} ${time}` : date;
}
