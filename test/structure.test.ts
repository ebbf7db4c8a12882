/** What the source promises of itself, read from the source: one name for one thing, and files that hold one idea. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
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
