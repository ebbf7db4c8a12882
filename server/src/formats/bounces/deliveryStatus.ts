/** Reads delivery status notifications (RFC 3464): the fields of each recipient, wherever they stand. */

import { stated } from '../../smtp/captures.ts';
import { readQuotedReply, readSentence } from '../../smtp/replyWords.ts';
import type { ReadResponse } from '../../smtp/response.ts';
import { lineFeed } from '../../text/characters.ts';
import { type Excerpt, placeSpan, sliceExcerpt } from '../../text/excerpt.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { Captures, Span } from '../../values.ts';

/** What a report says of one recipient. */
export interface ReportedRecipient {
  readonly recipient?: string;
  /**
   * False for delivered, relayed and expanded. A delay is a transient failure: it is told as that, with the reply that caused it,
   * and never as the end of the delivery (RFC 3464, 2.3.3).
   */
  readonly failed: boolean;
  /** Whether the field Action says delayed; absent where there is no such field. */
  readonly isDelayed?: boolean;
  /** What the fields say; absent where no field says more than that it failed. */
  readonly read?: ReadResponse;
  /** Where the fields of this recipient stand. */
  readonly place: Span;
  /** The date field, as written. */
  readonly lastAttempt?: string;
  readonly captures: Captures;
}

/** A field, its value still at its place. */
interface Field {
  readonly name: string;
  readonly value: Excerpt;
  readonly start: number;
  readonly end: number;
  /** Whether an empty line stands above it. */
  readonly opens: boolean;
}

/** The recipients of a report. A new one begins with an empty line, or where a field is repeated. */
export function readReport(report: Excerpt): ReportedRecipient[] {
  const recipients: ReportedRecipient[] = [];
  let perMessage: Captures = {};
  for (const group of groupFields(readFields(report.text, report))) {
    const read = readRecipient(report, group);
    if (read) recipients.push(withChanges(read, { captures: withChanges(perMessage, read.captures) }));
    else perMessage = withChanges(perMessage, messageCaptures(group));
  }
  return recipients;
}

/** The fields' names, and what Exchange Online and some gateways call them in the text for people. */
const names: Readonly<Record<string, string>> = {
  'final-recipient': 'final-recipient',
  'original-recipient': 'original-recipient',
  'recipient-address': 'final-recipient',
  action: 'action',
  status: 'status',
  'diagnostic-code': 'diagnostic-code',
  'reported-error': 'diagnostic-code',
  'remote-mta': 'remote-mta',
  'remote-system': 'remote-mta',
  'remote-server': 'remote-mta',
  'reporting-mta': 'reporting-mta',
  'dsn-generated-by': 'reporting-mta',
  'last-attempt-date': 'last-attempt-date',
  'original-envelope-id': 'original-envelope-id',
  'x-original-message-id': 'message-id',
  'sender-address': 'sender',
  reason: 'reason',
};

function* readFields(text: string, report: Excerpt): Generator<Field> {
  const line = /^([ \t>]*)([A-Za-z][A-Za-z -]{2,40}?)[ \t]*:[ \t]*/;
  let opens = true;
  for (let start = 0; start < text.length; ) {
    if (text.charCodeAt(start) === lineFeed) {
      opens = true;
      start += 1;
      continue;
    }
    const next = afterLine(text, start);
    const found = line.exec(text.slice(start, Math.min(next, start + 200)));
    const written = found?.[2]?.toLowerCase().replaceAll(' ', '-') ?? '';
    const name = names[written] ?? (/^x-[a-z_-]+-sender$/.test(written) ? 'sender' : undefined);
    if (!found || !name) {
      if (/^[ \t>\r\n]*$/.test(text.slice(start, next))) opens = true;
      start = next;
      continue;
    }
    let end = next;
    const folded = found[1]?.includes('>') ? /^[ \t]*>[ \t>]*[ \t]{2,80}\S/ : /^[ \t]{1,80}\S/;
    // A folded value goes on in lines with deeper indentation; a line that is a field itself is none of it.
    while (end < text.length && end - start < longestField && folded.test(text.slice(end, end + 200)) && !isField(text.slice(end, Math.min(afterLine(text, end), end + 200))))
      end = afterLine(text, end);
    const valueStart = start + found[0].length;
    const valueEnd = start + text.slice(start, end).trimEnd().length;
    yield { name, value: sliceExcerpt(report, valueStart, Math.max(valueStart, valueEnd)), start, end: Math.max(valueStart, valueEnd), opens };
    opens = false;
    start = end;
  }
}

const longestField = 8_000;

function isField(line: string): boolean {
  const name = /^[ \t>]*([A-Za-z][A-Za-z -]{2,40}?)[ \t]*:/.exec(line)?.[1]?.toLowerCase().replaceAll(' ', '-');
  return name !== undefined && (name in names || name.startsWith('x-') || name === 'arrival-date' || name === 'received-from-mta');
}

function afterLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}

function groupFields(fields: Iterable<Field>): Field[][] {
  const groups: Field[][] = [];
  for (const field of fields) {
    const group = groups.at(-1);
    if (!group || field.opens || (field.name !== 'diagnostic-code' && group.some(({ name }) => name === field.name))) groups.push([field]);
    else group.push(field);
  }
  return joinHalves(groups);
}

