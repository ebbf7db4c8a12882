/** Takes away what stands before the lines of a text, where a form may stand behind it: marks of quotation, and what a block of lines begins with. */

import type { Span } from '../values.ts';
import { BareText, type Beginnings } from './bareText.ts';
import { findBroken } from './brokenLines.ts';
import { isDigit } from './characters.ts';
import { lazy } from './lazy.ts';
import { addLines, beginsBlock, findLineBlocks, type LineBlock, tellBeginning } from './lineBlocks.ts';
import { type LineSurvey, surveyLines } from './lineSurvey.ts';
import { findLinesApart, mayStandApart, subjectField } from './linesApart.ts';
import { anyLiteral } from './literals.ts';
import type { Occurrences } from './occurrences.ts';
import { withoutMarkup } from './pageSource.ts';
import { findQuoted } from './quotedLines.ts';
import { findQuotedWraps } from './quotedWraps.ts';
import { countBelow, inOrder } from './spans.ts';
import { findWraps } from './wrappedRows.ts';

/** A text as far as what stands before its lines has been taken away. */
interface Reading {
  readonly text: string;
  /** How it leads back to the text as it is written; undefined where that is the same. */
  readonly bare: BareText | undefined;
  readonly occurrences: Occurrences;
  readonly survey: LineSurvey;
}

/** A text as the formats read it. */
export interface BareLines extends Reading {
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
 * @param known What is known of the lines.
 */
export function bareLines(written: string, find: (text: string) => Occurrences, isOfLines = false, known?: LineSurvey): BareLines {
  const asWritten = find(written);
  const newlines = asWritten('\n');
  let reading: Reading = { text: written, bare: undefined, occurrences: asWritten, survey: known ?? surveyLines(written, newlines) };
  const readAs = (bare: BareText, occurrences: Occurrences): void => {
    reading = { text: bare.text, bare, occurrences, survey: surveyLines(bare.text, occurrences('\n')) };
  };
  /** Without the marks, or the block, whose lines were undressed last. */
  let dressed: BareText | undefined;
  const undress = (beginnings: Beginnings): boolean => {
    if (!takeAway(beginnings)) return false;
    dressed = reading.bare;
    return true;
  };
  const takeAway = (beginnings: Beginnings): boolean => {
    if (beginnings.lines.length === 0) return false;
    const bare = new BareText(reading.bare ?? written, beginnings);
    readAs(bare, movedOccurrences(reading.occurrences, bare, find(bare.text)));
    return true;
  };
  const join = (): void => {
    // Something stands before the line below too, or before neither.
    const isWithin = (newline: number): boolean => !dressed || dressed.canGoOn(dressed.indexOf(reading.bare?.place(newline + 1) ?? newline + 1));
    const joined = isOfLines ? undefined : joinedLines(reading, written, isWithin);
    if (joined) readAs(joined, find(joined.text));
  };
  const show = (): void => {
    const { text, bare, occurrences, survey } = reading;
    const shown = withoutMarkup(bare ?? text, occurrences('\n'), survey.tagged, isOfLines);
    if (shown) readAs(shown, find(shown.text));
  };
  const plain = (): void => {
    show();
    if (!isOfLines && mayStandApart(reading.occurrences('\n'), reading.survey.apart)) takeAway(findLinesApart(reading.text, reading.occurrences(subjectField)));
    join();
  };
  plain();
  const seen = reading.survey;
  if (seen.isQuoted && !isOfLines) {
    const joined = withoutWraps(reading, written, findQuotedWraps(reading.text), { lines: [], behind: [] });
    if (joined) readAs(joined, find(joined.text));
  }
  if (seen.isQuoted && undress(findQuoted(reading.text, isOfLines))) plain();
  const layers: Layer[] = [];
  let around: BareText | undefined;
  const hasBlocks = isOfLines || seen.isQuoted || seen.apart.length > 1 || beginsBlock(reading.text);
  // What a program shows may stand in a block of code, and be quoted there.
  while (layers.length < mostLayers) {
    const layer = new Layer(reading, hasBlocks, isOfLines, around);
    layers.push(layer);
    if (!hasBlocks || !undress(speakingLines(reading, layer.blocks()))) break;
    around = reading.bare;
    plain();
    if (undress(findQuoted(reading.text, isOfLines))) plain();
  }
  const tell = (at: number, context: number): string => layers.map((layer, depth) => layer.tell(at, context, depth)).join('');
  return { ...reading, newlines, tell };
}

const mostLayers = 2;

/** A text whose rows were wrapped or broken, as one line each; undefined where none was. */
function joinedLines({ text, bare, occurrences, survey }: Reading, written: string, isWithin: (newline: number) => boolean): BareText | undefined {
  if (survey.wrapped.length + survey.broken.length === 0) return undefined;
  const wraps = findWraps(text, occurrences('\n'), survey.wrapped, isWithin);
  const taken = new Set(wraps.map(({ end }) => text.lastIndexOf('\n', end - 1)));
  const broken = findBroken(text, occurrences('\n'), survey.broken, (newline) => !taken.has(newline) && isWithin(newline));
  return withoutWraps({ text, bare }, written, wraps, broken);
}

/** Each wrap is a blank, and what was broken nothing; undefined where there is neither. */
function withoutWraps({ text, bare }: Pick<Reading, 'text' | 'bare'>, written: string, wraps: readonly Span[], broken: Beginnings): BareText | undefined {
  if (wraps.length + broken.lines.length === 0) return undefined;
  return new BareText(bare ?? written, inOneLine(wraps, broken), withBlanks(text, wraps));
}

/** A wrap leaves a blank. */
function inOneLine(wraps: readonly Span[], { lines, behind }: Beginnings): Beginnings {
  const cuts = [...wraps.map(({ start, end }) => [start + 1, end] as const), ...lines.map((line, index) => [line, behind[index] as number] as const)];
  cuts.sort(([one], [other]) => one - other);
  return { lines: cuts.map(([line]) => line), behind: cuts.map(([, end]) => end) };
}

function withBlanks(text: string, wraps: readonly Span[]): string {
  let from = 0;
  const pieces: string[] = [];
  for (const { start } of wraps) {
    pieces.push(text.slice(from, start));
    from = start + 1;
  }
  return wraps.length === 0 ? text : [...pieces, text.slice(from)].join(' ');
}

/** A text with the blocks of lines that stand in it. */
class Layer {
  readonly blocks: () => readonly LineBlock[];
  private readonly reading: Reading;

