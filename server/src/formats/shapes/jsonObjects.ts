/** Reads the objects of JSON and knows where each value stands, which JSON.parse does not say. */

import { doubleQuote, lineFeed } from '../../text/characters.ts';
import type { Excerpt } from '../../text/excerpt.ts';
import { type Notation, resolve, resolveInto, type TextWriter } from '../../text/notation.ts';
import { reachBelow } from '../../text/seam.ts';
import { countBelow } from '../../text/spans.ts';
import type { Span } from '../../values.ts';
import { createObject, type OutputObject, plainName } from './object.ts';

/** An object with its strings, numbers and words, and its lists of these; values that are objects are objects of their own. */
export interface JsonObject {
  readonly span: Span;
  readonly properties: ReadonlyMap<string, JsonValue>;
}

interface JsonValue extends Span {
  readonly isString: boolean;
  /** Of a list. */
  readonly items?: readonly JsonValue[];
}

/** An object or a list that is not closed yet. */
interface Open {
  readonly start: number;
  /** How many CRLF stand above it. */
  readonly returns: number;
  /** Undefined in a list. */
  readonly properties: Map<string, JsonValue> | undefined;
  name: string | undefined;
  readonly items: JsonValue[];
}

/** A part of the text does not know where a longer object ends; with CRLF one can have twice as many characters. */
const longestObject = reachBelow / 2;

/**
 * Reads the value that begins at an offset, and gives its objects, the inner ones first, but for those that are longer than any.
 * @returns Where it ends, or where it stops being JSON.
 */
export function scanJson(text: string, start: number, limit: number, found: (object: JsonObject) => void): number {
  const stack: Open[] = [];
  // Of CRLF one character counts, so that the form of the line ends makes no object longer.
  let returns = 0;
  for (let at = start; at < limit; ) {
    const character = text[at] as string;
    const top = stack.at(-1);
    if (character === '{' || character === '[') {
      if (stack.length >= deepest) return at;
      stack.push({ start: at, returns, properties: character === '{' ? new Map() : undefined, name: undefined, items: [] });
      at++;
    } else if (character === '}' || character === ']') {
      if (!top || (character === '}') !== (top.properties !== undefined)) return at;
      at++;
      if (top.properties && at - top.start - (returns - top.returns) <= longestObject) found({ span: { start: top.start, end: at }, properties: top.properties });
      stack.pop();
      const parent = stack.at(-1);
      if (!parent) return at;
      const list = listOf(top);
      if (list) addValue(parent, list);
      parent.name = undefined;
    } else if (character === '"') {
      const end = stringEnd(text, at + 1, limit);
      if (end === undefined || !top) return at;
      const value = { start: at + 1, end, isString: true };
      at = end + 1;
      if (top.properties && top.name === undefined) top.name = plainName(text.slice(value.start, Math.min(value.end, value.start + 100)));
      else addValue(top, value);
    } else if (isBetween(character)) {
      if (character === '\r' && text[at + 1] === '\n') returns++;
      at++;
    } else {
      const word = /^[-+.\w]{1,40}/.exec(text.slice(at, Math.min(limit, at + 40)))?.[0];
      if (!word || !top || (top.properties && top.name === undefined)) return at;
      addValue(top, { start: at, end: at + word.length, isString: false });
      at += word.length;
    }
  }
  return limit;
}

/** The object with the escapes of its strings undone. */
export function jsonObject(text: string, { span, properties }: JsonObject): OutputObject {
  return createObject(span, (name) => {
    const value = properties.get(name);
    if (!value || (!value.isString && text.slice(value.start, value.end) === 'null')) return undefined;
    return value.items ? new ListExcerpt(text, value.items) : unescaped(text, value);
  });
}

const deepest = 100;

function isBetween(character: string): boolean {
  return character === ',' || character === ':' || character === ' ' || character === '\n' || character === '\r' || character === '\t';
}

function addValue(top: Open, value: JsonValue): void {
  if (!top.properties && !value.items) top.items.push(value);
  if (top.properties && top.name !== undefined && !top.properties.has(top.name)) top.properties.set(top.name, value);
  top.name = undefined;
}

/** The value that a closed list is; Windows PowerShell 5.1 writes some lists as `{ "value": […], "Count": 2 }`. */
function listOf({ properties, items }: Open): JsonValue | undefined {
  if (properties) return properties.has('count') ? [properties.get('value')].find((value) => value?.items) : undefined;
  const [first, last] = [items[0], items.at(-1)];
  return first && last && { start: first.start, end: last.end, isString: true, items };
}

/** A list as a console shows it: `{a, b}`. What stands before an item is where the item begins. */
class ListExcerpt implements Excerpt {
  readonly text: string;
  private readonly items: readonly Excerpt[];
  /** Where in the text each item begins. */
  private readonly starts: readonly number[];

  constructor(written: string, items: readonly JsonValue[]) {
    const starts: number[] = [];
    let text = '';
    this.items = items.map((item) => {
      const value = unescaped(written, item);
      text += starts.length === 0 ? '{' : betweenItems;
      starts.push(text.length);
      text += value.text;
      return value;
    });
    this.text = `${text}}`;
    this.starts = starts;
  }

  place(index: number): number {
    const at = Math.max(0, countBelow(this.starts, index + betweenItems.length + 1) - 1);
    const item = this.items[at];
    return item ? item.place(Math.min(Math.max(index - (this.starts[at] ?? 0), 0), item.text.length)) : 0;
  }
}

const betweenItems = ', ';

/** The quote that closes a string; a string ends on its line. */
export function stringEnd(text: string, from: number, limit: number): number | undefined {
  for (let at = from; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === doubleQuote) return at;
    if (code === lineFeed) return undefined;
    if (code === 0x5c) at++;
  }
  return undefined;
}

/** A string's characters with its escapes undone, each at its place. */
export function unescaped(text: string, string: Span): Excerpt {
  return resolve(text, string, escapes);
}

/** The same written into a longer text, without the places. */
export function writeUnescaped(writer: TextWriter, text: string, start: number, end: number): void {
  resolveInto(writer, text, start, end, escapes);
}

const escapes: Notation = {
  sign: '\\',
  length: (text, at, end) => Math.min(isUnicode(text, at, end) ? 6 : 2, end - at),
  code: (text, at, length) => (length === 6 ? Number.parseInt(text.slice(at + 2, at + 6), 16) : (controls.get(text.charCodeAt(at + 1)) ?? text.charCodeAt(at + 1))),
};

/** What the letters of the short escapes stand for. */
const controls: ReadonlyMap<number, number> = new Map([...'bfnrt'].map((letter, index) => [letter.charCodeAt(0), '\b\f\n\r\t'.charCodeAt(index)]));

function isUnicode(text: string, at: number, end: number): boolean {
  return text.charCodeAt(at + 1) === letterU && at + 6 <= end && /^[0-9A-Fa-f]{4}$/.test(text.slice(at + 2, at + 6));
}

const letterU = 0x75;
