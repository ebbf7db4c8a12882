/** SMTP send protocol logs of Exchange: a failure is what the other side answered. */

import type { LogFormat } from '../logFormat.ts';
import { fieldsCell, fieldsSeam, fieldsSigns, findFieldsLogs } from './fieldsLog.ts';
import type { Direction } from './protocolDirection.ts';
import { readProtocolLog, readSessions } from './protocolLog.ts';

export const sending: Direction = {
  format: 'smtp-send',
  side: 'send',
  command: '>',
  reply: '<',
  connectorCaptures: (connector) => ({ sendConnector: connector }),
};

export const smtpSend: LogFormat = {
  id: 'smtp-send',
  title: 'SMTP send protocol log',
  find: (text, _free, occurrences) => findFieldsLogs(text, occurrences, (header) => /^#Log-type:\s*SMTP Send Protocol Log/im.test(header)),
  steps: (text, stretches, wanted, occurrences) => readProtocolLog(text, stretches, wanted, occurrences, sending),
  signs: fieldsSigns,
  seam: fieldsSeam,
  cell: fieldsCell,
  blocks: (text, stretches) => readSessions(text, stretches),
};
