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
  const found = [...text.matchAll(pattern)].flatMap((match) => {
    const written = match[1] ?? '';
    const role = roleOf(written);
    return role ? { role, label: written, start: match.index, valueStart: match.index + match[0].length } : [];
  });
  return found.map((label, index) => {
    const end = found[index + 1]?.start ?? text.length;
    return { ...label, end, value: text.slice(label.valueStart, end).trim() };
  });
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

/** A colon of any width, perhaps behind a no-break space; or the end of a cell that begins with the label. */
const pattern = new RegExp(`(?<![^\\s"'([,;])(${alternatives})(?:[ \\t\\u00A0]{0,8}[:\\uFF1A]|(?<=(?:^|[\\t\\n])(?:${alternatives}))[ ]{0,4}\\t)\\s{0,40}`, 'giu');
