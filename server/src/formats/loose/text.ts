/** Any other text: only what is surely an SMTP response, so that ordinary logs stay silent. */

import { permanenceOf, readResponse } from '../../smtp/response.ts';
import { apostrophe, blank, carriageReturn, colon, digit4, digit5, doubleQuote, equalsSign, hyphen, isDigit, lineFeed, numberSign, wideColon } from '../../text/characters.ts';
import { unwrapLines, withSingleBlanks } from '../../text/excerpt.ts';
import { offsetAbove, textAbove } from '../../text/lineEnds.ts';
import { lineEnd } from '../../text/lines.ts';
import type { Occurrences } from '../../text/occurrences.ts';
import { seamBetweenLines } from '../../text/seam.ts';
import { countBelow } from '../../text/spans.ts';
import type { LogRecord, Span } from '../../values.ts';
import { isDelay } from '../bounces/lines.ts';
import { ReportFields } from '../bounces/reportFields.ts';
import type { LogFormat } from '../logFormat.ts';
import { goesOn, longestResponse, responseEnd } from './replyLines.ts';

/** Behind these a reply code needs no enhanced status code beside it. */
const position = /(?<=SM)TP error from remote |Diagnostic-Code: ?smtp;/iy;
// A log may name SMTP in each of its lines: what begins with it is looked for by the rest.
const literals = ['TP error from remote ', 'tp error from remote ', 'Diagnostic-Code:', 'Diagnostic-code:', 'diagnostic-code:', 'DIAGNOSTIC-CODE:'];

export const text: LogFormat = {
  id: 'text',
  title: 'Any text',
  literals,
  isApart: true,
  find: (whole) => (whole.length > 0 ? [{ start: 0, end: whole.length }] : []),
  steps: (whole, stretches, _wanted, occurrences) => {
    const anchors = new Anchors(whole, occurrences);
    const records: LogRecord[] = [];
    for (const stretch of stretches) readStretch(whole, stretch, anchors, records);
    return records;
  },
  signs: (whole, occurrences) => {
    const anchors = new Anchors(whole, occurrences);
    const stretch = { start: 0, end: whole.length };
    const signs: number[] = [];
    for (let found = nextCandidate(whole, 0, stretch, anchors); found; found = nextCandidate(whole, found.next, stretch, anchors)) signs.push(found.start);
    return signs;
  },
  // Whether a line begins a reply is seen from the lines above it; those below a seam are known to the part above it.
  seam: (whole, at) => seamBetweenLines(whole, at, 2 * longestResponse),
};

/** What a response is recognised by. Each part of the text is searched once, however many stretches it has. */
class Anchors {
  private readonly text: string;
  private readonly words: readonly Span[];
  private readonly starts: readonly number[];
  private readonly triples: Triples;
  readonly report: ReportFields;

  constructor(text: string, occurrences: Occurrences) {
    this.text = text;
    this.report = new ReportFields(text);
    this.words = occurrences(literals).flatMap((offset) => {
      position.lastIndex = offset;
      return position.test(this.text) ? { start: offset, end: position.lastIndex } : [];
    });
    this.starts = this.words.map(({ start }) => start);
    this.triples = new Triples(text);
  }

  /** The first one that begins at or after an offset and above an end. */
  from(offset: number, end: number): Span | undefined {
    const word = this.words[countBelow(this.starts, offset)];
    const triple = this.triples.from(offset, end);
    return word && word.start < end && !(triple && triple.start < word.start) ? word : triple;
  }
}

/** The enhanced status codes of a text that can belong to a response. How far the search has come is kept, since it is asked for one stretch after another. */
class Triples {
  private readonly text: string;
  private searched = 0;
  /** The first full stop behind `searched` that can be one of a code. */
  private stop = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The first one that begins at or after an offset and above an end. */
  from(offset: number, end: number): Span | undefined {
    const { text } = this;
    // A full stop is rarer than a digit, and fast to find.
    let stop = this.searched <= offset && offset < this.stop ? this.stop : stopAfter(text, offset);
    let found: Span | undefined;
    // A full stop directly behind another has no digit before it.
    for (; stop <= end; stop = stopAfter(text, stop + 1)) {
      found = tripleAt(text, stop - 1);
      if (found) break;
    }
    this.searched = offset;
    this.stop = stop;
    return found;
  }
}

