/** Names that are looked up for every cell of every row. */

/** A name as V8 keeps those of the code, which it need not compare letter by letter. */
export function interned(name: string): string {
  return Object.keys({ [name]: 0 })[0] as string;
}
