/** What the source promises of itself, read from the source: one name for one thing, files that hold one idea, and fast tests that are fast. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatIds } from '../server/src/formats/index.ts';
import { filesBelow, readProjectFile } from './support/project.ts';

const sources = ['server/src', 'client/src'].flatMap((folder) => filesBelow(folder)).filter((path) => path.endsWith('.ts'));

test('no two files export the same name', () => {
  const homes = new Map<string, string[]>();
  for (const path of sources) {
    for (const [, name = ''] of readProjectFile(path).matchAll(/^export (?:declare )?(?:abstract )?(?:async )?(?:const|let|function\*?|class|interface|type|enum) (\w+)/gm)) {
      const known = homes.get(name) ?? [];
      if (!known.includes(path)) homes.set(name, [...known, path]);
    }
  }
  const shared = [...homes].filter(([, paths]) => paths.length > 1).map(([name, paths]) => `${name}: ${paths.join(', ')}`);
  assert.deepEqual(shared, []);
});

test('no file is longer than one idea', () => {
  const long = sources.map((path) => [path, readProjectFile(path).split('\n').length - 1] as const).filter(([, lines]) => lines > 250);
  assert.deepEqual(long, []);
});

test('habits of speed are told where they live, and nowhere else', () => {
  const homes = /^server\/src\/(?:text\/|files\/|scan\/heap\.ts$|report\/locatedJson\.ts$|smtp\/captures\.ts$)/;
  const elsewhere = sources.filter((path) => /\bV8\b/.test(readProjectFile(path)) && !homes.test(path));
  assert.deepEqual(elsewhere, [], 'to be told in ARCHITECTURE.md, "What makes it fast"');
});

test('nothing above the formats judges by the name of one: a step says itself what is true of it', () => {
  const above = sources.filter((path) => path.startsWith('server/src/') && !path.startsWith('server/src/formats/'));
  // Other things are called so too: the text of a response, a queue, a folder of Exchange's logs.
  const names = formatIds.filter((id) => !['text', 'queue', 'connectivity'].includes(id));
  const naming = above.filter((path) => names.some((id) => readProjectFile(path).includes(`'${id}'`)));
  assert.deepEqual(naming, []);
});

const tests = filesBelow('test').filter((path) => path.endsWith('.test.ts') && path !== 'test/structure.test.ts');

test('a fast test needs no program, no thread, no bundle and no parser of PowerShell', () => {
  const needs =
    /import \{[^}]*\b(?:run|scan|program|startServer|connectServer)\b[^}]*\} from '[^']*(?:commandLine|languageClient)\.ts'|'[^']*powershellReference\.ts'|'web-tree-sitter'|'node:worker_threads'|'dist\//;
  const fast = tests.filter((path) => !/\.slow\.test\.ts$|^test\/vscode\//.test(path));
  assert.ok(fast.length > 40);
  const slow = fast.filter((path) => needs.test(readProjectFile(path)));
  assert.deepEqual(slow, [], 'to be named *.slow.test.ts');
});

test('every property has its number of trials, and its chance, from one place', () => {
  const without = tests.filter((path) => {
    const text = readProjectFile(path);
    return /\bnumRuns: (?!1 )/.test(text) || (text.includes('fc.assert(') && !text.includes("support/trials.ts'"));
  });
  assert.deepEqual(without, []);
});
