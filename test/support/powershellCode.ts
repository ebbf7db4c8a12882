/**
 * What of a PowerShell script is code: the judge of what our reading of scripts says, and written apart from it, as a
 * descent through statements, commands and expressions, one character after another. It goes into the `$(…)` of strings.
 */

const singleQuotes = "'\u2018\u2019\u201A\u201B";
const doubleQuotes = '"\u201C\u201D\u201E';
const quotes = singleQuotes + doubleQuotes;
const dashes = '-\u2013\u2014\u2015';
const closing = new Map([
  ['(', ')'],
  ['{', '}'],
  ['[', ']'],
]);
const keywords = new Set(
  'begin catch class clean data do dynamicparam else elseif end enum filter finally for foreach function if param process switch trap try until using while workflow'.split(' '),
);

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

const within = (characters: string, character: string): boolean => character !== '' && characters.includes(character);
const isLineEnd = (character: string): boolean => within('\r\n', character);
const isBlank = (character: string): boolean => /^[\t\v\f\u0085\p{Z}]$/u.test(character);
const isDelimiter = (character: string): boolean => character === '' || isBlank(character) || within('\r\n\0{}();,|&', character);
const isLetter = (character: string): boolean => /^[\p{L}_]$/u.test(character);

class CodeReader {
  code = '';
  isOpen = false;
  private at = 0;
  private readonly script: string;

  constructor(script: string) {
    this.script = script;
  }

  get isAtEnd(): boolean {
    return this.at >= this.script.length;
  }

  take(count = 1): void {
    this.code += this.script.slice(this.at, this.at + count);
    this.at += count;
  }

  statements(end: string, isTable = false): void {
    for (;;) {
      this.blanks();
      const character = this.peek();
      if (character === '' || character === end) return;
      const start = this.at;
      if (isTable && !within('|&', character)) this.expression(false);
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
      this.expression(false);
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

  /** In brackets a line end is a blank. */
  private expression(isBracketed: boolean): void {
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
        this.expression(true);
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
        this.expression(true);
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

  private word(): string {
    const start = this.at;
    if (this.peek() === '\0') this.take();
    for (let character = this.peek(); !isDelimiter(character); character = this.peek()) {
      if (character === '`') {
        if (this.peek(1) === '') this.isOpen = true;
        this.take(2);
      } else if (within(quotes, character)) this.string();
      else if (character === '$') this.dollar();
      else this.take();
    }
    return this.script.slice(start, this.at);
  }

  /** A $ in a word or a string: what it begins there is code. */
  private dollar(): void {
    const next = this.peek(1);
    if (next === '(') {
      let depth = 0;
      let end = this.at + 1;
      for (; end < this.script.length; end += 1) {
        if (this.script.charAt(end) === '(') depth += 1;
        if (this.script.charAt(end) === ')') depth -= 1;
        if (depth === 0) break;
      }
      // Where the parentheses are not even, PowerShell reads on to the end of the script.
      this.isOpen ||= end === this.script.length;
      this.code += `$(${readCode(this.script.slice(this.at + 2, end)).code})`;
      this.at = end + 1;
    } else if (next === '{' || /[\p{L}\p{Nd}_:$?^]/u.test(next)) this.name();
    else this.take();
  }

  private name(): void {
    this.take();
    const first = this.peek();
    if (first === '{') {
      const length = this.code.length;
      while (this.peek() !== '}' && this.peek() !== '') this.take(this.peek() === '`' ? 2 : 1);
      this.isOpen ||= this.peek() === '';
      this.code = `${this.code.slice(0, length)}{}`;
      this.at += 1;
      return;
    }
    this.take();
    if (within('$?^', first)) return;
    while (/[\p{L}\p{Nd}_?]/u.test(this.peek()) || (this.peek() === ':' && this.peek(1) !== ':')) this.take();
  }

  private string(): void {
    const isSingle = within(singleQuotes, this.peek());
    const mark = isSingle ? singleQuotes : doubleQuotes;
    this.at += 1;
    let code = '';
    while (!(within(mark, this.peek()) && !within(mark, this.peek(1)))) {
      if (this.peek() === '') {
        this.isOpen = true;
        break;
      }
      if (within(mark, this.peek()) || (!isSingle && this.peek() === '`')) this.at += 2;
      else code += this.expanded(isSingle);
    }
    this.at += 1;
    this.code += isSingle ? "''" : `"${code}"`;
  }

  private hereString(): void {
    const isSingle = within(singleQuotes, this.peek(1));
    const mark = isSingle ? singleQuotes : doubleQuotes;
    this.at += 2;
    while (isBlank(this.peek())) this.at += 1;
    let code = '';
    if (isLineEnd(this.peek()) || this.peek() === '') {
      while (!(isLineEnd(this.peek()) && within(mark, this.peek(1)) && this.peek(2) === '@')) {
        if (this.peek() === '') {
          this.isOpen = true;
          break;
        }
        if (!isSingle && this.peek() === '`') this.at += 2;
        else code += this.expanded(isSingle);
      }
      this.at += 3;
    } else {
      while (!isLineEnd(this.peek()) && this.peek() !== '' && !(this.peek() === mark.charAt(0) && this.peek(1) === '@')) this.at += 1;
      if (this.peek() === mark.charAt(0)) this.at += 2;
    }
    this.code += isSingle ? "''" : `"${code}"`;
  }

  /** Passes over one character of a string, or what it expands to, which is code. */
  private expanded(isSingle: boolean): string {
    if (isSingle || this.peek() !== '$') {
      this.at += 1;
      return '';
    }
    const length = this.code.length;
    this.dollar();
    const code = this.code.slice(length);
    this.code = this.code.slice(0, length);
    return code === '$' ? '' : code;
  }

  private blanks(): void {
    for (;;) {
      const character = this.peek();
      const next = this.peek(1);
      if (isBlank(character)) this.take();
      else if (character === '#') while (this.peek() !== '' && !isLineEnd(this.peek())) this.at += 1;
      else if (character === '<' && next === '#') {
        const end = this.script.indexOf('#>', this.at + 2);
        this.isOpen ||= end < 0;
        this.at = end < 0 ? this.script.length : end + 2;
      } else if (character === '`' && (next === '' || isBlank(next) || isLineEnd(next))) {
        this.isOpen ||= next === '';
        this.at += next === '\r' && this.peek(2) === '\n' ? 3 : 2;
      } else return;
    }
  }

  private lineEnd(): boolean {
    if (!isLineEnd(this.peek())) return false;
    this.take();
    return true;
  }

  private peek(distance = 0): string {
    return this.script.charAt(this.at + distance);
  }
}
