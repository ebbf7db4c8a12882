/** Exim's main log: `**` bounced, `==` deferred by a reply or the network; what it refused is read in `eximRefusals.ts`. */

import { recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { blank, hyphen } from '../../text/characters.ts';
import type { Excerpt } from '../../text/excerpt.ts';
import type { Occurrences } from '../../text/occurrences.ts';
import { standsAt } from '../../text/occurrences.ts';
import { Nearby } from '../../text/recent.ts';
import { inOrder } from '../../text/spans.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { Captures, LogRecord, Span } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import { hostOf, readEximRefusal, refusalLiterals } from './eximRefusals.ts';
import { eximIdOf, eximStep } from './eximSteps.ts';
import { findLines, lineReach, lineRecord, lineSeam, readLines } from './lineLog.ts';

const rejected = ' rejected ';
const literals = [...refusalLiterals, 'TP error from remote '];
/** What the network said of a host (strerror), and a deferral on a screen, where no date begins the line. */
const attempted = [' Connection timed out', ' Connection refused', ' Connection reset by peer', ' No route to host', ' Network is unreachable', ' Cannot assign requested address'];
const flagged = [...literals, ...attempted];
const onScreen = [rejected, ' defer (', ...attempted];

export const exim: LogFormat = {
  id: 'exim',
  title: 'Exim main log',
  literals: [...literals, ...onScreen],
  find: (text, _free, occurrences) => findLines(text, occurrences, findSigns(text, occurrences), () => true, isOwnLine),
  signs: findSigns,
  seam: lineSeam,
  steps: (text, stretches, { what }) => {
    const records = withoutAttempts(text, readLines(text, stretches, readLine));
    return what === 'failures' ? records : [...records, ...readLines(text, stretches, ({ text: line }, span) => eximStep(line, span))];
  },
};

const flag = / [*=<>(-][*=<>] \S/y;
const anchor =
  / (?:\*\*|==|=>|->|<=|>>|\*>|\(=) \S|(?<=[SL]M)TP error from remote |(?<=(?:H=[^[]{0,300}|[0-9A-Za-z] [a-z0-9.-]{4,255} )\[[0-9A-Fa-f.:]{3,45}\](?::\d{1,5})?) (?:Connection |No route |Network is |Cannot assign )/y;

function isOwnLine(line: string, at: number): boolean {
  const dated = head.exec(line);
  const found = dated ?? withoutTime.exec(line);
  if (!found) return false;
  if (!dated && found[1]) return true;
  // A flag stands behind the message's id; anywhere else such an arrow is what another program writes.
  const isAnchor = standsAt(line, anchor, at) && (at < found[0].length || !standsAt(line, flag, at));
  return isAnchor || readEximRefusal(line, found[0].length, afterDetails(line, found[0].length)) !== undefined;
}

function findSigns(text: string, occurrences: Occurrences): readonly number[] {
  const flags = findFlags(text);
  return flags ? inOrder([occurrences(flagged), flags]) : occurrences(onScreen);
}

/** Where flags stand behind a date; undefined where no line begins with a date. To look at the dates takes less time than a search for flags. */
function findFlags(text: string): number[] | undefined {
  let flags: number[] | undefined;
  for (let start = 0, newline = 0; newline >= 0; start = newline + 1) {
    if (isDate(text, start)) {
      flags ??= [];
      if (standsAt(text, untilFlag, start + 'YYYY-MM-DD HH:MM:SS'.length)) flags.push(untilFlag.lastIndex - ' **'.length);
    }
    newline = text.indexOf('\n', start);
  }
  return flags;
}

function isDate(text: string, at: number): boolean {
  return text.charCodeAt(at + 4) === hyphen && text.charCodeAt(at + 7) === hyphen && text.charCodeAt(at + 10) === blank;
}

/** From the time to the flag: the fraction, the zone, the process, the message's id. */
const untilFlag = /(?:\.\d{1,6})?(?: [+-]\d{4})?(?: \[\d{1,10}\])?(?: [0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4})? [*=<>(-][*=<>](?= \S)/y;

/** The time, perhaps its zone and the process, and the message's id, old or with the longer numbers since Exim 4.97. */
const head =
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?(?: [+-]\d{4})? (?:\[\d{1,10}\] )?(?:[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4} )?(?:(\*\*|==) (\[email\sprotected\]|\S{1,320})|(?=\S))/;

/** The same line as a daemon shows it that logs to the screen, perhaps with its process or behind the name of the log. */
const withoutTime =
  /^[ \t]{0,40}(?:(?:\S{1,60}[ \t]{1,20}\|)?[ \t]{0,20}\d{1,10}[ \t]{1,8}|.{0,300}LOG: )?(?:(?=H=[^[]{0,300}\[[0-9A-Fa-f.:]{3,45}\]|F=<[^<>]{1,320}> rejected [A-Z])|(?<=\d[ \t]{2,8})(\*\*|==) (\[email\sprotected\]|\S{1,320})(?= (?:[A-Z]=|<|defer \()))/;

/** What stands before the words: `R=router T=transport H=host [address]:25 F=<sender> defer (-44)`. */
const details =
  /\s*(?:[A-Z]{1,3}=(?:<[^<>]{0,320}>|"[^"]{0,320}"|\([^()]{0,320}\)|[^\s<"(]\S{0,319})(?: \([^()]{0,320}\))?(?: \[[^\]]{1,64}\](?::\w{1,8})?\*?)?|<[^<>]{0,320}>|(?:defer|routing defer) \((-?\d{1,4})\))/y;

function readLine(line: Excerpt, span: Span): LogRecord | undefined {
  const record = readFailure(line, span);
  const queue = record && eximIdOf(line.text);
  return queue === undefined ? record : withChanges(record as LogRecord, { ids: { queue } });
}

function readFailure(line: Excerpt, span: Span): LogRecord | undefined {
  const found = head.exec(line.text) ?? withoutTime.exec(line.text);
  if (!found || /^(?:[=-]>|<=|\*>|>>|\(=) /.test(line.text.slice(found[0].length, found[0].length + 4))) return undefined;
  const from = found[0].length;
  const at = afterDetails(line.text, from);
  const refusal = found[1] ? undefined : readEximRefusal(line.text, from, at);
  if (refusal) return lineRecord({ format: 'exim', span, line, code: undefined, ...refusal });
  return found[1] ? readDelivery(line, span, from, at, found[2] ?? '', found[1] === '==') : readAttempt(line, span, from);
}

/** `** dora@fabrikam.com F=<…> R=dnslookup …: SMTP error from remote mail server after RCPT TO:<…>: 550 …`. */
function readDelivery(line: Excerpt, span: Span, from: number, start: number, address: string, isDeferred: boolean): LogRecord | undefined {
  const words = { start, end: isDeferred ? beforeDetails(line.text, start) : line.text.length };
  if (words.start >= words.end || (isDeferred && !isReason(line.text, from, words.start))) return undefined;
  const details = `${line.text.slice(from, words.start)}${line.text.slice(words.end)}`;
  const captures = withChanges(detailCaptures(details, line.text.slice(words.start)), recipientCaptures(address.replace(/:$/, '')));
  return lineRecord({ format: 'exim', span, line, words, code: undefined, captures });
}

/** `H=mx.fabrikam.com [203.0.113.25]: SMTP error from remote mail server after …`, `H=… […] Connection refused`: one host failed, another is tried. */
function readAttempt(line: Excerpt, span: Span, from: number): LogRecord | undefined {
  const start = line.text.indexOf('SMTP error from remote ', from);
  if (start < 0) return readUnreached(line, span, from);
  return lineRecord({
    format: 'exim',
    span,
    line,
    words: { start, end: line.text.length },
    code: undefined,
    captures: detailCaptures(line.text.slice(from, start), line.text.slice(start)),
  });
}

function readUnreached(line: Excerpt, span: Span, from: number): LogRecord | undefined {
  const start = attempted
    .map((words) => line.text.indexOf(words, from))
    .find((at) => at >= 0 && /^(?:H=[^[]{0,300}|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,10} )\[[0-9A-Fa-f.:]{3,45}\](?::\d{1,5})?$/.test(line.text.slice(from, at)));
  if (start === undefined) return undefined;
  const words = { start: start + 1, end: line.text.trimEnd().length };
  return lineRecord({ format: 'exim', span, line, words, code: undefined, captures: detailCaptures(line.text.slice(from, start), '') });
}

/** Exim logs what a host answered, and then once more for each recipient: where a recipient's line stands near, that is the finding. */
function withoutAttempts(text: string, records: readonly LogRecord[]): LogRecord[] {
  const told = new Nearby(lineReach, lineReach);
  for (const { span, response, captures } of records) if (captures.recipient !== undefined) told.add(keyOf(text, span, response?.text), span.start);
  return records.filter(({ span, response, captures }) => captures.recipient !== undefined || !told.has(keyOf(text, span, response?.text), span.start));
}

/** The message's id with the words. */
function keyOf(text: string, span: Span, words: string | undefined): string {
  return `${eximIdOf(text.slice(span.start, span.start + 100)) ?? span.start} ${words}`;
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

/** Older versions name the host behind the command: `SMTP error from remote mail server after …: host mx.fabrikam.com [203.0.113.25]: 451 …`. */
function detailCaptures(written: string, words: string): Captures {
  const older = /^SMTP error from remote .{1,400}?: host (.{1,300}?\]): /.exec(words)?.[1];
  return withChanges(older === undefined ? {} : hostOf(older), hostOf(written), stated({ sender: /\bF=<([^<>\r\n]{1,320})>/.exec(written)?.[1] }));
}
