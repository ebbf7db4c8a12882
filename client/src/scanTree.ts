/** The results of a scan as items of VS Code's tree. All of them are plain text: nothing in them is read as Markdown, as a link or as an icon. */

import { Range, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import type { ScannedFailure } from '../../server/src/protocol/scan.ts';
import type { GroupNode, LineNode, ScanNode, UnreadableFileNode, UnreadableNode } from './scanNodes.ts';
import { groupText, lineLabel, numbered } from './scanText.ts';

/** The nodes below a node. */
export function childrenOf(node: ScanNode): readonly ScanNode[] {
  if (node.kind === 'group') return node.children;
  return node.kind === 'unreadable' ? node.files : [];
}

/**
 * How the view shows a node; screen readers hear what others see by the icon.
 * @param day The day that all results are of, if it is one.
 */
export function toTreeItem(node: ScanNode, day: string | undefined): TreeItem {
  switch (node.kind) {
    case 'group':
      return groupItem(node, day);
    case 'line':
      return lineItem(node, day);
    case 'unreadable':
      return unreadableItem(node);
    case 'unreadableFile':
      return unreadableFileItem(node);
  }
}

const severityIcons: Readonly<Record<ScannedFailure['severity'], ThemeIcon>> = {
  error: new ThemeIcon('error', new ThemeColor('problemsErrorIcon.foreground')),
  warning: new ThemeIcon('warning', new ThemeColor('problemsWarningIcon.foreground')),
  information: new ThemeIcon('info', new ThemeColor('problemsInfoIcon.foreground')),
};

function groupItem(node: GroupNode, day: string | undefined): TreeItem {
  const { level, id, name, folder, failure, severity, count, listed, children } = node;
  const state = children.length === 0 ? TreeItemCollapsibleState.None : TreeItemCollapsibleState.Collapsed;
  const item = new TreeItem(name, state);
  item.id = id;
  item.description = groupText(node, day);
  const sample = listed < count ? `\n${numbered(listed, 'line')} of ${numbered(count, 'finding')} listed` : '';
  item.tooltip = `${level === 'failure' && failure ? `${failure.title}\n${failure.id}` : [folder, name].filter((part) => part !== '').join('/')}: ${item.description}${sample}`;
  item.iconPath = level === 'failure' ? severityIcons[severity] : level === 'file' ? ThemeIcon.File : new ThemeIcon('server');
  item.contextValue = contextOf(
    'group',
    failure,
    node.cells.some(({ failure: { hasRunbook } }) => hasRunbook),
  );
  item.accessibilityInformation = { label: `${level === 'failure' ? `${severity}: ` : ''}${name}, ${item.description}` };
  return item;
}

/** What the `when` clauses of the manifest look for. */
function contextOf(kind: string, failure: ScannedFailure | undefined, hasRunbook: boolean): string {
  return [kind, ...(failure ? ['page'] : []), ...(hasRunbook ? ['runbook'] : [])].join(' ');
}

function lineItem(node: LineNode, day: string | undefined): TreeItem {
  const { cell, standsFor, start, end, text } = node;
  const item = new TreeItem(lineLabel(node, day));
  const failure = standsFor.find(({ level }) => level === 'failure');
  item.description = text;
  const place = `${[cell.folder, cell.name].filter((part) => part !== '').join('/')}, line ${(start.line + 1).toLocaleString('en-US')}`;
  item.tooltip = `${place}\n${text}`;
  if (failure) item.iconPath = severityIcons[failure.severity];
  item.contextValue = contextOf('line', cell.failure, node.runbook !== undefined);
  item.accessibilityInformation = { label: `${failure ? `${failure.severity}: ` : ''}${String(item.label)}: ${text}, ${place}` };
  if (isCompressed(cell.name)) {
    item.tooltip = `${item.tooltip}\nThe file is compressed: the line is that of the unpacked log.`;
    return item;
  }
  const selection = new Range(start.line, start.character, end.line, end.character);
  // The address is parsed strictly, since the server made it.
  item.command = { command: 'vscode.open', title: 'Open at This Line', arguments: [Uri.parse(cell.uri, true), { selection, preview: true }] };
  return item;
}

/** The editor cannot open what the scan has unpacked. */
function isCompressed(name: string): boolean {
  return /\.t?gz$/i.test(name);
}

function unreadableItem(node: UnreadableNode): TreeItem {
  const item = new TreeItem(node.text, TreeItemCollapsibleState.Collapsed);
  item.id = 'unreadable';
  item.iconPath = new ThemeIcon('circle-slash');
  if (node.files.length < node.count) item.description = `the first ${node.files.length}`;
  return item;
}

function unreadableFileItem({ name, folder, reason: why, isPartial }: UnreadableFileNode): TreeItem {
  const item = new TreeItem(name);
  const reason = isPartial ? `read only in part: ${why}` : why;
  item.description = [reason, folder].filter((part) => part !== '').join(' · ');
  item.tooltip = `${[folder, name].filter((part) => part !== '').join('/')}: ${reason}`;
  item.iconPath = ThemeIcon.File;
  item.accessibilityInformation = { label: `${name}: ${reason}${folder && `, in ${folder}`}` };
  return item;
}
