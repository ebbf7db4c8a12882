/**
 * What of a PowerShell script is code: the judge of what our reading of scripts says, and written apart from it, as a
 * descent through statements, commands and expressions, one character after another. It goes into the `$(…)` of strings.
 */

const dashes = '-\u2013\u2014\u2015';
const closing = new Map([
  ['(', ')'],
  ['{', '}'],
  ['[', ']'],
]);
const keywords = new Set(
  'begin catch class clean data do dynamicparam else elseif end enum filter finally for foreach function if param process switch trap try until using while workflow'.split(' '),
);

import { doubleQuotes, isBlank, isDelimiter, isLetter, isLineEnd, LexemeReader, quotes, within } from './powershellLexemes.ts';

/**
 * @returns The code, with '' and "" for strings, {} for names in braces and nothing for comments. Escaped characters stay.
 * Whether a string, a comment or a name in braces is open at the end; what is in it, is left out of the code.
 */
export function readCode(script: string): { readonly code: string; readonly isOpen: boolean } {
  const reader = new CodeReader(script);
  while (!reader.isAtEnd) {
    reader.statements('');
    if (!reader.isAtEnd) reader.take();
  }
  return reader;
}

class CodeReader extends LexemeReader {
  protected override nested(script: string): string {
    return readCode(script).code;
  }

  statements(end: string, isTable = false): void {
    for (;;) {
      this.blanks();
      const character = this.peek();
      if (character === '' || character === end) return;
      const start = this.at;
      if (isTable && !within('|&', character)) this.expression('');
      else if (!within(';\r\n)}', character)) this.pipeline();
      // A separator, a bracket that closes nothing, or what has no place here.
      if (this.at === start) this.take();
    }
  }

  private pipeline(): void {
    for (;;) {
      this.element();
      this.blanks();
      const character = this.peek();
      if (!within('|&', character)) return;
      this.take(this.peek(1) === character ? 2 : 1);
      do {
        this.blanks();
      } while (this.lineEnd());
    }
  }

  private element(): void {
    this.blanks();
    const character = this.peek();
    const next = this.peek(1);
    if (character === '' || within(')};|\r\n', character)) return;
    if (character === '&') {
      this.take();
      this.command(false);
    } else if (character === ':') {
      this.word();
      this.pipeline();
    } else if (isLetter(character)) {
      const start = this.at;
      this.word();
      const word = this.script.slice(start, this.at).toLowerCase();
      if (['return', 'throw', 'exit'].includes(word)) this.pipeline();
      else this.command(keywords.has(word));
    } else if (this.beginsExpression(character, next)) {
      this.expression('');
    } else {
      this.command(false);
    }
  }

  private beginsExpression(character: string, next: string): boolean {
    if (within(quotes, character) || within('([{,+', character)) return true;
    if (character === '@') return within(`({${quotes}`, next) || /[\p{L}\p{Nd}_:]/u.test(next);
    if (character === '$') return next === '(' || next === '{' || /[\p{L}\p{Nd}_:$?^]/u.test(next);
    if (character === '!') return !isLetter(next);
    if (/\d/.test(character) || (character === '.' && /\d/.test(next))) return this.numberLength() > 0 && !/^[1-6]>/.test(character + next);
    if (within(dashes, character)) return !/[\p{L}_?]/u.test(next) || /^.(?:not|bnot|c?split|isplit|join)(?!\p{L})/iu.test(this.script.slice(this.at, this.at + 12));
    return false;
  }

