/**
 * Extends the scratch script, in which an administrator collects runbooks, by one more. The script is the user's:
 * everything here is an insertion, and what stands already is only read, to see what need not be said again.
 */

import { leaveOpen } from '../explain/openScript.ts';
import { assignments, comment, fittingValue, logComment, savedTime, shellOf, stageHeading, stageScript, stagesOf, valuesFor } from '../explain/powershell.ts';
import { readPowerShell } from '../explain/powershellReading.ts';
import { wrapComments } from '../explain/wrappedComments.ts';
import type { Failure } from '../failures.ts';
import { failureOfPart } from '../knowledge/parts.ts';
import type { ExtendScriptResult, RunbookPart } from '../protocol/editor.ts';
import { type CaptureName, type Captures, captureNames, type Span } from '../values.ts';

/**
 * Puts a runbook into the scratch script: a region for each failure and target, at the end. Where that region stands
 * already, it gets one more "Seen" line and the stages it lacks, but nothing twice. Where the script is open above, say by
 * a quotation that is never closed, nothing is inserted: it would be text in that quotation, or close it and make code
 * of what is text.
 * @param script The script as it stands, with any line endings; insertions use its own.
 * @param insertion Log text in it is raw: it is typed, quoted and shortened here.
 * @returns Insertions in ascending order, none where all stands there already, and the line to look at: that of a new region, or of the
 * last stretch that a region gets, or of the region where it gets nothing.
 */
export function extendScript(
  script: string,
  document: Failure,
  insertion: { readonly captures: Captures; readonly part: RunbookPart; readonly situation?: string; readonly evidence: string },
): ExtendScriptResult {
  const failure = failureOfPart(document, insertion.situation);
  const { stretches, open } = readPowerShell(script);
  const lines = readLines(script, stretches);
  const situation = failure === document ? '' : ` (${insertion.situation})`;
  const about = target(insertion.captures) ?? (failure.kind === 'guide' ? undefined : 'unknown');
  const name = `${regionName}${failure.id}${situation}${about === undefined ? '' : `: ${about}`}`;
  const region = findRegion(lines, name);
  const parts = region ? partsOfRegion(lines, region, failure, insertion) : [{ offset: script.length, lines: newRegion(lines, name, failure, insertion) }];
  if (open && parts.some(({ offset }) => offset > open.start)) return leaveOpen(script, { stretches, open });
  const insertions = insertionsOf(script, parts);
  if (region) return { insertions, line: parts.length === 0 ? region.first : firstNewLine(script, insertions) };
  const added = insertions[0]?.text ?? '';
  return { insertions, line: lineBreaks(script + added.slice(0, added.indexOf(`#region ${name}`))) };
}

const regionName = 'Mailflow Lens: ';
const seen = '# Seen: ';

interface Line extends Span {
  /** The line without blanks around it. */
  readonly text: string;
  /** Where the next line begins. */
  readonly next: number;
  /** False where the line begins inside a string, a comment or a word: there it only looks like what it says. */
  readonly isCode: boolean;
}

/** Every line of the script; after a final line ending comes one more, which is empty. */
function readLines(script: string, stretches: readonly Span[]): Line[] {
  const lines: Line[] = [];
  let stretch = 0;
  const add = (start: number, end: number, next: number): void => {
    while (stretch < stretches.length && (stretches[stretch] as Span).end <= start) stretch += 1;
    lines.push({ text: script.slice(start, end).trim(), start, end, next, isCode: (stretches[stretch]?.start ?? start) >= start });
  };
  let start = 0;
  for (const lineBreak of script.matchAll(/\r\n|\r|\n/g)) {
    add(start, lineBreak.index, lineBreak.index + lineBreak[0].length);
    start = lineBreak.index + lineBreak[0].length;
  }
  add(start, script.length, script.length);
  return lines;
}

/** What the region is about: the first of these that the log names. Long enough for 256 characters that are not ASCII. */
function target(captures: Captures): string | undefined {
  const names: readonly CaptureName[] = ['sendConnector', 'receiveConnector', 'queue', 'recipientDomain', 'remoteHost', 'remoteAddress', 'server'];
  const name = names.find((candidate) => fittingValue(candidate, captures) !== undefined);
  return name && logComment(fittingValue(name, captures) ?? '', 1_600);
}

/** Line numbers: `first` is the #region line, `end` the first line after the region's content. */
interface Region {
  readonly first: number;
  readonly end: number;
}

