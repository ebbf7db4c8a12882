/** The replies of a text that other words make sure, in order: those behind an anchor, those before one, and what a library writes as pairs. */

import { stated } from '../../smtp/captures.ts';
import { reportedCommand } from '../../smtp/command.ts';
import { withoutFrame } from '../../smtp/replyWords.ts';
import { type ReadResponse, readResponse, readWords } from '../../smtp/response.ts';
import { type Excerpt, joinRuns, unwrapLines } from '../../text/excerpt.ts';
import { offsetAbove, offsetBelow } from '../../text/lineEnds.ts';
import { lineEnd, lineStartAfter } from '../../text/lines.ts';
import { type Occurrences, standsAt } from '../../text/occurrences.ts';
import { countBelow, inOrder, stretchAt } from '../../text/spans.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { Captures, Response, Span } from '../../values.ts';
import { unescaped } from '../shapes/jsonObjects.ts';
import { type AnchoredReply, anchorLiterals, isOfWeb, replyBehind } from './anchors.ts';
import { attemptLiterals, failedConnection } from './connectionAttempts.ts';
import { detailLiterals, replyInDetails } from './detailReplies.ts';
import { dialogueLiterals, dialogueReplies } from './dialogue.ts';
import { codeLiterals, propertyLiterals, replyBesideCode, replyInJson } from './jsonReplies.ts';
import { onlyReply } from './loneReply.ts';
import { errorAbove, nodeErrorLiterals } from './nodeErrors.ts';
import { pairedReplies, pairLiterals } from './pairedReplies.ts';
import { isEscaped } from './quotations.ts';
import { quotedLiterals, replyInQuotation } from './quotedReplies.ts';
import { longestReply, responseEnd } from './replyLines.ts';
import { replyInWords, wordedLiterals } from './wordedReplies.ts';

const behindLiterals = ['(in reply to '];
const errorLiterals = ["response: '", '"response":'];

/** What these replies are found by. */
export const replyLiterals = [
  ...new Set([
    ...anchorLiterals,
    ...behindLiterals,
    ...pairLiterals,
    ...errorLiterals,
    ...propertyLiterals,
    ...codeLiterals,
    ...detailLiterals,
    ...dialogueLiterals,
    ...wordedLiterals,
    ...quotedLiterals,
    ...attemptLiterals,
    ...nodeErrorLiterals,
  ]),
];

export class AnchoredReplies {
  private readonly replies: readonly AnchoredReply[];
  private readonly starts: readonly number[];

  /** @param isAlone Whether the text is one by itself, and not several that are searched as one. */
  constructor(text: string, stretches: readonly Span[], occurrences: Occurrences, isAlone: boolean) {
    const found: AnchoredReply[] = isAlone ? onlyReply(text) : [];
    const collect = (literals: readonly string[], read: (text: string, offset: number, isAlone: boolean) => AnchoredReply | undefined): void => {
      // Of most kinds of literals a text has none at all.
      if (occurrences(literals).length === 0) return;
      for (const literal of literals) {
        eachWithin(occurrences(literal), stretches, (offset) => {
          const reply = read(text, offset, isAlone);
          if (reply) found.push(reply);
        });
      }
    };
    collect(anchorLiterals, replyBehind);
    collect(behindLiterals, replyBefore);
    collect(propertyLiterals, replyInJson);
    collect(codeLiterals, replyBesideCode);
    collect(errorLiterals, replyInProperty);
    collect(detailLiterals, replyInDetails);
    collect(wordedLiterals, replyInWords);
    collect(quotedLiterals, replyInQuotation);
    collect(attemptLiterals, failedConnection);
    collect(nodeErrorLiterals, errorAbove);
    eachWithin(offsetsWithin(pairLiterals, stretches, occurrences), stretches, (offset) => void found.push(...pairedReplies(text, offset)));
    found.push(...dialogueReplies(text, offsetsWithin(dialogueLiterals, stretches, occurrences), occurrences, isAlone));
    found.sort((one, other) => one.start - other.start || namesOf(other) - namesOf(one));
    // What is found twice is told by the one that names more.
    this.replies = found.filter(({ start }, index) => found[index - 1]?.start !== start);
    this.starts = this.replies.map(({ start }) => start);
  }

  /** The first one of a stretch that begins at or after an offset. */
  from(offset: number, stretch: Span): AnchoredReply | undefined {
    for (let index = countBelow(this.starts, offset); index < this.replies.length; index++) {
      const reply = this.replies[index] as AnchoredReply;
      if (reply.start >= stretch.end) return undefined;
      if (reply.anchor >= stretch.start) return reply;
    }
    return undefined;
  }
}

const namesOf = ({ captures, command, lines }: AnchoredReply): number => Object.keys(captures).length + (command ? 1 : 0) + ((lines?.length ?? 0) > 1 ? 1 : 0);

