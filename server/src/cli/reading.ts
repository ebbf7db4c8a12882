/** What all commands that read files have in common: where their input comes from, and what they say of what cannot be read. */

import { ownCodePage } from '../files/codePage.ts';
import type { EncodingOptions } from '../files/encoding.ts';
import type { ReadCount, Unreadable } from '../scan/news.ts';
import type { SourceOrder } from '../scan/sources.ts';
import { nameOf, warn } from './terminal.ts';

/** The files that are named; standard input where none is. */
export function inputOf(paths: readonly string[]): Pick<SourceOrder, 'paths' | 'readsPipes' | 'standardInput'> {
  return { readsPipes: true, paths: paths.length > 0 ? paths : ['-'], standardInput: paths.length > 0 ? () => process.stdin : expectedInput };
}

/** Standard input where nobody has named it: a service or a closed input gives nothing, which is no log without failures. */
async function* expectedInput(): AsyncGenerator<Uint8Array> {
  let isEmpty = true;
  for await (const chunk of process.stdin) {
    isEmpty = false;
    yield chunk as Uint8Array;
  }
  if (isEmpty) throw new Error('nothing came; name a file or a folder, or "-" for an input that may be empty');
}

/** @param named What the user has said. */
export function encodingOptions(named: string | undefined): EncodingOptions {
  return {
    named,
    // Most files are UTF-8 or UTF-16: then nobody asks for the code page.
    get codePage(): string {
      return ownCodePage();
    },
  };
}

export function tellUnreadable({ file, reason, isPartial }: Unreadable): void {
  warn(`${nameOf(file)}: ${reason}${isPartial ? ' (it was read only in part)' : ''}`);
}

/** Whether something that was named could not be read. A folder counts as not read where it holds files and none of them could be. */
export function isUnread({ unreadable, files }: ReadCount): boolean {
  return unreadable.some(({ isGiven }) => isGiven) || (files === 0 && unreadable.length > 0);
}
