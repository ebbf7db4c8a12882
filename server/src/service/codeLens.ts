/** The line above a failure that says at the left what it is, and offers the evidence. */

import type { CodeLens, Command } from 'vscode-languageserver-types';
import type { DocumentFindings, Mark } from '../analysis/document/documentFindings.ts';
import { shortLabel } from '../explain/describe.ts';
import { pageName } from '../explain/page.ts';
import { runbookArguments } from '../explain/runbook.ts';
import type { Finding } from '../failures.ts';
import { commands } from '../protocol/editor.ts';
import type { Settings } from '../protocol/settings.ts';
import { shortened } from '../text/visible.ts';
import type { Severity, Span } from '../values.ts';
import type { ClientFeatures } from './clientFeatures.ts';
import { mostLenses } from './limits.ts';
import type { LogDocument } from './logDocument.ts';

/** What a lens needs to be resolved: nothing is read for those that nobody sees. */
interface LensData {
  readonly uri: string;
  readonly number: number;
  readonly says: 'name' | 'evidence';
}

/**
 * The lenses of a document, two above a failure, for clients that can run them: of too many those of the gravest and rarest failures.
 * Rows that fail one below the other have one lens together with the next few, or half of the screen would be lenses.
 */
export function getCodeLenses(document: LogDocument, client: ClientFeatures, wanted: Settings['codeLens'] = 'all'): CodeLens[] {
  if (!client.commands.has(commands.insertRunbook) || wanted === 'off') return [];
  const lenses: CodeLens[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const { number, at, span, isFirst } of chooseFindings(document.findings, wanted)) {
    const { start } = document.range({ start: at, end: at });
    const isRow = document.lineAt(span.end) === start.line;
    if (isRow && !isFirst && start.line - last <= rowsBetween) continue;
    last = start.line;
    const range = { start: { line: start.line, character: 0 }, end: { line: start.line, character: 0 } };
    for (const says of ['name', 'evidence'] as const) lenses.push({ range, data: { uri: document.uri, number, says } satisfies LensData });
  }
  return lenses;
}

/** The log that a lens is about; undefined where it is none of ours. */
export function lensAddress({ data }: CodeLens): string | undefined {
  const { uri } = (data ?? {}) as Partial<LensData>;
  return typeof uri === 'string' ? uri : undefined;
}

/** The lens with what it says and does; as it is, where nothing stands there any more. */
export function resolveCodeLens(document: LogDocument, lens: CodeLens): CodeLens {
  const { number = -1, says } = (lens.data ?? {}) as Partial<LensData>;
  const finding = document.findings.at(number);
  if (!finding || document.lineAt(placeOf(finding)) !== lens.range.start.line) return lens;
  return { range: lens.range, command: says === 'evidence' ? evidenceOf(document, finding) : nameOf(finding) };
}

function nameOf(finding: Finding): Command {
  const { event } = finding.record;
  const page = pageName(finding);
  const title = shortened(`${event ? `Event ${event.id}: ` : ''}${shortLabel(finding)}`, 120);
  // A lens without a command is text.
  return page ? { title, command: commands.openPage, arguments: [{ id: page }] } : { title, command: '' };
}

/** An editor takes a lens for broken that comes to no command. */
function evidenceOf(document: LogDocument, finding: Finding): Command {
  const { failure } = finding;
  if (!failure) return { title: 'only the code is known', command: '' };
  return { title: 'Insert evidence (read-only)', command: commands.insertRunbook, arguments: [runbookArguments(document, finding, failure, 'evidence')] };
}

/** Above an event it stands above all of it, whose first line says nothing of what failed. */
function placeOf({ record }: Finding): number {
  return record.event ? record.span.start : record.mark.start;
}

/** So many rows at least stand between two lenses above rows. */
const rowsBetween = 3;

interface Chosen {
  readonly number: number;
  readonly at: number;
  readonly span: Span;
  /** Of its failure, whatever the destination. */
  readonly isFirst: boolean;
}

/**
 * As many as have room, two lenses each: one of each group, the gravest and rarest before others, before a second of any. Of a group the first,
 * and then the newest, since whoever is on call looks at the end of a log.
 */
function chooseFindings(findings: DocumentFindings, wanted: Settings['codeLens']): Chosen[] {
  const candidates = [...eachCandidate(findings, wanted)];
  const groups = new Map<number, { count: number; rank: number; chosen: number; seen: number }>();
  for (const { group, rank } of candidates) {
    const known = groups.get(group);
    if (known) known.count += 1;
    else groups.set(group, { count: 1, rank, chosen: 0, seen: 0 });
  }
  const rarestFirst = [...groups.values()].sort((one, other) => one.rank - other.rank || one.count - other.count);
  for (let room = Math.min(mostLenses / 2, candidates.length); room > 0; ) {
    for (const of of rarestFirst) {
      if (of.chosen === of.count || room === 0) continue;
      of.chosen += 1;
      room -= 1;
    }
  }
  return candidates.filter(({ group }) => {
    const of = groups.get(group);
    if (!of) return false;
    const index = of.seen++;
    return of.chosen > 0 && (index === 0 || index > of.count - of.chosen);
  });
}

interface Candidate extends Chosen {
  readonly group: number;
  readonly rank: number;
}

const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2 };

/** What may have a lens: all events, and rows with some others of their length between them. */
function* eachCandidate(findings: DocumentFindings, wanted: Settings['codeLens']): Generator<Candidate> {
  const spans = findings.spans()[Symbol.iterator]();
  const marks = findings.marks()[Symbol.iterator]();
  const known = new Set<string>();
  let free = 0;
  for (const [number, group] of findings.groups.numbers().entries()) {
    const span = spans.next().value as Span;
    const { start, kind } = marks.next().value as Mark;
    if (!kind.isEvent && wanted === 'events') continue;
    const isFirst = !known.has(kind.code);
    if (!isFirst && !kind.isEvent && span.start < free) continue;
    known.add(kind.code);
    if (!kind.isEvent) free = span.end + rowsBetween * (span.end - span.start);
    yield { number, at: kind.isEvent ? span.start : start, span, isFirst, group, rank: ranks[kind.severity] };
  }
}