  /** @param around The text whose blocks those of this one stand in; none where they stand in none. */
  constructor(reading: Reading, hasBlocks: boolean, isOfLines: boolean, around: BareText | undefined) {
    this.reading = reading;
    const { text, bare, occurrences, survey } = reading;
    const canBegin = (start: number): boolean => !around || !bare || around.isBehind(around.indexOf(bare.place(start)));
    this.blocks = lazy(() => (hasBlocks ? findLineBlocks(text, occurrences('\n'), survey.apart, isOfLines, canBegin) : []));
  }

  tell(at: number, context: number, depth: number): string {
    const { text, bare } = this.reading;
    return tellBeginning(text, this.blocks(), bare?.indexOf(at) ?? at, bare?.indexOf(context) ?? context, depth);
  }
}

/**
 * The occurrences in a text that was made from another one by taking away what stands before lines: no literal but those that begin with a line
 * end reaches over one, so each that is left stood there before.
 */
function movedOccurrences(above: Occurrences, bare: BareText, own: Occurrences): Occurrences {
  const known = new Map<string | readonly string[], readonly number[]>();
  const find = (literal: string): readonly number[] => {
    if (literal !== anyLiteral && (literal.length < shortestMoved || literal.startsWith('\n'))) return own(literal);
    const found = above(literal);
    return found.length === 0 ? found : found.map((at) => bare.moved(at)).filter((at) => bare.text.startsWith(literal, at));
  };
  return (literals) => {
    const offsets = known.get(literals) ?? (typeof literals === 'string' ? find(literals) : inOrder(literals.map(find)));
    known.set(literals, offsets);
    return offsets;
  };
}

/** Those are looked for one by one anyway; a line end may have been put in, and where a literal begins with one, what stood behind it is gone. */
const shortestMoved = 7;

/** A log of Exim has nothing that a form begins with where a message could not be routed. */
function isOfExim(text: string, { first, start, end }: LineBlock): boolean {
  return isDigit(text.charCodeAt(first)) && text.slice(start, end).includes(bounced);
}

const bounced = ' ** ';

/** The lines of the blocks in which a form may stand. Source code is full of blocks: only where something stands that a form begins with is one taken for more. */
function speakingLines({ text, occurrences }: Reading, blocks: readonly LineBlock[]): Beginnings {
  const lines: Beginnings = { lines: [], behind: [], points: [] };
  if (blocks.length === 0) return lines;
  const signs = [...occurrences(anyLiteral)].sort((one, other) => one - other);
  for (const block of blocks) {
    const sign = signs[countBelow(signs, block.start)];
    if (block.isTold || (sign !== undefined && sign < block.end) || isOfExim(text, block)) addLines(text, block, lines);
  }
  return lines;
}
