/** What a user wants to be told of a log: failures that are left out, and how serious others are to him. */

import type { Finding } from '../failures.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { withChanges } from '../text/withChanges.ts';
import type { CaptureName, LogRecord, Severity } from '../values.ts';
import { keyOfFinding } from './findingKey.ts';
import { createExplainer } from './findings.ts';

export interface Reporting {
  /** How serious a failure is, by its id; of one that is off nothing is told. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
  /** What is left out of one failure, or of all, where it concerns one target. */
  readonly ignored: readonly IgnoredTarget[];
}

export interface IgnoredTarget {
  /** The failure's id; without it all failures are meant. */
  readonly failure?: string;
  /** A recipient or its domain, a host, an address or a connector. */
  readonly target: string;
}

/** What somebody who reads files wants to be told of them. */
export interface Wishes {
  readonly reporting: Reporting;
  /** Hears of each finding that is left out. */
  readonly leaveOut: (finding: Finding) => void;
}

export const reportAll: Reporting = { severities: {}, ignored: [] };

/** Gives the findings of records that are told, in their order. */
export type Telling = (records: readonly LogRecord[], leaveOut: (finding: Finding) => void) => Iterable<Finding>;

/** Starts with one text, whose records may come in parts. */
export function createTelling(knowledge: KnowledgeBase, reporting: Reporting): Telling {
  const explain = createExplainer(knowledge);
  const judge = createJudge(reporting);
  return judge ? (records, leaveOut) => tellEach(explain(records), judge, leaveOut) : explain;
}

/** What a finding can be ignored by. */
export const targetNames = ['remoteAddress', 'remoteHost', 'recipientDomain', 'recipient', 'sendConnector', 'receiveConnector'] as const satisfies readonly CaptureName[];

function* tellEach(findings: Iterable<Finding>, judge: Judge, leaveOut: (finding: Finding) => void): Generator<Finding> {
  for (const finding of findings) {
    const told = judge(finding);
    if (told) yield told;
    else leaveOut(finding);
  }
}

/** The finding as it is told; undefined where it is left out. */
type Judge = (finding: Finding) => Finding | undefined;

/** @returns undefined where all is told as it is. */
function createJudge({ severities, ignored }: Reporting): Judge | undefined {
  const wished = new Map(Object.entries(severities));
  const targets = new Set(ignored.map(({ failure = '', target }) => entryOf(failure, target)));
  if (wished.size === 0 && targets.size === 0) return undefined;
  const isIgnored = (id: string, finding: Finding): boolean =>
    targetNames.some((name) => {
      const target = finding.record.captures[name];
      return target !== undefined && (targets.has(entryOf(id, target)) || targets.has(entryOf('', target)));
    });
  return (finding) => {
    const { id } = keyOfFinding(finding);
    const severity = wished.get(id);
    if (severity === 'off' || (targets.size > 0 && isIgnored(id, finding))) return undefined;
    return severity === undefined || severity === finding.severity ? finding : withChanges(finding, { severity });
  };
}

function entryOf(failure: string, target: string): string {
  return `${failure}\n${target.toLowerCase()}`;
}
