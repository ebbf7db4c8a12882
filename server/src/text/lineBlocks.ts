/** The blocks of a text whose lines have the same beginning, each told from its first line on. */

import { type Beginnings, sayBreakTwice } from './bareText.ts';
import { carriageReturn, colon, isBlank, lineFeed } from './characters.ts';
import { beginningAt, beginningLength, type LineBeginning } from './lineBeginnings.ts';

export interface LineBlock extends Beginnings {
  readonly start: number;
  end: number;
  readonly beginning: LineBeginning;
}

/**
 * A part of a text begins with a line that says what the line below it stands in: the block's beginning, or that it begins none.
 * No log has this character, the separator of records, before a number.
 */
const carrier = 0x1e;

/** @param newlines Where the lines of the text end. */
export function findLineBlocks(text: string, newlines: readonly number[], isOfLines: boolean): LineBlock[] {
  const blocks: LineBlock[] = [];
  let block: LineBlock | undefined;
  let isTold = false;
  for (let line = 0, start = 0; start < text.length; line++) {
    const next = (newlines[line] ?? text.length - 1) + 1;
    if (isOfLines) block = undefined;
    const first = text.charCodeAt(start);
    const told = first === carrier ? carried.exec(text.slice(start, next)) : null;
    if (told) {
      const beginning = { kind: Number(told[1]) - 1, indentation: told[2] as string };
      block = { start, end: next, beginning, lines: [start], behind: [next] };
      blocks.push(block);
      if (!told[1]) block = undefined;
      isTold = true;
      start = next;
      continue;
    }
    const length = block && beginningLength(text, start, block.beginning);
    if (block && length !== undefined) add(block, start, length, next);
    else {
      if (block && block.behind.at(-1) !== start - 1 && first !== lineFeed) sayBreakTwice(block, start);
      block = undefined;
      const beginning = !isTold && (isOfLines || isOpenAbove(text, start)) && first !== lineFeed ? beginningAt(text, start) : undefined;
      if (beginning) {
        block = { start, end: next, beginning, lines: [], behind: [] };
        blocks.push(block);
        add(block, start, beginningLength(text, start, beginning) ?? 0, next);
      }
    }
    isTold = false;
    start = next;
  }
  return blocks;
}

function add(block: LineBlock, start: number, length: number, end: number): void {
  block.end = end;
  if (length === 0) return;
  block.lines.push(start);
  block.behind.push(start + length);
}

/** Whether a block can begin at a line: nothing stands above it, or an empty line, or one that announces it. */
function isOpenAbove(text: string, start: number): boolean {
  if (start === 0) return true;
  let at = start - 2;
  if (text.charCodeAt(at) === carriageReturn) at--;
  if (text.charCodeAt(at) === colon) return true;
  while (isBlank(text.charCodeAt(at))) at--;
  return at < 0 || text.charCodeAt(at) === lineFeed;
}

/**
 * The line that a part of the text must begin with so that its first line is read as it is here; none where it is read so anyway.
 * @param context Where that begins which the part sees above itself.
 */
export function tellBeginning(text: string, blocks: readonly LineBlock[], at: number, context: number): string {
  const block = blocks.find(({ start, end }) => start <= at && at < end);
  if (block) return `${String.fromCharCode(carrier)}${block.beginning.kind + 1}${block.beginning.indentation}\n`;
  return beginningAt(text, context) ? `${String.fromCharCode(carrier)}\n` : '';
}

const carried = /^\x1e(\d?)([ \t]*)\n$/;