/** A region whose #endregion the user has deleted ends with what surrounds it, or where the next runbook begins. */
function findRegion(lines: readonly Line[], name: string): Region | undefined {
  const first = lines.findIndex((line) => line.isCode && line.text === `#region ${name}`);
  if (first < 0) return undefined;
  let depth = 0;
  for (let index = first + 1; index < lines.length; index += 1) {
    const { text, isCode } = lines[index] as Line;
    if (!isCode) continue;
    if (text === `#endregion ${name}` || text.startsWith(`#region ${regionName}`)) return { first, end: index };
    if (/^#region\b/i.test(text)) depth += 1;
    if (/^#endregion\b/i.test(text)) depth -= 1;
    if (depth < 0) return { first, end: index };
  }
  return { first, end: lines.length };
}

interface Part {
  readonly offset: number;
  readonly lines: readonly string[];
}

type Insertion = Parameters<typeof extendScript>[2];

function partsOfRegion(lines: readonly Line[], region: Region, failure: Failure, { captures, part, evidence }: Insertion): Part[] {
  const content = lines.slice(region.first, region.end);
  const stands = new Set(content.filter((line) => line.isCode).map((line) => line.text));
  const parts: Part[] = [];
  const seenLine = seenLineOf(evidence);
  if (seenLine !== undefined && !stands.has(seenLine)) parts.push({ offset: lineForSeen(content, failure).next, lines: [seenLine] });
  const missing = stagesOf(part)
    .map((stage) => failure.runbook[stage])
    .filter((stage) => part === 'full' && !stands.has(stageHeading(stage)));
  if (missing.length > 0) {
    const values = assignments(missing.map((stage) => stage.script).join('\n'), valuesFor(failure, captures), assignedNames(stands));
    const last = content.findLast((line) => line.text !== '') as Line;
    parts.push({ offset: last.next, lines: [values, ...missing.map(stageScript)].filter((piece) => piece !== '').flatMap((piece) => ['', ...piece.split(/\r\n|\r|\n/)]) });
  }
  return parts;
}

function seenLineOf(evidence: string): string | undefined {
  const text = logComment(evidence);
  return text === '' ? undefined : seen + text;
}

/** The line after which one more "Seen" line goes. */
function lineForSeen(content: readonly Line[], failure: Failure): Line {
  const last = content.findLast((line) => line.isCode && line.text.startsWith(seen));
  const title = content[1]?.isCode && content[1].text === titleLine(failure) ? content[1] : undefined;
  return last ?? title ?? (content[0] as Line);
}

function titleLine(failure: Failure): string {
  return `# ${comment(failure.title)}`;
}

function assignedNames(stands: ReadonlySet<string>): Set<CaptureName | typeof savedTime> {
  const words = new Set<string>();
  for (const text of stands) words.add(/^\$(\w+)\s*=(?!=)/.exec(text)?.[1]?.toLowerCase() ?? '');
  return new Set(([...captureNames, savedTime] as const).filter((name) => words.has(name.toLowerCase())));
}

function newRegion(lines: readonly Line[], name: string, failure: Failure, { captures, part, evidence }: Insertion): string[] {
  const isEmpty = lines.every((line) => line.text === '');
  const chosen = stagesOf(part).map((stage) => failure.runbook[stage]);
  const values = assignments(chosen.map((stage) => stage.script).join('\n'), valuesFor(failure, captures));
  const head = [titleLine(failure), seenLineOf(evidence), wrapComments(`# For ${shellOf(failure)}.`), values].filter((piece) => piece !== undefined && piece !== '').join('\n');
  const region = [`#region ${name}`, [head, ...chosen.map(stageScript)].join('\n\n'), `#endregion ${name}`];
  const lastLine = lines.findLast((line) => line.end < line.next || line.text !== '');
  return [...(isEmpty ? header : lastLine?.text === '' ? [] : ['']), ...region.flatMap((piece) => piece.split(/\r\n|\r|\n/))];
}

const header = [
  '# Runbooks that Mailflow Lens collected from mail-flow logs.',
  '# Run this script step by step, each runbook in the shell that it names. Nothing runs by itself.',
  '# Lines that change something are commented out: read them first, then remove the # of one to run.',
  '',
];

/** Joins parts that go to the same place, and ends the script's last line before anything is put behind it. */
function insertionsOf(script: string, parts: readonly Part[]): { offset: number; text: string }[] {
  const lineEnding = /\r\n|\r|\n/.exec(script)?.[0] ?? '\n';
  const insertions: { offset: number; text: string }[] = [];
  for (const { offset, lines } of parts) {
    const text = lines.map((line) => line + lineEnding).join('');
    const previous = insertions.at(-1);
    if (previous?.offset === offset) previous.text += text;
    else insertions.push({ offset, text: offset > 0 && !/[\r\n]/.test(script.charAt(offset - 1)) ? lineEnding + text : text });
  }
  return insertions;
}

/** Where the last insertion says something: its stages, rather than the line that tells where the failure was seen again. */
function firstNewLine(script: string, insertions: ExtendScriptResult['insertions']): number {
  const { offset, text } = insertions.at(-1) ?? { offset: 0, text: '' };
  const above = insertions.slice(0, -1).reduce((sum, earlier) => sum + lineBreaks(earlier.text), 0);
  return lineBreaks(script.slice(0, offset)) + above + lineBreaks(/^\s*/.exec(text)?.[0] ?? '');
}

function lineBreaks(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}
