/** What is wrong with YAML as such, in words for people who write it seldom. */

import { type Document, type ErrorCode, isCollection, isScalar, visit, type YAMLError } from 'yaml';
import type { Span } from '../values.ts';

/** A fault of a text: where, and what would be right. */
export interface Problem {
  readonly span: Span;
  readonly message: string;
}

const sentences: Partial<Record<ErrorCode, string>> = {
  BAD_DQ_ESCAPE: 'In double quotes a backslash begins an escape: double it, or write the text in single quotes.',
  BAD_INDENT: 'This line is not indented as those that it belongs to.',
  BAD_SCALAR_START: 'A text that begins with this character must stand in quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'A text that holds a colon and a blank must stand in quotes, and a key must begin exactly below its neighbours.',
  BLOCK_IN_FLOW: 'A comma is missing between two keys, or a text that holds a colon needs quotes.',
  MISSING_CHAR: 'A colon and a blank are missing, or the line is not indented as its neighbours: a line is "key: value", an entry of a list begins with a hyphen and a blank.',
  MULTILINE_IMPLICIT_KEY: 'A colon and a blank are missing: a line is "key: value".',
  MULTIPLE_DOCS: 'The front matter ends here for YAML: three dots must not stand on a line of their own.',
  TAB_AS_INDENT: 'YAML does not take tabs here: indent with blanks.',
  UNEXPECTED_TOKEN: 'This is one too many here: no bracket was opened that it could close.',
};

/**
 * The fault that keeps a text from being YAML. The first one explains those after it.
 * @param source What the document was parsed from.
 */
export function yamlFault(error: YAMLError, document: Document.Parsed, source: string): Problem {
  const open = error.code === 'BAD_INDENT' || error.code === 'MISSING_CHAR' ? unclosed(document, source) : undefined;
  return open ?? { span: { start: error.pos[0], end: Math.max(error.pos[0] + 1, error.pos[1]) }, message: sentences[error.code] ?? `This is not YAML: ${error.message}.` };
}

/** The innermost bracket or quotation mark that is opened and never closed: the parser itself points to where it lost hope. */
function unclosed(document: Document.Parsed, source: string): Problem | undefined {
  let found: Problem | undefined;
  visit(document, {
    Node(_key, node) {
      const [start, end] = node.range ?? [0, 0];
      const opening = source.charAt(start);
      const closing = isCollection(node) && node.flow ? (opening === '{' ? '}' : ']') : isScalar(node) && /^QUOTE/.test(node.type ?? '') ? opening : undefined;
      if (closing === undefined || (end - start > 1 && source.slice(start, end).trimEnd().endsWith(closing) && !isEscaped(source, start, end))) return;
      found = { span: { start, end: start + 1 }, message: `This ${isCollection(node) ? 'bracket' : 'quotation mark'} is never closed: ${closing} is missing.` };
    },
  });
  return found;
}

/** Whether the mark at the end of a text in double quotes is one of its characters: then another must follow. */
function isEscaped(source: string, start: number, end: number): boolean {
  let backslashes = 0;
  while (source.charAt(start) === '"' && source.charAt(end - 2 - backslashes) === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}
