/** The outputs of messages: a line and its way for people, an object for programs, and a document for a ticket. */

import colors from 'picocolors';
import { type RecipientStatus, recipientStatuses } from '../analysis/messages/messageFate.ts';
import type { MissingLog } from '../analysis/messages/missingLogs.ts';
import type { ToldMessage, ToldRecipient, ToldStep } from '../analysis/messages/toldMessage.ts';
import type { ReadTotals } from '../analysis/tally.ts';
import { code } from '../explain/markdown.ts';
import { printableJson, shortened, visible } from '../text/visible.ts';
import { plural, unreadClauses } from './unread.ts';

/** One output while it is written; each function returns the text to put out next. */
export interface MessageReport {
  readonly begin?: () => string;
  readonly message: (message: ToldMessage) => string;
  /** @param probes How many messages of the servers' own probes were left out. */
  readonly end: (totals: ReadTotals, probes: number) => string;
}

export interface MessageReportOptions {
  readonly hasColor: boolean;
  /** Whether the steps of each message are told in the text: they are where single messages were asked for. */
  readonly hasSteps: boolean;
}

export const messageReports = { text: createMessageText, ndjson: createMessageNdjson, markdown: createMessageMarkdown } as const satisfies Record<
  string,
  (options: MessageReportOptions) => MessageReport
>;
export type MessageFormat = keyof typeof messageReports;

function createMessageNdjson(): MessageReport {
  return { message: (message) => `${printableJson(message)}\n`, end: () => '' };
}

const width = { status: 10, address: 40, id: 78, reply: 160, detail: 100 } as const;

/** Log text reaches the terminal only through visible() and shortened(). */
function createMessageText({ hasColor, hasSteps }: MessageReportOptions): MessageReport {
  const paint = colors.createColors(hasColor);
  const counts = new Counts();
  const painted = (status: RecipientStatus): string => {
    const text = status.padEnd(width.status);
    return status === 'failed' ? paint.red(text) : status === 'delayed' || status === 'in-transit' ? paint.yellow(text) : paint.green(text);
  };
  const recipientLine = (recipient: ToldRecipient): string => {
    const why = [recipient.failure, recipient.response].filter((one) => one !== null).join(': ');
    return `    ${painted(recipient.status)}  ${shortened(recipient.address, width.address)}${why === '' ? '' : `  ${shortened(why, width.reply)}`}\n`;
  };
  return {
    message: (message) => {
      counts.add(message.status);
      const head = `${timeText(message.first)}  ${painted(message.status)}  ${shortened(message.sender ?? '(no sender told)', width.address)}  ${shortened(message.messageId ?? '(no message id told)', width.id)}${durationText(message)}\n`;
      const notes = [...skewNotes(message), ...(message.missing ?? []).map(missingText)].map((note) => `    ${paint.dim(shortened(note, 300))}\n`).join('');
      const steps = hasSteps ? message.steps.map((step) => `      ${stepText(step)}\n`).join('') : '';
      return `${head}${message.recipients.map(recipientLine).join('')}${steps}${notes}`;
    },
    end: (totals, probes) => `${counts.all === 0 ? '' : '\n'}${[counts.clause(totals), ...probeClause(probes), ...unreadClauses(totals)].join('; ')}.\n`,
  };
}

/** A table of recipients and a list of steps for each message. Log text stands in code spans only. */
function createMessageMarkdown(): MessageReport {
  const counts = new Counts();
  return {
    begin: () => '# Messages\n\n',
    message: (message) => {
      counts.add(message.status);
      const recipients = message.recipients.map(({ address, status, failure, response }) => {
        const why = [...(failure === null ? [] : [code(failure)]), ...(response === null ? [] : [code(response, 300)])].join(': ');
        return `- ${code(address, 320)}: **${status}**${why === '' ? '' : `, ${why}`}\n`;
      });
      const steps = message.steps.map(
        ({ time, localTime, server, what, detail, file, line }) =>
          `- ${time ?? (localTime === undefined ? 'time not stated' : `${code(localTime, 60)} (zone not stated)`)}${server === null ? '' : `, ${code(server, 120)}`}: ${what}${detail === '' ? '' : ` ${code(detail, 200)}`}, ${file === '-' ? 'standard input' : code(file)}, line ${line}\n`,
      );
      const notes = [...skewNotes(message), ...(message.missing ?? []).map(missingText)].map((note) => `- ${code(note, 400)}\n`);
      const sender = message.sender === null ? '' : ` from ${code(message.sender, 320)}`;
      return `## ${message.status}: ${code(message.messageId ?? 'no message id told', 400)}${sender}\n\n${recipients.join('')}\n${steps.join('')}${notes.length > 0 ? `\n${notes.join('')}` : ''}\n`;
    },
    end: (totals, probes) => `${[counts.clause(totals), ...probeClause(probes), ...unreadClauses(totals)].join('; ')}.\n`,
  };
}

const timeText = (time: string | null): string => (time ?? '').slice(0, 19).replace('T', ' ').padEnd(19);

function durationText({ seconds }: ToldMessage): string {
  if (seconds < 1) return '';
  return seconds < 120 ? `  ${Math.round(seconds)} s` : `  ${Math.round(seconds / 60)} min`;
}

/** `06:15:09.353  ex01  sent  to ex02  SMTP SEND  (MSGTRK2026030206-1.LOG:12)`. */
function stepText({ time, localTime, server, what, detail, connector, remoteHost, file, line }: ToldStep): string {
  const cells = [
    visible(time === null ? (localTime ?? '') : time.slice(11, 23)).padEnd(12),
    shortened(server ?? '', 15).padEnd(8),
    what.padEnd(10),
    shortened([detail, connector, remoteHost].filter(Boolean).join(', '), width.detail),
    `(${visible(file === '-' ? 'standard input' : file)}:${line})`,
  ];
  return cells.join('  ');
}

function skewNotes({ skew }: ToldMessage): string[] {
  return Object.entries(skew).map(([server, seconds]) => `the clock of ${server} is ${Math.abs(seconds)} seconds ${seconds > 0 ? 'fast' : 'slow'}`);
}

function missingText({ server, log, from, to, why }: MissingLog): string {
  return `its end would stand in the ${log} of ${server}, ${from.slice(0, 16).replace('T', ' ')} to ${to.slice(11, 16)} UTC: ${why}`;
}

function probeClause(probes: number): string[] {
  return probes === 0 ? [] : [`${plural(probes, 'message')} of health probes not listed`];
}

class Counts {
  all = 0;
  private readonly counts = new Map<RecipientStatus, number>();

  add(status: RecipientStatus): void {
    this.all += 1;
    this.counts.set(status, (this.counts.get(status) ?? 0) + 1);
  }

  clause({ files }: ReadTotals): string {
    if (files === 0) return 'No file was read';
    if (this.all === 0) return `No message found in ${plural(files, 'file')}`;
    const parts = recipientStatuses.flatMap((status) => (this.counts.has(status) ? [`${this.counts.get(status)} ${status}`] : []));
    return `${plural(this.all, 'message')} (${parts.join(', ')}) in ${plural(files, 'file')}`;
  }
}
