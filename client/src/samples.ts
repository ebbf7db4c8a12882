/** Opens one of the bundled sample logs, so that a new user sees in a minute what the extension does. */

import { type ExtensionContext, Uri, window, workspace } from 'vscode';

/** Lets the user choose a sample and opens it. */
export async function openSample(context: ExtensionContext): Promise<void> {
  const folder = Uri.joinPath(context.extensionUri, 'samples');
  const entries = await workspace.fs.readDirectory(folder);
  const names = entries.map(([name]) => name).filter((name) => name !== 'README.md');
  const chosen = await window.showQuickPick(names, { title: 'Open a sample log', placeHolder: 'Hover what is underlined, then try the quick fix' });
  if (chosen) await window.showTextDocument(Uri.joinPath(folder, chosen));
}
