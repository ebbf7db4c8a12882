/** Findings as diagnostics: never more than an editor shows, further occurrences as related information. */

import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-types';
import { keyOfFinding } from '../analysis/findingKey.ts';
import type { Group } from '../analysis/groups.ts';
import { pageAddress } from '../explain/page.ts';
import type { Finding } from '../failures.ts';
import { commands } from '../protocol.ts';
import { shortened } from '../text/visible.ts';
import type { Severity } from '../values.ts';
import type { ClientFeatures } from './clientFeatures.ts';
import { mostDiagnostics, mostRelated } from './limits.ts';
import type { LogDocument } from './logDocument.ts';
import { findMisreading } from './misreading.ts';
import { counted, describeGroups } from './shownGroups.ts';

const made = new WeakMap<LogDocument, Diagnostic[]>();

/** The diagnostics of a document, in text order; made once, since quick fixes refer to them. */
export function getDiagnostics(document: LogDocument, client: ClientFeatures): Diagnostic[] {
  const diagnostics = made.get(document) ?? makeDiagnostics(document, client);
  made.set(document, diagnostics);
  return diagnostics;
}

function makeDiagnostics(document: LogDocument, { commands: known }: ClientFeatures): Diagnostic[] {
  if (document.isTooLarge) {
    const command = known.has(commands.scanFile) ? 'The command "Mailflow Lens: Scan This File" reads it, and so does the command line' : 'The command line reads it';
    return [notice(`This file is larger than 50 MB and was not read here. ${command}: mailflow-lens scan FILE`)];
  }
  const misreading = findMisreading(document);
  if (misreading?.isWhole) return [notice(misreading.message)];
  if (document.findings.length > mostDiagnostics) return groupedDiagnostics(document);
  const { groups } = document.findings;
  const all = document.findings.all();
  const related = new Map(groups.mostFrequent(groups.length, mostRelated + 1).map((group) => [group.first[0], group]));
  const diagnostics = all.map((finding, number) => {
    const group = related.get(number);
    return toDiagnostic(
      document,
      finding,
      group,
      group?.first.slice(1).map((other) => all[other] as Finding),
    );
  });
  return misreading && diagnostics.length < mostDiagnostics ? [{ ...notice(misreading.message), range: document.range(misreading.place) }, ...diagnostics] : diagnostics;
}

/** One diagnostic for each failure and destination. The first one says so. */
function groupedDiagnostics(document: LogDocument): Diagnostic[] {
  const { findings } = document;
  const shown = findings.groups.mostFrequent(mostDiagnostics - 1, mostRelated + 1);
  const read = findings.pick(shown.flatMap(({ first }) => first));
  const diagnostics = shown.flatMap((group) => {
    const [finding, ...others] = group.first.flatMap((number) => read.get(number) ?? []);
    return finding ? [toDiagnostic(document, finding, group, others)] : [];
  });
  return [notice(describeGroups(findings.length, findings.groups.length, shown.length)), ...diagnostics];
}

const severityNumbers: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

function toDiagnostic(document: LogDocument, finding: Finding, group: Group | undefined, others: readonly Finding[] = []): Diagnostic {
  const href = pageAddress(finding);
  return {
    range: document.range(finding.record.mark),
    severity: severityNumbers[finding.severity],
    source: 'mailflow-lens',
    code: keyOfFinding(finding).shown,
    ...(href && { codeDescription: { href } }),
    message: message(finding, group),
    ...(others.length > 0 && {
      relatedInformation: others.map((other) => ({
        location: { uri: document.uri, range: document.range(other.record.mark) },
        message: `Again${other.record.time ? ` at ${other.record.time}` : ''}: ${shortened(other.record.response?.text ?? other.title, 120)}`,
      })),
    }),
  };
}

function message(finding: Finding, group: Group | undefined): string {
  const said = finding.record.response ? `\n${shortened(finding.record.response.text, 300)}` : '';
  const count = group && group.size > 1 ? `\n${counted(group.size)} times in this file${group.destination ? `, to ${shortened(group.destination, 100)}` : ''}.` : '';
  return `${finding.title}${said}${count}`;
}

function notice(text: string): Diagnostic {
  return { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, severity: DiagnosticSeverity.Information, source: 'mailflow-lens', message: text };
}
