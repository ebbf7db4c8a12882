/**
 * What stands at the cursor in the front matter of a document that is being written. The text is seldom YAML at that moment, so it is
 * read line by line, as far as the form of our documents needs it: keys by their indentation, lists, and maps and lists in brackets.
 */

import type { Span } from '../../values.ts';

/** A step into a list. */
export const entry = '[]';

export interface Cursor {
  /** The keys and list entries that lead to what is being written, from the outside; for a key, those of the map that it goes into. */
  readonly path: readonly string[];
  /** Surely a key, since one goes before a colon or into a map in braces; otherwise what the schema says stands there. */
  readonly isKey: boolean;
  /** What is there of it already, quotation marks included. */
  readonly span: Span;
  /** Whether a colon follows. */
  readonly hasColon: boolean;
  /** The keys that the map around it has besides. */
  readonly keys: ReadonlySet<string>;
}

interface Container {
  readonly path: readonly string[];
  readonly keys: Set<string>;
  /** The key whose value comes. */
  key?: string | undefined;
}

interface Block extends Container {
  readonly indent: number;
}

interface Flow extends Container {
  readonly isMap: boolean;
  /** Whether its entry has a value: only a comma or the end can follow. */
  isDone?: boolean;
}

/**
 * Finds what stands at an offset.
 * @param source The front matter without its dashes.
 * @returns undefined within a comment and behind a value.
 */
export function readCursor(source: string, offset: number): Cursor | undefined {
  let found: Cursor | undefined;
  let blocks: Block[] = [{ indent: 0, path: [], keys: new Set() }];
  let flows: Flow[] = [];
  const top = (): Block => blocks.at(-1) as Block;
  const take = (container: Container, token: Span, isKey: boolean): void => {
    if (found || offset < token.start || offset > token.end) return;
    const path = isKey || container.key === undefined ? container.path : [...container.path, container.key];
    found = { path, isKey, span: token, hasColon: /^[ \t]*:(?:\s|$)/.test(source.slice(token.end, token.end + 80)), keys: container.keys };
  };
  const addKey = (container: Container, key: string, isHere: boolean): void => {
    if (!isHere) container.keys.add(key);
    container.key = key;
  };

  /** A line outside of brackets. */
  const readLine = (start: number, end: number): void => {
    let at = start + indentAt(source, start, end);
    const isBlank = at === end;
    if (isBlank && (offset < start || offset > end)) return;
    if (isBlank) at = offset;
    const dashes = /^-(?=[ \t]|$)/;
    blocks = blocks.filter(({ indent }, index) => index === 0 || indent <= at - start);
    let isEntry = false;
    while (at < end && dashes.test(source.slice(at, Math.min(end, at + 2)))) {
      const parent = top();
      const indent = at - start;
      // A list may stand below its key or begin where the key begins; entries of the same list replace one another.
      blocks = blocks.filter((block) => block === parent || block.indent <= indent);
      const path = [...parent.path, ...(parent.key === undefined ? [] : [parent.key]), entry];
      at += 1 + indentAt(source, at + 1, end);
      blocks.push({ indent: at - start, path, keys: new Set() });
      isEntry = true;
    }
    if (!isEntry && at - start > top().indent && top().key !== undefined) blocks.push({ indent: at - start, path: [...top().path, top().key as string], keys: new Set() });
    const block = top();
    const key = /^(?:"[^"\n]*"|'[^'\n]*'|[\w-]+)(?=[ \t]*:(?:[ \t]|$))/.exec(source.slice(at, end))?.[0];
    if (key === undefined) {
      // What stands alone on a line belongs to no key.
      readNode({ ...block, key: undefined }, at, end);
      return;
    }
    const token = { start: at, end: at + key.length };
    take(block, token, true);
    addKey(block, unquoted(key), offset >= token.start && offset <= token.end);
    readNode(block, source.indexOf(':', token.end) + 1, end);
  };

  /** A value up to the end of its line, or up to the brackets that it opens. */
  const readNode = (container: Block, from: number, end: number): void => {
    const at = from + indentAt(source, from, end);
    const opening = source.charAt(at);
    if (at < end && (opening === '{' || opening === '[')) readFlow(container, at, end);
    else {
      if (offset > from && offset < at) take(container, { start: offset, end: offset }, false);
      take(container, { start: at, end: tokenEnd(source, at, end, /[ \t]#/) }, false);
    }
  };

  /** What stands in brackets, as far as the end of the line. */
  const readFlow = (around: Container, from: number, end: number): void => {
    const takeNext = (flow: Flow, at: number): void => {
      if (!flow.isDone) take(flow, { start: at, end: at }, flow.isMap && flow.key === undefined);
    };
    for (let at = from; at < end; ) {
      const character = source.charAt(at);
      const flow = flows.at(-1);
      if (character === '{' || character === '[') {
        const parent = flow ?? around;
        const path = [...parent.path, ...(parent.key === undefined ? [] : [parent.key])];
        if (flow) flow.isDone = true;
        flows.push({ isMap: character === '{', path: character === '{' ? path : [...path, entry], keys: new Set() });
        at += 1;
      } else if (!flow || character === '#') return;
      else if (/[},\]]/.test(character)) {
        takeNext(flow, at);
        if (character !== ',') flows.pop();
        flow.key = undefined;
        flow.isDone = false;
        at += 1;
      } else if (/[ \t]/.test(character)) {
        // Between a comma and what comes next, anything can begin.
        const next = at + indentAt(source, at, end);
        if (offset >= at && offset < next) takeNext(flow, offset);
        at = next;
      } else {
        const token = { start: at, end: Math.max(at + 1, tokenEnd(source, at, end, /[,{}[\]]|:(?=[\s,}\]]|$)/)) };
        const isKey = flow.isMap && flow.key === undefined;
        take(flow, token, isKey);
        if (isKey) addKey(flow, unquoted(source.slice(token.start, token.end)), offset >= token.start && offset <= token.end);
        else flow.isDone = true;
        at = source.charAt(token.end) === ':' ? token.end + 1 : token.end;
      }
    }
    const open = flows.at(-1);
    if (open) takeNext(open, end);
  };

  for (const { index: start, 0: line } of source.matchAll(/[^\r\n]*(?:\r\n?|\n|$)/g)) {
    const end = start + line.replace(/[\r\n]+$/, '').length;
    // A key where keys of the front matter stand ends every bracket that was left open.
    if (/^[a-z]+:(?:\s|$)/.test(line)) flows = [];
    if (flows.length > 0) readFlow(top(), start, end);
    else if (!/^[ \t]*#/.test(line)) readLine(start, end);
  }
  return found;
}

/** How many blanks stand at a place. */
function indentAt(source: string, from: number, end: number): number {
  let at = from;
  while (at < end && (source.charAt(at) === ' ' || source.charAt(at) === '\t')) at += 1;
  return at - from;
}

/** Where a text that begins at a place ends: with its closing quotation mark, or before what ends a plain one. */
function tokenEnd(source: string, from: number, end: number, limit: RegExp): number {
  const quote = source.charAt(from);
  if (from < end && (quote === '"' || quote === "'")) {
    const closing = source.indexOf(quote, from + 1);
    return closing < 0 || closing >= end ? end : closing + 1;
  }
  const length = source.slice(from, end).search(limit);
  return from + (length < 0 ? source.slice(from, end) : source.slice(from, from + length)).trimEnd().length;
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, '$2');
}
