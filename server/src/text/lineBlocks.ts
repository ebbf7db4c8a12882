/** The blocks of a text whose lines have the same beginning, each told from its first line on. */

import { type Beginnings, sayBreakTwice } from './bareText.ts';
import { carriageReturn, colon, isBlank, lineFeed, recordSeparator } from './characters.ts';
import { beginningAt, beginningLength, beginsPoint, keepsBeginning, type LineBeginning } from './lineBeginnings.ts';
import type { LineNumbers } from './lineSurvey.ts';
import { nextLine } from './lines.ts';
import { standsAt } from './occurrences.ts';

/** A block of lines. What is told of its lines costs, and hardly any block is asked for it. */
export interface LineBlock {
  readonly start: number;
  end: number;
  readonly beginning: LineBeginning;
  /** Where its first line goes on behind its beginning. */
  readonly first: number;
  /** Whether something else begins right below its last line. */
  isOpenBelow: boolean;
  /** It is the line that tells how a part begins, and nothing else. */
  readonly isTold?: true;
}

/**
 * A part of a text begins with a line that says what the line below it stands in: the block's beginning, or that it begins none.
 * No log has this character, the separator of records, before a number.
 */
export const carrier = recordSeparator;

/**
 * @param newlines Where the lines of the text end.
 * @param apart The lines at which a block may begin.
 * @param canBegin Whether a block can begin at a line at all.
 */
export function findLineBlocks(text: string, newlines: readonly number[], apart: LineNumbers, isOfLines: boolean, canBegin: (start: number) => boolean): LineBlock[] {
  const blocks: LineBlock[] = [];
  let block: LineBlock | undefined;
  /** How the lines go on that the line above has told; `null` where it has told that none begin a block. */
  let told: LineBeginning | null | undefined;
  let index = 0;
  for (let line = 0, start = 0, above = 0; start < text.length; line++) {
    // Nearly every line of a log is known to be none that begins a block.
    if (!block && told === undefined && !isOfLines) {
      while ((apart[index] ?? newlines.length + 1) < line) index++;
      const candidate = apart[index] ?? newlines.length + 1;
      if (candidate > newlines.length) break;
      if (candidate > line) {
        line = candidate;
        above = (newlines[line - 2] ?? -1) + 1;
        start = (newlines[line - 1] as number) + 1;
        if (start >= text.length) break;
      }
    }
    const next = (newlines[line] ?? text.length - 1) + 1;
    const first = text.charCodeAt(start);
    if (isOfLines) block = undefined;
    if (first === carrier && text.charCodeAt(start + 1) === carrier) blocks.push(toldBlock(start, start + 1, next));
    else if (block && beginningLength(text, start, block.beginning) !== undefined) block.end = next;
    else {
      if (block && first !== lineFeed) block.isOpenBelow = true;
      block = undefined;
      const isTold = first === carrier && carried.test(text.slice(start, next));
      const beginning =
        told ??
        (told === null || isTold || first === lineFeed || !canBegin(start) ? undefined : isOfLines ? beginningOf(text.slice(start, next), 0, 0) : beginningOf(text, start, above));
      const length = beginning && beginningLength(text, start, beginning);
      if (isTold) blocks.push(toldBlock(start, next, next));
      else if (beginning && length !== undefined) {
        block = { start, end: next, beginning, first: start + length, isOpenBelow: false };
        blocks.push(block);
      }
      told = isTold ? toldBeginning(text.slice(start, next)) : undefined;
    }
    above = start;
    start = next;
  }
  return blocks;
}

/** A line that tells how the lines below begin, for this text or for what stands in its blocks. */
function toldBlock(start: number, first: number, end: number): LineBlock {
  return { start, end, beginning: { kind: -1, indentation: '' }, first, isOpenBelow: false, isTold: true };
}

/** Adds the lines of a block, each of which goes on behind its beginning. */
export function addLines(text: string, block: LineBlock, { lines, behind, points }: Beginnings): void {
  const { start, end, beginning } = block;
  for (let at = start, above = start; at < end; ) {
    const next = nextLine(text, at);
    if (block.isTold && block.first === next) {
      // With the line end above it, so that nothing seems to stand before the line below.
      lines.push(Math.max(0, at - 1));
      behind.push(at === 0 ? next : next - 1);
    }
    const length = block.isTold ? Number(block.first < next) : (beginningLength(text, at, beginning) ?? 0);
    if (length > 0 && !(at > above && keepsBeginning(text, at, above, beginning))) {
      lines.push(at);
      behind.push(at + length);
      if (beginsPoint(text, at, beginning)) points?.push(at);
    }
    above = at;
    at = next;
  }
  if (block.isOpenBelow && !isEmptyAbove(text, end)) sayBreakTwice({ lines, behind }, end);
}

/** Whether the first line of a text begins a block, or tells how one goes on. */
export function beginsBlock(text: string): boolean {
  return text.charCodeAt(0) === carrier || beginningOf(text, 0, 0) !== undefined;
}

/** How a block begins at a line, if one does: below an empty line, or one that announces it. */
function beginningOf(text: string, start: number, above: number): LineBeginning | undefined {
  if (start === 0) return beginningAt(text, start, 'nothing');
  if (isEmptyAbove(text, start)) return beginningAt(text, start, 'empty line');
  return isAnnounced(text, start, above) ? beginningAt(text, start, 'line') : undefined;
}

/** Whether nothing stands above a line, or an empty line. */
function isEmptyAbove(text: string, start: number): boolean {
  let at = lastAbove(text, start);
  while (isBlank(text.charCodeAt(at))) at--;
  return at < 0 || text.charCodeAt(at) === lineFeed;
}

/** Whether the line above ends with a colon, is the command whose output this is, or opens a block of code. */
function isAnnounced(text: string, start: number, above: number): boolean {
  return text.charCodeAt(lastAbove(text, start)) === colon || standsAt(text, announcement, above);
}

const announcement = /[$#] \S|```/y;

/** The last character of the line above, or the line feed before it. */
function lastAbove(text: string, start: number): number {
  return text.charCodeAt(start - 2) === carriageReturn ? start - 3 : start - 2;
}

/**
 * The line that a part of the text must begin with so that its first line is read as it is here; none where it is read so anyway.
 * @param context Where that begins which the part sees above itself.
 * @param depth In how many blocks this text stands itself: each takes one of the signs away.
 */
export function tellBeginning(text: string, blocks: readonly LineBlock[], at: number, context: number, depth: number): string {
  const sign = String.fromCharCode(carrier).repeat(depth + 1);
  const block = blocks.find(({ start, end }) => start <= at && at < end);
  if (block && !block.isTold) return `${sign}${block.beginning.kind + 1}${block.beginning.indentation}${String.fromCharCode(carrier)}\n`;
  return beginningAt(text, context, 'empty line') ? `${sign}\n` : '';
}

function toldBeginning(line: string): LineBeginning | null {
  const [, kind, indentation = ''] = carried.exec(line) ?? [];
  return kind ? { kind: Number(kind) - 1, indentation } : null;
}

/** With a sign at its end too, since blanks at the end of a line are taken away. */
const carried = /^\x1e(?:(\d{1,2})([ \t]*)\x1e)?\n$/;
