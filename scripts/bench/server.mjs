/** The language server as an editor uses it, over its standard streams. */

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { projectFolder } from '../install.mjs';
import { sendLog } from './logs/index.mjs';
import { median, middleOf, milliseconds, rounds } from './measure.mjs';
import { report } from './page.mjs';

/** A document's life in an editor: opened, written to at its end, pointed at. */
export async function measureServer(size) {
  const log = sendLog(size * 1_000_000);
  const server = spawn(process.execPath, [join(projectFolder, 'dist/server.cjs'), '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  connection.listen();
  await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: { textDocument: { diagnostic: {} } } });
  await connection.sendNotification('initialized', {});
  const uri = await openAgainAndAgain(connection, server.pid, log, size);
  const lines = log.split('\n').length - 1;
  await append(connection, uri, lines, size);
  await pointAnywhere(connection, uri, lines, size);
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  connection.dispose();
}

/**
 * From opening a document to its diagnostics, beside the JSON that a document of this size costs whatever one does; and the server's memory.
 * Leaves the last document open and gives its address.
 */
async function openAgainAndAgain(connection, serverId, log, size) {
  const idle = memoryOf(serverId);
  const uriOf = (round) => `file:///bench-${round}.log`;
  const times = [];
  let memory;
  for (let round = 0; round <= rounds; round++) {
    const started = performance.now();
    await connection.sendNotification('textDocument/didOpen', { textDocument: { uri: uriOf(round), languageId: 'mailflow-log', version: 1, text: log } });
    await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri: uriOf(round) } });
    if (round === 0) {
      // The server gives back what the message took when the editor has become quiet.
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      memory = memoryOf(serverId);
    } else times.push((performance.now() - started) / 1000);
    if (round < rounds) await connection.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf(round) } });
  }
  const floor = median(() => JSON.parse(Buffer.from(JSON.stringify({ text: log })).toString('utf8')));
  const seconds = middleOf(times);
  report(`Server, ${size} MB from opening to diagnostics`, milliseconds(seconds), `${(seconds / floor).toFixed(1)} times the JSON floor of ${milliseconds(floor)}`);
  if (idle && memory) report(`Server, ${size} MB: memory above idle`, `${(memory - idle).toFixed(0)} MB`, `${((memory - idle) / size).toFixed(1)} times the document`);
  return uriOf(rounds);
}

async function append(connection, uri, lines, size) {
  const row = '2026-01-15T09:00:00.000Z,Internet,08DE54FFFFFFFFFF,9,192.0.2.10:40001,203.0.113.25:25,<,550 5.1.1 User unknown,\r\n';
  const times = [];
  for (let edit = 0; edit < 30; edit++) {
    const started = performance.now();
    const end = { line: lines + edit, character: 0 };
    await connection.sendNotification('textDocument/didChange', { textDocument: { uri, version: 2 + edit }, contentChanges: [{ range: { start: end, end }, text: row }] });
    await connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line: lines + edit, character: row.indexOf('550') } });
    times.push((performance.now() - started) / 1000);
  }
  report(`Server, ${size} MB: a line appended and pointed at`, milliseconds(middleOf(times)));
}

async function pointAnywhere(connection, uri, lines, size) {
  const times = [];
  for (let hover = 0; hover < 300; hover++) {
    const started = performance.now();
    await connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line: Math.floor((lines * hover) / 300), character: 40 } });
    times.push((performance.now() - started) / 1000);
  }
  times.sort((one, other) => one - other);
  report(`Server, ${size} MB: hover`, milliseconds(times[150] ?? 0), `99 of 100 within ${milliseconds(times[296] ?? 0)}`);
}

/** The memory of a process in MB, where the system tells it in /proc. */
function memoryOf(processId) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${processId}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return undefined;
  }
}
