/**
 * Logs in which a line stands for itself, as mail systems other than Exchange write them. A new one is a file beside this one and a name in
 * `index.ts`. What it takes from here:
 *
 * - `findLines` gives the lines that are this log's, from the literals that they begin with or cannot be without. `isAnchor` looks at a place
 *   and must be cheap; `isLine` sees the line and decides. A healthy line that may quote a reply, a subject or an address is claimed too, so
 *   that no later form takes the quotation for a failure. Where other lines name what a failing line leaves out, such as the recipient of a
 *   delivery that is told by its number, those are claimed as well.
 * - `readLines` hands each claimed line to `read`, in order. It is for logs in which nearly every claimed line says something, and for those
 *   in which lines refer to lines above: these keep what was said in a `Recent` with the reach of the log's seam, and nothing else from line
 *   to line, so that a part of the log says what the whole says.
 * - `readLinesAt` hands over only the lines in which one of some offsets stands: for logs of which most lines are healthy, and can be told
 *   to be so at the literal, without reading them. A log that goes this way keeps nothing from line to line.
 * - `lineRecord` makes the record: `words` is where in the line the failure is stated. There stands a reply, or else `code` is an enhanced
 *   status code beside the words, or else the words are a sentence. Where the reply must be put together first, because the program has
 *   written its code and its text apart or has replaced characters, it is given as `said`, an excerpt whose characters know their place.
 *   A blank that is written as another character (`+` of IIS, `_` of qmail) stands where the blank would: `withBlanks` puts one for one, so
 *   that no offset changes, and a mark lies where it would in the line as it is. qmail's file does the same, and leaves addresses as they are.
 *   `isNoted` is for what strangers do all day, such as guessing passwords: it is told as information.
 * - `lineSeam` goes with lines that stand for themselves or refer to lines within `lineReach`, `sessionSeam` with logs that keep sessions.
 *
 * A line without any reply code is told by its words alone: what decides stands in the documents' `match`, never here.
 */

import { reportedCommand } from '../../smtp/command.ts';
import { readQuotedReply, readSentence, withoutFrame } from '../../smtp/replyWords.ts';
import { type ReadResponse, readResponse } from '../../smtp/response.ts';
import { type Excerpt, joinRuns, literalExcerpt, placeSpan, sliceExcerpt } from '../../text/excerpt.ts';
import { LineAround } from '../../text/lineAround.ts';
import { lineEnd, longestFirstLine, nextLine } from '../../text/lines.ts';
import type { Occurrences } from '../../text/occurrences.ts';
import { reachAbove, reachBelow, type Seam, seamBetweenLines } from '../../text/seam.ts';
import { stretchAt } from '../../text/spans.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { Captures, CommandName, FormatId, LogRecord, Response, Span, Step } from '../../values.ts';

/** No line of a mail system is longer, and no more of one is read. */
export const longestLine = 16_000;

/**
 * The lines that an anchor stands in, neighbours joined.
 * @param offsets Where an anchor can stand, in order.
 * @param isAnchor Whether one does.
 * @param isLine Told the line and where its first anchor stands, says whether it is one of this log.
 */
export function findLines(
  text: string,
  occurrences: Occurrences,
  offsets: readonly number[],
  isAnchor: (text: string, at: number) => boolean,
  isLine: (line: string, at: number) => boolean,
): Span[] {
  const stretches: { start: number; end: number }[] = [];
  if (offsets.length === 0) return stretches;
  const line = new LineAround(text, occurrences);
  for (const offset of offsets) {
    if (offset < line.end || !isAnchor(text, offset)) continue;
    line.moveTo(offset);
    const { start, end } = line;
    if (offset - start > longestFirstLine || !isLine(text.slice(start, Math.min(end, start + longestLine)), offset - start)) continue;
    const last = stretches.at(-1);
    if (last && last.end === start) last.end = end;
    else stretches.push({ start, end });
  }
  return stretches;
}

/** So far above and below itself a line can refer to others, in UTF-16 code units, where no session goes through the log. */
export const lineReach = reachBelow;

/** The seam of a log in which a line refers to lines near it at most. */
export function lineSeam(text: string, at: number, stretches: readonly Span[]): Seam | undefined {
  return stretchAt(stretches, at) && seamBetweenLines(text, at, lineReach);
}

/** The seam of a log that keeps sessions. */
export function sessionSeam(text: string, at: number, stretches: readonly Span[]): Seam | undefined {
  return stretchAt(stretches, at) && seamBetweenLines(text, at, reachAbove);
}

/** Calls `read` for each line of the stretches, at most so much of it as a line of a mail system can have. */
export function readLines<Found extends Step>(text: string, stretches: readonly Span[], read: ReadLine<Found>): Found[] {
  const found: Found[] = [];
  for (const stretch of stretches) {
    for (let start = stretch.start; start < stretch.end; ) {
      const next = Math.min(nextLine(text, start), stretch.end);
      addStep(text, { start, end: next }, start, read, found);
      start = next;
    }
  }
  return found;
}

/** The same for those lines of the stretches that one of the offsets, which are in order, stands in: the others say nothing of a failure. */
export function readLinesAt<Found extends Step>(text: string, occurrences: Occurrences, stretches: readonly Span[], offsets: readonly number[], read: ReadLine<Found>): Found[] {
  const found: Found[] = [];
  const line = new LineAround(text, occurrences);
  let index = 0;
  let from = 0;
  for (const offset of offsets) {
    if (offset < from) continue;
    while (index < stretches.length && (stretches[index] as Span).end <= offset) index++;
    const stretch = stretches[index];
    if (!stretch) break;
    if (stretch.start > offset) continue;
    line.moveTo(offset);
    const start = Math.max(stretch.start, line.start, from);
    from = Math.min(line.end, stretch.end);
    if (offset - start <= longestFirstLine) addStep(text, { start, end: from }, offset, read, found);
  }
  return found;
}

