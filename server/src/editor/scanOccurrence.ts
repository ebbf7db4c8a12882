/** One finding of a scan as an editor lists it: what it says, about whom, when, and what a runbook about it takes. */

import { findingKey } from '../analysis/findingKey.ts';
import type { Located } from '../analysis/located.ts';
import { evidenceText } from '../explain/runbook.ts';
import type { Occurrence, ScannedFailure, SeenTimes } from '../protocol/scan.ts';
import { shortened, visible } from '../text/visible.ts';

/** @param file The name of the file, as it is shown. */
export function toOccurrence(located: Located, file: string): Occurrence {
  const { startLine, startColumn, endLine, endColumn, captures, time, localTime } = located;
  const runbook = located.failure !== null && {
    failure: located.failure,
    captures,
    ...(located.part !== undefined && { situation: located.part }),
    evidence: evidenceText(file, startLine, time ?? localTime, located.response ?? located.title).slice(0, longestEvidence),
  };
  return {
    start: { line: startLine - 1, character: startColumn - 1 },
    end: { line: endLine - 1, character: endColumn - 1 },
    text: shortened(saidBy(located), 200),
    code: codesOf(located),
    ...(time !== null && { time }),
    ...(localTime !== undefined && { localTime: shortened(localTime, 40) }),
    host: named(captures.remoteHost ?? captures.remoteAddress),
    recipient: named(captures.recipient ?? captures.recipientDomain),
    connector: named(captures.sendConnector ?? captures.receiveConnector),
    ...(runbook && { runbook }),
  };
}

/** Twice what the scratch script shows of it. */
const longestEvidence = 400;

function saidBy({ response, event, title }: Located): string {
  return response ?? (event ? `Event ${event.id} of ${event.source}` : title);
}

function codesOf({ replyCode, enhancedCode, event }: Located): string {
  const codes = [replyCode, enhancedCode].filter((code) => code !== null).join(' ');
  return visible(codes || (event ? `event ${event.id}` : ''));
}

function named(value: string | undefined): string {
  return shortened(value ?? '', 100);
}

/** @param shortOf The short name of a failure, by its id, where there is one. */
export function scannedFailure(located: Located, shortOf: (failure: string) => string | undefined): ScannedFailure {
  const { failure, severity } = located;
  const id = findingKey(located).shown;
  const plain = visible(located.title);
  const title = failure !== null || plain.includes(id) ? plain : `${plain} (${visible(id)})`;
  return { id: visible(id), title, short: visible((failure !== null && shortOf(failure)) || title), severity, hasRunbook: failure !== null };
}

/** UTC times are compared, so files may come in any order; times without a zone cannot be. */
export function seenAgain(seen: SeenTimes, { time, localTime }: Pick<Located, 'time' | 'localTime'>): SeenTimes {
  if (time !== null) {
    if (seen.first !== undefined && seen.last !== undefined && seen.first <= time && time <= seen.last) return seen;
    return { ...seen, first: seen.first !== undefined && seen.first < time ? seen.first : time, last: seen.last !== undefined && seen.last > time ? seen.last : time };
  }
  if (localTime === undefined) return seen;
  const written = shortened(localTime, 40);
  return { ...seen, firstLocal: seen.firstLocal ?? written, lastLocal: written };
}
