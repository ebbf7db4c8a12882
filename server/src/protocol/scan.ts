/** What the client and the server share of a scan: what is asked for, and what is found. */

import type { RunbookArguments } from './editor.ts';

export interface ScanParameters {
  /** Files and folders of this machine, by their `file:` addresses. */
  readonly uris: readonly string[];
  /** ISO 8601 in UTC: earlier findings are left out. Those whose time in UTC is not known are kept. */
  readonly since?: string;
  /** Takes the progress (LSP 3.17, "Client Initiated Progress"); it can be cancelled by cancelling the request. */
  readonly workDoneToken?: string | number;
  /** Takes what is found. Without it only the summary comes back. */
  readonly partialResultToken?: string | number;
}

/** What one file adds to one failure and destination since the last partial result. All texts but the captures are harmless to show. */
export interface ScannedFile {
  readonly failure: ScannedFailure;
  /** The other side: a domain, a host, a connector; empty where the log names none, null for those of which no line is listed. */
  readonly destination: string | null;
  readonly uri: string;
  /** The file's name, and the folder that it was found in below the one that was asked for; empty where that is the same. */
  readonly name: string;
  readonly folder: string;
  /** How many findings there were, listed or not, and when the first and the last of them were. */
  readonly count: number;
  readonly seen: SeenTimes;
  readonly listed: readonly Occurrence[];
}

export interface ScannedFailure {
  /** What "Open the page" takes: the failure's id, or the code or event where only a registry knows it. */
  readonly id: string;
  readonly title: string;
  /** The name for a place without room. */
  readonly short: string;
  readonly severity: 'error' | 'warning' | 'information';
  /** Whether there is a document with a runbook about it. */
  readonly hasRunbook: boolean;
}

/** When something was seen first and last: in UTC, and as written in the order of reading where the log does not state the zone. */
export interface SeenTimes {
  readonly first?: string;
  readonly last?: string;
  readonly firstLocal?: string;
  readonly lastLocal?: string;
}

/** One finding of a scan; lines and characters count from zero, characters in UTF-16 code units. */
export interface Occurrence {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
  /** What the server answered, or the event, on one line and not too long. */
  readonly text: string;
  /** "454 4.7.0", "event 2004"; empty where there is none. */
  readonly code: string;
  /** ISO 8601 in UTC, or the time as it is written where the log does not state the zone. */
  readonly time?: string;
  readonly localTime?: string;
  /** The other side's host, whom it was for and by which connector it went; empty where the log does not say. */
  readonly host: string;
  readonly recipient: string;
  readonly connector: string;
  /** What an insertion of the failure's runbook takes beside the part that is wanted; absent where there is no runbook. */
  readonly runbook?: Omit<RunbookArguments, 'part'>;
}

/** How many findings of a scan are listed at most; all are counted. */
export const scanLimits = { file: 1_000, all: 20_000 } as const;

/** What a scan has done. After a cancellation: as far as it came. */
export interface ScanSummary {
  readonly isComplete: boolean;
  readonly findings: number;
  readonly listed: number;
  /** How many are of a failure of which no line is listed. */
  readonly unplaced: number;
  /** Files that were read, in part at least, and how many of them have findings. */
  readonly files: number;
  readonly filesWithFindings: number;
  readonly bytes: number;
  /** How many files of folders are no text. */
  readonly leftOut: number;
  /** Whether findings were left out, since the settings ignore them. */
  readonly hasIgnored: boolean;
  /** How many files and folders could not be read, how many files only in part, and the first of both with the reasons. */
  readonly unreadable: number;
  readonly partlyRead: number;
  readonly unreadableFiles: readonly UnreadableFile[];
}

export interface UnreadableFile {
  readonly name: string;
  readonly folder: string;
  readonly reason: string;
  readonly isPartial?: boolean;
}

/** The text of an open document that is read instead of files, with its address and its name. */
export interface GivenText {
  readonly text?: string;
  readonly document?: { readonly uri: string; readonly name: string };
}

/** What is shown of failures alone. */
export interface OnlyFailuresParameters extends GivenText {
  /** Files and folders by their `file:` addresses; none where a text is given. */
  readonly uris: readonly string[];
  readonly order: 'failure' | 'time';
  /** ISO 8601 in UTC; what has no time in UTC is kept. */
  readonly since?: string;
  readonly until?: string;
  /** The failure's id, or the code that it is counted by. */
  readonly failure?: string;
  /** The connector or the destination; empty for those without one. */
  readonly target?: string;
  readonly workDoneToken?: string | number;
}

/** One failure with one target. */
export interface OnlyFailuresGroup {
  readonly failure: string;
  readonly title: string;
  /** As the log writes it. */
  readonly target: string;
  readonly name: string;
  readonly count: number;
}

/** The records of failures as a text. All of it is harmless to show, but what a target is found by: a reader sees its name. */
export interface OnlyFailures {
  readonly text: string;
  /** For each line the number of its log in `uris` and its line there from 0, or null. */
  readonly lines: readonly (readonly [number, number] | null)[];
  readonly uris: readonly string[];
  /** All that there are, the most frequent first: what can be chosen from. */
  readonly groups: readonly OnlyFailuresGroup[];
  /** The last time in UTC, where there is one. */
  readonly last?: string;
}
