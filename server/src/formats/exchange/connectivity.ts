/** Transport connectivity logs of Exchange: connections that never came about, and names that could not be resolved. */

import { endpointAddress } from '../../smtp/address.ts';
import { stated, statedIds } from '../../smtp/captures.ts';
import { findResponse, type ReadResponse } from '../../smtp/response.ts';
import { type Excerpt, placeSpan, sliceExcerpt } from '../../text/excerpt.ts';
import { Recent } from '../../text/recent.ts';
import { reachAbove } from '../../text/seam.ts';
import { utcTime } from '../../text/times.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { Captures, LogRecord, Span, Step } from '../../values.ts';
import type { LogFormat, Wanted } from '../logFormat.ts';
import { cellExcerpt } from '../shapes/csvRow.ts';
import { fieldsCell, fieldsSeam, fieldsSigns, findFieldsLogs, readRows, readSections } from './fieldsLog.ts';
import type { Columns, Row } from './fieldsRow.ts';

export const connectivity: LogFormat = {
  id: 'connectivity',
  title: 'Transport connectivity log',
  find: (text, _free, occurrences) => findFieldsLogs(text, occurrences, (header) => /^#Log-type:\s*Transport Connectivity Log/im.test(header)),
  signs: fieldsSigns,
  seam: fieldsSeam,
  cell: fieldsCell,
  steps: (text, stretches, wanted) => readConnectivityLog(text, stretches, wanted),
};

/**
 * The failures of a connectivity log, and where all is wanted its other rows.
 * @param columns The columns of rows that were copied without their header.
 */
export function readConnectivityLog(text: string, stretches: readonly Span[], { what, from }: Wanted, columns?: Columns): Step[] {
  const steps: Step[] = [];
  const failedSessions = new Recent<true>(reachAbove);
  readRows(text, readSections(text, stretches, columns), (row) => {
    const record = readFailure(text, row, failedSessions);
    if (record) steps.push(record);
    else if (what === 'all' && row.span.start >= from) steps.push(rowStep(row));
  });
  return steps;
}

/** The row that ends a session repeats what failed in it, so it counts only where nothing else was said. */
function readFailure(text: string, row: Row, failedSessions: Recent<true>): LogRecord | undefined {
  const session = row.value('session');
  const ends = row.value('direction') === '-';
  const at = row.span.start;
  if (ends) {
    const isTold = failedSessions.recall(session, at);
    failedSessions.forget(session);
    if (isTold) return undefined;
  }
  const cell = row.cell('description');
  if (cell.end === cell.start) return undefined;
  const description = cellExcerpt(text, cell);
  const found = readDescription(description);
  if (!found) return undefined;
  if (!ends && session !== '') failedSessions.remember(session, at, true);
  return {
    format: 'connectivity',
    what: 'failed',
    direction: 'send',
    span: row.span,
    mark: found.mark,
    places: [cell],
    ...utcTime(row.value('date-time')),
    response: found.response,
    captures: withChanges(rowCaptures(row), found.captures),
  };
}

function rowStep(row: Row): Step {
  const direction = row.value('direction');
  const session = row.value('session');
  const step: Step = {
    format: 'connectivity',
    what: direction === '+' ? 'began' : direction === '-' ? 'ended' : 'noted',
    span: row.span,
    mark: row.span,
    ids: statedIds({ session }),
    said: row.value('description'),
    captures: rowCaptures(row),
  };
  return Object.assign(step, utcTime(row.value('date-time')));
}

function rowCaptures(row: Row): Captures {
  return withChanges(stated({ sessionId: row.value('session') }), destinationCaptures(row.value('destination')));
}

function readDescription(description: Excerpt): ReadResponse | undefined {
  const { text } = description;
  const failed = failurePatterns.map((pattern) => pattern.exec(text)?.indices?.[1]).find((indices) => indices);
  const end = /^Messages: ?\d+ Bytes: ?\d+/.test(text) && text.endsWith(')') ? text.length - 1 : text.length;
  const reply = findResponse(sliceExcerpt(description, 0, end));
  if (reply) return withChanges(reply, { captures: withChanges(connectionCaptures(text), reply.captures) });
  if (!failed) return undefined;
  return { response: { text: text.replace(/\s+/g, ' ').trim() }, mark: placeSpan(description, ...failed), captures: connectionCaptures(text) };
}

/** How Exchange says that a connection failed; the group is what states it. `(TimedOut:0000274C)` has the Winsock code in hexadecimal digits. */
const failurePatterns: readonly RegExp[] = [
  /^(Failed connection to \S{1,64}(?: \([A-Za-z]{1,40}:[0-9A-F]{8}\))?)/d,
  /^([^.]{1,120}?) reported (?:for [^.]{1,80} )?by [0-9A-Fa-f.:]{2,45}/d,
  /^((?:Failed(?: to|;)|Aborted;) (?:[^.;[]|\.(?=\S)){1,200})/d,
  /^Messages: ?\d+ Bytes: ?\d+[^(]{0,80}\((?:Retry|Failed|Fail) ?: ?([^)]{1,200})/d,
];

function connectionCaptures(text: string): Captures {
  const remoteAddress = endpointAddress(/^Failed connection to (\S{1,64})/.exec(text)?.[1] ?? '') ?? endpointAddress(/\[TargetIPAddress:([^|\]]{2,64})[|\]]/.exec(text)?.[1] ?? '');
  const remoteHost = /\[TargetHost:([A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}))(?::\d{1,5})?[|\]]/.exec(text)?.[1];
  return stated({ remoteHost, remoteAddress });
}

/** The destination is a domain, a smart host, a server, or a word of Exchange such as `internalproxy`; an address stands in brackets. */
function destinationCaptures(destination: string): Captures {
  const address = endpointAddress(/^\[(.{2,45})\]$/.exec(destination)?.[1] ?? destination);
  if (address) return { remoteAddress: address };
  return /^[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,10}$/.test(destination) ? { recipientDomain: destination } : {};
}
