/** The words in which a finding is told: shared by hover, diagnostics and pages, so that they say the same. */

import { destinationOf } from '../analysis/document/findingKind.ts';
import type { Basis, Finding } from '../failures.ts';
import type { CaptureName, LogRecord, Permanence, TimeDoubt } from '../values.ts';
import { code } from './markdown.ts';

/** What the reply code says about the message's fate (RFC 5321, 4.2.1). */
export function describePermanence(permanence: Permanence | undefined): string {
  if (permanence === 'transient') return 'Transient: the sending server keeps the message and tries again until it expires.';
  if (permanence === 'permanent') return 'Permanent: the sending server does not try again; the sender gets a non-delivery report.';
  // Without a reply code the log does not say what becomes of the message; where something is known of it, the meaning tells.
  return '';
}

/** The same in a few words. */
export function describePermanenceShortly(permanence: Permanence | undefined): string {
  if (permanence === 'transient') return '**Transient**, retried until it expires.';
  return permanence === 'permanent' ? '**Permanent**, not retried.' : '';
}

/** How sure the explanation is. */
export function describeBasis(basis: Basis): string {
  switch (basis) {
    case 'event':
      return 'Recognised by the event itself.';
    case 'text':
      return 'Recognised by the text of the response.';
    case 'code':
      return 'Recognised by its code alone; the text says nothing more specific.';
    case 'registry':
      return 'Nothing more specific is known about this text; this is the registered meaning of its code.';
  }
}

/** The time of a record as Markdown, with what is known of its zone; empty where the log states none. */
export function describeTime({ time, localTime, timeDoubt, isOrderOfOthers }: LogRecord): string {
  const written = localTime === undefined ? '' : code(localTime, 60);
  if (time !== undefined && written === '') return `${code(time)} (UTC)`;
  if (time !== undefined)
    return `${code(time)} (UTC; written ${written}, in the time zone of the settings${isOrderOfOthers ? '; which is the day is taken from the other times in this file' : ''})`;
  return written && `${written} (as written; ${timeDoubt ? doubts[timeDoubt] : 'the log does not state the time zone'})`;
}

const doubts: Readonly<Record<TimeDoubt, string>> = {
  order: 'the day cannot be told from the month',
  repeated: 'the clocks were put back, so the time came twice',
  skipped: 'the clocks were put forward, so the time never came in the time zone of the settings',
  unread: 'no date with year and time of day that can be read',
  elsewhere: 'the time zone of the settings is not the one of whoever wrote it',
};

/** How the captured values are called. */
export const captureLabels: Readonly<Record<CaptureName, string>> = {
  sendConnector: 'Send connector',
  receiveConnector: 'Receive connector',
  messageId: 'Message ID',
  recipient: 'Recipient',
  recipientDomain: 'Recipient domain',
  sender: 'Sender',
  remoteHost: 'Remote host',
  remoteAddress: 'Remote address',
  server: 'Server',
  sessionId: 'Session',
  queue: 'Queue',
  certificateThumbprint: 'Certificate thumbprint',
  certificateSubject: 'Certificate subject',
};

/** "454 4.7.0", "550", "event 2004": the codes as the log writes them. */
export function shownCodes({ record: { event, response } }: Finding): string {
  const codes = [response?.replyCode, response?.enhancedCode].filter((code) => code !== undefined).join(' ');
  return codes || (event ? `event ${event.id}` : '');
}

/** A failure and whom it concerns, on one short line: "Mailbox full: bob@fabrikam.com". */
export function shortLabel(finding: Finding): string {
  const { captures } = finding.record;
  const target = captures.recipient ?? destinationOf(finding);
  const name = finding.failure?.short ?? finding.title;
  return target === '' ? name : `${name}: ${target}`;
}
