/** The formats in their order, and the way from a text to its records: each stretch is read by the first format that claims it. */

import { bareLines } from '../text/bareLines.ts';
import { carriageReturn } from '../text/characters.ts';
import { cleaned } from '../text/cleanText.ts';
import { placeSpan, placeStep } from '../text/excerpt.ts';
import { lazy } from '../text/lazy.ts';
import { surveyLines } from '../text/lineSurvey.ts';
import { lineStart } from '../text/lines.ts';
import { createLiteralSearch } from '../text/literals.ts';
import { createOccurrences, type Occurrences, occurrencesWithin } from '../text/occurrences.ts';
import { reachBelow, type Seam } from '../text/seam.ts';
import { countBelow } from '../text/spans.ts';
import { hasTypographicMarks } from '../text/typographicMarks.ts';
import { type Block, type FormatId, isRecord, type LogRecord, type Step } from '../values.ts';
import { bounceReasons, ndr, unreached } from './bounces/index.ts';
import { commandOutputs } from './console/index.ts';
import { events, retoldEvents } from './events/index.ts';
import { copiedRows, exchangeSentences, namedColumns } from './exchange/index.ts';
import { sessionLines, systemLines } from './lines/index.ts';
import { type Cell, type LogFormat, noteSpeaking, signsOf, type Wanted } from './logFormat.ts';
import { escapedText, mayHoldStrings, text as plainText } from './loose/index.ts';
import { readClaims, shareAmong, stepsBetween } from './sharedText.ts';
import { sayAsWritten } from './writtenMarks.ts';
import { WrittenText } from './writtenText.ts';

/** An earlier format takes a stretch from a later one: what says most of itself comes first, and `text` takes what is left. */
export const formats: readonly LogFormat[] = [
  ...namedColumns,
  ...events,
  ...commandOutputs,
  escapedText({
    formats: () => formats,
    occurrences: findOccurrences,
    steps: (text, given, what, occurrences) => writeWithin(text, given, occurrences).steps({ what, from: 0 }),
    blocks: (text, given, occurrences) => writeWithin(text, given, occurrences).blocks(),
  }),
  ...retoldEvents,
  ...sessionLines,
  ndr,
  ...systemLines,
  ...copiedRows,
  exchangeSentences,
  unreached,
  bounceReasons,
  plainText,
];

/** The names of the forms: several formats can share one, and only part of it differs. */
export const formatIds: readonly FormatId[] = [...new Set(formats.map(({ id }) => id))].sort();

/** The names of the forms that only Exchange writes. */
export const exchangeIds: ReadonlySet<FormatId> = new Set([...namedColumns, ...events, ...commandOutputs, ...retoldEvents].map(({ id }) => id));

const sieve = createLiteralSearch(formats.flatMap(({ literals = [] }) => literals));

function write(text: string): WrittenText {
  return new WrittenText(text, formats, findOccurrences);
}

/** A text in which no other format than the given ones can stand. */
function writeWithin(text: string, given: readonly LogFormat[], occurrences: Occurrences): WrittenText {
  return new WrittenText(text, given, (read) => (read === text ? occurrences : findOccurrences(read)));
}

function findOccurrences(text: string): Occurrences {
  return createOccurrences(text, sieve);
}

/** The records of a text, in the order of their marks. A text may hold several forms, such as a ticket with an event and a log excerpt. */
export function readRecords(text: string): LogRecord[] {
  return write(text).steps({ what: 'failures', from: 0 }).filter(isRecord);
}

/**
 * The records of each line, read as if it were all of a text. Most lines of a log say nothing: what the forms begin with is looked for in all
 * of them at once, and only a line with something of it is read, by the forms that begin so.
 * @param text Lines, each ended by LF.
 * @param tell Called in order, once for each line with records.
 */
export function readEachLine(written: string, tell: (line: number, records: LogRecord[]) => void): void {
  const newlines = findOccurrences(written)('\n');
  const clean = cleaned(written, newlines, surveyLines(written, newlines));
  if (!clean) readEachCleanLine(written, tell);
  else
    readEachCleanLine(clean.text, (line, records, start) => {
      const from = lineStart(written, clean.place(start));
      tell(
        line,
        records.map((record) => {
          const said = hasTypographicMarks(written) ? sayAsWritten(record, clean.text.slice(start), (index) => written.charAt(clean.place(start + index))) : record;
          return placeStep({ place: (index) => clean.place(start + index) - from }, said) as LogRecord;
        }),
      );
    });
}

function readEachCleanLine(clean: string, tell: (line: number, records: LogRecord[], start: number) => void): void {
  const { text, bare, occurrences } = bareLines(clean, findOccurrences, true);
  const ends = occurrences('\n');
  const starts = [0, ...ends.slice(0, -1).map((end) => end + 1)];
  const returns = occurrences('\r');
  const speaking = new Map<number, LogFormat[]>();
  const suspected = new Map<number, LogFormat[]>();
  for (const format of formats) {
    const signs = signsOf(format, text, occurrences, starts);
    noteSpeaking(format, signs, starts, speaking);
    if (signs.length > 0) noteSpeaking(format, format.suspects?.(text) ?? signs, starts, suspected);
  }
  // A text that is one reply and nothing else is read as one, though no form begins so; and CR alone makes several lines of one.
  for (const [index, start] of starts.entries()) {
    if (!isLoneReply(text, start) && (returns[countBelow(returns, start)] ?? text.length) >= (ends[index] as number) - 1) continue;
    if (!speaking.get(index)?.includes(plainText)) speaking.set(index, [...(speaking.get(index) ?? []), plainText]);
    suspected.set(index, [plainText]);
  }
  for (const index of [...suspected.keys()].filter((line) => speaking.has(line)).sort((one, other) => one - other)) {
    const start = starts[index] as number;
    const newline = ends[index] as number;
    const end = text.charCodeAt(newline - 1) === carriageReturn && newline > start ? newline - 1 : newline;
    const first = bare?.lineStart(start) ?? start;
    const line = bare ? clean.slice(first, bare.place(end)) : text.slice(start, end);
    // What looks like several lines to a form is read with all of them, and so is one that something stands before.
    const isSeveral = line.length > end - start || line.includes('\r') || mayHoldStrings(line);
    const records = isSeveral ? readRecords(line) : readClaims(shareAmong(line, speaking.get(index) as LogFormat[], occurrencesWithin(occurrences, { start, end })), 0);
    if (records.length > 0) tell(index, records, first);
  }
}