/** Calls `take` for the offsets in the stretches: most of a log can be of another form. */
function eachWithin(offsets: readonly number[], stretches: readonly Span[], take: (offset: number) => void): void {
  if (offsets.length < stretches.length) {
    for (const offset of offsets) if (stretchAt(stretches, offset)) take(offset);
    return;
  }
  for (const { start, end } of stretches) {
    for (let index = countBelow(offsets, start); index < offsets.length && (offsets[index] as number) < end; index++) take(offsets[index] as number);
  }
}

function offsetsWithin(literals: readonly string[], stretches: readonly Span[], occurrences: Occurrences): readonly number[] {
  if (occurrences(literals).length === 0) return [];
  return inOrder(
    literals.map((literal) => {
      const offsets: number[] = [];
      eachWithin(occurrences(literal), stretches, (offset) => void offsets.push(offset));
      return offsets;
    }),
  );
}

/** Reads an anchored reply; what the anchor and the reply itself name is captured. */
export function readAnchored(text: string, reply: AnchoredReply, span: Span): ReadResponse | undefined {
  const { captures, command, prefix, isWords } = reply;
  const excerpt = excerptOf(text, reply, span);
  const read = isWords ? readRest(excerpt) : readResponse(excerpt);
  if (!read) return undefined;
  const mark = prefix !== undefined && !/^[45]\.\d/.test(text.slice(span.start, span.start + 3)) ? span : read.mark;
  const answered = command ?? reportedCommand(text.slice(span.start, span.end).replace(/\s+/g, ' '));
  const response = withChanges<Response>(read.response, { text: withoutFrame(read.response.text) }, answered ? { command: answered } : undefined);
  return { response, mark, captures: { ...captures, ...senderBehind(text, reply, span), ...read.captures } };
}

/** A reply without its reply code: its enhanced status code if it has one, or else its words alone. */
function readRest(excerpt: Excerpt): ReadResponse | undefined {
  const read = readWords(excerpt);
  const enhancedCode = /^\s*#?([45]\.\d\.\d{1,3})(?![\d.])/.exec(excerpt.text)?.[1];
  return read && enhancedCode ? { ...read, response: { ...read.response, enhancedCode } } : read;
}

