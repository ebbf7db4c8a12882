/** The line above an event that says what it is and offers the evidence. */

import type { CodeLens } from 'vscode-languageserver-types';
import type { DocumentFindings } from '../analysis/documentFindings.ts';
import { pageName } from '../explain/page.ts';
import { runbookArguments } from '../explain/runbook.ts';
import type { Finding } from '../failures.ts';
import { commands } from '../protocol.ts';
import { shortened } from '../text/visible.ts';
import type { Severity } from '../values.ts';
import type { ClientFeatures } from './clientFeatures.ts';
import { mostLenses } from './limits.ts';
import type { LogDocument } from './logDocument.ts';

/** The lenses of a document: only above events, and only for clients that can run them. Of too many those of the gravest and rarest failures. */
export function getCodeLenses(document: LogDocument, client: ClientFeatures): CodeLens[] {
  if (!client.commands.has(commands.insertRunbook)) return [];
  return [...document.findings.pick(chooseEvents(document.findings)).values()].flatMap((finding) => lensesAbove(document, finding));
}

/** As many events as have room, two lenses each: the first one of each group, the gravest and rarest before others, before the second of any. */
function chooseEvents({ groups }: DocumentFindings): number[] {
  const events = groups.sizes.map((): { count: number; rank: number; chosen: number } => ({ count: 0, rank: 0, chosen: 0 }));
  groups.each((_, group, kind) => {
    const of = events[group];
    if (!of || !kind.isEvent) return;
    if (of.count === 0) of.rank = ranks[kind.severity];
    of.count += 1;
  });
  const rarestFirst = events.filter(({ count }) => count > 0).sort((one, other) => one.rank - other.rank || one.count - other.count);
  let room = Math.min(
    mostLenses / 2,
    rarestFirst.reduce((sum, { count }) => sum + count, 0),
  );
  while (room > 0) {
    for (const of of rarestFirst) {
      if (of.chosen === of.count || room === 0) continue;
      of.chosen += 1;
      room -= 1;
    }
  }
  const numbers: number[] = [];
  groups.each((number, group, kind) => {
    const of = events[group];
    if (!of || !kind.isEvent || of.chosen === 0) return;
    of.chosen -= 1;
    numbers.push(number);
  });
  return numbers;
}

const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2 };

function lensesAbove(document: LogDocument, finding: Finding): CodeLens[] {
  const { event, span } = finding.record;
  if (!event) return [];
  const range = document.range({ start: span.start, end: span.start });
  const page = pageName(finding);
  const lenses: CodeLens[] = [];
  if (page) lenses.push({ range, command: { title: shortened(`Event ${event.id}: ${finding.title}`, 120), command: commands.openPage, arguments: [{ id: page }] } });
  if (finding.failure) {
    lenses.push({
      range,
      command: { title: 'Insert evidence (read-only)', command: commands.insertRunbook, arguments: [runbookArguments(document, finding, finding.failure, 'evidence')] },
    });
  }
  return lenses;
}
