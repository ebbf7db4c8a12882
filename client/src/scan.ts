/** Scans files and folders on the disk, whatever their size: the server reads them, the view shows what it finds. */

import {
  type CancellationToken,
  CancellationTokenSource,
  type Disposable,
  commands as editorCommands,
  type Memento,
  ProgressLocation,
  TabInputCustom,
  TabInputText,
  TabInputTextDiff,
  Uri,
  window,
  workspace,
} from 'vscode';
import { commands, requests } from '../../server/src/protocol/editor.ts';
import type { ScannedFile, ScanParameters, ScanSummary } from '../../server/src/protocol/scan.ts';
import type { LanguageServer } from './languageServer.ts';
import { provideScanActions } from './scanActions.ts';
import { createScanView, type Scanned, type ScanView, scanViewId } from './scanView.ts';

/**
 * Registers the view and the commands of the scan.
 * @param memory Keeps the last results of this workspace.
 */
export function provideScan(server: LanguageServer, memory: Memento): { readonly view: ScanView; readonly disposables: readonly Disposable[] } {
  const view = createScanView(memory);
  let running: { readonly cancel: () => void; readonly ended: Promise<void> } | undefined;

  /** One scan at a time: a second one takes the place of the first. */
  const scan = async (uris: readonly Uri[], since?: string): Promise<void> => {
    if (uris.length === 0 || tellOfNoFile(uris)) return;
    const scanned: Scanned = { uris: uris.map((uri) => uri.toString()), ...(since !== undefined && { since }) };
    running?.cancel();
    const source = new CancellationTokenSource();
    const before = running?.ended.catch(() => undefined) ?? Promise.resolve();
    const ended = before.then(() => runScan(server, view, scanned, source));
    const turn = { cancel: () => source.cancel(), ended };
    running = turn;
    await ended.finally(() => {
      if (running === turn) running = undefined;
    });
  };
  /** What was scanned last, with a time that it begins with or without. */
  const scanAgain = (since: string | undefined): Promise<void> => scan(view.scanned()?.uris.map((uri) => Uri.parse(uri, true)) ?? [], since);
  const command = (name: string, action: (...words: unknown[]) => unknown): Disposable => editorCommands.registerCommand(`mailflowLens.${name}`, action);
  return {
    view,
    disposables: [
      view,
      command('scanFolder', async (...words) => scan(readUris(words) ?? (await chooseFolders()))),
      editorCommands.registerCommand(commands.scanFile, async (...words: unknown[]) => scan(readUris(words) ?? activeFile() ?? (await chooseFiles()))),
      command('scanResource', async (...words) => scan(readUris(words) ?? [])),
      command('scanAgain', () => scanAgain(view.scanned()?.since)),
      command('cancelScan', () => running?.cancel()),
      command('clearScan', () => (running ? undefined : view.clear())),
      ...provideScanActions(server, view, () => readReport(server, view.scanned() ?? openFile()), scanAgain),
    ],
  };
}

/** Tells the progress of one scan from that of another. */
let scans = 0;

async function runScan(server: LanguageServer, view: ScanView, scanned: Scanned, source: CancellationTokenSource): Promise<void> {
  if (source.token.isCancellationRequested) return;
  await view.begin(scanned);
  scans += 1;
  const token = `${scanViewId}-${scans}`;
  const parameters: ScanParameters = { ...scanned, workDoneToken: token, partialResultToken: `${token}-found` };
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

/** The file of the active tab, where it is on a disk: a report needs no scan before. */
export function openFile(): Scanned | undefined {
  const uris = activeFile()?.filter(({ scheme }) => scheme === 'file') ?? [];
  return uris.length === 0 ? undefined : { uris: uris.map((uri) => uri.toString()) };
}

/** The report of some files, as they are now; undefined where there are none, or where the user cancels it. */
async function readReport(server: LanguageServer, scanned: Scanned | undefined): Promise<string | undefined> {
  if (!scanned) {
    void window.showInformationMessage('Open a log that is saved, or scan a file or a folder: the report is of what was scanned last.');
    return undefined;
  }
  const parameters: ScanParameters = { ...scanned };
  const ask = async (_: unknown, cancellation: CancellationToken): Promise<string | null> => server.request<string | null>(requests.report, parameters, cancellation);
  return (await window.withProgress({ location: ProgressLocation.Notification, title: 'Reading the logs for the report', cancellable: true }, ask)) ?? undefined;
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

/** Whether some of it is no file on this machine's disks; the user is told what to do instead. */
function tellOfNoFile(uris: readonly Uri[]): boolean {
  const other = uris.find(({ scheme }) => scheme !== 'file');
  if (other) void window.showWarningMessage(noFileText(other));
  return other !== undefined;
}

function noFileText({ scheme }: Uri): string {
  if (scheme === 'untitled') return 'This text is not saved. Its failures are already underlined; to list them here, save it and scan the file.';
  return `Only files on a disk of the machine that Mailflow Lens runs on can be scanned, and this one is elsewhere ("${scheme}:"). Save a copy there and scan that.`;
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
