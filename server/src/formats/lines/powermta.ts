/** PowerMTA's accounting files (User's Guide, "Accounting"): CSV whose first column is the kind of record, `b` for a bounce and `t` for a transient failure. */

import { endpointAddress, recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { type ReadResponse, readResponse, readWords } from '../../smtp/response.ts';
import { type Excerpt, placeSpan } from '../../text/excerpt.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { LogRecord } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import type { OutputObject } from '../shapes/object.ts';
import { findOutput, type OutputKind, outputSeam, readOutput } from '../shapes/objects.ts';

const accounting: OutputKind = {
  anchors: ['timeLogged', 'dsnStatus'],
  isKind: (has) => has('type') && has('timelogged') && (has('dsnstatus') || has('dsndiag') || has('bouncecat')),
};

export const powermta: LogFormat = {
  id: 'powermta',
  title: 'PowerMTA accounting file',
  literals: accounting.anchors,
  find: (text, free, occurrences) => findOutput(text, free, accounting, occurrences),
  seam: outputSeam,
  steps: (text, stretches) => {
    const records: LogRecord[] = [];
    readOutput(text, stretches, accounting, (object) => {
      const record = readAccount(object);
      if (record) records.push(record);
    });
    return records;
  },
};

/** What was delivered, received or reported is no failure; `rb` is a bounce that another server sent later. */
const failed = new Set(['b', 'bounce', 't', 'transient', 'tq', 'rb']);

function readAccount(object: OutputObject): LogRecord | undefined {
  if (!failed.has(object.text('type'))) return undefined;
  const place = object.value('dsndiag') ?? object.value('dsnstatus') ?? object.value('bouncecat');
  const read = place && readDiagnostic(place, object.text('dsnstatus'));
  if (!read) return undefined;
  const host = /^([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,20})?(?: ?\(([0-9A-Fa-f.:]{2,45})\))?/.exec(object.text('dsnmta'));
  return {
    format: 'powermta',
    what: 'failed',
    span: object.span,
    mark: read.mark,
    places: [placeSpan(place, 0, place.text.length)],
    ...timeOf(object.text('timelogged')),
    response: read.response,
    captures: withChanges(
      stated({ sender: object.text('orig'), remoteHost: host?.[1], remoteAddress: endpointAddress(host?.[2] ?? object.text('dlvdestinationip')) }),
      recipientCaptures(object.text('rcpt')),
      read.captures,
    ),
  };
}

/** `smtp;550 5.1.1 …`, else the status with its words, `5.1.1 (bad destination mailbox address)`, else the category that the file names. */
function readDiagnostic(place: Excerpt, status: string): ReadResponse | undefined {
  const read = readResponse(place) ?? readWords(place);
  const enhancedCode = /^[45]\.\d{1,3}\.\d{1,3}/.exec(status)?.[0];
  if (!read) return undefined;
  return { ...read, response: withChanges(enhancedCode ? { enhancedCode, text: '' } : { text: '' }, read.response) };
}

/** As text with its zone or without, or in seconds since 1970. */
function timeOf(written: string): { readonly time?: string; readonly localTime?: string } {
  const time = new Date(/^\d{9,10}$/.test(written) ? Number(written) * 1_000 : written.replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)([+-]\d\d)(\d\d)$/, '$1T$2$3:$4'));
  if (/^\d{9,10}$|[+-]\d\d:?\d\d$|Z$/.test(written) && !Number.isNaN(time.getTime())) return { time: time.toISOString() };
  return written === '' ? {} : { localTime: written };
}
