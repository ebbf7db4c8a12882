/**
 * Cisco Secure Email (IronPort): mail logs and bounce logs of any version (AsyncOS User Guide, "Logging": "Using Text Mail Logs" and
 * "Using Bounce Logs"). A delivery names its recipient by two numbers, and its host by the connection's; other lines say what they are.
 */

import { recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { addressPattern } from '../../smtp/replyWords.ts';
import { type Excerpt, joinRuns, type Run } from '../../text/excerpt.ts';
import { Recent } from '../../text/recent.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { Captures, CommandName, LogRecord, Span } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import { type Code, findLines, lineReach, lineRecord, lineSeam, readLines, syslogHost } from './lineLog.ts';

const literals = [
  'Info: Bounced: ',
  'Info: Delayed: ',
  'Info: Double bounce: ',
  'Info: MID ',
  'Info: Start MID ',
  'Info: ICID ',
  'Info: DCID ',
  'Info: Message ',
  'Info: New SMTP ',
  'Info: SMTP Auth',
  'Info: Connection Error: ',
];

export const ciscoEsa: LogFormat = {
  id: 'cisco-esa',
  title: 'Cisco Secure Email log',
  literals,
  find: (text, _free, occurrences) =>
    findLines(
      text,
      occurrences,
      occurrences(literals),
      () => true,
      (line, at) => head.test(line.slice(0, at)) && entry.test(line.slice(at)),
    ),
  seam: lineSeam,
  steps: (text, stretches) => {
    const log = new Numbers();
    return readLines(text, stretches, (line, span) => readLine(line, span, log));
  },
};

/** `Mon Mar 31 20:00:27 2003 `, or what syslog puts in front, or nothing, as people copy it. */
const head = /^$|^(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} ){1,2}[ \d]\d \d\d:\d\d:\d\d(?: \S{1,255}){0,3} $|^\S{10,40}(?: \S{1,255}){1,4} $/;

const entry =
  /^Info: (?:(?:Bounced|Delayed|Double bounce): (?:DCID|MID|Message|\d{1,12}:\d)|(?:Start )?MID \d|Message (?:done|aborted|finished) |(?:New SMTP )?[ID]CID \d|SMTP Auth:? |Connection Error: )/;

/** What lines above have said of a number. */
class Numbers {
  /** Of a message: its sender. */
  readonly senders = new Recent<string>(lineReach);
  /** Of a message's recipient, the two numbers with a blank between. */
  readonly recipients = new Recent<string>(lineReach);
  /** Of a connection, `DCID 3` or `ICID 5`. */
  readonly hosts = new Recent<Captures>(lineReach);
}

const opening = /^.{0,300}?\bInfo: /;

function readLine(line: Excerpt, span: Span, numbers: Numbers): LogRecord | undefined {
  const start = opening.exec(line.text)?.[0].length;
  if (start === undefined) return undefined;
  const said = line.text.slice(start);
  remember(said, span.start, numbers);
  const part = readDelivery(line, start, span.start, numbers) ?? readRefusal(said, start, span.start, numbers) ?? readConnection(said, start, span.start, numbers);
  return part && lineRecord({ format: 'cisco-esa', span, line, ...part, captures: withChanges(syslogHost(line.text), part.captures) });
}

interface Part {
  readonly words: Span;
  readonly code: Code | undefined;
  readonly captures: Captures;
  readonly said?: Excerpt | undefined;
  readonly command?: CommandName | undefined;
  readonly isNoted?: boolean;
}

