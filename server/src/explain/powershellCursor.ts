/**
 * Moves through a PowerShell script by pieces whose extent does not depend on what they mean: words, strings, comments.
 * What goes over a line end, or is never closed, is remembered.
 */

import type { Span } from '../values.ts';
import { doubleQuotes, endOfBlockComment, endOfBraces, endOfString, endOfSubexpression, singleQuotes } from './powershellStrings.ts';

export interface ScriptStretch extends Span {
  readonly kind: 'quotation' | 'here-string' | 'block comment' | 'name in braces' | 'subexpression' | 'escaped line end';
}

export const scriptBlank = '\\t\\v\\f \\u0085\\p{Z}';
/** What ends a word wherever it stands. */
export const delimiter = `${scriptBlank}\\r\\n\\0{}();,|&`;
export const quotes = singleQuotes + doubleQuotes;

const restOfLine = /[^\r\n]*/y;
const plain = new RegExp(`[^${delimiter}\`$${quotes}]+`, 'uy');
const verbatimStop = new RegExp(`[${doubleQuotes}|\\r\\n]|&&`, 'g');
const lineEnd = /[\r\n]/g;

export class PowerShellCursor {
  protected readonly script: string;
  protected at = 0;
  protected readonly stretches: ScriptStretch[] = [];
  protected open: ScriptStretch | undefined;
  private nextLineEnd = -1;

  constructor(script: string) {
    this.script = script;
  }

  protected skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.script)) return false;
    this.at = pattern.lastIndex;
    return true;
  }

  /** Passes over what begins here, and remembers it where it goes over a line end. */
  protected enclose(kind: ScriptStretch['kind'], end: number | undefined): true {
    if (end === undefined) return this.leaveOpen(kind);
    if (this.nextLineEnd < this.at) {
      lineEnd.lastIndex = this.at;
      this.nextLineEnd = lineEnd.exec(this.script)?.index ?? Number.POSITIVE_INFINITY;
    }
    if (this.nextLineEnd < end) this.stretches.push({ start: this.at, end, kind });
    this.at = end;
    return true;
  }

  protected leaveOpen(kind: ScriptStretch['kind']): true {
    // The empty line behind a last line end is within it, too.
    this.open = { start: this.at, end: this.script.length + 1, kind };
    this.stretches.push(this.open);
    this.at = this.script.length;
    return true;
  }

  protected readComment(character: string, next: string): boolean {
    if (character === '#') return this.skip(restOfLine);
    if (character === '<' && next === '#') return this.enclose('block comment', endOfBlockComment(this.script, this.at + 2));
    return false;
  }

  /** A word goes on to the next delimiter: quotations and names within it, and escaped characters, are of it. */
  protected readWord(): string {
    const start = this.at;
    let escaped: { readonly start: number; readonly count: number } | undefined;
    if (this.script.charAt(start) === '\0') this.at += 1;
    while (!this.open) {
      const character = this.script.charAt(this.at);
      const next = this.script.charAt(this.at + 1);
      if (character === '`') {
        if (next === '') this.leaveOpen('escaped line end');
        else if (next === '\r' || next === '\n') escaped ??= { start: this.at, count: this.stretches.length };
        this.at += 2;
      } else if (character !== '' && quotes.includes(character)) {
        this.enclose('quotation', endOfString(this.script, character, this.at + 1));
      } else if (character === '$') {
        if (next === '(') this.enclose('subexpression', endOfSubexpression(this.script, this.at + 2));
        else if (next === '{') this.enclose('name in braces', endOfBraces(this.script, this.at + 2));
        else this.at += next !== '' && '$?^'.includes(next) ? 2 : 1;
      } else if (!this.skip(plain)) {
        break;
      }
    }
    if (escaped) {
      // A word that ends with its escaped line end would take what is inserted behind it.
      const end = this.open?.end ?? (/[\r\n]/.test(this.script.charAt(this.at - 1)) ? this.at + 1 : this.at);
      this.stretches.splice(escaped.count, Number.POSITIVE_INFINITY, { start: escaped.start, end, kind: 'escaped line end' });
    }
    return this.script.slice(start, this.at);
  }

  /** Behind `--%` everything is one argument, up to the line end or to a | or && outside of double quotes. */
  protected skipVerbatim(): void {
    let isQuoted = false;
    verbatimStop.lastIndex = this.at;
    for (let found = verbatimStop.exec(this.script); found; found = verbatimStop.exec(this.script)) {
      this.at = found.index;
      if (doubleQuotes.includes(found[0])) isQuoted = !isQuoted;
      else if (!isQuoted || /[\r\n]/.test(found[0])) return;
    }
    this.at = this.script.length;
  }
}
