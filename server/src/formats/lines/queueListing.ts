/** What `mailq` and `postqueue -p` print of the messages that wait, for Postfix and Sendmail: the reason stands in brackets in a line of its own. */

import { recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { offsetAbove, offsetBelow } from '../../text/lineEnds.ts';
import { standsAt } from '../../text/occurrences.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { Captures, LogRecord, Span } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import { findLines, hostCaptures, lineRecord, lineSeam, readLines } from './lineLog.ts';

/** What the reasons begin with that no server has said (smtp_connect.c, smtp_trouble.c, defer.c, and Sendmail's deliver.c). */
const literals = [
  '(connect to ',
  '(delivery temporarily ',
  '(lost connection with ',
  '(conversation with ',
  '(Host or domain name ',
  '(mail transport unavail',
  '(unknown mail transport',
  '(TLS is required',
  '(Cannot start TLS',
  '(SASL authentication ',
  '(Server certificate not ',
  '(host ',
  '(Deferred: ',
];

export const queueListing: LogFormat = {
  id: 'postfix',
  title: 'Mail queue as mailq prints it',
  literals,
  find: (text, _free, occurrences) => findLines(text, occurrences, occurrences(literals), (text, at) => standsAt(text, opening, at), isReason),
  seam: lineSeam,
  steps: (text, stretches) => readLines(text, stretches, (line, span) => readReason(text, line, span)),
};

const opening =
  /\((?:delivery temporarily suspended: |lost connection with \S+\[\S+\] while |connect to \S+\[\S+\](?::\d+)?: |conversation with \S+\[\S+\] timed out while |host \S+\[\S+\] (?:said|refused to talk to me): [45]\d\d[ -]|Host or domain name not found\. Name service error for name=|mail transport unavailable|unknown mail transport error|TLS is required, but |Cannot start TLS: |SASL authentication failed[;:] |Server certificate not (?:trusted|verified)|Deferred: \S|host map: lookup \([^()\s]{1,255}\): deferred)/y;

/** In the log the reason stands behind the status, and in prose within a sentence. */
const isReason = (line: string, at: number): boolean => /^[\s>]{0,100}$/.test(line.slice(0, at)) && /\)\s*$/.test(line);

type ReadLine = Parameters<typeof readLines>[2];

function readReason(text: string, line: Parameters<ReadLine>[0], span: Span): LogRecord | undefined {
  const start = line.text.indexOf('(') + 1;
  const words = { start, end: line.text.trimEnd().length - 1 };
  const row = rowAbove.exec(text.slice(offsetAbove(text, span.start, farthest), span.start));
  const below = recipientsBelow.exec(text.slice(span.end, offsetBelow(text, span.end, farthest)))?.[1]?.match(/\S+@\S+/g) ?? [];
  // Of several recipients the reason is one.
  const about = withChanges(recipientCaptures(below.length === 1 ? below[0] : undefined), stated({ sender: row?.[3]?.includes('@') ? row[3] : undefined }));
  const isSendmail = /^(?:Deferred|host map): /.test(line.text.slice(start, start + 12)) || (row !== null && !/:\d\d:\d\d/.test(row[2] ?? ''));
  const captures: Captures = withChanges(
    about,
    hostCaptures(/^(?:delivery temporarily suspended: )?(?:connect to|lost connection with|conversation with|host) (\S{1,300})/.exec(line.text.slice(start))?.[1]),
  );
  const record = lineRecord({ format: isSendmail ? 'sendmail' : 'postfix', span, line, words, code: undefined, captures });
  return record && withChanges<LogRecord>(record, { what: 'waits' }, row?.[1] ? { ids: { queue: row[1] } } : undefined);
}

const farthest = 2_000;
/** `4F1B2A0C3F*    1234 Thu Jan 15 10:00:00  jane@contoso.com`, and the recipients and reasons of the same message below. */
const rowAbove =
  /(?:^|\n)[ \t>]{0,40}([0-9A-Za-z]{6,20})[*!+-]?[ \t]{1,20}\d{1,10}[ \t]{1,4}([A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d(?::\d\d)?)[ \t]{1,4}<?([^\s<>]{1,320})>?[^\n]{0,80}\n(?:[ \t>]{0,100}[^\s-][^\n]{0,1000}\n){0,40}$/;
const recipientsBelow = /^\r?\n((?:[ \t>]{0,100}<?[^\s<>()]{1,64}@[^\s<>()]{1,255}>?[ \t]*\r?(?:\n|$)){1,20})/;
