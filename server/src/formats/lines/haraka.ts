/**
 * Haraka's log: recipients that another server refused and messages that wait or bounce (outbound/hmail.js), and what plugins denied to
 * clients (plugins.js). A plugin may overrule what another has denied.
 */

import { endpointAddress, recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import type { Excerpt } from '../../text/excerpt.ts';
import { Recent } from '../../text/recent.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { Captures, CommandName, LogRecord, Span } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import { findLines, lineReach, lineRecord, lineSeam, readLines } from './lineLog.ts';

const literals = ['] [outbound] ', ' retval=DENY', ' overriden by deny hook', ' overridden by deny hook', '] [core] connect ip='];

export const haraka: LogFormat = {
  id: 'haraka',
  title: 'Haraka log',
  literals,
  find: (text, _free, occurrences) =>
    findLines(
      text,
      occurrences,
      occurrences(literals),
      () => true,
      (line) => entry.test(line),
    ),
  seam: lineSeam,
  steps: (text, stretches) => {
    const known: Known = { clients: new Recent(lineReach), denials: new Recent(overruleReach), said: new Recent(overruleReach), overruled: new Set() };
    const records = readLines(text, stretches, (line, span) => readLine(line, span, known));
    return records.filter(({ span }) => !known.overruled.has(span.start));
  },
};

/** A denial waits so long for the line that overrules it, which must stand whole within the reach below. */
export const overruleReach = lineReach / 2;

interface Known {
  /** By the connection, a UUID. */
  readonly clients: Recent<Captures>;
  /** Where the last denial of a connection stands. */
  readonly denials: Recent<number>;
  /** What the other server said last, where the log has the dialogue: what it means for a message is mostly told once more. */
  readonly said: Recent<{ readonly start: number; readonly words: string }>;
  readonly overruled: Set<number>;
}

/** The level, the connection with the transaction behind a dot, and who says it. */
const entry = /\[(?:INFO|NOTICE|WARN|ERROR|CRIT|DEBUG|PROTOCOL)\] \[(-|[0-9A-F-]{36})(?:\.[\d.]{1,12})?\] \[(?:outbound|core)\] /i;

function readLine(line: Excerpt, span: Span, known: Known): LogRecord | undefined {
  const found = entry.exec(line.text);
  if (!found) return undefined;
  const [whole, connection = ''] = found;
  const start = found.index + whole.length;
  const said = line.text.slice(start);
  const client = /^connect ip=([0-9A-Fa-f.:]{2,45}) /.exec(said)?.[1];
  if (client) known.clients.remember(connection, span.start, stated({ remoteAddress: endpointAddress(client) }));
  if (/^\s?deny\(soft\?\) overrid{1,2}en by deny hook/.test(said)) {
    const denial = known.denials.recall(connection, span.start);
    if (denial !== undefined) known.overruled.add(denial);
  }
  const failed = readOutbound(said);
  if (failed) {
    const last = known.said.recall(connection, span.start);
    if (last && said.slice(failed.start, failed.end).includes(last.words)) known.overruled.add(last.start);
    const words = { start: start + failed.start, end: start + failed.end };
    return lineRecord({ format: 'haraka', span, line, words, code: undefined, captures: recipientCaptures(failed.recipient) });
  }
  const refusal =
    whole.includes('[PROTOCOL]') && whole.includes('[outbound]') ? /^S: (?=([45][0-57]\d (?:[45]\.\d{1,3}\.\d{1,3} )?)(\S.{0,2000}?)(?:\\r(?:\\n)?)?\s*$)/.exec(said) : null;
  if (refusal) {
    known.said.remember(connection, span.start, { start: span.start, words: refusal[2] ?? '' });
    const words = { start: start + refusal[0].length, end: start + refusal[0].length + (refusal[1] ?? '').length + (refusal[2] ?? '').length };
    return lineRecord({ format: 'haraka', span, line, words, code: undefined, captures: {} });
  }
  const denial = readDenial(said);
  if (!denial) return undefined;
  known.denials.remember(connection, span.start, span.start);
  const words = { start: start + denial.start, end: start + denial.end };
  const captures = withChanges(known.clients.recall(connection, span.start) ?? {}, denial.captures);
  return lineRecord({ format: 'haraka', span, line, words, code: undefined, captures, command: denial.command });
}

/** `recipient <…> rejected: 550 …`, `Temp failing FILE for 64 seconds: Upstream error: 421 …`, `bouncing mail: …`, `Failed to get pool entry: …`; what only sums up recipients has been told. */
const outbound =
  /^(?:recipient <?([^<>\r\n]{1,320}?)>? (?:rejected|deferred): |Temp failing \S{1,300} for \d{1,9} seconds: |bouncing mail: |(?:\[outbound\] )?Failed to get pool entry: \*{0,2})(Too many failures \()?(?:Upstream error: )?(?!Some recipients )(?=\S)/;

function readOutbound(said: string): { readonly start: number; readonly end: number; readonly recipient?: string | undefined } | undefined {
  const found = outbound.exec(said);
  if (!found) return undefined;
  // Somebody has made it bold.
  const end = said.trimEnd().length - (found[0].endsWith('**') && said.trimEnd().endsWith('**') ? 2 : 0);
  return { start: found[0].length, end: found[2] && said[end - 1] === ')' ? end - 1 : end, recipient: found[1] };
}

const commands: Readonly<Record<string, CommandName>> = {
  connect: 'connection',
  helo: 'EHLO',
  ehlo: 'EHLO',
  mail: 'MAIL',
  rcpt: 'RCPT',
  data: 'DATA',
  data_post: 'message',
  queue: 'message',
};

/** `hook=rcpt plugin=… function=… params="<…>" retval=DENY msg="…"`; without a message the plugin's name says what denied. */
function readDenial(said: string): { readonly start: number; readonly end: number; readonly captures: Captures; readonly command: CommandName | undefined } | undefined {
  const found = /^\s?hook=(\w{1,40}) (plugin=\S{1,100} function=\S{1,100} params=("(?:[^"\\]|\\.){0,1000}"|\S{0,400}) retval=DENY\w{0,20}) msg="((?:[^"\\]|\\.){0,2000})"?/.exec(
    said,
  );
  if (!found) return undefined;
  const [whole, hook = '', denied = '', params = '', message = ''] = found;
  const start = message === '' ? whole.indexOf(denied) : whole.length - (whole.endsWith('"') ? 1 : 0) - message.length;
  const address = /<([^<>\r\n]{1,320})>/.exec(params)?.[1];
  const captures = withChanges(hook === 'rcpt' ? recipientCaptures(address) : {}, stated({ sender: hook === 'mail' ? address : undefined }));
  return { start, end: start + (message === '' ? denied.length : message.length), captures, command: commands[hook] };
}
