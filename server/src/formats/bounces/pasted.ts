/** Bounces without their headers: what Outlook shows, a ticket quotes, or a report for machines alone. */

import { literalExcerpt, sliceExcerpt } from '../../text/excerpt.ts';
import { lineEnd, lineStartAfter } from '../../text/lines.ts';
import type { Occurrences } from '../../text/occurrences.ts';
import type { Span } from '../../values.ts';
import { withoutAddressLinks } from './addressLinks.ts';
import type { Bounce } from './bounce.ts';
import { readReport } from './deliveryStatus.ts';
import { isDelay, readBounceLines, returnedMessageStart } from './lines.ts';
import { fieldCaptures, returnedFields, serverOf } from './mail.ts';
import { findOpenings, isFirstLine, isNoticeText, noticeEnd, openingLiterals } from './notices.ts';
import { plainLines } from './plainLines.ts';
import { readBounceText } from './text.ts';

/**
 * What only a bounce writes, in every language: Exchange's diagnostics (`#550 5.1.1 … ##`, `#<host #5.7.1 smtp;530 …> #SMTP#`,
 * `<host #5.1.1>`, `returned '550 5.1.1 …'`), Exchange Online's labels, and the fields of a report.
 */
const diagnostic =
  /#[45](?:\d\d [45])?\.\d{1,3}\.\d{1,3}(?: (?:smtp|[xX]-[\w.&-]{1,38});|>)|#[45]\d\d (?:[45]\.\d{1,3}\.\d|[^\n#]{3,400} ##(?=[ \t]*(?:\r?\n|$)))|#<[^\s<>#]{0,255} #[45]\.|returned '\s{0,4}(?:[45]\d\d[\s-]|<)|erver returned [45]\d\d [45]\.\d{1,3}\.\d|(?:Reported error|Status code):[ \t]{0,8}(?:\n[ \t>]{0,20})?[45]\d\d |Message rejected by:[ \t]{0,8}(?:\n[ \t>]{0,20})?[A-Za-z0-9-]{1,63}\.[A-Za-z0-9]/y;

/** Whether a sign is a line with the sentence that a bounce begins with. */
const isOpening = (text: string, line: number): boolean =>
  isNoticeText(text.slice(line, line + longestOpening), lineEnd(text, line, Math.min(text.length, line + longestOpening)) - line);
const longestOpening = 600;

const diagnosticLiterals = ['#', "returned '", 'erver returned 4', 'erver returned 5', 'Reported error:', 'Status code:', 'Message rejected by:'];
const fieldLiterals = ['Final-Recipient:', 'Final-recipient:', 'Original-Recipient:', 'Original-recipient:', 'Diagnostic-Code:', 'Diagnostic-code:'];

/** What the signs begin with. */
export const signLiterals = [...diagnosticLiterals, ...fieldLiterals, ...openingLiterals];

/** Where the signs begin, in order: a field begins with its line. */
export function findSigns(text: string, free: readonly Span[], occurrences: Occurrences): number[] {
  const signs: number[] = [];
  let end = 0;
  for (const offset of occurrences(diagnosticLiterals)) {
    diagnostic.lastIndex = offset;
    // What stands inside a sign is none of its own.
    if (offset < end || !diagnostic.test(text)) continue;
    end = diagnostic.lastIndex;
    signs.push(offset);
  }
  for (const offset of occurrences(fieldLiterals)) {
    const indent = /[ \t>]*$/.exec(text.slice(Math.max(0, offset - deepestField), offset))?.[0].length ?? 0;
    const line = offset - indent;
    if (line === 0 || text[line - 1] === '\n') signs.push(line);
  }
  signs.push(...findOpenings(text, free, occurrences));
  return signs.sort((one, other) => one - other);
}

const deepestField = 20;

const longestLine = 4_000;
const farthest = 6_000;
const longestBounce = 60_000;

/** The stretches around the signs; signs that stand near each other belong to one bounce. */
export function findPasted(text: string, signs: readonly number[]): Span[] {
  const stretches: { start: number; end: number }[] = [];
  for (const index of signs) {
    const last = stretches.at(-1);
    // Whoever shows two bounces may have nothing between them.
    if (last && index < last.end && index > last.start && isFirstLine(text, index)) last.end = index;
    if (last && index < last.end) continue;
    if (isOpening(text, index)) stretches.push({ start: index, end: noticeEnd(text, index) });
    else if (last && index - last.end < farthest && index - last.start < longestBounce && !isReturned(text, last.end, index)) last.end = paragraphEnd(text, index);
    else stretches.push({ start: firstLine(text, index, last?.end ?? 0), end: paragraphEnd(text, index) });
  }
  return stretches
    .map(({ start, end }, index) => ({ start, end: Math.max(end, headersEnd(text, end, stretches[index + 1]?.start ?? text.length)) }))
    .filter((span) => namesRecipient(plainLines(literalExcerpt(text, span)).text));
}

/** A diagnostic that says of nobody in particular is as well read as any other text. */
const namesRecipient = (text: string): boolean =>
  /^[ \t>]*(?:(?:Final|Original)-Recipient|Recipient Address|Message rejected by)[ \t]*:/im.test(text) ||
  readBounceLines(withoutAddressLinks(literalExcerpt(text, { start: 0, end: text.length })).text, []).some(({ about }) => about !== undefined);

const isReturned = (text: string, start: number, end: number): boolean => returnedMessageStart(text.slice(start, end)) < end - start;