/** `MID 4 ICID 5 From: <…>`, `MID 4 ICID 5 RID 0 To: <…>`, `New SMTP DCID 3 interface 192.0.2.1 address 203.0.113.25 port 25`. */
function remember(said: string, at: number, numbers: Numbers): void {
  const message = /^MID (\d{1,12}) ICID \d{1,12} (?:(From)|RID (\d{1,6}) To): <([^<>\s]{1,320})>/.exec(said);
  if (message) {
    const [, number = '', from, index, address = ''] = message;
    if (from) numbers.senders.remember(number, at, address);
    else numbers.recipients.remember(`${number} ${index}`, at, address);
    return;
  }
  const connection = /^New SMTP ([ID]CID \d{1,12}) interface .{1,200}? address ([0-9A-Fa-f.:]{2,45})(?: reverse dns host {1,2}(\S{1,255}) verified (\w{2,3}))?/.exec(said);
  if (!connection) return;
  const [, number = '', remoteAddress, name, verified] = connection;
  numbers.hosts.remember(number, at, stated({ remoteHost: verified === 'yes' ? name : undefined, remoteAddress }));
}

/** The response in Python's writing, `('550', ['…', '…'])`; `000` stands for none, with what went wrong in its place. */
const response = /\('(\d{3})', ?\[(.{0,8000}?)\]\)/;

/**
 * `Bounced: DCID 3 MID 4 to RID 0 - 5.1.0 - Unknown address error ('550', ['…']) []`, since AsyncOS 8 with `From: <…> To: <…>` in the place of `to`,
 * and in a bounce log `Bounced: 4:0 From:<…> To:<…> Reason: "5.1.0 - …" Response: "('550', ['…'])"`.
 */
const delivery =
  /^(?:Bounced|Delayed|Double bounce): (?:(?:(DCID):? (\d{1,12}) )?(?:MID|Message) (\d{1,12}) (?:to )?(?:From: ?<([^<>]{0,320})> ?To: ?<([^<>]{0,320})> )?(?:RID )?(\d{1,6}) - |(\d{1,12}):(\d{1,6}) {1,2}From: ?<([^<>]{0,320})> {1,2}To: ?<([^<>]{0,320})> {1,2}Reason: ?")([45]\.\d{1,3}\.\d{1,3}) - /;

function readDelivery(line: Excerpt, start: number, at: number, numbers: Numbers): Part | undefined {
  const found = delivery.exec(line.text.slice(start));
  if (!found) return undefined;
  const [whole, , connection, inMail, mailSender, mailRecipient, inMailIndex, inBounce, inBounceIndex, bounceSender, bounceRecipient, enhancedCode = ''] = found;
  const message = inMail ?? inBounce ?? '';
  const code = { enhancedCode, start: start + whole.length - enhancedCode.length - ' - '.length };
  const reply = readPython(line, code.start);
  const named = new RegExp(`^\\d{3} (?:[45]\\.\\d{1,3}\\.\\d{1,3} )?<(${addressPattern})>`).exec(reply?.said.text ?? '')?.[1];
  const recipient = mailRecipient || bounceRecipient || numbers.recipients.recall(`${message} ${inMailIndex ?? inBounceIndex}`, at) || named;
  const sender = mailSender || bounceSender || numbers.senders.recall(message, at);
  const captures = withChanges(recipientCaptures(recipient), stated({ sender }), connection ? numbers.hosts.recall(`DCID ${connection}`, at) : undefined);
  return { words: reply?.words ?? { start: code.start, end: line.text.length }, code, captures, said: reply?.said };
}

/** The code with the text, whose pieces are the lines of the reply; where there was none, the reason that the appliance gives, with what went wrong. */
function readPython(line: Excerpt, from: number): { readonly words: Span; readonly said: Excerpt } | undefined {
  const found = response.exec(line.text.slice(from));
  if (!found) return undefined;
  const [whole, code = '', list = ''] = found;
  const start = from + found.index;
  const listStart = start + whole.length - list.length - '])'.length;
  const hasReply = code !== '000';
  const reasonEnd = line.text.slice(from, start).search(/" |"?\s*$/) + from;
  const runs: Run[] = [hasReply ? literalRun(line, start + "('".length, start + "('".length + code.length) : literalRun(line, from, reasonEnd)];
  let repeated = '';
  for (const piece of list.matchAll(/'((?:[^'\\]|\\.){0,4000})'|"((?:[^"\\]|\\.){0,4000})"/g)) {
    const text = piece[1] ?? piece[2] ?? '';
    if (text === '') continue;
    const lead = repeated !== '' && text.startsWith(repeated) ? repeated.length : 0;
    const at = listStart + piece.index + 1 + lead;
    repeated ||= /^[45]\.\d{1,3}\.\d{1,3} /.exec(text)?.[0] ?? '';
    runs.push({ text: ' ', start: line.place(at), end: line.place(at), literal: false }, literalRun(line, at, at + text.length - lead));
  }
  return { words: { start: hasReply ? start : from, end: start + whole.length }, said: joinRuns(runs) };
}

