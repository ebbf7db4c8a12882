/** The line above an event that says what it is and offers the evidence. */

import type { CodeLens } from 'vscode-languageserver-types';
import type { Group } from '../analysis/groups.ts';
import { pageName } from '../explain/page.ts';
import { runbookArguments } from '../explain/runbook.ts';
import { commands } from '../protocol.ts';
import { shortened } from '../text/visible.ts';
import type { Finding, Severity } from '../values.ts';
import type { ClientFeatures } from './clientFeatures.ts';
import { mostLenses } from './limits.ts';
import type { LogDocument } from './logDocument.ts';

/** The lenses of a document: only above events, and only for clients that can run them. Of too many those of the gravest and rarest failures. */
export function getCodeLenses(document: LogDocument, client: ClientFeatures): CodeLens[] {
  if (!client.commands.has(commands.insertRunbook)) return [];
  const events = document.findings.filter(isEvent);
  return (2 * events.length > mostLenses ? gravest(document.groups) : events).flatMap((finding) => lensesAbove(document, finding));
}

const isEvent = ({ record }: Finding): boolean => record.event !== undefined;

/** As many events as have room, two lenses each, in text order: the first one of each group before the second of any. */
function gravest(groups: readonly Group[]): Finding[] {
  const most = mostLenses / 2;
  const lists = groups.map(({ findings }) => findings.filter(isEvent)).filter(({ length }) => length > 0);
  const rarestFirst = lists.sort((one, other) => ranks[(one[0] as Finding).severity] - ranks[(other[0] as Finding).severity] || one.length - other.length);
  const chosen: Finding[] = [];
  for (let turn = 0; chosen.length < most; turn++) {
    for (const list of rarestFirst) {
      const finding = list[turn];
      if (finding && chosen.length < most) chosen.push(finding);
    }
  }
  return chosen.sort((one, other) => one.record.mark.start - other.record.mark.start);
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
