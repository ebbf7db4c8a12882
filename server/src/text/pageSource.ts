/** Lines of a page's source that somebody has copied, with their tags and entities: they say what a browser would show of them. */

import type { Span } from '../values.ts';
import { BareText } from './bareText.ts';
import { blank, commercialAt, greaterThan, isBlank, lessThan } from './characters.ts';
import { findEntities } from './entities.ts';
import { lazy } from './lazy.ts';
import type { LineNumbers } from './lineSurvey.ts';
import { lineStart } from './lines.ts';
import { standsAt } from './occurrences.ts';
import { stretchAt } from './spans.ts';

/** A stretch of the source that is read as something else, which is no longer. */
interface Shown extends Span {
  readonly text: string;
}

/**
 * The text without the tags of the lines that begin or end with one, and without entities: a break, or the end of a block, between words of a line
 * ends it, and a cell stands apart by a tab. What a mail has as a part in HTML stays as it is, and is read with the mail.
 * @param newlines The offsets of all line feeds.
 * @param candidates The lines that begin with `<`, or end as a tag does.
 * @param isOfLines Whether the lines are texts of their own, of which none goes, and none becomes two but by CR.
 * @returns undefined where nothing of it stands in the text.
 */
export function withoutMarkup(source: string | BareText, newlines: readonly number[], candidates: LineNumbers, isOfLines: boolean): BareText | undefined {
  const written = typeof source === 'string' ? source : source.text;
  const parts = lazy(() => (isOfLines ? [] : htmlParts(written)));
  const readings: Shown[] = [];
  const marked = new Set<number>();
  for (const line of candidates) {
    const start = (newlines[line - 1] ?? -1) + 1;
    const end = newlines[line] ?? written.length;
    if (!isMarkedUp(written, start, end) || stretchAt(parts(), start)) continue;
    marked.add(start);
    readLine(written, start, end, isOfLines, readings);
  }
  for (const entity of findEntities(written, (line) => marked.has(line)))
    if (!stretchAt(parts(), entity.start)) readings.push(endsLine(written, entity) ? { ...entity, text: '' } : entity);
  return readings.length === 0 ? undefined : readAs(source, written, readings);
}

/** Whether it is one of the blanks that keep a line from being empty, or its end. */
function endsLine(text: string, { start, end }: Span): boolean {
  return text.startsWith('&nbsp;', start) && standsAt(text, restOfLine, end);
}

const restOfLine = /(?:&nbsp;|<[^<>\n]{0,200}>|[ \t\r]){0,100}(?:\n|$)/y;

/** The text with its stretches read so: the character that is left stands in the place of the first. */
function readAs(source: string | BareText, written: string, readings: Shown[]): BareText {
  readings.sort((one, other) => one.start - other.start);
  const pieces: string[] = [];
  const lines: number[] = [];
  const behind: number[] = [];
  let from = 0;
  for (const { start, end, text } of readings) {
    if (start < from) continue;
    pieces.push(written.slice(from, start), text, written.slice(start + text.length, end));
    lines.push(start + text.length);
    behind.push(end);
    from = end;
  }
  pieces.push(written.slice(from));
  return new BareText(source, { lines, behind }, pieces.join(''));
}

const inline = 'a|abbr|b|big|code|em|font|i|kbd|samp|small|span|strong|tt|u';
const blocks = 'address|article|blockquote|body|br|center|dd|div|dl|dt|h[1-6]|hr|html|li|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul';
const attributes = '(?:[ \\t][^<>\\n]{0,2000})?';
const tagOf = (names: string): string => `</?(?:${names})${attributes}/?>`;

/** What a line begins or ends with: elements that no XML of a log has. */
const marking = new RegExp(tagOf('br|div|font|h[1-6]|hr|li|ol|p|pre|span|table|tbody|td|th|thead|tr|ul'), 'iy');
const tags = new RegExp(`${tagOf(`${inline}|${blocks}`)}(?:[ \\t]*${tagOf(`${inline}|${blocks}`)})*`, 'gi');

