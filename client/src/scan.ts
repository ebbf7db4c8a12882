/** Scans files and folders on the disk, whatever their size: the server reads them, the view shows what it finds. */

import {
  CancellationTokenSource,
  type Disposable,
  commands as editorCommands,
  ProgressLocation,
  TabInputCustom,
  TabInputText,
  TabInputTextDiff,
  Uri,
  window,
  workspace,
} from 'vscode';
import { commands, requests, type ScannedFile, type ScanParameters, type ScanSummary } from '../../server/src/protocol.ts';
import type { LanguageServer } from './languageServer.ts';
import { createScanView, type ScanView, scanViewId } from './scanView.ts';

/** Registers the commands of the scan; all else is made when the first one runs. */
export function provideScan(server: LanguageServer): { readonly view: ScanView; readonly disposables: readonly Disposable[] } {
  const view = createScanView();
  let last: readonly Uri[] = [];
  let running: { readonly cancel: () => void; readonly ended: Promise<void> } | undefined;

  /** One scan at a time: a second one takes the place of the first. */
  const scan = async (uris: readonly Uri[]): Promise<void> => {
    const foreign = uris.find(({ scheme }) => scheme !== 'file');
    if (foreign)
      void window.showWarningMessage(
        `Mailflow Lens scans only files on a disk of the machine that it runs on, and this one is elsewhere ("${foreign.scheme}:"). Save a copy there and scan that.`,
      );
    if (uris.length === 0 || foreign) return;
    last = uris;
    running?.cancel();
    const source = new CancellationTokenSource();
    const before = running?.ended.catch(() => undefined) ?? Promise.resolve();
    const ended = before.then(() => runScan(server, view, uris, source));
    const turn = { cancel: () => source.cancel(), ended };
    running = turn;
    await ended.finally(() => {
      if (running === turn) running = undefined;
    });
  };
  const command = (name: string, action: (...words: unknown[]) => unknown): Disposable => editorCommands.registerCommand(`mailflowLens.${name}`, action);
  return {
    view,
    disposables: [
      view,
      command('scanFolder', async (...words) => scan(readUris(words) ?? (await chooseFolders()))),
      editorCommands.registerCommand(commands.scanFile, async (...words: unknown[]) => scan(readUris(words) ?? activeFile() ?? (await chooseFiles()))),
      command('scanResource', async (...words) => scan(readUris(words) ?? [])),
      command('scanAgain', () => scan(last)),
      command('cancelScan', () => running?.cancel()),
      command('clearScan', () => (running ? undefined : view.clear())),
    ],
  };
}

/** Tells the progress of one scan from that of another. */
let scans = 0;

async function runScan(server: LanguageServer, view: ScanView, uris: readonly Uri[], source: CancellationTokenSource): Promise<void> {
  if (source.token.isCancellationRequested) return;
  await view.begin();
  scans += 1;
  const token = `${scanViewId}-${scans}`;
  const parameters: ScanParameters = { uris: uris.map((uri) => uri.toString()), workDoneToken: token, partialResultToken: `${token}-found` };
  const disposables: Disposable[] = [source];
  try {
    disposables.push(await server.onProgress<readonly ScannedFile[]>(`${token}-found`, (files) => view.add(files)));
    const asked = server.request<ScanSummary>(requests.scan, parameters, source.token);
    disposables.push(await showProgress(server, view, token, asked));
    await view.end(await asked);
  } catch (error) {
    await view.breakOff(error instanceof Error ? error.message : String(error));
  } finally {
    for (const disposable of disposables) disposable.dispose();
  }
}

/** What is told of the work under way, as the protocol has it. */
interface WorkDone {
  readonly kind: 'begin' | 'report' | 'end';
  readonly message?: string;
  readonly percentage?: number;
}

/** In words above the tree, as a bar in the view, and in the status bar for those who have left the view. */
function showProgress(server: LanguageServer, view: ScanView, token: string, until: Promise<unknown>): Promise<Disposable> {
  const ended = until.then(
    () => undefined,
    () => undefined,
  );
  let report: ((percentage: number) => void) | undefined;
  void window.withProgress({ location: { viewId: scanViewId } }, () => ended);
  void window.withProgress({ location: ProgressLocation.Window, title: 'Scanning logs' }, (progress) => {
    report = (percentage) => progress.report({ message: `${percentage}%` });
    return ended;
  });
  return server.onProgress<WorkDone>(token, (value) => {
    if (value.kind !== 'report') return;
    if (value.message !== undefined) view.say(value.message);
    if (value.percentage !== undefined) report?.(value.percentage);
  });
}

/** The addresses that the explorer, a tab or a key binding hands over: the one that was clicked, and all that are selected. */
function readUris(words: readonly unknown[]): Uri[] | undefined {
  const [clicked, selected] = words;
  if (Array.isArray(selected) && selected.length > 0 && selected.every((uri) => uri instanceof Uri)) return selected;
  return clicked instanceof Uri ? [clicked] : undefined;
}

/** The file of the active tab. VS Code gives no document of a file over 50 MB to an extension, but the tab names it. */
function activeFile(): Uri[] | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof TabInputText || input instanceof TabInputCustom) return [input.uri];
  return input instanceof TabInputTextDiff ? [input.modified] : undefined;
}

async function chooseFolders(): Promise<readonly Uri[]> {
  return (
    (await window.showOpenDialog({ title: 'Scan a folder of logs', openLabel: 'Scan', canSelectFolders: true, canSelectFiles: false, canSelectMany: true, ...startFolder() })) ?? []
  );
}

async function chooseFiles(): Promise<readonly Uri[]> {
  return (await window.showOpenDialog({ title: 'Scan logs', openLabel: 'Scan', canSelectMany: true, ...startFolder() })) ?? [];
}

function startFolder(): { readonly defaultUri?: Uri } {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  return folder?.scheme === 'file' ? { defaultUri: folder } : {};
}