/** smtplib puts the sender behind a reply about it: `SMTPSenderRefused: (530, b'…', 'bob@fabrikam.com')`; Odoo into the line below. */
function senderBehind(text: string, { start, anchor }: AnchoredReply, span: Span): Captures {
  if (!text.slice(anchor, start).includes('SMTPSenderRefused')) return {};
  const below = /^(?:[ \t]*\r?\n|\\n)([^\s<>()'"\\@]{1,64}@[^\s<>()'"\\,]{1,255})/.exec(text.slice(span.end, span.end + 400))?.[1];
  return stated({ sender: below ?? /^\d{3}, b?(['"]).{0,1000}?\1, '([^'\s]{1,64}@[^'\s]{1,255})'\)/.exec(text.slice(start, start + longestReply))?.[2] });
}

function excerptOf(text: string, { start, lines, prefix, isJson }: AnchoredReply, span: Span): Excerpt {
  if (lines) return joinLines(text, lines);
  const said = isJson || isEscaped(text, start) ? unescaped(text, span) : unwrapLines(text, span);
  return prefix === undefined ? said : joinRuns([{ text: `${prefix} `, start, end: start, literal: false }, said]);
}

function joinLines(text: string, lines: readonly Span[]): Excerpt {
  return joinRuns(
    lines.flatMap(({ start, end }, index) => [
      ...(index > 0 ? [{ text: ' ', start, end: start, literal: false }] : []),
      { text: text.slice(start, end), start, end, literal: true },
    ]),
  );
}

/** Where an anchored reply ends: Postfix folds it, and closes it with what it was to. */
export function anchoredEnd(text: string, { start, anchor, lines, end: close }: AnchoredReply, stretch: Span): number {
  if (close !== undefined) return Math.min(close, stretch.end);
  if (lines) return (lines.at(-1) as Span).end;
  const below = text.slice(start, offsetBelow(text, start, longestReply, stretch.end));
  const frame = /\(in[\s>]{1,40}reply[\s>]{1,40}to[\s>]{1,40}[A-Za-z][A-Za-z \r\n\t>-]{2,60}\bcommand\)/.exec(below);
  const framed = below.slice(0, frame?.index);
  const isFramed =
    frame && (/said:|to[\s>]{1,40}me:/.test(text.slice(anchor, start)) ? !endsEarlier.test(framed) && (!emptyLine.test(framed) || areLinesApart(framed)) : !framed.includes('\n'));
  if (isFramed) return start + frame.index + frame[0].length;
  const quoted = /\breturned ['\u2018]$/.test(text.slice(anchor, start)) ? quotationEnd(below) : undefined;
  if (quoted !== undefined) return start + quoted;
  if (ofReport.test(text.slice(anchor, start))) return fieldEnd(text, start, stretch);
  const end = responseEnd(text, start, stretch);
  return isCodesAlone(text.slice(start, end)) && anchor < start ? paragraphEnd(text, end, stretch) : end;
}

const ofReport = /^Diagnostic-Code:/i;

/** A field of a delivery report goes on in lines that are indented (RFC 5322, 2.2.3). */
function fieldEnd(text: string, start: number, stretch: Span): number {
  const end = lineEnd(text, start, stretch.end);
  const lines = foldedLines.exec(text.slice(end, offsetBelow(text, end, longestReply, stretch.end)))?.[0] ?? '';
  const own = text.slice(text.lastIndexOf('\n', start) + 1, start).search(/\S/);
  const isFolded = lines !== '' && lines.split('\n').every((line, index) => index === 0 || line.search(/\S/) > own);
  return isFolded ? end + lines.trimEnd().length : responseEnd(text, start, stretch);
}

const foldedLines = /^(?:\r?\n[ \t]{1,40}(?!\d\.\d\.\d)[^\s>|][^\n]{0,300}){1,12}/;

/** Where Exchange's quotation is closed, with its line: whatever has folded it, and where lines are apart, across empty ones. */
function quotationEnd(below: string): number | undefined {
  const close = /['\u2019](?![A-Za-z])(?=[^\n'"]{0,80}(?:\r?\n|$))/.exec(below);
  const said = below.slice(0, close?.index);
  return close && !/\breturned ['\u2018]/.test(said) && (!emptyLine.test(said) || areLinesApart(said)) ? close.index : undefined;
}

/** Where a page has broken the line behind the codes, the words stand below. */
const isCodesAlone = (line: string): boolean => /^\d{3}(?:[ -]#?\d\.\d{1,3}\.\d{1,3})?[ \t]{0,20}$/.test(line);

function paragraphEnd(text: string, end: number, stretch: Span): number {
  const below = text.slice(end, offsetBelow(text, end, longestParagraph, stretch.end));
  const found =
    /^\r?\n[ \t>]{0,40}(?!at [\w.$]+\(|Caused by: |nested exception)(?:[A-Za-z"'<([]|#?[45]\.\d{1,3}\.\d{1,3} )[^\n]{0,300}(?:\r?\n[ \t>]{0,40}[^\s>][^\n]{0,300}){0,4}/.exec(
      below,
    );
  return found ? end + found[0].trimEnd().length : end;
}

const longestParagraph = 1_000;

const emptyLine = /\n[ \t>]*\r?\n/;

/** Whether an empty line stands between all lines. */
const areLinesApart = (text: string): boolean => !/\n[ \t>]*[^\s>][^\n]*\n[ \t>]*[^\s>]/.test(text);

/** What begins another recipient, or stands behind an empty line where the lines are not all apart. */
const endsEarlier = /said:|\n[ \t>]*<[^<>\s]{1,320}>: |\n(?:[ \t>]*\r?\n){3}/;

/** `Error: 550 No such user (in reply to RCPT TO command)`: where the words before it are lost, the reply begins the line or stands behind a colon. */
function replyBefore(text: string, offset: number): AnchoredReply | undefined {
  const command = reportedCommand(text.slice(offset, offset + 80).replace(/\s+/g, ' '));
  if (!command) return undefined;
  const limit = offsetAbove(text, offset, longestReply);
  for (let end = offset, lines = 0; lines < 12; lines++) {
    const line = lineStartAfter(text, end, limit);
    if (line === undefined) return undefined;
    const written = text.slice(line, end);
    if (written.trim() === '' && lines > 0) return undefined;
    const found = /(?:^[\s>]*|: ?|[\s("'>])(?<![\d.]\s?)(?=[45][0-57]\d[ -](?!\d{1,3}\.\d))/.exec(written) ?? /(?:^[\s>]*|: ?|[\s("'>])(?=[45][0-57]\d[ -])/.exec(written);
    if (found) {
      const start = line + found.index + found[0].length;
      return isOfWeb(text, start) ? undefined : { start, anchor: start, captures: {}, command };
    }
    if (line === limit || /said:|to me:/.test(written)) return undefined;
    end = line - 1;
  }
  return undefined;
}

/** nodemailer's `response: '550 …'`, beside which the command stands or the code of its errors: `responseCode` alone is also HTTP's. */
function replyInProperty(text: string, offset: number): AnchoredReply | undefined {
  const opening = /(?:response: '|"response": ?")(?=[45][0-57]\d[ -])/y;
  if (!standsAt(text, opening, offset)) return undefined;
  const start = opening.lastIndex;
  const around = text.slice(offsetAbove(text, offset, besideProperty), offsetBelow(text, start, besideProperty));
  if (isOfWeb(text, start) || !/\bcommand"?: ?['"](?:API|AUTH|CONN|DATA|EHLO|HELO|MAIL|RCPT|STARTTLS)\b|\bE(?:AUTH|ENVELOPE|MESSAGE|PROTOCOL)['"]/.test(around)) return undefined;
  return { start, anchor: offset, captures: {}, repeats: 'error' };
}

const besideProperty = 400;
