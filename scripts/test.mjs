/** `npm test`: everything that must hold, from types to a real VS Code, in the order in which a fault is cheapest to find. */

import process from 'node:process';
import { run as runTests } from 'node:test';
import { check, runPackage } from './check.mjs';
import { ensureDependencies, projectFolder, run } from './install.mjs';
import { listTests, writeHalves } from './tests/files.mjs';
import { tellOfTests } from './tests/reporter.mjs';

const counts = { passed: 0, failed: 0 };

await step('Packages', ensureDependencies);
await step('Build', () => run(process.execPath, ['scripts/build.mjs'], { cwd: projectFolder }));
await step('Types, format, lint and import boundaries', check);
await step('Unit tests, the server over stdio, the command line', unitTests);
await step('Grammar', () => runPackage('vscode-tmgrammar-test', 'dist/unit.js', ['-g', 'test/grammar/text-log.tmLanguage.json', 'test/grammar/*.test.log']));
await step('Inside a real VS Code, with the packaged extension', async () => {
  const { packageExtension, unpackExtension } = await import('./package.mjs');
  const { runSuite } = await import('./testVscode.mjs');
  const { path } = await packageExtension();
  const folder = await unpackExtension(path);
  const result = await runSuite(folder);
  counts.passed += result.passed;
  counts.failed += result.failed;
  if (result.failed > 0) throw new Error(`${result.failed} tests inside VS Code failed.`);
});

console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed === 0 ? 0 : 1);

/**
 * Runs a step and counts it as a test of its own. The others run all the same, unless they need what it makes.
 *
 * @param {string} name
 * @param {() => unknown} action
 */
async function step(name, action) {
  console.log(`\n== ${name}`);
  const started = Date.now();
  try {
    await action();
    counts.passed += 1;
    console.log(`   done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  } catch (error) {
    counts.failed += 1;
    console.error(`   FAILED: ${error instanceof Error ? error.message : error}`);
    if (name === 'Packages' || name === 'Build') {
      console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
      process.exit(1);
    }
  }
}

/** Runs the compiled tests, the fast ones in two processes and each slow file in one of its own; prints what failed, and what was skipped and why. */
async function unitTests() {
  const { fast, slow } = await listTests();
  const files = [...(await writeHalves(fast)), ...slow];
  const before = counts.failed;
  for await (const words of tellOfTests(runTests({ files, concurrency: 2 }), counts)) process.stdout.write(words);
  if (counts.failed > before) throw new Error(`${counts.failed - before} tests failed.`);
}
