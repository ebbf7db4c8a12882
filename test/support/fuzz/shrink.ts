/** Makes a text smaller that breaks a law, until nothing can be left out any more (delta debugging). */

/** How much work is worth it. */
export interface Bounds {
  /** So many texts are tried. */
  readonly tries: number;
  /** So many characters they have together. */
  readonly characters: number;
}

const usualBounds: Bounds = { tries: 1_200, characters: 20_000_000 };

/** Below this length what is left out of the text is left out; a longer text breaks its law by distances, which dots keep. */
const distant = 50_000;

/**
 * Leaves out lines, then characters, and what cannot be left out of a long text becomes dots.
 * @param breaks Whether a text still breaks the law, in the same way.
 * @returns A text that breaks it: the given one where the bounds allow nothing else.
 */
export async function shrink(text: string, breaks: (text: string) => Promise<boolean>, bounds: Bounds = usualBounds): Promise<string> {
  let { tries, characters } = bounds;
  const isBroken = async (candidate: string): Promise<boolean> => {
    if (tries <= 0 || characters < candidate.length) return false;
    tries -= 1;
    characters -= candidate.length + 100;
    return breaks(candidate);
  };
  let smallest = text;
  for (let before = ''; before !== smallest && tries > 0; ) {
    before = smallest;
    smallest = await leaveOut(smallest.match(/[^\n]*\n|[^\n]+$/g) ?? [], isBroken);
    if (smallest.length > distant) smallest = await leaveOut(smallest.match(/[^\n]*\n|[^\n]+$/g) ?? [], isBroken, dots);
    else smallest = await leaveOut(smallest.split(''), isBroken);
  }
  return smallest;
}

/** The same length without what it says. */
function dots(text: string): string {
  return text.replace(/[^\r\n]/g, '.');
}

/** Replaces ever shorter runs of pieces, nothing in their place if nothing else is said. */
async function leaveOut(pieces: readonly string[], isBroken: (text: string) => Promise<boolean>, replacement: (text: string) => string = () => ''): Promise<string> {
  let left = [...pieces];
  for (let length = Math.ceil(left.length / 2); length >= 1; length = length === 1 ? 0 : Math.ceil(length / 2)) {
    for (let at = 0; at < left.length; ) {
      const taken = left.slice(at, at + length);
      const replaced = taken.map(replacement).filter((piece) => piece !== '');
      const candidate = [...left.slice(0, at), ...replaced, ...left.slice(at + length)];
      if (replaced.join('') !== taken.join('') && (await isBroken(candidate.join('')))) {
        left = candidate;
        at += replaced.length;
      } else at += length;
    }
  }
  return left.join('');
}
