/** Codes without a reply code that begin a line, as the pages of sending services show a refusal. */

import { textAbove } from '../../text/lineEnds.ts';
import { lineEnd } from '../../text/lines.ts';

/**
 * Whether a code begins its line and the words behind it are about one case: they name an address in brackets, or end with the server and
 * the time as Microsoft's and Google's do. Lists of codes explain what is said, and name neither.
 */
export function isOneCase(text: string, start: number, end: number): boolean {
  if (!beginsLine.test(textAbove(text, start, longestMarks))) return false;
  return /^ [A-Z<]/.test(text.slice(end, end + 2)) && named.test(text.slice(end, lineEnd(text, end, Math.min(text.length, end + longestReply))));
}

const longestMarks = 24;
const longestReply = 1_200;
const beginsLine = /(?:^|\n)[ \t>"'`*-]{0,20}$/;
const named = /\[\d{1,3}(?:\.\d{1,3}){3}\]|\[[A-Za-z0-9]{6,40}\.[A-Za-z0-9]{2,30}\.prod\.(?:outlook|protection)\.|[a-z0-9.-]{8,60} - gsmtp\b/;
