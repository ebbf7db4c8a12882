/** Output of Get-AgentLog, and agent logs that were opened as CSV. */

import { endpointAddress } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { writtenTime } from '../../text/times.ts';
import type { LogRecord } from '../../values.ts';
import { agentRecord } from '../exchange/agentAction.ts';
import { splitRecipients } from '../exchange/recipientStatus.ts';
import type { LogFormat } from '../logFormat.ts';
import type { OutputObject } from '../shapes/object.ts';
import { findOutput, type OutputKind, outputSeam, readOutput } from '../shapes/objects.ts';

const agentKind: OutputKind = {
  anchors: ['P1FromAddress', 'SmtpResponse', 'ReasonData'],
  isKind: (has) => has('action') && has('agent') && (has('p1fromaddress') || has('smtpresponse') || has('reason')),
};

export const agentLogOutput: LogFormat = {
  id: 'agent-log',
  title: 'Get-AgentLog',
  literals: agentKind.anchors,
  find: (text, free, occurrences) => findOutput(text, free, agentKind, occurrences),
  seam: outputSeam,
  steps: (text, stretches) => {
    const records: LogRecord[] = [];
    readOutput(text, stretches, agentKind, (object) => {
      const record = readAction(object);
      if (record) records.push(record);
    });
    return records;
  },
};

function readAction(object: OutputObject): LogRecord | undefined {
  const action = object.value('action');
  if (!action) return undefined;
  const recipients = object.text('recipients', 'recipient');
  return agentRecord('agent-log', {
    span: object.span,
    agent: object.text('agent'),
    action,
    response: object.value('smtpresponse'),
    reason: object.value('reason'),
    reasonData: object.text('reasondata'),
    recipients: recipients.startsWith('{') ? splitRecipients(recipients.replace(/^\{|\}$/g, ''), ',') : splitRecipients(recipients, ';'),
    when: writtenTime(object.text('timestamp')),
    captures: stated({
      sessionId: object.text('sessionid'),
      messageId: object.text('messageid'),
      sender: object.text('p1fromaddress').replace(/^<>$/, ''),
      remoteAddress: endpointAddress(object.text('ipaddress', 'enteredorgfromip')) ?? endpointAddress(object.text('remoteendpoint')),
    }),
  });
}
