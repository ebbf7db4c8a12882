/** The words of the judgement: what is known of failures, and a record with what is known of it. Whoever reads logs does without. */

import type { Category, CommandName, LogRecord, Permanence, SessionDirection, Severity } from './values.ts';

/** One condition of a failure: all the keys that are given must hold. Text is in lower case. */
export interface Match {
  readonly reply?: number;
  /** "4.7.0", or a range of the last number, both ends included: "5.7.606-649". */
  readonly enhanced?: string;
  /** Any one of these must stand in the response, or in the event's description where an event is asked for too. */
  readonly text?: readonly string[];
  /** One of the first words and, a few words behind it in the same sentence, one of the second: [["mailbox", "user "], ["not found", "unknown"]]. */
  readonly near?: readonly [readonly string[], readonly string[]];
  /** What was answered. */
  readonly command?: CommandName;
  readonly event?: { readonly source: string; readonly id: number };
  /** The part of the document that is about this condition. */
  readonly part?: string;
  /** It says little and is used for much ("try again later", 5.7.1): whatever says more goes before it, however short. */
  readonly general?: true;
}

export interface Reference {
  readonly url: string;
  readonly title: string;
  /** The month of the last look: "2026-11". */
  readonly checked: string;
}

export const stages = ['evidence', 'change', 'verify', 'rollBack'] as const;
export type Stage = (typeof stages)[number];

/** One stage of a runbook: constant PowerShell, and its heading with the safety label. */
export interface RunbookStage {
  /** "Evidence (read-only)", "Change (reversible)". */
  readonly heading: string;
  readonly script: string;
}

/** One document of the knowledge base. */
export interface Failure {
  /** A guide is a runbook for no failure in particular, such as the checks after a change: it has no conditions and is never found in a log. */
  readonly kind: 'failure' | 'guide';
  readonly id: string;
  readonly category: Category;
  readonly title: string;
  /** The name of the failure for a place without room: "Relay denied". A user's own document may have none. */
  readonly short?: string;
  readonly severity: Severity;
  readonly match: readonly Match[];
  /** The part of the document that is meant where a condition names none, by who answered: `receive`, the server that wrote the log; `send`, the other one. */
  readonly directions?: Readonly<Partial<Record<SessionDirection, string>>>;
  readonly products: readonly string[];
  readonly references: readonly Reference[];
  /** Markdown, a paragraph or two each. */
  readonly meaning: string;
  readonly cause: string;
  readonly whoActs: string;
  readonly runbook: Readonly<Record<Stage, RunbookStage>>;
  /** The document's path in the project, with forward slashes; the address of its file for a document of the user's own. */
  readonly page: string;
  /** The document as a page for people: Markdown without front matter and test material. */
  readonly markdown: string;
  /** Where it covers several situations: what it says of each, by the names that its conditions have for them. */
  readonly parts?: Readonly<Record<string, FailurePart>>;
}

/** What a document says of one situation: what is common to all, and what is about this one. */
export type FailurePart = Pick<Failure, 'meaning' | 'cause' | 'whoActs' | 'runbook' | 'markdown'>;

/** What a registry or a product's documentation says of a code or an event. */
export interface Meaning {
  /** "550", "X.7.1", "MSExchangeTransport 2004". */
  readonly code: string;
  readonly summary: string;
  readonly reference: string;
  /** Only where the registered meaning alone decides the kind of failure. */
  readonly category?: Category;
}

/** What a column of Exchange's `#Fields` logs holds. */
export interface ColumnMeaning {
  readonly name: string;
  readonly meaning: string;
}

export type Basis = 'event' | 'text' | 'code' | 'registry';

/** A record with what is known about it. */
export interface Finding {
  readonly record: LogRecord;
  /** Absent where only the registry knows the code. */
  readonly failure?: Failure;
  /** Which part of the document is about it, where the document has parts. */
  readonly part?: string;
  /** How sure it is: the event or the text says it, only the code says it, or only a registry knows the code. */
  readonly basis: Basis;
  readonly category: Category;
  readonly title: string;
  readonly severity: Severity;
  readonly permanence?: Permanence;
}
