/** The results of a scan as a tree, grouped as the reader wants: what has failed, to whom, in which lines. No part of it knows VS Code. */

import type { Occurrence, ScannedFailure, ScanSummary, SeenTimes, UnreadableFile } from '../../server/src/protocol/scan.ts';
import { joinTimes, type ScannedPart, severityRanks } from './scanResults.ts';
import { unreadableText } from './scanText.ts';

/** What the lines are put together by first, and what then. */
export const groupings = {
  failure: ['failure', 'destination'],
  destination: ['destination', 'failure'],
  file: ['file', 'failure'],
} as const satisfies Record<string, readonly GroupLevel[]>;
export type Grouping = keyof typeof groupings;
export type GroupLevel = 'failure' | 'destination' | 'file';

export type ScanNode = GroupNode | LineNode | UnreadableNode | UnreadableFileNode;

export interface GroupNode {
  readonly kind: 'group';
  readonly level: GroupLevel;
  /** By which it is the same in another tree. */
  readonly id: string;
  /** What it is about; absent where it holds several. */
  readonly failure?: ScannedFailure;
  /** A failure's short name, a destination or a file's name. */
  readonly name: string;
  /** The folder of a file. */
  readonly folder: string;
  readonly severity: ScannedFailure['severity'];
  /** The code that most of its lines show; empty where none does. */
  readonly code: string;
  readonly count: number;
  readonly listed: number;
  readonly seen: SeenTimes;
  readonly cells: readonly ScannedPart[];
  readonly children: readonly (GroupNode | LineNode)[];
}

export interface LineNode extends Occurrence {
  readonly kind: 'line';
  readonly cell: ScannedPart;
  /** The groups of which it is the only line, and which it therefore stands for. */
  readonly standsFor: readonly GroupNode[];
  /** Whether its destination is told by a group. */
  readonly isBelowDestination: boolean;
}

/** The files that could not be read, or only in part, below all failures. */
export interface UnreadableNode {
  readonly kind: 'unreadable';
  readonly count: number;
  /** What it says: how many of which kind. */
  readonly text: string;
  readonly files: readonly UnreadableFileNode[];
}

export interface UnreadableFileNode extends UnreadableFile {
  readonly kind: 'unreadableFile';
}

/** The tree of some cells: the worst failures first and among equals the most frequent, destinations by their count, files in the order of reading. */
export function groupCells(cells: readonly ScannedPart[], levels: readonly GroupLevel[], path = '', isBelowDestination = false): (GroupNode | LineNode)[] {
  const [level, ...below] = levels;
  if (level === undefined) return cells.flatMap((cell) => cell.lines.map((line): LineNode => ({ kind: 'line', cell, standsFor: [], isBelowDestination, ...line })));
  const groups = new Map<string, ScannedPart[]>();
  for (const cell of cells) {
    const key = keyOf(cell, level);
    const known = groups.get(key);
    if (known) known.push(cell);
    else groups.set(key, [cell]);
  }
  const nodes = [...groups].map(([key, ofGroup]) => toGroup(ofGroup, level, below, `${path}${key}\n`, isBelowDestination || level === 'destination'));
  if (level !== 'file') nodes.sort(level === 'failure' ? worstFirst : mostFrequentFirst);
  return nodes.map(collapsed);
}

/** A cell of which nothing is listed belongs to no destination that has a name here. */
function keyOf({ failure, destination, uri }: ScannedPart, level: GroupLevel): string {
  if (level === 'failure') return failure.id;
  return level === 'file' ? uri : destination === null ? '\n' : destination;
}

function toGroup(cells: readonly ScannedPart[], level: GroupLevel, below: readonly GroupLevel[], id: string, isBelowDestination: boolean): GroupNode {
  const [first] = cells as readonly [ScannedPart, ...ScannedPart[]];
  const failures = new Set(cells.map(({ failure }) => failure.id));
  const name = { failure: first.failure.short, destination: destinationName(first), file: first.name }[level];
  return {
    kind: 'group',
    level,
    id,
    ...(failures.size === 1 && { failure: first.failure }),
    name,
    folder: level === 'file' ? first.folder : '',
    severity: cells.map(({ failure }) => failure.severity).sort((one, other) => severityRanks[one] - severityRanks[other])[0] ?? 'information',
    code: failures.size === 1 ? commonCode(cells) : '',
    count: cells.reduce((sum, { count }) => sum + count, 0),
    listed: cells.reduce((sum, { lines }) => sum + lines.length, 0),
    seen: cells.map(({ seen }) => seen).reduce(joinTimes),
    cells,
    children: groupCells(cells, below, id, isBelowDestination),
  };
}

function destinationName({ destination }: ScannedPart): string {
  if (destination === null) return 'Other destinations';
  return destination === '' ? 'Destination not named' : destination;
}

function commonCode(cells: readonly ScannedPart[]): string {
  const counts = new Map<string, number>();
  for (const { lines } of cells) for (const { code } of lines) if (code !== '') counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? '';
}

function worstFirst(one: GroupNode, other: GroupNode): number {
  return severityRanks[one.severity] - severityRanks[other.severity] || mostFrequentFirst(one, other);
}

function mostFrequentFirst(one: GroupNode, other: GroupNode): number {
  return other.count - one.count || (one.name < other.name ? -1 : 1);
}

/** A group of one line is that line. */
function collapsed(group: GroupNode): GroupNode | LineNode {
  const [only] = group.children;
  return group.count === 1 && only?.kind === 'line' ? { ...only, standsFor: [group, ...only.standsFor] } : group;
}

/** The files that could not be read, or only in part, if there are any. */
export function unreadableNode(summary: ScanSummary): UnreadableNode | undefined {
  const text = unreadableText(summary);
  const files = summary.unreadableFiles.map((file): UnreadableFileNode => ({ kind: 'unreadableFile', ...file }));
  return text === '' ? undefined : { kind: 'unreadable', count: summary.unreadable + summary.partlyRead, text, files };
}

/** The newest line of each failure in a node, by which its runbook is filled in; the most frequent failures first, some at most. */
export function newestLines(node: ScanNode, most: number): LineNode[] {
  if (node.kind === 'line') return [node];
  if (node.kind !== 'group') return [];
  const newest = new Map<string, { readonly line: LineNode; readonly count: number }>();
  for (const cell of node.cells) {
    const known = newest.get(cell.failure.id);
    const lines = cell.lines.map((line): LineNode => ({ kind: 'line', cell, standsFor: [], isBelowDestination: false, ...line }));
    const line = [...(known ? [known.line] : []), ...lines].reduce<LineNode | undefined>((one, other) => (one && (one.time ?? '') > (other.time ?? '') ? one : other), undefined);
    if (line) newest.set(cell.failure.id, { line, count: (known?.count ?? 0) + cell.count });
  }
  return [...newest.values()]
    .sort((one, other) => other.count - one.count)
    .slice(0, most)
    .map(({ line }) => line);
}
