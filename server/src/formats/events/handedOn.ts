/**
 * Events that only hand on what another server said or how a delivery ended: those of Exchange 2000 and 2003, and those of the SMTP service of
 * Windows, which that Exchange was built on. What is handed on is what failed; the number of the event says nothing more.
 */

import { commandCaptures, recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { commandOf } from '../../smtp/command.ts';
import { readQuotedReply, readSentence } from '../../smtp/replyWords.ts';
import { type ReadResponse, readResponse } from '../../smtp/response.ts';
import { type Excerpt, sliceExcerpt } from '../../text/excerpt.ts';
import { textBelow } from '../../text/lineEnds.ts';
import { withLineFeeds } from '../../text/lineFeeds.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { Captures } from '../../values.ts';
import type { Description } from './description.ts';
import { messageIdCapture } from './inserts.ts';

/** Undefined where a description is none of these. */
export function readHandedOn(description: Excerpt): Description | undefined {
  // Hardly any event is one of these, and each begins with its sentence.
  if (!mayHandOn.test(description.text.slice(0, longestBeginning))) return undefined;
  const head = textBelow(description.text, 0, longestHead);
  return readProtocolError(description, head) ?? readDeliveryEnd(description, head) ?? readGeneratedReport(description, head);
}

const longestHead = 1_200;
const longestBeginning = 200;
const mayHandOn = /^.{0,40}(?:SMTP protocol (?:error |warning )?log for virtual|Message\s+delivery\s+to\s+the|non-delivery\s+report\s+with\s+a\s+status)/s;

/**
 * `The remote host "192.0.2.48", responded to the SMTP command "rcpt" with "550 … ". The full command sent was "RCPT TO:<…> ".`, or of a client
 * `… and the SMTP server responded with "…"`. The line end of the reply stands before its quotation mark.
 */
function readProtocolError(description: Excerpt, head: string): Description | undefined {
  const opened = /\bresponded\s(?:to\s+the\s+SMTP\s+command\s+"[^"\n]{0,60}"\s+)?with\s+"\s{0,8}(?=[245]\d\d)/.exec(head);
  if (!opened) return undefined;
  const { text } = description;
  const start = opened.index + opened[0].length;
  const asked = /"[\s.]{1,8}The\s+full\s+command\s+sent\s+was\s+"/g;
  asked.lastIndex = start;
  const behind = asked.exec(textBelow(text, 0, start + longestReply));
  const full = behind ? /^[^"\n]{0,600}/.exec(text.slice(asked.lastIndex, asked.lastIndex + 600))?.[0].trim() : undefined;
  const host = /\b(?:remote\s+host|client\s+at)\s+"([^"\s]{1,255})"/.exec(head.slice(0, opened.index))?.[1];
  const end = start + text.slice(start, behind?.index ?? closingQuote(text, start)).trimEnd().length;
  const about = withChanges(full ? commandCaptures(full) : {}, host ? stated(/^[\da-f.:]+$/i.test(host) ? { remoteAddress: host } : { remoteHost: host }) : {});
  const command = full ? commandOf(full) : undefined;
  const response = withLineFeeds(sliceExcerpt(description, start, end));
  const read = readResponse(response);
  return read && handedOn(command ? withChanges(read, { response: withChanges(read.response, { command }) }) : read, response, about);
}

const longestReply = 4_000;

function closingQuote(text: string, start: number): number {
  const line = /[^\n]*/y;
  line.lastIndex = start;
  const end = start + (line.exec(text)?.[0].length ?? 0);
  const quote = text.lastIndexOf('"', end);
  return quote > start ? quote : end;
}

/**
 * `Message delivery to the host '192.0.2.7' failed while delivering to the remote domain 'fabrikam.com' for the following reason: …`, or without
 * the host, as that of Windows 2000 `… to the remote domain fabrikam.com failed. …`. The answer may stand behind the reason: then that is what failed.
 */
function readDeliveryEnd(description: Excerpt, head: string): Description | undefined {
  const found =
    /Message\s+delivery\s+to\s+the\s+(?:host\s+'(?<host>[^'\s]{1,255})'\s+failed\s+while\s+delivering\s+to\s+the\s+)?remote\s+domain\s+(?:'(?<domain>[^'\s]{1,255})'|(?<bare>[^'\s]{1,255}))\s+(?:(?:failed\s+)?for\s+the\s+following\s+reason:\s{1,20}|failed\.\s{1,20}(?:The\s+error\s+message\s+is\s+['"])?)(?=\S)/.exec(
      head,
    );
  if (!found) return undefined;
  const { host, bare, domain = bare } = found.groups ?? {};
  const about = stated({ recipientDomain: domain, ...(host && (/^[\da-f.:]+$/i.test(host) ? { remoteAddress: host } : { remoteHost: host })) });
  const start = found.index + found[0].length;
  const told = /^[^\n]{1,600}/.exec(description.text.slice(start, start + 600))?.[0] ?? '';
  const answer = /The\s+response\s+from\s+the\s+remote\s+server\s+is\s+['"](?=[45]\d\d)/.exec(told);
  const from = answer ? start + answer.index + answer[0].length : start;
  // A reason is one sentence, and the service's next one says which command it was.
  const rest = (answer ? /^.{1,500}?(?=['"]\.?\s|['"]?\.?\s*$)/ : /^.{1,300}?(?:\.(?=['"\s]|$)|$)/).exec(told.slice(from - start))?.[0] ?? '';
  const said = withLineFeeds(sliceExcerpt(description, from, from + rest.length));
  const read = readQuotedReply(said) ?? readSentence(said);
  return read && handedOn(read, said, about);
}

/** `A non-delivery report with a status code of 5.4.0 was generated for recipient rfc822;bob@fabrikam.com (Message-ID <…>).` */
function readGeneratedReport(description: Excerpt, head: string): Description | undefined {
  const found =
    /non-delivery\s+report\s+with\s+a\s+status\s+code\s+of\s+(?<code>[45]\.\d{1,3}\.\d{1,3})\s+was\s+generated\s+for\s+recipient\s+(?:[Rr][Ff][Cc]822; ?)?(?<recipient>[^\s;()<>]{1,64}@[^\s()<>]{1,255})?/.exec(
      head,
    );
  const code = found?.groups?.['code'];
  if (!found || !code) return undefined;
  const start = found.index + found[0].indexOf(code);
  const said = sliceExcerpt(description, start, start + code.length);
  const read = readQuotedReply(said);
  const messageId = /^[^\n]{0,40}?\(Message-ID\s+(<[^<>\s]{1,998}>)/.exec(description.text.slice(found.index + found[0].length))?.[1];
  return read && handedOn(read, said, withChanges(recipientCaptures(found.groups?.['recipient']), messageId ? messageIdCapture(messageId) : {}));
}

function handedOn(read: ReadResponse, response: Excerpt, about: Captures): Description {
  return { read, response, captures: withChanges(read.captures, about), isHandedOn: true };
}
