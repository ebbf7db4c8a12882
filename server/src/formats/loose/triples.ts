/** Enhanced status codes in any text, and whether what stands around them makes them sure. */

import { apostrophe, blank, carriageReturn, colon, digit4, digit5, doubleQuote, equalsSign, hyphen, isDigit, lineFeed, numberSign, wideColon } from '../../text/characters.ts';
import type { Span } from '../../values.ts';

/** The enhanced status codes of a text that can belong to a response. How far the search has come is kept, since it is asked for one stretch after another. */
export class Triples {
  private readonly text: string;
  private searched = 0;
  /** The first full stop behind `searched` that can be one of a code. */
  private stop = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The first one that begins at or after an offset and above an end. */
  from(offset: number, end: number): Span | undefined {
    const { text } = this;
    // A full stop is rarer than a digit, and fast to find.
    let stop = this.searched <= offset && offset < this.stop ? this.stop : stopAfter(text, offset);
    let found: Span | undefined;
    // A full stop directly behind another has no digit before it.
    for (; stop <= end; stop = stopAfter(text, stop + 1)) {
      found = tripleAt(text, stop - 1);
      if (found) break;
    }
    this.searched = offset;
    this.stop = stop;
    return found;
  }
}

/** Where the next full stop stands; behind the end of the text where there is none. */
function stopAfter(text: string, offset: number): number {
  const stop = text.indexOf('.', offset + 1);
  return stop < 0 ? text.length + 1 : stop;
}

function tripleAt(text: string, start: number): Span | undefined {
  if (!isFailureDigit(text.charCodeAt(start)) || !isIntroduced(text, start)) return undefined;
  triplePattern.lastIndex = start;
  return triplePattern.test(text) ? { start, end: triplePattern.lastIndex } : undefined;
}

/** Whether a code's first digit stands behind what can be a reply code or the end of a label: most numbers with two full stops are versions, addresses and chapters. */
function isIntroduced(text: string, start: number): boolean {
  const before = text.charCodeAt(start - 1);
  // Where no sign of ASCII stands there, it is a blank, or a full-width colon.
  if (before > blank && before < 0x7f) return endsLabel(before);
  const sign = text.charCodeAt(start - (before === lineFeed && text.charCodeAt(start - 2) === carriageReturn ? 3 : 2));
  return isDigit(sign) ? isFailureDigit(text.charCodeAt(start - 4)) : endsLabel(sign) || before === wideColon;
}

/** What the codes of failures begin with, those of three digits and those of three numbers (RFC 5321, 4.2.1, and RFC 3463, 3). */
export function isFailureDigit(code: number): boolean {
  return code === digit4 || code === digit5;
}

function endsLabel(code: number): boolean {
  return code === colon || code === equalsSign || code === numberSign || code === hyphen || code === doubleQuote || code === apostrophe || code === wideColon;
}

const triplePattern = /[45]\.\d{1,3}\.\d/y;