/** Some reports put an empty line between a recipient's own fields: a group without an address belongs to the one above that has no outcome. */
function joinHalves(groups: readonly Field[][]): Field[][] {
  const joined: Field[][] = [];
  for (const group of groups) {
    const above = joined.at(-1);
    const has = (fields: readonly Field[], ...wanted: string[]): boolean => fields.some(({ name }) => wanted.includes(name));
    const isSecondHalf =
      above && has(above, 'final-recipient', 'original-recipient') && !has(above, 'action', 'diagnostic-code') && !has(group, 'final-recipient', 'original-recipient');
    if (isSecondHalf) above.push(...group);
    else joined.push(group);
  }
  return joined;
}

function readRecipient(report: Excerpt, group: readonly Field[]): ReportedRecipient | undefined {
  const field = (name: string): Excerpt | undefined => group.find((one) => one.name === name)?.value;
  const recipient = addressOf(field('final-recipient')?.text) ?? addressOf(field('original-recipient')?.text);
  const action = /^[a-z]+/i.exec(field('action')?.text ?? '')?.[0].toLowerCase();
  const status = field('status');
  const outcome = readOutcome(status, field('diagnostic-code'), field('reason'));
  const isReason = /^\s*x-unix;/i.test(field('diagnostic-code')?.text ?? '');
  const read = outcome && action === 'delayed' ? asDelay(outcome, isReason) : outcome;
  if (!action && !(read && (recipient || field('diagnostic-code')))) return undefined;
  const first = group[0] as Field;
  const last = group.at(-1) as Field;
  const lastAttempt = field('last-attempt-date')?.text.trim();
  return {
    ...(recipient && { recipient }),
    failed: action === undefined ? read !== undefined : action === 'failed' || action === 'failure' || action === 'delayed',
    ...(action !== undefined && { isDelayed: action === 'delayed' }),
    ...(read && { read }),
    place: placeSpan(report, first.start, last.end),
    ...(lastAttempt && { lastAttempt }),
    captures: messageCaptures(group),
  };
}

/** Without a reply or a delivery agent's words, the status alone would say more than the report does: 4.4.7 is a delay here and an expired message elsewhere. */
export function asDelay(read: ReadResponse, isReason = false): ReadResponse {
  return read.response.replyCode === undefined && !isReason ? { ...read, response: { ...read.response, text: `Delivery is delayed: ${read.response.text}` } } : read;
}

/** The diagnostic decides; the status gives the enhanced code where the diagnostic has none, and its comment where there is no diagnostic. */
function readOutcome(status: Excerpt | undefined, diagnostic: Excerpt | undefined, reason: Excerpt | undefined): ReadResponse | undefined {
  const enhancedCode = /^\s*([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(status?.text ?? '')?.[1];
  const type = /^\s*[A-Za-z][\w.-]{0,60}\s*;\s*/.exec(diagnostic?.text ?? '')?.[0].length ?? 0;
  const said = diagnostic && sliceExcerpt(diagnostic, type);
  const codes = enhancedCode && enhancedCode[0] !== '2' ? { enhancedCode } : {};
  const quoted = said && readQuotedReply(said);
  if (quoted) return { ...quoted, response: { ...codes, ...quoted.response } };
  const words = said && readSentence(said, codes);
  if (words) return words;
  if (!status || !codes.enhancedCode) return undefined;
  const start = status.text.indexOf(codes.enhancedCode);
  const comment = /\(([^()]{3,300})\)/.exec(status.text)?.[1] ?? reason?.text ?? '';
  const text = [codes.enhancedCode, comment.replace(/\s+/g, ' ').trim()].filter(Boolean).join(' ');
  return { response: { ...codes, text }, mark: placeSpan(status, start, start + codes.enhancedCode.length), captures: {} };
}

/** The address behind `rfc822;`, without angle brackets; a pipe or a file name is an address too. */
function addressOf(value: string | undefined): string | undefined {
  const written = value
    ?.replace(/^\s*[\w-]{1,20}\s*;\s*/, '')
    .replace(/\s+/g, ' ')
    .trim();
  return written?.replace(/^<([^<>]*)>.*$/, '$1') || undefined;
}

function messageCaptures(group: readonly Field[]): Captures {
  const value = (name: string): string => group.find((one) => one.name === name)?.value.text ?? '';
  const remote = /^\s*(?:[\w-]{1,20}\s*;\s*)?([^\s();,]{1,255})(?:\s+\(?\[?([0-9A-Fa-f.:]{7,45})[\])(,|])?/.exec(value('remote-mta'));
  const host = remote?.[1]?.replace(/\.$/, '') ?? '';
  const literal = /^\[?([0-9.]{7,15}|[0-9A-Fa-f:]{4,45})\]?$/.exec(host)?.[1];
  const address = literal ?? remote?.[2];
  const server = /^\s*(?:[\w-]{1,20}\s*;\s*)?([^\s();,]{1,255})/.exec(value('reporting-mta'))?.[1];
  const messageId = /<[^<>\s]{1,998}>/.exec(value('message-id'))?.[0];
  const sender = addressOf(value('sender'));
  return stated({ messageId, sender, remoteHost: !literal && host.includes('.') ? host : '', remoteAddress: address, server });
}
