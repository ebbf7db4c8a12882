/**
 * Reads a mail as RFC 5322 and MIME (RFC 2045, 2046) lay it out: headers, parts, and the text of a part with its places in the file.
 * Written by hand, because the kept MIME libraries give no offsets and read asynchronously or throw: a test holds it against one.
 */

import { type Excerpt, joinRuns, literalExcerpt, type Run } from '../../text/excerpt.ts';
import { withLineFeeds } from '../../text/lineFeeds.ts';
import { reachBelow } from '../../text/seam.ts';
import type { Span } from '../../values.ts';
import { decodeBase64 } from './base64.ts';

/** A mail or a part of one. */
export interface MailPart {
  /** "text/plain", in lower case; what RFC 2045, 5.2 assumes where it is not said. */
  readonly type: string;
  /** The first field of each name, the name in lower case, the value unfolded. */
  readonly fields: ReadonlyMap<string, string>;
  readonly span: Span;
  readonly body: Span;
  /** The parts of a multipart; none where no boundary is found. */
  readonly parts: readonly MailPart[];
}

/** The text of a part. */
export interface PartText {
  readonly excerpt: Excerpt;
  /** Where the text is encoded as base64, which nobody can point into: its first line. */
  readonly line?: Span;
}

const deepest = 8;
const mostParts = 200;
/** A part of the text does not know what a longer header says; with CRLF one can have twice as many characters. */
const longestHeader = reachBelow / 2;

/** More of a text than this nobody reads: what follows is the returned message. */
const longestText = 400_000;

/** Reads a mail, or a part between its boundaries. The parts inside an attached mail are not read: it is one part. */
export function readMail(text: string, span: Span, depth = 0): MailPart {
  const { fields, end } = readFields(text, span);
  const written = fields.get('content-type') ?? '';
  const type = /^\s*([\w.+-]+\/[\w.+-]+)/.exec(written)?.[1]?.toLowerCase() ?? 'text/plain';
  const body = { start: end, end: span.end };
  const boundary = type.startsWith('multipart/') ? parameter(written, 'boundary') : undefined;
  const parts = boundary && depth < deepest ? splitParts(text, body, boundary).map((part) => readMail(text, part, depth + 1)) : [];
  return { type, fields, span, body, parts };
}

/**
 * Reads the header fields that a stretch begins with, up to the empty line after them.
 * @returns The fields and where the body begins. A line that is no field is passed over, such as the "From " of a mailbox file.
 */
export function readFields(text: string, span: Span): { readonly fields: ReadonlyMap<string, string>; readonly end: number } {
  const head = text.slice(span.start, span.end);
  const empty = /^\r?\n/.exec(head) ?? /\n\r?\n/.exec(head);
  const length = empty ? empty.index + empty[0].length : head.length;
  const fields = new Map<string, string>();
  for (const field of head.slice(0, Math.min(length, longestHeader)).split(/\r?\n(?![ \t])/)) {
    const colon = field.indexOf(':');
    const name = field.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    if (/^[!-9;-~]{1,80}$/.test(name) && !fields.has(name))
      fields.set(
        name,
        field
          .slice(colon + 1)
          .replace(/\r?\n/g, '')
          .trim(),
      );
  }
  return { fields, end: span.start + length };
}

/** The stretches between the boundary's lines (RFC 2046, 5.1.1); a part that is never closed ends with the multipart. */
function splitParts(text: string, body: Span, boundary: string): Span[] {
  // The boundary's own line break belongs to it, and before the first part there may be none but the header's.
  const content = text.slice(body.start, body.end);
  const parts: Span[] = [];
  let open: number | undefined;
  const delimiter = `--${boundary}`;
  for (let at = content.indexOf(delimiter); at >= 0 && parts.length < mostParts; at = content.indexOf(delimiter, at + 1)) {
    const after = content.slice(at + delimiter.length, at + delimiter.length + 2);
    if ((at > 0 && content[at - 1] !== '\n') || !/^(?:[ \t\r\n]|--|$)/.test(after)) continue;
    if (open !== undefined) parts.push({ start: body.start + open, end: body.start + Math.max(open, at - (content[at - 2] === '\r' ? 2 : 1)) });
    open = undefined;
    if (after === '--') break;
    const newline = content.indexOf('\n', at);
    if (newline < 0) break;
    open = newline + 1;
  }
  if (open !== undefined) parts.push({ start: body.start + open, end: body.end });
  return parts;
}

