/** The steps of each message in the order of time, once the clocks agree. */

import type { Journeys } from './journeys.ts';
import { placeNear } from './messageClock.ts';

/** The steps of a message by their numbers, and when each happened; NaN where that is not known. */
export interface OrderedSteps {
  readonly steps: readonly number[];
  readonly times: readonly number[];
}

/** Numbers alone: there are millions of steps. */
export class StepOrder {
  private readonly table: Journeys['table'];
  private readonly clocks: Journeys['clocks'];
  private readonly skews: ReadonlyMap<string, number>;
  /** The steps of all messages, one message's behind the other's, and where those of each begin. */
  private readonly steps: Uint32Array;
  private readonly starts: Uint32Array;

  constructor({ table, clocks }: Journeys, skews: ReadonlyMap<string, number>) {
    this.table = table;
    this.clocks = clocks;
    this.skews = skews;
    this.starts = new Uint32Array(table.messages.length + 1);
    for (let index = 0; index < table.length; index += 1) (this.starts[table.messageAt(index) + 1] as number)++;
    for (let message = 0; message < table.messages.length; message += 1) (this.starts[message + 1] as number) += this.starts[message] as number;
    const next = this.starts.slice();
    this.steps = new Uint32Array(table.length);
    for (let index = 0; index < table.length; index += 1) this.steps[(next[table.messageAt(index)] as number)++] = index;
  }

  /** Those that have steps, in the order of their first one; those without a time last. */
  messages(): Uint32Array {
    const firsts = new Float64Array(this.table.messages.length).fill(Number.MAX_VALUE);
    let count = 0;
    const messages = new Uint32Array(this.table.messages.length);
    for (let message = 0; message < this.table.messages.length; message += 1) {
      const [start, end] = this.bounds(message);
      if (start === end) continue;
      messages[count++] = message;
      for (let at = start; at < end; at += 1) {
        const time = this.timeOf(this.steps[at] as number);
        if (time < (firsts[message] as number)) firsts[message] = time;
      }
    }
    return messages.slice(0, count).sort((one, other) => (firsts[one] as number) - (firsts[other] as number) || one - other);
  }

  of(message: number): OrderedSteps {
    const [start, end] = this.bounds(message);
    const steps = [...this.steps.subarray(start, end)];
    const times = steps.map((step) => this.timeOf(step));
    const near = times.reduce((first, time) => (Number.isNaN(first) || time < first ? time : first), Number.NaN);
    for (const [index, step] of steps.entries()) {
      if (!Number.isNaN(times[index] as number) || Number.isNaN(near)) continue;
      const { localTime = '', server } = this.table.keptStep(step);
      times[index] = placeNear(localTime, near, this.clocks.zoneOf(server));
    }
    const order = steps.map((_, index) => index).sort((one, other) => compare(times[one] as number, times[other] as number) || (steps[one] as number) - (steps[other] as number));
    return { steps: order.map((index) => steps[index] as number), times: order.map((index) => times[index] as number) };
  }

  private bounds(message: number): [number, number] {
    return [this.starts[message] as number, this.starts[message + 1] as number];
  }

  private timeOf(step: number): number {
    const time = this.table.timeAt(step);
    return this.skews.size === 0 ? time : time - 1_000 * (this.skews.get(this.table.keptStep(step).server ?? '') ?? 0);
  }
}

/** What has no time comes last, as it was read. */
function compare(one: number, other: number): number {
  if (Number.isNaN(one) || Number.isNaN(other)) return Number(Number.isNaN(one)) - Number(Number.isNaN(other));
  return one - other;
}
