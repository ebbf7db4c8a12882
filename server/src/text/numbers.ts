/** Lists of numbers that are made for each part of a text, in memory that is used again: what a list grows by would else be thrown away each time. */

/** Collects numbers below 2^31. */
export class Numbers {
  private memory = new Int32Array(1024);
  private count = 0;

  add(number: number): void {
    if (this.count === this.memory.length) {
      const larger = new Int32Array(2 * this.count);
      larger.set(this.memory);
      this.memory = larger;
    }
    this.memory[this.count++] = number;
  }

  /** All that was added, as a list of its own, and begins anew. */
  take(): Int32Array {
    const taken = this.memory.slice(0, this.count);
    this.count = 0;
    return taken;
  }

  /** The same as an array. */
  takeArray(): number[] {
    const taken = new Array<number>(this.count);
    for (let index = 0; index < this.count; index++) taken[index] = this.memory[index] as number;
    this.count = 0;
    return taken;
  }
}
