/** All that files say happened, as a stream: the steps of each file in their order, failures or not. */

import { type LocatedStep, StepLocator } from '../analysis/locatedSteps.ts';
import type { Wishes } from '../analysis/reporting.ts';
import { isOpenIn, joinOrders, noOrders, type Orders, ordersOf, placeRecord } from '../analysis/times/recordTimes.ts';
import type { TimeZone } from '../analysis/times/timeZone.ts';
import { isReadableAgain } from '../files/chunks.ts';
import type { Piece } from '../files/textFile.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { withChanges } from '../text/withChanges.ts';
import { readParts, readSource } from './fileReading.ts';
import { Interruption } from './interruption.ts';
import type { ReadSteps, StepNews } from './news.ts';
import { type Source, type SourceOrder, sources } from './sources.ts';

/** Reads the files in their order, part by part, so that the memory does not depend on their number or size. Whoever stops reading ends it. */
export async function* readStepStream(order: SourceOrder, knowledge: KnowledgeBase): AsyncGenerator<StepNews> {
  const { interruption = new Interruption(), timeZone, wishes } = order;
  const locate = (pieces: AsyncIterable<Piece>): ReturnType<typeof locateParts> => locateParts(pieces, knowledge, wishes);
  for await (const source of interruption.until(sources(order, interruption))) {
    yield { kind: 'begun', file: source.file };
    yield* readSource(source, interruption, (pieces) => (timeZone ? placeParts(pieces, source, timeZone, locate) : locate(pieces)));
  }
  const { signal } = interruption;
  yield { kind: 'ended', ...(signal !== undefined && { interruption: signal }) };
}

async function* locateParts(pieces: AsyncIterable<Piece>, knowledge: KnowledgeBase, wishes: Wishes | undefined): AsyncGenerator<ReadSteps & { readonly isLast: boolean }> {
  const locator = new StepLocator();
  let bytes = 0;
  for await (const { part, size, isLast } of readParts(pieces, knowledge, { what: 'all', ...(wishes && { wishes }) })) {
    yield { kind: 'steps', steps: locator.locate(part), bytes: size - bytes, isLast };
    bytes = size;
  }
}

/**
 * The steps with their local times in UTC. Where only dates farther below may tell the order of day and month, the file is read to its end
 * for these alone, and then once more from there.
 */
async function* placeParts(
  pieces: AsyncIterable<Piece>,
  source: Source,
  zone: TimeZone,
  locate: (pieces: AsyncIterable<Piece>) => ReturnType<typeof locateParts>,
): AsyncGenerator<ReadSteps> {
  const canReadAgain = source.isOnDisk && (await isReadableAgain(source.path));
  let orders = noOrders;
  let told = 0;
  let isOpen = false;
  for await (const { steps, bytes, isLast } of locate(pieces)) {
    orders = joinOrders(orders, ordersOf(steps.map(({ step }) => step)));
    isOpen ||= canReadAgain && !isLast && steps.some(({ step }) => isOpenIn(orders, step));
    yield { kind: 'steps', steps: isOpen ? [] : place(steps, orders, zone), bytes };
    if (!isOpen) told += steps.length;
  }
  const again = isOpen ? await source.open() : undefined;
  if (!again) return;
  for await (const { steps } of locate(again)) {
    yield { kind: 'steps', steps: place(steps.slice(told), orders, zone), bytes: 0 };
    told = Math.max(0, told - steps.length);
  }
}

function place(steps: readonly LocatedStep[], orders: Orders, zone: TimeZone): LocatedStep[] {
  return steps.map((located) => {
    const step = placeRecord(located.step, orders, zone);
    return step === located.step ? located : withChanges<LocatedStep>(located, { step });
  });
}
