/** What an editor lists of a scan: findings by failure, destination and file, no more of them than a reader can look through. All are counted. */

import { destinationOf } from '../analysis/document/findingKind.ts';
import type { Located } from '../analysis/located.ts';
import { type ScannedFile, type ScanSummary, scanLimits } from '../protocol/scan.ts';
import { shortened } from '../text/visible.ts';
import { scannedFailure, seenAgain, toOccurrence } from './scanOccurrence.ts';

/** Where a file stands, for the editor and for the reader. */
export type ListedPlace = Pick<ScannedFile, 'uri' | 'name' | 'folder'>;

export interface ScanListing {
  /** Counts a finding, and lists it where there is room. Findings come file by file. */
  readonly add: (located: Located) => void;
  /** What came since the last call. */
  readonly take: () => ScannedFile[];
  /** How many listed findings `take` would give. */
  readonly waiting: () => number;
  readonly totals: () => { readonly findings: number; readonly listed: number; readonly unplaced: number; readonly filesWithFindings: number };
}

/**
 * @param placeOf Asked once for each file.
 * @param shortOf The short name of a failure, by its id, where there is one.
 */
export function createListing(placeOf: (file: string) => ListedPlace, shortOf: (failure: string) => string | undefined): ScanListing {
  const known = new Map<string, KnownFailure>();
  let pending = new Map<string, Entry>();
  let file: string | undefined;
  let place: ListedPlace = { uri: '', name: '', folder: '' };
  let [findings, listed, unplaced, listedInFile, filesWithFindings, waiting] = [0, 0, 0, 0, 0, 0];

  const begin = (next: string): void => {
    file = next;
    place = placeOf(next);
    listedInFile = 0;
    filesWithFindings += 1;
  };
  const knownOf = (located: Located): KnownFailure => {
    const failure = scannedFailure(located, shortOf);
    const entry = known.get(failure.id) ?? { failure, listed: 0, destinations: new Set<string>() };
    known.set(failure.id, entry);
    return entry;
  };
  const entryFor = ({ failure }: KnownFailure, destination: string | null): Entry => {
    const key = `${failure.id}\n${destination ?? '\n'}\n${place.uri}`;
    const entry = pending.get(key) ?? { failure, destination, ...place, count: 0, seen: {}, listed: [] };
    pending.set(key, entry);
    return entry;
  };
  return {
    add: (located) => {
      if (located.file !== file) begin(located.file);
      findings += 1;
      const of = knownOf(located);
      const destination = shortened(destinationOf({ record: located }), 200);
      const share = shareOf(of, destination);
      const isListed = listedInFile < scanLimits.file * share && listed < scanLimits.all * share;
      // A failure of which nothing is listed has no place to show its count: it is in the total alone.
      if (!isListed && of.listed === 0) {
        unplaced += 1;
        return;
      }
      const entry = entryFor(of, isListed || of.destinations.has(destination) ? destination : null);
      entry.count += 1;
      entry.seen = seenAgain(entry.seen, located);
      if (!isListed) return;
      entry.listed.push(toOccurrence(located, place.name));
      of.destinations.add(destination);
      of.listed += 1;
      listedInFile += 1;
      listed += 1;
      waiting += 1;
    },
    take: () => {
      const taken = [...pending.values()];
      pending = new Map();
      waiting = 0;
      return taken;
    },
    waiting: () => waiting,
    totals: () => ({ findings, listed, unplaced, filesWithFindings }),
  };
}

interface KnownFailure {
  readonly failure: ScannedFile['failure'];
  listed: number;
  /** Those of which a line is listed. */
  readonly destinations: Set<string>;
}

interface Entry extends ScannedFile {
  count: number;
  seen: ScannedFile['seen'];
  readonly listed: ScannedFile['listed'][number][];
}

/** A failure of which so few are listed still finds room where a frequent one does not. */
const few = 10;

/** How much of each limit is open to a finding: what is frequent must hide neither another destination nor, which is worse, another failure. */
function shareOf({ listed, destinations }: KnownFailure, destination: string): number {
  if (listed < few) return 1;
  return destinations.has(destination) ? 0.9 : 0.95;
}

/** Before anything is read. */
export const emptySummary: ScanSummary = {
  ...{ isComplete: false, findings: 0, listed: 0, unplaced: 0, files: 0, filesWithFindings: 0, bytes: 0, leftOut: 0, hasIgnored: false },
  ...{ unreadable: 0, partlyRead: 0, unreadableFiles: [] },
};
