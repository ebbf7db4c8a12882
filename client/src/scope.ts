/** What an overview or a list of failures is of: the open log, or what was scanned last. */

import { Uri, window, workspace } from 'vscode';
import type { GivenText } from '../../server/src/protocol/scan.ts';
import type { Scanned } from './scanView.ts';
import { isServed } from './served.ts';
import { withoutIcons } from './shownText.ts';

export interface ScopeSources {
  readonly scanned: () => Scanned | undefined;
  /** The file of the active tab, where it is on a disk. */
  readonly openFile: () => Scanned | undefined;
}

export interface Scope extends Scanned {
  /** The address of the open document whose text is read, where that is not a file as it is on the disk. */
  readonly document?: string;
}

/** Asks where there are both. Undefined where there is neither, or the user chooses none. @param what What the files are wanted for. */
export async function chooseScope({ scanned, openFile }: ScopeSources, what: string): Promise<Scope | undefined> {
  const [open, last]: readonly (Scope | undefined)[] = [openText() ?? openFile(), scanned()];
  if (!open && !last) void window.showInformationMessage(`Open a log, or scan a file or a folder: ${what} is of these.`);
  if (!open || !last || (open.document === undefined && open.uris.join() === last.uris.join())) return last ?? open;
  const items = [
    { label: withoutIcons(scopeName(open)), description: open.document === undefined ? 'the open file' : 'the open text, as it is now', scope: open },
    { label: withoutIcons(scopeName(last)), description: 'what was scanned last', scope: last },
  ];
  return (await window.showQuickPick(items, { title: 'Mailflow Lens', placeHolder: `Which logs is ${what} to be of?` }))?.scope;
}

/** The file or the folder, and how many others there are. */
export function scopeName({ uris, document }: Scope): string {
  const first = document ?? uris[0] ?? '';
  const name = Uri.parse(first, true).path.split('/').pop() ?? '';
  return uris.length > 1 ? `${name} and ${uris.length - 1} more` : name;
}

/** The active document, where a scan would not read what it shows: it is not saved, or not on a disk. */
function openText(): Scope | undefined {
  const document = window.activeTextEditor?.document;
  if (!document || !isServed(document) || (document.uri.scheme === 'file' && !document.isDirty)) return undefined;
  return { uris: [], document: document.uri.toString() };
}

/** What a document says now; undefined where it is not open any more, and nothing where files are read. */
export function givenTextOf({ document }: Scope): GivenText | undefined {
  if (document === undefined) return {};
  const open = workspace.textDocuments.find(({ uri }) => uri.toString() === document);
  return open && { text: open.getText(), document: { uri: document, name: open.uri.path.split('/').pop() ?? '' } };
}
