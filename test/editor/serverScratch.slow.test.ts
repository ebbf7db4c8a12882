/** The scratch file of editors without our commands: what stands where it is to be, and how the editor writes its address. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { scratchScriptName } from '../../server/src/protocol/editor.ts';
import { about, actions, at, chosenEdit, creating, eventLog, hoverText, literals, resolving } from '../support/editor.ts';
import { applyWorkspaceEdit } from '../support/edits.ts';
import { type LanguageClient, startServer } from '../support/languageClient.ts';

suite('server: the scratch file', () => {
  const uri = 'untitled:events.log';
  const text = eventLog();
  let workspace = '';
  /** It asks for edits when they are wanted. */
  let later: LanguageClient;
  /** It gets them with its actions. */
  let atOnce: LanguageClient;
  before(async () => {
    workspace = mkdtempSync(join(tmpdir(), 'mailflow-lens-'));
    const workspaceFolders = [{ uri: pathToFileURL(workspace).href, name: 'logs' }];
    [later, atOnce] = await Promise.all([
      startServer({ capabilities: { textDocument: resolving, workspace: creating }, workspaceFolders }),
      startServer({ capabilities: { textDocument: { codeAction: literals } }, workspaceFolders }),
    ]);
    for (const client of [later, atOnce]) client.open(uri, text);
  });
  after(async () => {
    await Promise.all([later, atOnce].map((client) => client.stop()));
    rmSync(workspace, { recursive: true, force: true });
  });
  afterEach(() => {
    set(later, '');
    rmSync(join(workspace, scratchScriptName), { recursive: true, force: true });
  });

  const set = (client: LanguageClient, scratchScript: string): void => client.notify('workspace/didChangeConfiguration', { settings: { mailflowLens: { scratchScript } } });
  const told = (client: LanguageClient): string[] => client.received('window/showMessage').map((parameters) => (parameters as { message: string }).message);
  /** The files that the quick fix changes, without the file's creation. */
  const changed = async (): Promise<unknown[]> =>
    ((await chosenEdit(later, uri, at(text, '454'))).documentChanges ?? []).flatMap((change) => ('textDocument' in change ? [change.textDocument] : []));

  const kinds: readonly (readonly [kind: string, reason: string, make: (path: string) => unknown])[] = [
    ['a folder', 'no ordinary file', (path) => mkdirSync(path)],
    ['a named pipe', 'no ordinary file', (path) => spawnSync('mkfifo', [path])],
    ['a link to a device without end', 'no ordinary file', (path) => existsSync('/dev/zero') && symlinkSync('/dev/zero', path)],
    ['a link to itself', 'the links lead in a circle', (path) => process.platform !== 'win32' && symlinkSync(path, path)],
    [
      'a file of a gigabyte',
      'larger than 16 MB',
      (path) => {
        writeFileSync(path, '');
        truncateSync(path, 2 ** 30);
      },
    ],
  ];
  for (const [kind, reason, make] of kinds) {
    /** Not all of them are to be had on Windows. */
    const makeIt = (): boolean => {
      make(join(workspace, scratchScriptName));
      return kind.startsWith('a link') || kind.endsWith('pipe') ? process.platform !== 'win32' : true;
    };
    test(`that is ${kind} lets the quick fix alone fail, and the user is told`, async (context) => {
      if (!makeIt()) return context.skip();
      const [action] = await actions(later, uri, at(text, '454'));
      const expected = new RegExp(`${scratchScriptName} cannot be extended: .*${reason}.*mailflowLens\\.scratchScript`);
      await assert.rejects(later.request('codeAction/resolve', action), expected);
      assert.match(told(later).at(-1) ?? '', expected);
      assert.match((await hoverText(later, uri, at(text, '454'))).value, /certificate/);
    });
    test(`that is ${kind} is told once to an editor whose actions carry their edits`, async (context) => {
      if (!makeIt()) return context.skip();
      const before = told(atOnce).length;
      for (const _again of [1, 2, 3]) assert.deepEqual(await actions(atOnce, uri, at(text, '454')), []);
      assert.ok(told(atOnce).length <= before + 1);
      assert.match(told(atOnce).at(-1) ?? '', new RegExp(reason));
    });
  }

  const name = 'run+book@1 [ü].ps1';
  const spellings: Readonly<Record<string, (address: string) => string>> = {
    'as Node does': (address) => address,
    'with next to nothing escaped': (address) => address.replace(/%(2B|40|5B|5D)/gi, (sign) => decodeURIComponent(sign)),
    'with much escaped': (address) => address.replace(/[+@]/g, encodeURIComponent).replace(/(?<=^file:\/\/\/[A-Za-z]):/, '%3A'),
    'with small letters in escapes': (address) => address.replace(/%../g, (sign) => sign.toLowerCase()),
    'as a document that is not saved yet': (address) => address.replace('file:', 'untitled:'),
  };
  for (const [how, spell] of Object.entries(spellings))
    test(`is the one that the editor has open and writes ${how}`, async () => {
      const path = join(workspace, name);
      set(later, path);
      const opened = spell(pathToFileURL(path).href);
      later.open(opened, 'Get-Date\nGet-Service\n', 'powershell');
      const edit = await chosenEdit(later, uri, at(text, '454'));
      later.notify('textDocument/didClose', about(opened));
      assert.deepEqual(
        (edit.documentChanges ?? []).map((change) => 'textDocument' in change && change.textDocument),
        [{ uri: opened, version: 1 }],
      );
      const files = new Map([[opened, 'Get-Date\nGet-Service\n']]);
      applyWorkspaceEdit(files, edit);
      assert.ok(files.get(opened)?.startsWith('Get-Date\nGet-Service\n\n#region '));
    });

  const odd = ['\ud800.ps1', 'run\0book.ps1', ...(process.platform === 'win32' ? [] : ['C:\\runbooks\\mine.ps1', '\\\\fs01\\it\\mine.ps1'])];
  for (const setting of odd)
    test(`is the usual one where the setting is no path: ${JSON.stringify(setting)}`, async () => {
      const before = told(later).length;
      for (const _again of [1, 2]) {
        set(later, setting);
        assert.deepEqual(await changed(), [{ uri: `${pathToFileURL(workspace).href}/${scratchScriptName}`, version: null }]);
      }
      assert.equal(told(later).length, before + 1);
      assert.match(told(later).at(-1) ?? '', /mailflowLens\.scratchScript is no path/);
    });

  test('is in the home folder behind ~, and in no folder of that name', async () => {
    set(later, '~/mine.ps1');
    assert.deepEqual(await changed(), [{ uri: pathToFileURL(join(homedir(), 'mine.ps1')).href, version: null }]);
  });
});
