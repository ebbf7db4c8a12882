/** Single rows of a file, by their numbers or by what they say, each with the lines above that name its columns. */

import { textOfPiece } from '../files/textBuffer.ts';
import type { Piece } from '../files/textFile.ts';
import { carriageReturn } from '../text/characters.ts';

export interface FileRow {
  /** Counts from 1. */
  readonly line: number;
  readonly text: string;
  /** The lines above that say what its columns are; empty where there are none. */
  readonly header: string;
}

export interface WantedRows {
  readonly lines: ReadonlySet<number>;
  /** What other rows are wanted too. */
  readonly isWanted?: (row: string) => boolean;
}

/** Of a row, and of a header, no more is kept. */
const longestRow = 64 * 1024;
const mostHeaderLines = 10;
/** So many rows are given that were wanted for what stands in them. */
const mostOther = 5_000;

/** Reads the file to the last row that is wanted. */
export async function readFileRows(pieces: AsyncIterable<Piece>, { lines, isWanted }: WantedRows): Promise<FileRow[]> {
  const rows: FileRow[] = [];
  const header: string[] = [];
  const last = isWanted === undefined ? Math.max(0, ...lines) : Number.POSITIVE_INFINITY;
  let line = 0;
  let isBelowRow = false;
  const take = (text: string): void => {
    line += 1;
    if (text.startsWith('#') || text.startsWith('\uFEFF#')) {
      if (isBelowRow) header.length = 0;
      isBelowRow = false;
      if (header.length < mostHeaderLines) header.push(text.slice(0, longestRow));
      return;
    }
    isBelowRow = true;
    if (lines.has(line) || (isWanted !== undefined && rows.length < mostOther && isWanted(text)))
      rows.push({ line, text: text.slice(0, longestRow), header: header.map((one) => `${one}\n`).join('') });
  };
  let above = '';
  for await (const piece of pieces) {
    const text = above + textOfPiece(piece.text);
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      take(text.slice(start, text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end));
      start = end + 1;
    }
    above = text.slice(start);
    if (line >= last) return rows;
  }
  if (above !== '') take(above);
  return rows;
}
