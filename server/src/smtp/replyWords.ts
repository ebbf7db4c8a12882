/** Reads the reply in what a bounce quotes, wherever in the quotation it stands. */

import { type Excerpt, placeSpan, sliceExcerpt, unwrapExcerpt } from '../text/excerpt.ts';
import { withChanges } from '../text/withChanges.ts';
import type { Captures, Span } from '../values.ts';
import { reportedCommand } from './command.ts';
import { type ReadResponse, readResponse } from './response.ts';
import { reportedHost } from './wrappers.ts';

/** What a bounce says of one failed recipient. */
export interface Statement {
  /** Absent where the bounce does not say whom it is about. */
  readonly recipient?: string;
  readonly read: ReadResponse;
  /** The quotation that the codes stand in. */
  readonly place: Span;
  /** Whether it is what one attempt was answered, of a message that waits or has waited too long. */
  readonly isAttempt?: true;
  /** Whether the message is still being tried. */
  readonly isDelay?: true;
  /** Whether the report, as far as it was copied, does not reach to this recipient. */
  readonly isBeyondReport?: true;
}

/** The codes alone, to tell whether two replies are the same one. */
export function codesOf({ response }: ReadResponse): string {
  return `${response.replyCode ?? ''} ${response.enhancedCode ?? response.text}`;
}

/** An address as bounces write it; long enough for RFC 5321, 4.5.3.1, bounded so that no line costs more than its length. */
export const addressPattern = '[^\\s<>()\\[\\]:;,"\'@]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?';

/**
 * Reads a reply that a diagnostic begins with or reports (`host mx.fabrikam.com said: 550 …`, `< #5.7.1 smtp;550 …>`),
 * or else its enhanced status code. The text is that of the reply, or the whole diagnostic where there is none.
 * @returns undefined where there is no code.
 */
