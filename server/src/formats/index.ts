/** The formats in their order, and the way from a text to its records: each stretch is read by the first format that claims it. */

import type { Block, FormatId, LogRecord, Span } from '../values.ts';
import { type Claim, claimStretches, findSeam, forcedSeam, seamAt } from './claims.ts';
import { connectivity } from './connectivity.ts';
import { copiedRows } from './copiedRows.ts';
import { escapedText } from './escapedText.ts';
import { eventClixml } from './eventClixml.ts';
import { eventCsv } from './eventCsv.ts';
import { eventFields } from './eventFields.ts';
import { eventJson } from './eventJson.ts';
import { eventList } from './eventList.ts';
import { eventOneline } from './eventOneline.ts';
import { eventTable } from './eventTable.ts';
import { eventText } from './eventText.ts';
import { eventTsv } from './eventTsv.ts';
import { eventXml } from './eventXml.ts';
import { exim } from './exim.ts';
import { hmailserver } from './hmailserver.ts';
import { iisSmtp } from './iisSmtp.ts';
import { createOccurrences, type LogFormat, type Occurrences, reachBelow, type Seam } from './logFormat.ts';
import { messageTrace } from './messageTrace.ts';
import { messageTracking } from './messageTracking.ts';
import { ndr } from './ndr.ts';
import { postfix } from './postfix.ts';
import { queue } from './queue.ts';
import { sendmail } from './sendmail.ts';
import { createSieve } from './sieve.ts';
import { smtpReceive } from './smtpReceive.ts';
import { smtpSend } from './smtpSend.ts';
import { text as plainText } from './text.ts';
import { trackingOutput } from './trackingOutput.ts';

/** An earlier format takes a stretch from a later one: what says most of itself comes first, and `text` takes what is left. */
export const formats: readonly LogFormat[] = [
  smtpSend,
  smtpReceive,
  messageTracking,
  connectivity,
  eventList,
  eventText,
  eventFields,
  eventXml,
  eventClixml,
  eventJson,
  eventCsv,
  eventTsv,
  eventTable,
  eventOneline,
  trackingOutput,
  messageTrace,
  queue,
  escapedText({
    formats: () => formats,
    occurrences: findOccurrences,
    records: (text, given, occurrences) => readClaims(text, shareAmong(text, given, occurrences), 0),
    blocks: (text, given, occurrences) => blocksOf(text, shareAmong(text, given, occurrences)),
  }),
  iisSmtp,
  hmailserver,
  ndr,
  postfix,
  sendmail,
  exim,
  ...copiedRows,
  plainText,
];

const sieve = createSieve(formats.flatMap(({ literals = [] }) => literals));

/** A text shared out, and where its literals stand: that is needed for the records, and not kept any longer. */
interface SharedText {
  readonly claims: readonly Claim[];
  readonly occurrences: Occurrences;
}

function share(text: string): SharedText {
  return shareAmong(text, formats, findOccurrences(text));
}

/** Shares out a text in which no other format than the given ones can stand. */
function shareAmong(text: string, given: readonly LogFormat[], occurrences: Occurrences): SharedText {
  return { claims: claimStretches(text, given, occurrences), occurrences };
}

function findOccurrences(text: string): Occurrences {
  return createOccurrences(text, sieve);
}

/** The records of a text, in the order of their marks. A text may hold several forms, such as a ticket with an event and a log excerpt. */
export function readRecords(text: string): LogRecord[] {
  return readClaims(text, share(text), 0);
}

/**
 * Reads a part of a text that goes on below.
 * @param from Where the records begin that are wanted: what stands above is context.
 * @param isForced Whether to cut at a line where nothing better can be found, because the part is as long as it may be.
 * @param below How much of the text must be known below the seam.
 * @returns The records from `from` up to the seam, and the seam; undefined where more of the text is needed to find one.
 */
