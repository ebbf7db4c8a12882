/** How marks look: one colour for one severity, the theme's own. */

import { DecorationRangeBehavior, type Disposable, OverviewRulerLane, Range, type TextEditor, type TextEditorDecorationType, ThemeColor, window } from 'vscode';
import type { Marked } from '../../server/src/protocol/editor.ts';

export interface MarkStyles extends Disposable {
  /** Marks the rows at their left, and underlines what no diagnostic underlines. */
  readonly mark: (editor: TextEditor, marks: readonly Marked[]) => void;
  /** Shows beside the scroll bar where failures stand that no diagnostic shows there. */
  readonly showInRuler: (editor: TextEditor, marks: readonly Marked[]) => void;
  readonly clear: (editor: TextEditor) => void;
}

const severities = ['error', 'warning', 'information'] as const;
type Kind = (typeof severities)[number];

const colors: Readonly<Record<Kind, string>> = { error: 'editorError.foreground', warning: 'editorWarning.foreground', information: 'editorInfo.foreground' };
const rows: Readonly<Record<Kind, string>> = { error: 'mailflowLens.errorRow', warning: 'mailflowLens.warningRow', information: 'mailflowLens.informationRow' };
const ruler: Readonly<Record<Kind, string>> = {
  error: 'editorOverviewRuler.errorForeground',
  warning: 'editorOverviewRuler.warningForeground',
  information: 'editorOverviewRuler.infoForeground',
};

/** Decorations are made once for all editors. */
export function createMarkStyles(): MarkStyles {
  const rowStyles = each((kind) => ({
    isWholeLine: true,
    backgroundColor: new ThemeColor(rows[kind]),
    borderColor: new ThemeColor(colors[kind]),
    borderStyle: 'solid',
    borderWidth: '0 0 0 2px',
  }));
  const underlines = each((kind) => ({ borderColor: new ThemeColor(colors[kind]), borderStyle: 'dotted', borderWidth: '0 0 2px 0' }));
  const rulers = each((kind) => ({ overviewRulerColor: new ThemeColor(ruler[kind]), overviewRulerLane: OverviewRulerLane.Right }));
  const all = [rowStyles, underlines, rulers];
  const set = (editor: TextEditor, styles: Styles, marks: readonly Marked[]): void => {
    for (const kind of severities) editor.setDecorations(styles[kind], marks.filter(({ severity }) => severity === kind).map(rangeOf));
  };
  return {
    mark(editor, marks) {
      set(editor, rowStyles, gravestOfLines(marks));
      set(
        editor,
        underlines,
        marks.filter(({ isDiagnosed }) => !isDiagnosed),
      );
    },
    showInRuler: (editor, marks) => set(editor, rulers, marks),
    clear: (editor) => {
      for (const styles of all) set(editor, styles, []);
    },
    dispose() {
      for (const styles of all) for (const kind of severities) styles[kind].dispose();
    },
  };
}

type Styles = Readonly<Record<Kind, TextEditorDecorationType>>;

function each(style: (kind: Kind) => Parameters<typeof window.createTextEditorDecorationType>[0]): Styles {
  const make = (kind: Kind): TextEditorDecorationType => window.createTextEditorDecorationType({ rangeBehavior: DecorationRangeBehavior.ClosedClosed, ...style(kind) });
  return { error: make('error'), warning: make('warning'), information: make('information') };
}

/** A row has one colour: that of the gravest of its failures. */
function gravestOfLines(marks: readonly Marked[]): Marked[] {
  const ofLines = new Map<number, Marked>();
  for (const mark of marks) {
    const known = ofLines.get(mark.start.line);
    if (!known || severities.indexOf(mark.severity) < severities.indexOf(known.severity)) ofLines.set(mark.start.line, mark);
  }
  return [...ofLines.values()];
}

function rangeOf({ start, end }: Marked): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
