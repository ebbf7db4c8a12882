/** Parses YAML as the library's own `parseDocument` does, but for what is nested so deeply that the library would use up the stack: then the process can end. */

import { Composer, type CST, type Document, Lexer, Parser, YAMLParseError } from 'yaml';

/** How deep lists and keys can stand in one another: the schema of a document needs ten levels of these. */
const deepest = 64;

/** @returns The document with its faults, or the offset where it is nested too deeply. Nothing throws. */
export function parseYaml(source: string): Document.Parsed | { readonly tooDeep: number } {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(source)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > deepest) return { tooDeep: parser.offset - lexeme.length };
  }
  for (const token of parser.end()) tokens.push(token);
  const [document, another] = new Composer({ prettyErrors: false }).compose(tokens, true, source.length) as Iterable<Document.Parsed>;
  if (another) document?.errors.push(new YAMLParseError([another.range[0], another.range[1]], 'MULTIPLE_DOCS', 'Source contains multiple documents'));
  // The composer makes an empty one where there is none.
  return document as Document.Parsed;
}
