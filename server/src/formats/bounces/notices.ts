/** Bounces of other mail systems without their headers: the sentences with which each begins, and how far it goes. */

import { addressPattern } from '../../smtp/replyWords.ts';
import { textAbove } from '../../text/lineEnds.ts';
import { lineEnd, lineStartAfter, nextLine } from '../../text/lines.ts';
import { type Occurrences, standsAt } from '../../text/occurrences.ts';
import { stretchAt } from '../../text/spans.ts';
import type { Span } from '../../values.ts';
import { returnedMessageStart } from './lines.ts';

/** What Postfix, Exim, qmail, Sendmail, Yahoo, Gmail, Domino and MDaemon begin with, and a recipient's own line of Postfix. */
const opening = new RegExp(
  [
    'This is the mail system at host ',
    'This message was created automatically by mail delivery software',
    'following address\\(es\\) failed:',
    'This is the (?:qmail-send|Haraka Mailer) program at ',
    "I'm afraid I wasn't able to deliver your message",
    'we were unable to deliver your message to the following',
    'The following addresses had (?:permanent fatal|transient non-fatal) errors',
    'Transcript of session follows',
    'Delivery to the following recipients? failed',
    'The response from the remote server was:',
    'Failure Reasons {1,4}-{4}',
    `>(?: \\([^()\\n]{1,320}\\))?:\\s{1,80}(?:host|server)\\s{1,80}\\S{1,255}\\[[^\\s\\]]{2,60}\\]\\s{1,80}(?:said|refused\\s{1,40}to\\s{1,40}talk\\s{1,40}to\\s{1,40}me):`,
  ].join('|'),
  'y',
);

/** What these begin with. */
export const openingLiterals = [
  'This is the mail system at host ',
  'This message was created automatically by mail delivery software',
  'following address(es) failed:',
  'This is the qmail-send program at ',
  'This is the Haraka Mailer program at ',
  "I'm afraid I wasn't able to deliver your message",
  'we were unable to deliver your message to the following',
  'The following addresses had ',
  'Transcript of session follows',
  'Delivery to the following recipient',
  'The response from the remote server was:',
  'Failure Reasons ',
  '>: host ',
  '>: host\n',
  '>: host\r',
  '>: server ',
  '): host ',
  '): host\n',
];

/**
 * Where a bounce begins with one of these sentences, in order: the beginning of its line.
 * @param free Where they are looked for: what stands in a string or an event is read there.
 */
export function findOpenings(text: string, free: readonly Span[], occurrences: Occurrences): number[] {
  const openings: number[] = [];
  for (const offset of occurrences(openingLiterals)) {
    if (!stretchAt(free, offset)) continue;
    const at = text[offset] === ')' ? text.lastIndexOf('>', offset) : offset;
    if (at < 0 || offset - at > 340 || !standsAt(text, opening, at)) continue;
    const line = lineStartAfter(text, offset, Math.max(0, offset - longestLead)) ?? offset;
    if (offset - line < longestLead && (text[at] !== '>' || ownLine.test(text.slice(line, at + 1)))) openings.push(line);
  }
  return openings;
}

/** Whether a line begins a bounce whatever stands above it: what Postfix, Exim and qmail say before anything else. */
export function isFirstLine(text: string, line: number): boolean {
  return standsAt(text, firstLine, line);
}

const firstLine =
  /[ \t>]{0,40}(?:This is the mail system at host |This message was created automatically by mail delivery software|Hi\. This is the (?:qmail-send|Haraka Mailer) program at )/y;

const longestLead = 400;
/** Its address in angle brackets, of which Markdown may have made a link. */
const ownLine = new RegExp(`^[ \\t>]*(?:<${addressPattern}>|<\\[${addressPattern}\\]\\(mailto:[^()\\s]{1,330}\\)>)`);

