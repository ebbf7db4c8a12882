/** Takes away what stands before the lines of a text, where a form may stand behind it: marks of quotation, and what a block of lines begins with. */

import { BareText, type Beginnings } from './bareText.ts';
import { isDigit } from './characters.ts';
import { findLineBlocks, type LineBlock, tellBeginning } from './lineBlocks.ts';
import type { Occurrences } from './occurrences.ts';
import { findQuoted } from './quotedLines.ts';
import { countBelow } from './spans.ts';

/** A text as the formats read it. */
export interface BareLines {
  readonly text: string;
  /** How it leads back to the text as it is written; undefined where that is the same. */
  readonly bare: BareText | undefined;
  readonly occurrences: Occurrences;
  /** Where the lines of the written text end. */
  newlines(): readonly number[];
  /**
   * What a part of the written text must begin with, to be read as it is here.
   * @param at Where the part begins.
   * @param context Where that begins which it sees above itself.
   */
  tell(at: number, context: number): string;
}

/** What is looked for in a text. */
export interface Sought {
  occurrences(text: string): Occurrences;
  readonly literals: readonly string[];
}

/** @param isOfLines Whether the lines are texts of their own, of which none says anything of another. */
export function bareLines(written: string, sought: Sought, isOfLines = false): BareLines {
  const unquoted = without(written, undefined, findQuoted(written, isOfLines));
  const text = unquoted?.text ?? written;
  const occurrences = sought.occurrences(text);
  const blocks = findLineBlocks(text, occurrences('\n'), isOfLines);
  const index = (place: number): number => unquoted?.indexOf(place) ?? place;
  const whole = {
    newlines: () => (unquoted ? sought.occurrences(written) : occurrences)('\n'),
    tell: (at: number, context: number) => tellBeginning(text, blocks, index(at), index(context)),
  };
  const speaking = blocks.filter((block) => maySpeak(block, text, occurrences(sought.literals)));
  if (speaking.length === 0) return { ...whole, text, bare: unquoted, occurrences };
  const lines = { lines: speaking.flatMap((block) => block.lines), behind: speaking.flatMap((block) => block.behind) };
  const unblocked = new BareText(unquoted ?? text, lines);
  const bare = without(unblocked.text, unblocked, findQuoted(unblocked.text, isOfLines)) ?? unblocked;
  return { ...whole, text: bare.text, bare, occurrences: sought.occurrences(bare.text) };
}

function without(text: string, above: BareText | undefined, beginnings: Beginnings): BareText | undefined {
  return beginnings.lines.length === 0 ? undefined : new BareText(above ?? text, beginnings);
}

/** Source code is full of blocks: only where something stands that a form begins with is one taken for more. A log of Exim or a mailbox can begin without. */
function maySpeak({ start, end, lines, behind }: LineBlock, text: string, signs: readonly number[]): boolean {
  if (lines.length === 0) return false;
  const sign = signs[countBelow(signs, start)];
  const first = behind[0] as number;
  return (sign !== undefined && sign < end) || isDigit(text.charCodeAt(first)) || text.startsWith('From ', first);
}
