/**
 * `npm run compare -- CHECKOUT [LOG …]`: whether this build says the same as that of another checkout, byte for byte: each output of the
 * command line, and each answer of the language server. Without logs, those of the tests and the samples. Before a large move, build the
 * state before it in a checkout of its own (`git worktree add`).
 */

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { askServer } from './compare/server.mjs';
import { projectFolder } from './install.mjs';

const [other, ...named] = process.argv.slice(2);
if (other === undefined) {
  console.error('Name the folder of another checkout that is built: npm run compare -- ../before');
  process.exit(2);
}
const checkouts = [resolve(other), projectFolder];
const logs = named.length > 0 ? named.flatMap(filesBelow) : ['test/logs', 'samples'].flatMap((folder) => filesBelow(join(projectFolder, folder)));
let compared = 0;
let different = 0;

for (const words of commands()) {
  const said = checkouts.map((checkout) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(checkout, 'dist/cli.cjs'), ...words], { encoding: 'utf8', maxBuffer: 2 ** 30 });
    return `${stdout}\n${stderr}\nexit status ${status}`;
  });
  tell(words.length > 8 ? `${words.slice(0, 3).join(' ')} …` : words.join(' '), said);
}
const documents = logs.map((path) => ({ name: path.slice(path.lastIndexOf('/') + 1), text: readFileSync(path, 'utf8') }));
const [before, now] = await Promise.all(checkouts.map((checkout) => askServer(checkout, documents)));
for (const [question, answer] of now) tell(question, [before.get(question) ?? 'not asked', answer]);
console.log(`${compared} outputs and answers compared, ${different} differ`);
process.exit(different === 0 ? 0 : 1);

/** All that the command line can be asked about the logs and the knowledge base. */
function* commands() {
  for (const format of ['ndjson', 'json', 'sarif', 'text', 'markdown']) {
    for (const workers of ['1', '3']) yield ['scan', '--format', format, '--workers', workers, ...logs];
  }
  yield ['scan', '--format', 'ndjson', '--time-zone', 'Europe/Berlin', '--since', '2026-01-01', ...logs];
  for (const format of ['text', 'ndjson']) yield ['sessions', '--format', format, ...logs];
  for (const format of ['text', 'ndjson', 'markdown']) yield ['messages', '--format', format, ...logs];
  for (const format of ['text', 'html', 'markdown', 'json']) yield ['report', '--format', format, ...logs];
  yield ['failures', '--format', 'json'];
  for (const command of ['scan', 'explain', 'runbook', 'failures']) yield [command, '--help'];
  const { stdout } = spawnSync(process.execPath, [join(projectFolder, 'dist/cli.cjs'), 'failures', '--format', 'json'], { encoding: 'utf8', maxBuffer: 2 ** 30 });
  for (const { id } of JSON.parse(stdout)) {
    yield ['explain', id];
    yield ['runbook', id];
  }
}

/**
 * @param {string} question
 * @param {string[]} answers before and now
 */
function tell(question, [old = '', fresh = '']) {
  compared += 1;
  if (old === fresh) return;
  different += 1;
  let at = 0;
  while (old[at] === fresh[at]) at += 1;
  const from = Math.max(0, at - 80);
  console.log(`DIFFERS ${question}\n  before: ${JSON.stringify(old.slice(from, at + 160))}\n  now:    ${JSON.stringify(fresh.slice(from, at + 160))}`);
}

/**
 * @param {string} path a file or a folder
 * @returns {string[]} the logs; what a test expects of one is none
 */
function filesBelow(path) {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();
  return names.map((name) => join(path, name)).filter((file) => !file.endsWith('.expected') && statSync(file).isFile());
}
