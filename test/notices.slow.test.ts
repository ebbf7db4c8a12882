/** The licences of the bundled libraries: each of their texts is in what is installed. */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { readProjectFile, root } from './support/project.ts';

type CollectNotices = (root: string, metafiles: readonly object[]) => Promise<string>;
const { collectNotices } = (await import(pathToFileURL(join(root, 'scripts/notices.mjs')).href)) as { readonly collectNotices: CollectNotices };

type ImportedLibraries = () => Promise<ReadonlySet<string>>;
const { importedLibraries } = (await import(pathToFileURL(join(root, 'scripts/licences.mjs')).href)) as { readonly importedLibraries: ImportedLibraries };

suite('the notices of libraries', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mailflow-lens-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const add = (library: string, files: Readonly<Record<string, string>>): string => {
    const description = JSON.stringify({ name: library.replace(/^.*node_modules\//, ''), version: '1.2.3', license: 'MIT' });
    for (const [name, content] of Object.entries({ 'package.json': description, ...files })) {
      mkdirSync(join(folder, library), { recursive: true });
      writeFileSync(join(folder, library, name), content);
    }
    return `${library}/lib/index.js`;
  };
  const collect = (...inputs: readonly string[]): Promise<string> =>
    collectNotices(folder, [{ outputs: { 'dist/x.cjs': { inputs: Object.fromEntries(inputs.map((path) => [path, { bytesInOutput: 1 }])) } } }]);

  test('are those of every library of which something is bundled, with those that it brings itself', async () => {
    const inputs = [
      add('node_modules/zebra', { 'License.txt': 'Copyright Zebra\r\nAs is.' }),
      add('node_modules/@some/thing', { LICENCE: 'Copyright Thing', NOTICE: 'Copyright Others' }),
      add('node_modules/zebra/node_modules/stripe', { 'COPYING.md': 'Copyright Stripe' }),
      'server/src/editor/main.ts',
    ];
    const notices = await collect(...inputs, ...inputs);
    assert.deepEqual(notices.match(/^(?:Copyright.*|.* 1\.2\.3 \(MIT\))$/gm), [
      '@some/thing 1.2.3 (MIT)',
      'Copyright Thing',
      'Copyright Others',
      'stripe 1.2.3 (MIT)',
      'Copyright Stripe',
      'zebra 1.2.3 (MIT)',
      'Copyright Zebra',
    ]);
  });

  test('keep a library out of the bundles that has none', async () => {
    await assert.rejects(collect(add('node_modules/bare', { 'README.md': 'MIT' })), /bare has no licence text/);
  });

  test('stand in both packages, for each library that the product imports', async () => {
    assert.match(readProjectFile('.vscodeignore'), /^!dist\/THIRD-PARTY-NOTICES\.txt$/m);
    const notices = readProjectFile('dist/THIRD-PARTY-NOTICES.txt');
    const libraries = [...(await importedLibraries())];
    assert.ok(libraries.length > 5);
    for (const library of libraries) assert.ok(notices.includes(`\n${library} `), library);
  });
});
