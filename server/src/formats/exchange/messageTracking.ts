/** Message tracking logs of Exchange: what became of each message at each server. */

import { utcTime } from '../../text/times.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { Captures, Span, Step } from '../../values.ts';
import type { LogFormat, Wanted } from '../logFormat.ts';
import { cellExcerpt } from '../shapes/csvRow.ts';
import { fieldsCell, fieldsSeam, fieldsSigns, findFieldsLogs, readRows, readSections } from './fieldsLog.ts';
import type { GuessColumns, Row } from './fieldsRow.ts';
import { splitRecipients, splitStatuses } from './recipientStatus.ts';
import { connectorCaptures, isNeverFailure, TrackingFailures } from './trackingEvent.ts';
import { trackingStep } from './trackingSteps.ts';

export const messageTracking: LogFormat = {
  id: 'message-tracking',
  title: 'Message tracking log',
  find: (text, _free, occurrences) => findFieldsLogs(text, occurrences, (header) => /^#Log-type:\s*Message Tracking Log/im.test(header)),
  signs: fieldsSigns,
  seam: fieldsSeam,
  cell: fieldsCell,
  steps: (text, stretches, wanted) => readTrackingLog(text, stretches, wanted),
};

/**
 * The failures of a message tracking log, one for each failed recipient of a row; and where all is wanted, a step for each row beside them.
 * Only recipient-status and source-context are read for a response: the subject and the message ID are what users and programs wrote.
 * @param guessColumns Names the columns of rows that were copied without their header.
 */
export function readTrackingLog(text: string, stretches: readonly Span[], { what, from }: Wanted, guessColumns?: GuessColumns): Step[] {
  const failures = new TrackingFailures();
  const rows: Step[] = [];
  readRows(text, readSections(text, stretches, guessColumns), (row) => {
    addRow(text, row, failures);
    if (what === 'all' && row.span.start >= from) rows.push(trackingStep(row, rowCaptures(row)));
  });
  return [...rows, ...failures.records()];
}

function addRow(text: string, row: Row, failures: TrackingFailures): void {
  const event = row.value('event-id');
  if (event === '' || isNeverFailure(event)) return;
  const recipients = splitRecipients(row.value('recipient-address'), ';');
  const status = row.cell('recipient-status');
  const context = row.cell('source-context');
  failures.add({
    format: 'message-tracking',
    span: row.span,
    kind: 'log',
    event,
    recipients,
    statuses: status.end > status.start ? splitStatuses(cellExcerpt(text, status), recipients.length, ';') : [],
    context: context.end > context.start ? cellExcerpt(text, context) : undefined,
    messageId: row.value('message-id'),
    reference: row.value('reference'),
    client: row.value('client-hostname'),
    when: utcTime(row.value('date-time')),
    captures: rowCaptures(row),
  });
}

function rowCaptures(row: Row): Captures {
  const messageId = row.value('message-id');
  const sender = row.value('sender-address');
  const server = row.value('server-hostname');
  return withChanges<Captures>(
    connectorCaptures(row.value('connector-id'), row.value('source'), row.value('client-hostname'), row.value('original-client-ip') || row.value('client-ip')),
    messageId === '' ? undefined : { messageId },
    sender === '' || sender === '<>' ? undefined : { sender },
    server === '' ? undefined : { server },
  );
}
