/** The tool `trace_message`: the way of one message over all logs and servers, and what became of it for each recipient. */

import { type RecipientStatus, recipientStatuses } from '../analysis/messages/messageFate.ts';
import { type AskedMessages, isAddress, isAskedMessage, messagesOf } from '../analysis/messages/messageSearch.ts';
import { type ToldMessage, type ToldRecipient, tellMessages } from '../analysis/messages/toldMessage.ts';
import { messageInList, messageOnItsWay, tellInList, tellOnItsWay } from './messageShape.ts';
import { readPageCursor, writePageCursor } from './pageCursor.ts';
import { cursorSchema, filesSchema, readTimes, timeMembers } from './question.ts';
import { readOverview } from './reading.ts';
import { readSumSchema } from './readSum.ts';
import { defineTool, Room, type ToolContext } from './tool.ts';
import { count, list, noted, nullable, oneOf, optional, preset, shape, string } from './toolSchema.ts';

const input = shape({
  message: optional(noted(string({ shortest: 1, longest: 1_000 }), 'A message id, a network message id, or the queue id of Postfix or Exim')),
  recipient: optional(noted(string({ shortest: 1, longest: 320 }), 'An address or a domain')),
  sender: optional(noted(string({ shortest: 1, longest: 320 }), 'An address or a domain')),
  file: optional(noted(string({ longest: 1_000 }), 'With line: the message that a row of a log is about, such as that of a finding')),
  line: optional(count(1)),
  status: optional(oneOf(recipientStatuses)),
  ...timeMembers,
  files: filesSchema,
  limit: preset(count(1, 200), 40),
  cursor: cursorSchema,
});

export const traceMessage = defineTool({
  name: 'trace_message',
  title: 'Trace a message',
  purpose: 'Follows one message over all logs and servers.',
  description:
    'Follows a message over all logs and servers: what became of it for each recipient, and its way step by step. Name it by id, by recipient or sender and time, or by a row of a log. Where several messages fit, they are listed; ask again with the id of one. A status of in-transit means that the logs do not show its end, and missing says which log would.',
  input,
  output: shape({
    read: readSumSchema,
    found: noted(count(), 'How many messages fit'),
    message: noted(nullable(messageOnItsWay), 'The message, where one alone fits'),
    messages: noted(list(messageInList), 'The messages, where several fit'),
    nextCursor: nullable(string()),
  }),
  answer: async ({ limit, cursor, ...question }, context, call) => {
    const { files: names, file, line } = question;
    if (question.message === undefined && question.recipient === undefined && question.sender === undefined && (file === undefined || line === undefined))
      throw new Error('Name a message, a recipient, a sender, or a file and a line.');
    const files = await context.files.list(names);
    const place = file === undefined || line === undefined ? undefined : { path: (await context.files.list([file]))[0]?.path ?? '', line };
    const from = cursor === undefined ? 0 : readPageCursor(cursor, question).told;
    const { overview, sum } = await readOverview(files, context, call);
    const { journeys, hours } = overview;
    const asked = meaningOf(question, context);
    const ids = question.message === undefined ? undefined : messagesOf(journeys, context.words.meant(question.message));
    const all = tellMessages(
      journeys,
      (step, at) => hours.behind(step.server, step.remoteHost, at),
      (message) => ids?.has(journeys.table.root(message)) ?? true,
    );
    const isAt = ({ steps }: ToldMessage): boolean => !place || steps.some((step) => step.file === place.path && step.line === place.line);
    let first: ToldMessage | undefined;
    const page: ToldMessage[] = [];
    let found = 0;
    for (const message of all.messages) {
      call.signal.throwIfAborted();
      if (!isAt(message) || !isAskedMessage(message, asked)) continue;
      first ??= message;
      if (found >= from && page.length < limit) page.push(message);
      found += 1;
    }
    const room = new Room(call);
    const fileNames = new Map(files.map(({ path, name }) => [path, name]));
    const fileName = (path: string): string => fileNames.get(path) ?? '';
    const cursorAt = (next: number, end: number): string | null => (next < end ? writePageCursor({ file: '', told: next }, question) : null);
    if (found === 1 && first) {
      const message = tellOnItsWay({ message: withAskedFirst(first, asked), fileName }, { from, limit }, context, room);
      return { told: { read: sum, found, message, messages: [], nextCursor: cursorAt(from + message.fromLog.way.length, message.steps) } };
    }
    const messages = room.fitting(page.map((message) => tellInList({ message, fileName }, context)));
    return { told: { read: sum, found, message: null, messages, nextCursor: cursorAt(from + messages.length, found) } };
  },
});

type Asked = Readonly<{ recipient?: string; sender?: string; status?: RecipientStatus; since?: string; until?: string }>;

/** What is asked of messages beside their ids, stand-ins replaced by what they stand for. */
function meaningOf({ recipient, sender, status, since, until }: Asked, { words }: ToolContext): AskedMessages {
  return {
    ...(recipient !== undefined && { recipient: words.meant(recipient) }),
    ...(sender !== undefined && { sender: words.meant(sender) }),
    ...(status && { status: new Set([status]) }),
    ...readTimes({ ...(since !== undefined && { since }), ...(until !== undefined && { until }) }),
  };
}

/** The recipient that was asked for stands first, then those of whom something is to be said. */
function withAskedFirst(message: ToldMessage, { recipient }: AskedMessages): ToldMessage {
  const rank = ({ address, status }: ToldRecipient): number => (recipient !== undefined && isAddress(address, recipient) ? -1 : recipientStatuses.indexOf(status));
  return { ...message, recipients: [...message.recipients].sort((one, other) => rank(one) - rank(other)) };
}
