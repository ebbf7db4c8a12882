/** SMTP send protocol logs of Exchange: a failure is what the other side answered. */

import { findFieldsLogs } from './fieldsLog.ts';
import type { LogFormat } from './logFormat.ts';
import { type Direction, readProtocolLog, readSessions } from './protocolLog.ts';

export const sending: Direction = {
  format: 'smtp-send',
  command: '>',
  reply: '<',
  connectorCaptures: (connector) => ({ sendConnector: connector }),
};

export const smtpSend: LogFormat = {
  id: 'smtp-send',
  title: 'SMTP send protocol log',
  find: (text) => findFieldsLogs(text, (header) => /^#Log-type:\s*SMTP Send Protocol Log/im.test(header)),
  parse: (text, stretches) => readProtocolLog(text, stretches, sending),
  blocks: (text, stretches) => readSessions(text, stretches),
};
