/** Reads one file: its text in pieces, its findings part by part. */

import { type Located, Locator } from '../analysis/located.ts';
import { createPlaceInTime } from '../analysis/recordTimes.ts';

import { createTextReader, type Part } from '../analysis/textReader.ts';
import type { TimeZone } from '../analysis/timeZone.ts';
import type { EncodingOptions } from '../files/encoding.ts';
import { reasonOf } from '../files/faults.ts';
import type { FoundFile } from '../files/findFiles.ts';
import type { Piece } from '../files/textFile.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';

import { type AppliedFilter, applyFilter, type Filter } from './filter.ts';
import type { Interruption } from './interruption.ts';
import type { ScanNews } from './news.ts';

/** What the user says of the files, and wants of them. */
export interface ReadOptions {
  readonly encoding?: EncodingOptions;
  /** The zone of local times. */
  readonly timeZone?: TimeZone;
  readonly filter?: Filter;
}

/** A file that can be read. */
export interface Source extends FoundFile {
  /** undefined where it is no text. */
  readonly open: () => Promise<AsyncIterable<Piece> | undefined>;
  /** Whether a thread can open it by its name. */
  readonly isOnDisk: boolean;
}

/** What a scan knows everywhere. */
export interface ScanContext {
  readonly knowledge: KnowledgeBase;
  readonly options: ReadOptions;
  /** How many findings were kept although their times could not be compared, by the reason. */
  readonly untimed: Map<string, number>;
  readonly interruption: Interruption;
}

/** What was found in a part of a file, or in the beginning of a part in which much is found. */
export interface FoundPart {
  readonly findings: readonly Located[];
  /** So many bytes of the file, or of its segment, have been read. */
  readonly bytes: number;
  /** How many have a time that could not be compared, by the reason; absent where none has. */
  readonly doubts?: Readonly<Record<string, number>>;
}

/** How much of a file has been told already. */
export interface ToldSoFar {
  readonly findings: number;
  readonly bytes: number;
}

/** Tells all of a file but what has been told. Whatever ends the reading early, what was read until then counts. */
export async function* scanFile({ file, isGiven, open }: Source, context: ScanContext, told: ToldSoFar = { findings: 0, bytes: 0 }): AsyncGenerator<ScanNews> {
  const { knowledge, options, interruption } = context;
  let { bytes } = told;
  try {
    const pieces = await open();
    if (!pieces) {
      if (interruption.signal === undefined) yield noText(file, isGiven);
      return;
    }
    for await (const part of readPieces(pieces, file, knowledge, options, told.findings)) {
      const size = Math.max(bytes, part.bytes);
      yield found(part, size - bytes, context);
      bytes = size;
    }
  } catch (error) {
    // What is broken off need not be whole.
    if (interruption.signal === undefined) yield { kind: 'unreadable', file, reason: reasonOf(error), isPartial: bytes > 0, isGiven };
  }
}

/** A binary file is a fault only where the user has named it. */
export function noText(file: string, isGiven: boolean): ScanNews {
  return isGiven ? { kind: 'unreadable', file, reason: 'not a text file', isPartial: false, isGiven } : { kind: 'leftOut', file };
}

/** @param bytes Those of this part alone. */
export function found({ findings, doubts = {} }: FoundPart, bytes: number, { untimed }: ScanContext): ScanNews {
  for (const [doubt, count] of Object.entries(doubts)) untimed.set(doubt, (untimed.get(doubt) ?? 0) + count);
  return { kind: 'found', findings, bytes };
}

/**
 * The parts of a text.
 * @param skipped So many of the findings that are kept are left out at the beginning.
 * @throws What the pieces throw, after all that came before it.
 */
export async function* readPieces(pieces: AsyncIterable<Piece>, file: string, knowledge: KnowledgeBase, options: ReadOptions, skipped = 0): AsyncGenerator<FoundPart> {
  const reader = createTextReader(knowledge, { placeInTime: options.timeZone && createPlaceInTime(options.timeZone) });
  const locator = new PartLocator(file, options.filter, skipped);
  let bytes = 0;
  let fault: { readonly error: unknown } | undefined;
  try {
    for await (const piece of pieces) {
      bytes += piece.bytes;
      const part = reader.add(piece.text);
      if (part) yield* locator.locate(part, bytes);
    }
  } catch (error) {
    fault = { error };
  }
  if (!fault || bytes > 0) yield* locator.locate(reader.end(), bytes);
  if (fault) throw fault.error;
}

/** So many findings are told at once: more of them would live on until they are put out, and cost the collector of garbage time. */
const mostAtOnce = 256;

/** Keeps and locates the findings of one text, part by part. */
export class PartLocator {
  private readonly locator: Locator;
  private readonly sieve: AppliedFilter;
  private left: number;
  /** So many lines have begun behind the first one where the last part ended. */
  lines = 0;

  constructor(file: string, filter: Filter = {}, skipped = 0) {
    this.locator = new Locator(file);
    this.sieve = applyFilter(filter);
    this.left = skipped;
  }

  /** @param end What begins from here on is not wanted. */
  *locate(part: Part, bytes: number, end = Number.POSITIVE_INFINITY): Generator<FoundPart> {
    const { locator, sieve } = this;
    let findings: Located[] = [];
    let doubts: Record<string, number> | undefined;
    locator.begin(part);
    for (const finding of part.findings) {
      if (finding.record.mark.start >= end || !sieve.keeps(finding)) continue;
      if (this.left > 0) {
        this.left -= 1;
        continue;
      }
      const doubt = sieve.doubt(finding);
      if (doubt !== undefined) {
        doubts ??= {};
        doubts[doubt] = (doubts[doubt] ?? 0) + 1;
      }
      findings.push(locator.locate(finding));
      if (findings.length < mostAtOnce) continue;
      yield { findings, bytes, ...(doubts && { doubts }) };
      findings = [];
      doubts = undefined;
    }
    this.lines = locator.end(Math.min(end, part.end)) - 1;
    yield { findings, bytes, ...(doubts && { doubts }) };
  }
}
