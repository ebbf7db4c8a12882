/**
 * Tells what of a PowerShell script is code, as PowerShell's own tokenizer does. What a # or a quote means depends on where
 * it stands: inside the word of a command it begins no comment, behind an operator of an expression it does. So commands and
 * expressions are told apart (about_Parsing), as far as that decides where strings and comments begin.
 */

import { delimiter, PowerShellCursor, quotes, type ScriptStretch, scriptBlank } from './powershellCursor.ts';
import { endOfBraces, endOfHereString, endOfString } from './powershellStrings.ts';

export interface PowerShellReading {
  /** Stretches over line ends that are not code, in ascending order: a line that begins within one only looks like what it says. */
  readonly stretches: readonly ScriptStretch[];
  /** What is not closed at the end of the script. */
  readonly open?: ScriptStretch;
}

/** @param script A whole script, well-formed or not, with any line endings. The time is linear in its length. */
export function readPowerShell(script: string): PowerShellReading {
  return new Reader(script).read();
}

/** How the next token is read. A keyword has words as a command has, but a block in braces ends its statement. */
type Mode = 'statement' | 'keyword' | 'command' | 'expression';

interface Bracket {
  readonly closing: string;
  /** How a line in it begins. */
  readonly line: Mode;
  /** How it goes on behind the bracket. */
  readonly after: Mode;
}

const dashes = '-\u2013\u2014\u2015';
const dash = `\\${dashes}`;

