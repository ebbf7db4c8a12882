/** Findings as diagnostics: never more than an editor shows. */

import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-types';
import type { FindingGroups, Group } from '../analysis/document/groups.ts';
import { keyOfFinding } from '../analysis/findingKey.ts';
import { shortLabel } from '../explain/describe.ts';
import { pageAddress } from '../explain/page.ts';
import type { Finding } from '../failures.ts';
import { commands } from '../protocol/editor.ts';
import { shortened } from '../text/visible.ts';
import type { Severity } from '../values.ts';
import type { ClientFeatures } from './clientFeatures.ts';
import { mostDiagnostics } from './limits.ts';
import type { LogDocument } from './logDocument.ts';
import { findMisreading } from './misreading.ts';
import { counted, describeGroups } from './shownGroups.ts';

/** The diagnostics of a document, and which of its findings they stand for. */
interface Made {
  readonly diagnostics: Diagnostic[];
  /** By their numbers; undefined where all are. */
  readonly numbers: ReadonlySet<number> | undefined;
}

const made = new WeakMap<LogDocument, Made>();

/** The diagnostics of a document, in text order; made once, since quick fixes refer to them. */
export function getDiagnostics(document: LogDocument, client: ClientFeatures): Diagnostic[] {
  return madeOf(document, client).diagnostics;
}

/** Whether a finding has a diagnostic of its own. Before anybody has asked for diagnostics none has. */
export function isDiagnosed(document: LogDocument, number: number): boolean {
  const known = made.get(document);
  return known !== undefined && (known.numbers?.has(number) ?? true);
}

function madeOf(document: LogDocument, client: ClientFeatures): Made {
  const known = made.get(document) ?? makeDiagnostics(document, client);
  made.set(document, known);
  return known;
}

function makeDiagnostics(document: LogDocument, { commands: known }: ClientFeatures): Made {
  const alone = (text: string): Made => ({ diagnostics: [notice(document, text)], numbers: new Set() });
  if (document.isTooLarge) {
    const command = known.has(commands.scanFile) ? 'The command "Mailflow Lens: Scan This File" reads it, and so does the command line' : 'The command line reads it';
    return alone(`This file is larger than 50 MB and was not read here. ${command}: mailflow-lens scan FILE`);
  }
  const misreading = findMisreading(document);
  if (misreading?.isWhole) return alone(misreading.message);
  if (document.findings.length > mostDiagnostics) return someDiagnostics(document, known);
  const diagnostics = document.findings.all().map((finding) => toDiagnostic(document, finding, known));
  const isTold = misreading && diagnostics.length < mostDiagnostics;
  return { diagnostics: isTold ? [{ ...notice(document, misreading.message), range: document.range(misreading.place) }, ...diagnostics] : diagnostics, numbers: undefined };
}

/** As many as an editor shows, of every failure and destination some, with their counts. The first one says so. */
function someDiagnostics(document: LogDocument, known: ClientFeatures['commands']): Made {
  const { findings } = document;
  const shown = findings.groups.mostFrequent(mostDiagnostics - 1, 1);
  const groups = new Map(shown.map((group) => [group.first[0] as number, group]));
  const numbers = chooseNumbers(findings.groups, shown, mostDiagnostics - 1);
  const diagnostics = [...findings.pick([...numbers])].map(([number, finding]) => toDiagnostic(document, finding, known, groups.get(number)));
  return { diagnostics: [notice(document, describeGroups(findings.length, findings.groups.length, shown.length, diagnostics.length, findings.leftOut)), ...diagnostics], numbers };
}

/** The first of each group and its last; what is left goes to the newest of all, since whoever is on call looks at the end of a log. */
function chooseNumbers(groups: FindingGroups, shown: readonly Group[], most: number): Set<number> {
  const chosen = new Set(shown.map(({ first }) => first[0] as number));
  for (const { last } of shown) if (chosen.size < most) chosen.add(last);
  const ofShown = shown.length === groups.length ? undefined : new Set(shown.map(({ first }) => groups.numberOf(first[0] as number)));
  const newest: number[] = [];
  groups.each((number, group) => {
    if (!ofShown || ofShown.has(group)) newest.push(number);
  });
  for (let index = newest.length - 1; index >= 0 && chosen.size < most; index--) chosen.add(newest[index] as number);
  return chosen;
}

const severityNumbers: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

/** @param group Told with its first finding, where not all are shown. */
function toDiagnostic(document: LogDocument, finding: Finding, known: ClientFeatures['commands'], group?: Group): Diagnostic {
  const href = pageAddress(finding, known.has(commands.openPage));
  return {
    range: document.range(finding.record.mark),
    severity: severityNumbers[finding.severity],
    source: 'mailflow-lens',
    code: keyOfFinding(finding).shown,
    ...(href && { codeDescription: { href } }),
    message: message(finding, group),
  };
}

/** The first line says what and whom: a list of many shows nothing else. */
function message(finding: Finding, group: Group | undefined): string {
  const said = finding.record.response ? `\n${shortened(finding.record.response.text, 160)}` : '';
  const count = group && group.size > 1 ? `\n${counted(group.size)} times in this file${group.destination ? `, to ${shortened(group.destination, 100)}` : ''}.` : '';
  return `${shortened(shortLabel(finding), 200)}${said}${count}`;
}

/** Below the whole first line, so that it is seen. */
function notice(document: LogDocument, text: string): Diagnostic {
  const { start } = document.range({ start: 0, end: 0 });
  return { range: { start, end: document.range(document.firstLine).end }, severity: DiagnosticSeverity.Information, source: 'mailflow-lens', message: text };
}
