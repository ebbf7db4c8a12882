/** Puts runbooks into the scratch script: finds or opens it beside the log, and inserts what the server answers. */

import { languages, Position, Range, Selection, type TextDocument, type TextEditor, TextEditorRevealType, Uri, ViewColumn, window, workspace } from 'vscode';
import { type ExtendScriptParameters, type ExtendScriptResult, requests, scratchScriptName } from '../../server/src/protocol/editor.ts';
import type { LanguageServer } from './languageServer.ts';
import { canBePath } from './settingPlace.ts';
import { exists, uriOf } from './settings.ts';

/** Insertions follow one another: each must see the script that the one before has left. */
let last: Promise<void> = Promise.resolve();

/**
 * Inserts a runbook, or reveals the one that stands there already.
 * @param argument RunbookArguments; any document can run a command, so the server checks every part of it.
 */
export function insertRunbook(server: LanguageServer, argument: unknown): Promise<void> {
  const turn = last.then(() => insert(server, argument));
  last = turn.catch(() => undefined);
  return turn;
}

async function insert(server: LanguageServer, argument: unknown): Promise<void> {
  if (typeof argument !== 'object' || argument === null) {
    void window.showInformationMessage('Open a log, put the cursor on an underlined failure and choose the quick fix (Ctrl+.).');
    return;
  }
  const log = window.activeTextEditor;
  const document = await openScratchScript(log?.document.uri);
  const editor = await window.showTextDocument(document, { viewColumn: columnFor(document), preview: false });
  keepInView(log);
  const script = document.getText();
  const { version } = document;
  const result = await server.request<ExtendScriptResult | null>(requests.extendScript, { ...(argument as ExtendScriptParameters), script });
  if (!result) {
    void window.showWarningMessage('Mailflow Lens does not know this runbook, so nothing was inserted.');
    return;
  }
  if (result.warning) {
    reveal(editor, result.line);
    void window.showWarningMessage(result.warning);
    return;
  }
  // One edit, so that one undo takes the whole insertion back. Where the user typed meanwhile, the offsets hold no longer.
  const done =
    document.version === version &&
    (await editor.edit(
      (builder) => {
        for (const { offset, text } of result.insertions) builder.insert(document.positionAt(offset), text);
      },
      { undoStopBefore: true, undoStopAfter: true },
    ));
  if (!done) {
    void window.showWarningMessage('The scratch script was changed meanwhile, so nothing was inserted. Please try again.');
    return;
  }
  reveal(editor, result.line);
  if (result.insertions.length === 0) window.setStatusBarMessage(`Already there, line ${result.line + 1}.`, 8_000);
}

/** The file that the settings name; else the scratch script that is open already; else a new one. */
async function openScratchScript(log: Uri | undefined): Promise<TextDocument> {
  const named = workspace.getConfiguration('mailflowLens', log).get<string>('scratchScript', '').trim();
  // Where it is no path here, the server has said so.
  if (named && canBePath(named, process.platform)) return openNamed(named, log);
  const open = workspace.textDocuments.find((document) => !document.isClosed && (ownName.test(document.uri.path) || document.uri.toString() === withoutPlace));
  const document = open ?? (await openUnsaved(log));
  return document.languageId === 'powershell' ? document : languages.setTextDocumentLanguage(document, 'powershell').then(undefined, () => document);
}

const ownName = /(?:^|\/)mailflow-remediation(?:-\d{1,2})?\.ps1$/;
/** The address of the script that has no place to be saved to; VS Code asks for one. */
let withoutPlace: string | undefined;

/**
 * A document that is not saved, with its place in the workspace or beside the log, where saving puts it: without a folder in its address that
 * would be the top of the drive. A file that is there already is not touched, since somebody else may have put it there.
 */
async function openUnsaved(log: Uri | undefined): Promise<TextDocument> {
  const folder = ((log && workspace.getWorkspaceFolder(log)) ?? workspace.workspaceFolders?.[0])?.uri ?? (log && Uri.joinPath(log, '..'));
  for (let number = 1; folder?.scheme === 'file' && number < 100; number++) {
    const name = number === 1 ? scratchScriptName : scratchScriptName.replace('.ps1', `-${number}.ps1`);
    const uri = Uri.joinPath(folder, name);
    if (!(await exists(uri))) return workspace.openTextDocument(uri.with({ scheme: 'untitled' }));
  }
  const document = await workspace.openTextDocument({ language: 'powershell' });
  withoutPlace = document.uri.toString();
  return document;
}

async function openNamed(named: string, log: Uri | undefined): Promise<TextDocument> {
  const folder = (log && workspace.getWorkspaceFolder(log)) ?? workspace.workspaceFolders?.[0];
  const uri = uriOf(named, folder);
  if (!uri) throw new Error(`The setting mailflowLens.scratchScript names "${named}", which needs an open folder. Open one, or give the whole path.`);
  // A file that is not there yet is opened as an untitled one with this path: it comes into being when the user saves it.
  return workspace.openTextDocument((await exists(uri)) ? uri : uri.with({ scheme: 'untitled' }));
}

/** Beside the log, or where the script is shown already. */
function columnFor(document: TextDocument): ViewColumn {
  const shown = window.visibleTextEditors.find((editor) => editor.document === document);
  if (shown?.viewColumn) return shown.viewColumn;
  return window.activeTextEditor && window.activeTextEditor.document !== document ? ViewColumn.Beside : ViewColumn.Active;
}

/** The log has become narrower, and what was in view may have left it. Where one line is long and those around it are not, its beginning is shown: the others would seem empty. */
function keepInView(log: TextEditor | undefined): void {
  const { active } = log?.selection ?? {};
  if (!log || !active) return;
  const around = Array.from({ length: 2 * linesAround }, (_, index) => active.line - linesAround + index).filter((line) => line >= 0 && line < log.document.lineCount);
  const isAmongLong = around.filter((line) => log.document.lineAt(line).text.length > active.character).length > around.length / 2;
  const place = isAmongLong ? active : new Position(active.line, 0);
  log.revealRange(new Range(place, place), TextEditorRevealType.InCenterIfOutsideViewport);
}

const linesAround = 12;

function reveal(editor: TextEditor, line: number): void {
  const position = new Position(line, 0);
  editor.selection = new Selection(position, position);
  editor.revealRange(editor.selection, TextEditorRevealType.AtTop);
}
