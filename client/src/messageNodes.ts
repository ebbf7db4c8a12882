/** The rows of the view "Messages": groups by what became of them, and one row a message. All of them are plain text. */

import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { type MessageSummary, probeStatus } from '../../server/src/protocol/messages.ts';

export type MessageNode = StatusNode | MessageRow | MoreNode;

export interface StatusNode {
  readonly kind: 'status';
  readonly status: string;
  readonly count: number;
}

export interface MessageRow {
  readonly kind: 'message';
  readonly status: string;
  readonly message: MessageSummary;
}

/** Stands for the messages that have not been asked for yet. */
export interface MoreNode {
  readonly kind: 'more';
  readonly status: string;
  readonly left: number;
}

export function toMessageItem(node: MessageNode): TreeItem {
  switch (node.kind) {
    case 'status':
      return statusItem(node);
    case 'message':
      return messageItem(node);
    case 'more':
      return moreItem(node);
  }
}

const names: Readonly<Record<string, string>> = {
  failed: 'Failed',
  delayed: 'Delayed',
  'in-transit': 'In transit',
  recovered: 'Delivered after a delay',
  delivered: 'Delivered',
  expanded: 'Expanded',
  redirected: 'Redirected',
  [probeStatus]: 'Health probes of the servers',
};

/** What a status is called in the view. */
export function statusName(status: string): string {
  return names[status] ?? status;
}

const number = (count: number): string => count.toLocaleString('en-US');

function iconOf(status: string): ThemeIcon {
  if (status === 'failed') return new ThemeIcon('error', new ThemeColor('problemsErrorIcon.foreground'));
  if (status === 'delayed' || status === 'in-transit') return new ThemeIcon('warning', new ThemeColor('problemsWarningIcon.foreground'));
  return new ThemeIcon(status === probeStatus ? 'pulse' : status === 'expanded' || status === 'redirected' ? 'references' : 'pass');
}

function statusItem({ status, count }: StatusNode): TreeItem {
  const item = new TreeItem(statusName(status), status === 'failed' ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed);
  item.id = `status ${status}`;
  item.description = number(count);
  item.iconPath = iconOf(status);
  item.contextValue = 'status';
  item.accessibilityInformation = { label: `${statusName(status)}: ${number(count)} message${count === 1 ? '' : 's'}` };
  return item;
}

/** "others: 2 delivered"; empty where all recipients have the same status. */
export function othersText({ others }: MessageSummary, name = 'others'): string {
  return others.length === 0 ? '' : `${name}: ${others.map(({ status, count }) => `${number(count)} ${statusName(status).toLowerCase()}`).join(', ')}`;
}

function messageItem({ status, message }: MessageRow): TreeItem {
  const { key, recipients, sender, first, last, messageId } = message;
  const item = new TreeItem(recipients === '' ? messageId : recipients, TreeItemCollapsibleState.None);
  item.id = `message ${key}`;
  item.description = [othersText(message), sender === '' ? '' : `from ${sender}`, first, last].filter((part) => part !== '').join(' · ');
  const facts = [
    `${statusName(status)}: ${recipients}`,
    othersText(message, 'Other recipients'),
    `From: ${sender}`,
    `Message id: ${messageId}`,
    `First seen: ${first}`,
    `Last step: ${last}`,
  ];
  item.tooltip = facts.filter((fact) => fact !== '').join('\n');
  item.iconPath = iconOf(status);
  item.contextValue = 'message';
  item.command = { command: 'mailflowLens.findMessage', title: 'Find This Message', arguments: [{ key }] };
  item.accessibilityInformation = { label: `${statusName(status)}: ${recipients}, ${item.description}` };
  return item;
}

function moreItem({ status, left }: MoreNode): TreeItem {
  const item = new TreeItem(`Show more (${number(left)} left)`, TreeItemCollapsibleState.None);
  item.id = `more ${status}`;
  item.iconPath = new ThemeIcon('ellipsis');
  item.command = { command: 'mailflowLens.showMoreMessages', title: 'Show More', arguments: [{ status }] };
  return item;
}
