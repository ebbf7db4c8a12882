/** The thread that looks through the sessions of an open log for what is worth a look though no response states a failure: the server goes on answering meanwhile. */

import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Notice, NoticeKind } from '../analysis/sessions/notices.ts';
import { keepHeapSmall } from '../scan/heap.ts';
import { readSessionStream } from '../scan/sessionStream.ts';
import { shortened } from '../text/visible.ts';
import { ThreadKnowledge } from './threadKnowledge.ts';

/** What the thread is started with. */
export interface NoticeOrder {
  readonly kind: 'notices';
  /** The log's address, which may say its server, and its text. */
  readonly uri: string;
  readonly text: string;
  readonly failures: string | undefined;
  readonly gapSeconds: number;
  /** Those that are wanted. */
  readonly wanted: readonly NoticeKind[];
}

/** A notice in its log. */
export interface PlacedNotice {
  readonly kind: NoticeKind;
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
  /** How many sessions it is about: those with the same source are told once, at the first. */
  readonly count: number;
}

/** More of them nobody looks through; what is more frequent than a hundred sources is no notice but the rule. */
const mostNotices = 100;
const longestText = 300;

if (parentPort) void tell(workerData as NoticeOrder, parentPort);

async function tell({ uri, text, failures, gapSeconds, wanted }: NoticeOrder, port: MessagePort): Promise<void> {
  const knowledge = await new ThreadKnowledge().of(failures);
  const tidy = keepHeapSmall();
  const found = new Map<string, { -readonly [Key in keyof PlacedNotice]: PlacedNotice[Key] }>();
  for await (const news of readSessionStream({ paths: [uri], texts: new Map([[uri, text]]), gapSeconds }, knowledge)) {
    if (news.kind !== 'sessions') continue;
    tidy();
    for (const { notices, place } of news.sessions) {
      for (const notice of notices) {
        if (!wanted.includes(notice.kind)) continue;
        const known = found.get(keyOf(notice));
        if (known) known.count += 1;
        else if (found.size < mostNotices) found.set(keyOf(notice), { kind: notice.kind, line: place(notice.at).line, text: shortened(notice.text, longestText), count: 1 });
      }
    }
  }
  port.postMessage([...found.values()] satisfies readonly PlacedNotice[]);
}

/** What a log cuts at its beginning and its end is one thing, too, however many sessions it is. */
function keyOf({ kind, source, at, text }: Notice): string {
  return `${kind} ${source ?? (kind === 'cut' ? text : at)}`;
}
