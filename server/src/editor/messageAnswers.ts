/** What the thread that keeps the messages answers: the rows that a name is about, and the stories of messages. */

import { recipientStatuses } from '../analysis/messages/messageFate.ts';
import { plainMessageId } from '../analysis/messages/messageKeys.ts';
import { isMessageId, type MessageName } from '../analysis/messages/messageNames.ts';
import { compareTimes, type MessageView, MessageViews, mostRows, type PlacedStep } from '../analysis/messages/messageViews.ts';
import { wayOf } from '../analysis/messages/messageWay.ts';
import type { ToldMessage } from '../analysis/messages/toldMessage.ts';
import { tellStory } from '../explain/messageStory.ts';
import type { EncodingOptions } from '../files/encoding.ts';
import { openText, type Piece } from '../files/textFile.ts';
import type { MessageStory, MessageSummary } from '../protocol/messages.ts';
import { type FileRow, readFileRows } from '../scan/fileRows.ts';
import type { MessageIndex } from '../scan/messageIndex.ts';
import type { Encoding, MessageWay, NamedRow, WayStage } from '../service/index.ts';
import { shortened } from '../text/visible.ts';
import { findWholeWord } from '../text/wholeWords.ts';
import type { MessagesWanted } from './messageThread.ts';

/** What is read for an answer. */
export interface MessageSource extends Pick<MessageIndex, 'journeys' | 'hours'> {
  readonly encoding: EncodingOptions;
  readonly positions: Encoding;
  /** The document that is open, where its text is not that of a file. */
  readonly document?: { readonly file: string; readonly text: string } | undefined;
  readonly addressOf: (file: string) => string;
}

/**
 * The rows about a name in the order of time.
 * @param file The file that somebody looks at: its rows are told too where they say nothing of a message.
 */
export async function answerRows(source: MessageSource, name: MessageName, file: string | undefined): Promise<NamedRow[]> {
  const placed = new MessageViews(source.journeys, source.hours).rows(name);
  const files = new Map<string, Map<number, PlacedStep>>();
  for (const one of placed) {
    const steps = files.get(one.step.file) ?? new Map<number, PlacedStep>();
    files.set(one.step.file, steps);
    if (!steps.has(one.step.line)) steps.set(one.step.line, one);
  }
  const isWhole = isMessageId(name);
  if (file !== undefined && !files.has(file) && !isWhole) files.set(file, new Map());
  const value = name.kind === 'message' ? plainMessageId(name.value) : name.value;
  const found: { readonly row: NamedRow; readonly time: number }[] = [];
  for (const [own, steps] of files) {
    const hasOthers = name.kind === 'session' || (own === file && !isWhole);
    const isWanted = hasOthers ? (text: string): boolean => findWholeWord(text, value) >= 0 : undefined;
    for (const row of await readRows(source, own, new Set(steps.keys()), isWanted)) {
      const at = findWholeWord(row.text, value);
      const step = steps.get(row.line);
      // Of all the rows of its messages only those with the address are about it.
      if (at < 0 && !isWhole) continue;
      found.push({ row: locate(source, own, row, at, value.length, step), time: step?.time ?? timeOfRow(row) });
    }
  }
  return found
    .sort((one, other) => compareTimes(one.time, other.time))
    .slice(0, mostRows)
    .map(({ row }) => row);
}

function locate({ positions, addressOf }: MessageSource, file: string, { line, text }: FileRow, at: number, length: number, step: PlacedStep | undefined): NamedRow {
  const count = (units: number): number => (positions === 'utf-8' ? Buffer.byteLength(text.slice(0, units)) : units);
  const [start, end] = at < 0 ? [0, 0] : [at, at + length];
  return { uri: addressOf(file), line: line - 1, start: count(start), end: count(end), length: count(text.length), ...(step && { step: step.step }) };
}

/** Rows of logs that name their columns begin with the time in UTC. */
function timeOfRow({ text, header }: FileRow): number {
  return header === '' ? Number.NaN : Date.parse(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?Z),/.exec(text)?.[1] ?? '');
}

async function readRows(source: MessageSource, file: string, lines: ReadonlySet<number>, isWanted?: (text: string) => boolean): Promise<FileRow[]> {
  try {
    const pieces = source.document?.file === file ? textPieces(source.document.text) : await openText(file, source.encoding);
    return pieces ? await readFileRows(pieces, { lines, ...(isWanted && { isWanted }) }) : [];
  } catch {
    // A file that is gone meanwhile has no rows.
    return [];
  }
}

async function* textPieces(text: string): AsyncGenerator<Piece> {
  yield { text, bytes: 0 };
}

/** So many messages are listed. */
export const mostListed = 500;

/** The key by which a message is asked for again. */
export function keyOf({ messageId, networkMessageId, steps }: ToldMessage): string {
  const [first] = steps;
  return messageId !== null ? `m ${messageId}` : networkMessageId !== null ? `n ${networkMessageId}` : `r ${first?.line ?? 0} ${first?.file ?? ''}`;
}

