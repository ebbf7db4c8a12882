/**
 * What tells that a terminal has broken a line that begins with no time. A mail program breaks between words, as a line may end at the same width by
 * chance, and the two must not be put together alike: behind a word there is a blank. Terminals, consoles and web pages of a fixed width leave this:
 * - all that is broken is just as wide, and nothing in its paragraph is wider;
 * - a blank stands at a break, at the end of the line or before the next one, where who wraps between words leaves none, or one at every end;
 * - names, numbers and words go on in the next line.
 */

import { blank, carriageReturn } from './characters.ts';
import { isTerminalWidth } from './lineSurvey.ts';

/** A text by its lines. */
interface Lines {
  readonly text: string;
  readonly newlines: readonly number[];
}

/** Whether a line that is as wide as a terminal was broken there, by itself and by those near it. */
export function isBrokenByTerminal(lines: Lines, line: number): boolean {
  const width = widthOf(lines, line);
  if (!isTerminalWidth(width) || !isWidest(lines, line, width) || mayStandAlone(lines, line + 1) || beginAlike(lines, line)) return false;
  const hasOwnBlanks = endsWithBlanks(lines, line, width);
  let said = tellBreak(lines, line, hasOwnBlanks);
  // What stands near it was written on the same screen.
  for (let near = Math.max(0, line - farthest); near < line + farthest && near < lines.newlines.length; near++) {
    if (near !== line && widthOf(lines, near) === width && !mayStandAlone(lines, near + 1))
      said += tellBreak(lines, near, hasOwnBlanks) + (near === line - 1 || near === line + 1 ? 1 : 0);
  }
  return said > 0;
}

/** So many lines above and below, so that what a part says is what the whole says. */
const farthest = 24;
const farthestInParagraph = 12;

/** Whether a line is empty, or begins as one does that goes on with none: a field, a label, a row of a table, a mark of quotation, who speaks in a session. */
function mayStandAlone(lines: Lines, line: number): boolean {
  const start = startOf(lines, line);
  const beginning = lines.text.slice(start, Math.min(endOf(lines, line), start + longestLabel));
  return beginning.trim() === '' || ownBeginning.test(beginning);
}

const longestLabel = 60;
const ownBeginning = /^(?:[>|#*+-]| ?(?:[-=~]{1,2}>|<[-=~ *]|[CS]: )|[A-Z][\w.-]{0,40} {0,30}: | {2}|.*\S {3,}\S)/;

/** Whether a line begins as the next one does, but for numbers: something was put before each of them, or both are rows. */
function beginAlike(lines: Lines, line: number): boolean {
  const [own, next] = [line, line + 1].map((each) =>
    lines.text.slice(startOf(lines, each), Math.min(endOf(lines, each), startOf(lines, each) + longestLabel)).replace(/\d+/g, '0'),
  );
  return (own as string).slice(0, sameBeginning) === (next as string).slice(0, sameBeginning);
}

const sameBeginning = 3;

/** Whether no line of the paragraph is wider, or as full as one that was wrapped between words. */
function isWidest(lines: Lines, line: number, width: number): boolean {
  for (const step of [-1, 1]) {
    for (let near = line + step; near >= 0 && near <= lines.newlines.length && Math.abs(near - line) < farthestInParagraph; near += step) {
      const length = widthOf(lines, near);
      if (length === 0) break;
      if (length > width || (length < width && isWrapped(lines, near, length, width))) return false;
    }
  }
  return true;
}

/** Whether a word of the next line would not have had room, and the line ends close to the width. */
function isWrapped(lines: Lines, line: number, length: number, width: number): boolean {
  if (length < width - longestWord || line >= lines.newlines.length) return false;
  const start = startOf(lines, line + 1);
  const next = lines.text.slice(start, Math.min(start + longestWord + 1, endOf(lines, line + 1)));
  const word = /^[\p{L}\d,.]+(?= )/u.exec(next)?.[0];
  return word !== undefined && length + 1 + word.length > width;
}

const longestWord = 12;

/** Whether lines of other widths end with a blank, or begin with one, as programs write many: then a blank at a break says nothing. */
function endsWithBlanks(lines: Lines, line: number, width: number): boolean {
  for (let near = Math.max(0, line - farthest); near < line + farthest && near < lines.newlines.length; near++) {
    const own = widthOf(lines, near);
    const isOther = own > 0 && own !== width && (near === 0 || widthOf(lines, near - 1) !== width);
    if (isOther && (lines.text.charCodeAt(endOf(lines, near) - 1) === blank || lines.text.charCodeAt(startOf(lines, near)) === blank)) return true;
  }
  return false;
}

/** What the break behind a line says: 1 where a name, a number or a word goes on, or a blank was kept. */
function tellBreak(lines: Lines, line: number, hasOwnBlanks: boolean): number {
  const { text } = lines;
  const end = endOf(lines, line);
  const next = startOf(lines, line + 1);
  if (text.charCodeAt(end - 1) === blank || text.charCodeAt(next) === blank) return hasOwnBlanks ? 0 : 1;
  const own = text.slice(startOf(lines, line), end);
  const before = own.slice(own.lastIndexOf(' ') + 1);
  const behind = /^\S{0,80}/.exec(text.slice(next, next + 80))?.[0] ?? '';
  return goesOn(before, behind) ? 1 : 0;
}

function goesOn(before: string, behind: string): boolean {
  // A number with points, or a name that has been opened.
  if (/\d\.?$/.test(before) && /^[\d.]/.test(behind)) return true;
  if (/[@=/\\,<[{(]/.test(before.slice(0, -1)) && /[\p{L}\d._=/\\@-]$/u.test(before)) return before.lastIndexOf('>') <= before.lastIndexOf('<') && /^[^<"'([{]/.test(behind);
  if (/^[\w.-]*[@>]/.test(behind)) return true;
  const [last, first] = [/\p{L}+$/u.exec(before)?.[0] ?? '', /^\p{L}+/u.exec(behind)?.[0] ?? ''];
  return last !== '' && /^\p{Ll}/u.test(first) && (isPiece(last) || isPiece(first));
}

/** Whether letters are no word by themselves: a short one that is none, or several without a vowel. */
function isPiece(letters: string): boolean {
  return /^[A-Za-z]+$/.test(letters) && (letters.length < 3 ? !shortWords.has(letters.toLowerCase()) : !/[aeiouy]/i.test(letters)) && !/^[A-Z]{2,}$/.test(letters);
}

/** Of English and its neighbours. */
const shortWords = new Set(
  'a i o u y am an as at be by de do du el en et go he id if im in ip is it la le me mx my no of ok on or os pc re sa so to tu um un up us we vs'.split(' '),
);

function startOf({ newlines }: Lines, line: number): number {
  return (newlines[line - 1] ?? -1) + 1;
}

function endOf({ text, newlines }: Lines, line: number): number {
  const newline = newlines[line] ?? text.length;
  return newline > 0 && text.charCodeAt(newline - 1) === carriageReturn ? newline - 1 : newline;
}

function widthOf(lines: Lines, line: number): number {
  return line > lines.newlines.length ? 0 : Math.max(0, endOf(lines, line) - startOf(lines, line));
}
