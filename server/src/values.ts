/** The shared vocabulary of the engine. Types and lists of names only, so that every part can speak it and none depends on another for it. */

/** A stretch of the text in UTF-16 code units; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The name of a form that logs have; the formats say which there are (`formatIds`). The names are part of the command line's contract. */
export type FormatId = string;

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

/** What of a session a server answered: the connection itself, a command, or the message after DATA (RFC 5321, 3 and 4.1). */
export const commandNames = ['connection', 'EHLO', 'STARTTLS', 'AUTH', 'X-EXPS', 'MAIL', 'RCPT', 'DATA', 'message'] as const;
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

/** All sources whose events are read: in Exchange 2007 and 2010 a service of its own handed mail over to transport, and Windows has an SMTP service. Their numbers are their own. */
export const mailSources = [...transportSources, 'MSExchangeMailSubmission', 'SMTPSVC'] as const;

export interface LogEvent {
  readonly source: string;
  readonly id: number;
  /** What its description says, as it stands there and up to a bound: one event can mean two things. Forgotten once it is explained. */
  readonly words?: string;
  /** Whether it only hands on a response: then its number says nothing about the failure. */
  readonly isHandingOn?: true;
}

/** When something happened, as far as the log tells it. */
export interface When {
  /** ISO 8601 in UTC, only where the log states the zone, or the user has said it. */
  readonly time?: string;
  /** The time as it is written, where the log does not state the zone. */
  readonly localTime?: string;
  /** Another place has written the local time, whose zone nobody here knows. */
  readonly isElsewhere?: true;
  /** The words around the local time are of a language whose regions all write the day before the month. */
  readonly isDayFirst?: true;
  /** The order of day and month is not told by this time itself, but by others of the same file. */
  readonly isOrderOfOthers?: true;
  /** Why the local time has no place in UTC although the user has said the zone. */
  readonly timeDoubt?: TimeDoubt;
}

/**
 * What happened: a connection began; something was asked, or accepted; a message was delivered, expanded to other recipients, waits, or
 * failed; something was noted beside it; the connection ended.
 */
export type What = 'began' | 'asked' | 'accepted' | 'delivered' | 'expanded' | 'waits' | 'failed' | 'noted' | 'ended';

/** What steps are joined by, as it is written. */
export interface Ids {
  readonly message?: string;
  /** The same message on all servers of an organisation. */
  readonly network?: string;
  /** The number that one server gives a message. */
  readonly internal?: string;
  readonly session?: string;
  /** The id that Postfix or Exim gives a message. */
  readonly queue?: string;
}

/** Both ends of a connection as they are written, `203.0.113.25:25`; empty where the log does not say one. */
export interface Connection {
  readonly local: string;
  readonly remote: string;
}

/** How a message was handed on: what its next server calls it, as far as its answer says so. */
export interface HandOver {
  readonly host?: string;
  readonly internal?: string;
  readonly queue?: string;
}

/** `send`: who wrote the log is the client of the session; `receive`: it is the server. */
export type SessionDirection = 'send' | 'receive';

/**
 * How the log of a session shows where it begins: by the numbers of its rows, by the greeting, or, where it shows neither, by EHLO alone.
 */
export type Dialogue = 'numbered' | 'greeted' | 'ungreeted';

/** One thing that a log says happened: a row, a line, an event, a report. Those that may be failures are records. */
export interface Step extends When {
  readonly format: FormatId;
  readonly what: What;
  /** The whole block or row. */
  readonly span: Span;
  /** What is underlined or jumped to: the codes, or the words that state the failure where there are none. */
  readonly mark: Span;
  /** What was asked, or what was answered. */
  readonly command?: CommandName;
  readonly ids?: Ids;
  /** What was said: a command, a line of a reply, the name of an event. */
  readonly said?: string;
  /** A further line of the reply that the step before it in the session began (RFC 5321, 4.2.1). */
  readonly isFurtherLine?: true;
  readonly connection?: Connection;
  /** Whether the server that wrote the log is the client of the session or its server, where the form of the log says it. */
  readonly direction?: SessionDirection;
  /** It is a row of an SMTP session, in a log that has one row for each thing that either side says. */
  readonly dialogue?: Dialogue;
  /** The log numbers the rows of each session, and this is its first. */
  readonly isFirst?: true;
  /** The event of the row of a message tracking log that it is, or that it is a failure of: `SENDEXTERNAL`. */
  readonly tracked?: string;
  /** It is a report to the sender, which names the recipient as the sender has written it. */
  readonly isToSender?: true;
  /** All whom it is about, where a row can name several. */
  readonly recipients?: readonly string[];
  /** Whom the recipients stand for: the group that was expanded, the address that was redirected. */
  readonly relatedRecipient?: string;
  /** The id of the message that a report is about, where the row is of the report. */
  readonly reportedMessage?: string;
  /** Of what was delivered or accepted: another server took it over. Without it, a delivery ends in a mailbox. */
  readonly handOver?: HandOver;
  /** An ordinary step: what its own row says. A record: what is known of it. */
  readonly captures: Captures;
}

/** A step that may be a failure: what the knowledge base is asked about. It has places, and no other step has. */
export interface LogRecord extends Step {
  /** What waits is still being tried: what is told is why, not that it failed. An event of Windows is noted: only the knowledge base knows whether it is a failure. What a mail system notes beside its mail is information. */
  readonly what: 'failed' | 'waits' | 'noted';
  /** It is told from a row of a message tracking log, as it stands there or as a command shows it. */
  readonly isOfTracking?: true;
  /** Where a reader may point at it: each stretch of the response, the line with the event's id. */
  readonly places: readonly Span[];
  readonly event?: LogEvent;
  readonly response?: Response;
  /** The columns were recognised by their shape: the row was copied without the header that names them. */
  readonly isGuessed?: true;
}

export function isRecord(step: Step): step is LogRecord {
  // What was asked or accepted is no failure, and nearly every step is one of these.
  return step.what !== 'asked' && step.what !== 'accepted' && 'places' in step;
}

/** A part of a log that a reader takes as one: an event, a session. */
export interface Block {
  readonly kind: 'event' | 'session';
  /** "Event 2004", "Session 08DC1CB1A2B3C4D5". */
  readonly name: string;
  /** What it is about, for example the connector. */
  readonly detail: string;
  /** The other side of a session, as the log writes it. */
  readonly remote?: string;
  readonly span: Span;
}
