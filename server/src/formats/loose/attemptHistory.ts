/** Exchange's history of one delivery, `1/15/2026 3:20:14 AM - Server at mx.fabrikam.com (203.0.113.25) returned '…'` line by line, the newest first: one failure. */

import { noticePattern } from '../../smtp/notice.ts';
import { offsetAbove, offsetBelow } from '../../text/lineEnds.ts';

/**
 * Whether the reply at an offset is told by another one of its history: the notice that the message has expired by the newest attempt below
 * it, and each older attempt by the one above.
 */
export function isToldByHistory(text: string, start: number): boolean {
  if (!text.endsWith(quoting, start)) return false;
  const above = text.slice(offsetAbove(text, start, longestAttempt), start);
  const lead = attemptLead.exec(above);
  if (!lead) return false;
  if (noticePattern.test(text.slice(start, start + longestNotice))) {
    const below = text.slice(start, offsetBelow(text, start, longestAttempt));
    return nextAttempt.test(below);
  }
  const newer = above
    .slice(0, lead.index)
    .trimEnd()
    .replace(/[\s>]+$/, '');
  if (!newer.endsWith("'")) return false;
  const before = newer.lastIndexOf(" returned '");
  return before >= 0 && /\d[^\n]{0,20} - (?:Remote )?Server at [^'\n]{1,300}$/.test(newer.slice(0, before)) && !noticePattern.test(newer.slice(before + " returned '".length));
}

/** What stands right above the reply of an attempt; hardly any other reply has it, and the whole pattern costs more than all the rest of a reply. */
const quoting = "returned '";
const longestAttempt = 1_500;
const longestNotice = 60;

const attemptLead = /(?:^|\n)[ \t>]*[^\n']{0,12}\d[^\n']{2,30} - (?:Remote )?Server at [^'\n]{1,300}(?:\n[^'\n]{0,80})? ?returned '$/;
const nextAttempt = /^[^']{1,600}(?:'(?=[A-Za-z])[^']{1,200}){0,8}'[ \t]*\r?\n[\s>]*[^\n']{0,12}\d[^\n']{2,30} - (?:Remote )?Server at /;
