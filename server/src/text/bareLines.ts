/** Takes away what stands before the lines of a text, where a form may stand behind it: marks of quotation, and what a block of lines begins with. */

import { BareText, type Beginnings } from './bareText.ts';
import { carriageReturn, greaterThan, isDigit } from './characters.ts';
import { lazy } from './lazy.ts';
import { addLines, beginsBlock, carrier, findLineBlocks, type LineBlock, mayAnnounce, mayEndAbove, tellBeginning } from './lineBlocks.ts';
import { anyLiteral } from './literals.ts';
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
  readonly newlines: readonly number[];
  /**
   * What a part of the written text must begin with, to be read as it is here.
   * @param at Where the part begins.
   * @param context Where that begins which it sees above itself.
   */
  tell(at: number, context: number): string;
}

/**
 * @param find Gives the occurrences in a text.
 * @param isOfLines Whether the lines are texts of their own, of which none says anything of another.
 */
export function bareLines(written: string, find: (text: string) => Occurrences, isOfLines = false): BareLines {
  const asWritten = find(written);
  const newlines = asWritten('\n');
  const seen = glance(written, newlines);
  const unquoted = seen.isQuoted ? without(written, undefined, findQuoted(written, isOfLines)) : undefined;
  const text = unquoted?.text ?? written;
  const occurrences = unquoted ? find(text) : asWritten;
  const hasBlocks = isOfLines || seen.isQuoted || seen.isApart || beginsBlock(text);
  const blocks = lazy(() => (hasBlocks ? findLineBlocks(text, occurrences('\n'), isOfLines) : []));
  const index = (place: number): number => unquoted?.indexOf(place) ?? place;
  const whole = {
    newlines,
    tell: (at: number, context: number) => tellBeginning(text, blocks(), index(at), index(context)),
  };
  const lines = maySpeak(text, occurrences) ? speakingLines(text, blocks(), occurrences) : undefined;
  if (!lines) return { ...whole, text, bare: unquoted, occurrences };
  const unblocked = new BareText(unquoted ?? text, lines);
  const bare = without(unblocked.text, unblocked, findQuoted(unblocked.text, isOfLines)) ?? unblocked;
  return { ...whole, text: bare.text, bare, occurrences: find(bare.text) };
}

/** Whether a line begins with a mark, and whether one stands apart from what is above it: most logs have neither, and are told so in one look at their line ends. */
function glance(text: string, newlines: readonly number[]): { readonly isQuoted: boolean; readonly isApart: boolean } {
  let isQuoted = text.charCodeAt(0) === greaterThan;
  let isApart = mayAnnounce(text.charCodeAt(0));
  for (let line = 0; line < newlines.length; line++) {
    const newline = newlines[line] as number;
    const last = text.charCodeAt(newline - 1);
    const first = text.charCodeAt(newline + 1);
    isQuoted ||= first === greaterThan;
    isApart ||= first === carrier || mayAnnounce(first) || mayEndAbove(last === carriageReturn ? text.charCodeAt(newline - 2) : last);
  }
  return { isQuoted, isApart };
}

function without(text: string, above: BareText | undefined, beginnings: Beginnings): BareText | undefined {
  return beginnings.lines.length === 0 ? undefined : new BareText(above ?? text, beginnings);
}

/** Whether anything stands in a text that a form begins with; a log of Exim has nothing of it where a message could not be routed. */
function maySpeak(text: string, occurrences: Occurrences): boolean {
  return occurrences(anyLiteral).length > 0 || text.includes(' ** ');
}

/** The lines of the blocks in which a form may stand. Source code is full of blocks: only where something stands that a form begins with is one taken for more. */
function speakingLines(text: string, blocks: readonly LineBlock[], occurrences: Occurrences): Beginnings | undefined {
  if (blocks.length === 0) return undefined;
  const signs = [...occurrences(anyLiteral)].sort((one, other) => one - other);
  const lines: Beginnings = { lines: [], behind: [] };
  for (const block of blocks) {
    const sign = signs[countBelow(signs, block.start)];
    if ((sign !== undefined && sign < block.end) || isDigit(text.charCodeAt(block.first))) addLines(text, block, lines);
  }
  return lines.lines.length > 0 ? lines : undefined;
}
