/** Reads the sentence with which a bounce states its reason, where it quotes no reply. */

import { readSentence, type Statement } from '../../smtp/replyWords.ts';
import { type Excerpt, placeSpan, sliceExcerpt } from '../../text/excerpt.ts';
import { hostAround, isOther, type Line } from './lines.ts';

const longestSentence = 40;

const label = /(?:reasons?|details[^:]{0,40}|error message[^:]{0,20}|error|failure|diagnostic[^:]{0,30}|following reason)\s*:?[\s-]*$/i;

/** A sentence that only says that the message was not delivered, and to whom. */
const announces = /following|fail\w* to|(?:error|problem)s? deliver|deliver\w* (?:failed )?(?:to|of|has|for|your|the|this)\b|undeliverable|not (?:be )?deliver|could not|unable/i;

/** Whether words only introduce the recipients: one clause, without a reason. */
export function onlyAnnounces(words: string): boolean {
  return words.length < 120 && /\b(?:recipients?|address(?:es|\(es\))?|following)\b/i.test(words) && /(?:failed\.?|:)$/.test(words.trim()) && !/[.;,]\s\S/.test(words);
}

/** Whether a line goes on behind the address, or says more than that the message was not delivered. */
export function saysMore({ text, about, rest, start }: Line): boolean {
  const words = text
    .replace(about ?? '', '')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
  return (/\p{L}{2}/u.test(text.slice(rest - start)) || words.split(' ').length >= 2) && !announces.test(words);
}

/** The words about a recipient: behind the address, below it, below a label such as "Reason:", or else the sentence it stands in. */
export function statedReason(text: Excerpt, lines: readonly Line[], line: Line): Statement | undefined {
  // Exchange 2003 puts the hour of the attempt behind the address.
  const date = /^on [^\n]{10,40}$/.exec(text.text.slice(line.rest, line.end).trim())?.[0].length ?? 0;
  const behind: Words | undefined = text.text.slice(line.rest, line.end).trim().length === date ? undefined : { from: line.rest, line: line.index };
  const below = behind ?? paragraphBelow(lines, line);
  const sentence = line.text
    .replace(line.about as string, '')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
  const own: Words = { from: line.start, line: line.index };
  const stated = paragraphAbove(lines, line.index, sentence ? 1 : 3);
  const above: Words | undefined = stated && isOneOfSeveral(lines, line) ? { ...stated, isShared: true } : stated;
  const isSaying = sentence.split(' ').length >= 2 && !announces.test(sentence) && !recipientLabel.test(sentence);
  // Of a list that has its reason above, what stands below may be the words of whoever has pasted it.
  const around = stated?.isReason && isOneOfSeveral(lines, line) ? (above ?? below) : (below ?? above);
  const at: Words | undefined = behind ?? (isSaying ? own : (around ?? own));
  if (!at) return undefined;
  let end = (lines[at.line] as Line).end;
  for (let index = at.line + 1; index < Math.min(lines.length, at.line + longestSentence); index++) {
    const next = lines[index] as Line;
    if (next.text.trim() === '' || isOther(next, next.text.trim())) break;
    end = next.end;
  }
  const from = at.from + (reasonLabel.exec(text.text.slice(at.from, end))?.[0].length ?? 0);
  const excerpt = sliceExcerpt(text, from, Math.max(from, Math.min(end, at.from + 600)));
  // Haraka says no more than that where the reply is in its log alone.
  if (/^Some recipients (?:temp )?failed\b/.test(excerpt.text)) return undefined;
  const read = readSentence(excerpt, {}, hostAround(lines, line));
  // Two recipients cannot be told at one place.
  const place = at.isShared ? placeSpan(text, line.start + line.text.search(/\S/), line.end) : placeSpan(excerpt, 0, excerpt.text.length);
  return read && { ...(line.about && { recipient: line.about }), read: at.isShared ? { ...read, mark: place } : read, place };
}

/** Haraka's labels of the recipients and of what went wrong with them. */
const recipientLabel = /^intended recipients?$/i;
const reasonLabel = /^\s*Failure Reason: (?:Error: )?/;

/** Where the words about a recipient begin, and whether they are those of a whole list. */
interface Words {
  readonly from: number;
  readonly line: number;
  readonly isShared?: true;
}

