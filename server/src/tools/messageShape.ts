/** A message as an agent is told it: in a list of several, and alone with its way. */

import { recipientStatuses } from '../analysis/messages/messageFate.ts';
import type { MissingLog } from '../analysis/messages/missingLogs.ts';
import type { ToldMessage } from '../analysis/messages/toldMessage.ts';
import type { LogWords } from './logWords.ts';
import type { Room, ToolContext } from './tool.ts';
import { count, type Described, list, noted, nullable, number, oneOf, shape, string } from './toolSchema.ts';

const status = oneOf(recipientStatuses);

const summary = {
  status: noted(status, 'The worst of its recipients'),
  first: noted(nullable(string()), 'In UTC; null where no log says the zone'),
  last: nullable(string()),
  seconds: noted(number(), 'From the first step to the last, the differences of the clocks taken away'),
  recipients: count(),
  steps: count(),
};

/** Whoever sends a message chooses them, the network message id in a copied log too. */
const identity = { messageId: nullable(string()), networkMessageId: nullable(string()), sender: nullable(string()) };

export const messageInList = shape({
  ...summary,
  line: noted(count(), 'Of its first step; with fromLog.file it names the message too'),
  fromLog: shape({ ...identity, recipient: noted(nullable(string()), 'The first one'), file: string() }),
});

const step = shape({
  time: nullable(string()),
  localTime: nullable(string()),
  server: nullable(string()),
  what: string(),
  detail: string(),
  connector: nullable(string()),
  remoteHost: nullable(string()),
  sessionId: nullable(string()),
  file: string(),
  line: count(),
});

export const missingShape = shape({ server: string(), log: string(), from: string(), to: string(), why: string() });
export const skewShape = shape({ server: string(), seconds: noted(number(), 'Ahead above 0') });

export const messageOnItsWay = shape({
  ...summary,
  statuses: noted(list(shape({ status, recipients: count() })), 'How many recipients came to what'),
  otherRecipients: noted(count(), 'Recipients that are not listed'),
  fromLog: shape({
    ...identity,
    recipients: list(shape({ address: string(), status, failure: nullable(string()), response: nullable(string()), time: nullable(string()) })),
    skew: noted(list(skewShape), 'Servers whose clocks surely differ'),
    missing: noted(list(missingShape), 'Logs that would show its end'),
    way: noted(list(step), 'Its steps in their order, a page at a time'),
  }),
});

/** A message with the names of its files. */
interface NamedMessage {
  readonly message: ToldMessage;
  readonly fileName: (path: string) => string;
}

export function tellInList({ message, fileName }: NamedMessage, { words }: ToolContext): Described<typeof messageInList> {
  const [step] = message.steps;
  const [recipient] = message.recipients;
  return {
    ...summaryOf(message),
    line: step?.line ?? 0,
    fromLog: { ...identityOf(message, words), recipient: recipient ? addressOf(recipient.address, words) : null, file: step ? fileName(step.file) : '' },
  };
}

export function tellOnItsWay(
  { message, fileName }: NamedMessage,
  { from, limit }: { readonly from: number; readonly limit: number },
  { words }: ToolContext,
  room: Room,
): Described<typeof messageOnItsWay> {
  const { recipients, steps, skew, missing = [] } = message;
  // The names of its servers are learnt first: they stand in what is said of it.
  const clocks = Object.entries(skew).map(([server, seconds]) => ({ server: words.destination(server), seconds }));
  for (const { server } of steps) if (server !== null) words.destination(server);
  const told = room.fitting(
    recipients.slice(0, mostRecipients).map(({ address, status: own, failure, response, time }) => ({
      address: addressOf(address, words),
      status: own,
      failure,
      response: words.textOrNull(response, { recipient: address }),
      time,
    })),
  );
  return {
    ...summaryOf(message),
    statuses: recipientStatuses.flatMap((one) => {
      const recipientsOf = recipients.filter((recipient) => recipient.status === one).length;
      return recipientsOf === 0 ? [] : [{ status: one, recipients: recipientsOf }];
    }),
    otherRecipients: recipients.length - told.length,
    fromLog: {
      ...identityOf(message, words),
      recipients: told,
      skew: clocks,
      missing: tellMissing(missing, words),
      way: room.fitting(
        steps.slice(from, from + limit).map(({ time, localTime, server, what, detail, connector, remoteHost, sessionId, file, line }) => ({
          time,
          localTime: words.textOrNull(localTime),
          server: server === null ? null : words.destination(server),
          what,
          detail: words.text(detail),
          connector: connector === null ? null : (words.captures({ receiveConnector: connector }).receiveConnector ?? ''),
          remoteHost: remoteHost === null ? null : words.destination(remoteHost),
          sessionId: words.textOrNull(sessionId),
          file: fileName(file),
          line,
        })),
      ),
    },
  };
}

const mostRecipients = 50;

export function tellMissing(missing: readonly MissingLog[], words: LogWords): readonly Described<typeof missingShape>[] {
  return missing.map(({ server, log, from, to, why }) => ({ server: words.destination(server), log: words.text(log), from, to, why: words.text(why) }));
}

function summaryOf({ status: worst, first, last, seconds, recipients, steps }: ToldMessage): Omit<Described<typeof messageInList>, 'line' | 'fromLog'> {
  return { status: worst, first, last, seconds, recipients: recipients.length, steps: steps.length };
}

type Identity = { readonly [Name in keyof typeof identity]: string | null };

function identityOf({ messageId, networkMessageId, sender }: ToldMessage, words: LogWords): Identity {
  const told = words.captures({ ...(messageId !== null && { messageId }), ...(sender !== null && { sender }) });
  return { messageId: told.messageId ?? null, networkMessageId: words.textOrNull(networkMessageId), sender: told.sender ?? null };
}

function addressOf(address: string, words: LogWords): string {
  return words.captures({ recipient: address }).recipient ?? '';
}
