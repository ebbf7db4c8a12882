/** Reads PowerShell's strings and comments by its published quoting rules, as the judge of what our builder of PowerShell writes. */

const singleQuotes = "'\u2018\u2019\u201A\u201B";
const doubleQuotes = '"\u201C\u201D\u201E';

/**
 * Evaluates single-quoted literals and [char]0xNNNN that are joined by +.
 * @throws Error where the expression is anything else or would not evaluate to a string.
 */
export function readExpression(expression: string): string {
  let value = '';
  let at = 0;
  for (;;) {
    if (singleQuotes.includes(expression.charAt(at)) && at < expression.length) {
      const literal = readLiteral(expression, at);
      value += literal.value;
      at = literal.end;
    } else {
      const character = /^\[char\]0x([0-9A-F]{4})/.exec(expression.slice(at, at + 12));
      if (!character) throw new Error(`No operand at ${at}: ${expression}`);
      if (at === 0) throw new Error('[char] + string is an addition of numbers.');
      value += String.fromCharCode(Number.parseInt(character[1] as string, 16));
      at += character[0].length;
    }
    if (at === expression.length) return value;
    if (!expression.startsWith(' + ', at)) throw new Error(`Something follows the operand at ${at}: ${expression}`);
    at += 3;
  }
}

/**
 * Reduces a script to its tokens: every string, or string joined by +, becomes '' or "", comments go.
 * @throws Error where a string or comment is not closed.
 */
export function structure(script: string): string {
  let tokens = '';
  let at = 0;
  while (at < script.length) {
    const character = script.charAt(at);
    if (character === '`') {
      tokens += script.slice(at, at + 2);
      at += 2;
    } else if (script.startsWith('<#', at)) {
      at = indexAfter(script, '#>', at + 2);
    } else if (character === '#' && /^$|[\s(){};,|&]/.test(script.slice(at - 1, at))) {
      while (at < script.length && !/[\r\n]/.test(script.charAt(at))) at += 1;
    } else if (/^@['\u2018-\u201B][ \t]*[\r\n]/.test(script.slice(at, at + 80)) || /^@["\u201C-\u201E][ \t]*[\r\n]/.test(script.slice(at, at + 80))) {
      throw new Error('Our scripts have no here-strings.');
    } else if (singleQuotes.includes(character)) {
      tokens += "''";
      at = readLiteral(script, at).end;
    } else if (doubleQuotes.includes(character)) {
      tokens += '""';
      at = endOfExpandable(script, at);
    } else {
      tokens += character;
      at += 1;
    }
  }
  return tokens.replace(/''(?: \+ (?:''|\[char\]0x[0-9A-F]{4}))*/g, "''").replace(/ +$/gm, '');
}

function readLiteral(text: string, start: number): { readonly value: string; readonly end: number } {
  let value = '';
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (singleQuotes.includes(character)) {
      const next = text.charAt(at + 1);
      if (next === '' || !singleQuotes.includes(next)) return { value, end: at + 1 };
      at += 1;
    }
    value += character;
  }
  throw new Error(`The string at ${start} is not closed.`);
}

function endOfExpandable(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text.charAt(at) === '`') at += 1;
    else if (doubleQuotes.includes(text.charAt(at))) {
      const next = text.charAt(at + 1);
      if (next === '' || !doubleQuotes.includes(next)) return at + 1;
      at += 1;
    }
  }
  throw new Error(`The string at ${start} is not closed.`);
}

function indexAfter(text: string, end: string, from: number): number {
  const index = text.indexOf(end, from);
  if (index < 0) throw new Error(`${end} is missing.`);
  return index + end.length;
}
