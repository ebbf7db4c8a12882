/** The tools for agents, as VS Code's language models call them. What they are stands in the manifest; the server answers them. */

import * as editor from 'vscode';
import { CancellationError, type CancellationToken, type Disposable, type Extension, lm, MarkdownString, TabInputText, TabInputTextDiff, window, workspace } from 'vscode';
import { type ToolParameters, type ToolResult, toolRequest } from '../../server/src/protocol/tools.ts';
import type { LanguageServer } from './languageServer.ts';
import { currentSettings } from './settings.ts';

/** Registers what the manifest declares, where this VS Code knows tools: from 1.95 on. An older one passes over what it does not know in the manifest. */
export function provideTools(server: LanguageServer, { packageJSON }: Pick<Extension<unknown>, 'packageJSON'>): Disposable[] {
  const models = lm as unknown as Partial<LanguageModels> | undefined;
  if (typeof models?.registerTool !== 'function') return [];
  const known = models as LanguageModels;
  const declared = (packageJSON as Manifest).contributes?.languageModelTools ?? [];
  return declared.map(({ name, displayName }) => known.registerTool(name, createTool(server, name, displayName)));
}

interface Manifest {
  readonly contributes?: { readonly languageModelTools?: readonly { readonly name: string; readonly displayName: string }[] };
}

function createTool(server: LanguageServer, name: string, title: string): LanguageModelTool {
  return {
    prepareInvocation: () => ({
      invocationMessage: `${title}: reading the logs of this workspace`,
      // What is told under stand-ins names nobody, and is not asked about. VS Code may ask for reasons of its own.
      ...(currentSettings().revealToAgents && readsLogs(name) && { confirmationMessages: { title, message: new MarkdownString(revealNotice) } }),
    }),
    invoke: async ({ input, tokenizationOptions }, cancellation) => {
      const ask = async (budget?: number): Promise<string> => {
        const parameters: ToolParameters = {
          name: name.slice(prefix.length),
          input,
          folders: foldersOnDisk(),
          documents: openDocuments(),
          ...(budget !== undefined && { budget }),
        };
        const { text } = await server.request<ToolResult>(toolRequest, parameters, cancellation).catch((error: unknown) => {
          throw cancellation.isCancellationRequested ? new CancellationError() : error;
        });
        return text;
      };
      return asResult(tokenizationOptions ? await askWithin(tokenizationOptions, ask, cancellation) : await ask());
    },
  };
}

/** The names of tools are everybody's in VS Code: ours begin so. */
const prefix = 'mailflow_';
/** One tells nothing of a log, but for what it is handed. */
const readsLogs = (name: string): boolean => name !== `${prefix}explain_response`;
const revealNotice = 'Tells the language model what stands in the logs, with addresses, hosts and subjects as they are: `mailflowLens.revealToAgents` is on.';

/** A list ends before it is too long, with a cursor. How many characters a token has is not known before the text is. */
async function askWithin({ tokenBudget, countTokens }: Tokenization, ask: (budget: number) => Promise<string>, cancellation: CancellationToken): Promise<string> {
  let budget = tokenBudget * 3;
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const text = await ask(Math.max(1, Math.floor(budget)));
    const tokens = await countTokens(text, cancellation);
    if (tokens <= tokenBudget) return text;
    budget *= 0.9 * Math.min(1, tokenBudget / tokens);
  }
  return `The answer does not fit into ${tokenBudget} tokens. Ask for less: one failure, one file or a shorter time.`;
}

/** What is not on a disk of this machine can be read only where it is open. */
function foldersOnDisk(): string[] {
  return (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.toString());
}

/** What stands in a tab. Of a comparison that is the side that can be changed; what VS Code itself puts out is none of the user's. */
function openDocuments(): string[] {
  const inputs = window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input as unknown));
  const uris = inputs.flatMap((input) => (input instanceof TabInputText ? [input.uri] : input instanceof TabInputTextDiff ? [input.modified] : []));
  return uris.filter(({ scheme }) => scheme !== 'output').map((uri) => uri.toString());
}

function asResult(text: string): object {
  const { LanguageModelToolResult, LanguageModelTextPart } = editor as unknown as LanguageModelClasses;
  return new LanguageModelToolResult([new LanguageModelTextPart(text)]);
}

// The part of VS Code 1.95 that is used here: the types of the oldest version that is supported do not have it.

interface LanguageModels {
  readonly registerTool: (name: string, tool: LanguageModelTool) => Disposable;
}

interface LanguageModelTool {
  readonly prepareInvocation: () => { readonly invocationMessage: string; readonly confirmationMessages?: { readonly title: string; readonly message: MarkdownString } };
  readonly invoke: (options: { readonly input: unknown; readonly tokenizationOptions?: Tokenization }, cancellation: CancellationToken) => Promise<object>;
}

interface Tokenization {
  readonly tokenBudget: number;
  readonly countTokens: (text: string, cancellation: CancellationToken) => Thenable<number>;
}

interface LanguageModelClasses {
  readonly LanguageModelToolResult: new (content: readonly object[]) => object;
  readonly LanguageModelTextPart: new (text: string) => object;
}
