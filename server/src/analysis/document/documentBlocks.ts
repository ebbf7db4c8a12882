/** The events and sessions of a document, each once: what stands in several places, because sessions interleave or the document was read in windows, is put together. */

import type { Block, Span } from '../../values.ts';

/** An event, or a session with all its rows. */
export interface DocumentBlock {
  readonly kind: Block['kind'];
  readonly name: string;
  readonly detail: string;
  readonly remote: string | undefined;
  /** Its first piece: rows that stand one below the other. */
  first: Span;
  /** Where its last piece ends. */
  end: number;
  /** Whether nothing else stands between its rows. */
  isInOnePiece: boolean;
}

/** A stretch of the document that was read at once, with its blocks at their offsets there. */
export interface BlockPart {
  readonly length: number;
  readonly base: number;
  readonly window?: { readonly blocks: readonly Block[] };
}

/** The pieces that stand in each part, in the order of the document. */
export function* eachPiece(parts: Iterable<BlockPart>): Generator<{ readonly block: Block; readonly span: Span; readonly isContinued: boolean }> {
  let at = 0;
  for (const { length, base, window } of parts) {
    for (const block of window?.blocks ?? []) {
      const { start, end } = block.span;
      if (end <= base || start >= base + length) continue;
      const span = { start: Math.max(start, base) - base + at, end: Math.min(end, base + length) - base + at };
      yield { block, span, isContinued: start < base };
    }
    at += length;
  }
}

/** What is known of a part, as long as it is part of the document: an edit changes one of many. */
const gathered = new WeakMap<BlockPart, readonly DocumentBlock[]>();

/** All blocks, in the order of their beginnings. */
export function gatherBlocks(parts: readonly BlockPart[]): DocumentBlock[] {
  const blocks: DocumentBlock[] = [];
  const sessions = new Map<string, DocumentBlock>();
  let at = 0;
  for (const part of parts) {
    for (const { kind, name, detail, remote, first, end, isInOnePiece } of blocksOfPart(part)) {
      // One by one: to spread an object costs many times as much, and a log has tens of thousands of sessions.
      addBlock({ kind, name, detail, remote, first: { start: first.start + at, end: first.end + at }, end: end + at, isInOnePiece }, blocks, sessions);
    }
    at += part.length;
  }
  return blocks;
}

/** Those of one part, their offsets counted from its beginning. */
function blocksOfPart(part: BlockPart): readonly DocumentBlock[] {
  const known = gathered.get(part);
  if (known) return known;
  const blocks: DocumentBlock[] = [];
  const sessions = new Map<string, DocumentBlock>();
  for (const { block, span } of eachPiece([part])) {
    const { kind, name, detail, remote } = block;
    addBlock({ kind, name, detail, remote, first: span, end: span.end, isInOnePiece: true }, blocks, sessions);
  }
  gathered.set(part, blocks);
  return blocks;
}

function addBlock(block: DocumentBlock, blocks: DocumentBlock[], sessions: Map<string, DocumentBlock>): void {
  const begun = block.kind === 'session' ? sessions.get(block.name) : undefined;
  if (!begun) {
    blocks.push(block);
    if (block.kind === 'session') sessions.set(block.name, block);
    return;
  }
  // The windows of a document end between rows: there one piece can be seen as two.
  const goesOn = begun.isInOnePiece && block.first.start === begun.end;
  if (goesOn) begun.first = { start: begun.first.start, end: block.first.end };
  begun.isInOnePiece = goesOn && block.isInOnePiece;
  begun.end = Math.max(begun.end, block.end);
}
