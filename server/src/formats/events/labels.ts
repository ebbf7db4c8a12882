/** Finds the labels of an event in a text without decorations, whatever stands between them: line breaks, tabs, borders, or nothing but blanks. */

import { type Role, roleOf } from './words.ts';

/** A label and its value, as offsets of the text. */
export interface Label {
  readonly role: Role;
  readonly label: string;
  readonly start: number;
  /** Where the value begins, behind colon and blanks. */
  readonly valueStart: number;
  /** Where the value ends: before the next label, or with the text. */
  readonly end: number;
  /** Without the blanks around it. */
  readonly value: string;
}

/**
 * The labels of the known languages, in order. A label stands at a beginning, behind a blank or in a cell, and ends with a colon; where it is
 * all of a cell, it needs none.
 */
export function findLabels(text: string): Label[] {
  const found: Omit<Label, 'end' | 'value'>[] = [];
  let floor = 0;
  for (const { index, 0: sign } of text.matchAll(signs)) {
    const label = labelBefore(text, floor, index, sign === '\t');
    if (!label) continue;
    floor = index + 1;
    const valueStart = floor + (/^\s{0,40}/.exec(text.slice(floor, floor + 40))?.[0].length ?? 0);
    found.push({ ...label, valueStart });
  }
  return found.map((label, index) => {
    const end = found[index + 1]?.start ?? text.length;
    return { ...label, end, value: text.slice(label.valueStart, end).replace(/^\s+|[\s,;]+$/g, '') };
  });
}

/** What ends a label: a colon of any width, or the end of its cell. */
const signs = /[:\uFF1A\t]/g;

/** The label that ends before a sign, perhaps with blanks between them: the last words of the text above that are one, as many as can be. */
function labelBefore(text: string, floor: number, sign: number, isCellEnd: boolean): Pick<Label, 'role' | 'label' | 'start'> | undefined {
  const from = Math.max(floor, sign - farthest);
  const above = text.slice(from, sign).trimEnd();
  let longest: Pick<Label, 'role' | 'label' | 'start'> | undefined;
  let start = above.length;
  for (let words = 0; words < mostWords && start > 0; words++) {
    start--;
    while (start > 0 && !isBoundary(above.charCodeAt(start - 1))) start--;
    const label = above.slice(start);
    if (label.length > longestLabel) break;
    // Of several blanks or lines between two words each is a boundary.
    if (isBoundary(label.charCodeAt(0))) continue;
    const role = label === '' ? undefined : roleOf(label);
    if (role && (!isCellEnd || isCellStart(text, from + start))) longest = { role, label, start: from + start };
  }
  return longest;
}

const longestLabel = 40;
const farthest = longestLabel + 10;
/** `Nom du journal`, `ID de l'événement`, `Categoría de la tarea`. */
const mostWords = 5;

/** Before a label stands a blank, or what opens a bracket, a quotation, or a list. */
function isBoundary(code: number): boolean {
  return code <= 0x20 || code === 0xa0 || boundaries.has(code);
}

const boundaries = new Set([...'"\'([,;'].map((character) => character.charCodeAt(0)));

/** Whether a cell begins at an offset, but for blanks. */
function isCellStart(text: string, start: number): boolean {
  let before = start - 1;
  while (before >= 0 && text[before] === ' ') before--;
  return before < 0 || text[before] === '\t' || text[before] === '\n';
}
