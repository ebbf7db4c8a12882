/**
 * Text in which several characters of the log are one to a reader, such as a doubled quote or an escape.
 * A value may have millions of them, and an object for each would cost more than all else: so only the place of each thirty-second character
 * is kept, and from there on they are counted.
 */

import type { Span } from '../values.ts';
import { type Excerpt, literalExcerpt } from './excerpt.ts';
import { textOfUnits } from './latin1.ts';

/** How those characters are written that do not stand for themselves. */
export interface Notation {
  /** What a text has where any of them stands. */
  readonly sign: string;
  /** How many characters of a text that ends at `end` are one, where the first character of the sign stands. */
  length(text: string, at: number, end: number): number;
  /** The code of the character that these are; there are at least two. */
  code(text: string, at: number, length: number): number;
}

/** A stretch of a text as a reader would say it. */
export function resolve(text: string, span: Span, notation: Notation): Excerpt {
  const literal = literalExcerpt(text, span);
  return literal.text.includes(notation.sign) ? new ResolvedExcerpt(text, span, notation) : literal;
}

/** Writes a stretch as a reader would say it, for whoever needs no places. */
export function resolveInto(writer: TextWriter, written: string, start: number, end: number, notation: Notation): void {
  const sign = notation.sign.charCodeAt(0);
  for (let at = writer.addUpTo(sign, written, start, end); at < end; at = writer.addUpTo(sign, written, at, end)) {
    const length = notation.length(written, at, end);
    writer.add(length > 1 ? notation.code(written, at, length) : sign);
    at += length;
  }
}

/** A text that is written character by character, which costs a fraction of strings that are joined. */
export class TextWriter {
  length = 0;
  private units = none;
  private kept = 0;
  private highest = 0;
  private written = '';

  add(code: number): void {
    if (this.kept === this.units.length) this.flush();
    this.units[this.kept++] = code;
    this.highest |= code;
    this.length++;
  }

  /** Adds a stretch up to the first of a character, and gives its place, or the stretch's end. */
  addUpTo(stop: number, text: string, start: number, end: number): number {
    let at = start;
    while (at < end) {
      if (this.kept === this.units.length) this.flush();
      const { units } = this;
      const limit = Math.min(end, at + unitsKept - this.kept);
      const from = this.kept - at;
      let highest = this.highest;
      let code = -1;
      for (; at < limit; at++) {
        code = text.charCodeAt(at);
        if (code === stop) break;
        units[from + at] = code;
        highest |= code;
      }
      this.length += from + at - this.kept;
      this.kept = from + at;
      this.highest = highest;
      if (code === stop) return at;
    }
    return at;
  }

  /** What has been written. */
  text(): string {
    if (this.kept > 0) this.flush();
    return this.written;
  }

  /** Writes down what is kept, and makes room where there is none yet: many a text is never written. */
  private flush(): void {
    if (this.units === none) this.units = new Uint16Array(unitsKept);
    this.written += textOfUnits(this.units.subarray(0, this.kept), this.highest < 0x100);
    this.kept = 0;
    this.highest = 0;
  }
}

const unitsKept = 16 * 1024;
const none = new Uint16Array();

class ResolvedExcerpt implements Excerpt {
  readonly text: string;
  private readonly written: string;
  private readonly end: number;
  private readonly notation: Notation;
  /** Where each piece of the text begins in the log; all but the last one have as many characters as are counted. */
  private readonly pieces: readonly number[];

  constructor(written: string, { start, end }: Span, notation: Notation) {
    const first = notation.sign.charAt(0);
    const sign = first.charCodeAt(0);
    const pieces: number[] = [];
    let text = '';
    for (let at = start; at < end; ) {
      pieces.push(at);
      const literal = written.slice(at, Math.min(at + counted, end));
      if (!literal.includes(first)) {
        text += literal;
        at += literal.length;
        continue;
      }
      const codes: number[] = [];
      while (codes.length < counted && at < end) {
        const code = written.charCodeAt(at);
        const length = code === sign ? notation.length(written, at, end) : 1;
        codes.push(length > 1 ? notation.code(written, at, length) : code);
        at += length;
      }
      text += String.fromCharCode(...codes);
    }
    this.text = text;
    this.written = written;
    this.end = end;
    this.notation = notation;
    this.pieces = pieces;
  }

  place(index: number): number {
    const { written, end, notation } = this;
    const sign = notation.sign.charCodeAt(0);
    let at = this.pieces[Math.floor(index / counted)] ?? end;
    for (let left = index % counted; left > 0 && at < end; left--) at += written.charCodeAt(at) === sign ? notation.length(written, at, end) : 1;
    return at;
  }
}

const counted = 32;