const isGap = new RegExp(`^[${scriptBlank}\\r\\n]?$`, 'u');
const isDelimiter = new RegExp(`^[${delimiter}]?$`, 'u');
const isNameStart = /^[\p{L}_]/u;
const blanks = new RegExp(`[${scriptBlank}]+`, 'uy');
const variable = /[$@](?:(?<=\$)[$?^]|[\p{L}\p{Nd}_:](?:[\p{L}\p{Nd}_?]|:(?!:))*)/uy;
const identifier = /[\p{L}_][\p{L}\p{Nd}_]*/uy;
const digits = '(?:0x[\\da-f]*|0b[01]*|(?:\\d+(?:\\.(?!\\.)\\d*)?|\\.\\d+)';
const number = new RegExp(`${digits}(?:e[+${dash}]?\\d+)?)[uslynd]{0,2}(?:[kmgtp]b)?`, 'iuy');
const endsNumber = new RegExp(`^[!#%*+${dash}./<=>\\]?:${delimiter}]?$`, 'u');
const redirection = /[*1-6]?>>?(?:&[12])?/y;
const parameter = new RegExp(`[${dash}][\\p{L}_?][^${delimiter}.[:${quotes}]*:?`, 'uy');
const dashOperator = new RegExp(`[${dash}]\\p{L}+`, 'uy');
const unaryOperator = new RegExp(`[${dash}](?:not|bnot|[ci]?split|join)(?![\\p{L}])`, 'iuy');
const assignment = new RegExp(`(?:[+${dash}*/%]|\\?\\?)?=`, 'uy');
const typeName = /\[[\t ]*[\p{L}_][\p{L}\p{Nd}_.`+#\\]*/uy;
const beforeBlocks =
  'begin catch class clean data do dynamicparam else elseif end enum filter finally for foreach function if param process switch trap try until using while workflow';
const keywords = new Set(beforeBlocks.split(' '));
const beforeStatements = new Set(['return', 'throw', 'exit']);

class Reader extends PowerShellCursor {
  private mode: Mode = 'statement';
  private readonly brackets: Bracket[] = [];
  /** A value ends here: a member or an element of it can follow, but not behind a blank. */
  private isBehindValue = false;
  /** The expression has a value already: braces are a block, and no value. */
  private hasValue = false;
  /** The last token was a comma: the arguments of a command go on in the next line. */
  private isListed = false;

  read(): PowerShellReading {
    while (this.at < this.script.length && !this.open) this.readToken();
    return { stretches: this.stretches, ...(this.open && { open: this.open }) };
  }

  private readToken(): void {
    const character = this.script.charAt(this.at);
    const next = this.script.charAt(this.at + 1);
    if (this.skip(blanks) || this.readComment(character, next)) {
      this.isBehindValue = false;
    } else if (character === '\r' || character === '\n') {
      this.endLine();
    } else if (character === '`' && isGap.test(next)) {
      this.continueLine(next);
    } else if (!this.isBehindValue || !this.readMember(character, next)) {
      this.isBehindValue = false;
      this.isListed = false;
      if (this.readBracket(character, next) || this.readSeparator(character, next) || this.readValue(character, next)) return;
      if (this.mode === 'statement') this.beginStatement(character, next);
      else if (this.mode === 'expression') this.readOperator(character, next);
      else this.readArgument(character, next);
    }
  }

  private endLine(): void {
    this.at += 1;
    this.isBehindValue = false;
    const isBegun = this.mode !== 'statement' || this.hasValue;
    if (isBegun && !(this.mode === 'command' && this.isListed)) this.begin(this.brackets.at(-1)?.line ?? 'statement');
  }

  private continueLine(next: string): void {
    if (next === '') this.leaveOpen('escaped line end');
    this.at += this.script.startsWith('\r\n', this.at + 1) ? 3 : 2;
    this.isBehindValue = false;
  }

  /** `.Name`, `::Name` and `[0]`, directly behind a value. */
  private readMember(character: string, next: string): boolean {
    if (character === '[') return this.enter(']', 'expression', 1);
    const length = character === '.' && next !== '.' ? 1 : character === ':' && next === ':' ? 2 : 0;
    if (length === 0 || (this.hasWords && isGap.test(this.script.charAt(this.at + length)))) return false;
    this.at += length;
    this.isBehindValue = this.skip(identifier);
    return true;
  }

  private readBracket(character: string, next: string): boolean {
    const isArgument = this.brackets.at(-1)?.closing === ']';
    if (character === '(') return this.enter(')', isArgument ? 'expression' : 'statement', 1);
    if (character === '{') return this.enter('}', 'statement', 1, this.mode !== 'command' && (this.mode !== 'expression' || this.hasValue) ? 'statement' : this.mode);
    if ((character === '$' || character === '@') && next === '(') return this.enter(')', 'statement', 2);
    if (character === '@' && next === '{') return this.enter('}', 'expression', 2);
    if (character === ')' || character === '}' || (character === ']' && isArgument && !this.hasWords)) return this.leave(character);
    return false;
  }

  private enter(closing: string, line: Mode, length: number, after: Mode = this.mode === 'statement' ? 'expression' : this.mode): boolean {
    this.brackets.push({ closing, line, after });
    this.at += length;
    this.isBehindValue = false;
    return this.begin(line);
  }

  /** A bracket that closes nothing is a fault of the script, which goes on behind it. */
  private leave(closing: string): boolean {
    this.at += 1;
    if (this.brackets.at(-1)?.closing !== closing) return this.begin('statement');
    this.mode = this.brackets.pop()?.after ?? 'statement';
    this.hasValue = true;
    this.isBehindValue = true;
    return true;
  }

  private readSeparator(character: string, next: string): boolean {
    if (!';,|&'.includes(character)) return false;
    const isInvocation = character === '&' && next !== '&' && this.mode === 'statement';
    this.at += character === next && (character === '|' || character === '&') ? 2 : 1;
    if (isInvocation) return this.begin('command');
    const bracket = this.brackets.at(-1);
    if (character !== ',') return this.begin(character === ';' && bracket?.closing === '}' ? bracket.line : 'statement');
    this.isListed = true;
    return this.begin(this.mode === 'statement' ? 'expression' : this.mode);
  }

  private readValue(character: string, next: string): boolean {
    const { script, at } = this;
    if (quotes.includes(character)) {
      this.enclose('quotation', endOfString(script, character, at + 1));
    } else if (character === '@' && next !== '' && quotes.includes(next)) {
      this.enclose('here-string', endOfHereString(script, next, at + 2));
    } else if (character === '$' && next === '{') {
      this.enclose('name in braces', endOfBraces(script, at + 2));
      if (this.goesOn('.[')) return this.readWord() !== '';
    } else if (this.skip(variable)) {
      if (this.goesOn('.[=:')) return this.readWord() !== '';
    } else if (this.skip(redirection)) {
      return this.begin('command');
    } else if (this.hasWords || !this.skipNumber()) {
      return false;
    }
    if (this.mode === 'statement') this.mode = 'expression';
    this.hasValue = true;
    this.isBehindValue = true;
    return true;
  }

  /** With other characters at its end it is a word: 7z. */
  private skipNumber(): boolean {
    const start = this.at;
    if (this.skip(number) && endsNumber.test(this.script.charAt(this.at))) return true;
    this.at = start;
    return false;
  }

  /** A name that a command is given is a word as soon as anything follows that belongs neither to the name nor to a new token. */
  private goesOn(members: string): boolean {
    const following = this.script.charAt(this.at);
    return this.hasWords && !isDelimiter.test(following) && !members.includes(following);
  }

  private beginStatement(character: string, next: string): void {
    if (isNameStart.test(character)) {
      const word = this.readWord().toLowerCase();
      this.begin(keywords.has(word) ? 'keyword' : beforeStatements.has(word) ? 'statement' : 'command');
    } else if (character === ':') {
      this.readWord();
    } else if (this.skip(unaryOperator) || '+[,'.includes(character) || (character === '!' && !isNameStart.test(next)) || this.isMinus(character, next)) {
      this.begin('expression');
    } else {
      this.begin('command');
      this.readArgument(character, next);
    }
  }

  private isMinus(character: string, next: string): boolean {
    return dashes.includes(character) && !/[\p{L}_?]/u.test(next);
  }

  private readOperator(character: string, next: string): void {
    if (character === '[') {
      this.enter(']', 'expression', 0);
      if (!this.skip(typeName)) this.at += 1;
    } else if (this.skip(assignment)) {
      this.begin('statement');
    } else if (this.skip(dashOperator)) {
      this.hasValue = false;
    } else if (isNameStart.test(character)) {
      const start = this.at;
      this.skip(identifier);
      // "foreach ($each in …": a pipeline follows.
      if (/^in$/i.test(this.script.slice(start, this.at))) this.begin('statement');
      else this.hasValue = true;
    } else if (character === '!' ? !isNameStart.test(next) : `+*/%.<:?=]${dashes}@`.includes(character)) {
      this.at += 1;
      this.hasValue = false;
    } else {
      this.readWord();
      this.hasValue = true;
    }
  }

  private readArgument(character: string, next: string): void {
    if (this.skip(parameter)) {
      // With a quote in it, it is no parameter.
      if (this.script.charAt(this.at - 1) !== ':' && quotes.includes(this.script.charAt(this.at) || ' ')) this.readWord();
    } else if (']<@'.includes(character) || (character === '[' && isDelimiter.test(next)) || (character === '.' && next !== '' && `$${quotes}`.includes(next))) {
      this.at += 1;
    } else if (this.readWord() === '--%') {
      this.skipVerbatim();
    }
  }

  private get hasWords(): boolean {
    return this.mode === 'command' || this.mode === 'keyword';
  }

  private begin(mode: Mode): true {
    this.mode = mode;
    this.hasValue = false;
    return true;
  }
}
