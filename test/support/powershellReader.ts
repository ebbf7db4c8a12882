/** Reads PowerShell's literals by its published quoting rules, as the judge of what our builder of PowerShell writes. */

import { readCode } from './powershellCode.ts';

const singleQuotes = "'\u2018\u2019\u201A\u201B";

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
  const { code, isOpen } = readCode(script);
  if (isOpen) throw new Error('Something is not closed.');
  return withoutValues(code);
}

/** Code in which a string that is joined by + is one string. */
export function withoutValues(code: string): string {
  return code.replace(/''(?: \+ (?:''|\[char\]0x[0-9A-F]{4}))*/g, "''").replace(/ +$/gm, '');
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
