/**
 * OpenSMTPD's log: deliveries that failed or wait (usr.sbin/smtpd/mta.c and mda.c, `mta_log` and `mda_log`) and commands that it refused
 * (smtp_session.c). Since version 5.9 each line begins with the session, which the line of the connection gives its address.
 */

import { commandAddress, recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { commandOf } from '../../smtp/command.ts';
import type { Excerpt } from '../../text/excerpt.ts';
import { Recent } from '../../text/recent.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { Captures, LogRecord, Span } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import { findLines, lineReach, lineRecord, lineSeam, readLines, syslogHost } from './lineLog.ts';

const literals = [
  ' mta delivery evpid=',
  ' mda delivery evpid=',
  ' mta event=delivery ',
  ' mda event=delivery ',
  ' smtp failed-command ',
  ' smtp bad-input ',
  ' smtp connected ',
  ' smtp authentication ',
  ' smtp event=',
  ': Failed command on session ',
  ': Error on session ',
  ' mta error reason=',
  ': TempFail for ',
  ': PermFail for ',
  ': Ok for ',
];

export const opensmtpd: LogFormat = {
  id: 'opensmtpd',
  title: 'OpenSMTPD log',
  literals,
  find: (text, _free, occurrences) =>
    findLines(
      text,
      occurrences,
      occurrences(literals),
      () => true,
      (line) => lineHead.test(line),
    ),
  seam: lineSeam,
  steps: (text, stretches) => {
    const clients = new Recent<Captures>(lineReach);
    return readLines(text, stretches, (line, span) => readLine(line, span, clients));
  },
};

/**
 * The session with what happened, or before 5.9 `smtp-out: TempFail for SESSION: …`, `delivery: …` `smtp-in: Failed command on session SESSION: …`
 * and `smtp-out: Error on session SESSION: …`.
 */
const lineHead =
  /(?:^|\s)(?:([0-9a-f]{16}) (mta|mda|smtp) (?:event=)?(delivery|failed-command|bad-input|connected|authentication)(?= )|(?:smtp-out|relay|delivery): (TempFail|PermFail|Ok) for ([0-9a-f]{8,16})[: ]|smtp-in: Failed (command) on session [0-9a-f]{16}: |smtp-out: (Error) on session [0-9a-f]{16}: |[0-9a-f]{16} mta (error) reason=)/;

function readLine(line: Excerpt, span: Span, clients: Recent<Captures>): LogRecord | undefined {
  const found = lineHead.exec(line.text);
  if (!found) return undefined;
  const [whole, session = '', side, event] = found;
  const rest = found.index + whole.length;
  if (event === 'connected') {
    const fields = line.text.slice(rest, rest + 400);
    const remoteHost = /^[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,20}$/i.exec(/ host="?([^\s"]{1,255})/.exec(fields)?.[1] ?? '')?.[0];
    clients.remember(session, span.start, stated({ remoteHost, remoteAddress: / address="?\[?(?:IPv6:)?([0-9A-Fa-f.:]{2,45})\]?/.exec(fields)?.[1] }));
    return undefined;
  }
  if (found[6]) return readOlderRefusal(line, span, rest);
  // A session that broke off: the deliveries that it had are told by themselves, without the cause.
  if (found[7] ?? found[8]) {
    const words = unquoted(line.text, rest);
    return lineRecord({ format: 'opensmtpd', span, line, words, code: undefined, captures: syslogHost(line.text), command: 'connection' });
  }
  const isDelivery = side !== 'smtp';
  const words = isDelivery ? readOutcome(line.text, rest, found[4]) : refusedWords(line.text, rest, event);
  if (!words) return undefined;
  const captures = isDelivery ? deliveryCaptures(line.text.slice(rest, words.start)) : refusalCaptures(line.text.slice(rest, words.start), clients.recall(session, span.start));
  const command = isDelivery ? undefined : commandOf(/ command="?([A-Z]{4,8})/i.exec(line.text.slice(rest))?.[1] ?? (event === 'authentication' ? 'AUTH' : ''));
  return lineRecord({ format: 'opensmtpd', span, line, words, code: undefined, captures: withChanges(syslogHost(line.text), captures), command, isNoted: command === 'AUTH' });
}

/** `smtp-in: Failed command on session …: "RCPT TO:<…>" => 550 Invalid recipient`. */
function readOlderRefusal(line: Excerpt, span: Span, from: number): LogRecord | undefined {
  const found = /^"([^"]{1,400})" => (?=[45]\d\d)/.exec(line.text.slice(from, from + longestCommand));
  if (!found?.[1]) return undefined;
  const words = { start: from + found[0].length, end: line.text.length };
  const captures = withChanges(syslogHost(line.text), refusalCaptures(` command="${found[1]}"`, undefined));
  return lineRecord({ format: 'opensmtpd', span, line, words, code: undefined, captures, command: commandOf(found[1]) });
}

const longestCommand = 420;

/** `result="TempFail" stat="451 …"`; older versions without quotes, and with the result in front. */
function readOutcome(line: string, from: number, older: string | undefined): Span | undefined {
  const rest = line.slice(from);
  const found = /[ ,]result="?(\w{1,20})"?,? stat=(?="?\S)/.exec(rest);
  const stat = found ?? (older ? /, stat=(?=\S)/.exec(rest) : null);
  if (!stat || (found?.[1] ?? older) === 'Ok') return undefined;
  return unquoted(line, from + stat.index + stat[0].length);
}

/** `command="RCPT TO:<…>" result="550 …"`, and where a sign-in failed `result=permfail`. */
function refusedWords(line: string, from: number, event: string | undefined): Span | undefined {
  const found = (event === 'authentication' ? / (?=result="?(?:perm|temp)fail)/ : / result=(?="?[45]\d\d)/).exec(line.slice(from));
  if (!found) return undefined;
  const start = from + found.index + found[0].length;
  return event === 'authentication' ? { start: from - 'authentication'.length, end: line.length } : unquoted(line, start);
}

function unquoted(line: string, start: number): Span {
  if (line[start] !== '"') return { start, end: line.length };
  const close = line.lastIndexOf('"');
  return { start: start + 1, end: close > start ? close : line.length };
}

/** The relay is an address with its name, or the domain where no host was reached. */
function deliveryCaptures(fields: string): Captures {
  const relay = /\brelay="?([0-9A-Fa-f.:]{2,45}|\[[^\]\s]{2,52}\])(?: \(([A-Za-z0-9.-]{1,255})\))?/.exec(fields);
  const remoteHost = relay?.[2]?.includes('.') ? relay[2] : undefined;
  const remoteAddress = relay?.[1]?.replace(/^\[(?:IPv6:)?|\]$/g, '');
  const isAddress = remoteAddress !== undefined && /[.:]/.test(remoteAddress) && /\d|::/.test(remoteAddress);
  return withChanges(
    recipientCaptures(/\bto=<([^<>\s]{1,320})>/.exec(fields)?.[1]),
    stated({ sender: /\bfrom=<([^<>\s]{1,320})>/.exec(fields)?.[1] }),
    isAddress ? stated({ remoteHost, remoteAddress }) : undefined,
  );
}

function refusalCaptures(fields: string, client: Captures | undefined): Captures {
  const command = /\bcommand="?([^"]{1,400})/.exec(fields)?.[1];
  const address = command === undefined ? undefined : commandAddress(command);
  const named = withChanges(recipientCaptures(address?.verb === 'RCPT' ? address.address : undefined), stated({ sender: address?.verb === 'MAIL' ? address.address : undefined }));
  const host = stated({ remoteAddress: /\baddress="?([0-9A-Fa-f.:]{2,45})(?=[\s"]|$)/.exec(fields)?.[1] });
  return withChanges(client ?? {}, host, named);
}
