/**
 * `npm run quick`: types, lint and the fast tests, in seconds. `npm run quick -- tls-untrusted-root` tries the samples and scripts of that
 * document too. What needs the bundles, threads or VS Code is left to `npm test`.
 */

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { run as runTests } from 'node:test';
import { runPackage } from './check.mjs';
import { ensureDependencies, projectFolder } from './install.mjs';
import { compiledTests, listTests, writeHalves } from './tests/files.mjs';
import { tellOfTests } from './tests/reporter.mjs';

/** More often than this no property is tried. */
const mostTrials = 12;

const [id] = process.argv.slice(2);
const started = Date.now();
await ensureDependencies();
if (id !== undefined && !(await isDocument(id))) {
  console.error(`There is no failure or guide "${id}" under knowledge/.`);
  process.exit(2);
}
const faults = [];
// The linter takes the second core.
const linted = step('Lint', () => runPackage('@biomejs/biome', 'bin/biome', ['check', '--error-on-warnings']));
const isCompiled = await step('Types', () => runPackage('typescript', 'bin/tsc', ['-p', '.', '--incremental', '--tsBuildInfoFile', 'out/types.tsbuildinfo']));
if (isCompiled) await step('Tests', runFastTests);
await linted;
console.log(faults.length === 0 ? `\nAll is well, after ${seconds()}.` : `\nFAILED after ${seconds()}: ${faults.join(', ')}${isCompiled ? '' : '; no test was run'}.`);
process.exit(faults.length === 0 ? 0 : 1);

async function runFastTests() {
  const { fast } = await listTests();
  Object.assign(process.env, { MAILFLOW_LENS_TRIALS: String(mostTrials), MAILFLOW_LENS_DOCUMENT: id ?? '' });
  const files = await writeHalves(id === undefined ? fast : [...fast, join(compiledTests, 'knowledge/knowledge.slow.test.js')]);
  const counts = { passed: 0, failed: 0 };
  for await (const words of tellOfTests(runTests({ files, concurrency: 2 }), counts)) process.stdout.write(words);
  if (counts.failed > 0) throw new Error(`${counts.failed} tests failed.`);
}

/**
 * Runs a step whose output stands on the console. The others run all the same.
 *
 * @param {string} name
 * @param {() => Promise<void>} action
 * @returns {Promise<boolean>} whether all was as it should be
 */
async function step(name, action) {
  try {
    await action();
    return true;
  } catch {
    faults.push(name.toLowerCase());
    return false;
  }
}

/** @param {string} id */
async function isDocument(id) {
  const names = await readdir(join(projectFolder, 'knowledge'), { recursive: true });
  return names.some((name) => /(?:^|[\\/])(?:failures|guides)[\\/]/.test(name) && name.replace(/^.*[\\/]/, '') === `${id}.md`);
}

function seconds() {
  return `${((Date.now() - started) / 1000).toFixed(1)} s`;
}
