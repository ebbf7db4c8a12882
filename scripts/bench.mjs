/**
 * `npm run bench`: how fast the product is, each figure beside a reference of the same run, since machines differ and ratios hold.
 * Writes docs/benchmarks.md. Nothing here decides whether a change lands.
 */

import { spawn, spawnSync } from 'node:child_process';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { ensureDependencies, projectFolder, run } from './install.mjs';
import { readKnowledge } from './knowledge.mjs';

const rounds = 5;
const megabyte = 1024 * 1024;

const failing = [
  '454 4.7.0 Failed to establish appropriate TLS channel: UntrustedRoot: Access Denied',
  '550 5.1.1 RESOLVER.ADR.RecipNotFound; not found',
  '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain',
  '452 4.2.2 Mailbox full',
  '421 4.4.2 Connection dropped due to SocketError',
  '451 4.4.0 Primary target IP address responded with: "421 4.4.2 Connection dropped due to SocketError." Attempted failover to alternate host',
  '552 5.3.4 Message size exceeds fixed maximum message size',
  '550 5.7.1 Service unavailable, Client host [192.0.2.10] blocked using zen.spamhaus.org',
];

await ensureDependencies();
await run(process.execPath, ['scripts/build.mjs'], { cwd: projectFolder });
const engine = await loadEngine();
const { data } = await readKnowledge();
const knowledge = engine.createKnowledgeBase(data);
const rows = [];

/** @param {string} what @param {string} figure @param {string} [beside] */
const report = (what, figure, beside = '') => {
  rows.push(`| ${what} | ${figure} | ${beside} |`);
  console.log(`${what}: ${figure}${beside ? ` (${beside})` : ''}`);
};

classify();
for (const size of [1, 10]) findInLog(size);
await scanWithCommandLine(100);
for (const size of [1, 10, 45]) await openInServer(size);
report(
  'VSIX',
  `${Math.round(((await stat(join(projectFolder, 'dist/server.cjs'))).size + (await stat(join(projectFolder, 'dist/client.cjs'))).size) / 1024)} KB unpacked`,
  'server and client together',
);
await writeFile(join(projectFolder, 'docs', 'benchmarks.md'), page());

/** Responses explained a second, on one core. */
function classify() {
  const responses = failing.map((text) => ({ replyCode: Number(text.slice(0, 3)), enhancedCode: /^\d{3} (\d\.\d+\.\d+)/.exec(text)?.[1], text }));
  const seconds = median(() => {
    for (let round = 0; round < 5_000; round++) for (const response of responses) knowledge.matches(undefined, response);
  });
  report('Responses explained', `${Math.round((5_000 * responses.length) / seconds).toLocaleString('en-US')} a second`, `${data.failures.length} documents`);
}

/** The engine alone, beside one pass of a regular expression for the codes. */
function findInLog(size) {
  const log = sendLog(size * megabyte);
  let count = 0;
  const seconds = median(() => {
    count = engine.findFindings(log, knowledge).length;
  });
  const reference = median(() => [...log.matchAll(/[45]\d\d[ -][45]\.\d{1,3}\.\d{1,3}/g)].length);
  report(`Findings of a send log of ${size} MB`, milliseconds(seconds), `${count} findings; ${(seconds / reference).toFixed(1)} times one regular expression`);
}

/** The whole command, beside `cat`. */
async function scanWithCommandLine(size) {
  const folder = join(projectFolder, '.cache', 'bench');
  await mkdir(folder, { recursive: true });
  const names = [];
  for (let part = 0; part < size / 10; part++) {
    names.push(join(folder, `SEND20260115${String(part).padStart(2, '0')}-1.LOG`));
    await writeFile(names[part], sendLog(10 * megabyte, part + 1));
  }
  const command = [join(projectFolder, 'dist/cli.cjs'), 'scan', '--format', 'ndjson', ...names];
  const seconds = median(() => spawnSync(process.execPath, command, { maxBuffer: 1 << 30 }));
  const cat = median(() => spawnSync('cat', names, { maxBuffer: 1 << 30 }));
  report(`Command line, ${size} MB in files of 10 MB`, `${seconds.toFixed(2)} s`, `${(size / seconds).toFixed(0)} MB/s; cat ${cat.toFixed(2)} s`);
}

