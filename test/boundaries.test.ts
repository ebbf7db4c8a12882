/** The import boundaries really fail: each forbidden import is put where it must not be, and Biome must say so. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, suite, test } from 'node:test';
import { root } from './support/project.ts';

/** A file, what it imports, and whether it may. */
const cases: readonly [string, string, boolean][] = [
  ['server/src/values.ts', './smtp/response.ts', false],
  ['server/src/protocol.ts', './values.ts', false],
  ['server/src/smtp/some.ts', '../values.ts', true],
  ['server/src/smtp/some.ts', '../formats/index.ts', false],
  ['server/src/smtp/some.ts', 'node:fs', false],
  ['server/src/formats/some.ts', '../smtp/response.ts', true],
  ['server/src/formats/some.ts', 'htmlparser2', true],
  ['server/src/formats/some.ts', '../knowledge/knowledgeBase.ts', false],
  ['server/src/formats/some.ts', 'node:fs', false],
  ['server/src/knowledge/some.ts', '../smtp/response.ts', true],
  ['server/src/knowledge/some.ts', '../formats/index.ts', false],
  ['server/src/analysis/some.ts', '../knowledge/knowledgeBase.ts', true],
  ['server/src/analysis/some.ts', '../service/index.ts', false],
  ['server/src/analysis/some.ts', 'vscode-languageserver-types', false],
  ['server/src/service/some.ts', 'vscode-languageserver-types', true],
  ['server/src/service/some.ts', 'vscode-languageserver/node', false],
  ['server/src/service/some.ts', 'node:fs', false],
  ['server/src/service/some.ts', '../report/index.ts', false],
  ['server/src/report/some.ts', '../analysis/findings.ts', true],
  ['server/src/report/some.ts', '../service/index.ts', false],
  ['client/src/some.ts', 'vscode', true],
  ['client/src/some.ts', 'node:os', true],
  ['client/src/some.ts', 'node:fs', false],
  ['client/src/some.ts', 'vscode-languageclient/node', false],
  ['client/src/languageClient.ts', 'vscode-languageclient/node', true],
  ['client/src/some.ts', '../../server/src/protocol.ts', true],
  ['client/src/some.ts', '../../server/src/values.ts', false],
  ['client/src/some.ts', '../../server/src/service/index.ts', false],
];

suite('import boundaries', () => {
  const folder = mkdtempSync(join(tmpdir(), 'boundaries-'));
  cpSync(join(root, 'biome.json'), join(folder, 'biome.json'));
  const biome = (path: string): string => {
    const run = spawnSync(process.execPath, [join(root, 'node_modules/@biomejs/biome/bin/biome'), 'lint', '--colors=off', path], { cwd: folder, encoding: 'utf8' });
    return `${run.stdout}${run.stderr}`;
  };
  for (const [path, imported, isAllowed] of cases) {
    test(`${path} ${isAllowed ? 'may' : 'must not'} import ${imported}`, () => {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `import { some } from '${imported}';\n\nexport const other = some;\n`);
      const said = biome(path);
      assert.match(said, /Checked 1 file/);
      assert.equal(said.includes('noRestrictedImports'), !isAllowed, said);
      rmSync(file);
    });
  }
  after(() => rmSync(folder, { recursive: true }));
});
