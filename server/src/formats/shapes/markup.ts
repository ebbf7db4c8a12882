/** Takes XML and HTML apart with htmlparser2, which knows where each piece stands, never throws, and resolves no external reference. */

import { type Handler, Parser, type ParserOptions } from 'htmlparser2';

/** No page and no event is as deep. The parser takes longer for each element the more are open around it: what stands deeper is not read. */
const deepest = 1_000;

/** A parser that stops where elements stand too deep in each other. */
export function createMarkupParser(handler: Partial<Handler>, options: ParserOptions): Parser {
  let depth = 0;
  const parser = new Parser(
    {
      ...handler,
      onopentag(name, attributes, isImplied) {
        depth += 1;
        if (depth > deepest) parser.pause();
        handler.onopentag?.(name, attributes, isImplied);
      },
      onclosetag(name, isImplied) {
        depth -= 1;
        handler.onclosetag?.(name, isImplied);
      },
    },
    options,
  );
  return parser;
}
