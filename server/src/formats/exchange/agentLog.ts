/** Agent logs of Exchange: what its anti-spam agents did with each message, recipient or connection. */

import { endpointAddress, recipientCaptures } from '../../smtp/address.ts';
import { stated, statedIds } from '../../smtp/captures.ts';
import { utcTime } from '../../text/times.ts';
import type { Captures, Span, Step } from '../../values.ts';
import type { LogFormat, Wanted } from '../logFormat.ts';
import { cellExcerpt } from '../shapes/csvRow.ts';
import { type AgentAction, agentRecord, isRefusal } from './agentAction.ts';
import { fieldsCell, fieldsSeam, fieldsSigns, findFieldsLogs, readRows, readSections } from './fieldsLog.ts';
import type { Columns, Row } from './fieldsRow.ts';
import { splitRecipients } from './recipientStatus.ts';

export const agentLog: LogFormat = {
  id: 'agent-log',
  title: 'Agent log',
  find: (text, _free, occurrences) => findFieldsLogs(text, occurrences, (header) => /^#Log-type:\s*Agent Log/im.test(header)),
  signs: fieldsSigns,
  seam: fieldsSeam,
  cell: fieldsCell,
  steps: (text, stretches, wanted) => readAgentLog(text, stretches, wanted),
};

/**
 * The rows by which an agent kept a message from somebody, and where all is wanted the others.
 * @param columns The columns of rows that were copied without their header.
 */
export function readAgentLog(text: string, stretches: readonly Span[], { what, from }: Wanted, columns?: Columns): Step[] {
  const steps: Step[] = [];
  readRows(text, readSections(text, stretches, columns), (row) => {
    const record = isRefusal(row.value('action')) ? agentRecord('agent-log', readAction(text, row)) : undefined;
    if (record) steps.push(record);
    else if (what === 'all' && row.span.start >= from) steps.push(rowStep(row));
  });
  return steps;
}

function readAction(text: string, row: Row): AgentAction {
  const cell = (column: string) => (row.value(column) === '' ? undefined : cellExcerpt(text, row.cell(column)));
  return {
    span: row.span,
    agent: row.value('agent'),
    action: cellExcerpt(text, row.cell('action')),
    response: cell('smtpresponse'),
    reason: cell('reason'),
    reasonData: row.value('reasondata'),
    recipients: splitRecipients(row.value('recipient'), ';'),
    when: utcTime(row.value('timestamp')),
    captures: rowCaptures(row),
  };
}

/** What an agent did that refused nobody. */
function rowStep(row: Row): Step {
  const recipients = splitRecipients(row.value('recipient'), ';');
  const step: Step = {
    format: 'agent-log',
    what: 'noted',
    span: row.span,
    mark: row.span,
    ids: statedIds({ message: row.value('messageid'), network: row.value('networkmsgid') }),
    said: `${row.value('agent')} ${row.value('action')}`,
    recipients,
    captures: Object.assign({}, rowCaptures(row), recipients.length === 1 ? recipientCaptures(recipients[0]) : undefined),
  };
  return Object.assign(step, utcTime(row.value('timestamp')));
}

/** A message that came through a server in front of this one entered the organisation from another address than that of the connection. */
function rowCaptures(row: Row): Captures {
  return stated({
    sessionId: row.value('sessionid'),
    messageId: row.value('messageid'),
    sender: row.value('p1fromaddress').replace(/^<>$/, ''),
    remoteAddress: endpointAddress(row.value('enteredorgfromip')) ?? endpointAddress(row.value('remoteendpoint')),
  });
}
