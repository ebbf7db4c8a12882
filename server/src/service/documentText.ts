/**
 * The text of an open document: an edit touches what it changes and shares the rest, where the document of the protocol's own library
 * copies the whole text at each keystroke.
 */

import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Position, Range } from 'vscode-languageserver-types';
import { countBelow } from '../text/spans.ts';

/** A text in one piece, whose lines are counted when somebody asks for them. */
interface Source {
  readonly text: string;
  /** Where lines begin, without the first: behind each LF, CRLF and lone CR. */
  readonly lineStarts: () => readonly number[];
}

/** A part of a source. No piece ends between the CR and the LF of one line end. */
interface Piece {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** Pieces shorter than this are joined with what is written beside them, so that typing does not leave a piece for each letter. */
const shortPiece = 4_096;

/** A version of a document: a value, of which an edit makes another. It answers as the library's `TextDocument` does; a test holds the two together. */
export class LogText implements Pick<TextDocument, 'uri' | 'version' | 'lineCount' | 'getText' | 'offsetAt' | 'positionAt'> {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly length: number;
  readonly lineCount: number;
  private readonly pieces: readonly Piece[];
  /** Where each piece begins in the document, and how many line ends stand before it. */
  private readonly starts: readonly number[];
  private readonly linesBefore: readonly number[];

  private constructor(uri: string, languageId: string, version: number, pieces: readonly Piece[]) {
    this.uri = uri;
    this.languageId = languageId;
    this.version = version;
    this.pieces = pieces;
    let length = 0;
    let lines = 0;
    const starts: number[] = [];
    const linesBefore: number[] = [];
    for (const { source, start, end } of pieces) {
      starts.push(length);
      linesBefore.push(lines);
      length += end - start;
      lines += countUpTo(source.lineStarts(), end) - countUpTo(source.lineStarts(), start);
    }
    this.starts = starts;
    this.linesBefore = linesBefore;
    this.length = length;
    this.lineCount = lines + 1;
  }

  static create(uri: string, languageId: string, version: number, text: string): LogText {
    return new LogText(uri, languageId, version, [wholeOf(text)]);
  }

  /** The same document with the text between two offsets replaced. */
  replace(start: number, end: number, text: string, version = this.version): LogText {
    // A CR before and an LF behind go into the new piece, since with what is written between them they may be one line end.
    let from = this.charAt(start - 1) === '\r' ? start - 1 : start;
    let to = this.charAt(end) === '\n' ? end + 1 : end;
    const left = from > 0 ? this.pieceAt(from - 1) : -1;
    if (left >= 0 && from - (this.starts[left] as number) < shortPiece) from = this.startOf(left);
    const right = to < this.length ? this.pieceAt(to) : -1;
    if (right >= 0 && this.endOf(right) - to < shortPiece) to = this.endOf(right);
    const written = `${this.slice(from, start)}${text}${this.slice(end, to)}`;
    const pieces = [...this.piecesBetween(0, from), wholeOf(written), ...this.piecesBetween(to, this.length)].filter((piece) => piece.end > piece.start);
    return new LogText(this.uri, this.languageId, version, pieces.length > 0 ? pieces : [wholeOf('')]);
  }

  getText(range?: Range): string {
    return range ? this.slice(this.offsetAt(range.start), this.offsetAt(range.end)) : this.slice(0, this.length);
  }

  /** The text between two offsets. */
  slice(start: number, end: number): string {
    return this.piecesBetween(Math.max(0, start), Math.min(end, this.length))
      .map((piece) => piece.source.text.slice(piece.start, piece.end))
      .join('');
  }

  positionAt(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.length));
    const index = this.pieceAt(at);
    const { source, start } = this.pieces[index] as Piece;
    const place = start + at - (this.starts[index] as number);
    const line = (this.linesBefore[index] as number) + countUpTo(source.lineStarts(), place) - countUpTo(source.lineStarts(), start);
    const lineStart = this.lineStart(line);
    return { line, character: this.beforeLineEnd(at, lineStart) - lineStart };
  }

  /** A client's numbers may be anything: a place between two lines is taken for the first of them. */
  offsetAt(position: Position): number {
    const [line, character] = [Math.floor(position.line), Math.floor(position.character)];
    if (line >= this.lineCount) return this.length;
    if (line < 0) return 0;
    const start = this.lineStart(line);
    if (character <= 0) return start;
    const next = line + 1 < this.lineCount ? this.lineStart(line + 1) : this.length;
    return this.beforeLineEnd(Math.min(start + character, next), start);
  }

  private lineStart(line: number): number {
    if (line === 0) return 0;
    // The last piece with fewer line ends before it than the line's number: in it the line before ends.
    const index = countUpTo(this.linesBefore, line - 1) - 1;
    const { source, start } = this.pieces[index] as Piece;
    const number = countUpTo(source.lineStarts(), start) + line - (this.linesBefore[index] as number) - 1;
    return (this.starts[index] as number) + (source.lineStarts()[number] as number) - start;
  }

  private beforeLineEnd(offset: number, lineStart: number): number {
    let at = offset;
    while (at > lineStart && '\r\n'.includes(this.charAt(at - 1))) at--;
    return at;
  }

  private charAt(offset: number): string {
    if (offset < 0 || offset >= this.length) return '\0';
    const index = this.pieceAt(offset);
    const { source, start } = this.pieces[index] as Piece;
    return source.text.charAt(start + offset - (this.starts[index] as number));
  }

  /** The number of the piece that an offset stands in; the last one for the end. */
  private pieceAt(offset: number): number {
    return Math.max(0, countUpTo(this.starts, offset) - 1);
  }

  private startOf(index: number): number {
    return this.starts[index] as number;
  }

  private endOf(index: number): number {
    return this.starts[index + 1] ?? this.length;
  }

  private piecesBetween(from: number, to: number): Piece[] {
    const found: Piece[] = [];
    for (let index = this.pieceAt(from); index < this.pieces.length && this.startOf(index) < to; index++) {
      const { source, start } = this.pieces[index] as Piece;
      const base = start - this.startOf(index);
      found.push({ source, start: base + Math.max(from, this.startOf(index)), end: base + Math.min(to, this.endOf(index)) });
    }
    return found;
  }
}

function wholeOf(text: string): Piece {
  let lineStarts: number[] | undefined;
  return {
    source: {
      text,
      lineStarts: () => {
        lineStarts ??= findLineStarts(text);
        return lineStarts;
      },
    },
    start: 0,
    end: text.length,
  };
}

/**
 * A search for each line end is twenty times faster than a look at each character. One loop for each kind: in a loop over both, the CR of a
 * text without any would be looked for at each line.
 */
function findLineStarts(text: string): number[] {
  const starts: number[] = [];
  for (let newline = text.indexOf('\n'); newline >= 0; newline = text.indexOf('\n', newline + 1)) starts.push(newline + 1);
  const lone = findLoneReturns(text);
  return lone.length === 0 ? starts : starts.concat(lone).sort((one, other) => one - other);
}

function findLoneReturns(text: string): number[] {
  const starts: number[] = [];
  for (let at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', at + 1)) if (text.charCodeAt(at + 1) !== lineFeed) starts.push(at + 1);
  return starts;
}

const lineFeed = 0x0a;

/** How many of the whole numbers, which are in order, are not higher than a value. */
function countUpTo(numbers: readonly number[], value: number): number {
  return countBelow(numbers, value + 1);
}
