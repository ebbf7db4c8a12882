/** Message traces of Exchange Online: the downloads of the admin center, and output of Get-MessageTrace, Get-MessageTraceDetail and their successors. */

import { recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { findResponse, type ReadResponse, readFailure } from '../../smtp/response.ts';
import { type Excerpt, placeSpan, sliceExcerpt } from '../../text/excerpt.ts';
import { writtenTime } from '../../text/times.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { Captures, LogRecord, When } from '../../values.ts';
import { TrackingFailures } from '../exchange/trackingEvent.ts';
import type { LogFormat } from '../logFormat.ts';
import type { OutputObject } from '../shapes/object.ts';
import { behindAnything, findOutput, type OutputKind, outputSeam, readOutput } from '../shapes/objects.ts';
import { isTrace, readTrackingObject } from './trackingOutput.ts';

/** A summary has no response, but it is claimed all the same: its subjects are what users wrote. */
const traceKind: OutputKind = {
  anchors: [
    'RecipientAddress',
    'Recipient Address',
    'Recipient address',
    'recipientAddress',
    'recipient_address',
    'recipient_status',
    'MessageTraceId',
    'description',
    ...behindAnything('Detail'),
  ],
  isKind: (has) =>
    has('messagetraceid') ||
    (isTrace(has) && (has('senderaddress') || has('recipientaddress'))) ||
    (has('recipientaddress') && has('senderaddress') && has('status')) ||
    (has('event') && (has('detail') || (has('description') && has('data') && has('messageid')))),
};

export const messageTrace: LogFormat = {
  id: 'message-trace',
  title: 'Message trace of Exchange Online',
  literals: traceKind.anchors,
  find: (text, free, occurrences) => findOutput(text, free, traceKind, occurrences),
  seam: outputSeam,
  steps: (text, stretches) => {
    const records: LogRecord[] = [];
    const events = new TrackingFailures();
    readOutput(text, stretches, traceKind, (object) => {
      if (object.value('eventid')) {
        const event = readTrackingObject(object, 'message-trace');
        if (event) events.add({ ...event, when: ofExchangeOnline(event.when) });
      } else records.push(...readDetail(object), ...readRecipients(object));
    });
    return [...records, ...events.records()];
  },
};

/**
 * The detail of an event. Words count only where the event itself says that something failed; a transport rule's detail has what its
 * author wrote. The status `Failed` alone says nothing that could be explained, so it gives no record: the reason stands in the details.
 */
function readDetail(object: OutputObject): LogRecord[] {
  const detail = object.value('detail', 'description');
  if (!detail) return [];
  const event = object.text('event');
  if (event !== '' && !/fail|defer|drop|expired|bounce|reject/i.test(event)) return [];
  const read = event === '' ? findResponse(detail) : readFailure(detail);
  return read ? [toRecord(object, detail, read, object.text('recipientaddress'))] : [];
}

/** `anna@fabrikam.com##Receive, Fail;…`: a response may stand beside the recipient's events. */
function readRecipients(object: OutputObject): LogRecord[] {
  const list = object.value('recipientstatus');
  if (!list?.text.includes('##')) return [];
  const records: LogRecord[] = [];
  const starts = [...list.text.matchAll(/(?:^|;)([^\s;#]{1,320})##/g)];
  for (const [index, found] of starts.entries()) {
    const status = sliceExcerpt(list, found.index + found[0].length, starts[index + 1]?.index ?? list.text.length);
    const read = findResponse(status);
    if (read) records.push(toRecord(object, status, read, found[1]));
  }
  return records;
}

function toRecord(object: OutputObject, place: Excerpt, { response, mark, captures }: ReadResponse, recipient: string | undefined): LogRecord {
  const utc = object.text('datetimeutc', 'origintimestamputc');
  return {
    format: 'message-trace',
    what: 'failed',
    span: object.span,
    mark,
    places: [placeSpan(place, 0, place.text.length)],
    ...ofExchangeOnline(writtenTime(utc || object.text('date', 'datetime', 'received'), utc !== '')),
    response,
    captures: withChanges(traceCaptures(object), recipientCaptures(recipient), captures),
  };
}

/** Exchange Online does not know the zone of the place where a trace is read. */
function ofExchangeOnline(when: When): When {
  return when.localTime === undefined ? when : { ...when, isElsewhere: true };
}

function traceCaptures(object: OutputObject): Captures {
  const messageId = object.text('messageid');
  const sender = object.text('senderaddress');
  return stated({ messageId, sender: sender === '<>' ? '' : sender });
}
