/**
 * What `mailflow-lens pipe` promises a pipeline: `node scripts/fleets/pipe.mjs [lines]`, ten million where nothing is said.
 * It ends with 1 where a promise is broken. The speed is told in processor time, so that a busy machine changes little.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { sendLog } from '../bench/logs/index.mjs';
import { projectFolder } from '../install.mjs';

const program = join(projectFolder, 'dist', 'cli.cjs');
const refused = '550 5.1.1 <kim@contoso.com>: Recipient address rejected: User unknown';
const faults = [];

await tryManyLines(Number(process.argv[2] ?? 10_000_000));
await tryLongLine();
await tryClosedPipe();
if (process.platform !== 'win32') await trySignal();
for (const fault of faults) console.error(`WRONG  ${fault}`);
process.exit(faults.length === 0 ? 0 : 1);

/** The memory after a million lines is that after ten; each line has its answer. */
async function tryManyLines(lines) {
  const few = await measure(Math.min(lines, 1_000_000));
  const many = await measure(lines);
  for (const { count, answers, seconds, megabytes } of [few, many]) {
    const speed = Math.round(count / seconds);
    console.log(
      `${count.toLocaleString('en-US')} lines of a send log: ${seconds.toFixed(1)} s of one core, ${speed.toLocaleString('en-US')} lines a second, at most ${Math.round(megabytes)} MB`,
    );
    if (answers !== count) faults.push(`${answers} answers to ${count} lines`);
    if (speed < 50_000) faults.push(`fewer than 50,000 lines a second: ${speed}`);
  }
  if (many.megabytes > 1.25 * few.megabytes) faults.push('the memory grows with the number of lines');
}

async function measure(count) {
  const pipe = spawn(process.execPath, ['--require', join(import.meta.dirname, 'atExit.cjs'), program, 'pipe'], { stdio: ['pipe', 'pipe', 'inherit', 'pipe'] });
  const log = sendLog(2_000_000).split('\n').slice(0, 10_000);
  const block = Buffer.from(log.map((line) => `${line}\n`).join(''));
  let answers = 0;
  pipe.stdout.on('data', (bytes) => {
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) answers += 1;
  });
  let used = '';
  pipe.stdio[3].on('data', (text) => (used += String(text)));
  const closed = once(pipe, 'close');
  for (let written = 0; written < count; written += log.length) if (!pipe.stdin.write(block)) await once(pipe.stdin, 'drain');
  pipe.stdin.end();
  await closed;
  return { count: Math.ceil(count / log.length) * log.length, answers, ...JSON.parse(used) };
}

async function tryLongLine() {
  const { status, output } = await run(`${refused}\n550 5.1.1 no ${'x'.repeat(10_000_000)}\n${refused}\n`);
  const answers = output.trimEnd().split('\n');
  console.log(`a line of 10 MB between two others: ${answers.length} answers, exit status ${status}`);
  if (answers.length !== 3 || answers[0] !== answers[2] || status !== 0) faults.push('a line of 10 MB stops the others');
}

async function run(input) {
  const pipe = spawn(process.execPath, [program, 'pipe'], { stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  pipe.stdout.on('data', (text) => (output += String(text)));
  pipe.stdin.end(input);
  const [status] = await once(pipe, 'close');
  return { status, output };
}

async function tryClosedPipe() {
  const pipe = spawn(process.execPath, [program, 'pipe']);
  let errors = '';
  pipe.stderr.on('data', (text) => (errors += String(text)));
  pipe.stdin.on('error', () => undefined);
  pipe.stdout.destroy();
  pipe.stdin.end(`${refused}\n`.repeat(100_000));
  const [status] = await once(pipe, 'close');
  console.log(`nobody reads on: exit status ${status}${errors === '' ? ', quietly' : `, ${errors}`}`);
  if (status !== 0 || errors !== '') faults.push('a closed pipe is told as an error');
}

async function trySignal() {
  const pipe = spawn(process.execPath, [program, 'pipe'], { stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  pipe.stdin.write(`${refused}\n${refused}`);
  await new Promise((resolve) => {
    pipe.stdout.on('data', (text) => {
      output += String(text);
      resolve();
    });
  });
  pipe.kill('SIGTERM');
  const [status, signal] = await once(pipe, 'close');
  const answers = output.trimEnd().split('\n').length;
  console.log(`SIGTERM in the middle of a line: ${answers} answers to 2 lines, exit status ${status ?? signal}`);
  if (answers !== 2 || status !== 0) faults.push('a line that had come is lost with SIGTERM');
}
