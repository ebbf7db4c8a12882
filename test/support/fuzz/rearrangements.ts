/** Changes of lines and columns. */

import type { Mutator } from './mutators.ts';
import type { Random } from './random.ts';

const repeatLines: Mutator = (text, random) => {
  const lines = linesOf(text);
  const { start, end } = stretch(lines.length, random, 12);
  const repeated = lines.slice(start, end);
  return [...lines.slice(0, end), ...Array.from({ length: random.between(1, 6) }, () => repeated).flat(), ...lines.slice(end)].join('');
};

const dropLines: Mutator = (text, random) => {
  const lines = linesOf(text);
  const { start, end } = stretch(lines.length, random, 6);
  return [...lines.slice(0, start), ...lines.slice(end)].join('');
};

const dropSomeLines: Mutator = (text, random) => {
  const share = random.between(2, 10);
  return linesOf(text)
    .filter(() => !random.oneIn(share))
    .join('');
};

const moveLines: Mutator = (text, random) => {
  const lines = linesOf(text);
  const { start, end } = stretch(lines.length, random, 8);
  const moved = lines.splice(start, end - start);
  lines.splice(random.below(lines.length + 1), 0, ...moved);
  return lines.join('');
};

const swapColumns: Mutator = (text, random) => {
  const separator = random.pick([',', ',', '\t', ';', '|', ' ']);
  const [one, other] = [random.below(9), random.below(9)];
  const share = random.oneIn(2) ? 1 : random.between(2, 6);
  const swapped = (line: string): string => {
    const cells = line.split(separator);
    const [first, second] = [cells[one], cells[other]];
    if (first === undefined || second === undefined || !random.oneIn(share)) return line;
    cells[one] = second;
    cells[other] = first;
    return cells.join(separator);
  };
  return text.split('\n').map(swapped).join('\n');
};

const otherSeparators: Mutator = (text, random) => {
  const [from, to] = [random.pick([',', '\t', ' ', ':', '=']), random.pick([',', ';', '\t', '|', ' ', '  ', ''])];
  return text.replaceAll(from, to);
};

const otherLineEnds: Mutator = (text, random) => {
  const lineEnd = random.pick(['\r', '\n', '\r\n', '\r\r\n', '\n\n', '\u2028', ' ', '']);
  const isMixed = random.oneIn(2);
  return text.replace(/\r\n|\n/g, (found) => (isMixed && random.oneIn(2) ? found : lineEnd));
};

const foldLines: Mutator = (text, random) => {
  const width = random.pick([20, 40, 72, 76, 80, 998]);
  const lineEnd = random.pick(['\n', '\r\n', '\n ', '\n\t', '=\n', '\n    ']);
  return text.replace(new RegExp(`[^\\r\\n]{${width}}(?=[^\\r\\n])`, 'g'), (line) => line + lineEnd);
};

/** A line is broken where it has a blank, as mail programs do it, perhaps with a mark of quotation. */
const breakLine: Mutator = (text, random) => {
  const at = text.indexOf(' ', random.below(text.length + 1));
  return at < 0 ? text : text.slice(0, at) + random.pick(['\n', '\n', '\n  ', '\n> ', '\n\n', ' \n']) + text.slice(at + 1);
};

const joinLines: Mutator = (text, random) => {
  const at = text.indexOf('\n', random.below(text.length + 1));
  return at < 0 ? text : text.slice(0, at).trimEnd() + random.pick(['', ' ']) + text.slice(at + 1);
};

/** All lines, or some. */
const indentLines: Mutator = (text, random) => {
  const indent = random.pick([' ', '    ', '\t', '> ', '> > ', '| ', '# ', '* ', 'ex01: ', '2026-01-15T08:00:00Z ']);
  const lines = linesOf(text);
  const { start, end } = random.oneIn(2) ? { start: 0, end: lines.length } : stretch(lines.length, random, 8);
  return lines.map((line, index) => (index >= start && index < end && line !== '\n' ? indent + line : line)).join('');
};

export const rearrangements: readonly Mutator[] = [
  repeatLines,
  dropLines,
  dropSomeLines,
  moveLines,
  swapColumns,
  otherSeparators,
  otherLineEnds,
  foldLines,
  breakLine,
  joinLines,
  indentLines,
];

/** The lines with their ends. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function stretch(length: number, random: Random, most: number): { readonly start: number; readonly end: number } {
  const start = random.below(length);
  return { start, end: Math.min(length, start + random.between(1, most)) };
}
