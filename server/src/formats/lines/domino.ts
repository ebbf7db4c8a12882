/** The console of HCL (IBM, Lotus) Domino: what its router says of messages that another server refused ("SMTP Protocol Returned a … Error"). */

import { recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import type { Excerpt } from '../../text/excerpt.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { LogRecord, Span } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import { findLines, lineRecord, lineSeam, readLines } from './lineLog.ts';

const literals = ['  Router: ', 'SMTP Protocol Returned a '];

export const domino: LogFormat = {
  id: 'domino',
  title: 'Domino console',
  literals,
  find: (text, _free, occurrences) =>
    findLines(
      text,
      occurrences,
      occurrences(literals),
      () => true,
      (line) => head.test(line),
    ),
  seam: lineSeam,
  steps: (text, stretches) => readLines(text, stretches, readLine),
};

/** Perhaps process and thread, then date and time as the server's region writes them. */
const head = /^(?:\[[0-9A-F:-]{4,40}\]\s{1,4})?(\d{1,4}[./-]\d{1,2}[./-]\d{1,4} {1,2}\d{1,2}:\d\d:\d\d(?: [AP]M)?)\s{1,4}Router: /;

function readLine(line: Excerpt, span: Span): LogRecord | undefined {
  const found = head.exec(line.text);
  if (!found) return undefined;
  const rest = line.text.slice(found[0].length);
  const reply = /SMTP Protocol Returned a (?:Permanent|Transient) Error:? (?=[45]\d\d)/.exec(rest) ?? /^No messages transferred to .{1,255}? via SMTP: (?=\S)/.exec(rest);
  if (!reply) return undefined;
  const start = found[0].length + reply.index + reply[0].length;
  const above = rest.slice(0, reply.index + reply[0].length);
  const remoteHost = /(?:Error transferring to |\(host )([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,20})(?=[;)])/.exec(above)?.[1];
  const recipient = /\b(?:recipient|for|to) ([^\s<>()";,]{1,64}@[^\s<>()";,]{1,255})/.exec(above)?.[1];
  return lineRecord({
    format: 'domino',
    span,
    line,
    words: { start, end: line.text.length },
    code: undefined,
    captures: withChanges(stated({ remoteHost }), recipientCaptures(recipient)),
    time: { localTime: (found[1] ?? '').replace(/ {2}/, ' ') },
  });
}
