/** Reads a line with a label, as Event Viewer writes them in every language. */

import { colon, wideColon } from '../../text/characters.ts';
import { lineEnd } from '../../text/lines.ts';
import type { Span } from '../../values.ts';
import { type Role, roleOf } from './words.ts';

/** A label with its value and where both stand. */
export interface LabelLine {
  readonly label: string;
  /** Undefined for a label that is not in our table, perhaps of another language. */
  readonly role: Role | undefined;
  /** Without the blanks around it, and no longer than `longestLabelLine`. */
  readonly value: string;
  readonly valueStart: number;
  readonly line: Span;
}

export const longestLabelLine = 400;
const longestIndent = 40;
/** In characters, as a reader counts them. */
const longestLabel = 48;
/** How far behind the line's start the colon is looked for. */
const farthestColon = 90;

/**
 * Reads `Label: value`, perhaps behind quote marks; undefined for any other line.
 * French and Japanese have a no-break space before the colon or a full-width colon, and long labels swallow the blank behind it.
 */
export function readLabel(text: string, start: number): LabelLine | undefined {
  // A loop rules out most lines: each line of an event is asked for its label more than once.
  let first = start;
  while (first - start < longestIndent && indents.includes(text.charAt(first))) first++;
  let end = first;
  while (end - start < farthestColon && !isLabelEnd(text.charCodeAt(end))) end++;
  const code = text.charCodeAt(end);
  if ((code !== colon && code !== wideColon) || end - start >= farthestColon || !/^[\p{L}?\uFFFD]/u.test(text.slice(first, first + 2))) return undefined;
  const written = text.slice(first, end);
  if (written.length > longestLabel && [...written].length > longestLabel) return undefined;
  const line = { start, end: lineEnd(text, start) };
  const rest = upToReturn(text.slice(end + 1, Math.min(line.end, start + longestLabelLine)));
  const value = rest.trim();
  const label = written.trim();
  return { label, role: roleOf(label), value, valueStart: end + 1 + rest.length - (value === '' ? 0 : rest.trimStart().length), line };
}

const indents = ' \t>\uFEFF';

/** The characters that stand in no label, by their codes. */
const neverInLabel = new Uint8Array(0x80);
for (const character of ':<>{}"=|,;/\\\t\r\n') neverInLabel[character.charCodeAt(0)] = 1;

function isLabelEnd(code: number): boolean {
  return code < neverInLabel.length ? neverInLabel[code] === 1 : code === wideColon || Number.isNaN(code);
}

/** A return that is not a part of a line break ends the value all the same. */
function upToReturn(written: string): string {
  const end = written.indexOf('\r');
  return end < 0 ? written : written.slice(0, end);
}

/** The line in which wevtutil counts its events. */
export function isEventNumber(text: string, start: number): boolean {
  return '> \t\uFEFFE'.includes(text.charAt(start)) && /^[ \t>\uFEFF]{0,40}Event\[\d{1,9}\]:?[ \t]*(?:\r?\n|$)/.test(text.slice(start, start + 80));
}
