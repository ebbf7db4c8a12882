/**
 * Nothing runs before what it needs is there. A bundle makes variables of a module's constants, so that one which is used too early is
 * silently undefined there. In modules as they are compiled it is a fault: so all of them are loaded, and the programs started, as modules.
 */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { filesBelow } from './support/project.ts';

const moduleOf = (path: string): string => new URL(`../${path.replace(/\.ts$/, '.js')}`, import.meta.url).href;

/** What the build puts in place. */
const defined = `data:text/javascript,${encodeURIComponent(
  `import { brotliCompressSync } from 'node:zlib';
  Object.assign(globalThis, { VERSION: '1.2.3', REPOSITORY: 'https://contoso.com', PAGES: brotliCompressSync('{}').toString('base64') });`,
)}`;

function start(words: readonly string[]): { readonly output: string; readonly errors: string } {
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', defined, ...words], { encoding: 'utf8', input: '' });
  return { output: stdout, errors: stderr };
}

/** They begin to work when they are loaded. */
const programs = ['server/src/cli/main.ts', 'server/src/editor/main.ts', 'server/src/editor/server.ts'];

suite('what is loaded as a module', () => {
  test('a constant that is used too early is a fault', () => {
    const early = 'void run(); async function run() { console.log(help); } const help = 1;';
    assert.match(start([`--input-type=module`, '--eval', early]).errors, /ReferenceError/);
  });

  test('finds all that it needs: every file of the server', () => {
    const files = filesBelow('server/src').filter((path) => path.endsWith('.ts') && !programs.includes(path));
    assert.ok(files.length > 100);
    const all = files.map((path) => `await import(${JSON.stringify(moduleOf(path))}).catch((error) => console.log(${JSON.stringify(path)}, String(error)));`);
    const { output, errors } = start(['--input-type=module', '--eval', all.join('\n')]);
    assert.deepEqual([output, errors], ['', '']);
  });

  for (const words of [[], ['scan'], ['explain'], ['runbook'], ['failures']]) {
    test(`finds all that it needs: the command line with ${[...words, '--help'].join(' ')}`, () => {
      const { output, errors } = start([fileURLToPath(moduleOf('server/src/cli/main.ts')), ...words, '--help']);
      assert.deepEqual([output.slice(0, 20), errors], ['Usage: mailflow-lens', '']);
    });
  }

  test('finds all that it needs: the language server', () => {
    // Without a client it ends at once.
    assert.doesNotMatch(start([fileURLToPath(moduleOf('server/src/editor/main.ts')), '--stdio']).errors, /ReferenceError|TypeError/);
  });
});
