/** The events and sessions of a document, each once: what stands in several places, because sessions interleave or the document was read in windows, is put together. */

import type { Block, Span } from '../../values.ts';
import type { BlockColumns, KeptBlock, SessionNumbers } from './blockColumns.ts';

/** An event, or a session with all its rows. */
export interface DocumentBlock {
  readonly kind: Block['kind'];
  readonly name: string;
  readonly detail: string;
  readonly remote: string | undefined;
  /** Its first piece: rows that stand one below the other. */
  readonly first: Span;
  /** Where its last piece ends. */
  readonly end: number;
  /** Whether nothing else stands between its rows. */
  readonly isInOnePiece: boolean;
}

/** A stretch of the document that was read at once, with its blocks at their offsets there. */
export interface BlockPart {
  readonly length: number;
  readonly base: number;
  readonly window?: { readonly blocks: BlockColumns };
}

/**
 * All blocks, in the order of their beginnings. A log has tens of thousands of sessions, and an editor asks after each key: so each is a row of
 * numbers, and becomes an object where somebody looks at it.
 */
export class DocumentBlocks implements Iterable<DocumentBlock> {
  length = 0;
  /** What its parts have kept; of each block the number of the part, and the index there. */
  private readonly sources: (readonly KeptBlock[])[] = [];
  private source: Int32Array;
  private kept: Int32Array;
  private session: Int32Array;
  private firstStart: Int32Array;
  private firstEnd: Int32Array;
  private end: Int32Array;
  private inOnePiece: Uint8Array;
  /** The index of each session by its number, one more than it is. */
  private sessions: Int32Array;
  private readonly numbers: SessionNumbers;

  /** @param most How many there are at most. @param numbers Those of the sessions in them. */
  constructor(most: number, numbers: SessionNumbers) {
    this.source = new Int32Array(most);
    this.kept = new Int32Array(most);
    this.session = new Int32Array(most);
    this.firstStart = new Int32Array(most);
    this.firstEnd = new Int32Array(most);
    this.end = new Int32Array(most);
    this.inOnePiece = new Uint8Array(most);
    this.sessions = new Int32Array(numbers.size);
    this.numbers = numbers;
  }

  *[Symbol.iterator](): Generator<DocumentBlock> {
    for (let index = 0; index < this.length; index++) yield this.at(index);
  }

  at(index: number): DocumentBlock {
    const source = this.sources[this.source[index] as number] as readonly KeptBlock[];
    const { kind, name, detail, remote } = source[this.kept[index] as number] as KeptBlock;
    const first = { start: this.startOf(index), end: this.firstEnd[index] as number };
    return { kind, name, detail, remote, first, end: this.endOf(index), isInOnePiece: this.isInOnePiece(index) };
  }

  startOf(index: number): number {
    return this.firstStart[index] as number;
  }

  endOf(index: number): number {
    return this.end[index] as number;
  }

  isInOnePiece(index: number): boolean {
    return this.inOnePiece[index] === 1;
  }

  isSession(index: number): boolean {
    return (this.session[index] as number) >= 0;
  }

  /** The index of the session with a name; undefined where there is none. */
  indexOfSession(name: string): number | undefined {
    const index = (this.sessions[this.numbers.get(name) ?? -1] ?? 0) - 1;
    return index < 0 ? undefined : index;
  }

  /** Adds the pieces that stand in a part. */
  addPieces({ base, length, window }: BlockPart): void {
    if (!window) return;
    const { kept, block, start, end } = window.blocks;
    const source = this.sources.push(kept) - 1;
    for (let piece = 0; piece < block.length; piece++) {
      const from = Math.max(start[piece] as number, base) - base;
      const to = Math.min(end[piece] as number, base + length) - base;
      const index = block[piece] as number;
      if (to > from) this.add(source, index, (kept[index] as KeptBlock).session, from, to, to, 1);
    }
  }

  /** Adds those of a part, which stands so far below. */
  append(part: DocumentBlocks, shift: number): void {
    const { kept, session, firstStart, firstEnd, end, inOnePiece } = part;
    const source = this.sources.push(part.sources[0] ?? []) - 1;
    for (let index = 0; index < part.length; index++) {
      const first = (firstStart[index] as number) + shift;
      this.add(source, kept[index] as number, session[index] as number, first, (firstEnd[index] as number) + shift, (end[index] as number) + shift, inOnePiece[index] as number);
    }
  }

  /** Nothing is added any more, and nobody asks for a session: what is kept of each part takes no more than it must. */
  trim(): this {
    this.source = this.source.slice(0, this.length);
    this.kept = this.kept.slice(0, this.length);
    this.session = this.session.slice(0, this.length);
    this.firstStart = this.firstStart.slice(0, this.length);
    this.firstEnd = this.firstEnd.slice(0, this.length);
    this.end = this.end.slice(0, this.length);
    this.inOnePiece = this.inOnePiece.slice(0, this.length);
    this.sessions = new Int32Array(0);
    return this;
  }

  private add(source: number, kept: number, session: number, start: number, firstEnd: number, end: number, inOnePiece: number): void {
    const begun = session < 0 ? -1 : (this.sessions[session] as number) - 1;
    if (begun < 0) {
      const index = this.length++;
      if (session >= 0) this.sessions[session] = index + 1;
      this.source[index] = source;
      this.kept[index] = kept;
      this.session[index] = session;
      this.firstStart[index] = start;
      this.firstEnd[index] = firstEnd;
      this.end[index] = end;
      this.inOnePiece[index] = inOnePiece;
      return;
    }
    // The windows of a document end between rows: there one piece can be seen as two.
    const goesOn = this.inOnePiece[begun] === 1 && start === this.end[begun];
    if (goesOn) this.firstEnd[begun] = firstEnd;
    this.inOnePiece[begun] = goesOn ? inOnePiece : 0;
    if (end > (this.end[begun] as number)) this.end[begun] = end;
  }
}

/** What is known of a part, as long as it is part of the document: an edit changes one of many. */
const gathered = new WeakMap<BlockPart, DocumentBlocks>();

/** @param numbers Those that the parts were kept with. */
export function gatherBlocks(parts: readonly BlockPart[], numbers: SessionNumbers): DocumentBlocks {
  const each = parts.map((part) => blocksOfPart(part, numbers));
  const all = new DocumentBlocks(
    each.reduce((sum, { length }) => sum + length, 0),
    numbers,
  );
  let at = 0;
  for (const [index, part] of parts.entries()) {
    all.append(each[index] as DocumentBlocks, at);
    at += part.length;
  }
  return all;
}

/** Those of one part, their offsets counted from its beginning. */
function blocksOfPart(part: BlockPart, numbers: SessionNumbers): DocumentBlocks {
  const known = gathered.get(part);
  if (known) return known;
  const found = new DocumentBlocks(part.window?.blocks.block.length ?? 0, numbers);
  found.addPieces(part);
  gathered.set(part, found.trim());
  return found;
}
