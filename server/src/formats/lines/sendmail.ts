/** Sendmail's log: the deliveries that failed or wait, and what it refused. */

import { recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import type { Excerpt } from '../../text/excerpt.ts';
import { standsAt } from '../../text/occurrences.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { LogRecord, Span } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import { findLines, hostCaptures, lineRecord, lineSeam, readLines, syslogHost } from './lineLog.ts';

const literals = [
  ', stat=',
  ' reject=4',
  ' reject=5',
  ': SYSERR(',
  ': AUTH failure (',
  ': lost input channel from ',
  ': timeout waiting for input from ',
  ': STARTTLS=client, error: ',
  ': STARTTLS=server, error: ',
];

export const sendmail: LogFormat = {
  id: 'sendmail',
  title: 'Sendmail log',
  literals,
  find: (text, _free, occurrences) => findLines(text, occurrences, occurrences(literals), isAnchor, (line) => delivery.test(line) || refusal.test(line) || own.test(line)),
  seam: lineSeam,
  steps: (text, stretches) => readLines(text, stretches, readLine),
};

const isAnchor = (text: string, at: number): boolean =>
  standsAt(text, /, stat=| reject=[45]\d\d|: SYSERR\(|: AUTH failure \(|: lost input channel from |: timeout waiting for input from |: STARTTLS=(?:client|server), error: /y, at);

/** `…: to=<…>, delay=…, mailer=esmtp, relay=mx.fabrikam.com. [203.0.113.25], dsn=5.1.1, stat=User unknown`, since 8.16 with `reply=550 5.1.1 …` before the last. */
const delivery = /: to=([^\s][^=]{0,1000}?),(?: [a-zA-Z]{2,12}=[^=]{0,400}?,){0,12}? dsn=([245]\.\d{1,3}\.\d{1,3}), (?:reply=(.{0,2000}), )?stat=(?=\S)/;

/** `…: ruleset=check_rcpt, arg1=<…>, relay=…, reject=550 5.7.1 …`, and what a filter refused. */
const refusal = /: (?:ruleset=[A-Za-z_]{1,40}|Milter: [^=]{0,40}(?:=<[^<>]{0,320}>)?),(?: [a-z0-9]{2,12}=[^=]{0,400}?,){0,6}? reject=(?=[45]\d\d )/;

/** `…: SYSERR(root): mx.fabrikam.com. config error: mail loops back to me (MX problem?)`, `…: AUTH failure (LOGIN): user not found (-20) SASL(-13): …, relay=…`. */
const own =
  /(?:sendmail|sm-mta|sm-msp|sm-[a-z]{2,12})\S{0,20}: (?:\w{1,20}: )?(?:SYSERR\([^()\s]{1,64}\): (?:([A-Za-z0-9.-]{1,255}?)\.? (?=config error: ))?|(?=AUTH failure \(|lost input channel from \S{1,300} \[[\dA-Fa-f.:]{3,45}\] to \S{1,40} after (?:data|mail|rcpt)|timeout waiting for input from [^\n]{3,300} during (?:server cmd read|message collect|client))|(?=STARTTLS=client, error: ))/;

function readOwn(line: Excerpt, span: Span): LogRecord | undefined {
  const found = own.exec(line.text);
  if (!found) return undefined;
  const start = found.index + found[0].length;
  const isSignIn = line.text.startsWith('AUTH failure (', start);
  const details = isSignIn ? line.text.slice(start).search(/, (?:user|relay)=/) : -1;
  const words = { start, end: details < 0 ? line.text.length : start + details };
  const captures = withChanges(syslogHost(line.text), stated({ remoteHost: found[1] }), hostCaptures(/\brelay=([^,=]{1,300})/.exec(line.text.slice(start))?.[1]));
  return lineRecord({ format: 'sendmail', span, line, words, code: undefined, captures, command: isSignIn ? 'AUTH' : undefined, isNoted: isSignIn });
}

function readLine(line: Excerpt, span: Span): LogRecord | undefined {
  const found = delivery.exec(line.text) ?? refusal.exec(line.text);
  if (!found) return readOwn(line, span);
  // What was sent, or waits for its first attempt, is no failure.
  if (found[2]?.startsWith('2') || line.text.startsWith('queued', found.index + found[0].length)) return undefined;
  const start = found.index + found[0].length;
  const recipient = /^<?([^<>\s,]{1,320})>?(?:,|$)/.exec(found[1] ?? '')?.[1] ?? /(?:ruleset=check_rcpt, arg1|Milter: to)=<([^<>\r\n]{1,320})>/.exec(line.text)?.[1];
  const enhancedCode = found[2];
  const reply = /^[45]\d\d/.test(found[3] ?? '') ? (found[3] as string) : undefined;
  const replyEnd = start - ', stat='.length;
  return lineRecord({
    format: 'sendmail',
    span,
    line,
    words: reply ? { start: replyEnd - reply.length, end: replyEnd } : { start, end: line.text.length },
    code: enhancedCode ? { enhancedCode, start: line.text.lastIndexOf(`dsn=${enhancedCode}`, start) + 'dsn='.length } : undefined,
    captures: withChanges(syslogHost(line.text), recipientCaptures(recipient), hostCaptures(/\brelay=([^,=]{1,300})/.exec(line.text)?.[1])),
  });
}
