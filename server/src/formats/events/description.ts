/** Reads the description of an MSExchangeTransport event, whatever form the event was copied in. */

import { recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { type ReadResponse, readResponse } from '../../smtp/response.ts';
import { type Excerpt, sliceExcerpt } from '../../text/excerpt.ts';
import { textAbove, textBelow } from '../../text/lineEnds.ts';
import { withLineFeeds } from '../../text/lineFeeds.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { Captures } from '../../values.ts';
import { readHandedOn } from './handedOn.ts';
import { insertNames, messageIdCapture, namesIn } from './inserts.ts';
import { sendConnectorLead, templateTail } from './words.ts';

/** What a description holds: its response, with the stretch it was read from, and the names around it. */
export interface Description {
  readonly read?: ReadResponse;
  readonly response?: Excerpt;
  readonly captures: Captures;
  /** All of it, up to a bound. */
  readonly words?: string;
  /** Whether the response is all that the event says. */
  readonly isHandedOn?: true;
}

/**
 * Reads the description of an event.
 * The template of event 2004 is "Send connector %1: Message delivery was not successful. The message with message ID %2 was
 * acknowledged with SMTP response %3." (technet ff985316). The connector's name may hold colons, so the fixed words are the anchors;
 * exactly one full stop at the end is the template's. Another form gives "Recipient:" and "Reason:".
 * Where neither is found, as in another language, the response is recognised by its codes.
 */
export function readDescription(description: Excerpt): Description {
  return withWords(readTemplate(description) ?? readHandedOn(description) ?? readReason(description) ?? readSentence(description), description.text);
}

/** A computer without Exchange says that it has no description for the event of this source: the name stands in the first line, before any message ID. */
export function isWithoutTemplate(description: string): boolean {
  return /^[^<\r\n]{0,400}?MSExchange(?:MailSubmission|(?:FrontEnd)?Transport)/.test(description);
}

/**
 * Whether a description has placeholders in the places of its values, as in documentation and in source code. What stands in the reply, or
 * within a name or an address, was written by somebody else, who must not be able to hide an event by it: `https://fabrikam.com/%20help`.
 */
export function isTemplate(description: string): boolean {
  const own = description.slice(0, 1_000).split(/\bSMTP response (?=[245]\d\d)|(?<![\w.])[245]\d\d[ -][245]\.\d/, 1)[0] ?? '';
  return /from [_*]{0,2}Previous Utilization Level|(?:^|[\s"'(])(?:_(?:[A-Z][a-z]+ ){1,4}[A-Z][a-z]+_|%\d{1,2}|%[sd]|\{\d\}|%[A-Z]\w*%|<(?:[a-z]+ )+[a-z]+>)(?=[\s"'.,:;)]|$)/.test(
    own,
  );
}

/** Reads an event's inserts, as XML lists them; undefined for an event whose inserts are not known. */
export function readInserts(id: number, inserts: readonly Excerpt[]): Description | undefined {
  const names = insertNames(id, inserts.map(withLineFeeds));
  if (!names) return undefined;
  const read = names.response ? describe(names.response, names.captures) : { captures: names.captures };
  return read.read ? read : withWords(read, inserts.map(({ text }) => textBelow(text, 0, longestWords)).join(' '));
}

/** A response says more than the sentence around it: then that is not asked for. */
function withWords(description: Description, text: string): Description {
  if (description.read) return description;
  const words = text.length <= longestWords ? text : textBelow(text, 0, longestWords);
  return words ? withChanges<Description>(description, { words }) : description;
}

/** The sentences of Exchange's events about connections are a third of it. */
const longestWords = 1_000;

function readTemplate(description: Excerpt): Description | undefined {
  const { text } = description;
  const lead = 'Send connector ';
  const middle = ': Message delivery was not successful. The message with message ID ';
  const acknowledged = ' was acknowledged with SMTP response ';
  const leadAt = text.indexOf(lead);
  const middleAt = leadAt < 0 ? -1 : text.indexOf(middle, leadAt);
  const acknowledgedAt = middleAt < 0 ? -1 : text.indexOf(acknowledged, middleAt);
  if (acknowledgedAt < 0) return undefined;
  const start = acknowledgedAt + acknowledged.length;
  const end = text.trimEnd().length;
  const response = sliceExcerpt(description, start, text[end - 1] === '.' ? end - 1 : end);
  const connector = text.slice(leadAt + lead.length, middleAt);
  const messageId = text.slice(middleAt + middle.length, acknowledgedAt);
  return describe(response, withChanges(stated({ sendConnector: connector }), messageIdCapture(messageId)));
}

function readReason(description: Excerpt): Description | undefined {
  if (!description.text.includes('Reason')) return undefined;
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
  const captures = withChanges(connectorName(before), namesIn(before), found?.isTemplate ? messageIdIn(before) : insertsBefore(before));
  if (!found) return { captures };
  const end = responseEnd(text, found.start, found.isTemplate);
  const behind = found.isTemplate && !captures.messageId ? messageIdBehind(text.slice(found.start, end)) : undefined;
  return describe(sliceExcerpt(description, found.start, behind ? found.start + behind.end : end), behind ? withChanges(captures, { messageId: behind.messageId }) : captures);
}

/**
 * Where a response begins. Every language keeps the word SMTP, and most put it before the response: there a reply code alone is sure.
 * Elsewhere it takes both codes.
 */
function findResponse(text: string): { readonly start: number; readonly isTemplate: boolean } | undefined {
  if (!/[45][0-5]\d[ -]/.test(text)) return undefined;
  const named = /(?:SMTP(?:\r?[^\d<>.:\r]){1,14}?|response from the remote site is )(\[?(?:\{[A-Z]{2,5}=(?:\r?[^{}\r]){0,200}\};){0,3}(?:\{LED=)?[45][0-5]\d)(?=[ -])/.exec(text);
  const coded = /(?:^|[\s"'(={])([45][0-5]\d[ -]#?[45]\.\d{1,3}\.\d{1,3})(?![\d/_]|\.\d)/.exec(text);
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

/** Takes away what is surely the template's: one full stop, a verb, and the words of a script that the response is not written in. */
function withoutTemplate(text: string, start: number, limit: number): number {
  let end = limit;
  while (end > start && (eastAsian.test(text[end - 1] ?? '') || text[end - 1] === ' ')) end--;
  if (end < limit && !eastAsian.test(text.slice(start, end))) return end;
  end = text[limit - 1] === '.' || text[limit - 1] === '\u3002' ? limit - 1 : limit;
  const tail = templateTail.exec(text.slice(Math.max(start, end - 20), end));
  return tail ? end - tail[0].length : end;
}

const eastAsian = /[\u3000-\uFFEF]/;

/** Chinese names the message behind the response: the template goes on where its script does. */
function messageIdBehind(response: string): { readonly end: number; readonly messageId: string } | undefined {
  const end = response.search(eastAsian);
  const { messageId } = end > 0 ? messageIdIn(response.slice(end)) : {};
  return messageId ? { end: response.slice(0, end).trimEnd().length, messageId } : undefined;
}

/** The connector's name, up to the only colon of the first sentence; a name with a colon of its own cannot be told from the sentence. */
function connectorName(before: string): Captures {
  const text = before.trimStart();
  const lead = sendConnectorLead.exec(text.slice(0, 80));
  if (!lead) return {};
  const rest = textBelow(text, lead[0].trimEnd().length, 400);
  const end = rest.search(/<|\.(?:\s|$)|\u3002/);
  const sentence = end < 0 ? rest : rest.slice(0, end);
  const colon = sentence.search(nameEnd);
  if (colon < 0 || nameEnd.test(sentence.slice(colon + 1))) return {};
  const name = sentence
    .slice(0, colon)
    .trim()
    .replace(/["'\u201C\u00BB]$/, '');
  return name ? { sendConnector: name } : {};
}

const nameEnd = /:(?=\s)|\uFF1A/;

/** The message ID, where exactly one stands in angle brackets; a connector's name may have brackets too. */
function messageIdIn(text: string): Captures {
  if (!text.includes('<')) return {};
  const found = text.match(/<[^<>\s]{1,998}>/g) ?? [];
  const [messageId, ...others] = found.length > 1 ? found.filter((id) => id.includes('@')) : found;
  return messageId && others.length === 0 ? { messageId } : {};
}

/** A computer without Exchange has no template and shows the bare inserts: in lines of their own, or in single quotes. */
function insertsBefore(text: string): Captures {
  if (!text.endsWith('\n') && !text.endsWith("'")) return {};
  const found = /(?:\n([^\n<>]{1,256})\n|'([^'<>]{1,256})', ?')(<[^<>\s]{1,998}>)(?:\n|', ?')$/.exec(textAbove(text, text.length, 1_300));
  const sendConnector = (found?.[1] ?? found?.[2])?.trim();
  return stated({ sendConnector, messageId: found?.[3] });
}

function describe(response: Excerpt, captures: Captures): Description {
  // Line ends are made alike here and not before: most descriptions have many lines and no response.
  const read = readResponse(withLineFeeds(response));
  return read ? { read, response, captures: withChanges(captures, read.captures) } : { response, captures };
}
