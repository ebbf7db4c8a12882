/** What an overview or a list of failures is of: the open log, or what was scanned last. */

import { Uri, window } from 'vscode';
import type { Scanned } from './scanView.ts';
import { withoutIcons } from './shownText.ts';

export interface ScopeSources {
  readonly scanned: () => Scanned | undefined;
  /** The file of the active tab, where it is on a disk. */
  readonly openFile: () => Scanned | undefined;
}

/** Asks where there are both. Undefined where there is neither, or the user chooses none. @param what What the files are wanted for. */
export async function chooseScope({ scanned, openFile }: ScopeSources, what: string): Promise<Scanned | undefined> {
  const [open, last] = [openFile(), scanned()];
  if (!open && !last) void window.showInformationMessage(`Open a log that is saved, or scan a file or a folder: ${what} is of these.`);
  if (!open || !last || open.uris.join() === last.uris.join()) return last ?? open;
  const items = [
    { label: withoutIcons(scopeName(open)), description: 'the open file', scope: open },
    { label: withoutIcons(scopeName(last)), description: 'what was scanned last', scope: last },
  ];
  return (await window.showQuickPick(items, { title: 'Mailflow Lens', placeHolder: `Which logs is ${what} to be of?` }))?.scope;
}

/** The file or the folder, and how many others there are. */
export function scopeName({ uris }: Scanned): string {
  const [first = ''] = uris;
  const name = Uri.parse(first, true).path.split('/').pop() ?? '';
  return uris.length > 1 ? `${name} and ${uris.length - 1} more` : name;
}
