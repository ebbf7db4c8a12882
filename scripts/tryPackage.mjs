/**
 * Installs the package as somebody would who has nothing else, and tries its two commands through a shell:
 * `node scripts/tryPackage.mjs [bash|zsh|sh|cmd|pwsh|powershell]`. What is wrong is told, and it ends with 1.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { projectFolder } from './install.mjs';

const isWindows = process.platform === 'win32';

/** How each shell is told one line, and how it ends with the line's exit status. */
const shells = {
  bash: (line) => ['bash', ['-c', line]],
  zsh: (line) => ['zsh', ['-c', line]],
  sh: (line) => ['sh', ['-c', line]],
  cmd: (line) => ['cmd', ['/d', '/s', '/c', `"${line}"`]],
  pwsh: (line) => ['pwsh', ['-NoProfile', '-Command', `${line}; exit $LASTEXITCODE`]],
  powershell: (line) => ['powershell', ['-NoProfile', '-ExecutionPolicy', 'Bypass', '-Command', `${line}; exit $LASTEXITCODE`]],
};

/**
 * Packs the project and installs it, offline, into an empty folder.
 *
 * @returns {{ folder: string, packed: { size: number, entryCount: number, files: { path: string }[] }, installed: string[] }} the folder is the caller's to remove
 */
export function installPackage() {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'mailflow-lens-')));
  const npm = (words, cwd) => execFileSync(isWindows ? 'npm.cmd' : 'npm', words, { cwd, encoding: 'utf8', shell: isWindows, stdio: ['ignore', 'pipe', 'inherit'] });
  const [packed] = JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], projectFolder));
  const empty = path.join(folder, 'empty');
  mkdirSync(empty);
  writeFileSync(path.join(empty, 'package.json'), '{ "private": true }\n');
  npm(['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', path.join(folder, packed.filename)], empty);
  const installed = readdirSync(path.join(empty, 'node_modules')).filter((name) => !name.startsWith('.'));
  return { folder: empty, packed, installed };
}

/**
 * Runs a line in a shell that finds the package's commands.
 *
 * @param {string} folder where the package is installed
 * @param {keyof typeof shells} shell
 * @param {string} line
 */
export function runInShell(folder, shell, line) {
  const [program, words] = shells[shell](line);
  const bin = path.join(folder, 'node_modules', '.bin');
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const environment = { ...process.env, [name]: `${bin}${path.delimiter}${process.env[name] ?? ''}`, NO_COLOR: '1' };
  const { status, stdout, stderr, error } = spawnSync(program, words, { cwd: folder, encoding: 'utf8', env: environment, windowsVerbatimArguments: shell === 'cmd' });
  if (error) throw error;
  return { status, stdout, stderr };
}

/** Puts samples into the folder under names that shells and programs stumble over. */
export function addLogs(folder) {
  mkdirSync(path.join(folder, 'logs of today'), { recursive: true });
  const sample = readdirSync(path.join(projectFolder, 'samples')).find((name) => /^SEND.*\.LOG$/.test(name)) ?? '';
  copyFileSync(path.join(projectFolder, 'samples', sample), path.join(folder, 'logs of today', 'SEND2026011508-1.LOG'));
  copyFileSync(path.join(projectFolder, 'samples', sample), path.join(folder, 'logs of today', 'SEND2026011509-1.LOG'));
  writeFileSync(path.join(folder, 'logs of today', 'notes.txt'), '550 5.1.1 User unknown; the Träger of the name is away\n');
}

/** What must hold in any shell: the line, its exit status, and what its output says. */
const tries = [
  ['mailflow-lens --version', 0, /^\d+\.\d+\.\d+/],
  ['mailflow-lens scan --help', 0, /Exit status/],
  ['mailflow-lens scan "logs of today"', 1, /./],
  ['mailflow-lens scan "logs of today" --format json', 1, /"findings"/],
  ['mailflow-lens scan nothing-there', 2, /^/],
  ['mailflow-lens explain 5.7.1', 0, /5\.7\.1/],
  ['mailflow-lens runbook tls-untrusted-root', 0, /Evidence/],
  ['mailflow-lens failures --format json', 0, /"tls-untrusted-root"/],
];

function main(shell) {
  const { folder, packed, installed } = installPackage();
  const faults = [];
  try {
    console.log(`${packed.entryCount} files, ${Math.round(packed.size / 1024)} KB; installed: ${installed.join(', ')}`);
    if (installed.join() !== 'mailflow-lens') faults.push(`The package brings others with it: ${installed.join(', ')}.`);
    addLogs(folder);
    for (const [line, status, said] of tries) {
      const run = runInShell(folder, shell, line);
      const isRight = run.status === status && said.test(run.stdout);
      console.log(`${isRight ? 'right' : 'WRONG'}  ${line}`);
      if (!isRight) faults.push(`${line}: exit status ${run.status} for ${status}; said ${run.stdout.slice(0, 300)}${run.stderr.slice(0, 300)}`);
    }
  } finally {
    rmSync(path.dirname(folder), { recursive: true, force: true });
  }
  for (const fault of faults) console.error(fault);
  process.exit(faults.length === 0 ? 0 : 1);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [shell = isWindows ? 'cmd' : 'sh'] = process.argv.slice(2);
  if (!(shell in shells)) {
    console.error(`"${shell}" is none of ${Object.keys(shells).join(', ')}.`);
    process.exit(2);
  }
  main(shell);
}