/** Whether a line begins or ends with a tag. */
function isMarkedUp(text: string, start: number, newline: number): boolean {
  let first = start;
  while (first < newline && first - start < deepest && isBlank(text.charCodeAt(first))) first++;
  if (text.charCodeAt(first) === lessThan && standsAt(text, marking, first)) return true;
  let end = newline;
  while (end > start && text.charCodeAt(end - 1) <= blank) end--;
  // An address, an arrow, the end of a comparison: hardly any other line ends with a tag.
  const least = Math.max(start, end - longestTag);
  let last = end - 1;
  for (let code = greaterThan; code !== lessThan; code = text.charCodeAt(last)) if (--last < least || code === commercialAt) return false;
  if (!standsAt(text, marking, last) || marking.lastIndex !== end) return false;
  // Where a tag that breaks the line stands before words, something else stands before the line, and is taken off first.
  for (const { 0: run, index } of text.slice(start, end).matchAll(tags)) if (start + index + run.length < end && lineBreak.test(run)) return false;
  return true;
}

const deepest = 80;
const longestTag = 2_100;

/** What the tags of a line are read as. */
function readLine(text: string, start: number, newline: number, isOfLines: boolean, readings: Shown[]): void {
  const line = text.slice(start, newline);
  for (const { 0: run, index } of line.matchAll(tags)) {
    const at = start + index;
    const end = at + run.length;
    const isFirst = line.slice(0, index).trim() === '';
    const isLast = line.slice(index + run.length).trim() === '';
    // A line of nothing but the frame of a table or a list is none.
    const isFrame = isFirst && isLast && !isOfLines && newline < text.length && !emptyLine.test(run);
    // The cells of a row may stand below each other.
    const isCell = isLast && !isOfLines && /<\/t[dh]>$/i.test(run) && standsAt(text, nextCell, newline);
    if (isCell) readings.push({ start: at, end: newline + 1, text: '\t' });
    else if (isFrame) readings.push({ start, end: newline + 1, text: '' });
    else readings.push({ start: at, end, text: isFirst || isLast ? '' : between(run, isOfLines) });
  }
}

const nextCell = /\n[ \t]{0,80}<t[dh]\b/iy;

/** A paragraph, a break, or an element with nothing in it. */
const emptyLine = /<(?:\/?p|br|\/?pre)\b|<([a-z]+)[^<>]*>[ \t]*<\/\1>/i;

/** What stands between two words where tags do. */
function between(run: string, isOfLines: boolean): string {
  if (lineBreak.test(run)) return (isOfLines ? '\r' : '\n').repeat(endsParagraph(run) ? 2 : 1);
  return /<\/?t[dh]\b/i.test(run) ? '\t' : '';
}

/** Whether a paragraph ends and another begins. */
function endsParagraph(run: string): boolean {
  const end = run.search(/<\/p>/i);
  return end >= 0 && /<p[ \t>]/i.test(run.slice(end));
}

const lineBreak = /<\/?(?:address|blockquote|br|dd|div|dt|h[1-6]|hr|li|ol|p|pre|table|tr|ul)\b/i;

/** The parts of mails that are HTML, as their header says: each ends with the line of the boundary, or with its mail. */
function htmlParts(text: string): Span[] {
  const parts: Span[] = [];
  for (let at = text.indexOf(htmlType); at >= 0; at = text.indexOf(htmlType, at + 1)) {
    if (at < (parts.at(-1)?.end ?? 0) || !/^content-type:[ \t]*$/i.test(text.slice(lineStart(text, at), at))) continue;
    partEnd.lastIndex = at;
    parts.push({ start: at, end: partEnd.exec(text)?.index ?? text.length });
  }
  return parts;
}

const htmlType = 'text/html';
const partEnd = /\n(?:--[^\s-]|\r?\nFrom )/g;
