/** Takes the body of a document apart: its sections, and where each piece of them stands. */

import { Lexer, type Token } from 'marked';
import type { Span } from '../values.ts';
import type { Problem } from './yamlFaults.ts';

export interface MarkdownSection {
  /** The heading without its label in brackets. */
  readonly name: string;
  readonly heading: string;
  /** The line of the heading. */
  readonly span: Span;
  /** Its Markdown, with plain line ends. */
  readonly raw: string;
  readonly pieces: readonly MarkdownPiece[];
}

export interface MarkdownPiece {
  readonly token: Token;
  readonly span: Span;
}

/** A document's text below the front matter. */
export interface Body {
  /** With plain line ends, as the lexer reads it. */
  readonly markdown: string;
  readonly sections: readonly MarkdownSection[];
}

/**
 * Reads the sections of a document.
 * @param start Where its body begins.
 * @returns A problem where quotations and lists stand in one another deeper than anybody writes them.
 */
export function readBody(text: string, start: number): Body | Problem {
  const markdown = text.slice(start).replace(/\r\n?/g, '\n');
  const offsetOf = createReturn(text, start);
  const sections: (Omit<MarkdownSection, 'raw'> & { readonly from: number; to: number; readonly pieces: MarkdownPiece[] })[] = [];
  const blocks = readBlocks(markdown);
  if ('tooDeep' in blocks) {
    const at = Math.max(start, text.indexOf(blocks.tooDeep, start));
    return { span: { start: at, end: at + Math.max(1, blocks.tooDeep.length) }, message: 'Quotations or lists stand in one another too deeply here to be read.' };
  }
  let at = 0;
  for (const token of blocks) {
    // The lexer leaves out a link's definition that stands there twice.
    at = Math.max(at, markdown.indexOf(token.raw, at));
    const span = { start: offsetOf(at), end: offsetOf(at + token.raw.trimEnd().length) };
    at += token.raw.length;
    if (token.type === 'heading' && token.depth === 2) {
      const heading = String(token.text);
      sections.push({ name: heading.replace(/ \([^()]*\)$/, ''), heading, span, from: at, to: at, pieces: [] });
    } else {
      const current = sections.at(-1);
      if (current) current.to = at;
      current?.pieces.push({ token, span });
    }
  }
  return { markdown, sections: sections.map(({ from, to, ...section }) => ({ ...section, raw: markdown.slice(from, to) })) };
}

/** How deep quotations and lists can stand in one another. The lexer calls itself for each level, and reads again what is in it. */
const deepest = 32;

/** The blocks of a text, or the line where they are nested too deeply. What stands within their lines is not asked for: to find it takes longer than all else. */
function readBlocks(markdown: string): readonly Token[] | { readonly tooDeep: string } {
  const lexer = new Lexer();
  const readLevel = lexer.blockTokens.bind(lexer);
  let level = 0;
  let tooDeep: string | undefined;
  lexer.blockTokens = ((source: string, ...rest: [Token[]?, boolean?]) => {
    if (level > deepest) tooDeep ??= /\S[^\n]*/.exec(source)?.[0] ?? '';
    // Once it is known, nothing more need be read.
    if (tooDeep !== undefined) return [];
    level += 1;
    const tokens = readLevel(source, ...rest);
    level -= 1;
    return tokens;
  }) as Lexer['blockTokens'];
  const blocks = lexer.blockTokens(markdown);
  return tooDeep === undefined ? blocks : { tooDeep };
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
