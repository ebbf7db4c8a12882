/** What the first bytes of a file say of all of it: that it is Unicode, or that it is no text. */

import iconv from 'iconv-lite';
import type { EncodingOptions } from './encoding.ts';

/** How many bytes from a file's beginning are looked at. */
export const headLength = 4096;

/**
 * Whether a file is no text.
 * @param head Its beginning: `headLength` bytes, or all that there are.
 */
export function isBinary(head: Uint8Array, options: EncodingOptions = {}): boolean {
  return unicodeOf(head, options) === undefined && hasControls(head.subarray(0, headLength));
}

/** The encoding that a file's beginning shows: by its mark, because it has not even ASCII in common with the others, or by the NUL bytes of UTF-16. */
export function unicodeOf(head: Uint8Array, { named }: EncodingOptions): string | undefined {
  return markedEncoding(head) ?? (named !== undefined && !holdsAscii(named) ? named : undefined) ?? unmarkedUtf16(head.subarray(0, headLength));
}

/** By the byte order mark (RFC 3629, 6; RFC 2781, 3.2). */
function markedEncoding(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf16be';
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf8';
  return undefined;
}

/** Whether ASCII means the same in this encoding: then only bytes beyond it can tell it from UTF-8. */
function holdsAscii(encoding: string): boolean {
  return iconv.decode(Buffer.from('550 5.1.1'), encoding) === '550 5.1.1';
}

/** UTF-16 without mark shows itself by NUL bytes on one side of its code units, since even a log in Japanese has blanks, digits and codes. */
function unmarkedUtf16(head: Uint8Array): string | undefined {
  if (!head.includes(0)) return undefined;
  if (isUtf16(unitsOf(head, 0))) return 'utf16le';
  if (isUtf16(unitsOf(head, 1))) return 'utf16be';
  return undefined;
}

/** @param low Which of two bytes is the lower one. */
function unitsOf(head: Uint8Array, low: 0 | 1): Uint16Array {
  const units = new Uint16Array(head.length >> 1);
  for (let unit = 0; unit < units.length; unit += 1) units[unit] = (head[2 * unit + low] as number) | ((head[2 * unit + 1 - low] as number) << 8);
  return units;
}

/**
 * Numbers in a binary file look alike, but make controls. A text of single bytes with NULs among them looks alike as well, but its other
 * bytes are pairs of ASCII, which as code units are characters that no text consists of.
 */
function isUtf16(units: Uint16Array): boolean {
  let latin = 0;
  let swapped = 0;
  let paired = 0;
  for (const unit of units) {
    if (unit === 0) continue;
    if (unit < 0x100) latin += 1;
    else if ((unit & 0xff) === 0) swapped += 1;
    else if (isAsciiText(unit & 0xff) && isAsciiText(unit >> 8)) paired += 1;
  }
  if (latin === 0 || latin < units.length / 10 || swapped > latin / 20) return false;
  const isMostlyPairs = latin <= units.length / 2 && paired > 0.8 * (units.length - latin);
  return !isMostlyPairs && !hasControls(units);
}

function isAsciiText(byte: number): boolean {
  return byte < 0x7f && !isControl(byte);
}

/**
 * Whether bytes, or code units, are no text. Strangers' servers write into a log, and nothing that they write may hide it. But a file begins
 * with what its own program writes, archives and captures of the network too, whose contents are text; and what a stranger writes stays
 * within lines, while in a binary file there is hardly a line without controls.
 */
function hasControls(units: Uint8Array | Uint16Array): boolean {
  const written = withoutSpace(units);
  return beginnings.some(({ length, share }) => isControlled(written, 0, Math.min(length, written.length), share)) || lengthOfControlled(written) > written.length / 2;
}

/** A header of a binary format is short, but that of a tar archive, which can begin with a long name. */
const beginnings = [
  { length: 64, share: 1 / 10 },
  { length: 512, share: 1 / 5 },
];

/** NULs at the end are space that IIS reserves in its logs; at the beginning they stand where a log was emptied under a program that writes on. */
function withoutSpace<Units extends Uint8Array | Uint16Array>(units: Units): Units {
  let start = 0;
  let end = units.length;
  while (start < end && units[start] === 0) start += 1;
  while (end > start && units[end - 1] === 0) end -= 1;
  return units.subarray(start, end) as Units;
}

/** How many units stand in lines that have many controls. */
function lengthOfControlled(units: Uint8Array | Uint16Array): number {
  let length = 0;
  for (let start = 0; start < units.length; ) {
    let end = start;
    while (end < units.length && units[end] !== 0x0a && units[end] !== 0x0d) end += 1;
    if (isControlled(units, start, end, 1 / 20)) length += end - start;
    start = end + 1;
  }
  return length;
}

function isControlled(units: Uint8Array | Uint16Array, start: number, end: number, share: number): boolean {
  let controls = 0;
  for (let at = start; at < end; at += 1) if (isControl(units[at] as number)) controls += 1;
  return controls > 0 && controls >= share * (end - start);
}

/** NUL and the other controls of ASCII but for tab, line ends, form feed and ESC. */
function isControl(unit: number): boolean {
  return (unit < 0x20 && !(unit >= 0x09 && unit <= 0x0d) && unit !== 0x1b) || unit === 0x7f;
}
