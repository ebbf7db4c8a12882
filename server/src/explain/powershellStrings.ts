/**
 * Where PowerShell's strings, block comments and names in braces end (about_Quoting_Rules, about_Comments, about_Variables).
 * Each function takes the offset behind the opening and gives the one behind the end, or undefined where the script ends
 * before. Each reads a character once, and what is never closed ends the reading, so that all of it is linear.
 */

/** PowerShell takes curly quotes for quotes. */
export const singleQuotes = "'\u2018\u2019\u201A\u201B";
export const doubleQuotes = '"\u201C\u201D\u201E';

const single = new RegExp(`[${singleQuotes}]{1,2}`, 'g');
const double = new RegExp(`\`[\\s\\S]?|[${doubleQuotes}]{1,2}|\\$[($?^{]?`, 'g');
const singleFooter = new RegExp(`[\\r\\n][${singleQuotes}]@`, 'g');
const doubleFooter = new RegExp(`\`[\\s\\S]?|[\\r\\n][${doubleQuotes}]@|\\$[($?^{]?`, 'g');
const header = /[\t\v\f \u0085\p{Z}]*(?:([\r\n])|$)/uy;

/** A doubled quote stands for one, and does not end the string. */
export function endOfString(script: string, quote: string, from: number): number | undefined {
  return singleQuotes.includes(quote) ? endAt(script, single, from, (found) => found.length === 1) : endAt(script, double, from, (found) => isAlone(found));
}

/**
 * A here-string begins with a line end behind its quote, and ends with its quote and @ at the beginning of a line. Where other
 * text follows the first quote, PowerShell finds a fault in it, and goes on behind the line.
 */
export function endOfHereString(script: string, quote: string, from: number): number | undefined {
  header.lastIndex = from;
  const found = header.exec(script);
  if (!found) return endAt(script, singleQuotes.includes(quote) ? /'@|(?=[\r\n])/g : /"@|(?=[\r\n])/g, from, () => true) ?? script.length;
  if (found[1] === undefined) return undefined;
  // The line end of the first line can be that of the last.
  const inside = from + found[0].length - 1;
  return endAt(script, singleQuotes.includes(quote) ? singleFooter : doubleFooter, inside, (text) => text.length === 3);
}

export function endOfBlockComment(script: string, from: number): number | undefined {
  const end = script.indexOf('#>', from);
  return end < 0 ? undefined : end + 2;
}

/** `${…}` */
export function endOfBraces(script: string, from: number): number | undefined {
  return endAt(script, /`[\s\S]?|\}/g, from, (found) => found === '}');
}

/** `$(…)` inside a string or a word ends where its parentheses are even, whatever stands between them. */
export function endOfSubexpression(script: string, from: number): number | undefined {
  let depth = 1;
  return endAt(script, /[()]/g, from, (found) => {
    depth += found === '(' ? 1 : -1;
    return depth === 0;
  });
}

function isAlone(found: string): boolean {
  return found.length === 1 && doubleQuotes.includes(found);
}

/** The end of the first occurrence that ends it. What can be expanded is passed over as a whole. */
function endAt(script: string, pattern: RegExp, from: number, isEnd: (found: string) => boolean): number | undefined {
  pattern.lastIndex = from;
  for (let found = pattern.exec(script); found; found = pattern.exec(script)) {
    const end = found.index + found[0].length;
    if (isEnd(found[0])) return end;
    const inner = found[0] === '$(' ? endOfSubexpression(script, end) : found[0] === '\u0024{' ? endOfBraces(script, end) : end;
    if (inner === undefined) return undefined;
    pattern.lastIndex = inner;
  }
  return undefined;
}
