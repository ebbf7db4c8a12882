/** What a scan tells while it reads. Outputs, the list of an editor and tests take the same stream of it. */

import type { Located } from '../analysis/located.ts';
import type { LocatedStep } from '../analysis/locatedSteps.ts';
import type { JudgedSession } from '../analysis/sessions/toldSession.ts';

/** Told in the order of the files, the end last. Every file that is named in it was begun before. */
export type ScanNews = Begun | FoundNews | Unreadable | LeftOut | ScanEnd;

export interface Begun {
  readonly kind: 'begun';
  readonly file: string;
}

/** What was read of a part of the file that was begun last. */
export interface ReadNews {
  /** How many bytes were read for it, unpacked. */
  readonly bytes: number;
}

/** The findings of one part of the file, perhaps none. */
export interface FoundNews extends ReadNews {
  readonly kind: 'found';
  readonly findings: readonly Located[];
}

/** What is told of all that files say happened, in the same order. */
export type StepNews = Begun | ReadSteps | Unreadable | LeftOut | ScanEnd;

/** The steps of one part of the file, perhaps none. They are to be gone through before the next part is asked for. */
export interface ReadSteps extends ReadNews {
  readonly kind: 'steps';
  readonly steps: readonly LocatedStep[];
}

/** Told in the order of the files and of the sessions' first rows, the end last. A session is told when it has ended and all before it have. */
export type SessionNews = Begun | ReadSessions | Unreadable | LeftOut | ScanEnd;

export interface ReadSessions extends ReadNews {
  readonly kind: 'sessions';
  readonly sessions: readonly JudgedSession[];
}

/** A file of a folder that is no text. */
export interface LeftOut {
  readonly kind: 'leftOut';
  readonly file: string;
}

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

/** News of whatever else is told of files: only how much was read counts. */
type CountedNews = Begun | (ReadNews & { readonly kind: 'read' }) | Unreadable | LeftOut | ScanEnd;

/** Counts what was read, from the news of whatever reads files. What could not be read is kept; nothing else grows. */
export class ReadCount {
  /** Files that were read, in part at least; the one that is read now is among them. */
  files = 0;
  bytes = 0;
  /** Files of folders that are no text. */
  leftOut = 0;
  readonly unreadable: Unreadable[] = [];

  take(news: ScanNews | StepNews | SessionNews | CountedNews): void {
    if ('bytes' in news) this.bytes += news.bytes;
    else if (news.kind === 'begun') this.files += 1;
    else if (news.kind === 'leftOut') {
      this.files -= 1;
      this.leftOut += 1;
    } else if (news.kind === 'unreadable') {
      if (!news.isPartial) this.files -= 1;
      this.unreadable.push(news);
    }
  }
}