export function readPart(text: string, from: number, isForced: boolean, below = reachBelow): PartReading | undefined {
  // Every seam is the beginning of a line: where none is near enough, nothing is read in vain.
  const newline = text.indexOf('\n', from);
  if (!isForced && (newline < 0 || newline >= text.length - below)) return undefined;
  const shared = share(text);
  const { claims } = shared;
  const seam = findSeam(text, claims, formats, { from, below }, shared.occurrences) ?? (isForced ? forcedSeam(text, { from, below }) : undefined);
  return seam && { ...readBetween(text, shared, from, seam.at), seam };
}

interface PartReading extends PartRecords {
  readonly seam: Seam;
}

interface PartRecords extends Pick<TextReading, 'records' | 'isCuttable'> {
  /** The offsets of all line feeds of the text. */
  readonly newlines: readonly number[];
}

/** What was read of a text, and where it can be cut. */
export interface TextReading {
  readonly records: readonly LogRecord[];
  /** Whether the text can be cut between lines or rows anywhere: no form stands in it whose stretches must stay in one piece. */
  readonly isCuttable: boolean;
  /** The last seam at or before an offset; only for a text that can be cut. */
  seamAt(at: number): Seam | undefined;
  /** The events and sessions of the text, in order; read when they are first asked for. */
  blocks(): readonly Block[];
}

/** Reads a text whose records are wanted from an offset on, and keeps what is needed to cut it. */
export function readText(text: string, from = 0): TextReading {
  const shared = share(text);
  const { claims } = shared;
  let blocks: readonly Block[] | undefined;
  return {
    records: readClaims(text, shared, from),
    isCuttable: isCuttable(claims),
    seamAt: (at) => seamAt(text, claims, formats, at),
    blocks() {
      blocks ??= blocksOf(text, { claims, occurrences: findOccurrences(text) });
      return blocks;
    },
  };
}

/** Reads the last part of a text. */
export function readLastPart(text: string, from: number): PartRecords {
  return readBetween(text, share(text), from, Number.POSITIVE_INFINITY);
}

function readBetween(text: string, shared: SharedText, from: number, end: number): PartRecords {
  return { records: recordsBetween(readClaims(text, shared, from, end), from, end), isCuttable: isCuttable(shared.claims), newlines: shared.occurrences('\n') };
}

function recordsBetween(records: readonly LogRecord[], from: number, end: number): LogRecord[] {
  const between: LogRecord[] = [];
  for (const record of records) if (record.mark.start >= from && record.mark.start < end) between.push(record);
  return between;
}

function isCuttable(claims: readonly Claim[]): boolean {
  return claims.every(({ format }) => format.seam !== undefined && !format.isWhole);
}

/** The events and sessions of a text, in order. */
export function readBlocks(text: string): Block[] {
  return blocksOf(text, share(text));
}

function blocksOf(text: string, { claims, occurrences }: SharedText): Block[] {
  const blocks = claims.flatMap(({ format, stretches }) => format.blocks?.(text, stretches, occurrences) ?? []);
  return blocks.sort((one, other) => one.span.start - other.span.start || other.span.end - one.span.end);
}

/** The forms a text is written in, `text` only where nothing else was found. */
export function detectFormats(text: string): FormatId[] {
  const found = share(text).claims.filter(({ format }) => format !== plainText);
  return found.length > 0 ? [...new Set(found.map(({ format }) => format.id))] : ['text'];
}

function readClaims(text: string, { claims, occurrences }: SharedText, from: number, end = Number.POSITIVE_INFINITY): LogRecord[] {
  const records: LogRecord[] = [];
  for (const { format, stretches } of claims) {
    const wanted = format.isApart ? stretchesBetween(stretches, from, end) : stretches;
    for (const record of format.parse(text, wanted, from, occurrences)) records.push(record);
  }
  return records.sort(byPlace);
}

function stretchesBetween(stretches: readonly Span[], from: number, end: number): readonly Span[] {
  if (from === 0 && end === Number.POSITIVE_INFINITY) return stretches;
  const between: Span[] = [];
  for (const stretch of stretches) if (stretch.end > from && stretch.start < end) between.push(stretch);
  return between;
}

/** Not made anew for each part of a log: V8 would compile it for each. */
function byPlace(one: LogRecord, other: LogRecord): number {
  return one.mark.start - other.mark.start;
}
