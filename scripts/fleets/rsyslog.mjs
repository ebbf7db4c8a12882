/**
 * Tries rsyslog's set-up of docs/fleets.md, word for word but for the paths: `node scripts/fleets/rsyslog.mjs`. rsyslogd is the one that is
 * installed, or else Debian's package, unpacked and not installed. Where there is neither, it says so and ends with 2.
 */

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { projectFolder } from '../install.mjs';
import { answersTo, blocksOf, compare, copyLogs, inFolder, withPaths, writeProgram } from './set.mjs';

const rsyslog = findRsyslog();
if (!rsyslog) {
  console.error('NOT TRIED: there is no rsyslogd here, and apt-get could not fetch it.');
  process.exit(2);
}
await inFolder(async (folder) => {
  const logs = join(folder, 'logs');
  const names = copyLogs(logs);
  const expected = new Map(names.map((name) => [name, answersTo(join(logs, name)).filter(({ answer }) => answer.category !== undefined)]));
  const output = join(folder, 'mailflow.ndjson');
  const program = join(folder, 'mailflow-lens');
  writeProgram(program);
  const [page] = blocksOf('rsyslog', 'rsyslog');
  const configuration = withPaths(page, { '/var/log/mailservers/': `${logs}/`, '/var/log/mailflow.ndjson': output, '/usr/bin/mailflow-lens': program });
  writeFileSync(join(folder, 'rsyslog.conf'), `global(workDirectory="${folder}")\n${configuration}`);
  const count = [...expected.values()].reduce((sum, answers) => sum + answers.length, 0);
  await runRsyslog(folder, output, count);
  const found = readFileSync(output, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  for (const [name, answers] of expected) {
    const ofFile = found.filter(({ file }) => file === join(logs, name)).map(({ line, mailflow }) => ({ line, answer: mailflow }));
    compare(name, ofFile, answers);
  }
  compare(
    'annotations in all',
    found.map(() => 0),
    Array.from({ length: count }, () => 0),
  );
});

/** Runs until as much is written as is expected, and a little longer, for what should not be. */
async function runRsyslog(folder, output, count) {
  const { path, modules, libraries } = rsyslog;
  const started = spawn(path, ['-n', '-f', join(folder, 'rsyslog.conf'), '-i', join(folder, 'pid'), ...(modules ? ['-M', modules] : [])], {
    stdio: 'inherit',
    env: { ...process.env, ...(libraries && { LD_LIBRARY_PATH: libraries }) },
  });
  const lines = () => (existsSync(output) ? readFileSync(output, 'utf8').split('\n').length - 1 : 0);
  const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  for (let tries = 0; tries < 120 && lines() < count && started.exitCode === null; tries++) await wait(500);
  await wait(2_000);
  started.kill('SIGTERM');
  await new Promise((resolve) => started.once('close', resolve));
}

function findRsyslog() {
  const installed = ['/usr/sbin/rsyslogd', '/sbin/rsyslogd'].find((path) => existsSync(path));
  if (installed) return { path: installed };
  const folder = join(projectFolder, '.cache', 'fleets', 'rsyslog');
  const path = join(folder, 'usr', 'sbin', 'rsyslogd');
  if (!existsSync(path)) unpack(folder);
  if (!existsSync(path)) return undefined;
  const [triplet] = readdirSync(join(folder, 'usr', 'lib')).filter((name) => existsSync(join(folder, 'usr', 'lib', name, 'rsyslog')));
  const libraries = join(folder, 'usr', 'lib', triplet);
  return { path, modules: join(libraries, 'rsyslog'), libraries };
}

function unpack(folder) {
  mkdirSync(folder, { recursive: true });
  const fetched = spawnSync('apt-get', ['download', 'rsyslog', 'libestr0', 'libfastjson4'], { cwd: folder, stdio: ['ignore', 'inherit', 'ignore'] });
  if (fetched.status !== 0) return;
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.deb'))) spawnSync('dpkg', ['-x', name, '.'], { cwd: folder });
}
