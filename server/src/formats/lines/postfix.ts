/** Postfix's log: messages that bounced or wait, and clients that it refused. */

import { recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import type { Excerpt } from '../../text/excerpt.ts';
import { standsAt } from '../../text/occurrences.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { Captures, LogRecord, Span, Step } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import { findLines, hostCaptures, lineRecord, lineSeam, longestLine, readLinesAt, syslogHost } from './lineLog.ts';
import { ordinaryPostfixSteps, queueIdOf, sentStep } from './postfixSteps.ts';
import { isToldByStatus, type PostfixPart, readTrouble, troubleAnchor, troubleLiterals } from './postfixTroubles.ts';

const literals = [
  'status=',
  'reject: ',
  'reject_warning: ',
  'said: 4',
  'said: 5',
  'to me: 4',
  'to me: 5',
  ': header ',
  ': body ',
  ': content ',
  ' authentication failed:',
  ': connect to proxy filter ',
  ': SASL: Connect to ',
  ' limit exceeded: ',
  ...troubleLiterals,
];

export const postfix: LogFormat = {
  id: 'postfix',
  title: 'Postfix log',
  literals,
  find: (text, _free, occurrences) => findLines(text, occurrences, occurrences(literals), isSign, isOwnLine),
  seam: lineSeam,
  steps: (text, stretches, { what, from }, occurrences) => {
    // Most lines of a log are about messages that were sent.
    const offsets = occurrences(literals).filter((offset) => offset > from - longestLine && (what === 'all' || !isSent(text, offset)));
    return readLinesAt(text, occurrences, stretches, offsets, what === 'all' ? readStep : readLine).filter(({ span }) => !isToldByStatus(text, span));
  },
  ordinary: ordinaryPostfixSteps,
};

const anchor =
  /\bstatus=[a-zA-Z]|reject(?:_warning)?: [A-Z]|\b(?:said|to me): [45]\d\d[ -]|: (?:header|body|content) \S|(?<=: SASL \S{1,40}) authentication failed:|(?<=\bwarning): (?:connect to proxy filter|SASL: Connect to) |(?<= (?:rate|concurrency)) limit exceeded: \d/y;
const notSent = /status=(?:bounced|deferred|undeliverable|SOFTBOUNCE) \(/y;
/** Pages take the brackets for those of a tag and leave them out, and mail programs make links of addresses. */
const recipient = /\bto=(?:(?:<|&lt;)([^<>\r\n&]{0,320})(?:>|&gt;)|([^\s<>,&]{0,320})(?: ?<mailto:[^<>\s]{1,330}>)?(?=, (?:orig_to|relay)=))/;

const isSent = (text: string, at: number): boolean => text.startsWith(' status=sent (', at - 1) || text.startsWith(' status=deliverable (', at - 1);

const isSign = (text: string, at: number): boolean => isSent(text, at) || standsAt(text, anchor, at) || standsAt(text, troubleAnchor, at);

/** The first status of a line is Postfix's own, whatever a server's words look like behind it; so most lines need not be read to know whose they are. */
function isOwnLine(line: string, at: number): boolean {
  if ((isSent(line, at) || standsAt(line, notSent, at)) && recipient.test(line)) return true;
  return healthy.test(line) || readPart(line, at) !== undefined;
}

/** Lines whose words may quote a reply and are no failure: they are Postfix's, so that nobody else reads them. */
const healthy =
  /\bto=<[^<>\r\n]{0,320}>, .{0,2000}\bstatus=(?:sent|deliverable) \(|\breject_warning: |\bpostfix[^\s[]{0,60}\/cleanup\[\d{1,10}\]: [0-9A-Za-z]{6,20}: (?!reject: )[a-z]{3,12}: (?:header|body|content) /;

const readPart = (line: string, at: number): PostfixPart | undefined =>
  readStatus(line, at) ??
  readRefusal(line) ??
  readBusy(line) ??
  readContentCheck(line) ??
  readSignIn(line) ??
  readAttempt(line) ??
  readMissing(line) ??
  readLimit(line) ??
  readTrouble(line);

function readStep(line: Excerpt, span: Span, at: number): Step | undefined {
  return isSent(line.text, at) ? sentStep(line.text, span) : readLine(line, span, at);
}

/** @param at Where the first sign of a failure stands in the line. */
function readLine(line: Excerpt, span: Span, at: number): LogRecord | undefined {
  const part = !standsAt(line.text, notSent, at) && healthy.test(line.text) ? undefined : readPart(line.text, at);
  const record = part && lineRecord({ format: 'postfix', span, line, ...part, captures: withChanges(part.captures, syslogHost(line.text)) });
  const queue = record && queueIdOf(line.text);
  return queue === undefined ? record : withChanges(record as LogRecord, { ids: { queue } });
}

/** `… to=<…>, relay=…, dsn=5.1.1, status=bounced (host … said: 550 5.1.1 … (in reply to RCPT TO command))`; older versions without `dsn=`. */
function readStatus(line: string, sign: number): PostfixPart | undefined {
  const at = standsAt(line, notSent, sign) ? sign : line.search(/\bstatus=(?:bounced|deferred|undeliverable|SOFTBOUNCE) \(/);
  const to = at < 0 ? null : recipient.exec(line);
  if (to) {
    const start = line.indexOf('(', at) + 1;
    const relay = hostCaptures(/\brelay=([^,\s]{1,300})/.exec(line)?.[1]);
    // Without a connection there is no relay, and the last host that was tried stands in the words.
    const host = relay.remoteAddress === undefined ? hostCaptures(/^connect to (\S{1,300}\](?::\d{1,5})?): /.exec(line.slice(start, start + 400))?.[1]) : relay;
    const code = /\bdsn=([45]\.\d{1,3}\.\d{1,3}), $/.exec(line.slice(Math.max(0, at - 20), at))?.[1];
    return {
      words: { start, end: closing(line, start) },
      code: code ? { enhancedCode: code, start: at - ', '.length - code.length } : undefined,
      captures: withChanges(recipientCaptures(to[1] ?? to[2]), host),
    };
  }
  const expired = /\bfrom=<([^<>\r\n]{0,320})>, (status=expired, returned to sender)/.exec(line);
  if (!expired?.[2]) return undefined;
  const start = expired.index + expired[0].length - expired[2].length;
  return { words: { start, end: start + expired[2].length }, code: undefined, captures: expired[1] ? { sender: expired[1] } : {} };
}

/**
 * Where the reason's parenthesis closes. A line that syslog has cut, at 1,024 or 2,048 bytes, or that was copied in half, has none: there the
 * last one belongs to the reply's own text, and the reason goes on to the line's end, where what is left of `(in reply to …` is no part of it.
 */
function closing(line: string, start: number): number {
  const cut = beforeCutFrame(line, start);
  if (cut < line.length) return cut;
  const close = line.lastIndexOf(')');
  if (close < start || !(/^[\s\d]{0,20}$/.test(line.slice(close + 1, close + 22)) || isClosed(line.slice(start, close + 1)))) return line.length;
  const frame = line.lastIndexOf(' (in reply to ', close);
  // A line whose last parenthesis closes the frame has lost the one around it.
  return frame > start && line.indexOf(')', frame) === close ? frame : close;
}

/** A frame that is whole is the reply's to leave out. */
function beforeCutFrame(line: string, start: number): number {
  const open = line.lastIndexOf(' (');
  const tail = line.slice(open + ' ('.length);
  const isFrame = 'in reply to '.startsWith(tail) || (tail.startsWith('in reply to ') && !tail.includes(')'));
  return open > start && isFrame ? open : line.length;
}

/** Whether the parenthesis that a text stands in ends with it. */
function isClosed(text: string): boolean {
  let depth = 1;
  for (const [mark] of text.matchAll(/[()]/g)) depth += mark === '(' ? 1 : -1;
  return depth <= 0;
}

/** `NOQUEUE: reject: RCPT from mx.fabrikam.com[203.0.113.25]: 550 5.1.1 <…>: …; from=<…> to=<…> proto=ESMTP helo=<…>`. */
function readRefusal(line: string): PostfixPart | undefined {
  const refusal =
    /(?:\b(?:NOQUEUE|[0-9A-Za-z]{6,20}): |^[\s>"'`*-]{0,20})(?:milter-)?reject: [A-Z-]{4,20}(?: [A-Z]{2,4})? from (\S{1,300}?\]?(?::\d{1,5})?)(?::|(?<=\])) (?=[45](?:\d\d|\.\d))/.exec(
      line,
    );
  if (!refusal) return undefined;
  const start = refusal.index + refusal[0].length;
  // A line that was cut may end within the name of the first detail.
  const details = /; (?=from=<|to=<|proto=|(?:f|fr|fro|from|from=)$)/.exec(line.slice(start));
  const code = /^([45]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(line.slice(start))?.[1];
  return {
    words: { start, end: details ? start + details.index : line.replace(/[`\s]+$/, '').length },
    code: code ? { enhancedCode: code, start } : undefined,
    captures: withChanges(hostCaptures(refusal[1]), envelopeCaptures(line.slice(start))),
  };
}

/** `from=<…> to=<…>`, in postscreen's lines with commas. */
function envelopeCaptures(details: string): Captures {
  const sender = /(?:^|[ ;])from=<([^<>\r\n]{1,320})>/.exec(details)?.[1];
  return withChanges(stated({ sender }), recipientCaptures(/[ ,]to=<([^<>\r\n]{1,320})>/.exec(details)?.[1]));
}

/** `NOQUEUE: reject: CONNECT from [203.0.113.25]:49152: all server ports busy`: postscreen answers 421 and does not log it (postscreen.c). */
function readBusy(line: string): PostfixPart | undefined {
  const busy = /\bNOQUEUE: reject: CONNECT from (\S{1,300}\](?::\d{1,5})?): (?=[a-z])/.exec(line);
  return busy ? { words: { start: busy.index + busy[0].length, end: line.length }, code: undefined, captures: hostCaptures(busy[1]) } : undefined;
}

/** `warning: mail.fabrikam.com[203.0.113.25]: SASL LOGIN authentication failed: …`, since 3.9 with `sasl_username=` behind it: every server has strangers who guess passwords. */
function readSignIn(line: string): PostfixPart | undefined {
  const failure = /\bwarning: (\S{1,300}\]): (?=SASL \S{1,40} authentication failed:)/.exec(line);
  if (!failure) return undefined;
  const start = failure.index + failure[0].length;
  const name = line.indexOf(', sasl_username=', start);
  return { words: { start, end: name < 0 ? line.length : name }, code: undefined, captures: hostCaptures(failure[1]), isNoted: true };
}

/** `warning: connect to proxy filter 127.0.0.1:10025: Connection refused`, `warning: SASL: Connect to private/auth failed: …`: a service that Postfix cannot work without (smtpd_proxy.c, xsasl_dovecot_server.c). */
function readMissing(line: string): PostfixPart | undefined {
  const missing = /\bpostfix\S{0,60}: warning: (?=connect to proxy filter \S|SASL: Connect to \S)/.exec(line);
  return missing ? { words: { start: missing.index + missing[0].length, end: line.length }, code: undefined, captures: {} } : undefined;
}

/** `warning: Connection rate limit exceeded: 61 from mail.fabrikam.com[203.0.113.25] for service smtp`: the client gets 421 or 450, which is not logged (smtpd.c). */
function readLimit(line: string): PostfixPart | undefined {
  const limit = /\bpostfix\S{0,60}: warning: (?=[A-Z][A-Za-z ]{3,40} (?:rate|concurrency) limit exceeded: \d{1,10} from (\S{1,300}\]) for service \S)/.exec(line);
  if (!limit) return undefined;
  return { words: { start: limit.index + limit[0].length, end: line.length }, code: undefined, captures: hostCaptures(limit[1]) };
}

/** `…: reject: header Subject: … from mx.fabrikam.com[203.0.113.25]; from=<…> to=<…> proto=ESMTP helo=<…>: 5.7.1 …`: what is quoted from the message is no reply. */
function readContentCheck(line: string): PostfixPart | undefined {
  const check = /\b[0-9A-Za-z]{6,20}: reject: (?:header|body|content) /.exec(line);
  const envelope = check && /.* from (\S{1,300}); (from=<.*helo=<[^<>]{0,255}>): (?=\S)/.exec(line.slice(check.index));
  if (!check || !envelope) return undefined;
  const start = check.index + envelope[0].length;
  const code = /^([45]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(line.slice(start))?.[1];
  return {
    words: { start, end: line.length },
    code: code ? { enhancedCode: code, start } : undefined,
    captures: withChanges(hostCaptures(envelope[1]), envelopeCaptures(envelope[2] ?? '')),
  };
}

/** `…: host mx.fabrikam.com[203.0.113.25] said: 450 4.7.1 … (in reply to RCPT TO command)`: one host refused, another is tried. */
function readAttempt(line: string): PostfixPart | undefined {
  const attempt = /(?:^|: )[0-9A-Za-z]{6,20}: (?:SASL [^;]{1,60}; )?(?:host|server) (\S{1,300}) (?:said|refused to talk to me): (?=[45]\d\d[ -])/.exec(line);
  if (!attempt) return undefined;
  const start = attempt.index + attempt[0].length;
  return { words: { start, end: beforeCutFrame(line, start) }, code: undefined, captures: hostCaptures(attempt[1]) };
}
