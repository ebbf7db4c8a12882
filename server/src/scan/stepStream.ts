/** All that files say happened, as a stream: the steps of each file in their order, failures or not. */

import { StepLocator } from '../analysis/locatedSteps.ts';
import type { Piece } from '../files/textFile.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { readParts, readSource } from './fileReading.ts';
import { Interruption } from './interruption.ts';
import type { ReadSteps, StepNews } from './news.ts';
import { type SourceOrder, sources } from './sources.ts';

/** Reads the files in their order, part by part, so that the memory does not depend on their number or size. Whoever stops reading ends it. */
export async function* readStepStream(order: SourceOrder, knowledge: KnowledgeBase): AsyncGenerator<StepNews> {
  const { interruption = new Interruption() } = order;
  for await (const source of interruption.until(sources(order, interruption))) {
    yield { kind: 'begun', file: source.file };
    yield* readSource(source, interruption, (pieces) => locateParts(pieces, knowledge));
  }
  const { signal } = interruption;
  yield { kind: 'ended', ...(signal !== undefined && { interruption: signal }) };
}

async function* locateParts(pieces: AsyncIterable<Piece>, knowledge: KnowledgeBase): AsyncGenerator<ReadSteps> {
  const locator = new StepLocator();
  let bytes = 0;
  for await (const { part, size } of readParts(pieces, knowledge, { what: 'all' })) {
    yield { kind: 'steps', steps: locator.locate(part), bytes: size - bytes };
    bytes = size;
  }
}