/** The messages that a name, or a text that somebody has typed, or a key is about. */
export function findAsked(views: MessageViews, { name, names, text, key }: Pick<MessagesWanted, 'name' | 'names' | 'text' | 'key'>): number[] {
  for (const one of names ?? (name ? [name] : [])) {
    const found = views.find(one, mostListed);
    if (found.length > 0) return found;
  }
  if (text !== undefined) return views.findTyped(text, mostListed);
  const [, kind, value = ''] = /^([mnr]) ([\s\S]*)$/.exec(key ?? '') ?? [];
  if (kind === 'm' || kind === 'n') return views.find({ kind: kind === 'm' ? 'message' : 'network', value }, 1);
  const [, line = '', file = ''] = /^(\d+) ([\s\S]*)$/.exec(value) ?? [];
  return kind === 'r' ? views.atRow(file, Number(line)) : [];
}

export function summarise(told: ToldMessage): MessageSummary {
  // What is only noted beside it says least.
  const last = told.steps.findLast(({ what }) => what !== 'noted') ?? told.steps.at(-1);
  return {
    key: keyOf(told),
    status: told.status,
    messageId: shortened(told.messageId ?? told.networkMessageId ?? '', 200),
    sender: shortened(told.sender ?? '', 120),
    ...summariseRecipients(told),
    first: (told.first ?? '').replace('T', ' ').slice(0, 19),
    last: last ? shortened([last.what, last.server, last.detail].filter(Boolean).join(' '), 160) : '',
  };
}

/** So many recipients are named. */
const mostNamed = 10;

/** A message is as badly off as the worst of its recipients: the others are not told as if they were. */
function summariseRecipients({ status, recipients }: ToldMessage): Pick<MessageSummary, 'recipients' | 'others'> {
  const own = recipients.filter((recipient) => recipient.status === status);
  const named = own.slice(0, mostNamed).map(({ address }) => shortened(address, 120));
  const more = own.length > named.length ? ` and ${(own.length - named.length).toLocaleString('en-US')} more` : '';
  const others = recipientStatuses.flatMap((one) => {
    const count = one === status ? 0 : recipients.filter((recipient) => recipient.status === one).length;
    return count === 0 ? [] : [{ status: one, count }];
  });
  return { recipients: `${shortened(named.join(', '), 300)}${more}`, others };
}

/** Reads the rows that quote what a server said when it accepted the message, and tells the story. */
export async function answerStory(source: MessageSource, views: MessageViews, message: number, unfinished: string | undefined): Promise<MessageStory> {
  const view = views.view(message);
  const quotes = await readQuotes(source, view);
  return tellStory({ key: keyOf(view.told), view, unfinished, addressOf: source.addressOf, acceptance: ({ file, line }) => quotes.get(`${line} ${file}`) });
}

/** The way of a message, each stage with the row that it is shown at. */
export async function answerWay(source: MessageSource, views: MessageViews, message: number): Promise<MessageWay> {
  const view = views.view(message);
  const quotes = await readQuotes(source, view);
  const key = keyOf(view.told);
  // The tracking log says why for each recipient; where all were told the same, it is the answer.
  const reasons = new Set(view.told.recipients.flatMap(({ status, response }) => (status === 'failed' && response !== null ? [response] : [])));
  const reason = reasons.size === 1 ? [...reasons][0] : undefined;
  const stages: WayStage[] = [];
  for (const stage of wayOf(view.steps)) {
    const [first] = stage.steps;
    const [row] = first ? await readRows(source, first.file, new Set([first.line])) : [];
    if (!first || !row) return { key, stages: [] };
    const said = stage.steps.map(({ file, line, detail }) => quotes.get(`${line} ${file}`) ?? /(?:^|: )([245]\d\d[ -].*)$/.exec(detail)?.[1]).find((one) => one !== undefined);
    stages.push({ ...stage, row: locate(source, first.file, row, 0, 0, undefined), said: said ?? (stage.kind === 'refused' ? reason : undefined) ?? '' });
  }
  return { key, stages };
}

/** What rows quote of servers that accepted the message, by the line and the file. */
async function readQuotes(source: MessageSource, { steps }: MessageView): Promise<Map<string, string>> {
  const wanted = new Map<string, Set<number>>();
  for (const { step } of steps) {
    if (step.what !== 'sent' && step.what !== 'received' && step.what !== 'delivered') continue;
    wanted.set(step.file, (wanted.get(step.file) ?? new Set()).add(step.line));
  }
  const quotes = new Map<string, string>();
  for (const [file, lines] of wanted) {
    for (const row of await readRows(source, file, lines)) {
      const quoted = acceptanceIn(row);
      if (quoted !== undefined) quotes.set(`${row.line} ${file}`, quoted);
    }
  }
  return quotes;
}

/** The reply in a row with which a server takes a message over: quoted up to where its cell, its bracket or its line ends. */
function acceptanceIn({ text, header }: FileRow): string | undefined {
  const found = /(?:^|[,;"(=])(250[ -]\S.*)$/.exec(text);
  // The tracking log notes behind the reply when the client handed the message in.
  const reply = found?.[1];
  if (!found || reply === undefined) return undefined;
  const isQuoted = (text.slice(0, text.length - reply.length).split('"').length - 1) % 2 === 1;
  const said = isQuoted ? reply.split(/"(?!")/)[0]?.replaceAll('""', '"') : header === '' ? reply.replace(/[)"]\s*$/, '') : reply.split(',')[0];
  return said?.replace(/;ClientSubmitTime:.*/, '');
}