/** Whether a text has the sentences of a bounce in it. @param end Where they begin at the latest. */
export function isNoticeText(text: string, end: number = text.length): boolean {
  return openingLiterals.some((literal) => {
    const at = text.indexOf(literal);
    return at >= 0 && at < end && standsAt(text, opening, text[at] === ')' ? text.lastIndexOf('>', at) : at);
  });
}

const longestNotice = 20_000;
const mostParagraphs = 60;

/**
 * Where a bounce ends that begins with its sentences: before the returned message, or at the first paragraph below a recipient's that is
 * none of a bounce. What a person has written below it is not read.
 */
export function noticeEnd(text: string, start: number): number {
  const whole = text.slice(start, start + longestNotice);
  // Markdown has it in a block of its own, and what stands below that is another text.
  const isInBlock = openedBlock.test(textAbove(text, start, longestMark));
  const limit = Math.min(returnedMessageStart(whole), (isInBlock && closedBlock.exec(whole)?.index) || whole.length);
  const isApart = areLinesApart(whole.slice(0, Math.min(limit, 2_000)));
  let end = 0;
  let isRecipientNamed = false;
  let isAnnounced = false;
  let count = 0;
  for (const { start: from, end: to } of paragraphs(whole, limit, isApart ? 2 : 1)) {
    const paragraph = whole.slice(from, to);
    const isOwn = recipientParagraph.test(paragraph) || ofBounce.test(paragraph) || isAnnounced;
    if ((isRecipientNamed && !isOwn) || ++count > mostParagraphs) break;
    isRecipientNamed ||= recipientParagraph.test(paragraph);
    isAnnounced = /:[ \t]*$/.test(paragraph.trimEnd()) || aloneParagraph.test(paragraph);
    end = to;
  }
  return start + end;
}

/** The sentence that a bounce is known by need not be its first line. */
const openedBlock = /(?:^|\n)[ \t>]*[`~]{3,}[\w-]{0,20}[ \t]*\n(?:[^\n]{1,200}\n){0,3}\s*$/;
const closedBlock = /\n[ \t>]*[`~]{3,}[ \t]*(?=\r?\n|$)/;
const longestMark = 500;

const recipientParagraph = new RegExp(`^[ \\t>]*(?:[-*•]{0,8} ?)?<?${addressPattern}>?(?:[:\\s(]|$)`);
const aloneParagraph = new RegExp(`^[ \\t>]*<?${addressPattern}>?:?\\s*$`);
const ofBounce =
  /^[ \t>]*(?:[45]\d\d[ -]|>>>|<<<|\.\.\. while talking|-{3,} |[A-Z][A-Za-z]+(?:-[A-Za-z]+){1,3}: |Action: |Status: |(?:The )?(?:response|reason|error|technical details|remote host said|message from|giving up|I'm not going|please|for (?:further|more)|if you|sorry,|\w+ said:))/i;

/** The paragraphs up to a limit, parted by so many empty lines at least. */
function* paragraphs(text: string, limit: number, gap: number): Generator<Span> {
  let start = -1;
  let end = 0;
  let empty = 0;
  for (let line = 0; line < limit; line = nextLine(text, line)) {
    if (/^[ \t>\u00a0]*$/.test(text.slice(line, Math.min(limit, lineEnd(text, line))))) {
      empty += 1;
      continue;
    }
    if (start >= 0 && empty >= gap) {
      yield { start, end };
      start = -1;
    }
    if (start < 0) start = line;
    empty = 0;
    end = Math.min(limit, nextLine(text, line));
  }
  if (start >= 0) yield { start, end };
}

/** Whether a forum has put an empty line between all lines: no two lines stand directly below each other. */
export function areLinesApart(text: string): boolean {
  const lines = text.split('\n').map((line) => /[^\s>]/.test(line));
  const count = lines.filter(Boolean).length;
  return count >= fewestLines && !lines.some((isFull, index) => isFull && lines[index + 1]);
}

const fewestLines = 4;
