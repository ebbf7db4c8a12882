/** Message tracking logs of Exchange, written from what happened, and what is read of a folder of logs. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { ToldMessage } from '../../server/src/analysis/messages/toldMessage.ts';
import type { ToldReport } from '../../server/src/analysis/overview/toldReport.ts';
import { readMessageStream } from '../../server/src/scan/messageStream.ts';
import { readOverviewStream } from '../../server/src/scan/overviewStream.ts';
import { projectKnowledgeBase } from './project.ts';

const columns = [
  ...['date-time', 'client-ip', 'client-hostname', 'server-ip', 'server-hostname', 'source-context', 'connector-id', 'source', 'event-id', 'internal-message-id'],
  ...['message-id', 'network-message-id', 'recipient-address', 'recipient-status', 'total-bytes', 'recipient-count', 'related-recipient-address', 'reference'],
  ...['message-subject', 'sender-address', 'return-path', 'message-info', 'directionality'],
] as const;

export const trackingHeader = [
  '#Software: Microsoft Exchange Server',
  '#Version: 15.02.1748.010',
  '#Log-type: Message Tracking Log',
  '#Date: 2026-01-15T08:00:00.000Z',
  `#Fields: ${columns.join(',')}`,
  '',
].join('\r\n');

/** A row: what its columns have, and what happened as `SMTP RECEIVE`, so many seconds after the log's first minute. */
export type TrackingRow = Partial<Record<(typeof columns)[number], string>> & { readonly at?: number; readonly event: string };

export function trackingRow({ at = 0, event, ...cells }: TrackingRow): string {
  const [source = '', name = ''] = event.split(' ');
  const row: Partial<Record<string, string>> = {
    'date-time': new Date(Date.parse('2026-01-15T08:00:00.000Z') + at * 1_000).toISOString(),
    source,
    'event-id': name,
    'server-hostname': 'EX01',
    'message-id': '<one@contoso.com>',
    'sender-address': 'anna@contoso.com',
    'recipient-address': 'bob@fabrikam.com',
    'message-subject': 'Secret plan',
    ...cells,
  };
  return `${columns.map((column) => quoted(row[column] ?? '')).join(',')}\r\n`;
}

const quoted = (cell: string): string => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

export const trackingLog = (...rows: readonly TrackingRow[]): string => trackingHeader + rows.map(trackingRow).join('');

let home: string | undefined;
let folders = 0;

/** Writes files into a folder of their own, which goes away after the last test of the file. */
export function saveLogs(files: Readonly<Record<string, string>>): string {
  if (home === undefined) {
    home = mkdtempSync(join(tmpdir(), 'mailflow-lens-messages-'));
    const made = home;
    after(() => rmSync(made, { recursive: true, force: true }));
  }
  folders += 1;
  const folder = join(home, `${folders}`);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** The messages of files; the names of files are told without their folder. */
export async function messagesOf(files: Readonly<Record<string, string>>): Promise<ToldMessage[]> {
  const folder = saveLogs(files);
  const messages: ToldMessage[] = [];
  for await (const news of readMessageStream({ paths: [folder] }, projectKnowledgeBase())) if (news.kind === 'messages') messages.push(...news.told.messages);
  return withoutFolder(messages, folder);
}

/** The overview of files; the names of files are told without their folder. */
export async function reportOf(files: Readonly<Record<string, string>>): Promise<ToldReport> {
  const folder = saveLogs(files);
  let report: ToldReport | undefined;
  for await (const news of readOverviewStream({ paths: [folder] }, projectKnowledgeBase())) if (news.kind === 'overview') report = news.report;
  return withoutFolder(report as ToldReport, folder);
}

function withoutFolder<Value>(value: Value, folder: string): Value {
  return JSON.parse(JSON.stringify(value).replaceAll(JSON.stringify(join(folder, '/')).slice(1, -1), '')) as Value;
}
