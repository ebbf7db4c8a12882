/** Writes into the settings that a failure is not reported: everywhere, or where one target is concerned. */

import { ConfigurationTarget, commands as editorCommands, window, workspace } from 'vscode';
import type { IgnoreArguments } from '../../server/src/protocol/editor.ts';
import type { Settings } from '../../server/src/protocol/settings.ts';

/** @param argument IgnoreArguments; any document can run a command, so the user is always asked where, or told how to take it back. */
export async function ignore(argument: unknown): Promise<void> {
  const wanted = readArguments(argument);
  if (!wanted) return;
  const what = wanted.target === undefined ? `"${harmless(wanted.name)}"` : `"${harmless(wanted.name)}" for ${harmless(wanted.target)}`;
  const target = await chooseTarget(what);
  if (target === undefined) return;
  const undo = await write(wanted, target);
  const where = target === ConfigurationTarget.Global ? 'in any workspace' : 'in this workspace';
  const answer = await window.showInformationMessage(`${what} is no longer reported ${where}.`, 'Undo', 'Open Settings');
  if (answer === 'Undo') await undo();
  else if (answer === 'Open Settings')
    await editorCommands.executeCommand('workbench.action.openSettings', wanted.target === undefined ? 'mailflowLens.severity' : 'mailflowLens.ignore');
}

async function chooseTarget(what: string): Promise<ConfigurationTarget | undefined> {
  // The settings of a workspace that is not trusted are not used.
  if (!workspace.workspaceFolders || !workspace.isTrusted) return ConfigurationTarget.Global;
  const chosen = await window.showQuickPick(
    [
      { label: 'In this workspace', target: ConfigurationTarget.Workspace },
      { label: 'In all workspaces', target: ConfigurationTarget.Global },
    ],
    { title: `Don't report ${what}` },
  );
  return chosen?.target;
}

/** @returns What puts the setting back as it was. */
async function write({ failure, target }: IgnoreArguments, place: ConfigurationTarget): Promise<() => Thenable<void>> {
  const name = target === undefined ? 'severity' : 'ignore';
  const configuration = workspace.getConfiguration('mailflowLens');
  const inspected = configuration.inspect<unknown>(name);
  const before = place === ConfigurationTarget.Global ? inspected?.globalValue : inspected?.workspaceValue;
  const after = target === undefined ? { ...(before as Settings['severity'] | undefined), [failure]: 'off' } : [...listed(before), { failure, target }];
  await configuration.update(name, after, place);
  return () => workspace.getConfiguration('mailflowLens').update(name, before, place);
}

/** A message can hold links, and a stranger chose this text. */
function harmless(text: string): string {
  return text.slice(0, 80).replace(/[^\p{L}\p{N} .,:;@+_'\\/-]/gu, '?');
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function readArguments(argument: unknown): IgnoreArguments | undefined {
  const { failure, name, target } = (argument ?? {}) as Partial<Record<keyof IgnoreArguments, unknown>>;
  if (typeof failure !== 'string' || failure === '' || typeof name !== 'string') return undefined;
  if (target === undefined) return { failure, name };
  return typeof target === 'string' && target !== '' ? { failure, name, target } : undefined;
}
