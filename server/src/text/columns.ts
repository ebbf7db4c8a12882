/** Columns of numbers that grow, and texts as numbers: what is kept of each row of a large log, without an object for each. */

/** Numbers of any kind; those that are not known are NaN. */
export class NumberColumn {
  private values = new Float64Array(1_024);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) this.values = grown(this.values, new Float64Array(longer(this.length)));
    this.values[this.length++] = value;
  }

  at(index: number): number {
    return this.values[index] as number;
  }
}

/** Whole numbers from 0. */
export class CountColumn {
  private values = new Uint32Array(1_024);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) this.values = grown(this.values, new Uint32Array(longer(this.length)));
    this.values[this.length++] = value;
  }

  at(index: number): number {
    return this.values[index] as number;
  }
}

/** Half as much again: what is made ready in vain is memory too. */
function longer(length: number): number {
  return length + Math.ceil(length / 2);
}

function grown<Values extends Float64Array | Uint32Array>(values: Values, larger: Values): Values {
  larger.set(values);
  return larger;
}

/** Texts by their numbers; the empty text is 0. Copies are kept, so that no text of a log stays in memory with them. */
export class Names {
  private readonly numbers = new Map<string, number>([['', 0]]);
  private readonly texts: string[] = [''];

  number(text: string | undefined): number {
    if (text === undefined) return 0;
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    const copy = JSON.parse(JSON.stringify(text)) as string;
    this.numbers.set(copy, this.texts.length);
    return this.texts.push(copy) - 1;
  }

  /** The number of a text that is known. */
  find(text: string): number | undefined {
    return this.numbers.get(text);
  }

  /** The numbers of all texts that differ from this one at most in capitals. */
  alike(text: string): ReadonlySet<number> {
    const wanted = text.toLowerCase();
    const found = new Set<number>();
    for (const [number, known] of this.texts.entries()) if (known.length === text.length && known.toLowerCase() === wanted) found.add(number);
    return found;
  }

  text(number: number): string {
    return this.texts[number] ?? '';
  }
}
