/** Texts as numbers that can be compared: what only has to be found again needs no text in memory. */

/**
 * A number of 53 bits, never 0. Of a million texts two have the same one once in ten thousand times (FNV-1a in two lanes, whose bits are mixed at the end).
 */
export function hashOf(text: string): number {
  let one = 0x811c9dc5;
  let other = 0x2545f491;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 0x01000193);
    other = Math.imul(other ^ (code + at), 0x85ebca6b);
  }
  one = Math.imul(one ^ (one >>> 16) ^ other, 0xc2b2ae35);
  other = Math.imul(other ^ (other >>> 13) ^ one, 0x27d4eb2f);
  return ((one >>> 0) & 0x1fffff) * 2 ** 32 + (other >>> 0) || 1;
}