/** A parameter such as `boundary="…"` or `charset=utf-8`. */
function parameter(field: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]{1,200})"|([^\\s;"]{1,200}))`, 'i').exec(field.slice(0, 4_000));
  return found?.[1]?.trimEnd() ?? found?.[2];
}

/**
 * The text of a part that is no multipart, its transfer encoding (RFC 2045, 6) undone, with LF as its line end.
 * @param limit How much of it is wanted, as it stands in the file; a report is read whole.
 */
export function partText(text: string, part: MailPart, limit: number = longestText): PartText {
  const body = { start: part.body.start, end: Math.min(part.body.end, part.body.start + limit) };
  const encoding = part.fields.get('content-transfer-encoding')?.toLowerCase() ?? '';
  const charset = parameter(part.fields.get('content-type') ?? '', 'charset') ?? 'utf-8';
  if (encoding.startsWith('quoted-printable')) return { excerpt: withLineFeeds(decodeQuotedPrintable(text, body, charset)) };
  if (encoding.startsWith('base64')) return readBase64(text, body, charset);
  return { excerpt: withLineFeeds(decodeShifts(text, body)) };
}

/** `=3D` and its kind become characters, and a line that ends with `=` goes on (RFC 2045, 6.7). All else stands in the log as it is. */
function decodeQuotedPrintable(text: string, body: Span, charset: string): Excerpt {
  const content = text.slice(body.start, body.end);
  const runs: Run[] = [];
  let from = 0;
  const literal = (to: number): void => {
    if (to > from) runs.push({ text: content.slice(from, to), start: body.start + from, end: body.start + to, literal: true });
  };
  for (const found of content.matchAll(/(?:=[0-9A-Fa-f]{2}|=[ \t]{0,80}\r?\n)+/g)) {
    literal(found.index);
    from = found.index + found[0].length;
    const bytes = Array.from(found[0].matchAll(/=([0-9A-Fa-f]{2})/g), ([, hex]) => Number.parseInt(hex as string, 16));
    runs.push({ text: decodeBytes(Uint8Array.from(bytes), charset), start: body.start + found.index, end: body.start + from, literal: false });
  }
  literal(content.length);
  return joinRuns(runs);
}

/** Japanese in ISO-2022-JP (RFC 1468) is ASCII between two escapes: it is decoded whatever the header says, since reports have no character set. */
function decodeShifts(text: string, body: Span): Excerpt {
  const content = text.slice(body.start, body.end);
  if (!content.includes('\x1b$')) return literalExcerpt(text, body);
  const runs: Run[] = [];
  let from = 0;
  for (const found of content.matchAll(/\x1b\$[@B][!-~]*(?:\x1b\([BJ])?/g)) {
    if (found.index > from) runs.push({ text: content.slice(from, found.index), start: body.start + from, end: body.start + found.index, literal: true });
    from = found.index + found[0].length;
    runs.push({ text: decodeBytes(new TextEncoder().encode(found[0]), 'iso-2022-jp'), start: body.start + found.index, end: body.start + from, literal: false });
  }
  runs.push({ text: content.slice(from), start: body.start + from, end: body.end, literal: true });
  return joinRuns(runs);
}

function readBase64(text: string, body: Span, charset: string): PartText {
  const content = text.slice(body.start, body.end);
  const first = /[^\s][^\r\n]*/.exec(content);
  const start = body.start + (first?.index ?? 0);
  const line = { start, end: start + (first?.[0].length ?? 0) };
  const decoded = decodeBytes(decodeBase64(content), charset);
  return { excerpt: joinRuns([{ text: decoded.replaceAll('\r\n', '\n'), ...line, literal: false }]), line };
}

/** In a character set that nobody knows the codes are still ASCII. */
function decodeBytes(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
