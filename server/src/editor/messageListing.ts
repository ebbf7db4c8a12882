/** The messages of a folder as a list that is shown some at a time: what became of each is found out once for all messages that have been read. */

import { sep } from 'node:path';
import type { Journeys } from '../analysis/messages/journeys.ts';
import { recipientStatuses } from '../analysis/messages/messageFate.ts';
import { MessageViews } from '../analysis/messages/messageViews.ts';
import { tellOutcome } from '../analysis/messages/toldMessage.ts';
import { type ListAnswer, listedAtOnce, probeStatus } from '../protocol/messages.ts';
import { type MessageSource, summarise } from './messageAnswers.ts';

/** Which messages of a folder are wanted. */
export interface ListWanted {
  readonly folder: string;
  readonly status?: string;
  readonly text?: string;
  readonly offset?: number;
}

interface Listed {
  readonly message: number;
  readonly status: string;
}

export class MessageListing {
  /** What was found out, and of which state of the messages. */
  private made: { readonly journeys: Journeys; readonly steps: number; readonly folder: string; readonly listed: readonly Listed[] } | undefined;

  answer(source: Pick<MessageSource, 'journeys' | 'hours'>, { folder, status, text = '', offset = 0 }: ListWanted): Omit<ListAnswer, 'isComplete'> {
    const views = new MessageViews(source.journeys, source.hours);
    const listed = this.listed(source.journeys, views, folder);
    const words = text.trim().toLowerCase();
    const fitting = words === '' ? listed : listed.filter(({ message }) => hasText(source.journeys, message, words));
    const counts = new Map<string, number>();
    for (const one of fitting) counts.set(one.status, (counts.get(one.status) ?? 0) + 1);
    const wanted = status === undefined ? [] : fitting.filter((one) => one.status === status).slice(offset, offset + listedAtOnce);
    return {
      counts: [...recipientStatuses, probeStatus].flatMap((one) => (counts.has(one) ? [{ status: one, count: counts.get(one) as number }] : [])),
      rows: wanted.map(({ message }) => summarise(views.view(message).told)),
    };
  }

  private listed(journeys: Journeys, views: MessageViews, folder: string): readonly Listed[] {
    const { table } = journeys;
    if (this.made?.journeys === journeys && this.made.steps === table.length && this.made.folder === folder) return this.made.listed;
    const below = folder.endsWith(sep) ? folder : folder + sep;
    const own = new Set(table.stepsLike(({ file }) => file.startsWith(below) || file === folder).map((step) => table.messageAt(step)));
    const listed = views.all().flatMap((message): Listed[] => {
      if (!own.has(message)) return [];
      const tracked = table.get(message);
      return [{ message, status: tracked.isProbe ? probeStatus : tellOutcome(journeys, tracked).status }];
    });
    this.made = { journeys, steps: table.length, folder, listed };
    return listed;
  }
}

function hasText({ table }: Journeys, message: number, words: string): boolean {
  const { messageId, networkId, sender, fates } = table.get(message);
  const { names } = table;
  return [messageId, networkId, names.text(sender)].some((text) => text.toLowerCase().includes(words)) || fates.some(({ address }) => names.text(address).includes(words));
}
