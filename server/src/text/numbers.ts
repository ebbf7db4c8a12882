/** Lists of numbers that are made for each part of a text, in memory that is used again: what a list grows by would else be thrown away each time. */

/** Collects numbers below 2^31. */
export class Numbers {
  private memory = new Int32Array(1024);
  private count = 0;

  add(number: number): void {
    if (this.count === this.memory.length) this.memory = withMoreRoom(this.memory);
    this.memory[this.count++] = number;
  }

  /** All that was added, as a list of its own, and begins anew. */
  take(): Int32Array {
    const taken = this.memory.slice(0, this.count);
    this.count = 0;
    return taken;
  }
}

/** The same numbers with as much room again behind them. */
export function withMoreRoom(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * numbers.length);
  larger.set(numbers);
  return larger;
}
