/** The text of an event without what forums, tickets, wikis and web pages have put around it: Markdown, HTML, entities, quote marks, tables. */

import { type Excerpt, joinRuns, type Run } from '../../text/excerpt.ts';
import type { Span } from '../../values.ts';

/**
 * A stretch as its writer had it: blocks of HTML are lines, the cells of tables have tabs between them, and emphasis, bullets and quote marks
 * are gone. Each character still knows its place.
 */
export function undress(text: string, { start, end }: Span): Excerpt {
  const written = text.slice(start, end);
  const runs: Run[] = [];
  let from = 0;
  for (const found of written.matchAll(decoration)) {
    const plain = plainOf(found);
    if (plain === undefined) continue;
    if (found.index > from) runs.push({ text: written.slice(from, found.index), start: start + from, literal: true, end: start + found.index });
    from = found.index + found[0].length;
    if (plain !== '') runs.push({ text: plain, start: start + found.index, literal: false, end: start + from });
  }
  if (from < written.length || runs.length === 0) runs.push({ text: written.slice(from), start: start + from, literal: true, end });
  return joinRuns(runs);
}

/** Whether a stretch was written for a page: it has elements of HTML, entities, or emphasis of Markdown. */
export function isDressed(written: string): boolean {
  return /<\/?(?:p|div|br|li|td|tr|span|b|strong|em|code)[ />]|&(?:#\d{2,5}|lt|gt|quot|amp|nbsp);|\*\*|`/i.test(written);
}

/** In the order of the groups: what begins a line, a tag, an entity, BBCode, emphasis, an escape of Markdown, a border of a table, what cannot be seen, the first half of a line end. */
const decoration =
  /(?<=^|\n)([ \t>]{0,40}(?:[-*+\u2022\u00B7\u2013\u25CF\u25AA][ \t]+(?!-)|\d{1,2}[.)][ \t]+|#{1,6}[ \t]+|h[1-6]\.[ \t]+|>[ \t]?)[ \t>]{0,40})|<(?![is]>[a-z]{1,9}=)(\/?[a-z][a-z0-9]{0,9})(?=[\s/>])[^<>]{0,400}>|&(#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,6});|\[\/?(?:b|i|u|code|quote|list|\*|td|tr|table|size|color|font|p)(?:=[^\]\n]{0,60})?\]|(\*{1,3}|`{1,3}|__)|\\([_*#.\-<>[\]`])|(\|)|[\u200B\u00AD\u2060\uFEFF]|\r(?=\n)|\{(?:code|noformat|quote)\}/gi;

function plainOf([, lineBeginning, tag, entity, , escaped, border]: RegExpExecArray | RegExpMatchArray): string | undefined {
  if (lineBeginning !== undefined) return '';
  if (tag !== undefined) return plainOfTag(tag.toLowerCase());
  if (entity !== undefined) return plainOfEntity(entity);
  if (escaped !== undefined) return escaped;
  return border === undefined ? '' : '\t';
}

const blocks = /^\/?(?:p|div|br|li|ul|ol|tr|table|tbody|thead|h[1-6]|dl|dt|pre|blockquote|hr|section|article)$/;
const cells = /^\/?(?:td|th|dd)$/;
const inlines = /^\/?(?:span|b|strong|em|i|u|font|code|a|small|label|tt|samp|kbd|mark|center|wbr|nobr|s)$/;

/** Another name in angle brackets is no tag: message IDs and names of certificates stand in them too. */
function plainOfTag(tag: string): string | undefined {
  if (blocks.test(tag)) return '\n';
  if (cells.test(tag)) return '\t';
  return inlines.test(tag) ? '' : undefined;
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ', laquo: '\u00AB', raquo: '\u00BB', ndash: '\u2013' };

function plainOfEntity(entity: string): string | undefined {
  if (!entity.startsWith('#')) return named[entity.toLowerCase()];
  const code = /^#x/i.test(entity) ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
  if (code === 0xa0) return ' ';
  return code > 0x1f && code < 0xd800 ? String.fromCharCode(code) : undefined;
}