function literalRun(line: Excerpt, start: number, end: number): Run {
  return { text: line.text.slice(start, end), start: line.place(start), end: line.place(end - 1) + 1, literal: true };
}

/** What a client was refused: `ICID 6 REJECT SG BLOCKLIST match …`, `MID 1 ICID 1 To: <…> Rejected by RAT`, `ICID 5 Receiving Failed: Message size exceeds limit`. */
const refusals = [
  /^()ICID (\d{1,12}) (?=(?:REJECT|TCPREFUSE) SG )/,
  /^()ICID (\d{1,12}) (?:Receiving|Injection) Failed: (?=\S)/,
  /^()ICID (\d{1,12}) (?=TLS was required but )/,
  /^()ICID (\d{1,12}) Address: <([^<>]{0,320})> (?=sender rejected, )/,
  /^(?:MID (\d{1,12}) )?ICID (\d{1,12}) (?:MID \d{1,12} )?(?:RID \d{1,6} )?(?:From|To|Address): ?<([^<>]{0,320})> (?=rejected by )/i,
  /^()SMTP Auth:? ?\(ICID (\d{1,12})\) (?=failed for user: )/,
  /^(?:Message aborted )?MID (\d{1,12}) ()(?=Dropped by )/i,
];

function readRefusal(said: string, start: number, at: number, numbers: Numbers): Part | undefined {
  for (const refusal of refusals) {
    const found = refusal.exec(said);
    if (!found) continue;
    const [whole, message, connection, address] = found;
    const isSender = whole.includes('From') || said.startsWith('sender', whole.length);
    const sender = isSender ? address : message && numbers.senders.recall(message, at);
    const captures = withChanges(recipientCaptures(isSender ? undefined : address), stated({ sender }), connection ? numbers.hosts.recall(`ICID ${connection}`, at) : undefined);
    const isSignIn = whole.startsWith('SMTP Auth');
    const mechanism = isSignIn ? said.indexOf(' using AUTH mechanism') : -1;
    const words = { start: start + whole.length, end: start + (mechanism < 0 ? said.length : mechanism) };
    return { words, code: undefined, captures, command: isSignIn ? 'AUTH' : undefined, isNoted: isSignIn };
  }
  return undefined;
}

/** `Connection Error: DCID 263 domain: contoso.com IP: 203.0.113.25 port: 25 details: … interface: 192.0.2.1 reason: network error`, `DCID 8 TLS failed: …`. */
function readConnection(said: string, start: number, at: number, numbers: Numbers): Part | undefined {
  const tls = /^DCID (\d{1,12}) (?:IP \S{2,45} )?(?=TLS failed|TLS was required but )/.exec(said);
  if (tls) return { words: { start: start + tls[0].length, end: start + said.length }, code: undefined, captures: numbers.hosts.recall(`DCID ${tls[1]}`, at) ?? {} };
  if (!said.startsWith('Connection Error: ')) return undefined;
  const details = / details: (?=\S)(.{1,2000}?)(?= interface: |$)/.exec(said);
  if (!details?.[1]) return undefined;
  const end = start + details.index + details[0].length;
  return {
    words: { start: end - details[1].length, end },
    code: undefined,
    captures: stated({ remoteAddress: / IP: ([0-9A-Fa-f.:]{2,45})/.exec(said)?.[1] }),
  };
}
