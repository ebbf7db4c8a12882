/** The results of a scan as items of VS Code's tree. All of them are plain text: nothing in them is read as Markdown, as a link or as an icon. */

import { Range, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import { countText, type FailureNode, type FileNode, listedOf, numbered, type OccurrenceNode, type ScanNode, type UnreadableFileNode, type UnreadableNode } from './scanResults.ts';

/** The nodes below a node. */
export function childrenOf(node: ScanNode): readonly ScanNode[] {
  if (node.kind === 'failure') return [...node.files.values()];
  if (node.kind === 'file') return node.occurrences;
  return node.kind === 'unreadable' ? node.files : [];
}

/** How the view shows a node; screen readers hear what others see by the icon. */
export function toTreeItem(node: ScanNode): TreeItem {
  switch (node.kind) {
    case 'failure':
      return failureItem(node);
    case 'file':
      return fileItem(node);
    case 'occurrence':
      return occurrenceItem(node);
    case 'unreadable':
      return unreadableItem(node);
    case 'unreadableFile':
      return unreadableFileItem(node);
  }
}

const icons: Readonly<Record<FailureNode['severity'], ThemeIcon>> = {
  error: new ThemeIcon('error', new ThemeColor('problemsErrorIcon.foreground')),
  warning: new ThemeIcon('warning', new ThemeColor('problemsWarningIcon.foreground')),
  information: new ThemeIcon('info', new ThemeColor('problemsInfoIcon.foreground')),
};

function failureItem(node: FailureNode): TreeItem {
  const listed = listedOf(node);
  const count = countText(node.count, listed);
  const item = new TreeItem(node.title, TreeItemCollapsibleState.Collapsed);
  item.id = node.id;
  // Where some are not listed, there can be more files than those that are known here.
  item.description = listed < node.count ? count : `${count} in ${numbered(node.files.size, 'file')}`;
  item.tooltip = `${node.title}\n${node.id}: ${count}`;
  item.iconPath = icons[node.severity];
  item.contextValue = 'failure';
  item.accessibilityInformation = { label: `${node.severity}: ${node.title}, ${item.description}` };
  return item;
}

function fileItem(node: FileNode): TreeItem {
  const count = countText(node.count, node.occurrences.length);
  const isOnly = node.failure.files.size === 1;
  const item = new TreeItem(node.name, isOnly ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed);
  item.id = `${node.failure.id}\n${node.uri}`;
  item.description = [count, node.folder].filter((part) => part !== '').join(' · ');
  item.tooltip = [node.folder, node.name].filter((part) => part !== '').join('/');
  item.iconPath = ThemeIcon.File;
  item.accessibilityInformation = { label: `${node.name}, ${count}${node.folder && `, in ${node.folder}`}` };
  return item;
}

function occurrenceItem(node: OccurrenceNode): TreeItem {
  const { file, start, end, text } = node;
  const item = new TreeItem(`Line ${start.line + 1}`);
  item.description = text;
  item.tooltip = text;
  item.accessibilityInformation = { label: `${String(item.label)}: ${text}` };
  if (isCompressed(file)) {
    item.tooltip = `${text}\nThe file is compressed: the line is that of the unpacked log.`;
    return item;
  }
  const selection = new Range(start.line, start.character, end.line, end.character);
  // The address is parsed strictly, since the server made it.
  item.command = { command: 'vscode.open', title: 'Open at This Line', arguments: [Uri.parse(file.uri, true), { selection, preview: true }] };
  return item;
}

/** The editor cannot open what the scan has unpacked. */
function isCompressed({ name }: FileNode): boolean {
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
