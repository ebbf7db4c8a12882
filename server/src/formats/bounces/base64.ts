/** Base64 as mail is written in it (RFC 2045, 6.8), and as it comes to us: cut anywhere, with anything between. */

/**
 * The bytes of a text in base64. What is not of its alphabet is passed over, as the RFC asks, and the first "=" is the end.
 * Bits that make no whole byte there are none.
 */
export function decodeBase64(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let count = 0;
  let bits = 0;
  let kept = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === padding) break;
    const value = values[code] ?? none;
    if (value === none) continue;
    bits = (bits << 6) | value;
    kept += 6;
    if (kept < 8) continue;
    kept -= 8;
    bytes[count++] = bits >> kept;
    bits &= (1 << kept) - 1;
  }
  return bytes.subarray(0, count);
}

const padding = 0x3d;
const none = 64;

/** The value of each character; the last two are also those of addresses (RFC 4648, 5), which some programs write. */
const values = new Uint8Array(128).fill(none);
for (const alphabet of ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', `${' '.repeat(62)}-_`]) {
  for (let value = 0; value < alphabet.length; value++) if (alphabet[value] !== ' ') values[alphabet.charCodeAt(value)] = value;
}
