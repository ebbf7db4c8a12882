/** Reads the description of an MSExchangeTransport event, whatever form the event was copied in. */

import { recipientCaptures } from '../smtp/address.ts';
import { type Excerpt, sliceExcerpt } from '../smtp/excerpt.ts';
import { type ReadResponse, readResponse } from '../smtp/response.ts';
import type { Captures } from '../values.ts';

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
  return readTemplate(description) ?? readReason(description) ?? readCodes(description);
}

/** The event's inserts, as XML has them: connector, message ID, response. */
export function readInserts(connector: string, messageId: string, response: Excerpt): Description {
  return describe(response, { ...(connector && { sendConnector: connector }), ...(messageId && { messageId }) });
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

function readCodes(description: Excerpt): Description {
  const found = /(?:^|[\s"'(])([45][0-5]\d[ -]#?[45]\.\d{1,3}\.\d{1,3})(?![\d/_]|\.\d)/.exec(description.text);
  if (!found) return { captures: {} };
  const start = found.index + found[0].length - (found[1] ?? '').length;
  return describe(sliceExcerpt(description, start, description.text.trimEnd().length), {});
}

function describe(response: Excerpt, captures: Captures): Description {
  const read = readResponse(response);
  return { ...(read && { read }), response, captures: { ...captures, ...read?.captures } };
}
