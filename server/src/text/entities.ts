/** The entities that a page's source has in the place of characters, where somebody has copied such a source and no XML has written them. */

import type { Span } from '../values.ts';
import { standsAt } from './occurrences.ts';

const characters: Readonly<Partial<Record<string, string>>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '\u2013',
  mdash: '\u2014',
  hellip: '\u2026',
  lsquo: '\u2018',
  rsquo: '\u2019',
  ldquo: '\u201C',
  rdquo: '\u201D',
  bdquo: '\u201E',
  laquo: '\u00AB',
  raquo: '\u00BB',
};

const entity = /&(?:[a-z]{2,6}|#\d{2,5}|#x[0-9A-Fa-f]{2,4});/y;
/** What stands in lines of logs that were copied as source: an address or a quotation is written so. */
const telling = /&(?:lt|gt|quot|apos|nbsp|#39|#34|#60|#62|#x27|#x22|#160);/;

/** An entity that stands for a character. */
export interface Entity extends Span {
  readonly text: string;
}

/** @param isMarkedUp Whether the line that begins at an offset has tags of a page. */
export function findEntities(text: string, isMarkedUp: (line: number) => boolean): Entity[] {
  const found: Entity[] = [];
  const tags = new NextTag(text);
  let line = { end: -1, isRead: false };
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    if (!standsAt(text, entity, at)) continue;
    const end = entity.lastIndex;
    if (at >= line.end) line = lineAt(text, at, isMarkedUp, tags);
    const character = line.isRead ? characterOf(text.slice(at + 1, end - 1)) : '';
    if (character !== '') found.push({ start: at, end, text: character });
  }
  return found;
}

/** None for what ends a line, or shows nothing. */
function characterOf(name: string): string {
  if (!name.startsWith('#')) return characters[name] ?? '';
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code === 0xa0 ? ' ' : code > 0x20 && code < 0xd800 && code !== 0x7f ? String.fromCharCode(code) : '';
}

interface Line {
  readonly end: number;
  readonly isRead: boolean;
}

/** A line with an entity, and whether its entities stand for characters. */
function lineAt(text: string, place: number, isMarkedUp: (line: number) => boolean, tags: NextTag): Line {
  const start = text.lastIndexOf('\n', place) + 1;
  const newline = text.indexOf('\n', place);
  const end = newline < 0 ? text.length : newline;
  const line = text.slice(start, end);
  return { end, isRead: isMarkedUp(start) || (telling.test(line) && !isOfOtherForm(line) && !isInMarkup(text, place, tags)) };
}

/** What stands in a string of JSON as a page is read with it, and quotation marks that are written out are none beside those that are not. */
function isOfOtherForm(line: string): boolean {
  if (!line.includes('"')) return false;
  return /&(?:quot|#34|#x22);/.test(line) || (/<\/?[A-Za-z]/.test(line) && line.replace(/<[^<>]{0,2000}>/g, '').includes('"'));
}

/** Whether the text goes on with a tag that no page has: what is written there is XML, and is read as it. */
function isInMarkup(text: string, place: number, tags: NextTag): boolean {
  const line = text.slice(text.lastIndexOf('\n', place) + 1, place);
  const next = tags.behind(place);
  return /<[A-Za-z?!][^<>]*$/.test(line) || (next !== undefined && next[1] === '/' && !ofPages.test(next[2] ?? ''));
}

/** The next tag behind a place, for places in order: no stretch is looked through twice. */
class NextTag {
  private readonly text: string;
  private found: RegExpExecArray | null = null;
  private scanned = 0;

  constructor(text: string) {
    this.text = text;
  }

  behind(place: number): RegExpExecArray | undefined {
    const end = place + farthestTag;
    if (!this.found || this.found.index < place) {
      tag.lastIndex = Math.max(place, this.scanned - longestTag);
      this.found = tag.exec(this.text.slice(0, end));
      this.scanned = this.found?.index ?? end;
    }
    return this.found && this.found.index < end ? this.found : undefined;
  }
}

const longestTag = 100;
/** So far below an entity the element ends that it stands in. */
const farthestTag = 8_000;
const tag = /<(\/?)([A-Za-z][\w:.-]{0,60})(?=[\s/>\\])/g;
const ofPages =
  /^(?:a|abbr|address|article|b|big|blockquote|body|br|center|code|dd|div|dl|dt|em|font|h[1-6]|hr|html|i|kbd|li|ol|p|pre|samp|section|small|span|strong|table|tbody|td|tfoot|th|thead|tr|tt|u|ul)$/i;
