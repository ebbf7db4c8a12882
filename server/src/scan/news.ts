/** What a scan tells while it reads. Outputs, the list of an editor and tests take the same stream of it. */

import type { Located } from '../analysis/located.ts';

/** Told in the order of the files, the end last. Every file that is named in it was begun before. */
export type ScanNews =
  | { readonly kind: 'begun'; readonly file: string }
  /** The findings of one part of the file, perhaps none, and how many bytes were read for it, unpacked. */
  | { readonly kind: 'found'; readonly findings: readonly Located[]; readonly bytes: number }
  | Unreadable
  /** A file of a folder that is no text. */
  | { readonly kind: 'leftOut'; readonly file: string }
  | ScanEnd;

/** A file or folder that could not be read. */
export interface Unreadable {
  readonly kind: 'unreadable';
  readonly file: string;
  /** Why, in plain words; perhaps with text from a file. */
  readonly reason: string;
  /** Whether a part of it was read. */
  readonly isPartial: boolean;
  /** Whether the user has named it, and not found in a folder. */
  readonly isGiven: boolean;
}

export interface ScanEnd {
  readonly kind: 'ended';
  /** What the user must know beside the findings. */
  readonly remark?: string;
  /** The signal that has ended the scan early. */
  readonly interruption?: NodeJS.Signals;
}

/** Counts what was read, from the news of a scan. What could not be read is kept; nothing else grows. */
export class ReadCount {
  /** Files that were read, in part at least; the one that is read now is among them. */
  files = 0;
  bytes = 0;
  /** Files of folders that are no text. */
  leftOut = 0;
  readonly unreadable: Unreadable[] = [];

  take(news: ScanNews): void {
    if (news.kind === 'begun') this.files += 1;
    else if (news.kind === 'found') this.bytes += news.bytes;
    else if (news.kind === 'leftOut') {
      this.files -= 1;
      this.leftOut += 1;
    } else if (news.kind === 'unreadable') {
      if (!news.isPartial) this.files -= 1;
      this.unreadable.push(news);
    }
  }
}
