/** Opens one of the bundled sample logs, so that a new user sees in a minute what the extension does. */

import { type ExtensionContext, commands as editorCommands, languages, type QuickPickItem, Range, Selection, TextEditorRevealType, Uri, window } from 'vscode';

interface Sample extends QuickPickItem {
  /** Below the folder of samples. */
  readonly path: string;
  /** The text that the reader finds selected: the failure, or a part of it. */
  readonly failure: string;
}

const samples: readonly Sample[] = [
  {
    label: 'SMTP send log',
    description: 'SEND2026011508-1.LOG',
    detail: 'Mail to Office 365 waits, since the certificate is not trusted. Other messages fail for a full mailbox, a size, a timeout.',
    path: 'SEND2026011508-1.LOG',
    failure: '454 4.7.0',
  },
  { label: 'SMTP receive log', description: 'RECV2026011508-1.LOG', detail: 'A scanner may not relay.', path: 'RECV2026011508-1.LOG', failure: '550 5.7.54' },
  {
    label: 'Ticket',
    description: 'ticket.txt',
    detail: 'A help-desk ticket with a quoted event and a response in the middle of a sentence.',
    path: 'ticket.txt',
    failure: '550 5.1.1',
  },
  {
    label: 'Events, copied from Event Viewer',
    description: 'Application-events.txt',
    detail: 'Exchange says which connector fails, and why.',
    path: 'Application-events.txt',
    failure: '454 4.7.0',
  },
  { label: 'Events, saved as XML', description: 'Application-events.xml', detail: 'The same kind of events in another form.', path: 'Application-events.xml', failure: '4.7.0' },
  {
    label: 'Postfix relay of the printers',
    description: 'incident/printer-relay.log',
    detail: 'Exchange Online no longer lets the relay sign in. A part of the sample incident.',
    path: 'incident/printer-relay.log',
    failure: '535 5.7.139',
  },
];

/** Lets the user choose a sample and opens it on its failure, with the explanation. */
export async function openSample(context: ExtensionContext): Promise<void> {
  const chosen = await window.showQuickPick(samples, {
    title: 'Open a sample log',
    placeHolder: 'It opens on a failure: rest the mouse on it, then try the quick fix (Ctrl+.)',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!chosen) return;
  const editor = await window.showTextDocument(Uri.joinPath(context.extensionUri, 'samples', chosen.path));
  const { document } = editor;
  const start = document.getText().indexOf(chosen.failure);
  const range = new Range(document.positionAt(start), document.positionAt(start + chosen.failure.length));
  editor.selection = new Selection(range.start, range.end);
  editor.revealRange(range, TextEditorRevealType.InCenter);
  await untilRead(document.uri);
  if (window.activeTextEditor === editor) await editorCommands.executeCommand('editor.action.showHover');
}

/** So long, in milliseconds, the explanation is waited for; a server that has just been started takes a second or two. */
const patience = 10_000;

/** Until the failures of a document are marked. */
function untilRead(uri: Uri): Promise<void> {
  return new Promise((resolve) => {
    const isRead = (): boolean => languages.getDiagnostics(uri).length > 0;
    if (isRead()) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      listener.dispose();
      resolve();
    };
    const timer = setTimeout(end, patience);
    const listener = languages.onDidChangeDiagnostics(() => isRead() && end());
  });
}

/** The folder of logs of one morning on which two things fail. */
export function sampleIncident(context: ExtensionContext): Uri {
  return Uri.joinPath(context.extensionUri, 'samples', 'incident');
}