/** The lines above a sign that belong to it: the recipient, the server that made the report, the report's other fields. */
function firstLine(text: string, sign: number, limit: number): number {
  const from = Math.max(limit, sign - farthest);
  const start = lineStartAfter(text, sign, from) ?? sign;
  if (isOnlineSign(text.slice(sign, sign + 24))) return firstField(text, start, from);
  let first = start;
  // Exchange 2003 has its sentence between the recipient and `<mail.contoso.com #5.1.1>`.
  // Exim has its sentences between the recipient and the report.
  let prose = /< ?[^\s<>#]{0,255} ?$/.test(text.slice(start, sign)) || isBelowExim(text.slice(Math.max(from, start - longestQuotation), start)) ? longestProse : 0;
  for (const { at, line } of linesAbove(text, start, from, 12)) {
    if (/^[ \t>]*[^:：\n]{3,60}[:：][ \t]*[A-Za-z0-9.-]{3,255}[ \t]*$|^[ \t>]*(?:[A-Z][A-Za-z]+[- ]){1,3}[A-Za-z]+:|[^\s@]@[^\s@]/.test(line)) first = at;
    // Between the recipient and the reply Exchange names the host that gave it, and Markdown may begin its code.
    else if (!/^[ \t>]*(?:[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,10}|[`~]{3}[\w-]{0,20})?[ \t]*$/.test(line) && prose-- === 0) break;
  }
  return first;
}

const isBelowExim = (above: string): boolean =>
  /\n[ \t>]*SMTP error from remote (?:mail )?server after [^\n]{2,320}:[ \t]*\n[ \t>]*[45]\d\d[^\n]*\n(?:[ \t>]*\n|[A-Z][A-Za-z-]{2,40}: [^\n]*\n)*$/.test(above);

/** Where the fields of Exchange Online begin: it puts headings above them, and its error may have been wrapped. */
function firstField(text: string, start: number, from: number): number {
  let first = start;
  // A subject may have been wrapped too.
  let prose = text.startsWith('Message', start + (/^[ \t>]*/.exec(text.slice(start, start + 80))?.[0].length ?? 0)) ? longestProse : longestProse / 2;
  for (const { at, line } of linesAbove(text, start, from, 24)) {
    if (/^[ \t>]*[A-Z][A-Za-z]{2,20}(?: [A-Za-z]{2,20}){0,3}[ \t]*:/.test(line)) first = at;
    else if (!/^[ \t>]*(?:[A-Z][A-Za-z]+(?: [A-Za-z]+){1,2})?[ \t]*$/.test(line) && prose-- === 0) break;
    if (/^[ \t>]*Error[ \t]*:/.test(line)) prose = longestProse / 2;
  }
  return first;
}

/** The lines above a line, the nearest first. */
function* linesAbove(text: string, start: number, from: number, most: number): Generator<{ readonly at: number; readonly line: string }> {
  for (let at = start, lines = 0; lines < most && at > from && text[at - 1] === '\n'; lines++) {
    at = lineStartAfter(text, at - 1, from) ?? from;
    yield { at, line: text.slice(at, Math.min(lineEnd(text, at, Math.min(text.length, at + longestLine)), at + longestLine)) };
  }
}

/** In lines. */
const longestProse = 4;

function paragraphEnd(text: string, sign: number): number {
  const limit = Math.min(text.length, sign + longestLine);
  const below = text.slice(sign, limit);
  const empty = /\n[ \t>]*\n/.exec(below);
  const end = empty ? empty.index + 1 : below.length;
  if (isOnlineSign(below)) return sign + end + (onlineFields.exec(below.slice(end))?.[0].length ?? 0);
  if (!empty || !below.startsWith("returned '") || /'[ \t]*\n$/.test(below.slice(0, end))) return sign + end;
  // A forum has put empty lines into the reply: it ends with the quotation mark.
  const close = /'[ \t]*(?=\n|$)/.exec(below.slice(0, longestQuotation));
  return sign + (close && !/\n[ \t>]*\n[ \t>]*\n/.test(below.slice(0, close.index)) ? close.index + close[0].length : end);
}

/** The fields that Exchange Online has below its error, in paragraphs of their own or apart as all of its lines. */
const onlineFields = /^(?:\s*\n)?(?:[\s>]*(?:(?:DSN generated|Message rejected|Sent) by:|Remote server:|Notification Details)[^\n]{0,300}(?:\n|$)){1,6}/;
const isOnlineSign = (below: string): boolean => /^(?:Reported error|Message rejected by):/.test(below);

const longestQuotation = 2_000;

/** The returned message's headers below, which name the message and its sender. */
function headersEnd(text: string, end: number, limit: number): number {
  const below = text.slice(end, Math.min(limit, end + farthest));
  const first = /^(?:Received|Return-Path|Message-ID|From):[ \t]?\S/im.exec(below.slice(0, 600));
  if (!first) return end;
  const empty = /\n[ \t]*\n/.exec(below.slice(first.index));
  return end + (empty ? first.index + empty.index + 1 : below.length);
}

/** Reads a bounce that `findPasted` found. A sentence without codes counts where the bounce's own sentences stand above it. */
export function readPasted(text: string, span: Span): Bounce {
  const whole = withoutAddressLinks(plainLines(literalExcerpt(text, span)));
  const isSentences = isNoticeText(whole.text);
  const end = returnedMessageStart(whole.text);
  const visible = sliceExcerpt(whole, 0, end);
  const reported = readReport(visible);
  const known = reported.filter(({ failed }) => failed).flatMap(({ recipient }) => recipient ?? []);
  const captures = { ...serverOf(visible.text), ...fieldCaptures(returnedFields(whole, end)) };
  return { isOne: isSentences, mayBeCut: true, isDelay: isDelay(visible.text), reported, told: readBounceText(visible, known, isSentences ? 'certain' : 'pasted'), captures };
}
