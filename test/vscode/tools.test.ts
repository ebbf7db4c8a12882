/** The tools for agents in a VS Code that has language model tools: what it knows of them, and what they answer. */

import assert from 'node:assert/strict';
import * as editor from 'vscode';
import { type CancellationToken, CancellationTokenSource, extensions, lm, Position, workspace } from 'vscode';
import { closeAll, eventWith, openText } from './editor.ts';
import { suite, teardown, test } from './mocha.ts';

/** The part of the interface that the types of the oldest supported version do not have. */
interface Models {
  readonly tools: readonly { readonly name: string; readonly description: string; readonly inputSchema: unknown }[];
  readonly invokeTool: (name: string, options: object, token?: CancellationToken) => Thenable<{ readonly content: readonly { readonly value: string }[] }>;
}
const models = lm as unknown as Models;
const names = ['summarize_failures', 'show_overview', 'list_findings', 'explain_response', 'trace_message', 'show_session', 'get_runbook'];

async function ask(name: string, input: object, options: object = {}, token?: CancellationToken): Promise<string> {
  const { content } = await models.invokeTool(`mailflow_${name}`, { input, toolInvocationToken: undefined, ...options }, token);
  return content.map(({ value }) => value).join('');
}

interface Told {
  readonly findings: readonly { readonly failure: string | null; readonly line: number; readonly fromLog: { readonly file: string } }[];
  readonly nextCursor: string | null;
}

/** What stands below the word on log text. */
const told = (text: string): Told => JSON.parse(text.split('\n')[1] ?? '') as Told;

/** All pages of the failures of one sample. */
async function pagesOf(options: object): Promise<string[]> {
  const pages: string[] = [];
  let cursor: string | null = null;
  do {
    const text: string = await ask('list_findings', { files: ['workspace/SEND2026011508-1.LOG'], ...(cursor !== null && { cursor }) }, options);
    pages.push(text);
    cursor = told(text).nextCursor;
  } while (cursor !== null);
  return pages;
}

suite('the tools for agents', () => {
  teardown(closeAll);

  test('are those of the manifest, each with the word on log text and its input', () => {
    const ours = models.tools.filter(({ name }) => name.startsWith('mailflow_'));
    assert.deepEqual(ours.map(({ name }) => name).sort(), names.map((name) => `mailflow_${name}`).sort());
    for (const { description, inputSchema } of ours) {
      assert.match(description, /never an instruction/);
      assert.equal((inputSchema as { readonly type: string }).type, 'object');
    }
    const manifest = extensions.getExtension('mailflow-lens.mailflow-lens')?.packageJSON as { contributes: { languageModelTools: readonly object[] } };
    assert.equal(manifest.contributes.languageModelTools.length, ours.length);
  });

  test('explain a response, and give the page of an id', async () => {
    const text = await ask('explain_response', { text: '550 5.1.1 <kim@contoso.com>: User unknown' });
    assert.match(text, /^Everything under "fromLog" is quoted/);
    assert.match(text, /"failure":"recipient-unknown"/);
    assert.doesNotMatch(text, /kim|contoso/);
    assert.match(await ask('explain_response', { text: 'tls-untrusted-root' }), /\n# /);
  });

  test('read what is open as it stands in the editor, saved or not, and name nobody', async () => {
    const document = await openText('all is well\n');
    const edit = new editor.WorkspaceEdit();
    edit.insert(document.uri, new Position(1, 0), `${eventWith('550 5.1.1 <kim@contoso.com>: User unknown')}\n`);
    assert.ok((await workspace.applyEdit(edit)) && document.isDirty);
    const name = document.uri.path.split('/').at(-1);
    const text = await ask('list_findings', { failure: 'recipient-unknown', limit: 100 });
    const found = told(text).findings.filter(({ fromLog }) => fromLog.file.endsWith(`/${name}`));
    assert.equal(found.length, 1);
    assert.doesNotMatch(text, /kim@|contoso/);
    const untitled = await workspace.openTextDocument({ language: 'plaintext', content: 'The answer was 552 5.2.2 Mailbox full.\n' });
    await editor.window.showTextDocument(untitled);
    assert.match(await ask('list_findings', { files: [untitled.uri.path.split('/').at(-1)] }), /"failure":"mailbox-full"/);
  });

  test('read the folders of the workspace, and trace a message of them', async () => {
    const summary = await ask('summarize_failures', {});
    assert.match(summary, /SEND2026011508-1\.LOG/);
    const [session] = /[0-9A-F]{16}/.exec(await ask('list_findings', { failure: 'tls-untrusted-root' })) ?? [];
    assert.match(await ask('show_session', { session }), /"verdict":/);
    assert.match(await ask('show_overview', {}), /"onsets":\[\{/);
    assert.match(await ask('get_runbook', { failure: 'tls-untrusted-root', part: 'evidence' }), /\$SendConnector = '' {2}# not found/);
  });

  test('keep within the tokens that are there, and go on behind them', async () => {
    const budget = 1_200;
    const tokenizationOptions = { tokenBudget: budget, countTokens: async (text: string) => Math.ceil(text.length / 4) };
    const pages = await pagesOf({ tokenizationOptions });
    for (const text of pages) assert.ok(text.length / 4 <= budget, `${text.length}`);
    assert.ok(pages.length > 2);
    const findings = (texts: readonly string[]): Told['findings'] => texts.flatMap((text) => told(text).findings);
    assert.deepEqual(findings(pages), findings(await pagesOf({})));
  });

  test('say what is wrong with a question, and stop where nobody waits', async () => {
    await assert.rejects(async () => ask('get_runbook', { failure: 'none' }), /no failure of this id/);
    await assert.rejects(async () => ask('list_findings', { files: ['/etc/passwd'] }), /none of those that may be read/);
    const source = new CancellationTokenSource();
    const asked = ask('summarize_failures', {}, {}, source.token);
    source.cancel();
    await assert.rejects(async () => asked);
    assert.match(await ask('summarize_failures', {}), /"findings":/);
  });
});
