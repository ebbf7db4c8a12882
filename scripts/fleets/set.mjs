/** What the set-ups of docs/fleets.md are tried with: the page's own text, the project's own logs, and what the pipe says of each of their lines. */

import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { projectFolder } from '../install.mjs';

const program = join(projectFolder, 'dist', 'cli.cjs');

/** The blocks of code in a section of the page, in one language. */
export function blocksOf(heading, language) {
  const page = readFileSync(join(projectFolder, 'docs', 'fleets.md'), 'utf8');
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  const blocks = [...section.matchAll(/^```(\S*)\n([\s\S]*?)^```$/gm)].filter(([, found]) => found === language).map(([, , text]) => text);
  if (blocks.length === 0) throw new Error(`docs/fleets.md has no ${language} under "${heading}".`);
  return blocks;
}

/** A text of the page with what is other here; each of it must stand there. */
export function withPaths(text, replacements) {
  let written = text;
  for (const [from, to] of Object.entries(replacements)) {
    if (!written.includes(from)) throw new Error(`docs/fleets.md does not name ${from}.`);
    written = written.replaceAll(from, to);
  }
  return written;
}

/** A folder that is gone when `action` has ended. */
export async function inFolder(action) {
  const folder = mkdtempSync(join(tmpdir(), 'mailflow-lens-fleets-'));
  try {
    return await action(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Puts the project's logs that are UTF-8 into a folder, all text line by line. */
export function copyLogs(folder) {
  mkdirSync(folder, { recursive: true });
  for (const source of ['samples', 'test/logs']) {
    for (const name of readdirSync(join(projectFolder, source))) {
      if (name.endsWith('.expected') || name === 'README.md' || !isUtf8(join(projectFolder, source, name))) continue;
      copyFileSync(join(projectFolder, source, name), join(folder, name));
    }
  }
  return readdirSync(folder).sort();
}

function isUtf8(path) {
  const bytes = readFileSync(path);
  return !bytes.includes(0) && Buffer.from(bytes.toString('utf8')).equals(bytes);
}

/** A program that starts the command line of this checkout. */
export function writeProgram(path, words = '') {
  writeFileSync(path, `#!/bin/sh\nexec "${process.execPath}" "${program}" ${words} "$@"\n`, { mode: 0o755 });
}

export function runProgram(words, input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], { input, encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (status === null || status > 1) throw new Error(`${words.join(' ')}: ${stderr}`);
  return stdout;
}

/** The lines of a file and what the pipe says of each, as an object. */
export function answersTo(path) {
  const text = readFileSync(path, 'utf8');
  const lines = text.replace(/\n$/, '').split('\n');
  const answers = runProgram(['pipe'], text).trimEnd().split('\n');
  if (answers.length !== lines.length) throw new Error(`${path}: ${answers.length} answers to ${lines.length} lines.`);
  return lines.map((line, index) => ({ line, answer: JSON.parse(answers[index]) }));
}

/** The other side of a finding, as the page's query has it. */
export function destinationOf({ recipientDomain, remoteHost, remoteAddress, sendConnector, receiveConnector }) {
  return recipientDomain ?? remoteHost ?? remoteAddress ?? sendConnector ?? receiveConnector ?? '';
}

/** Installs packages of npm into a folder below .cache, outside of the project's own lock file, unless they are there. */
export function installOnDemand(folder, packages, size) {
  const target = join(projectFolder, '.cache', 'fleets', folder);
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'package.json'), JSON.stringify({ private: true, type: 'commonjs', dependencies: packages }));
  if (readdirSync(target).includes('node_modules')) return target;
  console.log(`Fetching ${Object.keys(packages).join(', ')} (${size}) ...`);
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: target, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error('It could not be fetched.');
  return target;
}

/** Says whether two lists are the same, and ends the process with 1 where they are not. */
export function compare(what, found, expected) {
  const [one, other] = [found, expected].map((rows) => rows.map((row) => JSON.stringify(row)));
  const at = expected.findIndex((_, index) => one[index] !== other[index]);
  const isSame = one.length === other.length && at < 0;
  console.log(`${isSame ? 'equal' : 'WRONG'}  ${what}: ${found.length}`);
  if (isSame) return;
  console.error(`${found.length} for ${expected.length}; first difference:\n${one[Math.max(at, 0)]}\n${other[Math.max(at, 0)]}`);
  process.exitCode = 1;
}
