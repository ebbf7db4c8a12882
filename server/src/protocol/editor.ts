/** The few names that the client and the server share: commands, requests and their shapes. */

import type { Settings } from './settings.ts';

/** Commands of the extension. A client that announces them gets code actions that call them. */
export const commands = {
  /** Puts a runbook, or its evidence alone, into the scratch script. Argument: RunbookArguments. */
  insertRunbook: 'mailflowLens.insertRunbook',
  /** Shows the page about a failure or a code. Argument: PageArguments. */
  openPage: 'mailflowLens.openPage',
  /** Opens a file anew in its encoding. Argument: ReopenArguments. */
  reopen: 'mailflowLens.reopen',
  /** Shows where else the failure at a place of a log stands in it. Argument: OccurrencesArguments. */
  showOccurrences: 'mailflowLens.showOccurrences',
  /** Scans a file on the disk, whatever its size. Argument: its address; without one, the file in the active tab. */
  scanFile: 'mailflowLens.scanFile',
  /** Shows one session of a log alone. Argument: SessionArguments; without one, the session at the cursor. */
  showSession: 'mailflowLens.showSession',
  /** Writes into the settings that a failure is not reported. Argument: IgnoreArguments. */
  ignore: 'mailflowLens.ignore',
} as const;

/**
 * The server's own command, for clients without ours: shows where a code action has put a runbook. Argument: PlacedRunbook. VS Code registers
 * each announced command for all of its extensions, so our own client is not told of it.
 */
export const showRunbookCommand = 'mailflowLens.showRunbook';

/** VS Code's command to offer completions. A client that announces it among its commands is asked for it where a key was completed and its value comes. */
export const suggestCommand = 'editor.action.triggerSuggest';

/** Requests that only our own client sends. */
export const requests = {
  /** ExtendScriptParameters → ExtendScriptResult. */
  extendScript: 'mailflowLens/extendScript',
  /** Nothing → GuideEntry[]: the runbooks for no failure in particular. */
  guides: 'mailflowLens/guides',
  /** PageArguments → Markdown, or null where the page is not known. */
  page: 'mailflowLens/page',
  /** BeginFailureParameters → the text of a failure document to be completed, or null. */
  beginFailure: 'mailflowLens/beginFailure',
  /** OccurrencesArguments → FailureAt, or null: the failure at a place of a log, on its line or the nearest one below. */
  failureAt: 'mailflowLens/failureAt',
  /** OccurrencesArguments → the values that a place of a log names for a runbook; none where it names none. */
  valuesAt: 'mailflowLens/valuesAt',
  /** OccurrencesArguments → Marked[]: all findings of the same failure and destination, in text order, bounded by `mostMarked`. */
  occurrences: 'mailflowLens/occurrences',
  /** MarksParameters → Marked[]: the findings of some lines, or a sample of all that no diagnostic stands for. */
  marks: 'mailflowLens/marks',
  /** SessionArguments → SessionText, or null where the place stands in no session. */
  session: 'mailflowLens/session',
  /** { uri } → Summary. */
  summary: 'mailflowLens/summary',
  /** ScanParameters → ScanSummary: reads files and folders on the disk. What is found comes meanwhile, as partial results: ScannedFile[]. */
  scan: 'mailflowLens/scan',
  /** ScanParameters → the report of these files as Markdown, for a ticket. It reads them once more, so it is of the logs as they are now. */
  report: 'mailflowLens/report',
  /** Nothing → PageEntry[]: everything that has a page. */
  pages: 'mailflowLens/pages',
} as const;

/** The scheme of the read-only pages that "Open the page" shows. */
export const pageScheme = 'mailflow-lens';

/** The scheme of the read-only documents that show one session. */
export const sessionScheme = 'mailflow-lens-session';

/** The name of the scratch script where the settings name none. */
export const scratchScriptName = 'mailflow-remediation.ps1';

/** How much of a runbook is inserted: the read-only part, or all four stages. */
export type RunbookPart = 'evidence' | 'full';

/** All that an insertion needs: nothing is remembered between the code action and the command. */
export interface RunbookArguments {
  /** The failure's id in the knowledge base. */
  readonly failure: string;
  /** Named values from the log; raw, quoted only where the script is written. */
  readonly captures: Readonly<Record<string, string>>;
  readonly part: RunbookPart;
  /** Which part of the document is meant, where it covers several situations; all of it where nothing is said, or nothing that it knows. */
  readonly situation?: string;
  /** Where it was seen and what the log said; becomes a comment. */
  readonly evidence: string;
}

