/** Exim's main log: `**` bounced, `==` deferred by a reply or the network, and what it refused. */

import { endpointAddress, recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { blank, hyphen } from '../../text/characters.ts';
import type { Excerpt } from '../../text/excerpt.ts';
import type { Occurrences } from '../../text/occurrences.ts';
import { standsAt } from '../../text/occurrences.ts';
import { Nearby } from '../../text/recent.ts';
import { inOrder } from '../../text/spans.ts';
import type { Captures, LogRecord, Span } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import { findLines, lineReach, lineRecord, lineSeam, readLines } from './lineLog.ts';

const literals = [' rejected ', ' authenticator failed for ', 'TP error from remote '];

export const exim: LogFormat = {
  id: 'exim',
  title: 'Exim main log',
  literals,
  find: (text, _free, occurrences) => findLines(text, occurrences, findSigns(text, occurrences), isAnchor, (line) => head.test(line)),
  signs: findSigns,
  seam: lineSeam,
  steps: (text, stretches) => withoutAttempts(text, readLines(text, stretches, readLine)),
};

const anchor = / (?:\*\*|==|=>|->|<=|>>|\*>|\(=) \S| rejected (?:[A-Z]|after |by )| authenticator failed for |(?<=[SL]M)TP error from remote /y;

const isAnchor = (text: string, at: number): boolean => standsAt(text, anchor, at);

function findSigns(text: string, occurrences: Occurrences): readonly number[] {
  return hasDate(text, occurrences('\n')) ? inOrder([occurrences(literals), [...flags(text)]]) : [];
}

/** Whether any line begins with a date as Exim writes it: a look at each line takes less time than a search for the flags. */
function hasDate(text: string, newlines: readonly number[]): boolean {
  if (isDate(text, 0)) return true;
  for (const newline of newlines) if (isDate(text, newline + 1)) return true;
  return false;
}

function isDate(text: string, at: number): boolean {
  return text.charCodeAt(at + 4) === hyphen && text.charCodeAt(at + 7) === hyphen && text.charCodeAt(at + 10) === blank;
}

/** Where a flag can stand. */
function* flags(text: string): Generator<number> {
  const flag = / [*=<>(-][*=<>](?= \S)/g;
  while (flag.test(text)) yield flag.lastIndex - ' **'.length;
}

/** The time, perhaps its zone and the process, and the message's id, old or with the longer numbers since Exim 4.97. */
const head =
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?(?: [+-]\d{4})? (?:\[\d{1,10}\] )?(?:[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4} )?(?:(\*\*|==) (\S{1,320})|(?=\S))/;

/** What stands before the words: `R=router T=transport H=host [address]:25 F=<sender> defer (-44)`. */
const details =
  /\s*(?:[A-Z]{1,3}=(?:<[^<>]{0,320}>|"[^"]{0,320}"|\([^()]{0,320}\)|[^\s<"(]\S{0,319})(?: \([^()]{0,320}\))?(?: \[[^\]]{1,64}\](?::\w{1,8})?\*?)?|<[^<>]{0,320}>|(?:defer|routing defer) \((-?\d{1,4})\))/y;

function readLine(line: Excerpt, span: Span): LogRecord | undefined {
  const found = head.exec(line.text);
  if (!found || /^(?:[=-]>|<=|\*>|>>|\(=) /.test(line.text.slice(found[0].length, found[0].length + 4))) return undefined;
  const [flag, address] = [found[1], found[2]];
  const start = flag ? afterDetails(line.text, found[0].length) : wordsOf(line.text, found[0].length);
  const words = { start, end: flag === '==' ? beforeDetails(line.text, start) : line.text.length };
  if (words.start >= words.end) return undefined;
  if (flag === '==' && !isReason(line.text, found[0].length, words.start)) return undefined;
  const captures = {
    ...detailCaptures(`${line.text.slice(found[0].length, words.start)}${line.text.slice(words.end)}`),
    ...recipientCaptures(flag ? address?.replace(/:$/, '') : refusedRecipient(line.text)),
  };
  return lineRecord({ format: 'exim', span, line, words, code: undefined, captures });
}

/** Exim logs what a host answered, and then once more for each recipient: where a recipient's line stands near, that is the finding. */
function withoutAttempts(text: string, records: readonly LogRecord[]): LogRecord[] {
  const told = new Nearby(lineReach, lineReach);
  for (const { span, response, captures } of records) if (captures.recipient !== undefined) told.add(keyOf(text, span, response?.text), span.start);
  return records.filter(({ span, response, captures }) => captures.recipient !== undefined || !told.has(keyOf(text, span, response?.text), span.start));
}

/** The message's id with the words. */
function keyOf(text: string, span: Span, words: string | undefined): string {
  return `${/ ([0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}) /.exec(text.slice(span.start, span.start + 100))?.[1] ?? span.start} ${words}`;
}

function afterDetails(line: string, from: number): number {
  let at = from;
  for (details.lastIndex = at; details.exec(line); details.lastIndex = at) at = details.lastIndex;
  return at + (/^[\s:]{0,20}/.exec(line.slice(at, at + 20))?.[0].length ?? 0);
}

/** Behind the name of a network error the details go on: `Connection timed out H=mx.fabrikam.com [203.0.113.25] DT=30s`. */
function beforeDetails(line: string, from: number): number {
  const found = /^[^:"]{3,80}?(?= (?:H|DT|QT)=\S)/.exec(line.slice(from));
  return found ? from + found[0].length : line.length;
}

/** The words of a refusal stand behind what was refused, those of an attempt behind the host. */
function wordsOf(line: string, from: number): number {
  const refused =
    / rejected (?:[A-Z][A-Z ]{2,20}?(?:or HELO)?(?: \S{1,400}?)?|after DATA|by non-SMTP ACL): | authenticator failed for \S{0,300}(?: \S{1,300}){0,4}?: (?=[45]\d\d[ -])/.exec(
      line.slice(from),
    );
  if (refused) return from + refused.index + refused[0].length;
  const error = line.indexOf('SMTP error from remote ', from);
  return error < 0 ? line.length : error;
}

/**
 * A message that waits for its time, or for a host that was tried a moment ago, has had its failure in an earlier line.
 * Below zero stand Exim's own errors; from -51 on they say that it is not yet time (exim-4.98/src/macros.h, ERRNO_RETRY_BASE).
 */
function isReason(line: string, from: number, words: number): boolean {
  const number = /\((-?\d{1,4})\)/.exec(line.slice(from, words))?.[1];
  const error = Number(number ?? 0);
  return (
    (error !== 0 && error > -51 && !/retry time not reached/.test(line.slice(words))) ||
    /[:"] ?[45]\d\d[ -]|^[45]\d\d[ -]/.test(line.slice(words)) ||
    /^(?:Remote host closed|Malformed SMTP reply|SMTP timeout|Connection )/.test(line.slice(words))
  );
}

function detailCaptures(written: string): Captures {
  const host = /\b(?:H=|authenticator failed for )(\([^()]{0,255}\)|[^\s:*]{1,255})(?: \([^()]{0,255}\))?(?: \[([^\]]{1,64})\])?/.exec(written);
  const remoteHost = /^[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,20}\.[A-Za-z][A-Za-z0-9-]{0,62}$/.exec(host?.[1] ?? '')?.[0];
  const remoteAddress = endpointAddress(host?.[2] ?? '');
  const sender = /\b[FP]=<([^<>\s]{1,320})>/.exec(written)?.[1];
  return stated({ sender, remoteHost, remoteAddress });
}

const refusedRecipient = (line: string): string | undefined => / rejected RCPT <?([^<>\s:]{1,320})/.exec(line)?.[1];
