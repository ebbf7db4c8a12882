/** Output of Get-MessageTrackingLog, and tracking logs that were opened as CSV. */

import { stated } from '../../smtp/captures.ts';
import { type Excerpt, sliceExcerpt } from '../../text/excerpt.ts';
import { writtenTime } from '../../text/times.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { Captures } from '../../values.ts';
import { type Separator, splitRecipients, splitStatuses } from '../exchange/recipientStatus.ts';
import { connectorCaptures, isNeverFailure, type TrackingEvent, TrackingFailures } from '../exchange/trackingEvent.ts';
import type { LogFormat } from '../logFormat.ts';
import type { OutputObject } from '../shapes/object.ts';
import { findOutput, type OutputKind, outputSeam, readOutput } from '../shapes/objects.ts';

/** A table without RecipientStatus is claimed too: its subjects are what users wrote. */
const trackingKind: OutputKind = {
  anchors: ['EventId', 'RecipientStatus', 'MessageSubject', 'recipient-status'],
  isKind: (has) =>
    (has('recipientstatus') && !isTrace(has)) ||
    (has('eventid') && (has('recipients') || has('messagesubject') || has('sourcecontext') || has('connectorid'))) ||
    (has('messagesubject') && has('sender')),
};

export const trackingOutput: LogFormat = {
  id: 'tracking-output',
  title: 'Get-MessageTrackingLog',
  literals: trackingKind.anchors,
  find: (text, free, occurrences) => findOutput(text, free, trackingKind, occurrences),
  seam: outputSeam,
  steps: (text, stretches) => {
    const failures = new TrackingFailures();
    readOutput(text, stretches, trackingKind, (object) => {
      const event = readTrackingObject(object, 'tracking-output');
      failures.add(event && { ...event, kind: 'output' });
    });
    return failures.records();
  },
};

/** Whether an object comes from a message trace, whose columns have names of their own. */
export function isTrace(has: (name: string) => boolean): boolean {
  return has('origintimestamputc') || has('datetimeutc');
}

/**
 * One event as an object. Where the columns were chosen by hand, `Status` may stand for RecipientStatus; without EventId only a response
 * with its codes counts.
 */
export function readTrackingObject(object: OutputObject, format: TrackingEvent['format']): TrackingEvent | undefined {
  const event = object.text('eventid');
  if (isNeverFailure(event)) return undefined;
  const separator = isInBraces(object.value('recipientstatus', 'recipients')) ? ',' : ';';
  const recipients = splitRecipients(withoutBraces(object.value('recipients', 'recipientaddress', 'recipient', 'to'))?.text ?? '', separatorOf(object, separator));
  const status = withoutBraces(object.value('recipientstatus', 'status'));
  const messageId = object.text('messageid');
  const sender = object.text('sender', 'senderaddress');
  const server = object.text('serverhostname');
  return {
    format,
    span: object.span,
    event,
    recipients,
    statuses: status && status.text !== '' ? splitStatuses(status, recipients.length, separator) : [],
    context: object.value('sourcecontext'),
    messageId,
    reference: withoutBraces(object.value('reference'))?.text ?? '',
    client: object.text('clienthostname'),
    when: writtenTime(object.text('timestamp', 'datetime', 'datetimeutc'), object.value('datetimeutc') !== undefined),
    captures: withChanges(trackingCaptures(object), stated({ messageId, sender: sender === '<>' ? '' : sender, server })),
  };
}

function trackingCaptures(object: OutputObject): Captures {
  return connectorCaptures(object.text('connectorid'), object.text('source'), object.text('clienthostname'), object.text('originalclientip', 'clientip'));
}

/** `{a, b}`, also where the console has cut it: `{a, b…`. */
function isInBraces(list: Excerpt | undefined): boolean {
  return list?.text.startsWith('{') ?? false;
}

function withoutBraces(list: Excerpt | undefined): Excerpt | undefined {
  if (!list || !isInBraces(list)) return list;
  return sliceExcerpt(list, 1, list.text.endsWith('}') && !list.text.endsWith('{LED=}') ? list.text.length - 1 : list.text.length);
}

/** Addresses that were joined by hand stand with a comma or a semicolon. */
function separatorOf(object: OutputObject, separator: Separator): Separator {
  const list = object.text('recipients', 'recipientaddress', 'recipient', 'to');
  return list.includes(';') ? ';' : list.includes(',') ? ',' : separator;
}
