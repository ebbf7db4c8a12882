/** Marks in the text every failure that is in view: at the left of its row, and underlined where no diagnostic does it. No failing line looks clean. */

import { CancellationTokenSource, type Disposable, languages, type Range, type TextEditor, window, workspace } from 'vscode';
import { type Marked, type MarksParameters, requests } from '../../server/src/protocol/editor.ts';
import type { LanguageServer } from './languageServer.ts';
import { createMarkStyles, type MarkStyles } from './markStyles.ts';
import { isServed } from './served.ts';

/** All rows, those alone that Problems does not list, or none. */
type Extent = 'all' | 'unlisted' | 'off';

/** So long the editor must be at rest, in milliseconds, before what is in view is asked for. */
const rest = 120;

/** So many lines above and below those in view are marked ahead, and no more lines than this at once. */
const ahead = 40;
const mostLines = 2_000;

/** Marks what is in view of all editors, and in the ruler what is elsewhere. */
export function showMarks(server: LanguageServer): Disposable[] {
  let styles: MarkStyles | undefined;
  const styled = (): MarkStyles => {
    styles ??= createMarkStyles();
    return styles;
  };
  const waiting = new Map<TextEditor, ReturnType<typeof setTimeout>>();
  const asking = new Map<string, CancellationTokenSource>();

  /** What was asked before for the same place is no longer wanted. */
  const ask = async (key: string, parameters: MarksParameters): Promise<Marked[] | undefined> => {
    asking.get(key)?.cancel();
    const source = new CancellationTokenSource();
    asking.set(key, source);
    try {
      const marks = await server.request<Marked[]>(requests.marks, parameters, source.token);
      return source.token.isCancellationRequested ? undefined : marks;
    } catch {
      return undefined;
    } finally {
      if (asking.get(key) === source) asking.delete(key);
      source.dispose();
    }
  };
  const update = async (editor: TextEditor, withRuler: boolean): Promise<void> => {
    const { document } = editor;
    if (!server.isRunning() || !isServed(document)) return;
    const extent = workspace.getConfiguration('mailflowLens', document).get<Extent>('decorations', 'all');
    const uri = document.uri.toString();
    const key = `${uri} ${editor.viewColumn ?? ''}`;
    const { version } = document;
    const isCurrent = (): boolean => document.version === version && window.visibleTextEditors.includes(editor);
    if (extent === 'off') return styles?.clear(editor);
    const inView = await ask(key, { uri, ...linesInView(editor.visibleRanges) });
    if (inView && isCurrent()) styled().mark(editor, extent === 'all' ? inView : inView.filter(({ isDiagnosed }) => !isDiagnosed));
    const elsewhere = withRuler ? await ask(`${key} ruler`, { uri }) : undefined;
    if (elsewhere && isCurrent()) styled().showInRuler(editor, elsewhere);
  };
  const wanted = new WeakSet<TextEditor>();
  const schedule = (editor: TextEditor, withRuler: boolean): void => {
    if (withRuler) wanted.add(editor);
    clearTimeout(waiting.get(editor));
    waiting.set(
      editor,
      setTimeout(() => {
        waiting.delete(editor);
        void update(editor, wanted.delete(editor));
      }, rest),
    );
  };
  const scheduleAll = (): void => {
    for (const editor of window.visibleTextEditors) schedule(editor, true);
  };
  return [
    window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => schedule(textEditor, false)),
    window.onDidChangeVisibleTextEditors(scheduleAll),
    // They come when the server has read the document, and again after each edit.
    languages.onDidChangeDiagnostics(({ uris }) => {
      const changed = new Set(uris.map(String));
      for (const editor of window.visibleTextEditors) if (changed.has(editor.document.uri.toString())) schedule(editor, true);
    }),
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('mailflowLens') && scheduleAll()),
    server.onDidChangeState(scheduleAll),
    {
      dispose() {
        for (const timer of waiting.values()) clearTimeout(timer);
        for (const source of asking.values()) source.cancel();
        styles?.dispose();
      },
    },
  ];
}

function linesInView(ranges: readonly Range[]): Required<Pick<MarksParameters, 'startLine' | 'endLine'>> {
  const first = Math.max(0, (ranges[0]?.start.line ?? 0) - ahead);
  const last = (ranges.at(-1)?.end.line ?? 0) + ahead;
  return { startLine: first, endLine: Math.min(last + 1, first + mostLines) };
}
