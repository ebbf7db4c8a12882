/** Any other text: only what is surely an SMTP response, so that ordinary logs stay silent. */

import { withoutFrame, withQualifiedCode } from '../../smtp/replyWords.ts';
import { permanenceOf, readResponse } from '../../smtp/response.ts';
import { unwrapLines, withSingleBlanks } from '../../text/excerpt.ts';
import { offsetAbove } from '../../text/lineEnds.ts';
import type { Occurrences } from '../../text/occurrences.ts';
import { seamBetweenLines } from '../../text/seam.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { LogRecord, Span } from '../../values.ts';
import { isDelay } from '../bounces/lines.ts';
import { ReportFields } from '../bounces/reportFields.ts';
import type { LogFormat } from '../logFormat.ts';
import { unescaped } from '../shapes/jsonObjects.ts';
import { AnchoredReplies, anchoredEnd, readAnchored, replyLiterals } from './anchoredReplies.ts';
import type { AnchoredReply } from './anchors.ts';
import { isToldByHistory } from './attemptHistory.ts';
import { isExplained } from './explainedCodes.ts';
import { isMention } from './mentions.ts';
import { isOneCase } from './oneCase.ts';
import { partiesOf } from './parties.ts';
import { isEscaped } from './quotations.ts';
import { isQuotedCode } from './quotedReplies.ts';
import { isRepeated } from './repeatedReplies.ts';
import { goesOn, longestResponse, responseEnd } from './replyLines.ts';
import { isLabelled, isSetting, labelledEnd, replyCodeBefore, replyCodeFarBefore, Triples, tripleOf } from './triples.ts';

export const text: LogFormat = {
  id: 'text',
  title: 'Any text',
  literals: replyLiterals,
  isApart: true,
  find: (whole) => (whole.length > 0 ? [{ start: 0, end: whole.length }] : []),
  steps: (whole, stretches, _wanted, occurrences) => {
    const anchors = new Anchors(whole, stretches, occurrences, true);
    const records: LogRecord[] = [];
    for (const stretch of stretches) readStretch(whole, stretch, anchors, records);
    return records;
  },
  signs: (whole, occurrences, beginnings) => {
    const anchors = new Anchors(whole, [{ start: 0, end: whole.length }], occurrences, false);
    const signs: number[] = [];
    // Each text by itself: a line that goes on with the reply above it does not where that is another text's.
    for (const [index, start] of beginnings.entries()) {
      const stretch = { start, end: beginnings[index + 1] ?? whole.length };
      for (let found = nextCandidate(whole, start, stretch, anchors); found; found = nextCandidate(whole, found.next, stretch, anchors)) signs.push(found.start);
    }
    return signs;
  },
  // Whether a line begins a reply is seen from the lines above it; those below a seam are known to the part above it.
  seam: (whole, at) => seamBetweenLines(whole, at, 2 * longestResponse),
};

/** What a response is recognised by. Each part of the text is searched once, however many stretches it has. */
class Anchors {
  readonly replies: AnchoredReplies;
  readonly triples: Triples;
  readonly report: ReportFields;

  constructor(text: string, stretches: readonly Span[], occurrences: Occurrences, isAlone: boolean) {
    this.report = new ReportFields(text);
    this.replies = new AnchoredReplies(text, stretches, occurrences, isAlone);
    this.triples = new Triples(text);
  }
}

/** A place where a response begins, and the shape that made it sure. */
interface Candidate {
  readonly start: number;
  /** Where the search goes on if nothing could be read here. */
  readonly next: number;
  /** A code without a reply code, as `dsn=5.1.1`: the mark, since there is no reply to read. */
  readonly enhanced?: Span;
  /** The words that make the reply sure without an enhanced status code, and what they name. */
  readonly anchored?: AnchoredReply;
}

function readStretch(whole: string, stretch: Span, anchors: Anchors, records: LogRecord[]): void {
  // What stands in a stretch of another form is told by that.
  const isFound = (offset: number): boolean => {
    if (offset < stretch.start) return true;
    const found = nextCandidate(whole, offset, { start: stretch.start, end: Math.min(stretch.end, offset + longestFront) }, anchors);
    return found !== undefined && !isMention(whole, found.start, spanOf(whole, found, stretch));
  };
  for (let from = stretch.start; from < stretch.end; ) {
    const candidate = nextCandidate(whole, from, stretch, anchors);
    if (!candidate) break;
    const span = spanOf(whole, candidate, stretch);
    if (candidate.anchored?.isConsequence || isRepeated(whole, candidate.anchored ?? candidate, span, isFound) || isToldByHistory(whole, candidate.start)) {
      from = Math.max(span.end, candidate.next);
      continue;
    }
    // The reply itself may stand behind it in the line.
    if (isMention(whole, candidate.start, span) || isExplained(whole, candidate.start, span.end)) {
      from = candidate.next;
      continue;
    }
    const record = readCandidate(whole, candidate, span, stretch, anchors);
    if (record) records.push(record);
    from = record ? Math.max(record.span.end, candidate.next) : candidate.next;
  }
}

