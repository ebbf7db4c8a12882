/**
 * Mimecast's logs for a SIEM (mimecast.com/tech-connect, "Understanding SIEM Logs"): fields with bars between, a line for the receipt of a
 * message and one for each attempt to deliver it.
 */

import { endpointAddress, recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { type Excerpt, joinRuns, type Run } from '../../text/excerpt.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { LogRecord, Span } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import { findLines, lineRecord, lineSeam, lineTime, readLines } from './lineLog.ts';

const literals = ['|aCode='];

export const mimecast: LogFormat = {
  id: 'mimecast',
  title: 'Mimecast SIEM log',
  literals,
  find: (text, _free, occurrences) =>
    findLines(
      text,
      occurrences,
      occurrences(literals),
      () => true,
      (line, at) => /\bdatetime=\d{4}-\d\d-\d\dT[\d:.+Z-]{5,24}$/.test(line.slice(Math.max(0, at - 60), at)),
    ),
  seam: lineSeam,
  steps: (text, stretches) => readLines(text, stretches, readLine),
};

function readLine(line: Excerpt, span: Span): LogRecord | undefined {
  const fields = readFields(line.text);
  const value = (name: string): string => fields.get(name)?.at(0)?.text ?? '';
  // Whoever writes a subject may write bars into it: where a line says that a message was taken, nothing else of it is believed.
  const [acts, deliveries] = [fields.get('Act') ?? [], fields.get('Delivered') ?? []];
  if (acts.length + deliveries.length === 0) return undefined;
  if (!acts.every(({ text }) => /^(?:Rej|Bnc)$/.test(text)) || !deliveries.every(({ text }) => text === 'false')) return undefined;
  const said = saidBy(line, fields);
  if (!said) return undefined;
  return lineRecord({
    format: 'mimecast',
    span,
    line,
    words: { start: 0, end: line.text.length },
    said,
    code: undefined,
    captures: withChanges(
      stated({ messageId: value('MsgId'), sender: value('Sender') === '<>' ? '' : value('Sender'), remoteAddress: endpointAddress(value('IP')) }),
      recipientCaptures(value('Rcpt')),
    ),
    time: lineTime(value('datetime')),
  });
}

interface Field {
  readonly text: string;
  readonly start: number;
}

/** The fields by their names, without the marks around a value: `RejType="Invalid Recipient Address"`, `Subject=\a subject\`. */
function readFields(line: string): Map<string, readonly Field[]> {
  const fields = new Map<string, Field[]>();
  for (const found of line.matchAll(/(?:^|\||\s)([A-Za-z]{2,24})=(["\\]{0,2})([^|]{0,4000})/g)) {
    const [whole, name = '', mark = '', rest = ''] = found;
    const text = mark ? rest.replace(/["\\]{1,2}\s{0,8}$/, '') : rest.trimEnd();
    fields.set(name, [...(fields.get(name) ?? []), { text, start: found.index + whole.length - rest.length }]);
  }
  return fields;
}

/** `RejCode=550` with the words of `RejType`, `RejInfo`, `Error` or `Err`, each told once. */
function saidBy(line: Excerpt, fields: ReadonlyMap<string, readonly Field[]>): Excerpt | undefined {
  const runs: Run[] = [];
  const add = ({ text, start }: Field): void => {
    if (text === '' || runs.some((run) => run.text.includes(text))) return;
    const place = line.place(start);
    if (runs.length > 0) runs.push({ text: ' ', start: place, end: place, literal: false });
    runs.push({ text, start: place, end: place + text.length, literal: true });
  };
  const codes = (fields.get('RejCode') ?? []).filter(({ text }) => /^[45]\d\d$/.test(text));
  const words = ['RejType', 'RejInfo', 'Error', 'Err'].flatMap((name) => fields.get(name) ?? []).filter(({ text }) => /\p{L}{2}/u.test(text));
  // Words that are a reply themselves say more than the code beside them.
  const reply = words.find(({ text }) => /^[45]\d\d[ -]/.test(text));
  for (const field of reply ? [reply] : [...codes.slice(0, 1), ...words]) add(field);
  return runs.length > 0 ? joinRuns(runs) : undefined;
}
