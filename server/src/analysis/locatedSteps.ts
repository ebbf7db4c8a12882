/** What a log says happened, with the lines on which it says so and what is known about it. */

import type { Finding } from '../failures.ts';
import { isRecord, type Step } from '../values.ts';
import { TextPositions } from './textPositions.ts';
import type { Part } from './textReader.ts';

/** A step in its file. Its offsets, and its texts too, are those of a part of the file: who keeps a text longer than the part keeps a copy of it. */
export interface LocatedStep {
  readonly step: Step;
  /** Where its mark stands; lines count from 1. */
  readonly line: number;
  /** Where it ends: a reply of several lines is one record. */
  readonly lastLine: number;
  /** What is known about a record; absent where nothing is, and for all other steps. */
  readonly finding?: Finding;
}

/** Locates the steps of one text, which may come in parts. */
export class StepLocator {
  private readonly positions = new TextPositions();

  /** The steps of the next part, in their order. */
  locate(part: Part): LocatedStep[] {
    const { positions } = this;
    const located: LocatedStep[] = [];
    const findings = part.findings[Symbol.iterator]();
    let next = findings.next();
    positions.begin(part);
    for (const step of part.steps) {
      const { line } = positions.at(step.mark.start);
      // Each finding is about one of the records, and they come in the same order.
      const finding = !next.done && next.value.record === step ? (next.value as Finding) : undefined;
      if (finding) next = findings.next();
      const lastLine = isRecord(step) ? Math.max(line, positions.at(endOf(step)).line) : line;
      located.push(finding ? { step, line, lastLine, finding } : { step, line, lastLine });
    }
    positions.at(part.end);
    return located;
  }
}

/** Where the last thing stands that a step is about. */
function endOf(step: Step & { readonly places: readonly { readonly start: number }[] }): number {
  let end = step.mark.start;
  for (const { start } of step.places) end = Math.max(end, start);
  return end;
}
