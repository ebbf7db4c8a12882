/**
 * What VS Code runs as the extension's tests: bundled to dist/test/suite.cjs, started by scripts/testVscode.mjs.
 * The runner reads the outcome from files, because a page in a browser has no exit code.
 */
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { format } from 'node:util';
import Mocha from 'mocha';
import './activation.test.ts';
import './failureCommands.test.ts';
import './failureDocument.test.ts';
import './marks.test.ts';
import './messages.test.ts';
import './overview.test.ts';
import './reading.test.ts';
import './reopening.test.ts';
import './scan.test.ts';
import './scratchScript.test.ts';
import './tools.test.ts';
import { mocha } from './mocha.ts';

/**
 * Runs every imported test. The spec text goes line by line to `$MAILFLOW_LENS_RESULT.txt`,
 * then `{ passes, failures, tests }` to `$MAILFLOW_LENS_RESULT`.
 * Rejects when a test failed: that is how VS Code's desktop learns of it.
 */
export async function run(): Promise<void> {
  const resultFile = process.env.MAILFLOW_LENS_RESULT;
  if (!resultFile) throw new Error('MAILFLOW_LENS_RESULT is not set: start the tests with scripts/testVscode.mjs.');
  // The runner follows this file, so a run that hangs still shows how far it came.
  Mocha.reporters.Base.consoleLog = (...parts: unknown[]) => appendFileSync(`${resultFile}.txt`, `${format(...parts)}\n`);

  const { passes, failures, tests } = await runMocha();
  // Renamed into place: whoever sees the file sees all of it.
  writeFileSync(`${resultFile}.part`, JSON.stringify({ passes, failures, tests }));
  renameSync(`${resultFile}.part`, resultFile);
  if (failures > 0) throw new Error(`${failures} failed`);
}

function runMocha(): Promise<Mocha.Stats> {
  return new Promise((resolve, reject) => {
    const runner = mocha.run(() => (runner.stats ? resolve(runner.stats) : reject(new Error('mocha counted nothing'))));
  });
}
