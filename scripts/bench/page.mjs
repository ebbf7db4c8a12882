/** What was measured, line by line on the console and as the page docs/benchmarks.md. */

import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { projectFolder } from '../install.mjs';
import { rounds } from './measure.mjs';

const rows = [];

/** @param {string} what @param {string} figure @param {string} [beside] what to compare it with */
export function report(what, figure, beside = '') {
  rows.push(`| ${what} | ${figure} | ${beside} |`);
  console.log(`${what}: ${figure}${beside ? ` (${beside})` : ''}`);
}

/** Writes docs/benchmarks.md. */
export async function writePage() {
  const machine = `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, ${process.platform}`;
  const page = `# Benchmarks\n\nMade by \`npm run bench\`: the median of ${rounds} runs on ${machine}. Absolute times are this machine's; the ratios hold.\n\n| What | Figure | Beside |\n|---|---|---|\n${rows.join('\n')}\n`;
  await writeFile(join(projectFolder, 'docs', 'benchmarks.md'), page);
}
