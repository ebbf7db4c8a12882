/** The words about a scan: counts, times and what a reader must know not to be misled. */

import type { ScannedFile, ScanSummary, SeenTimes } from '../../server/src/protocol/scan.ts';
import type { GroupNode, LineNode, ScanNode } from './scanNodes.ts';

/** "1,234 findings in 5 of 120 files, 340 MB." and what else a reader must know not to be misled. */
export function summaryText(summary: ScanSummary): string {
  const { isComplete, findings, listed, unplaced, files, filesWithFindings, bytes, leftOut, hasIgnored } = summary;
  const unread = unreadableText(summary);
  const where = findings > 0 && files > 1 ? `${number(filesWithFindings)} of ${numbered(files, 'file')}` : numbered(files, 'file');
  const found = findings === 0 ? 'No finding' : numbered(findings, 'finding');
  const sample = unplaced === 0 ? 'every failure is in it' : `${numbered(unplaced, 'finding')} of rare codes are only counted`;
  return [
    ...(isComplete ? [] : ['Cancelled before the end.']),
    files === 0 ? 'No log was read.' : `${found} in ${where}, ${size(bytes)}.`,
    ...(listed < findings ? [`A sample of ${numbered(listed, 'line')} is listed; ${sample}.`] : []),
    ...(unread === '' ? [] : [`${unread}.`]),
    ...(leftOut > 0 ? [leftOut === 1 ? '1 file is no text.' : `${number(leftOut)} files are no text.`] : []),
    ...(hasIgnored ? ['Failures that your settings ignore are left out.'] : []),
  ].join(' ');
}

/** "1 file or folder could not be read, 2 files only in part"; empty where all was read. */
export function unreadableText({ unreadable, partlyRead }: Pick<ScanSummary, 'unreadable' | 'partlyRead'>): string {
  const missed = `${unreadable === 1 ? '1 file or folder' : `${number(unreadable)} files or folders`} could not be read`;
  if (partlyRead === 0) return unreadable === 0 ? '' : missed;
  return unreadable === 0 ? `${numbered(partlyRead, 'file')} could be read only in part` : `${missed}, ${numbered(partlyRead, 'file')} only in part`;
}

/** "errors only: 356 findings": what stands beside the name of the view where not all is shown. */
export function errorsText(cells: readonly Pick<ScannedFile, 'failure' | 'count'>[]): string {
  const errors = cells.filter(({ failure }) => failure.severity === 'error');
  return `errors only: ${numbered(
    errors.reduce((sum, { count }) => sum + count, 0),
    'finding',
  )}`;
}

/** Which day all times are of, as "2026-01-15"; undefined where they are of several, or none is known. */
export function dayOf({ first, last }: SeenTimes): string | undefined {
  const day = first?.slice(0, 10);
  return day !== undefined && last?.slice(0, 10) === day ? day : undefined;
}

/** "Times are UTC, 2026-01-15."; empty where none is known. */
export function timeText(seen: SeenTimes): string {
  const day = dayOf(seen);
  if (seen.first === undefined) return '';
  return day === undefined ? 'Times are UTC.' : `Times are UTC, ${day}.`;
}

/** "2026-01-15 08:02:11 UTC". @param time ISO 8601 in UTC. */
export function momentText(time: string): string {
  return `${time.slice(0, 19).replace('T', ' ')} UTC`;
}

/** "454 4.7.0 · 379 findings · 08:02:11 - 09:44:03": what stands behind the name of a group. */
export function groupText({ level, code, count, listed, seen, folder }: GroupNode, day: string | undefined): string {
  const found = listed === 0 ? `${numbered(count, 'finding')}, none listed` : numbered(count, 'finding');
  return [level === 'failure' ? code : '', found, spanText(seen, day), folder].filter((part) => part !== '').join(' · ');
}

function spanText({ first, last, firstLocal, lastLocal }: SeenTimes, day: string | undefined): string {
  const [from, to] = [first === undefined ? firstLocal : clockText(first, day), last === undefined ? lastLocal : clockText(last, day)];
  if (from === undefined || to === undefined) return '';
  return from === to ? from : `${from} – ${to}`;
}

/** The time of day, with the date where the results are of several days. */
function clockText(time: string, day: string | undefined): string {
  return time.startsWith(day ?? '\n') ? time.slice(11, 19) : time.slice(0, 19).replace('T', ' ');
}

/** "08:15:41  mx1.contoso.com  Outbound to Office 365", without what stands above; behind the names of what it stands for. */
export function lineLabel({ standsFor, isBelowDestination, cell, start, time, localTime, host, recipient, connector }: LineNode, day: string | undefined): string {
  const when = (time === undefined ? localTime : clockText(time, day)) ?? `Line ${number(start.line + 1)}`;
  const told = isBelowDestination ? cell.destination : '';
  const who = [host, recipient].find((name) => name !== '' && name !== told) ?? '';
  return [...standsFor.map(({ name }) => name), when, who, connector === told ? '' : connector].filter((part) => part !== '').join('  ');
}

/** A node and all below it as lines of text, for a ticket or a chat. */
export function nodeText(node: ScanNode, day: string | undefined, indent = ''): string {
  if (node.kind === 'line') {
    const { cell, start, code, text } = node;
    return `${indent}${lineLabel(node, day)}  ${code !== '' && !text.includes(code) ? `${code}  ` : ''}${text}  (${[cell.folder, cell.name].filter(Boolean).join('/')}:${start.line + 1})\n`;
  }
  if (node.kind === 'group') return `${indent}${node.name}: ${groupText(node, day)}\n${node.children.map((child) => nodeText(child, day, `${indent}  `)).join('')}`;
  return `${indent}${node.kind === 'unreadable' ? node.text : `${node.name}: ${node.reason}`}\n`;
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