/** A runbook for a log, and with it for that log's scratch script. */
export interface PlacedRunbook {
  readonly insertion: RunbookArguments;
  /** The log's address. */
  readonly document: string;
}

export interface GuideEntry {
  readonly id: string;
  readonly title: string;
}

export interface PageArguments {
  /** A failure's id, a code such as "454 4.7.0", or any text that a log would show. */
  readonly id: string;
}

/** So much of a text is recognised where it is asked for instead of an id; a pasted bounce is shorter. */
export const longestQuery = 8_000;

/** What a page is chosen by. */
export interface PageEntry {
  readonly id: string;
  readonly title: string;
  /** The short name; empty where there is none. */
  readonly short: string;
  /** The codes and events that it is known by, on one line. */
  readonly codes: string;
}

/** A place of an open log. */
export interface OccurrencesArguments {
  readonly uri: string;
  /** Zero-based, in the encoding that was agreed. */
  readonly position: { readonly line: number; readonly character: number };
}

/** A failure of an open log, with what can be done about it. */
export interface FailureAt {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
  /** What "Open the page" takes; absent where neither a document nor a registry knows it. */
  readonly page?: string;
  /** What an insertion of its runbook takes beside the part; absent where there is no runbook. */
  readonly runbook?: Omit<RunbookArguments, 'part'>;
}

export interface ReopenArguments {
  readonly uri: string;
  /** As VS Code calls it; absent where the user must choose. */
  readonly encoding?: string;
}

export interface BeginFailureParameters {
  readonly uri: string;
  /** Where the reader points, zero-based, in the encoding that was agreed. */
  readonly position: { readonly line: number; readonly character: number };
  /** The document's id: the name of its file without .md. */
  readonly id: string;
}

export interface ExtendScriptParameters extends RunbookArguments {
  /** The scratch script as it stands now, with all that the user wrote. */
  readonly script: string;
}

export interface ExtendScriptResult {
  /** Insertions only, in UTF-16 offsets of the script as it was sent, in ascending order. */
  readonly insertions: readonly { readonly offset: number; readonly text: string }[];
  /**
   * The first new line, zero-based and of the script after the insertions; where there are none, that of the region that stands there
   * already; with a warning, the line to look at.
   */
  readonly line: number;
  /** Why nothing was inserted, as a text for the user: the script is open, say by a quotation that is never closed. */
  readonly warning?: string;
}

/** A session of an open log: by its id, or by a line of it. */
export interface SessionArguments {
  readonly uri: string;
  readonly sessionId?: string;
  /** Zero-based. */
  readonly line?: number;
}

/** One session as a text. All of it is harmless to show. */
export interface SessionText {
  readonly sessionId: string;
  readonly text: string;
  /** The line of the log that each line of the text is about, zero-based; null where it is about none. */
  readonly lines: readonly (number | null)[];
}

/** What is not to be reported any more. */
export interface IgnoreArguments {
  /** The failure's id. */
  readonly failure: string;
  /** What it is called. */
  readonly name: string;
  /** Where only what concerns one target is left out. */
  readonly target?: string;
}

/** Which lines of an open log are looked at. */
export interface MarksParameters {
  readonly uri: string;
  /** Zero-based; the end is exclusive. Without them, all lines: then of many findings some, spread over the log. */
  readonly startLine?: number;
  readonly endLine?: number;
}

/** A finding as the editor marks and lists it. All texts are harmless to show. */
export interface Marked {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
  readonly severity: 'error' | 'warning' | 'information';
  /** The short name and the other side: "Mailbox full: bob@fabrikam.com". */
  readonly label: string;
  /** A diagnostic stands for it, so an editor underlines it already. */
  readonly isDiagnosed?: true;
}

/** So many findings are told at once. */
export const mostMarked = 2_000;

/** The counts that the language status item shows. */
export interface Summary {
  readonly findings: number;
  readonly errors: number;
  readonly warnings: number;
  readonly information: number;
  /** How many are not among them, by the user's settings. */
  readonly leftOut: number;
  /** The most frequent failure with one destination, if there is any finding, and how often. */
  readonly mostFrequent?: { readonly name: string; readonly count: number };
}

/** What the client says of itself at start. */
export interface InitializationOptions {
  /** The commands of ours that the client can run. */
  readonly commands?: readonly string[];
  /** The languages whose documents it sends. */
  readonly languages?: readonly string[];
  readonly settings?: Partial<Settings>;
}
