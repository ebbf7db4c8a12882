/** What an editor lists of a scan: findings by failure and file, no more of them than a reader can look through. All are counted. */

import { findingKey } from '../analysis/findingKey.ts';
import type { Located } from '../analysis/located.ts';
import { type Occurrence, type ScannedFailure, type ScannedFile, scanLimits } from '../protocol.ts';
import { shortened, visible } from '../text/visible.ts';

/** Where a file stands, for the editor and for the reader. */
export type ListedPlace = Pick<ScannedFile, 'uri' | 'name' | 'folder'>;

export interface ScanListing {
  /** Counts a finding, and lists it where there is room. Findings come file by file. */
  readonly add: (located: Located) => void;
  /** What came since the last call. */
  readonly take: () => ScannedFile[];
  /** How many listed findings `take` would give. */
  readonly waiting: () => number;
  readonly totals: () => { readonly findings: number; readonly listed: number; readonly filesWithFindings: number };
}

/** @param placeOf Asked once for each file. */
export function createListing(placeOf: (file: string) => ListedPlace): ScanListing {
  const listedOf = new Map<string, number>();
  let pending = new Map<string, Entry>();
  let file: string | undefined;
  let place: ListedPlace = { uri: '', name: '', folder: '' };
  let [findings, listed, listedInFile, filesWithFindings, waiting] = [0, 0, 0, 0, 0];

  const begin = (next: string): void => {
    file = next;
    place = placeOf(next);
    listedInFile = 0;
    filesWithFindings += 1;
  };
  const entryFor = (located: Located): Entry => {
    const failure = failureOf(located);
    const key = `${failure.id}\n${place.uri}`;
    const entry = pending.get(key) ?? { failure, ...place, count: 0, listed: [] };
    pending.set(key, entry);
    return entry;
  };
  return {
    add: (located) => {
      if (located.file !== file) begin(located.file);
      findings += 1;
      const id = failureOf(located).id;
      const before = listedOf.get(id);
      const isListed = hasRoom(listedInFile, scanLimits.file, before) && hasRoom(listed, scanLimits.all, before);
      // A failure of which nothing is listed has no place to show its count: it is in the total alone.
      if (!isListed && before === undefined) return;
      const entry = entryFor(located);
      entry.count += 1;
      if (!isListed) return;
      entry.listed.push(toOccurrence(located));
      listedOf.set(id, (before ?? 0) + 1);
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
    totals: () => ({ findings, listed, filesWithFindings }),
  };
}

interface Entry extends ScannedFile {
  count: number;
  readonly listed: Occurrence[];
}

/** A failure of which so few are listed still finds room where a frequent one does not. */
const few = 10;

/** The last tenth of each limit is kept for rare failures: a frequent one must not hide them. */
function hasRoom(listed: number, limit: number, ofFailure = 0): boolean {
  return listed < (ofFailure < few ? limit : limit * 0.9);
}

function failureOf(located: Located): ScannedFailure {
  const id = findingKey(located).shown;
  const title = visible(located.title);
  return { id: visible(id), title: located.failure !== null || title.includes(id) ? title : `${title} (${visible(id)})`, severity: located.severity };
}

function toOccurrence(located: Located): Occurrence {
  const { startLine, startColumn, endLine, endColumn, response, event, title } = located;
  const said = response ?? (event ? `Event ${event.id} of ${event.source}` : title);
  return { start: { line: startLine - 1, character: startColumn - 1 }, end: { line: endLine - 1, character: endColumn - 1 }, text: shortened(said, 200) };
}
