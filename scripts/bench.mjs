/**
 * `npm run bench`: how fast the product is, each figure beside a reference of the same run, since machines differ and ratios hold.
 * Writes docs/benchmarks.md. Nothing here decides whether a change lands.
 */

import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { ensureDependencies, projectFolder, run } from './install.mjs';
import { readKnowledge } from './knowledge.mjs';
import { packageExtension } from './package.mjs';

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
const folder = join(projectFolder, '.cache', 'bench');
await mkdir(folder, { recursive: true });
const engine = await loadEngine();
const { data } = await readKnowledge();
const knowledge = engine.createKnowledgeBase(data);
const rows = [];
/** `npm run bench -- 1000` scans a gigabyte. */
const scanned = Number(process.argv[2] ?? 300);

/** @param {string} what @param {string} figure @param {string} [beside] */
const report = (what, figure, beside = '') => {
  rows.push(`| ${what} | ${figure} | ${beside} |`);
  console.log(`${what}: ${figure}${beside ? ` (${beside})` : ''}`);
};

classify();
for (const size of [1, 10]) findInLog(size);
readPathological(10);
await scanWithCommandLine(scanned);
for (const size of [1, 10, 50]) await useServer(size);
const { path: extension } = await packageExtension();
report('VSIX', `${Math.round((await stat(extension)).size / 1024)} KB`);
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

/** Inputs made to be slow, beside an ordinary log of the same size. */
function readPathological(size) {
  const length = size * megabyte;
  const log = sendLog(length);
  const header = log.slice(0, log.indexOf('\n2026') + 1);
  const failure = (number) =>
    `2026-01-15T08:00:01.000Z,Internet,08DE54${number.toString(16).toUpperCase().padStart(10, '0')},9,192.0.2.10:40001,203.0.113.25:25,<,550 5.1.1 User unknown,\r\n`;
  const repeat = (part) => part.repeat(Math.ceil(length / part.length));
  const inputs = {
    'one line': `550 5.1.1 User unknown ${repeat('abc 5.1.1 ')}`,
    'all failures': header + Array.from({ length: Math.ceil(length / failure(1).length) }, (_, number) => failure(number)).join(''),
    'quotes never closed': header + repeat('2026-01-15T08:00:01.000Z,"Internet,08DE540000000001,9,"192.0.2.10:40001,203.0.113.25:25,<,"550 5.1.1 User unknown,\r\n'),
  };
  const normal = median(() => engine.findFindings(log, knowledge));
  for (const [name, input] of Object.entries(inputs)) {
    let count = 0;
    const seconds = median(() => {
      count = engine.findFindings(input, knowledge).length;
    });
    report(`${size} MB of ${name}`, milliseconds(seconds), `${count} findings; ${(seconds / normal).toFixed(1)} times an ordinary log`);
  }
}

/** The whole command in processor time and memory, beside ripgrep with an expression for the codes, and with two threads. */
async function scanWithCommandLine(size) {
  const names = [];
  for (let part = 0; part < Math.max(1, size / 100); part++) {
    names.push(join(folder, `SEND20260115${String(part).padStart(2, '0')}-1.LOG`));
    await writeFile(names[part], sendLog(Math.min(100, size) * megabyte, part + 1));
  }
  const usage = join(folder, 'usage.cjs');
  await writeFile(usage, `process.on('exit', () => require('node:fs').writeFileSync(process.env.USAGE, JSON.stringify(process.resourceUsage())));`);
  const scan = (workers) => {
    const file = join(folder, 'usage.json');
    const started = performance.now();
    spawnSync(process.execPath, ['--require', usage, join(projectFolder, 'dist/cli.cjs'), 'scan', '--workers', String(workers), '--format', 'ndjson', ...names], {
      stdio: 'ignore',
      env: { ...process.env, USAGE: file },
    });
    const wall = (performance.now() - started) / 1000;
    const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(file, 'utf8'));
    return { wall, cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024 };
  };
  const pairs = Array.from({ length: 3 }, () => ({ one: scan(1), two: scan(2), reference: ripgrep(names) }));
  const middle = (value) => pairs.map(value).sort((first, second) => first - second)[1] ?? 0;
  const cpu = middle(({ one }) => one.cpu);
  const beside = ripgrep(names) === undefined ? 'no ripgrep here' : `${middle(({ one, reference }) => one.cpu / reference).toFixed(1)} times ripgrep's (one thread)`;
  report(`Command line, ${size} MB: processor time`, `${cpu.toFixed(1)} s`, `${(size / cpu).toFixed(0)} MB a second; ${beside}`);
  report('The same: peak memory', `${middle(({ one }) => one.memory).toFixed(0)} MB`);
  report(
    'The same with two threads',
    `${middle(({ two }) => two.wall).toFixed(1)} s`,
    `${middle(({ one, two }) => two.wall / one.wall).toFixed(2)} of the time of one; ${middle(({ two }) => two.memory).toFixed(0)} MB`,
  );
}

