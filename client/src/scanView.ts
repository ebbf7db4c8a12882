/** The view of a scan: there only after the first one, since most readers never need it. */

import { type Disposable, EventEmitter, commands as editorCommands, type TreeDataProvider, type TreeView, window } from 'vscode';
import type { ScannedFile, ScanSummary } from '../../server/src/protocol.ts';
import { createScanResults, type ScanNode, type ScanResults, summaryText, type UnreadableNode, unreadableNode } from './scanResults.ts';
import { childrenOf, toTreeItem } from './scanTree.ts';

/** The view's id in the manifest. */
export const scanViewId = 'mailflowLens.scan';

/** What the `when` clauses of the manifest ask for; the view is hidden until it is set. */
const stateKey = 'mailflowLens.scanState';

export interface ScanView extends Disposable {
  readonly tree: TreeDataProvider<ScanNode>;
  /** Empties the view and brings it forward. */
  readonly begin: () => Promise<void>;
  readonly add: (found: readonly ScannedFile[]) => void;
  /** Says something above the tree. */
  readonly say: (message: string) => void;
  readonly end: (summary: ScanSummary) => Promise<void>;
  /** After a fault: what was found so far stays. */
  readonly breakOff: (reason: string) => Promise<void>;
  readonly clear: () => Promise<void>;
}

/** Makes nothing that VS Code would have to draw before the first scan. */
export function createScanView(): ScanView {
  const changed = new EventEmitter<undefined>();
  let results: ScanResults = createScanResults();
  let unreadable: UnreadableNode | undefined;
  let view: TreeView<ScanNode> | undefined;

  const tree: TreeDataProvider<ScanNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: toTreeItem,
    getChildren: (node) => (node ? [...childrenOf(node)] : [...results.failures(), ...(unreadable ? [unreadable] : [])]),
  };
  const say = (message: string): void => {
    if (view) view.message = message;
  };
  const empty = (): void => {
    results = createScanResults();
    unreadable = undefined;
    changed.fire(undefined);
  };
  return {
    tree,
    begin: async () => {
      view ??= window.createTreeView(scanViewId, { treeDataProvider: tree, showCollapseAll: true });
      empty();
      say('Looking for files');
      await setState('running');
      await editorCommands.executeCommand(`${scanViewId}.focus`);
    },
    add: (found) => {
      results.add(found);
      changed.fire(undefined);
    },
    say,
    end: async (summary) => {
      unreadable = unreadableNode(summary);
      changed.fire(undefined);
      say(summaryText(summary));
      await setState('ended');
    },
    breakOff: async (reason) => {
      say(reason);
      await setState('ended');
    },
    clear: async () => {
      empty();
      say('');
      await setState('cleared');
    },
    dispose: () => {
      view?.dispose();
      changed.dispose();
    },
  };
}

async function setState(state: 'running' | 'ended' | 'cleared'): Promise<void> {
  await editorCommands.executeCommand('setContext', stateKey, state);
}
