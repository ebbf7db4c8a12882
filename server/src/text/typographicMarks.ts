/** Quotation marks that a word processor or a ticket has put in the place of those that programs write. */

const marks = /[\u2018-\u201F]/g;

/**
 * The text with the marks of programs, each in the place of the other, so it is as long. A line is read so where all of its marks were changed, and
 * those of two strokes are even: a writer's own marks around a program's words tell where these end. An apostrophe within a word is one.
 */
export function withPlainMarks(written: string): string {
  const text = withoutGuillemets(written);
  const pieces: string[] = [];
  let from = 0;
  let end = -1;
  let changed: readonly string[] = [];
  for (const { 0: mark, index } of text.matchAll(marks)) {
    if (index > end) {
      const newline = text.indexOf('\n', index);
      end = newline < 0 ? text.length : newline;
      changed = changedMarks(text.slice(text.lastIndexOf('\n', index) + 1, end));
    }
    if (!changed.includes(plainMark(mark)) || (mark === '\u2019' && isWithinWord(text, index))) continue;
    pieces.push(text.slice(from, index), plainMark(mark));
    from = index + 1;
  }
  return from === 0 ? text : pieces.join('') + text.slice(from);
}

/**
 * Programs write guillemets themselves where their language has them: only around a reply were they put in the place of the marks that its form
 * needs, as French and Swiss do, and, the other way round, Germans.
 */
function withoutGuillemets(text: string): string {
  if (!hasGuillemets(text)) return text;
  let [end, isPlain] = [-1, false];
  return text.replace(guillemets, (quoted: string, returned: string | undefined, at: number) => {
    if (at > end) {
      const newline = text.indexOf('\n', at);
      end = newline < 0 ? text.length : newline;
      // Within a string of JSON a mark of a program would end it.
      isPlain = !text.slice(text.lastIndexOf('\n', at) + 1, end).includes('"');
    }
    if (!isPlain) return quoted;
    const mark = returned === undefined ? '"' : "'";
    const start = returned?.length ?? 0;
    return `${returned ?? ''}${mark}${quoted.slice(start + 1, -1)}${mark}`;
  });
}

/** Exchange writes an apostrophe where a server has returned something. */
const guillemets = /(returned )?(?:«[ \u00A0\u202F]?[245]\d\d[ -][^«»\n]{1,1000}»|»[245]\d\d[ -][^«»\n]{1,1000}«)/g;

function hasGuillemets(text: string): boolean {
  return text.includes('«') && text.includes('»');
}

/** The mark that programs write for one. */
function plainMark(mark: string): string {
  return mark < '\u201C' ? "'" : '"';
}

/** Not where Python says that it writes bytes, and not in English: there programs write so too. */
function isWithinWord(text: string, at: number): boolean {
  if (!/\p{L}.\p{L}/u.test(text.slice(at - 1, at + 2))) return false;
  return !/(?:^|[^\p{L}])[bu]$/u.test(text.slice(Math.max(0, at - 2), at)) && !/n.t/.test(text.slice(at - 1, at + 2));
}

/** Which marks of programs a word processor has changed in a line. */
function changedMarks(line: string): string[] {
  if (line.includes('"')) return [];
  const single = /(?<!\p{L})'|'(?!\p{L})/u.test(line) ? [] : ["'"];
  return (line.match(/[\u201C-\u201F]/g)?.length ?? 0) % 2 === 0 ? ['"', ...single] : single;
}

/** Whether a text may have marks that are read as others. */
export function hasTypographicMarks(text: string): boolean {
  return text.search(marks) >= 0 || hasGuillemets(text);
}

/**
 * Words that were read in a text, with the marks that were written.
 * @param read Where they were read.
 * @param writtenAt The character that stands in the place of one that was read.
 */
export function withWrittenMarks(words: string, read: string, writtenAt: (index: number) => string): string {
  const start = read.indexOf(words);
  let [at, isKnown] = [0, true];
  const written = words.replace(/["']/g, (mark, index: number) => {
    // Where words of several lines were joined, their marks stand in the same order.
    at = start >= 0 ? start + index : read.indexOf(mark, at) + 1 || read.length + 1;
    const place = start >= 0 ? at : at - 1;
    if (place >= read.length) isKnown = false;
    const character = writtenAt(place);
    return character === mark || /[\u2018-\u201F«»]/.test(character) ? character : mark;
  });
  return isKnown ? written : words;
}