/** The processor time of ripgrep on the same files, as the shell counts it; undefined where there is none. */
function ripgrep(names) {
  const pattern = String.raw`(^|[^0-9.])([45][0-9]{2}[ -])?[45]\.[0-9]{1,3}\.[0-9]{1,3}([^0-9.]|$)|,<,"?[45][0-9]{2}[ -]`;
  const { stdout, status } = spawnSync('sh', ['-c', 'rg -j1 -c -- "$0" "$@" >/dev/null && times', pattern, ...names], { encoding: 'utf8' });
  const [user, system] = (status === 0 ? stdout.trim().split('\n').at(-1) : '')?.split(' ') ?? [];
  const seconds = (text) => Number(/(\d+)m/.exec(text)?.[1] ?? 0) * 60 + Number(/([\d.]+)s/.exec(text)?.[1] ?? 0);
  return user && system ? seconds(user) + seconds(system) : undefined;
}

/**
 * An editor's use of a document: from opening it to its diagnostics, beside the JSON that a document of this size costs whatever one does;
 * a line appended and pointed at; hovers anywhere; the server's memory.
 */
async function useServer(size) {
  const log = sendLog(size * 1_000_000);
  const server = spawn(process.execPath, [join(projectFolder, 'dist/server.cjs'), '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  connection.listen();
  await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: { textDocument: { diagnostic: {} } } });
  await connection.sendNotification('initialized', {});
  const idle = memoryOf(server.pid);
  const open = async (uri) => {
    const started = performance.now();
    await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'mailflow-log', version: 1, text: log } });
    const { items } = await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
    return { seconds: (performance.now() - started) / 1000, shown: items.length };
  };
  const times = [];
  let memory;
  for (let round = 0; round <= rounds; round++) {
    const { seconds } = await open(`file:///bench-${round}.log`);
    if (round === 0) {
      // The server gives back what the message took when the editor has become quiet.
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      memory = memoryOf(server.pid);
    } else times.push(seconds);
    if (round < rounds) await connection.sendNotification('textDocument/didClose', { textDocument: { uri: `file:///bench-${round}.log` } });
  }
  const floor = median(() => JSON.parse(Buffer.from(JSON.stringify({ text: log })).toString('utf8')));
  const seconds = middleOf(times);
  report(`Server, ${size} MB from opening to diagnostics`, milliseconds(seconds), `${(seconds / floor).toFixed(1)} times the JSON floor of ${milliseconds(floor)}`);
  if (idle && memory) report(`Server, ${size} MB: memory above idle`, `${(memory - idle).toFixed(0)} MB`, `${((memory - idle) / size).toFixed(1)} times the document`);
  const uri = `file:///bench-${rounds}.log`;
  const lines = log.split('\n').length - 1;
  const row = '2026-01-15T09:00:00.000Z,Internet,08DE54FFFFFFFFFF,9,192.0.2.10:40001,203.0.113.25:25,<,550 5.1.1 User unknown,\r\n';
  const edits = [];
  for (let edit = 0; edit < 30; edit++) {
    const started = performance.now();
    const end = { line: lines + edit, character: 0 };
    await connection.sendNotification('textDocument/didChange', { textDocument: { uri, version: 2 + edit }, contentChanges: [{ range: { start: end, end }, text: row }] });
    await connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line: lines + edit, character: row.indexOf('550') } });
    edits.push((performance.now() - started) / 1000);
  }
  report(`Server, ${size} MB: a line appended and pointed at`, milliseconds(middleOf(edits)));
  const hovers = [];
  for (let hover = 0; hover < 300; hover++) {
    const started = performance.now();
    await connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line: Math.floor((lines * hover) / 300), character: 40 } });
    hovers.push((performance.now() - started) / 1000);
  }
  hovers.sort((one, other) => one - other);
  report(`Server, ${size} MB: hover`, milliseconds(hovers[150] ?? 0), `99 of 100 within ${milliseconds(hovers[296] ?? 0)}`);
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  connection.dispose();
}

/** The memory of a process in MB, where the system tells it in /proc. */
function memoryOf(process) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${process}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return undefined;
  }
}

function middleOf(values) {
  return values.sort((one, other) => one - other)[values.length >> 1] ?? 0;
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
