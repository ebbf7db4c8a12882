/** Codes that somebody only speaks of: "we get error 550 5.7.1 when we write to them", above or below the reply itself. */

import { offsetAbove, offsetBelow } from '../../text/lineEnds.ts';
import type { Span } from '../../values.ts';

/**
 * Whether codes alone, or in the midst of a sentence, are those of a reply that stands near them. What a server says begins behind a sign or
 * with its line; in a sentence a word stands before the codes, and nothing that a server would say behind them.
 */
export function isMention(text: string, start: number, { end }: Span): boolean {
  if (isHeading(text, start, end)) return true;
  const codes = /^[45]\d\d[ -]#?[45]\.\d{1,3}\.\d{1,3}(?!\d)/.exec(text.slice(start, Math.min(end, start + 16)))?.[0];
  if (codes === undefined) return false;
  // Exchange Online explains the codes first, and a page can have lost the line ends between that and the reply.
  if (text.startsWith('Status code: ', start - 'Status code: '.length) && text.slice(start, offsetBelow(text, start, farthest)).includes(`Reported error: ${codes} `)) return true;
  const behind = text.slice(start + codes.length, start + codes.length + longestWords);
  // A reply that was broken behind its codes goes on in the line below.
  const isAlone = !/\n\s*\S/.test(text.slice(start, end)) && /^[`*"'\u201D)\]]*[ \t]*(?:[.,;|]?[ \t]*\r?\n|[.,;|]?\s*$)/.test(behind);
  const isInSentence = /[A-Za-z]{2,20} ["'\u201C(]?$/.test(text.slice(Math.max(0, start - 24), start)) && sentence.test(behind);
  const isSpokenOf = spokenOf.test(behind);
  if (!isAlone && !isInSentence && !isSpokenOf) return false;
  const around = text.slice(offsetAbove(text, start, farthest), start) + ' '.repeat(codes.length) + text.slice(start + codes.length, offsetBelow(text, start, farthest));
  const sign = isSpokenOf ? '' : `(?:^|\\n|["'\`*:;=>({[#${openingMarks}])[ \\t>]{0,20}`;
  return new RegExp(`${sign}${codes.replaceAll('.', '\\.')} (?!${subjects})[A-Za-z<[({]`).test(around);
}

/** Whether a reply stands in the heading of a text, or in the title of an article or a question, that says the same once more. */
function isHeading(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - longestHeading), start);
  const newline = before.lastIndexOf('\n');
  if (newline < 0 && start > longestHeading) return false;
  const lead = before.slice(newline + 1);
  if (!(/^#{1,4} /.test(lead) || title.test(lead) || isTitle(text, lead, { start, end }))) return false;
  const said = text
    .slice(start, end)
    .replace(/(?: errors?)?\s*$/i, '')
    .toLowerCase();
  const below = text.slice(end, offsetBelow(text, end, farthest)).toLowerCase();
  // Libraries leave out the reply code, and a title what stands behind the words.
  const words = /^\d{3}[ -](#?[45]\.\d{1,3}\.\d{1,3} .*\p{L}{3}.*)$/su.exec(said)?.[1];
  return below.includes(said) || (words !== undefined && below.includes(words));
}

const title = /^(?:how to )?(?:fix(?:ing)?|resolv(?:e|ing)|solv(?:e|ing)|troubleshoot(?:ing)?|understand(?:ing)?|diagnos(?:e|ing))\b(?![^\n]*[.!] )/i;

/** Whether a line without a mark is a title: a paragraph of its own in which somebody has put words around the reply. */
function isTitle(text: string, lead: string, { start, end }: Span): boolean {
  const from = start - lead.length;
  const behind = /^([^\r\n]*)\r?\n[ \t]*\r?\n/.exec(text.slice(end, end + longestHeading))?.[1];
  if (behind === undefined || !(from === 0 || /\n[^\p{L}\p{N}\n]*\n$/u.test(text.slice(Math.max(0, from - 40), from)))) return false;
  const around = `${lead} ${behind}`;
  return /\p{L}{2,}[^\p{L}\n]+\p{L}{2,}/u.test(around) && !noTitle.test(around) && !/(?:[:=>]|[.!?] )[ \t]*["'`\u201C\u2018]?$/.test(lead);
}

/** What the lines of logs and reports have, and no title. */
const noTitle = /\d\d:\d\d|\d{4}-\d\d|[@<>[\]{}=|]|[.!?] \p{Lu}|:$/u;

/** What stands behind codes in a sentence: its end, or a word that no reply begins with. */
const sentence = /^["'\u201D]?(?:[.,;:!?)]*(?:\s*\n|\s*$|\s+[a-z]{1,20}\b|[.,] )| ?["'\u201D)])/;

/** What a sentence goes on with where it speaks of codes, even at its beginning. */
const subjects = '(?:Errors?\\b(?!:)|should|would|could|must|is|are|was|means?|indicates?|occurs?|happens?|NDRs?|errors?|bounces?|messages?|codes?|repl(?:y|ies)|responses?)\\b';
const spokenOf = new RegExp(`^["'\`*\\u201D)]{0,3} ${subjects}`);

/** Quotation marks of word processors and of other languages, and the colon of full width. */
const openingMarks = '\\u2018-\\u201E\\u00AB\\u00BB\\u300C\\u300E\\uFF1A';

const longestWords = 40;
const longestHeading = 200;
/** In both directions; within what is seen of the text above and below a part. */
const farthest = 3_000;
