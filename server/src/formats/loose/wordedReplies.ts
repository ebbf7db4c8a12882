/** Replies that nobody's words introduce: a reply code directly in front of words that only mail servers answer with, whoever has quoted them and wherever. */

import { textAbove } from '../../text/lineEnds.ts';
import type { AnchoredReply } from './anchors.ts';
import { hasCodeBefore, isEscaped, isListed, isWritten, quotationOf } from './quotations.ts';

/** Words of mail servers' answers, without their first letter, which some write large. */
export const wordedLiterals = [
  'elay access denied',
  'elay denied',
  'elay not permitted',
  'elay not allowed',
  'elaying denied',
  'elaying disallowed',
  'elaying not allowed',
  'elaying is not allowed',
  'elaying prohibited',
  'nable to relay',
  'ender address rejected',
  'ender verify failed',
  'ender verification failed',
  'ender rejected',
  'ender not allowed',
  'ender denied',
  'erify sender',
  'ecipient address rejected',
  'ecipient rejected',
  'ecipient not found',
  'ecipient unknown',
  'nvalid recipient',
  'nknown recipient',
  'o such recipient',
  'o such user',
  'o such mailbox',
  'ser unknown',
  'nknown user',
  'nrouteable address',
  'erification failed for <',
  'ailbox full',
  'ailbox is full',
  'ailbox not found',
  'ailbox unknown',
  'ailbox quota exceeded',
  'ver quota',
  'uthentication failed',
  'uthentication Failed',
  'uthentication failure',
  'uthentication required',
  'uthentication Required',
  'MTP Authentication',
  'uthentication is required',
  'uthentication rejected',
  'uthentication unsuccessful',
  'uthentication credentials',
  'uthentication data',
  'uthentication not enabled',
  'ot authenticated',
  'equires authentication',
  'nauthenticated sender',
  'sername and Password not accepted',
  'a STARTTLS command',
  'ust issue a STARTTLS',
  'locked using ',
  'lient host rejected',
  'lient host blocked',
  'elo command rejected',
  'essage rejected',
  'essage refused',
  'ejected as spam',
  'ail rejected',
  'ejected due to',
  'reylisted',
  'reylisting',
  'nvelope sender',
  'rotocol deviation',
  'emporary local problem',
];

export const hasWordsOfServer = (text: string): boolean => wordedLiterals.some((literal) => text.includes(literal));

const codes = '421|4[35]\\d|471|50[134]|5[2357]\\d|541';
const front = new RegExp(`(^[\\s>]*|[\\s"'“”„«\`([\\]>:=|,*])(?:\\[?)(${codes})(?=(?:\\)?:? |-| - )(?![\\d\\s]))`, 'g');
const pair = new RegExp(`(?:[\\w:.]\\s|:|^\\s*)\\((?=(?:${codes}), [bu]?['"\u2018\u2019\u201C\u201D])`);

/**
 * The reply whose words stand at an offset.
 * @param isAlone Whether the text is one by itself, and not several that are searched as one.
 */
export function replyInWords(text: string, offset: number, isAlone: boolean): AnchoredReply | undefined {
  // Most of these words stand behind no code.
  if (!hasCodeBefore(text, offset, longestBetween + 3)) return undefined;
  const above = textAbove(text, offset, longestLead);
  const line = above.slice(above.lastIndexOf('\n') + 1);
  const at = startOf(line);
  if (at === undefined || isWritten(line, at)) return undefined;
  const start = offset - line.length + at;
  const mark = quotationMark.exec(line.slice(0, at))?.[0];
  const quotation = mark === undefined ? undefined : quotationOf(text, start, line.slice(0, at), mark);
  if (mark !== undefined && !quotation) return undefined;
  if (isAlone && isListed(text, start, line.slice(0, at))) return undefined;
  // `SMTP Error (535): Authentication failed`
  const apart = /^\d{3}\):? /.exec(line.slice(at))?.[0].length;
  return {
    start: start + (apart ?? 0),
    anchor: start,
    captures: {},
    repeats: 'error',
    ...(apart !== undefined && { prefix: line.slice(at, at + 3) }),
    ...(quotation?.end !== undefined && { end: quotation.end }),
    ...(isEscaped(text, start) && { isJson: true }),
  };
}

const quotationMark = /["'`“”„«]$/;

/** So far in front of them the code stands, with what leads to it. */
const longestLead = 300;
/** So many other words of the server stand between the code and these. */
const longestBetween = 90;

function startOf(line: string): number | undefined {
  for (const found of line.matchAll(front)) {
    const at = found.index + found[0].length - 3;
    const between = line.slice(at + 3);
    if (between.length <= longestBetween && isSaid(between, /\p{L} $/u.test(line.slice(0, at)))) return at;
  }
  const found = pair.exec(line.slice(-longestBetween));
  const at = found ? Math.max(0, line.length - longestBetween) + found.index + found[0].length : -1;
  return at >= 0 && !/\breturn \($/.test(line.slice(0, at)) ? at : undefined;
}

/**
 * A server begins with a large letter, an address or these words themselves; what somebody counts in a sentence begins with a small one.
 * An enhanced status code makes a reply by itself.
 */
function isSaid(between: string, isInSentence: boolean): boolean {
  if (/^[ -]+#?[245]\.\d{1,3}\.\d|\b[A-Za-z_]{2,20}=\S/.test(between)) return false;
  if ((between.startsWith(')') && between.includes('(')) || between.startsWith(' Additional SMTP info') || between.includes('but got code ')) return false;
  return /^(?:\)?:? |-| - )(?:\S?$|["'<#*]?[A-Z]|<)/.test(between) || (!isInSentence && /^(?:\)?:? |-)[a-z].{0,24}$/.test(between));
}