export function readQuotedReply(quotation: Excerpt): ReadResponse | undefined {
  const line = openGateway(unwrapExcerpt(quotation));
  const at = replyStart(line.text);
  const close = at !== undefined && line.text[at - 1] === '<' ? line.text.indexOf('>', at) : -1;
  const read = at === undefined ? undefined : readResponse(sliceExcerpt(line, at, close < 0 ? line.text.length : close));
  const command = reportedCommand(line.text);
  if (read) {
    const response = withChanges(read.response, { text: withoutFrame(read.response.text) }, command ? { command } : undefined);
    return withQualifiedCode({ response, mark: read.mark, captures: withChanges<Captures>(read.captures, reportedHost(quotation.text)) });
  }
  const code = /(?:^|[\s<("'#;:])#?([45]\.\d{1,3}\.\d{1,3})(?![\d/_]|\.\d|-[a-z0-9])/i.exec(line.text);
  if (!code?.[1]) return undefined;
  const end = code.index + code[0].length;
  const text = line.text.replace(/\s+/g, ' ').trim();
  return { response: { enhancedCode: code[1], text }, mark: placeSpan(line, end - code[1].length, end), captures: {} };
}

/** A diagnostic without any code, such as a name that could not be resolved. Its first line is the mark. */
export function readSentence(quotation: Excerpt, codes: { readonly enhancedCode?: string } = {}, captures: Captures = {}): ReadResponse | undefined {
  const first = /\S[^\r\n]*/.exec(quotation.text);
  if (!first || !/\p{L}{2}/u.test(quotation.text)) return undefined;
  const text = unwrapExcerpt(quotation).text.replace(/\s+/g, ' ').trim();
  return { response: { ...codes, text }, mark: placeSpan(quotation, first.index, first.index + first[0].trimEnd().length), captures };
}

/** Exchange quotes what a gateway said as `#<mx.fabrikam.com #5.7.1 smtp;550 5.7.1 …> #SMTP#`: the reply behind `smtp;` is the inner one. */
function openGateway(line: Excerpt): Excerpt {
  const found = /#[245]\.\d{1,3}\.\d{1,3} smtp;\s*(?=#?[45]\d\d)/i.exec(line.text);
  if (!found) return line;
  const start = found.index + found[0].length;
  const close = line.text.slice(start).search(/> ?#SMTP#|>$|>'/);
  return sliceExcerpt(line, start, close < 0 ? line.text.length : start + close);
}

/** Positions in which a number of three digits is a reply, the surest first. */
const replyPositions = [
  // The last reply before a message expired: `554 4.4.7 Message expired … <421 4.4.2 Connection timed out>`.
  /<([45][0-57]\d) (?=[45]\.\d{1,3}\.\d{1,3} [^<>]{1,400}>\s*$)/,
  /^\s*['"<]?#?([45][0-57]\d)(?=[\s,:-])/,
  /(?:said|says|reason|reply|response|respond(?:ed|s)(?: with)?(?: failure)?|error|failure|returned|was|to me|code|status|->|=>)\s?['"]?[:=]?\s?['"]?([45][0-57]\d)(?=[\s,:-]|$)/i,
  /(?:^|[\s:;"'(<[])([45][0-57]\d)[ -]\s?['"]?#?(?=[45]\.\d{1,3}\.\d)/,
  /[:;]\s?['"]?([45][0-57]\d)(?=[ -][A-Za-z<[(#])/,
];

function replyStart(line: string): number | undefined {
  for (const position of replyPositions) {
    const found = position.exec(line);
    if (found?.[1]) return found.index + found[0].lastIndexOf(found[1]);
  }
  return undefined;
}

/** What the reporting system adds: a reply code once more, quotes around the reply, and what the reply was to; and the mark with which a code of Markdown ends. */
export function withoutFrame(text: string): string {
  const shown = withoutOpenMarks(text);
  // A string of a program ends its line so.
  const told = shown.endsWith('\\n') ? shown.replace(/(?:\\r)?\\n$/, '').trimEnd() : shown;
  // Hardly any reply repeats its code, and to see that is quicker.
  const once = told.startsWith(told.slice(0, 3), 4) ? told.replace(/^(\d{3}) \1(?=[ -])/, '$1') : told;
  if (!once.endsWith(')')) return once;
  return once
    .replace(/^(\d{3} )([245]\.\d{1,3}\.\d{1,3}) '\2 (.*)' \(delivery attempts: \d{1,5}\)$/, '$1$2 $3')
    .replace(/ ?\((?:in reply to [^()]{1,60}|at [A-Z]{3,8})\)$/, '')
    .replace(goFormat, '');
}

/** What Go writes where a format and its arguments do not fit (package fmt, Format errors). */
const goFormat = /%!(?:[A-Za-z]\(|\((?:EXTRA|NOVERB|BADINDEX|BADWIDTH|BADPREC)\b)[^%]{0,200}\)$/;

/** Marks that end the text and begin nowhere in it are those of a quotation, a block of code or words in bold that begin above it. */
function withoutOpenMarks(text: string): string {
  if (!endsInMark.test(text)) return text;
  const mark = text.endsWith('**') ? '**' : text.slice(-1);
  const isOpen = mark === '\u201D' ? text.includes('\u201C') : text.indexOf(mark) < text.length - mark.length;
  return isOpen ? text : withoutOpenMarks(text.slice(0, -mark.length).trimEnd());
}

const endsInMark = /[`"\u201D]$|(?<!\*)\*\*$/;

/** Some servers write the enhanced status code behind the words: `552 sorry, mailbox over quota (#5.2.2)`. */
export function withQualifiedCode(read: ReadResponse): ReadResponse {
  if (read.response.enhancedCode) return read;
  const code = /(?:\(#|: )([45]\.\d{1,3}\.\d{1,3})(?![\d/_]|\.\d)/.exec(read.response.text)?.[1];
  return code ? { response: withChanges(read.response, { enhancedCode: code }), mark: read.mark, captures: read.captures } : read;
}
