/**
 * qmail-send's log (qmail-send.c, and `logsafe` in qsutil.c, which writes a blank as `_` and a line break as `/`): deliveries that failed or
 * wait. The line that starts a delivery names its recipient. multilog puts TAI64N in front of a line, splogger the seconds since 1970.
 */

import { recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import type { Excerpt } from '../../text/excerpt.ts';
import { joinRuns } from '../../text/excerpt.ts';
import { Recent } from '../../text/recent.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { LogRecord, Span } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import { type Code, findLines, lineReach, lineRecord, lineSeam, lineTime, readLines, syslogHost } from './lineLog.ts';

const literals = [': failure: ', ': deferral: ', ': success: ', 'starting delivery ', 'info msg '];

export const qmail: LogFormat = {
  id: 'qmail',
  title: 'qmail-send log',
  literals,
  find: (text, _free, occurrences) =>
    findLines(
      text,
      occurrences,
      occurrences(literals),
      () => true,
      (line) => lineHead.test(line) && (!line.startsWith('delivery ') || /: \S*_\S*\s*$/.test(line)),
    ),
  seam: lineSeam,
  steps: (text, stretches) => {
    const known = { senders: new Recent<string>(lineReach), deliveries: new Recent<Delivery>(lineReach) };
    return readLines(text, stretches, (line, span) => readLine(line, span, known));
  },
};

/** What a line begins with, and which of the three it is. Without anything in front only a report in qmail's writing, which has no blank, is qmail's. */
const lineHead =
  /^(?:.{0,200}?\bqmail[\w-]{0,40}(?:\[\d{1,10}\])?: )?(?:(@[0-9a-f]{24}|\d{9,10}\.\d{3,9}) )?(?:delivery (\d{1,10}): (failure|deferral|success): (?=\S)|starting delivery (\d{1,10}): msg (\d{1,20}) to (?:remote|local) (\S{1,320})|info msg (\d{1,20}): bytes \d{1,20} from <([^<>\s]{0,320})>)/;

interface Delivery {
  readonly recipient: string;
  readonly message: string;
}

interface Known {
  /** By the message's number. */
  readonly senders: Recent<string>;
  /** By the delivery's number. */
  readonly deliveries: Recent<Delivery>;
}

function readLine(line: Excerpt, span: Span, { senders, deliveries }: Known): LogRecord | undefined {
  const found = lineHead.exec(line.text);
  if (!found) return undefined;
  const [whole, stamp, number = '', outcome, started, message = '', recipient = '', of, sender = ''] = found;
  if (started) deliveries.remember(started, span.start, { recipient, message });
  if (of) senders.remember(of, span.start, sender);
  if (outcome === undefined || outcome === 'success') return undefined;
  const delivery = deliveries.recall(number, span.start);
  const said = withWrittenBlanks(line, whole.length);
  const { words, code } = readReport(said.text, whole.length);
  const host = /^(?:Connected to )?(\[?[0-9A-Fa-f.:]{2,45}\]?) (?:does not like|but |failed )|\/Giving up on (\[?[0-9A-Fa-f.:]{2,45}?\]?)\.(?:\/|$)/.exec(
    said.text.slice(whole.length),
  );
  const remoteAddress = (host?.[1] ?? host?.[2])?.replace(/^\[|\]$/g, '');
  return lineRecord({
    format: 'qmail',
    span,
    line: said,
    words,
    code,
    captures: withChanges(
      syslogHost(line.text),
      recipientCaptures(delivery?.recipient),
      stated({ sender: delivery && senders.recall(delivery.message, span.start), remoteAddress: remoteAddress?.match(/[.:]/) ? remoteAddress : undefined }),
    ),
    time: stamp ? stampTime(stamp) : lineTime(line.text),
  });
}

/**
 * A line with its blanks, each where it is written, and a blank for the break between the lines of a reply. An underscore inside an
 * address in angle brackets is one, since no address has a blank.
 */
function withWrittenBlanks(line: Excerpt, from: number): Excerpt {
  const written = line.text.slice(from).replace(/<[^<>/@\s]{1,64}@[^<>/@\s]{1,255}>|_|\/(?=[45]\d\d[-_])/g, (found) => (found.length > 1 ? found : ' '));
  return joinRuns([{ text: `${line.text.slice(0, from)}${written}`, start: line.place(0), end: line.place(0) + line.text.length, literal: true }]);
}

/** What the other side said, `…/Remote host said: 550 …/Giving up on 203.0.113.25./`, or qmail's own words with their code, `… (#5.1.2)/`. */
function readReport(line: string, from: number): { readonly words: Span; readonly code: Code | undefined } {
  const rest = line.slice(from);
  const quoted = /Remote host said: (?=[45]\d\d)/.exec(rest);
  const start = quoted ? from + quoted.index + quoted[0].length : from;
  const give = line.indexOf('/Giving up on ', start);
  const end = give < 0 ? start + line.slice(start).replace(/[/\s]{1,20}$/, '').length : give;
  const own = quoted ? null : /\(#([45]\.\d{1,3}\.\d{1,3})\)/.exec(line.slice(start, end));
  return { words: { start, end }, code: own?.[1] ? { enhancedCode: own[1], start: start + own.index + '(#'.length } : undefined };
}

/** TAI64N counts seconds from 2^62, which is ten seconds above 1970 as daemontools writes it (cr.yp.to/daemontools/tai64n.html). */
function stampTime(stamp: string): { readonly time?: string } {
  const seconds = stamp.startsWith('@') ? Number(BigInt(`0x${stamp.slice(1, 17)}`) - 2n ** 62n - 10n) : Number(stamp.slice(0, stamp.indexOf('.')));
  const fraction = stamp.startsWith('@') ? Number.parseInt(stamp.slice(17), 16) / 1e6 : Number(`0.${stamp.slice(stamp.indexOf('.') + 1)}`) * 1_000;
  const time = new Date(seconds * 1_000 + Math.floor(fraction));
  return Number.isNaN(time.getTime()) ? {} : { time: time.toISOString() };
}
