/** What the user is told unasked, once and in a few words: that a folder holds logs, and that a file is too large for the editor but not for a scan. */

import { type Disposable, commands as editorCommands, type Memento, TabInputText, type Uri, window, workspace } from 'vscode';
import { commands } from '../../server/src/protocol/editor.ts';

/** The names of Exchange's transport logs. */
const logs = '**/{SEND,RECV,MSGTRK,CONNECTLOG}20*.LOG';
const toldKey = 'mailflowLens.isToldOfLogs';

/**
 * Says once, in the first folder with transport logs that is opened, what can be done with them, and never again.
 * @param memory That of all windows.
 */
export async function tellOfLogs(memory: Memento): Promise<void> {
  if (memory.get<boolean>(toldKey) || !workspace.workspaceFolders?.length) return;
  const [log] = await workspace.findFiles(logs, undefined, 1);
  if (!log) return;
  await memory.update(toldKey, true);
  const choice = await window.showInformationMessage('This folder has transport logs of Exchange. A scan lists what failed, since when and to whom.', 'Scan Folder');
  const folder = workspace.getWorkspaceFolder(log)?.uri;
  if (choice && folder) await editorCommands.executeCommand('mailflowLens.scanFolder', folder);
}

/** VS Code hands no larger file to an extension, and a window of a remote machine shows none over 10 MB. */
const largest = 10_000_000;
/** What may be a log has the scan among the actions of its tab; a notice is for what is called a log. */
const perhapsLog = /\.(?:log|txt|csv|tsv|xml|json|eml|mbox|\d+)$|^[^.]+$/i;
const surelyLog = /\.log(?:\.\d+)?$|\.mbox$|^mail\.?log/i;

/** Offers the scan for a file that is open in a tab, but that VS Code shows as no text, or gives to no extension. */
export function offerScanOfLargeFiles(): Disposable[] {
  const told = new Set<string>();
  const look = async (): Promise<void> => {
    const uri = shownFile();
    const name = uri?.path.slice(uri.path.lastIndexOf('/') + 1) ?? '';
    const isTooLarge = uri !== undefined && perhapsLog.test(name) && (await isLarge(uri));
    // The reader may have gone on meanwhile.
    if (uri?.toString() !== shownFile()?.toString()) return;
    await editorCommands.executeCommand('setContext', 'mailflowLens.isTooLarge', isTooLarge);
    if (!isTooLarge || !surelyLog.test(name) || told.has(uri.toString())) return;
    told.add(uri.toString());
    const choice = await window.showInformationMessage('This file is too large for hovers and quick fixes. A scan lists its mail failures, with their runbooks.', 'Scan This File');
    if (choice) await editorCommands.executeCommand(commands.scanFile, uri);
  };
  return [window.tabGroups.onDidChangeTabs(() => void look()), window.onDidChangeActiveTextEditor(() => void look())];
}

/** The file of the active tab, where it has no editor that an extension knows. */
function shownFile(): Uri | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  if (!(input instanceof TabInputText) || input.uri.scheme !== 'file') return undefined;
  return window.visibleTextEditors.some(({ document }) => document.uri.toString() === input.uri.toString()) ? undefined : input.uri;
}

/** False too for what is gone or is no file. */
function isLarge(uri: Uri): Thenable<boolean> {
  return workspace.fs.stat(uri).then(
    ({ size }) => size > largest,
    () => false,
  );
}
