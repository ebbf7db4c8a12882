/** Reads the description of an MSExchangeTransport event, whatever form the event was copied in. */

import { endpointAddress, recipientCaptures } from '../smtp/address.ts';
import { type Excerpt, sliceExcerpt } from '../smtp/excerpt.ts';
import { type ReadResponse, readResponse } from '../smtp/response.ts';
import type { Captures } from '../values.ts';
import { sendConnectorLead, templateTail } from './eventWords.ts';

/** The source whose events are about mail. Other sources log an event 2004 too: the number alone says nothing. */
export const transportSource = 'MSExchangeTransport';

/** What a description holds: its response, with the stretch it was read from, and the names around it. */
export interface Description {
  readonly read?: ReadResponse;
  readonly response?: Excerpt;
  readonly captures: Captures;
}

/**
 * Reads the description of an event.
 * The template of event 2004 is "Send connector %1: Message delivery was not successful. The message with message ID %2 was
 * acknowledged with SMTP response %3." (technet ff985316). The connector's name may hold colons, so the fixed words are the anchors;
 * exactly one full stop at the end is the template's. Another form gives "Recipient:" and "Reason:".
 * Where neither is found, as in another language, the response is recognised by its codes.
 */
export function readDescription(description: Excerpt): Description {
  return readTemplate(description) ?? readReason(description) ?? readSentence(description);
}

/** The event's inserts, as XML has them: connector, message ID, response. */
export function readInserts(connector: string, messageId: string, response: Excerpt): Description {
  // A list wraps its lines inside a message ID too, which cannot hold a blank (RFC 5322, 3.6.4).
  const id = messageId.replace(/\s+/g, '');
  return describe(response, { ...(connector && { sendConnector: connector }), ...(id && { messageId: id }) });
}

function readTemplate(description: Excerpt): Description | undefined {
  const { text } = description;
  const lead = 'Send connector ';
  const middle = ': Message delivery was not successful. The message with message ID ';
  const acknowledged = ' was acknowledged with SMTP response ';
  const leadAt = text.indexOf(lead);
  const middleAt = text.indexOf(middle, leadAt);
  const acknowledgedAt = text.indexOf(acknowledged, middleAt);
  if (leadAt < 0 || middleAt < 0 || acknowledgedAt < 0) return undefined;
  const start = acknowledgedAt + acknowledged.length;
  const end = text.trimEnd().length;
  const response = sliceExcerpt(description, start, text[end - 1] === '.' ? end - 1 : end);
  const connector = text.slice(leadAt + lead.length, middleAt);
  const messageId = text.slice(middleAt + middle.length, acknowledgedAt);
  return readInserts(connector, messageId, response);
}

function readReason(description: Excerpt): Description | undefined {
  const reason = /\bReason:\s*/.exec(description.text);
  if (!reason) return undefined;
  const recipient = /\bRecipient:\s*<?([^\s<>]{1,320}@[^\s<>]{1,255})>?/.exec(description.text)?.[1];
  const response = sliceExcerpt(description, reason.index + reason[0].length, description.text.trimEnd().length);
  return describe(response, recipientCaptures(recipient));
}

/** Another sentence: of another event, of another language, or cut off. */
function readSentence(description: Excerpt): Description {
  const { text } = description;
  const found = findResponse(text);
  const before = text.slice(0, found?.start ?? text.length);
  const captures = { ...connectorName(before), ...receiveConnector(before), ...(found?.isTemplate ? messageIdIn(before) : insertsBefore(before)) };
  if (!found) return { captures };
  return describe(sliceExcerpt(description, found.start, responseEnd(text, found.start, found.isTemplate)), captures);
}

/**
 * Where a response begins. Every language keeps the word SMTP, and most put it before the response: there a reply code alone is sure.
 * Elsewhere it takes both codes.
 */
