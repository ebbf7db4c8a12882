/** Text as bytes and bytes as text, as Node does it: in a loop of ours it takes thirty times as long. The one place of the core that Node is needed in. */

/** Memory for the characters of a text, a byte each: of those beyond Latin-1 the lower half. */
export interface Latin1Memory {
  readonly bytes: Uint8Array;
  /** Puts a text where it shall begin, as much of it as there is room for. What stands beside it stays. */
  write(text: string, at: number): void;
}

export function createLatin1Memory(length: number): Latin1Memory {
  const bytes = Buffer.alloc(length);
  return { bytes, write: (text, at) => void bytes.write(text, at, 'latin1') };
}

/** The string of these characters. Where all are Latin-1 it takes half of the memory. */
export function textOfUnits(units: Uint16Array, isLatin1: boolean): string {
  return isLatin1 ? Buffer.from(units).toString('latin1') : Buffer.from(units.buffer, units.byteOffset, units.byteLength).toString('utf16le');
}
