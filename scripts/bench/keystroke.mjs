/** What each request costs the language server after one key, as the first that an editor asks: the key's own reading is in it. */

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { projectFolder } from '../install.mjs';
import { sendLog } from './logs/index.mjs';
import { middleOf, milliseconds } from './measure.mjs';
import { report } from './page.mjs';

const keys = 9;

/**
 * The sessions of a log, so many at a time: one row of each in turn, as a busy server writes them. Of those that fail every tenth, so that the
 * outline lists sessions and no groups.
 */
function interleaved(log, atOnce) {
  const [header, ...rows] = log.split(/(?<=\n)(?=\d{4}-)/);
  const waiting = [...grouped(rows).values()].filter((session, index) => index % 10 === 0 || !session.some((row) => /,<,"?[45]/.test(row)));
  const open = [];
  const mixed = [header];
  while (waiting.length > 0 || open.length > 0) {
    while (open.length < atOnce && waiting.length > 0) open.push({ rows: waiting.shift(), next: 0 });
    for (const session of open) mixed.push(session.rows[session.next++]);
    for (let index = open.length - 1; index >= 0; index--) if (open[index].next === open[index].rows.length) open.splice(index, 1);
  }
  return mixed.join('');
}

const idOf = (row) => row.split(',', 3)[2];

function grouped(rows) {
  const sessions = new Map();
  for (const row of rows) {
    const id = idOf(row);
    const known = sessions.get(id);
    if (known) known.push(row);
    else sessions.set(id, [row]);
  }
  return sessions;
}

export async function measureKeystrokes(size) {
  const log = sendLog(size * 1_000_000);
  for (const [name, text] of [
    ['sessions one by one', log],
    ['sessions interleaved', interleaved(log, 20)],
  ])
    await measureLog(text, `${size} MB, ${name}`);
}

async function measureLog(text, name) {
  const server = spawn(process.execPath, [join(projectFolder, 'dist/server.cjs'), '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  connection.listen();
  const commands = ['insertRunbook', 'openPage', 'showOccurrences', 'showSession', 'ignore'].map((command) => `mailflowLens.${command}`);
  const codeAction = { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } };
  const capabilities = { textDocument: { diagnostic: {}, codeAction, documentSymbol: { hierarchicalDocumentSymbolSupport: true } } };
  await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities, initializationOptions: { commands } });
  await connection.sendNotification('initialized', {});
  const uri = 'file:///SEND.LOG';
  await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'mailflow-log', version: 1, text } });
  const textDocument = { uri };
  const lines = text.split('\n').length;
  for (const method of ['textDocument/diagnostic', 'textDocument/documentSymbol', 'textDocument/foldingRange']) await connection.sendRequest(method, { textDocument });
  let version = 1;
  for (const [place, line] of [
    ['the start', 10],
    ['the middle', lines >> 1],
    ['the end', lines - 2],
  ]) {
    const position = { line, character: 30 };
    const range = { start: { line: Math.max(0, line - 40), character: 0 }, end: { line: line + 40, character: 0 } };
    const questions = {
      diagnostics: ['textDocument/diagnostic', { textDocument }],
      outline: ['textDocument/documentSymbol', { textDocument }],
      folding: ['textDocument/foldingRange', { textDocument }],
      lenses: ['textDocument/codeLens', { textDocument }],
      links: ['textDocument/documentLink', { textDocument }],
      hover: ['textDocument/hover', { textDocument, position }],
      'code actions': ['textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } }],
      'marks of a screen': ['mailflowLens/marks', { uri, startLine: range.start.line, endLine: range.end.line }],
      'marks of the ruler': ['mailflowLens/marks', { uri }],
      'failure at the cursor': ['mailflowLens/failureAt', { uri, position }],
      occurrences: ['mailflowLens/occurrences', { uri, position }],
      session: ['mailflowLens/session', { uri, line }],
      summary: ['mailflowLens/summary', { uri }],
    };
    const slowest = [];
    for (const [question, [method, parameters]] of Object.entries(questions)) {
      const times = [];
      for (let key = 0; key < keys; key++) {
        version += 1;
        // A letter, and away again: the log stays as it is.
        const end = { line, character: version % 2 === 0 ? 30 : 31 };
        const change = { range: { start: position, end }, text: version % 2 === 0 ? 'x' : '' };
        const started = performance.now();
        await connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [change] });
        await connection.sendRequest(method, parameters);
        times.push((performance.now() - started) / 1000);
      }
      slowest.push([middleOf(times), question]);
    }
    slowest.sort(([one], [other]) => other - one);
    const [[seconds, question]] = slowest;
    report(
      `Server, ${name}: the slowest request after a key at ${place}`,
      milliseconds(seconds),
      `${question}; ${slowest
        .slice(1)
        .map(([each, of]) => `${of} ${milliseconds(each)}`)
        .join(', ')}`,
    );
  }
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  connection.dispose();
}