/** The next lines with words, passing empty lines, labels and separators such as `----- Transcript -----`. What stands below a rule is a gateway's own. */
function paragraphBelow(lines: readonly Line[], { index: from, about }: Line): Words | undefined {
  let last = from;
  for (let index = from + 1; index < Math.min(lines.length, last + 9); index++) {
    const line = lines[index] as Line;
    // A list of recipients may have its words below it, apart from the last of them.
    if (isListed(line, lines[index - 1]) && isAlone(lines[from] as Line)) {
      last = index;
      continue;
    }
    // The sentence may name the recipient once more.
    if (line.about !== undefined && (line.about.toLowerCase() !== about?.toLowerCase() || line.text.trim().split(/\s+/).length < 5)) return undefined;
    if (/^\s*[-=_*#]{20,}\s*$/.test(line.text)) return undefined;
    if (/^\s*[-=_*#]{3}/.test(line.text)) continue;
    if (!/\p{L}{2}/u.test(line.text) || label.test(line.text) || /:\s*$/.test(line.text)) continue;
    if (last === from && !isListed(lines[from] as Line, lines[from - 1])) return { from: line.start, line: index };
    if (lines[index - 1]?.text.trim() === '') return { from: line.start, line: index, isShared: true };
    return last === from ? { from: line.start, line: index } : undefined;
  }
  return undefined;
}

const isAlone = ({ about, text }: Line): boolean => about !== undefined && !/\p{L}{2}/u.test(text.replace(about, ''));
const isListed = (line: Line, above: Line | undefined): boolean => isAlone(line) && above !== undefined && isAlone(above) && indentOf(line) === indentOf(above);
/** Whether a line stands in a list of several recipients. */
function isOneOfSeveral(lines: readonly Line[], line: Line): boolean {
  const next = lines[line.index + 1];
  return isListed(line, lines[line.index - 1]) || (next !== undefined && isListed(next, line));
}

const indentOf = ({ text }: Line): number => text.search(/\S|$/);

/** The first line of the paragraph above, passing the line that introduces a list of recipients. */
function paragraphAbove(lines: readonly Line[], from: number, farthest: number): { readonly from: number; readonly line: number; readonly isReason?: true } | undefined {
  let limit = from - farthest;
  for (let index = from - 1; index >= Math.max(0, limit); index--) {
    const line = lines[index] as Line;
    // The recipients above are of the same list.
    if (isAlone(line)) {
      limit--;
      continue;
    }
    if (/:\s*$/.test(line.text) && !label.test(line.text) && lines[index - 1]?.text.trim() === '') {
      const last = lastParagraph(lines, index - 2);
      return last ? { ...last, isReason: true } : { from: line.start, line: index };
    }
    if (/\p{L}{2}/u.test(line.text) && !/^\s*[-=_*]{3}/.test(line.text)) return { from: line.start, line: index };
  }
  return undefined;
}

/** The first line of the paragraph that ends at a line, if it is a short one that says more than that a mail system writes. */
function lastParagraph(lines: readonly Line[], last: number): { readonly from: number; readonly line: number } | undefined {
  let first = last;
  while (first > 0 && last - first < 3 && lines[first - 1]?.text.trim() !== '') first--;
  const line = lines[first];
  const saysWhy = lines.slice(first, last + 1).some(({ text }) => /\S+ \S+ \S|\S+ \S+\.\s*$/.test(text) && !announces.test(text));
  const isReason = line && saysWhy && !/^\s*[-=_*]{3}|automatically|mail (?:delivery )?s[yu]/i.test(line.text);
  return isReason ? { from: line.start, line: first } : undefined;
}

const longestParagraph = 2_000;

/**
 * A bounce that names nobody in its text says its reason in the first full sentence, or in those that follow:
 * what is known of it may stand in any of them, whatever the language of the rest.
 */
export function firstParagraph(text: Excerpt, lines: readonly Line[], known: readonly string[]): Statement[] {
  const sentences = lines.filter(({ text: said }) => /\S \S/.test(said) && !/automatically|mail delivery s/i.test(said));
  const line = sentences.find(({ text: said }) => said.trim().length > 50) ?? sentences.find(({ text: said }) => said.trim().length > 20);
  if (known.length > 1 || !line) return [];
  const report = lines.find(({ start, text: said }) => start > line.start && reportField.test(said));
  const excerpt = sliceExcerpt(text, line.start, Math.min(report?.start ?? text.text.length, line.start + longestParagraph));
  const read = readSentence(excerpt);
  const recipient = known[0];
  return read ? [{ ...(recipient && { recipient }), read, place: placeSpan(excerpt, 0, line.end - line.start) }] : [];
}

/** What a report for machines begins with, where it stands below (RFC 3464, 2.2 and 2.3). */
const reportField = /^[ \t>]*(?:(?:Reporting|Received-From|Remote)-MTA|Arrival-Date|(?:Final|Original)-Recipient|Diagnostic-Code|Action|Status)[ \t]*:/i;
