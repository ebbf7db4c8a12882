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
  ['server/src/text/some.ts', '../values.ts', true],
  ['server/src/text/some.ts', '../smtp/response.ts', false],
  ['server/src/smtp/some.ts', '../text/excerpt.ts', true],
  ['server/src/smtp/some.ts', '../formats/index.ts', false],
  ['server/src/smtp/some.ts', 'node:fs', false],
  ['server/src/formats/some.ts', './events/index.ts', true],
  ['server/src/formats/some.ts', './events/text.ts', false],
  ['server/src/formats/some.ts', '../smtp/response.ts', false],
  ['server/src/formats/shapes/some.ts', 'htmlparser2', true],
  ['server/src/formats/shapes/some.ts', '../../smtp/response.ts', false],
  ['server/src/formats/lines/some.ts', '../../smtp/response.ts', true],
  ['server/src/formats/lines/some.ts', '../logFormat.ts', true],
  ['server/src/formats/lines/some.ts', '../index.ts', false],
  ['server/src/formats/lines/some.ts', '../exchange/protocolLog.ts', false],
  ['server/src/formats/exchange/some.ts', '../lines/lineLog.ts', false],
  ['server/src/formats/events/some.ts', '../console/queue.ts', false],
  ['server/src/formats/bounces/some.ts', '../loose/text.ts', false],
  ['server/src/formats/console/some.ts', '../exchange/trackingEvent.ts', true],
  ['server/src/formats/console/some.ts', '../exchange/protocolLog.ts', false],
  ['server/src/formats/loose/some.ts', '../bounces/reportFields.ts', true],
  ['server/src/formats/loose/some.ts', '../bounces/mail.ts', false],
  ['server/src/formats/events/some.ts', '../../knowledge/knowledgeBase.ts', false],
  ['server/src/formats/events/some.ts', 'node:fs', false],
  ['server/src/knowledge/some.ts', '../smtp/response.ts', true],
  ['server/src/knowledge/some.ts', '../formats/index.ts', false],
  ['server/src/knowledge/some.ts', 'node:zlib', false],
  ['server/src/analysis/some.ts', '../knowledge/knowledgeBase.ts', true],
  ['server/src/analysis/some.ts', '../formats/index.ts', true],
  ['server/src/analysis/some.ts', '../formats/events/text.ts', false],
  ['server/src/analysis/some.ts', '../explain/page.ts', false],
  ['server/src/analysis/some.ts', 'vscode-languageserver-types', false],
  ['server/src/explain/some.ts', '../analysis/findings.ts', true],
  ['server/src/explain/some.ts', '../service/index.ts', false],
  ['server/src/explain/some.ts', 'node:fs', false],
  ['server/src/service/some.ts', 'vscode-languageserver-types', true],
  ['server/src/service/some.ts', '../explain/page.ts', true],
  ['server/src/service/some.ts', '../formats/index.ts', false],
  ['server/src/service/some.ts', 'vscode-languageserver/node', false],
  ['server/src/service/some.ts', 'node:fs', false],
  ['server/src/service/some.ts', '../report/index.ts', false],
  ['server/src/service/failureDocument/some.ts', '../../knowledge/compile.ts', true],
  ['server/src/service/failureDocument/some.ts', '../../editor/server.ts', false],
  ['server/src/report/some.ts', '../analysis/findings.ts', true],
  ['server/src/report/some.ts', '../explain/markdown.ts', true],
  ['server/src/report/some.ts', '../service/index.ts', false],
  ['server/src/report/some.ts', '../scan/index.ts', false],
  ['server/src/files/some.ts', 'node:fs/promises', true],
  ['server/src/files/some.ts', '../analysis/findings.ts', false],
  ['server/src/scan/some.ts', '../files/textFile.ts', true],
  ['server/src/scan/some.ts', '../report/index.ts', false],
  ['server/src/scan/some.ts', '../cli/terminal.ts', false],
  ['server/src/cli/some.ts', '../report/index.ts', true],
  ['server/src/cli/some.ts', '../service/index.ts', false],
  ['server/src/cli/some.ts', '../editor/server.ts', false],
  ['server/src/editor/some.ts', 'vscode-languageserver/node', true],
  ['server/src/editor/some.ts', '../report/index.ts', false],
  ['server/src/editor/some.ts', '../cli/terminal.ts', false],
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
