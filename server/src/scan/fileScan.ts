/** Reads one file: its text in pieces, its findings part by part. */

import type { Located } from '../analysis/located.ts';
import type { Wishes } from '../analysis/reporting.ts';
import type { TimeZone } from '../analysis/times/timeZone.ts';
import { isReadableAgain } from '../files/chunks.ts';
import type { EncodingOptions } from '../files/encoding.ts';
import type { Piece } from '../files/textFile.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';

import { readParts, readSource } from './fileReading.ts';
import { FileTimes } from './fileTimes.ts';
import { applyFilter, type Filter } from './filter.ts';
import type { Interruption } from './interruption.ts';
import type { FoundNews, ScanNews } from './news.ts';
import { PartLocator } from './partLocator.ts';
import type { Remarks } from './remarks.ts';
import type { Source } from './sources.ts';

/** What the user says of the files, and wants of them. */
export interface ReadOptions {
  readonly encoding?: EncodingOptions;
  /** The zone of local times. */
  readonly timeZone?: TimeZone;
  readonly wishes?: Wishes;
  readonly filter?: Filter;
}

/** What must be known of a file to read its text, perhaps twice. */
type ReadSource = Pick<Source, 'file' | 'path' | 'open' | 'isOnDisk'>;

/** What a scan knows everywhere. */
export interface ScanContext {
  readonly knowledge: KnowledgeBase;
  readonly options: ReadOptions;
  readonly remarks: Remarks;
  readonly interruption: Interruption;
}

/** What was found in a part of a file, or in the beginning of a part in which much is found. */
export interface FoundPart {
  readonly findings: readonly Located[];
  /** So many bytes of the file, or of its segment, have been read. */
  readonly bytes: number;
  /** How many have a time that could not be compared, by the reason; absent where none has. */
  readonly doubts?: Readonly<Record<string, number>>;
  /** For some only the dates above could tell the order of day and month, since the text cannot be read twice. */
  readonly isReadOnce?: true;
}

/** How much of a file has been told already. */
export interface ToldSoFar {
  readonly findings: number;
  readonly bytes: number;
}

const nothingTold: ToldSoFar = { findings: 0, bytes: 0 };

/** Tells all of a file but what has been told. */
export function scanFile(source: Source, context: ScanContext, told: ToldSoFar = nothingTold): AsyncGenerator<ScanNews> {
  return readSource(source, context.interruption, (pieces) => tellParts(pieces, source, context, told), told.bytes > 0);
}

async function* tellParts(pieces: AsyncIterable<Piece>, source: Source, context: ScanContext, told: ToldSoFar): AsyncGenerator<FoundNews> {
  let { bytes } = told;
  for await (const part of readPieces(pieces, source, context.knowledge, context.options, told)) {
    yield found(part, part.bytes - bytes, context);
    bytes = part.bytes;
  }
}

/** @param bytes Those of this part alone. */
export function found(part: FoundPart, bytes: number, { remarks }: ScanContext): FoundNews {
  remarks.take(part);
  return { kind: 'found', findings: part.findings, bytes };
}

/**
 * Tells all of a text but what has been told. With a time zone a file is read a second time where a finding is met whose order of day and month
 * only dates below it may tell: what stands above has been told then, and the rest is told when the dates of all the file are known.
 * @throws What the pieces throw, after all that came before it.
 */
export async function* readPieces(
  pieces: AsyncIterable<Piece>,
  source: ReadSource,
  knowledge: KnowledgeBase,
  options: ReadOptions,
  told: ToldSoFar = nothingTold,
  times = new FileTimes(options.timeZone, applyFilter(options.filter).isKind),
): AsyncGenerator<FoundPart> {
  const { wishes } = options;
  const locator = new PartLocator(source.file, options.filter, told.findings);
  const canReadAgain = options.timeZone !== undefined && source.isOnDisk && (await isReadableAgain(source.path));
  const mustReadAgain = (): boolean => canReadAgain && times.isOpen;
  let { findings, bytes } = told;
  try {
    for await (const { part, size, isLast } of readParts(pieces, knowledge, wishes && { wishes })) {
      times.learn(part);
      if (mustReadAgain()) {
        // Nothing to tell, but whoever has stopped reading can say so.
        yield { findings: [], bytes };
        continue;
      }
      if (isLast) times.complete();
      bytes = Math.max(bytes, size);
      for (const found of locator.locate({ ...part, findings: times.place(part.findings, canReadAgain) }, bytes)) {
        findings += found.findings.length;
        yield times.isOpen && !canReadAgain ? { ...found, isReadOnce: true } : found;
      }
    }
  } catch (error) {
    // The second reading comes to the same place.
    if (!mustReadAgain()) throw error;
  }
  if (!mustReadAgain()) return;
  times.complete();
  const again = await source.open();
  if (again) yield* readPieces(again, source, knowledge, options, { findings, bytes }, times);
}
