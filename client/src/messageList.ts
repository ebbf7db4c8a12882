/** The view "Messages": one row a message of a folder. It is there once somebody has asked for it, and asks the server for some rows at a time. */

import { type Disposable, EventEmitter, commands as editorCommands, env, type TreeDataProvider, type TreeView, Uri, window, workspace } from 'vscode';
import { type ListAnswer, type ListQuestion, messageRequests } from '../../server/src/protocol/messages.ts';
import type { LanguageServer } from './languageServer.ts';
import { type MessageNode, type MessageRow, statusName, toMessageItem } from './messageNodes.ts';
import { listText } from './messageText.ts';

/** The view's id in the manifest. */
const viewId = 'mailflowLens.messages';
/** What the `when` clauses of the manifest ask for. */
const listedKey = 'mailflowLens.hasMessages';

/** Registers the view and its commands. */
export function provideMessageList(server: LanguageServer): { readonly tree: TreeDataProvider<MessageNode>; readonly disposables: readonly Disposable[] } {
  const changed = new EventEmitter<MessageNode | undefined>();
  let folder: Uri | undefined;
  let text = '';
  let statuses: ReadonlySet<string> | undefined;
  let counts: ListAnswer['counts'] = [];
  let rows = new Map<string, MessageRow[]>();

  const ask = (question: Omit<ListQuestion, 'folder' | 'text'>): Promise<ListAnswer> =>
    server.request<ListAnswer>(messageRequests.list, { folder: folder?.toString() ?? '', ...(text !== '' && { text }), ...question });
  const isShown = ({ status }: { readonly status: string }): boolean => statuses?.has(status) ?? true;
  const load = async (status: string): Promise<void> => {
    const known = rows.get(status) ?? [];
    const { rows: more } = await ask({ status, offset: known.length });
    rows.set(status, [...known, ...more.map((message): MessageRow => ({ kind: 'message', status, message }))]);
  };
  const tree: TreeDataProvider<MessageNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: toMessageItem,
    async getChildren(node) {
      if (!node) return counts.filter(isShown).map(({ status, count }) => ({ kind: 'status', status, count }));
      if (node.kind !== 'status') return [];
      if (!rows.has(node.status)) await load(node.status);
      const own = rows.get(node.status) ?? [];
      const left = node.count - own.length;
      return [...own, ...(left > 0 && own.length > 0 ? [{ kind: 'more' as const, status: node.status, left }] : [])];
    },
  };
  // Made when somebody asks for it: most windows never show it.
  let made: TreeView<MessageNode> | undefined;
  const viewOf = (): TreeView<MessageNode> => {
    made ??= window.createTreeView(viewId, { treeDataProvider: tree, showCollapseAll: true });
    return made;
  };
  const draw = (answer: ListAnswer): void => {
    ({ counts } = answer);
    rows = new Map();
    const all = counts.filter(isShown).reduce((sum, { count }) => sum + count, 0);
    const filters = [text === '' ? '' : `with "${text}"`, statuses ? `only ${[...statuses].map((status) => statusName(status).toLowerCase()).join(', ')}` : ''].filter(
      (part) => part !== '',
    );
    const view = viewOf();
    view.description = filters.join(', ');
    view.message = listText(all, { isFiltered: filters.length > 0, isComplete: answer.isComplete });
    changed.fire(undefined);
  };
  /** What is known by now is shown at once, and the rest when it has been read. */
  const refresh = async (): Promise<void> => {
    const asked = folder;
    const answer = await ask({});
    if (folder !== asked) return;
    draw(answer);
    if (answer.isComplete) return;
    const whole = await ask({ waits: true });
    if (folder === asked) draw(whole);
  };
  const list = async (given: unknown): Promise<void> => {
    const chosen = given instanceof Uri ? given : await chooseFolder();
    if (!chosen) return;
    if (chosen.scheme !== 'file') return void window.showInformationMessage('Only folders of the machine that Mailflow Lens runs on can be read.');
    [folder, text, statuses] = [chosen, '', undefined];
    const view = viewOf();
    view.title = `Messages: ${chosen.path.split('/').at(-1) ?? ''}`;
    view.message = 'Reading the logs';
    await editorCommands.executeCommand('setContext', listedKey, true);
    await editorCommands.executeCommand(`${viewId}.focus`);
    await refresh();
  };
  const filterText = async (): Promise<void> => {
    const typed = await window.showInputBox({ title: 'Filter Messages', prompt: 'Part of a message id, a sender or a recipient; nothing shows all messages', value: text });
    if (typed === undefined) return;
    text = typed.trim();
    await refresh();
  };
  const filterStatus = async (): Promise<void> => {
    const picks = counts.map(({ status, count }) => ({ label: statusName(status), description: `${count}`, status, picked: isShown({ status }) }));
    const chosen = await window.showQuickPick(picks, { title: 'Show messages that are', canPickMany: true });
    if (!chosen) return;
    statuses = chosen.length === 0 || chosen.length === picks.length ? undefined : new Set(chosen.map(({ status }) => status));
    await refresh();
  };
  const showMore = async (given: unknown): Promise<void> => {
    const { status } = (given ?? {}) as { readonly status?: unknown };
    if (typeof status !== 'string') return;
    await load(status);
    changed.fire(undefined);
  };
  const copyId = async (given: unknown): Promise<void> => {
    const node = given as MessageNode | undefined;
    if (node?.kind === 'message') await env.clipboard.writeText(node.message.messageId);
  };
  const copyStory = (given: unknown): unknown => {
    const node = given as MessageNode | undefined;
    return node?.kind === 'message' ? editorCommands.executeCommand('mailflowLens.copyStory', { key: node.message.key }) : undefined;
  };
  const command = (name: string, action: (given: unknown) => unknown): Disposable => editorCommands.registerCommand(`mailflowLens.${name}`, action);
  return {
    tree,
    disposables: [
      { dispose: () => made?.dispose() },
      changed,
      command('listMessages', list),
      command('refreshMessages', refresh),
      command('filterMessages', filterText),
      command('filterMessageStatus', filterStatus),
      command('showMoreMessages', showMore),
      command('copyMessageId', copyId),
      command('copyStoryOfRow', copyStory),
    ],
  };
}

/** The only folder of the workspace needs no choice. */
async function chooseFolder(): Promise<Uri | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  const [only] = folders;
  if (only && folders.length === 1) return only.uri;
  const [chosen] =
    (await window.showOpenDialog({
      title: 'List the messages in a folder of logs',
      openLabel: 'List',
      canSelectFolders: true,
      canSelectFiles: false,
      ...(only && { defaultUri: only.uri }),
    })) ?? [];
  return chosen;
}
