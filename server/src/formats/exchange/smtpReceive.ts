/** SMTP receive protocol logs of Exchange: a failure is what this server answered. */

import type { LogFormat } from '../logFormat.ts';
import { fieldsCell, fieldsSeam, fieldsSigns, findFieldsLogs } from './fieldsLog.ts';
import type { Direction } from './protocolDirection.ts';
import { readProtocolLog, readSessions } from './protocolLog.ts';

export const receiving: Direction = {
  format: 'smtp-receive',
  side: 'receive',
  command: '<',
  reply: '>',
  // A receive connector's identity begins with its server: EX01\Default Frontend EX01.
  connectorCaptures: (connector) => {
    const server = /^([A-Za-z0-9-]{1,63})\\/.exec(connector)?.[1];
    return { receiveConnector: connector, ...(server && { server }) };
  },
};

export const smtpReceive: LogFormat = {
  id: 'smtp-receive',
  title: 'SMTP receive protocol log',
  find: (text, _free, occurrences) => findFieldsLogs(text, occurrences, (header) => /^#Log-type:\s*SMTP Receive Protocol Log/im.test(header)),
  steps: (text, stretches, wanted, occurrences) => readProtocolLog(text, stretches, wanted, occurrences, receiving),
  signs: fieldsSigns,
  seam: fieldsSeam,
  cell: fieldsCell,
  blocks: (text, stretches) => readSessions(text, stretches),
};
