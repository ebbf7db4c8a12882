/** The boundaries really fail: each forbidden import and global is put where it must not be, and Biome must say so. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { before, suite, test } from 'node:test';
import { root } from './support/project.ts';

/** A file, what it imports, and whether it may. */
const cases: readonly [string, string, boolean][] = [
  ['server/src/values.ts', './smtp/response.ts', false],
  ['server/src/protocol/some.ts', '../values.ts', false],
  ['server/src/protocol/some.ts', './other.ts', true],
  ['server/src/failures.ts', './values.ts', true],
  ['server/src/text/some.ts', '../values.ts', true],
  ['server/src/text/some.ts', '../failures.ts', false],
  ['server/src/smtp/some.ts', '../failures.ts', false],
  ['server/src/formats/some.ts', '../failures.ts', false],
  ['server/src/formats/lines/some.ts', '../../failures.ts', false],
  ['server/src/analysis/textReader.ts', '../files/textBuffer.ts', false],
  ['server/src/service/logDocument.ts', '../formats/exchange/fieldsLog.ts', false],
  ['server/src/knowledge/some.ts', '../failures.ts', true],
  ['server/src/analysis/some.ts', '../failures.ts', true],
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
  ['server/src/analysis/some.ts', './times/timeZone.ts', true],
  ['server/src/analysis/some.ts', './sessions/verdicts.ts', false],
  ['server/src/analysis/times/some.ts', '../findings.ts', false],
  ['server/src/analysis/document/some.ts', '../findings.ts', true],
  ['server/src/analysis/document/some.ts', '../sessions/verdicts.ts', false],
  ['server/src/analysis/messages/some.ts', '../sessions/verdicts.ts', false],
  ['server/src/analysis/messages/some.ts', '../overview/overview.ts', false],
  ['server/src/analysis/overview/some.ts', '../messages/journeys.ts', true],
  ['server/src/analysis/overview/some.ts', '../sessions/verdicts.ts', true],
  ['server/src/analysis/overview/some.ts', '../document/window.ts', false],
  ['server/src/analysis/overview/some.ts', '../../explain/page.ts', false],
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
  ['server/src/cli/some.ts', '../agent/main.ts', true],
  ['server/src/cli/some.ts', '../agent/server.ts', false],
  ['server/src/cli/some.ts', '../tools/index.ts', true],
  ['server/src/tools/some.ts', '../scan/index.ts', true],
  ['server/src/tools/some.ts', '../analysis/messages/journeys.ts', true],
  ['server/src/tools/some.ts', 'zod', false],
  ['server/src/tools/some.ts', '@modelcontextprotocol/server', false],
  ['server/src/tools/some.ts', '../protocol/tools.ts', false],
  ['server/src/tools/some.ts', '../report/index.ts', false],
  ['server/src/tools/some.ts', '../agent/server.ts', false],
  ['server/src/agent/some.ts', '../tools/tool.ts', true],
  ['server/src/agent/some.ts', '../scan/index.ts', false],
  ['server/src/agent/some.ts', 'zod', false],
  ['server/src/agent/some.ts', '@modelcontextprotocol/server/stdio', true],
  ['server/src/agent/some.ts', 'commander', false],
  ['server/src/agent/some.ts', '../cli/terminal.ts', false],
  ['server/src/agent/some.ts', '../report/index.ts', false],
  ['server/src/agent/some.ts', '../editor/server.ts', false],
  ['server/src/editor/some.ts', '../agent/server.ts', false],
  ['server/src/editor/some.ts', '../tools/index.ts', true],
  ['server/src/service/some.ts', '../tools/index.ts', false],
  ['server/src/scan/some.ts', '../agent/server.ts', false],
  ['server/src/cli/some.ts', '../editor/server.ts', false],
  ['server/src/editor/some.ts', 'vscode-languageserver/node', true],
  ['server/src/editor/some.ts', '../report/markdown.ts', true],
  ['server/src/editor/some.ts', '../cli/terminal.ts', false],
  ['client/src/some.ts', 'vscode', true],
  ['client/src/some.ts', 'node:os', true],
  ['client/src/some.ts', 'node:fs', false],
  ['client/src/some.ts', 'vscode-languageclient/node', false],
  ['client/src/languageClient.ts', 'vscode-languageclient/node', true],
  ['client/src/some.ts', '../../server/src/protocol/scan.ts', true],
  ['client/src/some.ts', '../../server/src/values.ts', false],
  ['client/src/some.ts', '../../server/src/service/index.ts', false],
];

/** A file, a global that it uses, and whether it may. */
const globals: readonly [string, string, boolean][] = [
  ...['text', 'smtp', 'formats', 'formats/lines', 'knowledge', 'analysis', 'analysis/messages', 'explain', 'service', 'service/failureDocument'].flatMap((room) =>
    ['Buffer', 'process', 'require', 'setTimeout', 'console'].map((name): [string, string, boolean] => [`server/src/${room}/some.ts`, name, false]),
  ),
  ['server/src/text/some.ts', 'TextDecoder', true],
  ['server/src/text/latin1.ts', 'Buffer', true],
  ['server/src/knowledge/pages.ts', 'Buffer', true],
  ['server/src/files/some.ts', 'Buffer', true],
  ['server/src/cli/some.ts', 'process', true],
];

/** A file with one line that may or may not stand there. */
interface Case {
  readonly title: string;
  readonly path: string;
  readonly text: string;
  /** The linter's rule that must speak, or no rule. */
  readonly broken: string | undefined;
}

/** Each in a file of its own, so that all are judged at once. */
const all: readonly Case[] = [
  ...cases.map(([path, imported, isAllowed]) => ({
    title: `${path} ${isAllowed ? 'may' : 'must not'} import ${imported}`,
    path,
    text: `import { some } from '${imported}';\n\nexport const other = some;\n`,
    broken: isAllowed ? undefined : 'lint/style/noRestrictedImports',
  })),
  ...globals.map(([path, name, isAllowed]) => ({
    title: `${path} ${isAllowed ? 'may' : 'must not'} use ${name}`,
    path,
    text: `export const other = ${name};\n`,
    broken: isAllowed ? undefined : 'lint/style/noRestrictedGlobals',
  })),
].map((one, index) => ({ ...one, path: one.path.replace('/some.ts', `/some${index}.ts`) }));

suite('boundaries', () => {
  let checked = 0;
  const found = new Map<string, string[]>();
  before(() => {
    const folder = mkdtempSync(join(tmpdir(), 'boundaries-'));
    try {
      cpSync(join(root, 'biome.json'), join(folder, 'biome.json'));
      for (const { path, text } of all) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
      const run = spawnSync(process.execPath, [biome, 'lint', '--reporter=json', '--max-diagnostics=none'], { cwd: folder, encoding: 'utf8' });
      const { summary, diagnostics } = JSON.parse(run.stdout) as Judgement;
      checked = summary.unchanged;
      for (const { category, location } of diagnostics) found.set(location.path, [...(found.get(location.path) ?? []), category]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('every file is judged, and the settings', () => {
    assert.equal(new Set(all.map(({ path }) => path)).size, all.length);
    assert.equal(checked, all.length + 1);
  });
  for (const { title, path, broken } of all) {
    test(title, () => assert.deepEqual(found.get(path) ?? [], broken === undefined ? [] : [broken]));
  }
});

/** What Biome says in JSON, as far as it is read here. */
interface Judgement {
  readonly summary: { readonly unchanged: number };
  readonly diagnostics: readonly { readonly category: string; readonly location: { readonly path: string } }[];
}
