/** The messages of files, joined over all of them: what is read is told as it comes, and the messages when all has been read. */

import { Journeys } from '../analysis/messages/journeys.ts';
import { LogHours } from '../analysis/messages/missingLogs.ts';
import { type ToldMessages, tellMessages } from '../analysis/messages/toldMessage.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import type { Begun, LeftOut, ReadNews, ScanEnd, Unreadable } from './news.ts';
import type { SourceOrder } from './sources.ts';
import { readStepStream } from './stepStream.ts';

/** Told in the order of the files, then the messages, the end last. */
export type MessageNews = Begun | ReadBytes | Unreadable | LeftOut | ToldAtLast | ScanEnd;

/** A part of the file was read. */
export interface ReadBytes extends ReadNews {
  readonly kind: 'read';
}

export interface ToldAtLast {
  readonly kind: 'messages';
  readonly told: ToldMessages;
}

export async function* readMessageStream(order: SourceOrder, knowledge: KnowledgeBase): AsyncGenerator<MessageNews> {
  const journeys = new Journeys();
  const hours = new LogHours();
  for await (const news of readStepStream(order, knowledge)) {
    if (news.kind === 'steps') {
      journeys.take(news.steps);
      yield { kind: 'read', bytes: news.bytes };
      continue;
    }
    if (news.kind === 'begun') {
      journeys.beginFile(news.file);
      hours.see(news.file);
    } else if (news.kind === 'ended') yield { kind: 'messages', told: tellMessages(journeys, (step, at) => hours.behind(step.server, step.remoteHost, at)) };
    yield news;
  }
}
