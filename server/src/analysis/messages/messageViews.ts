/** The messages of a fold as somebody looks at them: one with its whole way, or the rows that a name is about, in the order of time. */

import type { Journeys } from './journeys.ts';
import { findMessages, findSteps, type MessageName, namesOf } from './messageNames.ts';
import type { KeptStep } from './messageTable.ts';
import type { LogHours } from './missingLogs.ts';
import { StepOrder } from './stepOrder.ts';
import { type ToldMessage, tellMessage } from './toldMessage.ts';

/** One message and its way. */
export interface MessageView {
  readonly told: ToldMessage;
  readonly isProbe: boolean;
  readonly steps: readonly PlacedStep[];
}

export interface PlacedStep {
  readonly step: KeptStep;
  /** Milliseconds since 1970 by the clock that most servers agree on; NaN where it has no place among the others. */
  readonly time: number;
}

/** So many rows are told of one name. */
export const mostRows = 2_000;

export class MessageViews {
  private readonly journeys: Journeys;
  private readonly hours: LogHours;
  private readonly skews: ReadonlyMap<string, number>;
  private readonly order: StepOrder;

  constructor(journeys: Journeys, hours: LogHours) {
    this.journeys = journeys;
    this.hours = hours;
    this.skews = journeys.clocks.skews();
    this.order = new StepOrder(journeys, this.skews);
  }

  /** The messages that a name is about, by their numbers, in the order of their first steps. */
  find(name: MessageName, most: number): number[] {
    const found = findMessages(this.journeys, name);
    if (found.length <= 1) return found;
    const wanted = new Set(found);
    return [...this.order.messages()].filter((message) => wanted.has(message)).slice(0, most);
  }

  /** What somebody has typed: the first thing that it can be and that messages have. */
  findTyped(text: string, most: number): number[] {
    const servers = new Set<string | undefined>([undefined]);
    this.journeys.table.stepsLike(({ server }) => {
      servers.add(server);
      return false;
    });
    for (const name of namesOf(text, servers)) {
      const found = this.find(name, most);
      if (found.length > 0) return found;
    }
    return [];
  }

  /** All messages, by their numbers, in the order of their first steps. */
  all(): number[] {
    return [...this.order.messages()];
  }

  /** The messages that a row is about. */
  atRow(file: string, line: number): number[] {
    const { table } = this.journeys;
    const found = new Set<number>();
    for (const step of table.stepsLike((one) => one.file === file)) if (table.keptStep(step).line === line) found.add(table.messageAt(step));
    return [...found];
  }

  view(message: number): MessageView {
    const { journeys, skews, hours } = this;
    const ordered = this.order.of(message);
    return {
      told: tellMessage(journeys, skews, message, ordered, (step, at) => hours.behind(step.server, step.remoteHost, at)),
      isProbe: journeys.table.get(message).isProbe,
      steps: ordered.steps.map((step, index) => ({ step: journeys.table.keptStep(step), time: ordered.times[index] as number })),
    };
  }

  /** The steps that a name is about, in the order of time. Of many the earliest are told. */
  rows(name: MessageName): PlacedStep[] {
    const { table } = this.journeys;
    const wanted = findSteps(this.journeys, name);
    const steps = wanted.length <= mostRows ? wanted : wanted.sort((one, other) => table.timeAt(one) - table.timeAt(other)).slice(0, mostRows);
    const isWanted = new Set(steps);
    const rows: PlacedStep[] = [];
    for (const message of new Set(steps.map((step) => table.messageAt(step)))) {
      const ordered = this.order.of(message);
      for (const [index, step] of ordered.steps.entries()) if (isWanted.has(step)) rows.push({ step: table.keptStep(step), time: ordered.times[index] as number });
    }
    return rows.sort((one, other) => compareTimes(one.time, other.time));
  }
}

/** What has no time comes last. */
export function compareTimes(one: number, other: number): number {
  return Number.isNaN(one) || Number.isNaN(other) ? Number(Number.isNaN(one)) - Number(Number.isNaN(other)) : one - other;
}
