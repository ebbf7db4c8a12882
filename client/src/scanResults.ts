/** What a scan has found so far, counted by failure, destination and file. No part of it knows VS Code. */

import type { Occurrence, ScannedFailure, ScannedFile, SeenTimes } from '../../server/src/protocol/scan.ts';

/** What one file adds to one failure and destination. */
export interface ScannedPart extends Omit<ScannedFile, 'listed'> {
  readonly lines: readonly Occurrence[];
}

export interface ScanResults {
  readonly add: (found: readonly ScannedFile[]) => void;
  /** In the order of reading. */
  readonly cells: () => readonly ScannedPart[];
  /** The same again, with so many lines at most: what is kept while the editor is closed. */
  readonly excerpt: (mostLines: number) => ScannedFile[];
}

type GrowingPart = { -readonly [Key in keyof Omit<ScannedPart, 'lines'>]: ScannedPart[Key] } & { readonly lines: Occurrence[] };

export function createScanResults(): ScanResults {
  const cells = new Map<string, GrowingPart>();
  const add = ({ listed, ...found }: ScannedFile): void => {
    const key = [found.failure.id, found.destination ?? '\n', found.uri].join('\n');
    const known = cells.get(key);
    if (!known) {
      cells.set(key, { ...found, lines: [...listed] });
      return;
    }
    known.count += found.count;
    known.seen = joinTimes(known.seen, found.seen);
    for (const line of listed) known.lines.push(line);
  };
  return {
    add: (found) => {
      for (const part of found) add(part);
    },
    cells: () => [...cells.values()],
    excerpt: (mostLines) => excerpt([...cells.values()], mostLines),
  };
}

/** Both together; of times without a zone only the order of reading is known. */
export function joinTimes(one: SeenTimes, other: SeenTimes): SeenTimes {
  const first = [one.first, other.first].filter((time) => time !== undefined).sort()[0];
  const last = [one.last, other.last]
    .filter((time) => time !== undefined)
    .sort()
    .at(-1);
  const firstLocal = one.firstLocal ?? other.firstLocal;
  const lastLocal = other.lastLocal ?? one.lastLocal;
  return {
    ...(first !== undefined && { first }),
    ...(last !== undefined && { last }),
    ...(firstLocal !== undefined && { firstLocal }),
    ...(lastLocal !== undefined && { lastLocal }),
  };
}

/** Of each cell its first lines, as many of each as there is room for. */
function excerpt(cells: readonly GrowingPart[], mostLines: number): ScannedFile[] {
  let each = 0;
  let next = cells.filter(({ lines }) => lines.length > 0).length;
  for (let total = 0; next > 0 && total + next <= mostLines; each += 1) {
    total += next;
    next = cells.filter(({ lines }) => lines.length > each + 1).length;
  }
  let room = mostLines;
  return cells.map(({ lines, ...cell }) => {
    const listed = lines.slice(0, Math.min(Math.max(each, 1), room));
    room -= listed.length;
    return { ...cell, listed };
  });
}

/** The worst first. */
export const severityRanks: Readonly<Record<ScannedFailure['severity'], number>> = { error: 0, warning: 1, information: 2 };
