/** What the word at a place of a log names: only where the log itself says that it is an id, an address, a connector or a host. */

import type { DocumentCell } from '../analysis/document/documentCell.ts';
import { readRow, readStepsAround } from '../analysis/document/rowSteps.ts';
import { plainMessageId, shortHost } from '../analysis/messages/messageKeys.ts';
import { isMessageId, type MessageName, type NameKind } from '../analysis/messages/messageNames.ts';
import { serverInStep } from '../analysis/messages/messageWriter.ts';
import { serverOfPath } from '../analysis/serverOfLog.ts';
import { findWholeWord } from '../text/wholeWords.ts';
import type { Span, Step } from '../values.ts';
import type { LogDocument } from './logDocument.ts';

export interface NameAt extends MessageName {
  readonly span: Span;
}

/** A full stop goes on with a word only where another character follows. */
const beside = 2;

/** No row that names something is longer. */
const longestRow = 64 * 1024;

/** The name at an offset; undefined where there is none. */
export function getNameAt(document: LogDocument, offset: number): NameAt | undefined {
  if (document.isTooLarge) return undefined;
  const row = rowOf(document, offset);
  if (row.end - row.start > longestRow) return undefined;
  const cell = document.cellAt(offset);
  if (cell && isProse(cell)) return undefined;
  const within = cell?.span ?? row;
  const steps = readRow(document, document.reading(), row);
  const found = longestAt(document, steps, within, offset);
  return found ?? (cell || steps.length > 0 ? undefined : longestAt(document, readStepsAround(document, row), row, offset));
}

/** What a place says of a message, the surest first: the id that is pointed at, that of the row, its session, and what else is pointed at. */
export function getMessageNamesAt(document: LogDocument, offset: number): MessageName[] {
  if (document.isTooLarge) return [];
  const pointed = getNameAt(document, offset);
  const names = readStepsAt(document, offset).flatMap((step) => namesIn(step, serverOf(document, step)));
  const ofRow = (['message', 'network', 'queue', 'session'] as const).flatMap((kind) => names.find((name) => name.kind === kind) ?? []);
  if (!pointed) return ofRow;
  const { span: _, ...name } = pointed;
  return isMessageId(name) ? [name] : [...ofRow, name];
}

/** What the row at an offset says happened, or else the text of several lines that it is part of. */
export function readStepsAt(document: LogDocument, offset: number): Step[] {
  if (document.isTooLarge) return [];
  const row = rowOf(document, offset);
  const own = row.end - row.start > longestRow ? [] : readRow(document, document.reading(), row);
  return own.length > 0 ? own : readStepsAround(document, row);
}

/** Of several the longest is meant: an address stands in a message id, too. */
function longestAt(document: LogDocument, steps: readonly Step[], within: Span, offset: number): NameAt | undefined {
  let best: NameAt | undefined;
  for (const step of steps) {
    for (const name of namesIn(step, serverOf(document, step))) {
      const value = name.kind === 'message' ? plainMessageId(name.value) : name.value;
      if (best && value.length <= best.span.end - best.span.start) continue;
      // Where it stands around the offset, and the characters beside it that would go on with it.
      const start = Math.max(within.start, offset - value.length - beside);
      const text = document.slice(start, Math.min(within.end, offset + value.length + beside));
      for (let at = findWholeWord(text, value); at >= 0; at = findWholeWord(text, value, at + 1)) {
        const span = { start: start + at, end: start + at + value.length };
        if (span.start <= offset && offset <= span.end) best = { ...name, span };
      }
    }
  }
  return best;
}

function namesIn(step: Step, server: string | undefined): MessageName[] {
  const { ids = {}, captures, recipients = [], relatedRecipient, reportedMessage, connection, handOver } = step;
  const common = { ...(ids.message !== undefined && { message: ids.message }), ...(ids.network !== undefined && { network: ids.network }) };
  const hasCommon = Object.keys(common).length > 0;
  const names: MessageName[] = [];
  const add = (kind: NameKind, value: string | undefined, more: Partial<MessageName> = {}): void => {
    if (value !== undefined && value !== '') names.push({ kind, value, ...more });
  };
  const own = { ...(server !== undefined && { server }), ...(hasCommon && { ids: common }) };
  add('message', ids.message ?? captures.messageId, hasCommon ? { ids: common } : {});
  add('message', reportedMessage);
  add('network', ids.network, { ids: common });
  add('internal', ids.internal, own);
  add('queue', ids.queue, own);
  const next = shortHost(handOver?.host);
  add('internal', handOver?.internal, { ...(next !== undefined && { server: next }), ...(hasCommon && { ids: common }) });
  add('queue', handOver?.queue, { ...(next !== undefined && { server: next }), ...(hasCommon && { ids: common }) });
  add('session', ids.session ?? captures.sessionId);
  for (const address of [captures.recipient, captures.sender, relatedRecipient, ...recipients]) add('address', address);
  add('connector', captures.sendConnector);
  add('connector', captures.receiveConnector);
  for (const host of [captures.remoteHost, captures.remoteAddress, addressOfEndpoint(connection?.remote)]) add('host', host);
  return names;
}

function serverOf({ uri }: LogDocument, step: Step): string | undefined {
  return shortHost(serverOfPath(uri)) ?? serverInStep(step);
}

function addressOfEndpoint(endpoint: string | undefined): string | undefined {
  return endpoint?.replace(/:\d{1,5}$/, '').replace(/^\[|\]$/g, '');
}

/** What people write names nothing for sure, whatever it looks like. */
function isProse({ column }: DocumentCell): boolean {
  return /subject|custom|user-agent/i.test(column);
}

function rowOf(document: LogDocument, offset: number): Span {
  const line = document.lineAt(offset);
  return { start: document.offsetAt({ line, character: 0 }), end: document.offsetAt({ line: line + 1, character: 0 }) };
}
