/** Positions and edits as an editor takes them, written from the specification alone: the judge of what the server sends. */

import type { Position, Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';

export type Encoding = 'utf-16' | 'utf-8';

/**
 * Applies an edit as an editor does, to files that are held as texts by their URI.
 * @throws Error where an editor would fail or do something else than was meant: a created file that stands already, an edit of a
 * file that is not there, places outside of the text, edits that overlap.
 */
export function applyWorkspaceEdit(files: Map<string, string>, edit: WorkspaceEdit, encoding: Encoding = 'utf-16'): void {
  for (const [uri, edits] of Object.entries(edit.changes ?? {})) files.set(uri, applyEdits(files.get(uri) ?? '', edits, encoding));
  for (const change of edit.documentChanges ?? []) {
    if (!('kind' in change)) {
      const text = files.get(change.textDocument.uri);
      if (text === undefined) throw new Error(`There is no file ${change.textDocument.uri}`);
      files.set(change.textDocument.uri, applyEdits(text, change.edits as TextEdit[], encoding));
    } else if (change.kind !== 'create') throw new Error(`Not expected: ${change.kind}`);
    else if (!files.has(change.uri)) files.set(change.uri, '');
    else if (!change.options?.ignoreIfExists) throw new Error(`The file stands already: ${change.uri}`);
  }
}

export function applyEdits(text: string, edits: readonly TextEdit[], encoding: Encoding = 'utf-16'): string {
  const places = edits.map(({ range, newText }) => ({ start: offsetOf(text, range.start, encoding), end: offsetOf(text, range.end, encoding), newText }));
  let result = '';
  let at = 0;
  for (const { start, end, newText } of places.sort((one, other) => one.start - other.start)) {
    if (start < at || end < start) throw new Error('Edits overlap.');
    result += text.slice(at, start) + newText;
    at = end;
  }
  return result + text.slice(at);
}

/** The offset of a position, by the specification's own words: LF, CRLF and a lone CR end a line, and no position stands outside of its line. */
export function offsetOf(text: string, { line, character }: Position, encoding: Encoding = 'utf-16'): number {
  const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((lineEnd) => lineEnd.index + lineEnd[0].length)];
  const start = starts[line];
  if (start === undefined) throw new Error(`There is no line ${line}.`);
  const content = (/^[^\r\n]*/.exec(text.slice(start)) as RegExpExecArray)[0];
  const before = encoding === 'utf-16' ? content.slice(0, character) : Buffer.from(content, 'utf8').subarray(0, character).toString('utf8');
  const length = encoding === 'utf-16' ? before.length : Buffer.byteLength(before, 'utf8');
  if (length !== character) throw new Error(`Line ${line} has no place ${character}.`);
  return start + before.length;
}

/** The text that stands at a range. */
export function textAt(text: string, range: Range, encoding: Encoding = 'utf-16'): string {
  return text.slice(offsetOf(text, range.start, encoding), offsetOf(text, range.end, encoding));
}

/** The position of an offset that is not inside a line end. */
export function positionOf(text: string, offset: number, encoding: Encoding = 'utf-16'): Position {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  const last = lines.at(-1) as string;
  return { line: lines.length - 1, character: encoding === 'utf-16' ? last.length : Buffer.byteLength(last, 'utf8') };
}
