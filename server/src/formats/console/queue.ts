/** Output of Get-Queue and Get-Message: what keeps messages waiting. */

import { endpointAddress, recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { findResponse, isPositive, readWords } from '../../smtp/response.ts';
import { placeSpan } from '../../text/excerpt.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { Captures, LogRecord } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import type { OutputObject } from '../shapes/object.ts';
import { findOutput, type OutputKind, outputSeam, readOutput } from '../shapes/objects.ts';

/** A table of messages is claimed without LastError too: its subjects are what users wrote. */
const queueKind: OutputKind = {
  anchors: ['LastError', 'NextHopDomain', 'FromAddress'],
  isKind: (has) => has('lasterror') || (has('nexthopdomain') && (has('identity') || has('deliverytype'))) || (has('fromaddress') && (has('queue') || has('identity'))),
};

export const queue: LogFormat = {
  id: 'queue',
  title: 'Get-Queue and Get-Message',
  literals: queueKind.anchors,
  find: (text, free, occurrences) => findOutput(text, free, queueKind, occurrences),
  seam: outputSeam,
  steps: (text, stretches) => {
    const records: LogRecord[] = [];
    readOutput(text, stretches, queueKind, (object) => records.push(...readQueue(object)));
    return records;
  },
};

/** LastError is there to state a failure, so its words count where it has no code. */
function readQueue(object: OutputObject): LogRecord[] {
  const lastError = object.value('lasterror');
  if (!lastError || isPositive(lastError.text)) return [];
  const read = findResponse(lastError) ?? readWords(lastError);
  if (!read) return [];
  const localTime = object.text('lastretrytime');
  const place = placeSpan(lastError, 0, lastError.text.length);
  return [
    {
      format: 'queue',
      what: 'failed',
      direction: 'send',
      span: object.span,
      mark: read.mark,
      places: [place],
      ...(localTime && { localTime }),
      response: read.response,
      captures: withChanges<Captures>(queueCaptures(object), hopCaptures(object), messageCaptures(object), read.captures),
    },
  ];
}

/** A queue is `EX01\42`; a message in it is `EX01\42\15006475`. */
function queueCaptures(object: OutputObject): Captures {
  const found = /^([A-Za-z0-9._-]{1,255})\\([^\\\s]{1,255})/.exec(object.text('queue', 'queueidentity', 'queueid', 'identity', 'messageidentity'));
  return found ? { queue: found[0], server: found[1] as string } : {};
}

/** The next hop is the recipients' domain only where the queue looks it up in DNS; otherwise it is a host, a site or a database. */
function hopCaptures(object: OutputObject): Captures {
  const written = object.text('nexthopdomain');
  const bracketed = /^\[(.{1,255})\]$/.exec(written)?.[1];
  const address = endpointAddress(bracketed ?? written);
  if (address) return { remoteAddress: address };
  const name = bracketed ?? written;
  if (!/^[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,10}$/.test(name)) return {};
  const delivery = object.text('deliverytype').toLowerCase();
  if (bracketed || delivery.startsWith('smarthost')) return { remoteHost: name };
  return delivery === '' || delivery.startsWith('dnsconnector') || delivery === 'undefined' || delivery === 'unreachable' ? { recipientDomain: name } : {};
}

function messageCaptures(object: OutputObject): Captures {
  const messageId = object.text('internetmessageid');
  const sender = object.text('fromaddress');
  const recipient = /^\{?([^\s{}<>;,]{1,320}@[^\s{}<>;,]{1,255})(?:;[^,]*)?\}?$/.exec(object.text('recipients'))?.[1];
  return withChanges(stated({ messageId, sender: sender === '<>' ? '' : sender }), recipientCaptures(recipient));
}
