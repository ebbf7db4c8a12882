/** The whole command, from the start of its process to its end, beside ripgrep. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { projectFolder } from '../install.mjs';
import { kinds, writeLog } from './logs/index.mjs';
import { middleOf } from './measure.mjs';
import { report } from './page.mjs';

const folder = join(projectFolder, '.cache', 'bench');
const runs = 3;

/** Scans so many megabytes of each kind: the processor time of all, and of the send log the memory and what a second thread brings. */
export function measureCommandLine(size) {
  for (const kind of kinds) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const files = writeFiles(kind, size);
    const references = Array.from({ length: runs }, () => ripgrep(files));
    const singles = Array.from({ length: runs }, () => scan(files, 1));
    const cpu = middleOf(singles.map((run) => run.cpu));
    const beside = references.includes(undefined) ? 'no ripgrep here' : `${(cpu / middleOf(references)).toFixed(1)} times ripgrep's (one thread)`;
    report(`Command line, ${size} MB of ${kind.title}: processor time`, `${cpu.toFixed(1)} s`, `${(size / cpu).toFixed(0)} MB a second; ${beside}`);
    if (kind === kinds[0]) reportThreads(files, singles);
  }
  rmSync(folder, { recursive: true, force: true });
}

function reportThreads(files, singles) {
  const pairs = Array.from({ length: runs }, () => scan(files, 2));
  const [single, pair] = [singles, pairs].map((group) => ({ wall: middleOf(group.map((run) => run.wall)), memory: middleOf(group.map((run) => run.memory)) }));
  report('The same: peak memory', `${single.memory.toFixed(0)} MB`);
  report('The same with two threads', `${pair.wall.toFixed(1)} s`, `${(pair.wall / single.wall).toFixed(2)} of the time of one; ${pair.memory.toFixed(0)} MB`);
}

/** In files of no more than 100 MB, as servers write them. */
function writeFiles(kind, size) {
  const count = Math.ceil(size / 100);
  return Array.from({ length: count }, (_, part) => {
    const path = join(folder, kind.fileName(String(part).padStart(2, '0')));
    writeLog(path, kind, (size * 1_000_000) / count, part + 1);
    return path;
  });
}

/** One run of the command: its time on the clock and of the processor in seconds, and its memory in MB. */
function scan(files, workers) {
  const [hook, usage] = [join(folder, 'usage.cjs'), join(folder, 'usage.json')];
  writeFileSync(hook, `process.on('exit', () => require('node:fs').writeFileSync(process.env.USAGE, JSON.stringify(process.resourceUsage())));`);
  const started = performance.now();
  spawnSync(process.execPath, ['--require', hook, join(projectFolder, 'dist/cli.cjs'), 'scan', '--workers', String(workers), '--format', 'ndjson', ...files], {
    stdio: 'ignore',
    env: { ...process.env, USAGE: usage },
  });
  const wall = (performance.now() - started) / 1000;
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(usage, 'utf8'));
  return { wall, cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024 };
}

/** What a search for failures would ask for: an enhanced status code with or without its reply, a reply in a row of a protocol log, the event of a failed delivery. */
const pattern = [
  String.raw`(?-u)(^|[^0-9.])([45][0-9]{2}[ -])?[45]\.[0-9]{1,3}\.[0-9]{1,3}([^0-9.]|\.[^0-9]|\.?$)`,
  ',<,"?[45][0-9]{2}[ -]',
  'Event ID:? *2004',
  String.raw`\t2004\t`,
].join('|');

/** The processor time of ripgrep on the same files in seconds, as the shell counts it; undefined where there is none. */
function ripgrep(files) {
  const { stdout, status } = spawnSync('sh', ['-c', 'rg -j1 -c -- "$0" "$@" >/dev/null && times', pattern, ...files], { encoding: 'utf8' });
  const [user, system] = (status === 0 ? stdout.trim().split('\n').at(-1) : '')?.split(' ') ?? [];
  const seconds = (text) => Number(/(\d+)m/.exec(text)?.[1] ?? 0) * 60 + Number(/([\d.]+)s/.exec(text)?.[1] ?? 0);
  return user && system ? seconds(user) + seconds(system) : undefined;
}
