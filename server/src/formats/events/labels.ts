/** Finds the labels of an event in a text without decorations, whatever stands between them: line breaks, tabs, borders, or nothing but blanks. */

import { everyLabel, type Role, roleOf } from './words.ts';

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
  for (const match of text.matchAll(pattern)) {
    const [whole, label = '', colon = ''] = match;
    const role = colon !== '' || isCell(text, match.index) ? roleOf(label) : undefined;
    if (role) found.push({ role, label, start: match.index, valueStart: match.index + whole.length });
  }
  return found.map((label, index) => {
    const end = found[index + 1]?.start ?? text.length;
    return { ...label, end, value: text.slice(label.valueStart, end).replace(/^\s+|[\s,;]+$/g, '') };
  });
}

/** Whether a cell begins at an offset, but for blanks. */
function isCell(text: string, start: number): boolean {
  let before = start - 1;
  while (before >= 0 && text[before] === ' ') before--;
  return before < 0 || text[before] === '\t' || text[before] === '\n';
}

const alternatives = [...everyLabel]
  .sort((one, other) => other.length - one.length)
  .map((label) =>
    label
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll(' ', '[ \\u00A0]?')
      .replaceAll("'", "['\\u2019]"),
  )
  .join('|');

/** A colon of any width, perhaps behind a no-break space or in the next cell; or the end of a cell. */
const pattern = new RegExp(`(?<![^\\s"'([,;])(${alternatives})(?:[ \\t\\u00A0]{0,8}([:\\uFF1A])|[ \\u00A0]{0,8}\\t)\\s{0,40}`, 'giu');
