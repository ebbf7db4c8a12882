/** Finds a word such as an id or an address in a line, and not inside a longer one. */

/** Characters that go on with an id, an address or the name of a host. */
const goesOn = /[\p{L}\p{N}_@.+-]/u;

/** Where the word stands as a whole at or behind an offset, upper and lower case being the same; -1 where it does not. */
export function findWholeWord(text: string, word: string, from = 0): number {
  if (word === '') return -1;
  const lower = text.toLowerCase();
  // Few characters change their length in lower case, and then no place would be right.
  if (lower.length !== text.length) return -1;
  const wanted = word.toLowerCase();
  for (let at = lower.indexOf(wanted, from); at >= 0; at = lower.indexOf(wanted, at + 1)) {
    const end = at + wanted.length;
    const isInside = (at > 0 && goesOn.test(wanted[0] as string) && goesOn.test(text[at - 1] as string)) || (goesOn.test(wanted.at(-1) as string) && continues(text, end));
    if (!isInside) return at;
  }
  return -1;
}

/** A full stop or a hyphen ends a sentence where no more of a word follows. */
function continues(text: string, end: number): boolean {
  const next = text[end];
  if (next === undefined || !goesOn.test(next)) return false;
  return /[.-]/.test(next) ? /[\p{L}\p{N}]/u.test(text[end + 1] ?? '') : true;
}
