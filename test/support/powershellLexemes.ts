/** The pieces of PowerShell that mean the same wherever they stand, one character after another: for its judge in the tests. */

export const singleQuotes = "'\u2018\u2019\u201A\u201B";
export const doubleQuotes = '"\u201C\u201D\u201E';
export const quotes = singleQuotes + doubleQuotes;

export const within = (characters: string, character: string): boolean => character !== '' && characters.includes(character);
export const isLineEnd = (character: string): boolean => within('\r\n', character);
export const isBlank = (character: string): boolean => /^[\t\v\f\u0085\p{Z}]$/u.test(character);
export const isDelimiter = (character: string): boolean => character === '' || isBlank(character) || within('\r\n\0{}();,|&', character);
export const isLetter = (character: string): boolean => /^[\p{L}_]$/u.test(character);

/** Reads a script from its beginning, and writes what of it is code. */
export abstract class LexemeReader {
  code = '';
  isOpen = false;
  protected at = 0;
  protected readonly script: string;

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

  /** The code of what stands in a `$(…)`. */
  protected abstract nested(script: string): string;

  protected word(): string {
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
  protected dollar(): void {
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
      this.code += `$(${this.nested(this.script.slice(this.at + 2, end))})`;
      this.at = end + 1;
    } else if (next === '{' || /[\p{L}\p{Nd}_:$?^]/u.test(next)) this.name();
    else this.take();
  }

  protected name(): void {
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

  protected string(): void {
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

  protected hereString(): void {
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
  protected expanded(isSingle: boolean): string {
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

  protected blanks(): void {
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

  protected lineEnd(): boolean {
    if (!isLineEnd(this.peek())) return false;
    this.take();
    return true;
  }

  protected peek(distance = 0): string {
    return this.script.charAt(this.at + distance);
  }
}