/** Whether a line begins like a reply that refuses. */
function isLoneReply(text: string, start: number): boolean {
  loneReply.lastIndex = start;
  return loneReply.test(text);
}

const loneReply = /[ \t>]{0,80}[45]\d\d(?!\d)/y;

/** All that a text says happened, in the order of the marks. */
export function readSteps(text: string): Step[] {
  return write(text).steps({ what: 'all', from: 0 });
}

/**
 * Reads a part of a text that goes on below.
 * @param from Where the records begin that are wanted: what stands above is context.
 * @param isForced Whether to cut at a line where nothing better can be found, because the part is as long as it may be.
 * @param below How much of the text must be known below the seam.
 * @returns The steps from `from` up to the seam, and the seam; undefined where more of the text is needed to find one.
 */
export function readPart(text: string, from: number, isForced: boolean, below = reachBelow, what: Wanted['what'] = 'failures'): PartReading | undefined {
  // Every seam is the beginning of a line: where none is near enough, nothing is read in vain.
  const newline = text.indexOf('\n', from);
  if (!isForced && (newline < 0 || newline >= text.length - below)) return undefined;
  const writing = write(text);
  if (writing.isOfReturns && !isForced) return undefined;
  const seam = writing.findSeam({ from, below }) ?? (isForced ? writing.forcedSeam({ from, below }) : undefined);
  return seam && { ...readBetween(writing, { what, from }, seam.at), seam };
}

interface PartReading extends PartSteps {
  readonly seam: Seam;
}

interface PartSteps extends Pick<TextReading, 'isCuttable'> {
  readonly steps: readonly Step[];
  /** The offsets of all line feeds of the text. */
  readonly newlines: readonly number[];
}

/** What stands in a text, each read when it is asked for. */
export interface TextReading {
  /** The records that were wanted. */
  readonly records: readonly LogRecord[];
  /** Whether the text can be cut between lines or rows anywhere: no form stands in it whose stretches must stay in one piece. */
  readonly isCuttable: boolean;
  /** Whether nothing of the text can be read without the rest: what stands in it depends on all of it. */
  readonly isWhole: boolean;
  /** The records from one offset up to another. */
  recordsBetween(start: number, end: number): readonly LogRecord[];
  /** The last seam at or before an offset; only for a text that can be cut. */
  seamAt(at: number): Seam | undefined;
  /** The last seam behind an offset where so much of the text is known below that nothing further down changes what was read. */
  lastSeam(from: number): Seam | undefined;
  /** The events and sessions of the text, in order. */
  blocks(): readonly Block[];
}

/** Reads a text whose records are wanted from an offset on, and where it can be cut. */
export function readText(text: string, from = 0): TextReading {
  const writing = write(text);
  let records: readonly LogRecord[] | undefined;
  return {
    get records() {
      records ??= writing.steps({ what: 'failures', from }).filter(isRecord);
      return records;
    },
    isCuttable: isCuttable(writing),
    isWhole: writing.isOfReturns || writing.claims.some(({ format }) => format.isWhole),
    recordsBetween: (start, end) => stepsBetween(writing.steps({ what: 'failures', from: start }, end).filter(isRecord), start, end),
    seamAt: (at) => writing.seamAt(at),
    lastSeam: (above) => (writing.isOfReturns ? undefined : writing.findSeam({ from: above, below: reachBelow })),
    blocks: () => writing.blocks(),
  };
}

/** Reads the last part of a text. */
export function readLastPart(text: string, from: number, what: Wanted['what'] = 'failures'): PartSteps {
  return readBetween(write(text), { what, from }, Number.POSITIVE_INFINITY);
}

function readBetween(writing: WrittenText, wanted: Wanted, end: number): PartSteps {
  return { steps: stepsBetween(writing.steps(wanted, end), wanted.from, end), isCuttable: isCuttable(writing), newlines: writing.newlines };
}

function isCuttable({ claims, isOfReturns }: WrittenText): boolean {
  return !isOfReturns && claims.every(({ format }) => format.seam !== undefined && !format.isWhole);
}

/** The events and sessions of a text, in order. */
export function readBlocks(text: string): Block[] {
  return write(text).blocks();
}

/** The cell that an offset of a row stands in; undefined where no form names its columns. */
export function cellOf(written: string, offset: number, above: () => string): Cell | undefined {
  const { text: row, bare } = bareLines(written, findOccurrences);
  const once = lazy(() => bareLines(above(), findOccurrences).text);
  for (const { cell } of formats) {
    const found = cell?.(row, bare?.indexOf(offset) ?? offset, once);
    if (found) return bare ? { ...found, span: placeSpan(bare, found.span.start, found.span.end) } : found;
  }
  return undefined;
}

/** The forms a text is written in, `text` only where nothing else was found. */
export function detectFormats(text: string): FormatId[] {
  const found = write(text).claims.filter(({ format }) => format !== plainText);
  return found.length > 0 ? [...new Set(found.map(({ format }) => format.id))] : ['text'];
}
