/** A text that is put together from pieces; who reads files or talks to a browser says what a piece is and where it waits. */

/** A stretch of a text. Offsets and lengths are in UTF-16 code units. */
export interface TextBuffer<Piece> {
  length(): number;
  /** Takes what comes below. */
  add(piece: Piece): void;
  all(): string;
  /** The lines that are there to their ends; all of the text where no line ends behind an offset. */
  wholeLines(from: number): string;
  /** Goes on with what stands below an offset, and with other lines above it. */
  keep(from: number, above: string): void;
  /** Leaves its memory to the next one. It is not used again. */
  release(): void;
}
