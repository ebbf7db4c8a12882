/** What Exim's main log says of messages beside its failures: `<=` arrived, `=>` and `->` delivered (Exim specification, "Log files"). */

import { recipientCaptures } from '../../smtp/address.ts';
import { stated, statedIds } from '../../smtp/captures.ts';
import { readHandOver } from '../../smtp/handOver.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { HandOver, Span, Step } from '../../values.ts';
import { hostOf } from './eximRefusals.ts';
import { lineTime } from './lineLog.ts';

const line =
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?(?: [+-]\d{4})? (?:\[\d{1,10}\] )?([0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}) (<=|=>|->|>>) (\S{1,320})(.{0,4000})/;

/** The step of a line about a message that states no failure; undefined for any other. */
export function eximStep(text: string, span: Span): Step | undefined {
  const found = line.exec(text);
  if (!found) return undefined;
  const [, queue, flag, address = '', details = ''] = found;
  const host = hostOf(details);
  const base = { format: 'exim' as const, span, mark: span, said: `${flag} ${address}${details}`.slice(0, 300) };
  if (flag === '<=') {
    const id = / id=([^\s<>]{1,998})/.exec(details)?.[1];
    const step: Step = {
      ...base,
      what: 'accepted',
      ids: statedIds({ queue, message: id }),
      captures: withChanges(host, stated({ sender: address === '<>' ? undefined : address })),
    };
    return Object.assign(step, lineTime(text));
  }
  // Behind a local part stands the whole address, where they differ.
  const recipient = /^ <([^<>\r\n]{1,320})>/.exec(details)?.[1] ?? address.replace(/:$/, '');
  const step: Step = { ...base, what: 'delivered', ids: statedIds({ queue }), captures: withChanges(host, recipientCaptures(recipient)) };
  const answer = / C="(.{0,2000}?)"(?: |$)/.exec(details)?.[1] ?? '';
  const handOver: HandOver = { ...(host.remoteHost !== undefined && { host: host.remoteHost }), ...readHandOver(answer).handOver };
  return Object.assign(step, lineTime(text), / H=\S/.test(details) ? { handOver } : undefined);
}

/** The id that a line gives its message. */
export function eximIdOf(text: string): string | undefined {
  return / ([0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}) /.exec(text.slice(0, 100))?.[1];
}