/** Where the next full stop stands; behind the end of the text where there is none. */
function stopAfter(text: string, offset: number): number {
  const stop = text.indexOf('.', offset + 1);
  return stop < 0 ? text.length + 1 : stop;
}

function tripleAt(text: string, start: number): Span | undefined {
  if (!isFailureDigit(text.charCodeAt(start)) || !isIntroduced(text, start)) return undefined;
  triplePattern.lastIndex = start;
  return triplePattern.test(text) ? { start, end: triplePattern.lastIndex } : undefined;
}

/** Whether a code's first digit stands behind what can be a reply code or the end of a label: most numbers with two full stops are versions, addresses and chapters. */
function isIntroduced(text: string, start: number): boolean {
  const before = text.charCodeAt(start - 1);
  // Where no sign of ASCII stands there, it is a blank, or a full-width colon.
  if (before > blank && before < 0x7f) return endsLabel(before);
  const sign = text.charCodeAt(start - (before === lineFeed && text.charCodeAt(start - 2) === carriageReturn ? 3 : 2));
  return isDigit(sign) ? isFailureDigit(text.charCodeAt(start - 4)) : endsLabel(sign) || before === wideColon;
}

/** What the codes of failures begin with, those of three digits and those of three numbers (RFC 5321, 4.2.1, and RFC 3463, 3). */
function isFailureDigit(code: number): boolean {
  return code === digit4 || code === digit5;
}

function endsLabel(code: number): boolean {
  return code === colon || code === equalsSign || code === numberSign || code === hyphen || code === doubleQuote || code === apostrophe || code === wideColon;
}

const triplePattern = /[45]\.\d{1,3}\.\d/y;

/** A place where a response begins, and the shape that made it sure. */
interface Candidate {
  readonly start: number;
  /** Where the search goes on if nothing could be read here. */
  readonly next: number;
  /** A code without a reply code, as `dsn=5.1.1`: the mark, since there is no reply to read. */
  readonly enhanced?: Span;
}

function readStretch(whole: string, stretch: Span, anchors: Anchors, records: LogRecord[]): void {
  for (let from = stretch.start; from < stretch.end; ) {
    const candidate = nextCandidate(whole, from, stretch, anchors);
    if (!candidate) break;
    const record = readCandidate(whole, candidate, stretch, anchors);
    if (record) records.push(record);
    from = record ? Math.max(record.span.end, candidate.next) : candidate.next;
  }
}

function nextCandidate(whole: string, from: number, stretch: Span, anchors: Anchors): Candidate | undefined {
  for (let at = from; ; ) {
    const found = anchors.from(at, stretch.end);
    if (!found) return undefined;
    const candidate = isFailureDigit(whole.charCodeAt(found.start)) ? fromTriple(whole, found.start, stretch, anchors) : fromPosition(whole, found.end, stretch);
    if (candidate) return candidate;
    at = found.start + 1;
  }
}

/**
 * A triple such as 5.1.1 counts behind its reply code (`550 5.1.1`, `550-5.1.1 …`, `550 #5.1.1`, Python's `(550, b'5.1.1 …')`), or behind a label.
 * Without a reply code its subject must be one that RFC 3463 has: versions, chapters and fragments of addresses (`#5.12.0`) look alike.
 */
