/** Joins what the parts of a bounce say: the report for machines, the text for people, and the returned message. */

import { recipientCaptures } from '../../smtp/address.ts';
import { addressPattern, codesOf, type Statement } from '../../smtp/replyWords.ts';
import type { Captures, LogRecord, Response, Span } from '../../values.ts';
import type { ReportedRecipient } from './deliveryStatus.ts';
import { mailTime } from './mailTime.ts';
import { onlyAnnounces } from './sentence.ts';
import { isNotice } from './text.ts';

/** A bounce, read but not yet joined. */
export interface Bounce {
  /** A mail is one bounce, whose report names all its recipients; in a ticket several can stand one below the other. */
  readonly isOne: boolean;
  /** Somebody has copied it, perhaps not to its end. */
  readonly mayBeCut?: true;
  /** Its text says that the message is still being tried. */
  readonly isDelay: boolean;
  readonly reported: readonly Reported[];
  readonly told: readonly ToldReason[];
  /** What the whole bounce says: server, message, sender. */
  readonly captures: Captures;
  /** The bounce's own date, as its header has it. */
  readonly date?: string;
}

/** Where the text is encoded, what can be pointed at instead: its first line. */
export type Reported = ReportedRecipient & { readonly line?: Span };
export type ToldReason = Statement & { readonly line?: Span };

/**
 * One record for each failed recipient.
 * A report decides whether anything failed at all, whatever the text says (RFC 3464, 2.3.3).
 */
export function joinBounce(bounce: Bounce): LogRecord[] {
  const told = new Map(bounce.told.map((statement) => [statement.recipient?.toLowerCase() ?? '', statement]));
  if (bounce.reported.length === 0) return bounce.told.map((statement) => toRecord(bounce, statement));
  const failed = new Map<string, Reported>();
  for (const recipient of bounce.reported) {
    const key = recipient.recipient?.toLowerCase() ?? '';
    // A field that was copied without its recipient says of nobody what the sentence above says of somebody.
    if (bounce.isOne && key === '' && bounce.told.some((said) => said.recipient !== undefined && said.read.response.text === recipient.read?.response.text)) continue;
    if (recipient.failed && !(failed.get(key)?.read && !recipient.read)) failed.set(key, recipient);
  }
  const only = failed.size === 1 && bounce.told.length === 1 ? bounce.told[0] : undefined;
  const reportedToo = new Set(bounce.reported.map(({ recipient }) => recipient?.toLowerCase() ?? ''));
  const codes = new Set(bounce.reported.flatMap(({ read }) => (read ? [codesOf(read)] : [])));
  const isOther = ({ recipient, read }: ToldReason): boolean => (recipient === undefined ? !codes.has(codesOf(read)) : !reportedToo.has(recipient.toLowerCase()));
  const others = bounce.isOne ? (bounce.mayBeCut ? bounce.told.filter((said) => isOther(said) && (said.isBeyondReport || isReplyAbout(said))) : []) : bounce.told.filter(isOther);
  return [
    ...[...failed].flatMap(([key, reported]) => {
      const statement = choose(reported, told.get(key) ?? only);
      return statement ? toRecord(bounce, statement, reported) : [];
    }),
    ...others.map((statement) => toRecord(bounce, statement)),
  ];
}

/** Whether a text names a recipient beside the reply about it: a report that was copied in part does not know him. */
const isReplyAbout = ({ recipient, read }: ToldReason): boolean => recipient !== undefined && read.response.replyCode !== undefined;

/** The report has no place for the command that was answered; the text often names it. */
function withCommand(own: ToldReason, told: ToldReason): ToldReason {
  const { command, replyCode } = told.read.response;
  return command && !own.read.response.command && replyCode === own.read.response.replyCode ? { ...own, read: { ...own.read, response: { ...own.read.response, command } } } : own;
}

/** The diagnostic decides, unless the text says more: the reply where the report has none, or the lines that the report left out. */
function choose({ recipient, read, place, line }: Reported, told: ToldReason | undefined): ToldReason | undefined {
  const reported = read && { ...(recipient && { recipient }), read, place, ...(line && { line }) };
  if (!reported || !told) return reported ?? told;
  // The report has the notice of a delay, and the text what the attempt was answered.
  if (told.isAttempt && isNotice(reported)) return told;
  const own = withCommand(reported, told);
  if (own.read.response.replyCode !== undefined) {
    const isCut = /^[45]\d\d-/.test(own.read.response.text) || told.read.response.text.startsWith(own.read.response.text);
    const isSame = told.read.response.replyCode === own.read.response.replyCode && told.read.response.text.length > own.read.response.text.length;
    return isCut && isSame ? { ...own, read: { ...own.read, response: { ...own.read.response, text: told.read.response.text } } } : own;
  }
  if (own.read.response.enhancedCode && onlyAnnounces(told.read.response.text)) return own;
  if (told.read.response.replyCode !== undefined || !/\p{L}{2}/u.test(own.read.response.text))
    return { ...told, read: { ...told.read, response: withStatus(told.read.response, own.read.response) } };
  return own;
}

/** The enhanced status code of the report, where the reply has none. */
function withStatus(response: Response, { enhancedCode }: Response): Response {
  return response.enhancedCode || !enhancedCode ? response : { ...response, enhancedCode };
}

const isAddress = new RegExp(`^${addressPattern}$`);

function toRecord(bounce: Bounce, { recipient, read, place, line, isDelay }: ToldReason, reported?: Reported): LogRecord {
  const to = reported?.recipient ?? recipient;
  const span = line ?? place;
  return {
    format: 'ndr',
    isToSender: true,
    what: (reported?.isDelayed ?? (isDelay || bounce.isDelay)) ? 'waits' : 'failed',
    span,
    mark: line ?? read.mark,
    places: [span],
    ...mailTime(reported?.lastAttempt, bounce.date),
    response: read.response,
    captures: { ...bounce.captures, ...read.captures, ...reported?.captures, ...(to && (isAddress.test(to) ? recipientCaptures(to) : { recipient: to })) },
  };
}
