/** Mails whose lines stand two apart, as a forum writes them, or a mail program that knows paragraphs alone: without the line that was put behind each. */

import type { Beginnings } from './bareText.ts';
import { carriageReturn, lineFeed } from './characters.ts';
import type { LineNumbers } from './lineSurvey.ts';
import { lineStart } from './lines.ts';
import { standsAt } from './occurrences.ts';

/** A field that no mail is without which people show. */
export const subjectField = '\nSubject:';

/**
 * Whether so many lines stand two apart as are the fields of a header: hardly any log has them.
 * @param newlines The offsets of all line feeds.
 * @param candidates The lines that may stand below an empty one.
 */
export function mayStandApart(newlines: readonly number[], candidates: LineNumbers): boolean {
  let last = 0;
  let count = 0;
  for (let index = 0; index < candidates.length; index++) {
    const line = candidates[index] as number;
    // An empty line is its end, which may be of two characters.
    if ((newlines[line - 1] ?? 0) - (newlines[line - 2] ?? -3) > 2) continue;
    count = line === last + 2 ? count + 1 : 1;
    last = line;
    if (count + 1 >= fewestFields) return true;
  }
  return false;
}

/** Of fewer fields nothing can be told. */
const fewestFields = 3;

/** The empty lines that were put there: from the header of a mail on, as far as every second line is empty. */
export function findLinesApart(text: string, subjects: readonly number[]): Beginnings {
  const between: Beginnings = { lines: [], behind: [] };
  let end = 0;
  for (const newline of subjects) {
    const start = newline < end ? undefined : headerStart(text, newline + 1, end);
    if (start !== undefined) end = addEmptyLines(text, start, between);
  }
  return between;
}

/** Where a header begins whose fields stand two lines apart; undefined where they do not. */
function headerStart(text: string, subject: number, least: number): number | undefined {
  let start = subject;
  let count = 1;
  for (let above = emptyAbove(text, subject); above >= least && count < mostFields; count++) {
    const line = lineStart(text, above);
    if (standsAt(text, field, line)) start = line;
    else if (!standsAt(text, goingOn, line)) break;
    above = emptyAbove(text, line);
  }
  for (let below = emptyBelow(text, subject); below >= 0 && count < fewestFields && standsAt(text, field, below); count++) below = emptyBelow(text, below);
  return count >= fewestFields && emptyBelow(text, subject) >= 0 ? start : undefined;
}

const field = /[A-Za-z][A-Za-z0-9-]{1,60}:(?:[ \t\r\n])/y;
const goingOn = /[ \t]+\S/y;
const mostFields = 200;

/** The end of the line above the empty one that stands above a line; -1 where none stands there. */
function emptyAbove(text: string, line: number): number {
  const above = text.charCodeAt(line - 2) === carriageReturn ? line - 3 : line - 2;
  return text.charCodeAt(above) === lineFeed ? above : -1;
}

/** Where the line begins below the empty one that stands below a line; -1 where none stands there. */
function emptyBelow(text: string, line: number): number {
  const newline = text.indexOf('\n', line);
  if (newline < 0) return -1;
  const end = text.charCodeAt(newline + 1) === carriageReturn ? newline + 2 : newline + 1;
  return text.charCodeAt(end) === lineFeed ? end + 1 : -1;
}

/** @returns Where the mail ends. */
function addEmptyLines(text: string, start: number, { lines, behind }: Beginnings): number {
  let at = start;
  for (let next = emptyBelow(text, at); next >= 0; next = emptyBelow(text, at)) {
    lines.push(text.indexOf('\n', at) + 1);
    behind.push(next);
    at = next;
  }
  return at;
}
