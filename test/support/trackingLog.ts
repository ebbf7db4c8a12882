/** What is read of a folder of logs. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { ToldMessage } from '../../server/src/analysis/messages/toldMessage.ts';
import type { ToldReport } from '../../server/src/analysis/overview/toldReport.ts';
import { readMessageStream } from '../../server/src/scan/messageStream.ts';
import { readOverviewStream } from '../../server/src/scan/overviewStream.ts';
import { projectKnowledgeBase } from './project.ts';

export { type TrackingRow, trackingHeader, trackingLog, trackingRow } from './trackingRows.ts';

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