  /** In brackets a line end is a blank; the arguments of an attribute are an expression, too. */
  private expression(bracket: '' | '[' | '('): void {
    const isBracketed = bracket !== '';
    let hasValue = false;
    for (;;) {
      this.blanks();
      const character = this.peek();
      const next = this.peek(1);
      if (character === '' || within(';|&)}', character)) return;
      if (isLineEnd(character)) {
        if (!isBracketed) return;
        this.take();
      } else if (character === ']') {
        if (isBracketed) return;
        this.take();
        hasValue = false;
      } else if (character === '{' && hasValue) {
        this.group(1);
        this.members(false);
        this.element();
        return;
      } else if (character === '(' && bracket === '[') {
        this.take();
        this.expression('(');
        this.close(')');
        hasValue = true;
        this.members(false);
      } else if (/^(?:[+*/%\-\u2013-\u2015]|\?\?)?=/.test(this.script.slice(this.at, this.at + 3))) {
        this.take(this.script.indexOf('=', this.at) - this.at + 1);
        do {
          this.blanks();
        } while (this.lineEnd());
        this.pipeline();
        if (!isBracketed) return;
        hasValue = true;
      } else if (/^[*1-6]?>/.test(character + next)) {
        this.command(false);
        return;
      } else if (this.value(false)) {
        hasValue = true;
      } else if (character === '[') {
        this.take();
        if (isLetter(this.peek())) while (/[\p{L}\p{Nd}_.`+#\\]/u.test(this.peek())) this.take();
        this.expression('[');
        this.close(']');
        hasValue = true;
        this.members(false);
      } else if (isLetter(character)) {
        const start = this.at;
        while (/[\p{L}\p{Nd}_]/u.test(this.peek())) this.take();
        if (/^in$/i.test(this.script.slice(start, this.at))) {
          this.pipeline();
          return;
        }
        hasValue = true;
      } else if (within(dashes, character)) {
        this.take();
        while (/\p{L}/u.test(this.peek())) this.take();
        hasValue = false;
      } else if (within('+*/%.<:?,@', character) || (character === '!' && !isLetter(next))) {
        this.take();
        hasValue = false;
      } else {
        this.word();
        hasValue = true;
      }
    }
  }

  /** The arguments of a command, or what stands between a keyword and its block. */
  private command(isKeyword: boolean): void {
    let isListed = false;
    for (;;) {
      this.blanks();
      const character = this.peek();
      const next = this.peek(1);
      if (character === '' || within(';|&)}', character)) return;
      if (isLineEnd(character)) {
        if (!isListed) return;
        this.take();
        continue;
      }
      isListed = character === ',' && !isKeyword;
      if (character === '{' && isKeyword) {
        this.group(1);
        this.members(false);
        this.element();
        return;
      }
      const redirection = /^[*1-6]?>>?(?:&[12])?/.exec(this.script.slice(this.at, this.at + 6));
      if (redirection) this.take(redirection[0].length);
      else if (this.value(true)) continue;
      else if (within(',]<@', character) || (character === '[' && isDelimiter(next)) || (character === '.' && within(`$${quotes}`, next))) this.take();
      else if (within(dashes, character) && /[\p{L}_?]/u.test(next)) this.parameter();
      else if (this.word() === '--%') this.verbatim();
    }
  }

  private parameter(): void {
    this.take();
    while (!isDelimiter(this.peek()) && !within(`.[:${quotes}`, this.peek())) this.take();
    if (this.peek() === ':') this.take();
    else if (within(quotes, this.peek())) this.word();
  }

  private verbatim(): void {
    for (let isQuoted = false; this.peek() !== '' && !isLineEnd(this.peek()); this.at += 1) {
      if (!isQuoted && (this.peek() === '|' || (this.peek() === '&' && this.peek(1) === '&'))) return;
      if (within(doubleQuotes, this.peek())) isQuoted = !isQuoted;
    }
  }

  /** A value and its members; false where none begins here. */
  private value(isArgument: boolean): boolean {
    const character = this.peek();
    const next = this.peek(1);
    if (within(quotes, character)) this.string();
    else if (character === '@' && within(quotes, next)) this.hereString();
    else if (character === '(' || character === '{') this.group(1);
    else if (within('@$', character) && next === '(') this.group(2);
    else if (character === '@' && next === '{') this.group(2, true);
    else if ((character === '$' && /[\p{L}\p{Nd}_:$?^{]/u.test(next)) || (character === '@' && /[\p{L}\p{Nd}_:]/u.test(next))) {
      const isBraced = next === '{';
      this.name();
      const following = this.peek();
      if (isArgument && !isDelimiter(following) && !within(isBraced ? '.[' : '.[=:', following)) {
        this.word();
        return true;
      }
    } else if (!isArgument && (/\d/.test(character) || (character === '.' && /\d/.test(next)))) {
      const length = this.numberLength();
      if (length === 0) return false;
      this.take(length);
    } else return false;
    this.members(isArgument);
    return true;
  }

  private members(isArgument: boolean): void {
    for (;;) {
      const character = this.peek();
      const length = character === '.' && this.peek(1) !== '.' ? 1 : character === ':' && this.peek(1) === ':' ? 2 : 0;
      const following = this.peek(length);
      if (length > 0 && !(isArgument && (following === '' || isBlank(following) || isLineEnd(following)))) {
        this.take(length);
        if (!isLetter(following)) return;
        while (/[\p{L}\p{Nd}_]/u.test(this.peek())) this.take();
      } else if (character === '[') {
        this.take();
        this.expression('[');
        this.close(']');
      } else if (character === '(') {
        this.group(1);
      } else return;
    }
  }

  private group(length: number, isTable = false): void {
    const end = closing.get(this.script.charAt(this.at + length - 1)) as string;
    this.take(length);
    this.statements(end, isTable);
    this.close(end);
  }

  private close(end: string): void {
    if (this.peek() === end) this.take();
  }

  private numberLength(): number {
    const rest = this.script.slice(this.at, this.at + 200);
    const found = /^(?:0x[\da-f]*|0b[01]*|(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:e[+\-\u2013-\u2015]?\d+)?)[uslynd]{0,2}(?:[kmgtp]b)?/i.exec(rest)?.[0] ?? '';
    const following = rest.charAt(found.length);
    return isDelimiter(following) || within(`!#%*+./<=>]?:${dashes}`, following) ? found.length : 0;
  }
}
