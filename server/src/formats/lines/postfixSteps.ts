/** What Postfix's log says of messages beside its failures: where they came from, by which id they are known, and what was delivered. */

import { recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { readHandOver } from '../../smtp/handOver.ts';
import { lineEnd, lineStart } from '../../text/lines.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { Captures, HandOver, Span, Step } from '../../values.ts';
import { hostCaptures, lineTime, longestLine, syslogHost } from './lineLog.ts';

/** The beginning of a line behind its time and host: which service wrote it, and the message's queue id. */
const head = /\bpostfix[^\s[]{0,60}\/([a-z]{2,12})\[\d{1,10}\]: (?:\[[^\]]{1,40}\] )?([0-9A-Za-z]{6,20}): /;

/** What a line about a message, that states no failure, has behind its queue id. */
const signs = [': message-id=<', ': client=', ': from=<'];

/** The lines that name a message's id, its client and its sender: no failure stands in them, and no form has claimed them. */
export function ordinaryPostfixSteps(text: string, free: readonly Span[], from: number): Step[] {
  const steps: Step[] = [];
  for (const { start, end } of free) {
    const piece = text.slice(start, end);
    // Most of what is left is not Postfix's.
    if (!piece.includes('postfix')) continue;
    for (const sign of signs) {
      for (let at = piece.indexOf(sign); at >= 0; ) {
        const line = Math.max(start, lineStart(text, start + at));
        const end = lineEnd(text, start + at);
        const step = line >= from ? readOrdinary(text, { start: line, end: Math.min(end, line + longestLine) }, sign) : undefined;
        if (step) steps.push(step);
        at = piece.indexOf(sign, Math.max(at + 1, end - start));
      }
    }
  }
  return steps;
}

function readOrdinary(text: string, span: Span, sign: string): Step | undefined {
  const line = text.slice(span.start, span.end);
  const found = head.exec(line);
  if (!found) return undefined;
  const [whole, service, queue = ''] = found;
  const said = line.slice(found.index + whole.length);
  if (!said.startsWith(sign.slice(': '.length))) return undefined;
  if (service === 'cleanup') {
    const message = /^message-id=(<[^<>\s]{1,998}>)/.exec(said)?.[1];
    return message === undefined ? undefined : postfixStep(span, line, 'accepted', { queue, message }, said, {});
  }
  if (service === 'qmgr') {
    const sender = /^from=<([^<>\r\n]{0,320})>, size=/.exec(said);
    return sender ? postfixStep(span, line, 'noted', { queue }, said, stated({ sender: sender[1] })) : undefined;
  }
  return service === 'smtpd' ? postfixStep(span, line, 'began', { queue }, said, hostCaptures(said.slice('client='.length))) : undefined;
}

/** `… to=<…>, relay=mx.fabrikam.com[203.0.113.25]:25, delay=…, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as …)`. */
export function sentStep(line: string, span: Span): Step | undefined {
  const found = head.exec(line);
  const sent = /\bto=<([^<>\r\n]{0,320})>, .{0,2000}?\bstatus=sent \((.{0,2000})/.exec(line);
  if (!found || !sent) return undefined;
  const [, service = '', queue = ''] = found;
  const relay = hostCaptures(/\brelay=([^,\s]{1,300})/.exec(line)?.[1]);
  const answer = sent[2]?.replace(/\)\s*$/, '') ?? '';
  const step = postfixStep(span, line, 'delivered', { queue }, answer, withChanges(recipientCaptures(sent[1]), relay));
  // What lmtp, local, virtual and pipe deliver has arrived; smtp hands it to another server (Postfix, "Architecture Overview").
  return service === 'smtp' ? withChanges<Step>(step, { handOver: handOverOf(answer, relay) }) : step;
}

function handOverOf(answer: string, { remoteHost }: Captures): HandOver {
  const { handOver } = readHandOver(answer);
  return handOver.host === undefined && remoteHost !== undefined ? { ...handOver, host: remoteHost } : handOver;
}

function postfixStep(span: Span, line: string, what: Step['what'], ids: NonNullable<Step['ids']>, said: string, captures: Captures): Step {
  const step: Step = { format: 'postfix', what, span, mark: span, ids, said: said.slice(0, 300), captures: withChanges(captures, syslogHost(line)) };
  return Object.assign(step, lineTime(line));
}

/** The queue id of a line that states a failure. */
export function queueIdOf(line: string): string | undefined {
  const queue = head.exec(line)?.[2];
  return queue === 'NOQUEUE' ? undefined : queue;
}
