/** What a scan has found so far, as the tree that the view shows: failures, their files, the places in these. No part of it knows VS Code. */

import { type Occurrence, type ScannedFailure, type ScannedFile, type ScanSummary, scanLimits, type UnreadableFile } from '../../server/src/protocol.ts';

export type ScanNode = FailureNode | FileNode | OccurrenceNode | UnreadableNode | UnreadableFileNode;

export interface FailureNode extends ScannedFailure {
  readonly kind: 'failure';
  readonly count: number;
  readonly files: ReadonlyMap<string, FileNode>;
}

export interface FileNode {
  readonly kind: 'file';
  readonly failure: FailureNode;
  readonly uri: string;
  readonly name: string;
  readonly folder: string;
  readonly count: number;
  readonly occurrences: readonly OccurrenceNode[];
}

export interface OccurrenceNode extends Occurrence {
  readonly kind: 'occurrence';
  readonly file: FileNode;
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

export interface ScanResults {
  readonly add: (found: readonly ScannedFile[]) => void;
  /** The worst failures first, among equals the most frequent. */
  readonly failures: () => FailureNode[];
}

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };
type GrowingFile = Omit<Writable<FileNode>, 'occurrences'> & { readonly occurrences: OccurrenceNode[] };
type GrowingFailure = Omit<Writable<FailureNode>, 'files'> & { readonly files: Map<string, GrowingFile> };

export function createScanResults(): ScanResults {
  const failures = new Map<string, GrowingFailure>();
  const add = ({ failure, uri, name, folder, count, listed }: ScannedFile): void => {
    const node: GrowingFailure = failures.get(failure.id) ?? { kind: 'failure', ...failure, count: 0, files: new Map() };
    failures.set(failure.id, node);
    node.count += count;
    const known = node.files.get(uri);
    // A file of which nothing is listed has nothing to open: it is in the failure's count alone.
    if (!known && listed.length === 0) return;
    const file: GrowingFile = known ?? { kind: 'file', failure: node, uri, name, folder, count: 0, occurrences: [] };
    node.files.set(uri, file);
    file.count += count;
    for (const occurrence of listed) file.occurrences.push({ kind: 'occurrence', file, ...occurrence });
  };
  return {
    add: (found) => {
      for (const part of found) add(part);
    },
    failures: () => [...failures.values()].sort((one, other) => ranks[one.severity] - ranks[other.severity] || other.count - one.count || (one.title < other.title ? -1 : 1)),
  };
}

const ranks: Readonly<Record<ScannedFailure['severity'], number>> = { error: 0, warning: 1, information: 2 };

/** The files that could not be read, or only in part, if there are any. */
export function unreadableNode(summary: ScanSummary): UnreadableNode | undefined {
  const text = unreadableText(summary);
  const files = summary.unreadableFiles.map((file): UnreadableFileNode => ({ kind: 'unreadableFile', ...file }));
  return text === '' ? undefined : { kind: 'unreadable', count: summary.unreadable + summary.partlyRead, text, files };
}

/** "1,234 findings in 5 of 120 files, 340 MB." and what else a reader must know not to be misled. */
export function summaryText(summary: ScanSummary): string {
  const { isComplete, findings, listed, files, filesWithFindings, bytes, leftOut } = summary;
  const unread = unreadableText(summary);
  const where = findings > 0 && files > 1 ? `${number(filesWithFindings)} of ${numbered(files, 'file')}` : numbered(files, 'file');
  const found = findings === 0 ? 'No finding' : numbered(findings, 'finding');
  return [
    ...(isComplete ? [] : ['Cancelled before the end.']),
    files === 0 ? 'No log was read.' : `${found} in ${where}, ${size(bytes)}.`,
    ...(listed < findings ? [`All are counted, ${number(listed)} are listed: at most ${number(scanLimits.file)} of a file and ${number(scanLimits.all)} altogether.`] : []),
    ...(unread === '' ? [] : [`${unread}.`]),
    ...(leftOut > 0 ? [leftOut === 1 ? '1 file is no text.' : `${number(leftOut)} files are no text.`] : []),
  ].join(' ');
}

/** "1 file or folder could not be read, 2 files only in part"; empty where all was read. */
function unreadableText({ unreadable, partlyRead }: ScanSummary): string {
  const missed = `${unreadable === 1 ? '1 file or folder' : `${number(unreadable)} files or folders`} could not be read`;
  if (partlyRead === 0) return unreadable === 0 ? '' : missed;
  return unreadable === 0 ? `${numbered(partlyRead, 'file')} could be read only in part` : `${missed}, ${numbered(partlyRead, 'file')} only in part`;
}

/** "3 findings", or where not all are listed "1,234 findings, 1,000 listed". */
export function countText(count: number, listed: number): string {
  return listed < count ? `${numbered(count, 'finding')}, ${number(listed)} listed` : numbered(count, 'finding');
}

export function listedOf({ files }: FailureNode): number {
  let listed = 0;
  for (const { occurrences } of files.values()) listed += occurrences.length;
  return listed;
}

export function numbered(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${number(Math.ceil(bytes / 1_000))} KB` : `${number(Math.round(bytes / 1_000_000))} MB`;
}