/** From opening a document to its diagnostics, beside the JSON that a document of this size costs whatever one does. */
async function openInServer(size) {
  const log = sendLog(size * megabyte);
  const server = spawn(process.execPath, [join(projectFolder, 'dist/server.cjs'), '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  connection.listen();
  await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: { textDocument: { diagnostic: {} } } });
  await connection.sendNotification('initialized', {});
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const uri = `file:///bench-${round}.log`;
    const started = performance.now();
    await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'mailflow-log', version: 1, text: log } });
    await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
    times.push((performance.now() - started) / 1000);
    await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }
  const floor = median(() => JSON.parse(Buffer.from(JSON.stringify({ text: log })).toString('utf8')));
  const seconds = times.sort((one, other) => one - other)[rounds >> 1] ?? 0;
  report(`Server, ${size} MB from opening to diagnostics`, milliseconds(seconds), `${(seconds / floor).toFixed(1)} times the JSON floor of ${milliseconds(floor)}`);
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  connection.dispose();
}

async function loadEngine() {
  const outfile = join(projectFolder, '.cache', 'engine.mjs');
  const contents = `export { findFindings } from './server/src/analysis/findings.ts'; export { createKnowledgeBase } from './server/src/knowledge/knowledgeBase.ts';`;
  await build({ stdin: { contents, resolveDir: projectFolder, loader: 'ts' }, outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
  return import(outfile);
}

/** The median of several runs in seconds, after one to warm up. */
function median(action) {
  action();
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now();
    action();
    return (performance.now() - started) / 1000;
  });
  return times.sort((one, other) => one - other)[rounds >> 1] ?? 0;
}

function milliseconds(seconds) {
  return `${(seconds * 1000).toFixed(seconds < 0.01 ? 1 : 0)} ms`;
}

function page() {
  const machine = `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, ${process.platform}`;
  return `# Benchmarks\n\nMade by \`npm run bench\`: the median of ${rounds} runs on ${machine}. Absolute times are this machine's; the ratios hold.\n\n| What | Figure | Beside |\n|---|---|---|\n${rows.join('\n')}\n`;
}

/** A send log with much traffic and few failures, the same for the same seed. */
function sendLog(size, seed = 1) {
  let state = seed;
  const random = (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % limit;
  };
  const lines = [
    '#Software: Microsoft Exchange Server',
    '#Version: 15.02.1748.010',
    '#Log-type: SMTP Send Protocol Log',
    '#Date: 2026-01-15T08:00:00.000Z',
    '#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context',
  ];
  let length = 0;
  for (let session = 1; length < size; session++) {
    const id = `08DE54${session.toString(16).toUpperCase().padStart(10, '0')}`;
    const remote = `203.0.113.${random(250)}:25`;
    const answer = random(10) === 0 ? failing[random(failing.length)] : '250 2.1.5 Recipient OK';
    const dialogue = [
      ['<', '220 mx.fabrikam.com ESMTP ready'],
      ['>', 'EHLO mail.contoso.com'],
      ['<', '250  mx.fabrikam.com Hello [192.0.2.10] SIZE 37748736 PIPELINING'],
      ['>', `MAIL FROM:<user${random(999)}@contoso.com> SIZE=${random(90_000)}`],
      ['>', `RCPT TO:<user${random(999)}@fabrikam.com>`],
      ['<', '250 2.1.0 Sender OK'],
      ['<', answer],
      ['>', 'QUIT'],
      ['<', '221 2.0.0 Bye'],
      ['-', ''],
    ];
    for (const [index, [event, said]] of dialogue.entries()) {
      const line = `2026-01-15T08:${String(random(60)).padStart(2, '0')}:01.000Z,Internet,${id},${index},192.0.2.10:40001,${remote},${event},${/[",]/.test(said) ? `"${said.replaceAll('"', '""')}"` : said},`;
      lines.push(line);
      length += line.length + 2;
    }
  }
  return `${lines.join('\r\n')}\r\n`;
}
