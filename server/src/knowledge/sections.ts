/** Takes the body of a document apart: its sections, and where each piece of them stands. */

import { lexer, type Token } from 'marked';
import type { Span } from '../values.ts';

export interface Section {
  /** The heading without its label in brackets. */
  readonly name: string;
  readonly heading: string;
  /** The line of the heading. */
  readonly span: Span;
  /** Its Markdown, with plain line ends. */
  readonly raw: string;
  readonly pieces: readonly Piece[];
}

export interface Piece {
  readonly token: Token;
  readonly span: Span;
}

/** A document's text below the front matter. */
export interface Body {
  /** With plain line ends, as the lexer reads it. */
  readonly markdown: string;
  readonly sections: readonly Section[];
}

/**
 * Reads the sections of a document.
 * @param start Where its body begins.
 */
export function readBody(text: string, start: number): Body {
  const markdown = text.slice(start).replace(/\r\n?/g, '\n');
  const offsetOf = createReturn(text, start);
  const sections: { name: string; heading: string; span: Span; raw: string; pieces: Piece[] }[] = [];
  let at = 0;
  for (const token of lexer(markdown)) {
    // The lexer leaves out a link's definition that stands there twice.
    at = Math.max(at, markdown.indexOf(token.raw, at));
    const span = { start: offsetOf(at), end: offsetOf(at + token.raw.trimEnd().length) };
    at += token.raw.length;
    if (token.type === 'heading' && token.depth === 2) {
      const heading = String(token.text);
      sections.push({ name: heading.replace(/ \([^()]*\)$/, ''), heading, span, raw: '', pieces: [] });
    } else {
      const current = sections.at(-1);
      if (current) current.raw += token.raw;
      current?.pieces.push({ token, span });
    }
  }
  return { markdown, sections };
}

/** The lines of a fence between its marks, as far as the first of them: where a fault of its content is shown. */
export function firstLineInside(text: string, { start, end }: Span): Span {
  const opening = /^[^\r\n]*(?:\r\n?|\n)/.exec(text.slice(start, end));
  if (!opening) return { start, end };
  const line = start + opening[0].length;
  return { start: line, end: Math.max(line + 1, line + text.slice(line, end).search(/[\r\n]|$/)) };
}

/** Leads offsets of a text with plain line ends back to the text as it is; they are asked in ascending order. */
function createReturn(text: string, start: number): (offset: number) => number {
  let at = start;
  let passed = 0;
  return (offset) => {
    for (; passed < offset; passed += 1) at += text.startsWith('\r\n', at) ? 2 : 1;
    return at;
  };
}
