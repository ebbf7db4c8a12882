/** Which test files there are, and the files that run the fast ones in few processes, where the knowledge base and all modules are loaded once. */

import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectFolder } from '../install.mjs';

const tests = join(projectFolder, 'test');

/** Where the compiled tests stand. */
export const compiledTests = join(projectFolder, 'out', 'test');

/**
 * The tests for `node:test`, compiled: the fast ones, and those that are named `*.slow.test.ts`, because they start the bundled programs, threads,
 * a parser of PowerShell, or take longer than a second.
 *
 * @returns {Promise<{ fast: string[], slow: string[] }>} absolute paths
 */
export async function listTests() {
  // What runs inside of VS Code is apart, and beside it lies all of VS Code.
  const entries = (await readdir(tests, { withFileTypes: true })).filter(({ name }) => name !== 'vscode');
  const below = await Promise.all(entries.map((entry) => (entry.isDirectory() ? namesBelow(entry.name) : [entry.name])));
  const files = below
    .flat()
    .filter((name) => name.endsWith('.test.ts'))
    .sort();
  const compiled = (name) => join(compiledTests, name.replace(/\.ts$/, '.js'));
  const isSlow = (name) => name.endsWith('.slow.test.ts');
  return { fast: files.filter((name) => !isSlow(name)).map(compiled), slow: files.filter(isSlow).map(compiled) };
}

/** @param {string} folder of the tests */
async function namesBelow(folder) {
  return (await readdir(join(tests, folder), { recursive: true })).map((name) => `${folder}/${name.split(sep).join('/')}`);
}

/**
 * Writes a file for each of two processes, which imports half of these tests, one after the other. They stand beside them, so that nobody has to keep them.
 *
 * @param {string[]} files
 * @returns {Promise<string[]>} their paths
 */
export async function writeHalves(files) {
  await mkdir(compiledTests, { recursive: true });
  return Promise.all(
    [0, 1].map(async (half) => {
      const path = join(compiledTests, `fast${half + 1}.js`);
      const own = files.filter((_, index) => index % 2 === half);
      await writeFile(path, own.map((file) => `import ${JSON.stringify(pathToFileURL(file).href)};\n`).join(''));
      return path;
    }),
  );
}

/**
 * The source of a compiled test, as the project calls it.
 *
 * @param {string | undefined} file
 */
export function sourceOf(file) {
  return relative(join(projectFolder, 'out'), file ?? '')
    .split(sep)
    .join('/')
    .replace(/\.js$/, '.ts');
}
