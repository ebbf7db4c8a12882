/** amavis, a filter behind Postfix: the messages that it blocked, in the words of its log template (README.customize, "log_templ"). */

import { recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import type { Excerpt } from '../../text/excerpt.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { LogRecord, Span } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import { findLines, lineRecord, lineSeam, readLines, syslogHost } from './lineLog.ts';

const literals = [') Blocked ', ') Passed '];

export const amavis: LogFormat = {
  id: 'amavis',
  title: 'amavis log',
  literals,
  find: (text, _free, occurrences) =>
    findLines(
      text,
      occurrences,
      occurrences(literals),
      () => true,
      (line) => verdict.test(line),
    ),
  seam: lineSeam,
  steps: (text, stretches) => readLines(text, stretches, readLine),
};

/** `amavis[4711]: (4711-01) Blocked INFECTED (Eicar-Signature) {DiscardedInbound,Quarantined}, [203.0.113.25]:49152 [203.0.113.25] <…> -> <…>, quarantine: …`. */
const verdict =
  /\bamavis[\w-]{0,12}(?:\[\d{1,10}\])?: \([\w-]{1,40}\) (?:!{1,3}\s?)?((?:Blocked|Passed) [A-Z][A-Z-]{1,30}\w{0,2}(?: \((?:[^()]|\([^()]{0,200}\)){0,1000}\))?)(?: \{[^{}]{0,200}\})?,? /;

const envelope = / <([^<>\r\n]{0,320})> -> <([^<>\r\n]{1,320})>/;

function readLine(line: Excerpt, span: Span): LogRecord | undefined {
  const found = verdict.exec(line.text);
  const words = found?.[1];
  if (!found || !words?.startsWith('Blocked ')) return undefined;
  const start = line.text.indexOf(words, found.index);
  const details = line.text.slice(found.index + found[0].length);
  const addresses = envelope.exec(details);
  const client = /^(?:[A-Z]{2,10} ){0,2}\[(?:IPv6:)?([0-9A-Fa-f.:]{2,45})\]/.exec(details)?.[1];
  return lineRecord({
    format: 'amavis',
    span,
    line,
    words: { start, end: start + words.length },
    code: undefined,
    captures: withChanges(
      syslogHost(line.text),
      stated({ sender: addresses?.[1], remoteAddress: client, messageId: / Message-ID: (<[^<>\s]{1,400}>)/.exec(details)?.[1] }),
      recipientCaptures(addresses?.[2]),
    ),
    command: 'message',
  });
}