function nextCandidate(whole: string, from: number, stretch: Span, anchors: Anchors): Candidate | undefined {
  const anchored = anchors.replies.from(from, stretch);
  for (let at = from; ; ) {
    const triple = anchors.triples.from(at, stretch.end);
    if (anchored && !(triple && triple.start < anchored.start)) return { start: anchored.start, next: anchored.next ?? anchored.start + 3, anchored };
    if (!triple) return undefined;
    const candidate = fromTriple(whole, triple.start, stretch, anchors);
    if (candidate && !(anchored && anchored.start <= candidate.start)) return candidate;
    at = triple.start + 1;
  }
}

/** A reply code and what stands between it and the words. */
const longestFront = 12;

/**
 * A triple such as 5.1.1 counts behind its reply code (`550 5.1.1`, `550-5.1.1 …`, `550 #5.1.1`, Python's `(550, b'5.1.1 …')`), or behind a label.
 * Without a reply code its subject must be one that RFC 3463 has: versions, chapters and fragments of addresses (`#5.12.0`) look alike.
 */
function fromTriple(whole: string, at: number, stretch: Span, anchors: Anchors): Candidate | undefined {
  const triple = tripleOf(whole, at);
  if (!triple) return undefined;
  const end = at + triple.length;
  const start = replyCodeBefore(whole, at, end, stretch);
  if (start !== undefined && isSetting(whole, start, end)) return undefined;
  if (start !== undefined) return goesOn(whole, start, stretch) ? undefined : { start, next: end };
  if (!/^[45]\.[0-7]\./.test(triple)) return undefined;
  const early = replyCodeFarBefore(whole, at, stretch);
  if (early !== undefined) return { start: early, next: end };
  return isLabelled(whole, at, end, stretch) || isQuotedCode(whole, at, end) || isOneCase(whole, at, end) || anchors.report.isStatus(at, stretch)
    ? { start: at, next: end, enhanced: { start: at, end } }
    : undefined;
}

function spanOf(whole: string, { start: at, anchored }: Candidate, stretch: Span): Span {
  // Message tracking wraps a reply as {LED=…} and names the host beside it, so the wrapper is read too.
  const start = whole.startsWith('{LED=', at - 5) ? Math.max(stretch.start, at - 5) : at;
  return { start, end: anchored ? anchoredEnd(whole, anchored, stretch) : responseEnd(whole, at, stretch) };
}

function readCandidate(whole: string, { anchored, enhanced }: Candidate, span: Span, stretch: Span, anchors: Anchors): LogRecord | undefined {
  const { start } = span;
  if (enhanced) return readLabelled(whole, enhanced, { start, end: labelledEnd(whole, start, span.end, stretch) }, stretch, anchors);
  const found = anchored ? readAnchored(whole, anchored, span) : readResponse(isEscaped(whole, start) ? unescaped(whole, span) : unwrapLines(whole, span));
  if (!found) return undefined;
  const read = withQualifiedCode({ ...found, response: withChanges(found.response, { text: withoutFrame(found.response.text) }) });
  const isWaiting = permanenceOf(read.response) === 'transient' && isDelay(whole.slice(offsetAbove(whole, start, longestNotice, stretch.start), start));
  const captures = { ...partiesOf(read.response), ...read.captures };
  return { format: 'text', what: isWaiting ? 'waits' : 'failed', span, mark: read.mark, places: [span], response: read.response, captures };
}

/** How far above a reply a notice says that the message is still being tried, where somebody has pasted one. */
const longestNotice = 1_000;

/** `dsn=5.1.1, status=bounced (… said: 550 5.1.1 …)` is one fault: where the line goes on with the reply itself, that is read. */
function readLabelled(whole: string, mark: Span, span: Span, stretch: Span, anchors: Anchors): LogRecord | undefined {
  const reply = nextCandidate(whole, mark.end, { start: stretch.start, end: span.end }, anchors);
  if (reply && !reply.enhanced) return readCandidate(whole, reply, spanOf(whole, reply, stretch), stretch, anchors);
  // Behind its type Exchange quotes a reply that needs no other sign: `#5.0.0 smtp;550 Envelope blocked`.
  const type = /^ smtp; ?(?=[45][0-57]\d[ -][A-Za-z<])/i.exec(whole.slice(mark.end, mark.end + longestFront))?.[0].length;
  if (type !== undefined) {
    const quoted = { start: mark.end + type, next: mark.end + type + 3 };
    return readCandidate(whole, quoted, spanOf(whole, quoted, stretch), stretch, anchors);
  }
  const enhancedCode = whole.slice(mark.start, mark.end);
  const response = { enhancedCode, text: withoutFrame(withSingleBlanks(whole.slice(span.start, span.end).trim())) };
  return { format: 'text', what: 'failed', span, mark, places: [span], response, captures: partiesOf(response) };
}
