/** Reads objects as Format-List writes them: a line `Name : value` for each property, long values wrapped and indented. */

import { carriageReturn, colon, isBlank, isDigit, isLetter, lineFeed, underscore } from '../../text/characters.ts';
import { offsetBelow } from '../../text/lineEnds.ts';
import { isLineBreak, lineEnd, lineStartAfter, nextLine } from '../../text/lines.ts';
import { indentEnd, isFence } from '../../text/quotes.ts';
import type { Span } from '../../values.ts';
import { createObject, type OutputObject, plainName } from './object.ts';
import { unwrapValue } from './wrapped.ts';

/** An object with the stretches of its values. */
export interface PropertyList {
  readonly span: Span;
  readonly properties: ReadonlyMap<string, Span>;
}

/** Whether a line states a property. */
export function isProperty(text: string, line: number): boolean {
  return findProperty(text, line) !== undefined;
}

/** The object that the property in the given line belongs to. */
export function readListAround(text: string, line: number, within: Span): PropertyList {
  return readList(text, findStart(text, line, within.start), within.end);
}

/**
 * Reads the object that begins in the given line.
 * It ends with an empty line, or where a property comes again. A forum shows an empty line after each line: then only the latter ends it.
 * A value may hold empty lines of its own: it goes on where the next text is indented as wrapped values are.
 */
export function readList(text: string, start: number, limit: number): PropertyList {
  const properties = new Map<string, Span>();
  let indent = 0;
  let open: { start: number; end: number } | undefined;
  const isSpaced = isDoubleSpaced(text, start, limit);
  for (let line = start, lines = 0; line < limit && lines < mostLines; line = nextLine(text, line), lines++) {
    const property = readProperty(text, line);
    if (property && (!open || property.indent === indent)) {
      if (properties.has(property.name)) break;
      indent = property.indent;
      open = { start: Math.min(property.value, limit), end: Math.min(lineEnd(text, line), limit) };
      properties.set(property.name, open);
    } else if (isFence(text, line)) {
      break;
    } else if (isEmpty(text, line)) {
      const next = nextLine(text, line);
      const goesOn = isSpaced && next < limit && (readProperty(text, next)?.indent === indent || isUnclosed(text, open));
      if (!goesOn && !isIndentedBelow(text, next, limit)) break;
    } else if (open) {
      open.end = Math.min(lineEnd(text, line), limit);
    }
  }
  return { span: { start, end: open?.end ?? start }, properties };
}

/** The object with its wrapped values joined. */
export function listObject(text: string, { span, properties }: PropertyList): OutputObject {
  return createObject(span, (name) => {
    const value = properties.get(name);
    return value && unwrapValue(text, value);
  });
}

/** More lines than any object has: a text without empty lines is no list of one object. */
const mostLines = 400;

/** Goes up to the first property of the object: to an empty line, to a property that comes again, or to the limit. */
function findStart(text: string, line: number, limit: number): number {
  // Mostly one object stands right below another.
  if (line - limit <= 2 && isEmpty(text, limit)) return line;
  const first = readProperty(text, line);
  const seen = new Set([first?.name]);
  const isSpaced = isDoubleSpaced(text, line, text.length);
  let start = line;
  let empty = 0;
  let isWrapped = false;
  for (let lines = 0, at = line; at > limit && lines < mostLines; lines++) {
    const above = lineStartAfter(text, at - 1, limit);
    if (above === undefined) break;
    at = above;
    if (isEmpty(text, above)) {
      empty += 1;
      if (isWrapped ? empty > mostEmptyLines : !isSpaced || empty > 1) break;
      continue;
    }
    const found = readProperty(text, above);
    const property = found?.indent === first?.indent ? found : undefined;
    if (property && seen.has(property.name)) break;
    if (!property && empty > 0 && !isWrapped) break;
    empty = 0;
    isWrapped = !property && isIndented(text, above);
    if (!property) continue;
    seen.add(property.name);
    start = above;
  }
  return start;
}

const mostEmptyLines = 3;

/** Whether a line is indented as the wrapped lines of a value are: to the column of the values, behind the longest name. */
function isIndented(text: string, line: number): boolean {
  return /^[ \t>]{10}/.test(text.slice(line, line + 10)) && !isEmpty(text, line);
}

function isIndentedBelow(text: string, line: number, limit: number): boolean {
  let below = line;
  for (let empty = 1; empty < mostEmptyLines && below < limit && isEmpty(text, below); empty++) below = nextLine(text, below);
  return below < limit && isIndented(text, below);
}

interface Property {
  readonly name: string;
  readonly indent: number;
  /** Where its value begins. */
  readonly value: number;
}

function readProperty(text: string, line: number): Property | undefined {
  const found = findProperty(text, line);
  return found && { name: plainName(text.slice(found.start, found.end)), indent: found.start - line, value: found.value };
}

/** Where `Name : value` stands in a line. It is looked for character by character, as `indentEnd` does, and for the same reason. */
function findProperty(text: string, line: number): (Span & Pick<Property, 'value'>) | undefined {
  const start = indentEnd(text, line, 40);
  if (!isLetter(text.charCodeAt(start))) return undefined;
  let end = start + 1;
  while (end - start <= 60 && isNameCharacter(text.charCodeAt(end))) end++;
  const colonAt = blanksEnd(text, end, 60);
  if (text.charCodeAt(colonAt) !== colon) return undefined;
  const behind = colonAt + 1;
  const value = blanksEnd(text, behind, line + 200 - behind);
  const isStated = value > behind || value === text.length || text.charCodeAt(value) === carriageReturn || text.charCodeAt(value) === lineFeed;
  return isStated ? { start, end, value } : undefined;
}

function isNameCharacter(code: number): boolean {
  return isLetter(code) || isDigit(code) || code === underscore;
}

function blanksEnd(text: string, start: number, most: number): number {
  let end = start;
  while (end - start < most && isBlank(text.charCodeAt(end))) end++;
  return end;
}

function isEmpty(text: string, line: number): boolean {
  const end = indentEnd(text, line, 200);
  return end === text.length || isLineBreak(text, end);
}

/** A property, an empty line, and another property. */
function isDoubleSpaced(text: string, line: number, limit: number): boolean {
  const empty = nextLine(text, line);
  if (empty >= limit || !isEmpty(text, empty)) return false;
  const first = readProperty(text, line);
  if (!first) return false;
  const second = readProperty(text, nextLine(text, empty));
  return second !== undefined && second.name !== first.name && isEmpty(text, nextLine(text, nextLine(text, empty)));
}

const longestValue = 8_000;

/** `[{LRT=…};{LED=…` goes on until its bracket is closed. */
function isUnclosed(text: string, value: { start: number; end: number } | undefined): boolean {
  if (!value || offsetBelow(text, value.start, longestValue, value.end) < value.end) return false;
  const written = text.slice(value.start, value.end).trimEnd();
  return /^\{?\[\{/.test(written) && !/\}\]\}?$/.test(written);
}
