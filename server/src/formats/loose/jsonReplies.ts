/** Replies in the JSON of sending services and event exports: Amazon SES, Mailgun, Postmark, SendGrid, SparkPost, and errors that a program has written as an object. */

import { recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { addressPattern } from '../../smtp/replyWords.ts';
import { blank, colon, digit4, digit5, doubleQuote, isLetter, lineFeed } from '../../text/characters.ts';
import { offsetAbove, offsetBelow } from '../../text/lineEnds.ts';
import { standsAt } from '../../text/occurrences.ts';
import type { Captures } from '../../values.ts';
import { type JsonObject, scanJson, stringEnd } from '../shapes/jsonObjects.ts';
import { plainName } from '../shapes/object.ts';
import { type AnchoredReply, isOfWeb } from './anchors.ts';

/** The properties in which these keep a reply or its text. */
export const propertyLiterals = [
  '"diagnosticCode"',
  '"DiagnosticCode"',
  '"diagnostic_code"',
  '"raw_reason"',
  '"reason"',
  '"response"',
  '"message"',
  '"Details"',
  '"description"',
  '"Description"',
  '"bounce_reason"',
  '"smtp_response"',
  '"smtpResponse"',
];

/** A code of a failure that is a property of its own; what it is about is looked for from there, since messages are in every log. */
export const codeLiterals = [
  '"code":4',
  '"code":5',
  '"code": 4',
  '"code": 5',
  '"code":"4',
  '"code":"5',
  '"code": "4',
  '"code": "5',
  '"Code":4',
  '"Code":5',
  '"Code": 4',
  '"Code": 5',
  '"error_code":',
  '"errorCode":',
  '"smtp_code":',
  '"smtpCode":',
  '"reply_code":',
];

const opening = /"[A-Za-z_]{4,20}"\s{0,8}:\s{0,8}"(?:smtp;\s{0,4}|\\?['"])?(?=[45][0-57]\d[ -])/y;
const code = /"[A-Za-z_]{4,12}"\s{0,8}:\s{0,8}"?(?=([45][0-57]\d)"?\s{0,8}[,}\r\n])/y;
const enhanced = /[45]\.\d{1,3}\.\d{1,3}\b/y;

/** The reply in a property's value, if the object that it belongs to names a recipient, or the value says itself that it is SMTP's. */
export function replyInJson(text: string, offset: number): AnchoredReply | undefined {
  if (!mayBegin(text, offset) || !standsAt(text, opening, offset)) return undefined;
  const start = opening.lastIndex;
  const end = stringEnd(text, start, offsetBelow(text, start, longestValue));
  if (end === undefined || isOfWeb(text, start)) return undefined;
  const objects = objectsAround(text, offset);
  const captures = objects.length > 0 ? partiesIn(text, objects) : partiesBeside(text, offset, end);
  if (captures.recipient === undefined && !/smtp;\s{0,4}$/.test(text.slice(offset, start))) return undefined;
  return { start, anchor: start, end, captures, isJson: true };
}

/** Whether a property's value begins as a reply may. Nearly all values of all logs are done with by their first character. */
function mayBegin(text: string, offset: number): boolean {
  let at = text.indexOf('"', offset + 1) + 1;
  while (text.charCodeAt(at) === blank) at++;
  if (text.charCodeAt(at) !== colon) return false;
  do at++;
  while (text.charCodeAt(at) === blank);
  const first = text.charCodeAt(at + 1);
  return text.charCodeAt(at) === doubleQuote && (first === digit4 || first === digit5 || first === letterS || !(first > blank && isLetter(first)));
}

const letterS = 0x73;

/**
 * The reply whose code is a property and whose text is another one: `"code": 550, "message": "5.1.1 …"`. The numbers of HTTP count only
 * before an enhanced status code, since a web service writes its errors alike.
 */
export function replyBesideCode(text: string, offset: number): AnchoredReply | undefined {
  code.lastIndex = offset;
  const number = code.exec(text)?.[1];
  if (number === undefined) return undefined;
  const objects = objectsAround(text, offset);
  const said = ['message', 'description', 'text', 'reason', 'response', 'rawreason', 'content']
    .map((name) => objects[0]?.properties.get(name))
    .find((value) => value?.isString && value.end > value.start);
  if (!said || /^[45][0-57]\d[ -]/.test(text.slice(said.start, said.start + 4))) return undefined;
  const captures = partiesIn(text, objects);
  const isOfLibrary = /smtp/i.test(nameOfException(text, objects[0])) || objects[0]?.properties.has('enhancedcode') === true;
  const isOfMail = standsAt(text, enhanced, said.start) || number === '421' || !/^(?:4[0-3]\d|451|50\d|51\d)$/.test(number);
  return isOfMail && (isOfLibrary || captures.recipient !== undefined)
    ? { start: said.start, anchor: said.start, end: said.end, captures, isJson: true, prefix: [number, enhancedIn(text, objects[0], number)].join(' ').trim() }
    : undefined;
}

/** Whether the string that begins at an offset is such a reply. */
export function isReplyInJson(text: string, start: number): boolean {
  if (!/^(?:smtp;\s{0,4})?[45][0-57]\d[ -]/.test(text.slice(start, start + 16))) return false;
  const name = /"[A-Za-z_]{4,20}"\s{0,8}:\s{0,8}"$/.exec(text.slice(Math.max(0, start - 48), start));
  return name !== null && propertyLiterals.some((literal) => name[0].startsWith(literal)) && replyInJson(text, start - name[0].length) !== undefined;
}

