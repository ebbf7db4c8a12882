/** Makes log text harmless to show: every output of the command line, and every list in an editor, passes text from a log or a file's name through here. */

/** Control and format characters: terminals obey the first (ECMA-48), the second reorder or hide what a reader sees. */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Nearly all text is words with single blanks, without any of this. Told apart because it is a hundred times quicker; by a search,
 * since an expression for the whole text would take a stack as long as the text.
 */
const unusual = /[^ -~]| {2}/;

/**
 * One line of text that a terminal only prints.
 * @param text Anything, for example what a remote server answered.
 * @returns The text with white space collapsed to single blanks and other control characters written out as \u001b.
 */
export function visible(text: string): string {
  if (!unusual.test(text)) return text.trim();
  return text
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029 ]+/g, ' ')
    .trim()
    .replace(unsafe, escapeSequence);
}

/** Text of several lines that a terminal only prints: line ends and tabs stay, and all other control characters are written out. */
export function visibleLines(text: string): string {
  return text.replace(unsafeInLines, escapeSequence);
}

/** A line end is that of this system or of another one; a carriage return alone would let a line be written over. */
const unsafeInLines = /(?!\t|\r?\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** One line, cut to a length in UTF-16 code units, with an ellipsis where something is missing. */
export function shortened(text: string, length: number): string {
  const line = visible(text);
  if (line.length <= length) return line;
  // A character beyond U+FFFF must not be cut in half.
  return `${line.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/**
 * A value as JSON (RFC 8259) on one line, safe to print: JSON.stringify leaves U+007F to U+009F and bidirectional controls as they are.
 * @param value What JSON.stringify takes.
 */
export function printableJson(value: unknown): string {
  const json = JSON.stringify(value);
  return printable.test(json) ? json : json.replace(unsafe, escapeSequence);
}

const printable = /^[ -~]*$/;

/** What printableJson puts between the quotes of a string. Nearly all text stands there as it is, and to see that is quicker than to write it anew. */
export function printableContent(text: string): string {
  return escapable.test(text) ? printableJson(text).slice(1, -1) : text;
}

/** All but what both JSON and printing leave as it is. */
const escapable = /[^ !#-[\]-~]/;

function escapeSequence(character: string): string {
  let sequence = '';
  for (let index = 0; index < character.length; index += 1) sequence += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  return sequence;
}
