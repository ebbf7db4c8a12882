/** The view "Mail Failures": the results of the last scan, as the reader wants them grouped, kept over a reload. */

import { type Disposable, EventEmitter, commands as editorCommands, type Memento, type TreeDataProvider, window } from 'vscode';
import type { ScannedFile, ScanSummary, SeenTimes } from '../../server/src/protocol/scan.ts';
import { type Grouping, groupCells, groupings, type ScanNode, type UnreadableNode, unreadableNode } from './scanNodes.ts';
import { createScanResults, joinTimes, type ScanResults } from './scanResults.ts';
import { dayOf, errorsText, momentText, summaryText, timeText } from './scanText.ts';
import { childrenOf, toTreeItem } from './scanTree.ts';

/** The view's id in the manifest. */
export const scanViewId = 'mailflowLens.scan';

/** What the `when` clauses of the manifest ask for. */
const stateKey = 'mailflowLens.scanState';
const errorsKey = 'mailflowLens.scanErrorsOnly';

/** What was scanned. */
export interface Scanned {
  readonly uris: readonly string[];
  /** ISO 8601 in UTC: where only what is later was looked for. */
  readonly since?: string;
}

export interface ScanView extends Disposable {
  readonly tree: TreeDataProvider<ScanNode>;
  /** Empties the view and brings it forward. */
  readonly begin: (scanned: Scanned) => Promise<void>;
  readonly add: (found: readonly ScannedFile[]) => void;
  /** Says something above the tree. */
  readonly say: (message: string) => void;
  readonly end: (summary: ScanSummary) => Promise<void>;
  /** After a fault: what was found so far stays. */
  readonly breakOff: (reason: string) => Promise<void>;
  readonly clear: () => Promise<void>;
  readonly groupBy: (grouping: Grouping) => void;
  readonly showErrorsOnly: (errorsOnly: boolean) => Promise<void>;
  /** What was scanned last, if it is not cleared. */
  readonly scanned: () => Scanned | undefined;
  readonly grouping: () => Grouping;
  /** The whole tree, the results' times, and the day that all are of, if it is one. */
  readonly shown: () => { readonly nodes: readonly ScanNode[]; readonly seen: SeenTimes; readonly day: string | undefined };
}

/** What is kept while the window is closed. */
interface Kept extends Scanned {
  readonly at: string;
  readonly summary: ScanSummary;
  readonly found: readonly ScannedFile[];
}

const keptKey = 'mailflowLens.lastScan';
/** So many lines are kept; a window's memory is not for more. */
const mostKept = 500;

/** @param memory The workspace's. */
export function createScanView(memory: Memento): ScanView {
  const changed = new EventEmitter<undefined>();
  let results: ScanResults = createScanResults();
  let unreadable: UnreadableNode | undefined;
  let scanned: Scanned | undefined;
  let grouping: Grouping = 'failure';
  let errorsOnly = false;
  let made: ReturnType<ScanView['shown']> | undefined;

  const make = (): ReturnType<ScanView['shown']> => {
    const cells = results.cells().filter(({ failure }) => !errorsOnly || failure.severity === 'error');
    const seen = cells.map((cell) => cell.seen).reduce(joinTimes, {});
    return { nodes: [...groupCells(cells, groupings[grouping]), ...(unreadable ? [unreadable] : [])], seen, day: dayOf(seen) };
  };
  const shown = (): ReturnType<ScanView['shown']> => {
    made ??= make();
    return made;
  };
  const tree: TreeDataProvider<ScanNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: (node) => toTreeItem(node, shown().day),
    getChildren: (node) => [...(node ? childrenOf(node) : shown().nodes)],
  };
  const view = window.createTreeView(scanViewId, { treeDataProvider: tree, showCollapseAll: true, canSelectMany: false });
  const say = (message: string): void => {
    view.message = message;
  };
  const draw = (): void => {
    made = undefined;
    view.description = errorsOnly ? errorsText(results.cells()) : '';
    changed.fire(undefined);
  };
  const fill = (found: readonly ScannedFile[], summary: ScanSummary | undefined): void => {
    results = createScanResults();
    results.add(found);
    unreadable = summary && unreadableNode(summary);
    draw();
  };
  const tell = (summary: ScanSummary, ...before: readonly string[]): void =>
    say([...before, summaryText(summary), sinceText(scanned), timeText(shown().seen)].filter((part) => part !== '').join(' '));
  const restore = async (): Promise<void> => {
    const kept = memory.get<Kept>(keptKey);
    if (!kept) return;
    scanned = { uris: kept.uris, ...(kept.since !== undefined && { since: kept.since }) };
    fill(kept.found, kept.summary);
    const listed = kept.found.reduce((sum, { listed: lines }) => sum + lines.length, 0);
    tell({ ...kept.summary, listed }, `From ${new Date(kept.at).toLocaleString()}, scan again for what is new.`);
    await setContext(stateKey, 'ended');
  };
  void restore().catch(() => memory.update(keptKey, undefined));
  return {
    tree,
    begin: async (next) => {
      scanned = next;
      fill([], undefined);
      say('Looking for files');
      await memory.update(keptKey, undefined);
      await setContext(stateKey, 'running');
      await editorCommands.executeCommand(`${scanViewId}.focus`);
    },
    add: (found) => {
      results.add(found);
      draw();
    },
    say,
    end: async (summary) => {
      unreadable = unreadableNode(summary);
      draw();
      tell(summary);
      await setContext(stateKey, 'ended');
      const kept: Kept = { uris: [], ...scanned, at: new Date().toISOString(), summary, found: results.excerpt(mostKept) };
      await memory.update(keptKey, kept);
    },
    breakOff: async (reason) => {
      say(reason);
      await setContext(stateKey, 'ended');
    },
    clear: async () => {
      scanned = undefined;
      fill([], undefined);
      say('');
      await memory.update(keptKey, undefined);
      await setContext(stateKey, 'cleared');
    },
    groupBy: (next) => {
      grouping = next;
      draw();
    },
    showErrorsOnly: async (only) => {
      errorsOnly = only;
      draw();
      await setContext(errorsKey, only);
    },
    scanned: () => scanned,
    grouping: () => grouping,
    shown,
    dispose: () => {
      view.dispose();
      changed.dispose();
    },
  };
}

function sinceText(scanned: Scanned | undefined): string {
  return scanned?.since === undefined ? '' : `Only since ${momentText(scanned.since)}.`;
}

async function setContext(key: string, value: unknown): Promise<void> {
  await editorCommands.executeCommand('setContext', key, value);
}