function findResponse(text: string): { readonly start: number; readonly isTemplate: boolean } | undefined {
  const named = /SMTP[^\d<>.:]{1,14}([45][0-5]\d)(?=[ -])/.exec(text);
  const coded = /(?:^|[\s"'({=])([45][0-5]\d[ -]#?[45]\.\d{1,3}\.\d{1,3})(?![\d/_]|\.\d)/.exec(text);
  const found = named && (!coded || named.index <= coded.index) ? named : coded;
  if (!found) return undefined;
  const start = found.index + found[0].length - (found[1] ?? '').length;
  // A wrapper is read whole: it names the host beside the reply.
  return { start: text.startsWith('{LED=', start - 5) ? start - 5 : start, isTemplate: found === named };
}

/** A reply ends with its line, unless it goes on as `550-…` (RFC 5321, 4.2.1), and with the quotation mark that it stands in. */
function responseEnd(text: string, start: number, isTemplate: boolean): number {
  const code = text.slice(start, start + 3);
  let end = text.length;
  for (let line = start; ; ) {
    const newline = text.indexOf('\n', line);
    if (newline < 0) break;
    end = newline;
    if (text[line + 3] !== '-' || !text.startsWith(code, newline + 1)) break;
    line = newline + 1;
    end = text.length;
  }
  const limit = start + text.slice(start, end).trimEnd().length;
  if (text[start - 1] === "'") {
    const quote = text.slice(start, limit).lastIndexOf("'");
    return quote > 0 ? start + quote : limit;
  }
  return isTemplate ? withoutTemplate(text, start, limit) : limit;
}

/** Takes away what is surely the template's: one full stop, a verb, and the words of a script that a response in plain ASCII is not written in. */
function withoutTemplate(text: string, start: number, limit: number): number {
  const isEastAsian = (index: number): boolean => text.charCodeAt(index) >= 0x3000 && text.charCodeAt(index) <= 0xffef;
  let end = limit;
  while (end > start && (isEastAsian(end - 1) || text[end - 1] === ' ')) end--;
  if (end < limit && isAscii(text.slice(start, end))) return end;
  end = text[limit - 1] === '.' || text[limit - 1] === '\u3002' ? limit - 1 : limit;
  const tail = templateTail.exec(text.slice(Math.max(start, end - 20), end));
  return tail ? end - tail[0].length : end;
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7F]/.test(text);
}

/** The connector's name, up to the only colon of the first sentence; a name with a colon of its own cannot be told from the sentence. */
function connectorName(text: string): Captures {
  const lead = sendConnectorLead.exec(text.slice(0, 80));
  if (!lead) return {};
  const rest = text.slice(lead[0].length, lead[0].length + 400);
  const sentence = /^[^<]{0,400}?(?=<|[.\u3002](?:\s|$)|$|\u3002)/.exec(rest)?.[0] ?? rest;
  const parts = sentence.split(/:(?=\s)|\uFF1A/);
  const name = parts[0]?.trim().replace(/["'\u201C\u00BB]$/, '');
  return parts.length === 2 && name ? { sendConnector: name } : {};
}

/** Event 1035: "… for Receive connector %2. The authentication mechanism is %3. The source IP address of the client … is [%4]." */
function receiveConnector(text: string): Captures {
  const named = / for Receive connector ([^\r\n]{1,256}?)\.(?:\s|$)/.exec(text.slice(0, 2_000))?.[1];
  if (!named) return {};
  const client = /source IP address of the client[^[\r\n]{0,120}\[([^\]]{2,45})\]/.exec(text.slice(0, 2_000))?.[1];
  const remoteAddress = endpointAddress(client ?? '');
  return { receiveConnector: named, ...(remoteAddress && { remoteAddress }) };
}

/** The message ID, where exactly one stands in angle brackets. */
function messageIdIn(text: string): Captures {
  const found = text.match(/<[^<>\s]{1,998}>/g);
  return found?.length === 1 && found[0] ? { messageId: found[0] } : {};
}

/** A computer without Exchange has no template and shows the bare inserts: in lines of their own, or in single quotes. */
function insertsBefore(text: string): Captures {
  const found = /(?:\n([^\r\n<>]{1,256})\r?\n|'([^'<>]{1,256})', ?')(<[^<>\s]{1,998}>)(?:\r?\n|', ?')$/.exec(text.slice(-1_300));
  const sendConnector = (found?.[1] ?? found?.[2])?.trim();
  return { ...(sendConnector && { sendConnector }), ...(found?.[3] && { messageId: found[3] }) };
}

function describe(response: Excerpt, captures: Captures): Description {
  const read = readResponse(response);
  return { ...(read && { read }), response, captures: { ...captures, ...read?.captures } };
}
