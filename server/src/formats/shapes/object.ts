/** What a command wrote: objects with named values, whether as a list, as a table, as CSV or as JSON. */

import { type Excerpt, sliceExcerpt, withSingleBlanks } from '../../text/excerpt.ts';
import type { Span } from '../../values.ts';

/** One object with its values. Reused from row to row: read it before the next one. */
export interface OutputObject {
  readonly span: Span;
  /** The first of these properties that has a value; names as `plainName` gives them. */
  value(...names: readonly string[]): Excerpt | undefined;
  /** The same as text, empty where there is none or where a console has cut it: half an address names nobody. */
  text(...names: readonly string[]): string;
}

/** A property's name without what differs between the forms: RecipientStatus, recipient_status and recipient-status are one. */
export function plainName(written: string): string {
  const name = written.toLowerCase();
  // To see that a name is plain takes a third of the time that a replacement of nothing takes.
  return otherCharacters.test(name) ? name.replaceAll(allOthers, '') : name;
}

const otherCharacters = /[^a-z0-9]/;
const allOthers = /[^a-z0-9]/g;

/**
 * An object of values that are read when they are asked for.
 * The name of a type, such as `System.String[]`, is what Export-Csv writes where it cannot write a value: it counts as none.
 */
export function createObject(span: Span, find: (name: string) => Excerpt | undefined): OutputObject {
  return new WrittenObject(span, find);
}

/** A class of the module, as all that is made for each row. */
class WrittenObject implements OutputObject {
  readonly span: Span;
  private readonly find: (name: string) => Excerpt | undefined;

  constructor(span: Span, find: (name: string) => Excerpt | undefined) {
    this.span = span;
    this.find = find;
  }

  value(...names: readonly string[]): Excerpt | undefined {
    for (const name of names) {
      const value = this.find(name);
      const found = value && trimExcerpt(value);
      if (found && found.text !== '' && !isTypeName(found.text)) return found;
    }
    return undefined;
  }

  text(...names: readonly string[]): string {
    const value = this.value(...names);
    return value ? oneLine(value.text) : '';
  }
}

function isTypeName(value: string): boolean {
  return value.startsWith('System.') && /^System\.[\w.[\]`]+$/.test(value);
}

/** A value on one line, empty where a console has cut it. */
export function oneLine(written: string): string {
  const value = withSingleBlanks(written);
  return isCut(value) ? '' : value;
}

/** Whether a console has cut a value that was too wide for it. */
export function isCut(value: string): boolean {
  return value.endsWith('...') || value.endsWith('…');
}

/** An excerpt without the blanks around it. */
export function trimExcerpt(excerpt: Excerpt): Excerpt {
  const { text } = excerpt;
  const start = text.length - text.trimStart().length;
  const end = text.trimEnd().length;
  return end - start === text.length ? excerpt : sliceExcerpt(excerpt, start, Math.max(start, end));
}
