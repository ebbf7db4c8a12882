/** Reads the objects of JSON and knows where each value stands, which JSON.parse does not say. */

import { joinRuns, type Run } from '../smtp/excerpt.ts';
import type { Span } from '../values.ts';
import { doubleQuote, lineFeed } from './characters.ts';
import { createObject, type OutputObject, plainName } from './outputObject.ts';

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
  /** Undefined in a list. */
  readonly properties: Map<string, JsonValue> | undefined;
  name: string | undefined;
  readonly items: JsonValue[];
}

/**
 * Reads the value that begins at an offset, and gives its objects, the inner ones first.
 * @returns Where it ends, or where it stops being JSON.
 */
export function scanJson(text: string, start: number, limit: number, found: (object: JsonObject) => void): number {
  const stack: Open[] = [];
  for (let at = start; at < limit; ) {
    const character = text[at] as string;
    const top = stack.at(-1);
    if (character === '{' || character === '[') {
      if (stack.length >= deepest) return at;
      stack.push({ start: at, properties: character === '{' ? new Map() : undefined, name: undefined, items: [] });
      at++;
    } else if (character === '}' || character === ']') {
      if (!top || (character === '}') !== (top.properties !== undefined)) return at;
      at++;
      if (top.properties) found({ span: { start: top.start, end: at }, properties: top.properties });
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
    } else if (isBetween(character)) at++;
    else {
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
    return joinRuns(value.items ? listRuns(text, value.items) : unescapedRuns(text, value));
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

/** A list as a console shows it: `{a, b}`. */
function listRuns(text: string, items: readonly JsonValue[]): Run[] {
  const runs = items.flatMap((item, index) => [{ text: index === 0 ? '{' : ', ', start: item.start, end: item.start, literal: false }, ...unescapedRuns(text, item)]);
  const end = items.at(-1)?.end ?? 0;
  return [...runs, { text: '}', start: end, end, literal: false }];
}

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

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** A string's characters with its escapes undone, each at its place. */
export function unescapedRuns(text: string, { start, end }: Span): Run[] {
  const runs: Run[] = [];
  let from = start;
  for (let at = start; at < end; at++) {
    if (text.charCodeAt(at) !== 0x5c) continue;
    if (at > from) runs.push({ text: text.slice(from, at), start: from, end: at, literal: true });
    const next = text[at + 1] ?? '';
    const unicode = next === 'u' ? /^\\u([0-9A-Fa-f]{4})/.exec(text.slice(at, Math.min(end, at + 6)))?.[1] : undefined;
    const length = unicode ? 6 : Math.min(2, end - at);
    runs.push({ text: unicode ? String.fromCharCode(Number.parseInt(unicode, 16)) : (escapes[next] ?? next), start: at, end: at + length, literal: false });
    at += length - 1;
    from = at + 1;
  }
  if (from < end) runs.push({ text: text.slice(from, end), start: from, end, literal: true });
  return runs;
}
