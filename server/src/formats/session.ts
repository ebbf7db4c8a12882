/** One session of an SMTP protocol log, row by row: what it says of both sides, and which command a reply answers. */

import { commandAddress, endpointAddress, greetingHost, recipientCaptures } from '../smtp/address.ts';
import { commandOf } from '../smtp/command.ts';
import { joinRuns, type Run } from '../smtp/excerpt.ts';
import { readResponse } from '../smtp/response.ts';
import type { Captures, FormatId, LogRecord, Span } from '../values.ts';
import { cellRuns } from './csvRow.ts';
import type { Row } from './fieldsRow.ts';
import { utcTime } from './utcTime.ts';

/** The two directions of a protocol log: who sends commands, who answers them, and what the connector is called. */
export interface Direction {
  readonly format: FormatId;
  /** The event column of a command: `>` where this server sends, `<` where it receives. */
  readonly command: '>' | '<';
  /** The event column of a reply: only a reply can be a failure. */
  readonly reply: '<' | '>';
  connectorCaptures(connector: string): Captures;
}

export interface Session {
  /** Takes the session's next row, and adds the failures that it ends. True where the session is over. */
  read(text: string, row: Row, records: LogRecord[]): boolean;
  /** Whether a reply of several lines has not ended yet. */
  isOpen(): boolean;
  /** Adds the reply that has not ended, where no further row follows. */
  finish(records: LogRecord[]): void;
}

/** A reply whose last line has not come yet. */
interface OpenReply {
  readonly code: string;
  readonly time: string;
  readonly span: Span;
  readonly runs: Run[];
  readonly places: Span[];
}

/** How Exchange begins a row with `*` that states what ended a session, or its encryption, before any reply said so. */
export const failedAttempts: readonly string[] = [
  'Failed to connect. Winsock error code: ',
  'TLS negotiation failed with error ',
  'Outbound Authentication failed with ',
  'Connector is configured to send mail only over TLS ',
  'Drop connection because TLS configuration requires TLS ',
];

/** What of a value states a failed attempt: its beginning, up to the first comma. */
export function failedAttempt(value: string): string | undefined {
  return failedAttempts.some((beginning) => value.startsWith(beginning)) ? /^[^,]{1,160}/.exec(value)?.[0] : undefined;
}

const longestQueue = 1_000;
/** So much of a line tells which command it is: STARTTLS, and what follows it. */
const longestCommand = 9;
const lowerCase = 0x20;
const letterM = 0x6d;
const letterR = 0x72;

export function createSession(direction: Direction): Session {
  let captures: Captures | undefined;
  /** Commands that wait for their reply, oldest first: with PIPELINING (RFC 2920) several do. */
  const waiting: string[] = [];
  /** Whose certificate the next certificate rows describe. */
  let certificate: 'own' | 'other' = 'other';
  let reply: OpenReply | undefined;

  return {
    read(text, row, records) {
      captures ??= begin(row);
      const event = row.value('event');
      if (event === '<' && waiting.length === 0) rememberHost(row.value('data'));
      if (event === direction.reply) addReply(text, row, records);
      else {
        finish(records);
        if (event === direction.command) addCommand(text, row);
        else if (event === '*') addInformation(row, records);
      }
      return event === '-';
    },
    isOpen: () => reply !== undefined,
    finish,
  };

  function begin(row: Row): Captures {
    const connector = row.value('connector-id');
    const id = row.value('session-id');
    return { ...(connector && direction.connectorCaptures(connector)), ...(id && { sessionId: id }) };
  }

  function remember(more: Captures): void {
    captures = { ...captures, ...more };
  }

  function addCommand(text: string, row: Row): void {
    // Only the commands that name an address say more than their name: those begin with M and R.
    const start = row.start('data');
    const first = text.charCodeAt(start) | lowerCase;
    const data = first === letterM || first === letterR ? row.value('data') : text.slice(start, start + longestCommand);
    const command = commandAddress(data);
    if (command?.verb === 'MAIL') {
      const { recipient: _recipient, recipientDomain: _domain, ...rest } = captures ?? {};
      captures = { ...rest, sender: command.address };
    }
    if (command?.verb === 'RCPT') remember(recipientCaptures(command.address));
    if (waiting.length < longestQueue) waiting.push(data);
  }

  /** Collects the lines of a reply: `550-…` goes on, `550 …` ends it (RFC 5321, 4.2.1). */
  function addReply(text: string, row: Row, records: LogRecord[]): void {
    const start = row.start('data');
    const code = text.slice(start, start + 3);
    if (reply && reply.code !== code) finish(records);
    if (code[0] !== '4' && code[0] !== '5') {
      // A positive reply is over at once: Exchange writes each as one row. The banner finds no command waiting.
      waiting.shift();
      return;
    }
    const data = row.cell('data');
    const goesOn = text[data.start + 3] === '-';
    const runs = cellRuns(text, data);
    if (reply) reply.runs.push({ text: ' ', start: data.start, end: data.start, literal: false }, ...runs);
    else reply = { code, time: row.value('date-time'), span: row.span, runs: [...runs], places: [] };
    reply.places.push(data);
    rememberEndpoint(row);
    if (!goesOn) finish(records);
  }

  function finish(records: LogRecord[]): void {
    if (!reply) return;
    const { runs, time, span, places } = reply;
    reply = undefined;
    const read = readResponse(joinRuns(runs));
    const line = waiting.shift() ?? '';
    const answered = commandAddress(line);
    const command = commandOf(line);
    if (!read) return;
    records.push({
      format: direction.format,
      span,
      mark: read.mark,
      places,
      ...utcTime(time),
      response: { ...read.response, ...(command && { command }) },
      captures: { ...captures, ...(answered?.verb === 'RCPT' && recipientCaptures(answered.address)), ...read.captures },
    });
  }

  /** Rows with `*` tell about certificates, the message, and what failed without a reply. */
  function addInformation(row: Row, records: LogRecord[]): void {
    const context = row.value('context');
    if (/^Sending certificate/i.test(context)) certificate = 'own';
    else if (/^Received certificate|^Remote certificate/i.test(context)) certificate = 'other';
    else if (certificate === 'own' && /^Certificate subject/i.test(context)) remember({ certificateSubject: row.value('data') });
    else if (certificate === 'own' && /^Certificate thumbprint/i.test(context)) remember({ certificateThumbprint: row.value('data') });
    const messageId = /InternetMessageId (<[^<>\s]{1,998}>)/.exec(context)?.[1];
    if (messageId) remember({ messageId });
    for (const column of ['context', 'data']) {
      const value = row.value(column);
      const stated = failedAttempt(value);
      if (!stated) continue;
      const cell = row.cell(column);
      rememberEndpoint(row);
      const domain = /Destination domain: ([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+)/.exec(value)?.[1];
      records.push({
        format: direction.format,
        span: row.span,
        mark: { start: cell.start, end: cell.start + stated.length },
        places: [cell],
        ...utcTime(row.value('date-time')),
        response: { text: value.trim() },
        captures: { ...captures, ...(domain && { recipientDomain: domain }) },
      });
      return;
    }
  }

  /** The other side names itself in its EHLO, or at the beginning of its banner, whose further lines say anything. */
  function rememberHost(said: string): void {
    const host = captures?.remoteHost && said.startsWith('220') ? undefined : greetingHost(said);
    if (host) remember({ remoteHost: host });
  }

  function rememberEndpoint(row: Row): void {
    const remoteAddress = endpointAddress(row.value('remote-endpoint'));
    if (remoteAddress) remember({ remoteAddress });
  }
}
