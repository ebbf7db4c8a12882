/** The only builder of Markdown from log text. A remote server chose that text, so none of it may be read as markup, link or HTML. */

import { commands, type OccurrencesArguments, type PageArguments, type RunbookArguments, type SessionArguments } from '../protocol/editor.ts';

/**
 * Writes log text as literal Markdown text on one line. All punctuation that Markdown, its extensions or HTML could read
 * stands behind a backslash (CommonMark, 2.4), so that addresses do not become links either.
 * @param limit The greatest number of UTF-16 code units taken from the text; "…" says that there was more.
 */
export function escapeText(text: string, limit = 1_000): string {
  return visible(text, limit).replace(/[!#$&()*+\-.:<=>@[\\\]^_`{|}~]/g, '\\$&');
}

/** Writes a title of a document or a registry: people read it in tickets that show no Markdown too, so only what would be markup is escaped. */
export function escapeTitle(title: string): string {
  return visible(title, Number.POSITIVE_INFINITY).replace(/[\\`*_{}[\]<>#|~&!@]/g, '\\$&');
}

/**
 * Writes log text as an inline code span. Not for table cells: there, a | divides even a code span.
 * @param limit The greatest number of UTF-16 code units taken from the text; "…" says that there was more.
 */
export function code(text: string, limit = 1_000): string {
  const content = visible(text, limit);
  // A code span of nothing would be two backticks of text.
  if (content === '') return '` `';
  const longest = Math.max(0, ...(content.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padding = /^`|`$/.test(content) ? ' ' : '';
  return fence + padding + content + padding + fence;
}

/**
 * Writes a link to a public page. Anything but an https address without a user name yields the title alone.
 * @param title Plain text; it is escaped here.
 */
export function link(title: string, url: string): string {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address?.protocol !== 'https:' || address.username !== '' || address.password !== '') return escapeText(title);
  return `[${escapeText(title)}](${address.href.replace(/[!'()*;<>[\\\]^`{|}]/g, percentEncoded)})`;
}

/**
 * Writes a link that runs a command of the extension, for clients that trust command links.
 * The query is a JSON array with the one argument, as the editor's guide to command URIs has it. The editor decodes the query twice,
 * so a % of the argument is written as a JSON escape: log text such as "%22" would otherwise become another argument.
 * @param command Any other command than those of the protocol yields the title alone.
 */
export function commandLink(
  title: string,
  command: (typeof commands)[keyof typeof commands],
  argument: RunbookArguments | PageArguments | OccurrencesArguments | SessionArguments,
): string {
  if (!Object.values(commands).includes(command)) return escapeText(title);
  const json = JSON.stringify([argument]).replaceAll('%', '\\u0025');
  return `[${escapeText(title)}](command:${command}?${encodeURIComponent(json).replace(/[!'()*]/g, percentEncoded)})`;
}

/**
 * Turns prose in Markdown into plain text for clients that read no Markdown: links become "title (address)", and the marks of
 * emphasis, headings, code and escapes go. Fenced code stays as it is, without its fences; lists and tables stay.
 */
export function plainText(markdown: string): string {
  return markdown
    .split(/^ {0,3}(```+|~~~+)[^\n`]*\n([\s\S]*?)^ {0,3}\1[ \t]*(?:\n|$)/m)
    .map((piece, index) => {
      if (index % 3 === 0) return withoutMarks(piece);
      return index % 3 === 2 ? piece : '';
    })
    .join('');
}

const marks =
  /(?<!`)(?<fence>`+)(?!`)(?<code>[\s\S]*?)(?<!`)\k<fence>(?!`)|\\(?<escaped>[!-/:-@[-`{-~])|\[(?<title>(?:\\[\s\S]|`[^`]*`|[^[\]\\`])*)\]\((?<url>[^()\s]*)\)|<(?<address>https?:[^<>\s]*)>|(?<=\S)\*+|\*+(?=\S)|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)|^#{1,6} +/gm;

function withoutMarks(markdown: string): string {
  return markdown.replace(marks, (...found) => {
    const { code: content, escaped, title, url, address } = found.at(-1) as Record<string, string | undefined>;
    // A code span that begins and ends with a blank loses one on either side (CommonMark, 6.1).
    if (content !== undefined) return /^ [\s\S]*\S[\s\S]* $/.test(content) ? content.slice(1, -1) : content;
    if (title !== undefined) return url?.startsWith('https:') ? `${withoutMarks(title)} (${url})` : withoutMarks(title);
    return escaped ?? address ?? '';
  });
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/**
 * One line in which every character can be seen: white space as single blanks, control characters as their pictures (␀),
 * bidirectional controls, other invisible format characters and lone surrogates as \uXXXX.
 */
function visible(text: string, limit: number): string {
  // Half a surrogate pair would be another character.
  const kept = text.length > limit ? text.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '') : text;
  const shown = kept
    .replace(/\s+/g, ' ')
    .replace(/^ | $/g, '')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, picture);
  return text.length > limit ? `${shown}…` : shown;
}

function picture(character: string): string {
  const value = character.charCodeAt(0);
  if (value < 0x20) return String.fromCharCode(0x2400 + value);
  if (value === 0x7f) return '\u2421';
  return Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0')}`).join('');
}
