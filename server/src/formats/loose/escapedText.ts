/** Texts of several lines that stand in a JSON string, as in a ticket's export: each is read as if it stood by itself. */

import { type Excerpt, placeSpan } from '../../text/excerpt.ts';
import { nextLine } from '../../text/lines.ts';
import type { Block, LogRecord, Span } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import { stringEnd, unescaped } from '../shapes/jsonObjects.ts';

/** How a text is read that is part of another one. */
export interface Reader {
  records(text: string): LogRecord[];
  blocks(text: string): Block[];
}

/** The format of such strings. It comes behind those that know the objects that they stand in. */
export function escapedText(reader: Reader): LogFormat {
  return {
    id: 'text',
    title: 'Texts in JSON',
    find: findStrings,
    parse: (text, stretches) =>
      stretches.flatMap((stretch) => {
        const excerpt = unescaped(text, stretch);
        return reader.records(excerpt.text).map((record) => toPlace(record, excerpt));
      }),
    blocks: (text, stretches) =>
      stretches.flatMap((stretch) => {
        const excerpt = unescaped(text, stretch);
        return reader.blocks(excerpt.text).map((block) => ({ ...block, span: spanOf(excerpt, block.span) }));
      }),
  };
}

/** The values of properties in which a line break is escaped, in lines that begin as JSON does: what a server answered may look like a property. */
function findStrings(text: string, free: readonly Span[]): Span[] {
  const strings: Span[] = [];
  if (!text.includes('\\n')) return strings;
  const opening = /"\s{0,8}:\s{0,8}"/g;
  const isJson = lineTeller(text);
  for (const gap of free) {
    opening.lastIndex = gap.start;
    for (let found = opening.exec(text); found && opening.lastIndex < gap.end; found = opening.exec(text)) {
      const start = opening.lastIndex;
      const end = stringEnd(text, start, gap.end);
      if (end === undefined) continue;
      if (isLines(text, start, end) && isJson(start)) strings.push({ start, end });
      opening.lastIndex = end;
    }
  }
  return strings;
}

/** Tells of offsets, in order, whether their lines begin with a bracket or a property's name. */
function lineTeller(text: string): (offset: number) => boolean {
  let line = 0;
  let next = nextLine(text, 0);
  return (offset) => {
    while (next <= offset && next < text.length) {
      line = next;
      next = nextLine(text, line);
    }
    return /^[ \t>\uFEFF]{0,80}(?:[[{]|"[^"\\]{1,80}"\s{0,8}:)/.test(text.slice(line, line + 200));
  };
}

/** Whether a line break is among the escapes: `C:\\new` has none. */
function isLines(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if (text.charCodeAt(at) !== backslash) continue;
    if (text[at + 1] === 'n') return true;
    at++;
  }
  return false;
}

const backslash = 0x5c;

function toPlace(record: LogRecord, excerpt: Excerpt): LogRecord {
  return { ...record, span: spanOf(excerpt, record.span), mark: spanOf(excerpt, record.mark), places: record.places.map((place) => spanOf(excerpt, place)) };
}

function spanOf(excerpt: Excerpt, { start, end }: Span): Span {
  return placeSpan(excerpt, start, end);
}
