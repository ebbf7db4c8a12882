/** A message as other programs see it, made from what was collected of it. The names and their order are part of the command line's contract. */

import type { Journeys } from './journeys.ts';
import { type RecipientStatus, recipientStatuses, statusOfFate } from './messageFate.ts';
import type { KeptStep, TrackedWhat } from './messageTable.ts';
import type { MissingLog } from './missingLogs.ts';
import { type OrderedSteps, StepOrder } from './stepOrder.ts';
import type { TrackedMessage } from './trackedMessage.ts';

export interface ToldMessage {
  /** As it is written, with its brackets; null where only a server's own id is known. */
  readonly messageId: string | null;
  readonly networkMessageId: string | null;
  readonly sender: string | null;
  /** Never told. */
  readonly subject: null;
  readonly status: RecipientStatus;
  readonly recipients: readonly ToldRecipient[];
  /** ISO 8601 in UTC, as the first and the last server wrote it; null where no log says the zone. */
  readonly first: string | null;
  readonly last: string | null;
  /** From the first step to the last, the clocks' differences taken away. */
  readonly seconds: number;
  readonly steps: readonly ToldStep[];
  /** The seconds by which the clocks of its servers surely differ: ahead above 0. */
  readonly skew: Readonly<Record<string, number>>;
  /** The logs that would show its end, where these do not. */
  readonly missing?: readonly MissingLog[];
}

export interface ToldRecipient {
  readonly address: string;
  readonly status: RecipientStatus;
  readonly failure: string | null;
  readonly response: string | null;
  readonly time: string | null;
}

export interface ToldStep {
  readonly time: string | null;
  /** As it is written, only where `time` is null. */
  readonly localTime?: string;
  readonly server: string | null;
  readonly file: string;
  readonly line: number;
  readonly what: TrackedWhat;
  readonly detail: string;
  readonly sessionId: string | null;
  readonly connector: string | null;
  readonly remoteHost: string | null;
}

/** Messages that probes of the servers themselves have sent are only counted. */
export interface ToldMessages {
  readonly messages: Iterable<ToldMessage>;
  readonly probes: () => number;
}

/**
 * All messages in the order of their first step.
 * @param missing Which logs would show the end of a message whose last step is this.
 * @param isWanted Whether a message is told, by its number; all are where nothing is said.
 */
export function tellMessages(
  journeys: Journeys,
  missing: (step: ToldStep, at: number) => readonly MissingLog[] = () => [],
  isWanted: (message: number) => boolean = () => true,
): ToldMessages {
  const { table } = journeys;
  const skews = journeys.clocks.skews();
  const steps = new StepOrder(journeys, skews);
  let probes = 0;
  return {
    messages: {
      *[Symbol.iterator]() {
        for (const message of steps.messages()) {
          if (table.get(message).isProbe) probes += 1;
          else if (isWanted(message)) yield tellMessage(journeys, skews, message, steps.of(message), missing);
        }
      },
    },
    probes: () => probes,
  };
}

/** One message. @param ordered Its steps in the order of time. */
export function tellMessage(
  journeys: Journeys,
  skews: ReadonlyMap<string, number>,
  message: number,
  { steps, times }: OrderedSteps,
  missing: (step: ToldStep, at: number) => readonly MissingLog[],
): ToldMessage {
  const { table } = journeys;
  const { names } = table;
  const tracked = table.get(message);
  const kept = steps.map((step) => table.keptStep(step));
  const told = kept.map(tellStep);
  const known = told.filter(({ time }) => time !== null);
  const placed = times.filter((time) => !Number.isNaN(time));
  const { recipients, status } = tellOutcome(journeys, tracked);
  const servers = [...new Set(kept.flatMap(({ server }) => (server !== undefined && skews.has(server) ? [server] : [])))];
  const last = told.at(-1);
  const wanted = last && (status === 'in-transit' || status === 'delayed') ? missing(last, times.at(-1) ?? Number.NaN) : [];
  return {
    messageId: tracked.messageId || null,
    networkMessageId: tracked.networkId || null,
    sender: names.text(tracked.sender) || null,
    subject: null,
    status,
    recipients,
    first: known[0]?.time ?? null,
    last: known.at(-1)?.time ?? null,
    seconds: placed.length < 2 ? 0 : Math.round((placed.at(-1) as number) - (placed[0] as number)) / 1_000,
    steps: told,
    skew: Object.fromEntries(servers.map((server) => [server, skews.get(server) as number])),
    ...(wanted.length > 0 && { missing: wanted }),
  };
}

/** What became of a message, without its way. */
export function tellOutcome(journeys: Journeys, tracked: TrackedMessage): Pick<ToldMessage, 'recipients' | 'status'> {
  const recipients = tellRecipients(journeys, tracked);
  return { recipients, status: recipientStatuses.find((one) => recipients.some((recipient) => recipient.status === one)) ?? statusWithoutRecipients(tracked) };
}

function tellStep({ time, localTime, server, file, line, what, detail, session, connector, remoteHost }: KeptStep): ToldStep {
  return {
    time: isoOf(time),
    ...(Number.isNaN(time) && localTime !== undefined && { localTime }),
    server: server ?? null,
    file,
    line,
    what,
    detail,
    sessionId: session ?? null,
    connector: connector ?? null,
    remoteHost: remoteHost ?? null,
  };
}

function tellRecipients({ table }: Journeys, { fates, common, isTracked }: TrackedMessage): ToldRecipient[] {
  const { names } = table;
  const isHandedOn = (next: number): boolean => table.hasLocal(next);
  const shared = isTracked ? undefined : common;
  const context = { common: shared, isDated: isTracked };
  return fates
    .filter(({ isNamed }) => isNamed)
    .map((fate) => {
      const status = statusOfFate(fate, isHandedOn, context);
      const reason = status === 'failed' || status === 'delayed' || status === 'recovered' ? (fate.reason ?? shared?.reason) : undefined;
      const decided = status === 'delivered' || status === 'recovered' ? (fate.deliveredAt ?? fate.handedAt) : (reason?.at ?? fate.failedAt ?? fate.deferredAt);
      return {
        address: names.text(fate.address),
        status,
        failure: names.text(reason?.failure ?? 0) || null,
        response: names.text(reason?.response ?? 0) || null,
        time: isoOf(decided ?? Number.NaN),
      };
    });
}

function statusWithoutRecipients({ common }: TrackedMessage): RecipientStatus {
  return common?.failedAt !== undefined ? 'failed' : common?.deferredAt !== undefined ? 'delayed' : 'in-transit';
}

export function isoOf(time: number): string | null {
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
