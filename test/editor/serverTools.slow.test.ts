/** The tools for agents as the bundled server answers them: over the workspace and what is open, in a thread, while the editor is answered too. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type ToolParameters, type ToolResult, toolRequest } from '../../server/src/protocol/tools.ts';
import { folder, head, row, save, unknown } from '../support/commandLine.ts';
import { extended } from '../support/editor.ts';
import { type LanguageClient, startServer } from '../support/languageClient.ts';

const uriOf = (path: string): string => pathToFileURL(join(folder, path)).href;
let client: LanguageClient;

const parametersOf = (name: string, input: object): ToolParameters => ({
  name,
  input,
  folders: [uriOf('logs'), 'vscode-vfs://github/x'],
  documents: [uriOf('logs/b.log'), 'untitled:Untitled-1', 'file:///open.log', 'file:///not-open.log'],
});
const ask = async (name: string, input: object = {}): Promise<string> => (await client.request<ToolResult>(toolRequest, parametersOf(name, input))).text;

/** The files and lines that are told. */
async function listed(): Promise<string[]> {
  const { findings } = JSON.parse((await ask('list_findings', { limit: 100 })).split('\n')[1] ?? '') as { findings: { line: number; fromLog: { file: string } }[] };
  return findings.map(({ line, fromLog }) => `${fromLog.file}:${line}`);
}

before(async () => {
  save('logs/a.log', head + row(unknown));
  save('logs/b.log', '552 5.2.2 Mailbox full\n');
  save('logs/c.log', '550 5.1.1 <kim@contoso.com>: User unknown\n');
  save('own/own-failure.md', '');
  client = await startServer(extended);
});
after(() => client.stop());

suite('the tools for agents of the server', () => {
  test('read the workspace, and of what is open the text as it stands in the editor', async () => {
    assert.deepEqual(await listed(), ['logs/a.log:6', 'logs/b.log:1', 'logs/c.log:1']);
    client.open(uriOf('logs/b.log'), 'all is well\n', 'log');
    client.open('untitled:Untitled-1', 'It said 550 5.1.1 User unknown\n', 'plaintext');
    // The editor has it, and the user does not see it.
    client.open('git:/logs/a.log', unknown, 'log');
    assert.deepEqual(await listed(), ['logs/a.log:6', 'logs/c.log:1', 'Untitled-1:1']);
    client.change('untitled:Untitled-1', 2, [{ text: '\n\nIt said 552 5.2.2 Mailbox full\n' }]);
    assert.deepEqual(await listed(), ['logs/a.log:6', 'logs/c.log:1', 'Untitled-1:3']);
    // Opened again it is version 1 once more, and another text.
    for (const uri of ['untitled:Untitled-1', uriOf('logs/b.log')]) client.notify('textDocument/didClose', { textDocument: { uri } });
    assert.deepEqual(await listed(), ['logs/a.log:6', 'logs/b.log:1', 'logs/c.log:1']);
    client.open('untitled:Untitled-1', 'well again\n', 'plaintext');
    assert.deepEqual(await listed(), ['logs/a.log:6', 'logs/b.log:1', 'logs/c.log:1']);
  });

  test('tell stand-ins, the same ones for all questions, unless the user wants names', async () => {
    const [first, second] = [await ask('list_findings'), await ask('summarize_failures')];
    const [standIn = ''] = /domain-\d+\.invalid/.exec(first) ?? [];
    assert.ok(standIn !== '' && second.includes(standIn));
    assert.doesNotMatch(first + second, /contoso|fabrikam/);
    client.notify('workspace/didChangeConfiguration', { settings: { mailflowLens: { revealToAgents: true } } });
    assert.match(await ask('list_findings'), /contoso|fabrikam/);
    client.notify('workspace/didChangeConfiguration', { settings: { mailflowLens: { revealToAgents: false } } });
    assert.equal(await ask('list_findings'), first);
  });

  test('refuse in words what they do not know, and read no other file', async () => {
    await assert.rejects(ask('no_such_tool'), /no tool of this name/);
    await assert.rejects(ask('list_findings', { files: [join(folder, 'own', 'own-failure.md')] }), /none of those that may be read/);
    await assert.rejects(ask('list_findings', { limit: 'many' }), /limit must be a whole number/);
    for (const parameters of [
      { name: 7, input: null, folders: 'x' },
      { name: 'list_findings', input: [], folders: [] },
    ])
      await assert.rejects(client.request(toolRequest, parameters), Error);
  });

  test('are ended by whoever asked, and the editor is answered meanwhile', async () => {
    save('logs/large.log', head + row(unknown).repeat(60_000));
    const { answer, cancel } = client.begin<ToolResult>(toolRequest, parametersOf('show_overview', {}));
    const ended = assert.rejects(answer, /Nobody waits/);
    client.open('file:///open.log', unknown, 'log');
    const told = await client.request('textDocument/hover', { textDocument: { uri: 'file:///open.log' }, position: { line: 0, character: 2 } });
    assert.match(JSON.stringify(told), /User unknown/);
    cancel();
    await ended;
    assert.deepEqual((await listed()).slice(0, 2), ['logs/a.log:6', 'logs/b.log:1']);
  });
});
