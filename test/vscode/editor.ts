/** What the tests inside VS Code do again and again: open a log, ask for what the editor shows, choose a quick fix. */

import assert from 'node:assert/strict';
import { type CodeAction, CodeActionKind, commands, type Diagnostic, type Hover, languages, type MarkdownString, Range, type TextDocument, Uri, window, workspace } from 'vscode';
import { until } from './poll.ts';

export { eventWith, untrusted } from '../support/events.ts';

const names: Readonly<Record<string, string>> = {
  log: 'events-#.log',
  plaintext: 'ticket-#.txt',
  xml: 'events-#.xml',
  json: 'events-#.json',
  jsonl: 'events-#.jsonl',
  markdown: 'notes-#.md',
  'mailflow-log': 'SEND20260115#-1.LOG',
};
let opened = 0;

/** Opens a text in the first column, as a file of its own whose name gives the language. */
export async function openText(content: string, language = 'log'): Promise<TextDocument> {
  opened += 1;
  const uri = inFolder((names[language] ?? '#').replace('#', String(opened).padStart(2, '0')));
  await workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  const document = await workspace.openTextDocument(uri);
  assert.equal(document.languageId, language);
  await window.showTextDocument(document, { viewColumn: 1, preview: false });
  return document;
}

/** Our diagnostics of a document, as soon as there are any. */
export function diagnosticsOf(document: TextDocument): Promise<Diagnostic[]> {
  const ours = (): Diagnostic[] => languages.getDiagnostics(document.uri).filter(({ source }) => source === 'mailflow-lens');
  return until(`diagnostics of ${document.uri}`, () => (ours().length > 0 ? ours() : undefined));
}

/** The text of all hovers at the first occurrence of `what`. */
export async function hoverAt(document: TextDocument, what: string): Promise<string> {
  const position = document.positionAt(document.getText().indexOf(what) + 1);
  const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, position);
  return hovers.flatMap(({ contents }) => contents.map((content) => (content as MarkdownString).value)).join('\n');
}

/** Our quick fixes at a diagnostic. */
export async function quickFixesAt(document: TextDocument, diagnostic: Diagnostic): Promise<CodeAction[]> {
  const actions = await commands.executeCommand<CodeAction[]>('vscode.executeCodeActionProvider', document.uri, diagnostic.range, CodeActionKind.QuickFix.value);
  return actions.filter((action) => action.command?.command.startsWith('mailflowLens.'));
}

/** Runs the quick fix whose title begins so, on the diagnostic with this code. */
export async function applyQuickFix(document: TextDocument, code: string, title: string): Promise<void> {
  await window.showTextDocument(document, { viewColumn: 1, preview: false });
  const diagnostic = (await diagnosticsOf(document)).find((candidate) => codeOf(candidate) === code);
  assert.ok(diagnostic, `no diagnostic ${code}`);
  const action = (await quickFixesAt(document, diagnostic)).find((candidate) => candidate.title.startsWith(title));
  assert.ok(action?.command, `no quick fix "${title}"`);
  await commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
}

export function codeOf({ code }: Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** The scratch script that is open, if one is. */
export function scratchScript(name = 'mailflow-remediation.ps1'): TextDocument | undefined {
  return workspace.textDocuments.find((document) => !document.isClosed && document.uri.path.endsWith(name));
}

/** Closes everything, without a question about what was not saved. Only scripts and failure documents are: VS Code saves its own settings by itself. */
export async function closeAll(): Promise<void> {
  for (const document of workspace.textDocuments.filter((candidate) => candidate.isUntitled || (candidate.isDirty && ['powershell', 'markdown'].includes(candidate.languageId)))) {
    const editor = await window.showTextDocument(document);
    await editor.edit((builder) => builder.delete(new Range(0, 0, document.lineCount, 0)));
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await commands.executeCommand('workbench.action.closeAllEditors');
}

/** A file of the opened folder. */
export function inFolder(name: string): Uri {
  const folder = workspace.workspaceFolders?.[0];
  assert.ok(folder, 'the tests need an opened folder');
  return Uri.joinPath(folder.uri, name);
}
