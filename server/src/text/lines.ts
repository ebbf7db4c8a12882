/** Where lines begin and end. */

import { carriageReturn, lineFeed } from './characters.ts';

/** Where the line ends that `offset` stands in, without its line break; looked for no further than `limit`. */
export function lineEnd(text: string, offset: number, limit: number = text.length): number {
  const newline = limit === text.length ? text.indexOf('\n', offset) : offset + text.slice(offset, limit).indexOf('\n');
  // A limit may stand inside a line break.
  const end = newline >= offset ? newline : limit;
  return end > offset && text.charCodeAt(end) === lineFeed && text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end;
}

/** Where the line begins that `offset` stands in. */
export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line begins that `offset` stands in, looked for no further back than `limit`; undefined where the line is longer than any that a form begins with. */
export function lineStartAfter(text: string, offset: number, limit: number): number | undefined {
  const from = Math.max(limit, offset - longestFirstLine);
  const near = Math.max(from, offset - usualLine);
  // To pass over a few line ends forwards takes a third of the time that a search backwards takes.
  const above = text.slice(near, offset);
  let newline = -1;
  for (let at = above.indexOf('\n'); at >= 0; at = above.indexOf('\n', at + 1)) newline = at;
  if (newline >= 0) return near + newline + 1;
  const farther = text.slice(from, near);
  // A search backwards through a line of thousands of characters would take ten times as long as to see that it begins above them.
  newline = farther.includes('\n') ? farther.lastIndexOf('\n') : -1;
  return newline >= 0 || from === limit ? from + newline + 1 : undefined;
}

/** What a line of a form is known by stands no further behind its beginning. */
export const longestFirstLine = 4_000;
const usualLine = 240;

/** Where the next line begins, or the text's length after the last one. */
export function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}

/** Whether a line ends at an offset, other than with the text. */
export function isLineBreak(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === lineFeed || (code === carriageReturn && text.charCodeAt(at + 1) === lineFeed);
}
