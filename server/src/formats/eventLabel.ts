/** Reads a line with a label, as Event Viewer writes them in every language. */

import type { Span } from '../values.ts';
import { type Role, roleOf } from './eventWords.ts';
import { lineEnd } from './logFormat.ts';

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
/** With the quote marks before it and the colon behind it. */
const longestLabel = 90;

/**
 * Reads `Label: value`, perhaps behind quote marks; undefined for any other line.
 * French and Japanese have a no-break space before the colon or a full-width colon, and long labels swallow the blank behind it.
 */
export function readLabel(text: string, start: number): LabelLine | undefined {
  if (!/[:\uFF1A]/.test(text.slice(start, start + longestLabel))) return undefined;
  const head = text.slice(start, start + longestLabelLine);
  const found = /^[ \t>\uFEFF]{0,40}([\p{L}?\uFFFD][^:\uFF1A<>{}"=|,;/\\\t\r\n]{0,47})[:\uFF1A]([^\r\n]*)/u.exec(head);
  if (!found) return undefined;
  const label = (found[1] ?? '').trim();
  const rest = found[2] ?? '';
  const value = rest.trim();
  const valueStart = start + found[0].length - (value === '' ? 0 : rest.trimStart().length);
  return { label, role: roleOf(label), value, valueStart, line: { start, end: lineEnd(text, start) } };
}

/** The line in which wevtutil counts its events. */
export function isEventNumber(text: string, start: number): boolean {
  return '> \t\uFEFFE'.includes(text.charAt(start)) && /^[ \t>\uFEFF]{0,40}Event\[\d{1,9}\]:?[ \t]*(?:\r?\n|$)/.test(text.slice(start, start + 80));
}
