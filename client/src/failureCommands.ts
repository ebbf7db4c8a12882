/** What the commands of the palette are about: the failure at the cursor, or the nearest below it. */

import { type Disposable, commands as editorCommands, Location, languages, Position, Range, Selection, type TextEditor, TextEditorRevealType, Uri, window } from 'vscode';
import { commands, type FailureAt, type Marked, type OccurrencesArguments, type RunbookPart, requests } from '../../server/src/protocol/editor.ts';
import { failureAtCursor } from './failureAtCursor.ts';
import type { LanguageServer } from './languageServer.ts';
import { openPage } from './pages.ts';
import { insertRunbook } from './scratchScript.ts';

/** Registers the commands for the failure at the cursor. */
export function provideFailureCommands(server: LanguageServer): Disposable[] {
  const command = (name: string, action: (failure: FailureAt, editor: TextEditor) => unknown): Disposable =>
    editorCommands.registerCommand(`mailflowLens.${name}`, async () => {
      const failure = await failureAtCursor(server);
      const editor = window.activeTextEditor;
      if (!failure || !editor) return tellThatNoneIsThere();
      await action(failure, editor);
    });
  const insert = async (failure: FailureAt, editor: TextEditor, part: RunbookPart): Promise<void> => {
    show(editor, failure);
    if (failure.runbook) await insertRunbook(server, { ...failure.runbook, part });
    else void window.showInformationMessage('Only the code of this failure is known, so there is no runbook about it. "Show Page" says what the code means.');
  };
  return [
    command('insertEvidenceAtCursor', (failure, editor) => insert(failure, editor, 'evidence')),
    command('insertRunbookAtCursor', (failure, editor) => insert(failure, editor, 'full')),
    command('showPageAtCursor', ({ page }) => openPage(server, { id: page })),
    command('nextOccurrence', (failure, editor) => goToNext(server, failure, editor)),
    languages.onDidChangeDiagnostics(({ uris }) => uris.some((uri) => uri.toString() === window.activeTextEditor?.document.uri.toString()) && tellWhetherFailures()),
    window.onDidChangeActiveTextEditor(tellWhetherFailures),
    editorCommands.registerCommand(commands.showOccurrences, async (argument: unknown) => showOccurrences(server, readPlace(argument) ?? (await placeAtCursor(server)))),
  ];
}

/** Other texts have no entry in the editor's context menu. */
function tellWhetherFailures(): void {
  const uri = window.activeTextEditor?.document.uri;
  const hasFailures = uri !== undefined && languages.getDiagnostics(uri).some(({ source }) => source === 'mailflow-lens');
  void editorCommands.executeCommand('setContext', 'mailflowLens.hasFailures', hasFailures);
}

function tellThatNoneIsThere(): void {
  void window.showInformationMessage('No mail failure on this line or below it in this document.');
}

/** Moves the cursor to a failure below it, so that the reader sees what a command is about. */
function show(editor: TextEditor, { start, end }: Pick<FailureAt, 'start' | 'end'>): void {
  if (editor.selection.active.line === start.line) return;
  select(editor, start, end);
}

function select(editor: TextEditor, start: FailureAt['start'], end: FailureAt['end']): void {
  editor.selection = new Selection(start.line, start.character, end.line, end.character);
  editor.revealRange(editor.selection, TextEditorRevealType.InCenterIfOutsideViewport);
}

/** The next one below, or behind the last one the first. */
async function goToNext(server: LanguageServer, failure: FailureAt, editor: TextEditor): Promise<void> {
  const { line } = editor.selection.active;
  if (failure.start.line > line) return select(editor, failure.start, failure.end);
  const all = await occurrencesOf(server, { uri: editor.document.uri.toString(), position: failure.start });
  const next = all.find(({ start }) => start.line > line) ?? all[0];
  if (next) select(editor, next.start, next.end);
  if (all.length === 1) window.setStatusBarMessage('It is the only failure of this kind here.', 5_000);
}

/** In the editor's own list of places, whose preview shows the lines. */
async function showOccurrences(server: LanguageServer, place: OccurrencesArguments | undefined): Promise<void> {
  if (!place) return tellThatNoneIsThere();
  const uri = Uri.parse(place.uri, true);
  const locations = (await occurrencesOf(server, place)).map(({ start, end }) => new Location(uri, new Range(start.line, start.character, end.line, end.character)));
  const position = new Position(place.position.line, place.position.character);
  await editorCommands.executeCommand('editor.action.peekLocations', uri, position, locations, 'peek');
}

function occurrencesOf(server: LanguageServer, place: OccurrencesArguments): Promise<Marked[]> {
  return server.request<Marked[]>(requests.occurrences, place);
}

async function placeAtCursor(server: LanguageServer): Promise<OccurrencesArguments | undefined> {
  const failure = await failureAtCursor(server);
  const editor = window.activeTextEditor;
  return failure && editor && { uri: editor.document.uri.toString(), position: failure.start };
}

/** Any document can run a command, so nothing of its argument is taken on trust. */
function readPlace(argument: unknown): OccurrencesArguments | undefined {
  const { uri, position } = (argument ?? {}) as Partial<OccurrencesArguments>;
  const isNumber = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
  return typeof uri === 'string' && isNumber(position?.line) && isNumber(position?.character) ? (argument as OccurrencesArguments) : undefined;
}