/** @param at Where in the line what it was found by stands. */
type ReadLine<Found extends Step> = (line: Excerpt, span: Span, at: number) => Found | undefined;

function addStep<Found extends Step>(text: string, { start, end }: Span, offset: number, read: ReadLine<Found>, found: Found[]): void {
  const span = { start, end: Math.min(lineEnd(text, start, end), start + longestLine) };
  const step = read(literalExcerpt(text, span), span, offset - start);
  if (step) found.push(step);
}

/** An enhanced status code, and where in its line it stands. */
export interface Code {
  readonly enhancedCode: string;
  readonly start: number;
}

/** What a line says of a failure. */
export interface Said {
  readonly format: FormatId;
  readonly span: Span;
  readonly line: Excerpt;
  /** Where the words about the failure stand in the line. */
  readonly words: Span;
  /** The code that the line states beside the words, such as `dsn=5.1.1`. */
  readonly code: Code | undefined;
  readonly captures: Captures;
  /** The words as the other side said them, where they do not stand in the line as they were said. */
  readonly said?: Excerpt | undefined;
  /** What was answered, where the line says it beside the words. */
  readonly command?: CommandName | undefined;
  /** Strangers try this all day, such as passwords: it is noted, and no failure of mail. */
  readonly isNoted?: boolean | undefined;
  /** Where the line does not begin with its time as others write it. */
  readonly time?: LineTime | undefined;
}

type LineTime = Pick<LogRecord, 'time' | 'localTime'>;

/** The record of a line: its reply, or else its code, or else its words. */
export function lineRecord({
  format,
  span,
  line,
  words,
  code,
  captures,
  command: asked,
  isNoted,
  time,
  said = sliceExcerpt(line, words.start, words.end),
}: Said): LogRecord | undefined {
  const read = readReply(said, code?.enhancedCode) ?? (code ? coded(line, said, code) : readSentence(said));
  if (!read) return undefined;
  const command = read.response.command ?? reportedCommand(line.text) ?? asked;
  const response = command ? withChanges(read.response, { command }) : read.response;
  const record: LogRecord = { format, what: isNoted ? 'noted' : 'failed', span, mark: read.mark, places: [span], response, captures: withChanges(captures, read.captures) };
  return Object.assign(record, time ?? lineTime(line.text));
}

function readReply(said: Excerpt, enhancedCode: string | undefined): ReadResponse | undefined {
  const read = readResponse(said) ?? readQuotedReply(said);
  if (read?.response.replyCode === undefined) return undefined;
  const text = withoutFrame(read.response.text);
  return { response: withChanges<Response>({ text }, enhancedCode ? { enhancedCode } : undefined, read.response, { text }), mark: read.mark, captures: read.captures };
}

function coded(line: Excerpt, said: Excerpt, { enhancedCode, start }: Code): ReadResponse {
  return { response: { enhancedCode, text: said.text.replace(/\s+/g, ' ').trim() }, mark: placeSpan(line, start, start + enhancedCode.length), captures: {} };
}

/** A part of a line in which a blank is written as another character. */
export function withBlanks(line: Excerpt, { start, end }: Span, blank: string): Excerpt {
  const text = line.text.slice(start, end).replaceAll(blank, ' ');
  return joinRuns([{ text, start: line.place(start), end: line.place(start) + text.length, literal: true }]);
}

/** The time that a line begins with: in UTC where it states its zone, as written where it does not (RFC 3164 and RFC 5424, exim, hMailServer, and C's asctime). */
export function lineTime(line: string): LineTime {
  const iso = /^(?:<\d{1,3}>1? ?)?"?(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d{1,9})?)(?: ?(Z|[+-]\d\d:?\d\d)(?![\d:]))?/.exec(line);
  if (iso) {
    const zone = iso[3]?.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2');
    const time = zone ? new Date(`${iso[1]}T${iso[2]}${zone}`) : undefined;
    return time && !Number.isNaN(time.getTime()) ? { time: time.toISOString() } : { localTime: `${iso[1]} ${iso[2]}` };
  }
  const local = /^(?:<\d{1,3}>)?((?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?: (?:19|20)\d\d(?= ))?)/.exec(line)?.[1];
  return local ? { localTime: local } : {};
}

/** The name that the server has in a syslog line: `Jan 15 08:00:00 mx1 postfix/smtp[4711]: …`. */
export function syslogHost(line: string): Captures {
  const server = /^(?:<\d{1,3}>1? ?)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT[\d:.+Z-]{8,24}) ([A-Za-z0-9][A-Za-z0-9.-]{0,252}) (?=\S{1,80}:)/.exec(line)?.[1];
  return server ? { server } : {};
}

/** A host as Postfix and Sendmail name it: `mx.fabrikam.com[203.0.113.25]:25`; "unknown", "none" and local deliveries are none. */
export function hostCaptures(written: string | undefined): Captures {
  const found = /^([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,20})?\.?\S{0,20}? ?\[(?:IPv6:)?([0-9A-Fa-f.:]{2,45})\]/.exec(written ?? '');
  if (!found?.[2]) return {};
  return found[1] ? { remoteHost: found[1], remoteAddress: found[2] } : { remoteAddress: found[2] };
}
