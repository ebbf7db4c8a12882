/** What an editor can ask about messages: where else a name stands, where it came in, and the story of a message. */

import { basename, resolve } from 'node:path';
import {
  type CallHierarchyItem,
  type CancellationToken,
  type Connection,
  DidChangeWorkspaceFoldersNotification,
  ErrorCodes,
  type Position,
  ResponseError,
  type TextDocumentPositionParams,
} from 'vscode-languageserver/node';
import { pathOfAddress, pathOfDocument } from '../files/address.ts';
import { longestQuery } from '../protocol/editor.ts';
import { type ListAnswer, type ListQuestion, type MessageAnswer, type MessageQuestion, messageRequests } from '../protocol/messages.ts';
import {
  getDefinition,
  getIncomingCalls,
  getMessageNamesAt,
  getNameAt,
  getOutgoingCalls,
  getReferences,
  type LogDocument,
  type MessageWay,
  type NameAt,
  type NamedRow,
  prepareCallHierarchy,
  type StageAddress,
} from '../service/index.ts';
import { visible } from '../text/visible.ts';
import { readUris } from './clientCapabilities.ts';
import type { ShownWork } from './clientMessages.ts';
import { type LookedAt, MessageReading } from './messageReading.ts';
import type { MessagesWanted } from './messageThread.ts';
import type { EditorSession } from './session.ts';

/** So long, in milliseconds, somebody waits for an answer while logs are read: then it is told what is known by then. What is shown anew when more is known need not wait as long. */
const patience = { once: 3_000, pointing: 1_000, again: 1_000 } as const;

export function answerMessageRequests(connection: Connection, session: EditorSession): void {
  const reading = createReading(session);
  connection.onNotification(DidChangeWorkspaceFoldersNotification.type, ({ event }) => {
    const removed = new Set(readUris(event?.removed));
    session.folders = [...session.folders.filter((folder) => !removed.has(folder)), ...readUris(event?.added)];
  });
  const looked = (uri: string): LookedAt | undefined => {
    const document = session.documents.get(uri);
    return document && session.logOf(uri) ? { uri, text: () => document.text.getText() } : undefined;
  };
  const rowsAt = async ({ textDocument: { uri }, position }: TextDocumentPositionParams, milliseconds: number): Promise<readonly NamedRow[]> => {
    const log = session.logOf(uri);
    const name = log && getNameAt(log, log.offsetAt(position));
    return name ? ((await reading.ask({ kind: 'rows', name: nameAlone(name) }, looked(uri), milliseconds)).rows ?? []) : [];
  };
  connection.onReferences(async (parameters) => getReferences(await rowsAt(parameters, patience.once)));
  connection.onDefinition(async (parameters) => getDefinition(await rowsAt(parameters, patience.pointing)));
  const waysOf = async (wanted: Omit<MessagesWanted, 'kind'>, uri: string): Promise<readonly MessageWay[]> =>
    (await reading.ask({ kind: 'ways', ...wanted }, looked(uri), patience.once)).ways ?? [];
  connection.languages.callHierarchy.onPrepare(async ({ textDocument: { uri }, position }) => {
    const log = session.logOf(uri);
    const name = log && getNameAt(log, log.offsetAt(position));
    const ways = name ? await waysOf({ name: nameAlone(name) }, uri) : [];
    return ways.flatMap((way) => prepareCallHierarchy(way, uri, position.line, (file, address) => file === address || file === pathOfDocument(address)));
  });
  const wayOfItem = async ({ data, uri }: CallHierarchyItem): Promise<{ readonly way: MessageWay; readonly stage: StageAddress } | undefined> => {
    const { key, stage } = (data ?? {}) as Partial<StageAddress>;
    if (typeof key !== 'string' || !Number.isInteger(stage)) return undefined;
    const [way] = await waysOf({ key }, uri);
    return way && { way, stage: { key, stage: stage as number } };
  };
  connection.languages.callHierarchy.onIncomingCalls(async ({ item }) => {
    const found = await wayOfItem(item);
    return found ? getIncomingCalls(found.way, found.stage) : [];
  });
  connection.languages.callHierarchy.onOutgoingCalls(async ({ item }) => {
    const found = await wayOfItem(item);
    return found ? getOutgoingCalls(found.way, found.stage) : [];
  });
  connection.onRequest(messageRequests.list, async ({ folder: address, status, text, offset, waits }: ListQuestion): Promise<ListAnswer> => {
    const path = pathOfAddress(String(address));
    if (path === undefined) throw new ResponseError(ErrorCodes.InvalidParams, 'Only folders of the machine that Mailflow Lens runs on can be read.');
    const folder = resolve(path);
    reading.add(folder);
    const list = {
      folder,
      ...(typeof status === 'string' && { status }),
      ...(typeof text === 'string' && { text }),
      ...(Number.isInteger(offset) && { offset: offset as number }),
    };
    const answer = await reading.ask({ kind: 'list', list }, undefined, waits === true ? undefined : patience.again);
    return { counts: [], rows: [], ...answer.list, isComplete: answer.isComplete };
  });
  connection.onRequest(messageRequests.find, async (question: MessageQuestion, cancellation: CancellationToken): Promise<MessageAnswer> => {
    const { uri, position, waits } = question;
    const log = typeof uri === 'string' ? session.logOf(uri) : undefined;
    const asked = wantedOf(question, log, position);
    if (!asked) return { found: [], isComplete: true };
    const listener = cancellation.onCancellationRequested(() => reading.stop());
    try {
      const { found = [], story, isComplete } = await reading.ask(asked.wanted, log && looked(log.uri), waits === true ? undefined : patience.again);
      return { asked: visible(asked.text), found, ...(story && { story }), isComplete };
    } finally {
      listener.dispose();
    }
  });
}

function wantedOf(
  { text, key }: MessageQuestion,
  log: LogDocument | undefined,
  position: Position | undefined,
): { readonly wanted: MessagesWanted; readonly text: string } | undefined {
  if (typeof key === 'string') return { wanted: { kind: 'stories', key }, text: key.slice(2) };
  if (typeof text === 'string') return { wanted: { kind: 'stories', text: text.slice(0, longestQuery) }, text };
  if (!log || !position) return undefined;
  const names = getMessageNamesAt(log, log.offsetAt(position));
  return names[0] && { wanted: { kind: 'stories', names }, text: names[0].value };
}

function nameAlone({ span: _, ...name }: NameAt): Omit<NameAt, 'span'> {
  return name;
}

/** The reading shows itself in the editor while it lasts, and stops where the user has enough of it. */
function createReading(session: EditorSession): MessageReading {
  let shown: Promise<ShownWork | undefined> | undefined;
  const reading: MessageReading = new MessageReading(
    () => ({
      folders: session.folders.map((folder) => pathOfAddress(folder)).filter((path) => path !== undefined),
      failures: session.followed,
      timeZone: session.settings.timeZone,
      positions: session.encoding,
    }),
    (progress) => {
      if (progress) {
        shown ??= session.messages.beginWork('Reading messages', () => reading.stop());
        const percentage = progress.allBytes === 0 ? 0 : Math.floor((100 * progress.bytes) / progress.allBytes);
        void shown.then((work) => work?.report(percentage, `file ${progress.number} of ${progress.files}: ${visible(basename(progress.file))}`));
      } else {
        void shown?.then((work) => work?.end());
        shown = undefined;
      }
    },
  );
  return reading;
}
