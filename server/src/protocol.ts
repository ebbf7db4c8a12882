/** The few names that the client and the server share: commands, requests, settings and their shapes. */

/** Commands of the extension. A client that announces them gets code actions that call them. */
export const commands = {
  /** Puts a runbook, or its evidence alone, into the scratch script. Argument: RunbookArguments. */
  insertRunbook: 'mailflowLens.insertRunbook',
  /** Shows the page about a failure or a code. Argument: PageArguments. */
  openPage: 'mailflowLens.openPage',
  /** Opens a file anew in its encoding. Argument: ReopenArguments. */
  reopen: 'mailflowLens.reopen',
} as const;

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
  /** { uri } → Summary. */
  summary: 'mailflowLens/summary',
} as const;

/** The scheme of the read-only pages that "Open the page" shows. */
export const pageScheme = 'mailflow-lens';

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
  /** Where it was seen and what the log said; becomes a comment. */
  readonly evidence: string;
}

export interface GuideEntry {
  readonly id: string;
  readonly title: string;
}

export interface PageArguments {
  /** A failure's id, or a code such as "454 4.7.0". */
  readonly id: string;
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
}

export interface ExtendScriptParameters extends RunbookArguments {
  /** The scratch script as it stands now, with all that the user wrote. */
  readonly script: string;
}

export interface ExtendScriptResult {
  /** Insertions only, in UTF-16 offsets of the script as it was sent, in ascending order. */
  readonly insertions: readonly { readonly offset: number; readonly text: string }[];
  /** Where the region begins, as a zero-based line of the script after the insertions. */
  readonly line: number;
}

/** The counts that the language status item shows. */
export interface Summary {
  readonly findings: number;
  readonly errors: number;
  readonly warnings: number;
  readonly information: number;
  /** The title of the most frequent failure, if there is any finding. */
  readonly mostFrequent?: string;
}

/** What the client says of itself at start. */
export interface InitializationOptions {
  /** The commands of ours that the client can run. */
  readonly commands?: readonly string[];
  readonly settings?: Partial<Settings>;
}

/** The settings below `mailflowLens`. */
export interface Settings {
  /** The file that runbooks go to; empty: an untitled document beside the log. */
  readonly scratchScript: string;
  /** A folder with failure documents of the user's own; empty: none. Not read in a workspace that is not trusted. */
  readonly knowledge: string;
  /** The zone of the local times in logs, such as Europe/Berlin; empty: not said. */
  readonly timeZone: string;
}
