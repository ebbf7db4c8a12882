/** The tools for agents at the edge to VS Code: in versions with and without language models, with few tokens, and with a person who is asked. */

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import { build } from 'esbuild';
import { root } from '../support/project.ts';

type ProvideTools = typeof import('../../client/src/tools.ts').provideTools;

interface Registered {
  readonly prepareInvocation: () => { readonly invocationMessage: string; readonly confirmationMessages?: { readonly message: { readonly value: string } } };
  readonly invoke: (options: object, cancellation: object) => Promise<{ readonly content: readonly { readonly value: string }[] }>;
}

class CancellationError extends Error {}

class TextTab {
  readonly uri: object;
  constructor(uri: string) {
    this.uri = { scheme: uri.split(':')[0], toString: () => uri };
  }
}

class DiffTab {
  readonly original = new TextTab('git:/a.log').uri;
  readonly modified = new TextTab('file:///a.log').uri;
}

const tabs = [new TextTab('untitled:Untitled-1'), new DiffTab(), new TextTab('output:Mailflow'), {}, undefined];

const builtin = createRequire(import.meta.url);

let code = '';
before(async () => {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'client/src/tools.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    write: false,
    logLevel: 'error',
  });
  code = outputFiles[0]?.text ?? '';
});

/** The module as it is in a VS Code of some abilities and settings. */
function load(lm: object | undefined, settings: object = {}): ProvideTools {
  const part = class {
    readonly value: unknown;
    constructor(value: unknown) {
      this.value = value;
    }
  };
  const vscode = {
    lm,
    CancellationError,
    MarkdownString: part,
    TabInputText: TextTab,
    TabInputTextDiff: DiffTab,
    window: { tabGroups: { all: [{ tabs: tabs.map((input) => ({ input })) }] } },
    LanguageModelTextPart: part,
    LanguageModelToolResult: class {
      readonly content: unknown;
      constructor(content: unknown) {
        this.content = content;
      }
    },
    workspace: {
      isTrusted: true,
      getConfiguration: () => settings,
      workspaceFolders: [{ uri: { scheme: 'file', toString: () => 'file:///logs' } }, { uri: { scheme: 'vscode-vfs', toString: () => 'vscode-vfs:/x' } }],
    },
  };
  const module = { exports: {} as { provideTools: ProvideTools } };
  const require = (name: string): unknown => (name === 'vscode' ? vscode : builtin(name));
  new Function('require', 'module', 'exports', code)(require, module, module.exports);
  return module.exports.provideTools;
}

const manifest = { packageJSON: { contributes: { languageModelTools: [{ name: 'mailflow_list_findings', displayName: 'List mail failures' }] } } };
const waiting = { isCancellationRequested: false };

/** The tool, and what it asks the server. */
function register(answer: (parameters: { budget?: number }) => string, settings: object = {}): { readonly tool: Registered; readonly asked: readonly object[] } {
  const asked: { budget?: number }[] = [];
  const request = async (_name: string, parameters: object): Promise<unknown> => {
    asked.push(parameters);
    return { text: answer(parameters) };
  };
  let tool: Registered | undefined;
  const registerTool = (_name: string, registered: Registered): object => {
    tool = registered;
    return {};
  };
  assert.equal(load({ registerTool }, settings)({ request } as never, manifest as never).length, 1);
  return { tool: tool as Registered, asked };
}

suite('the tools in VS Code', () => {
  test('are not there where it knows no language models, or no tools of theirs', () => {
    for (const lm of [undefined, {}, { selectChatModels: () => [] }]) assert.deepEqual(load(lm)({} as never, manifest as never), []);
    assert.deepEqual(load({ registerTool: () => ({}) })({} as never, { packageJSON: {} } as never), []);
  });

  test('ask the server by the name of the tool itself, with the folders that are on the disk and the documents that stand in tabs', async () => {
    const { tool, asked } = register(() => 'told');
    const { content } = await tool.invoke({ input: { limit: 3 } }, waiting);
    assert.deepEqual(
      [content.map(({ value }) => value), asked],
      [['told'], [{ name: 'list_findings', input: { limit: 3 }, folders: ['file:///logs'], documents: ['untitled:Untitled-1', 'file:///a.log'] }]],
    );
  });

  test('ask for less until the answer fits, and say so where none does', async () => {
    const tokenizationOptions = { tokenBudget: 100, countTokens: async (text: string) => text.length };
    const fitting = register(({ budget = 0 }) => 'x'.repeat(budget));
    assert.ok(((await fitting.tool.invoke({ input: {}, tokenizationOptions }, waiting)).content[0]?.value.length ?? 1_000) <= 100);
    const never = register(() => 'x'.repeat(1_000));
    assert.match((await never.tool.invoke({ input: {}, tokenizationOptions }, waiting)).content[0]?.value ?? '', /does not fit into 100 tokens/);
    assert.ok(never.asked.length < 10);
  });

  test('have a person asked only where they would tell names', () => {
    assert.equal(register(() => '').tool.prepareInvocation().confirmationMessages, undefined);
    const { confirmationMessages } = register(() => '', { revealToAgents: true }).tool.prepareInvocation();
    assert.match(confirmationMessages?.message.value ?? '', /as they are/);
  });

  test('end as VS Code has it where they are cancelled, and else with what is wrong', async () => {
    const { tool } = register(() => {
      throw new Error('There is no failure of this id.');
    });
    await assert.rejects(tool.invoke({ input: {} }, waiting), /no failure of this id/);
    await assert.rejects(tool.invoke({ input: {} }, { isCancellationRequested: true }), CancellationError);
  });
});
