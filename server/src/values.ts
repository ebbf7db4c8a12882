/** The shared vocabulary of the engine. Types and lists of names only, so that every part can speak it and none depends on another for it. */

/** A stretch of the text in UTF-16 code units; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The forms a log can have. The names are part of the command line's contract. */
export const formatIds = [
  'event-text',
  'event-xml',
  'event-csv',
  'event-tsv',
  'event-list',
  'event-table',
  'event-json',
  'event-oneline',
  'smtp-send',
  'smtp-receive',
  'message-tracking',
  'connectivity',
  'queue',
  'tracking-output',
  'ndr',
  'message-trace',
  'iis-smtp',
  'postfix',
  'sendmail',
  'exim',
  'hmailserver',
  'cisco-esa',
  'opensmtpd',
  'qmail',
  'text',
] as const;
export type FormatId = (typeof formatIds)[number];

/** What kind of failure it is. The names are part of the command line's contract. */
export const categories = [
  'recipient-unknown',
  'recipient-unavailable',
  'mailbox-full',
  'domain-unknown',
  'network',
  'tls',
  'relay-denied',
  'authentication',
  'sender-authentication',
  'sender-rejected',
  'reputation',
  'content-rejected',
  'policy',
  'message-size',
  'rate-limited',
  'loop',
  'expired',
  'server',
  'protocol',
  'unknown',
] as const;
export type Category = (typeof categories)[number];

export const severities = ['error', 'warning', 'information'] as const;
export type Severity = (typeof severities)[number];

/** 4yz is transient and 5yz permanent, whatever the enhanced status code says (RFC 5321, 4.2.1). */
export type Permanence = 'permanent' | 'transient';

/** The values that a log names and a runbook can use. */
export const captureNames = [
  'sendConnector',
  'receiveConnector',
  'messageId',
  'recipient',
  'recipientDomain',
  'sender',
  'remoteHost',
  'remoteAddress',
  'server',
  'sessionId',
  'queue',
  'certificateThumbprint',
  'certificateSubject',
] as const;
export type CaptureName = (typeof captureNames)[number];
export type Captures = Readonly<Partial<Record<CaptureName, string>>>;

/** A copy with other values. What runs for each record of a large log takes this: where a change adds a name, V8 needs more than ten times as long for `{ ...value, ...changes }`. */
export function withChanges<Value extends object>(value: Value, ...changes: readonly (Partial<Value> | undefined)[]): Value {
  return Object.assign({}, value, ...changes);
}

/** What of a session a server answered: the connection itself, a command, or the message after DATA (RFC 5321, 3 and 4.1). */
export const commandNames = ['connection', 'EHLO', 'STARTTLS', 'AUTH', 'MAIL', 'RCPT', 'DATA', 'message'] as const;
export type CommandName = (typeof commandNames)[number];

/** What a server answered: the reply code, the enhanced status code and the words around them. */
export interface Response {
  /** 4yz or 5yz (RFC 5321); absent where the connection failed before any reply. */
  readonly replyCode?: number;
  /** "4.7.0" (RFC 3463). */
  readonly enhancedCode?: string;
  /** The innermost reply on one line, codes included, wrappers opened. */
  readonly text: string;
  /** What it answered, only where the log says so: who was refused often depends on nothing else. */
  readonly command?: CommandName;
}

/**
 * The day cannot be told from the month; the clocks were put back and showed the time twice, or forward and never showed it;
 * the text is no date with year and time of day; or another place has written it.
 */
export type TimeDoubt = 'order' | 'repeated' | 'skipped' | 'unread' | 'elsewhere';

/** The services of Exchange's transport write the same events, each under a source of its own. */
export const transportSources = ['MSExchangeTransport', 'MSExchangeFrontEndTransport', 'MSExchangeTransportDelivery', 'MSExchangeTransportSubmission'] as const;

export interface LogEvent {
  readonly source: string;
  readonly id: number;
}

/** One thing that a log says went wrong. */
export interface LogRecord {
  readonly format: FormatId;
  /** The whole block or row. */
  readonly span: Span;
  /** What is underlined: the codes, or the words that state the failure where there are none. */
  readonly mark: Span;
  /** Where a reader may point at it: each stretch of the response, the line with the event's id. */
  readonly places: readonly Span[];
  /** ISO 8601 in UTC, only where the log states the zone, or the user has said it. */
  readonly time?: string;
  /** The time as it is written, where the log does not state the zone. */
  readonly localTime?: string;
  /** The words around the local time are of a language whose regions all write the day before the month. */
  readonly isDayFirst?: true;
  /** The order of day and month is not told by this time itself, but by others of the same file. */
  readonly isOrderOfOthers?: true;
  /** Why the local time has no place in UTC although the user has said the zone. */
  readonly timeDoubt?: TimeDoubt;
  readonly event?: LogEvent;
  readonly response?: Response;
  readonly captures: Captures;
  /** The message is still being tried: what is told is why it waits, not that it failed. */
  readonly isDelay?: true;
  /** The columns were recognised by their shape: the row was copied without the header that names them. */
  readonly isGuessed?: true;
}

/** A part of a log that a reader takes as one: an event, a session. */
export interface Block {
  readonly kind: 'event' | 'session';
  /** "Event 2004", "Session 08DC1CB1A2B3C4D5". */
  readonly name: string;
  /** What it is about, for example the connector. */
  readonly detail: string;
  readonly span: Span;
}

/** One condition of a failure: all the keys that are given must hold. Text is in lower case. */
export interface Match {
  readonly reply?: number;
  /** "4.7.0", or a range of the last number, both ends included: "5.7.606-649". */
  readonly enhanced?: string;
  /** Any one of these must stand in the response. */
  readonly text?: readonly string[];
  /** One of the first words and, a few words behind it in the same sentence, one of the second: [["mailbox", "user "], ["not found", "unknown"]]. */
  readonly near?: readonly [readonly string[], readonly string[]];
  /** What was answered. */
  readonly command?: CommandName;
  readonly event?: { readonly source: string; readonly id: number };
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
  readonly severity: Severity;
  readonly match: readonly Match[];
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
}

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
  /** How sure it is: the event or the text says it, only the code says it, or only a registry knows the code. */
  readonly basis: Basis;
  readonly category: Category;
  readonly title: string;
  readonly severity: Severity;
  readonly permanence?: Permanence;
}
