/** What the client and the server share of messages: what is asked for, and the story that comes back. */

/** Requests that only our own client sends. */
export const messageRequests = {
  /** MessageQuestion → MessageAnswer: the messages that something names; of one alone its story. */
  find: 'mailflowLens/findMessages',
  /** ListQuestion → ListAnswer: the messages of a folder, some at a time. */
  list: 'mailflowLens/listMessages',
} as const;

/** The scheme of the read-only documents that show a message's story. */
export const storyScheme = 'mailflow-lens-message';

/** Which messages are meant: by a place of an open log, by what the user has typed, or by the key that an answer gave. */
export interface MessageQuestion {
  /** The open log that somebody looks at; without it, only the folders of the workspace are read. */
  readonly uri?: string;
  /** Zero-based, in the encoding that was agreed. */
  readonly position?: { readonly line: number; readonly character: number };
  readonly text?: string;
  readonly key?: string;
  /** Whether the answer comes only when all logs have been read. */
  readonly waits?: boolean;
}

export interface MessageAnswer {
  /** What was looked for, as the user would say it; absent where nothing at the place names a message. */
  readonly asked?: string;
  readonly found: readonly MessageSummary[];
  /** Of one message alone. */
  readonly story?: MessageStory;
  /** Whether all logs have been read; else more can come. */
  readonly isComplete: boolean;
}

/** A message in a list. All texts are harmless to show. */
export interface MessageSummary {
  readonly key: string;
  readonly status: string;
  readonly messageId: string;
  readonly sender: string;
  /** Those with this status, and how many others have another. */
  readonly recipients: string;
  readonly others: readonly StatusCount[];
  /** When it was seen first, and what happened last. */
  readonly first: string;
  readonly last: string;
}

/** One message as a text. All of it is harmless to show. */
export interface MessageStory {
  readonly key: string;
  /** What the tab is called. */
  readonly title: string;
  readonly text: string;
  /** The row that each line of the text is about; null where it is about none. */
  readonly lines: readonly (StoryPlace | null)[];
  /** The same for a ticket, as Markdown. */
  readonly markdown: string;
}

export interface StoryPlace {
  readonly uri: string;
  /** Zero-based. */
  readonly line: number;
  /** Where in the line of the story the row is named. */
  readonly start: number;
  readonly end: number;
}

/** Of the health probes of the servers themselves, which have no status for a reader. */
export const probeStatus = 'probe';

/** Which messages of a folder are wanted. */
export interface ListQuestion {
  /** Its address. */
  readonly folder: string;
  /** Without it, only the counts are. */
  readonly status?: string;
  /** What stands in their ids, senders or recipients, upper and lower case being the same. */
  readonly text?: string;
  /** How many of them are passed over. */
  readonly offset?: number;
  /** Whether the answer comes only when all logs have been read. */
  readonly waits?: boolean;
}

export interface StatusCount {
  readonly status: string;
  readonly count: number;
}

export interface ListAnswer {
  /** How many messages of each status fit, the worst status first; those of probes at the end. */
  readonly counts: readonly StatusCount[];
  /** In the order of their first steps. */
  readonly rows: readonly MessageSummary[];
  readonly isComplete: boolean;
}

/** So many messages of a list come at a time. */
export const listedAtOnce = 500;