function fromTriple(whole: string, at: number, stretch: Span, anchors: Anchors): Candidate | undefined {
  const triple = /^[45]\.\d{1,3}\.\d{1,3}(?![\d/_]|\.\d|-[a-z0-9])/.exec(whole.slice(at, at + 16))?.[0];
  if (!triple) return undefined;
  const end = at + triple.length;
  const before = textAbove(whole, at, 24, stretch.start);
  const close = before.slice(-9);
  const reply = /(^|[^\w./$€:-]|[:=#;]\s?)([45][0-57]\d)(?: #|[ -]|, b?['"])$/.exec(close);
  if (reply && (/[ #]/.test(whole[at - 1] ?? '') || /^[ \t]\S/.test(whole.slice(end, end + 2))))
    return replyAt(whole, at - close.length + reply.index + (reply[1] ?? '').length, end, stretch);
  if (!/^[45]\.[0-7]\./.test(triple)) return undefined;
  const isLabelled = before.endsWith('#') ? isMarked(before, whole.slice(end, end + 6)) : labels.test(before) || anchors.report.isStatus(at, stretch);
  return isLabelled ? { start: at, next: end, enhanced: { start: at, end } } : undefined;
}

function replyAt(whole: string, start: number, next: number, stretch: Span): Candidate | undefined {
  return goesOn(whole, start, stretch) ? undefined : { start, next };
}

/** What a code without its reply code stands behind: of a reply .NET keeps all but the reply code, `The server response was: 5.7.1 …`, in its own language. */
const labels =
  /(?:\bdsn=|\bStatus code: ?|(?:\bserver response was|Serverantwort (?:war|lautete)|du serveur était|del servidor fue|do servidor foi|Risposta del server|van de server was|Odpowiedź serwera|Ответ сервера|サーバー応答|服务器响应为)\s?[:：]\s?)$/i;

/** `(#5.1.1)` as qmail writes it, `<EX01.contoso.com #5.1.1>` and `#5.1.1 smtp;…` as Exchange does; `](#5.1.1)` is a link. */
function isMarked(before: string, after: string): boolean {
  if (/(?:^|[^\]])\(#$/.test(before)) return after.startsWith(')');
  return /(?:^|[\s<])#$/.test(before) && /^(?:>| smtp;)/i.test(after);
}

/** Behind `SMTP error from remote …:` and `Diagnostic-Code: smtp;` a bare reply code stands in reply position. */
function fromPosition(whole: string, at: number, stretch: Span): Candidate | undefined {
  const line = whole.slice(at, lineEnd(whole, at, Math.min(stretch.end, at + 600)));
  const reply = /(?:^|: |: ")\s*([45][0-57]\d)(?=[ -])/.exec(line);
  if (!reply) return undefined;
  const start = at + reply.index + reply[0].length - 3;
  return { start, next: start + 3 };
}

function readCandidate(whole: string, candidate: Candidate, stretch: Span, anchors: Anchors): LogRecord | undefined {
  // Message tracking wraps a reply as {LED=…} and names the host beside it, so the wrapper is read too.
  const start = whole.startsWith('{LED=', candidate.start - 5) ? Math.max(stretch.start, candidate.start - 5) : candidate.start;
  const span = { start, end: responseEnd(whole, candidate.start, stretch) };
  if (candidate.enhanced) return readLabelled(whole, candidate.enhanced, span, stretch, anchors);
  const read = readResponse(unwrapLines(whole, span));
  if (!read) return undefined;
  const isWaiting = permanenceOf(read.response) === 'transient' && isDelay(whole.slice(offsetAbove(whole, start, longestNotice, stretch.start), start));
  return { format: 'text', what: isWaiting ? 'waits' : 'failed', span, mark: read.mark, places: [span], response: read.response, captures: read.captures };
}

/** How far above a reply a notice says that the message is still being tried, where somebody has pasted one. */
const longestNotice = 1_000;

/** `dsn=5.1.1, status=bounced (… said: 550 5.1.1 …)` is one fault: where the line goes on with the reply itself, that is read. */
function readLabelled(whole: string, mark: Span, span: Span, stretch: Span, anchors: Anchors): LogRecord | undefined {
  const reply = nextCandidate(whole, mark.end, { start: stretch.start, end: span.end }, anchors);
  if (reply && !reply.enhanced) return readCandidate(whole, reply, stretch, anchors);
  const enhancedCode = whole.slice(mark.start, mark.end);
  return { format: 'text', what: 'failed', span, mark, places: [span], response: { enhancedCode, text: withSingleBlanks(whole.slice(span.start, span.end).trim()) }, captures: {} };
}
