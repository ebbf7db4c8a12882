/** Kerio Connect's mail log, with a line for each recipient, and sign-ins of its security log (Administrator's Guide, "Logs"). */

import { endpointAddress, recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import type { Excerpt } from '../../text/excerpt.ts';
import { Recent } from '../../text/recent.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { LogRecord, Span } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import { findLines, lineReach, lineRecord, lineSeam, readLines } from './lineLog.ts';

const literals = ['] Sent: Queue-ID: ', '] Recv: Queue-ID: ', '] Failed SMTP login from '];

export const kerio: LogFormat = {
  id: 'kerio',
  title: 'Kerio Connect log',
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
  steps: (text, stretches) => {
    const senders = new Recent<string>(lineReach);
    return readLines(text, stretches, (line, span) => readLine(line, span, senders));
  },
};

const head = /^\[(\d{2}\/[A-Z][a-z]{2}\/\d{4} \d\d:\d\d:\d\d)\] (?:(Sent|Recv): Queue-ID: ([0-9a-f]{8}-[0-9a-f]{8}),|(Failed SMTP login from (\S{2,60}).*))/;

function readLine(line: Excerpt, span: Span, senders: Recent<string>): LogRecord | undefined {
  const found = head.exec(line.text);
  if (!found) return undefined;
  const [whole, localTime = '', direction, message = '', signIn, client] = found;
  const time = { localTime };
  if (signIn !== undefined) {
    const words = { start: whole.length - signIn.length, end: whole.trimEnd().length };
    const captures = stated({ remoteAddress: endpointAddress((client ?? '').replace(/[.,]$/, '')) });
    return lineRecord({ format: 'kerio', span, line, words, code: undefined, captures, command: 'AUTH', isNoted: true, time });
  }
  const rest = line.text.slice(whole.length);
  if (direction === 'Recv') {
    senders.remember(message, span.start, / From: <([^<>\r\n]{1,320})>/.exec(rest)?.[1] ?? '');
    return undefined;
  }
  const outcome = /,? ?Recipient: <([^<>\r\n]{1,320})>, Result: ([a-z]{3,20}), Status: (?=[45]\.)([45]\.\d{1,3}\.\d{1,3})/.exec(rest);
  if (!outcome) return undefined;
  const [written, recipient, , enhancedCode = ''] = outcome;
  const start = whole.length + outcome.index + written.length - enhancedCode.length;
  const end = line.text.slice(start).search(/\s?, (?:Remote-Host|Msg-Id|Size|User|SSL): |\s*$/) + start;
  return lineRecord({
    format: 'kerio',
    span,
    line,
    words: { start, end },
    code: { enhancedCode, start },
    captures: withChanges(
      stated({ sender: senders.recall(message, span.start), messageId: / Msg-Id: (<[^<>\s]{1,400}>)/.exec(rest)?.[1] }),
      recipientCaptures(recipient),
      hostNamed(/ Remote-Host: ([^\s,]{1,255})/.exec(rest)?.[1]),
    ),
    time,
  });
}

function hostNamed(written = ''): ReturnType<typeof stated> {
  const remoteAddress = endpointAddress(written);
  return remoteAddress ? { remoteAddress } : stated({ remoteHost: /^[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,20}$/.exec(written)?.[0] });
}