/** Whether the string that begins at an offset is the stack of an error whose message is another property: there it is told, and the stack repeats it. */
export function isStackOfMessage(text: string, start: number): boolean {
  if (!/"stack"\s{0,8}:\s{0,8}"$/.test(text.slice(Math.max(0, start - 24), start))) return false;
  const message = objectsAround(text, start)[0]?.properties.get('message');
  if (!message?.isString || message.end === message.start) return false;
  const first = text.slice(start, start + longestValue).split('\\n', 1)[0] as string;
  return first.endsWith(text.slice(message.start, message.end));
}

/** The enhanced status code that stands in a property of its own, as in the logs of maddy: `"smtp_code":556,"smtp_enchcode":"5.1.10"`. */
function enhancedIn(text: string, object: JsonObject | undefined, code: string): string {
  for (const name of ['smtpenchcode', 'enhancedcode', 'enhancedstatuscode', 'status', 'dsn']) {
    const value = object?.properties.get(name);
    const said = value?.isString ? text.slice(value.start, value.end) : '';
    if (/^[45]\.\d{1,3}\.\d{1,3}$/.test(said) && said[0] === code[0]) return said;
  }
  // KumoMTA has the three numbers of it apart.
  const numbers =
    /"enhanced_code"\s{0,8}:\s{0,8}\{\s{0,8}"class"\s{0,8}:\s{0,8}([45])\s{0,8},\s{0,8}"subject"\s{0,8}:\s{0,8}(\d{1,3})\s{0,8},\s{0,8}"detail"\s{0,8}:\s{0,8}(\d{1,3})\s{0,8}\}/.exec(
      object ? text.slice(object.span.start, object.span.end) : '',
    );
  return numbers && numbers[1] === code[0] ? numbers.slice(1).join('.') : '';
}

/** An exception that is written as an object names itself: Nextcloud's log. */
function nameOfException(text: string, object: JsonObject | undefined): string {
  const name = object?.properties.get('exception');
  return name?.isString ? text.slice(name.start, name.end) : '';
}

const longestValue = 2_000;
/** So far around a value its object goes; an event of a sending service is shorter. */
const farthest = 4_000;

/** The objects that an offset stands in, the inner ones first; the last one also gives what stands beside them. */
function objectsAround(text: string, offset: number): JsonObject[] {
  const limit = offsetAbove(text, offset, farthest);
  const objects: JsonObject[] = [];
  let depth = 0;
  for (let at = offset - 1; at >= limit && objects.length < mostObjects; at--) {
    const character = text[at];
    // A line that begins with a bracket in a file of many such lines is an event of its own.
    if (character === '}') depth += 1;
    else if (character === '{' && depth > 0) depth -= 1;
    else if (character === '{') {
      const inner: JsonObject[] = [];
      scanJson(text, at, offsetBelow(text, offset, farthest), (object) => inner.push(object));
      const own = inner.find(({ span }) => span.start === at);
      if (!own) break;
      objects.push(own, ...inner.filter(({ span }) => isEnvelope(text, span.start)));
      if (at === 0 || text.charCodeAt(at - 1) === lineFeed) break;
    }
  }
  return objects;
}

const mostObjects = 12;

/** The object beside an event in which the sending service keeps the mail itself: `"mail": { "source": … }`. */
function isEnvelope(text: string, start: number): boolean {
  return /"(?:mail|envelope|msg|message)"\s{0,8}:\s{0,8}$/.test(text.slice(Math.max(0, start - 40), start));
}

const recipientNames = ['recipient', 'emailaddress', 'email', 'rcptto', 'rcpt', 'recipientaddress', 'finalrecipient', 'to'];
const senderNames = ['sender', 'from', 'mailfrom', 'msgfrom', 'source', 'fromaddress', 'friendlyfrom'];
const address = new RegExp(`^<?(${addressPattern})>?$`);

/** Recipient and sender in the lines around a property whose object has been copied without its beginning. */
function partiesBeside(text: string, offset: number, end: number): Captures {
  const above = text.slice(offsetAbove(text, offset, besideProperty), offset);
  const below = text.slice(end, offsetBelow(text, end, besideProperty));
  const around = `${above.slice(Math.max(0, ...Array.from(above.matchAll(endOfObject), ({ index }) => index)))}${below.split(endOfObject)[0]}`;
  const named = new Map(Array.from(around.matchAll(property), ([, name, value]) => [plainName(name as string), value as string] as const));
  const first = (names: readonly string[]): string | undefined => names.flatMap((name) => address.exec(named.get(name) ?? '')?.[1] ?? [])[0];
  return { ...stated({ sender: first(senderNames) }), ...recipientCaptures(first(recipientNames)) };
}

/** A brace, or an empty line. */
const endOfObject = /[{}]|\n[ \t]*\r?\n/g;
const besideProperty = 1_000;
const property = /"([A-Za-z_-]{2,30})"\s{0,8}:\s{0,8}"([^"\\\n]{1,330})"/g;

/** Recipient and sender as the nearest object names them. */
function partiesIn(text: string, objects: readonly JsonObject[]): Captures {
  const named = (names: readonly string[]): string | undefined => {
    for (const { properties } of objects) {
      for (const name of names) {
        const value = properties.get(name);
        const only = value?.items?.length === 1 ? value.items[0] : value;
        const found = only?.isString ? address.exec(text.slice(only.start, only.end)) : null;
        if (found) return found[1];
      }
    }
    return undefined;
  };
  return { ...stated({ sender: named(senderNames) }), ...recipientCaptures(named(recipientNames)) };
}
