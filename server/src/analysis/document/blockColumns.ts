/** The events and sessions of a window as they are kept: each named once, and where its pieces stand in numbers, since a session can have as many pieces as rows. */

import type { Block } from '../../values.ts';
import { detached } from '../copied.ts';

/** The number of each session of a document by its name, the same in all windows: windows are put together by numbers. */
export type SessionNumbers = Map<string, number>;

/** An event, or what the pieces of a session say of it. */
export interface KeptBlock extends Omit<Block, 'span'> {
  /** The session's number; of an event a negative one. */
  readonly session: number;
}

/** The pieces in their order. */
export interface BlockColumns {
  readonly kept: readonly KeptBlock[];
  /** The index of what each piece belongs to. */
  readonly block: Int32Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
}

export function keepBlocks(blocks: readonly Block[], numbers: SessionNumbers): BlockColumns {
  const kept: KeptBlock[] = [];
  /** What was said last of each session: its first rows may not know the other side yet. */
  const known = new Map<string, number>();
  const block = new Int32Array(blocks.length);
  const start = new Int32Array(blocks.length);
  const end = new Int32Array(blocks.length);
  for (const [index, { kind, name, detail, remote, span }] of blocks.entries()) {
    start[index] = span.start;
    end[index] = span.end;
    let at = kind === 'session' ? known.get(name) : undefined;
    const last = at === undefined ? undefined : kept[at];
    if (at === undefined || last?.detail !== detail || last.remote !== remote) {
      at = kept.length;
      const copy = detached({ kind, name, detail, ...(remote !== undefined && { remote }) });
      kept.push({ ...copy, session: kind === 'session' ? numberOf(copy.name, numbers) : -1 });
      if (kind === 'session') known.set(copy.name, at);
    }
    block[index] = at;
  }
  return { kept, block, start, end };
}

function numberOf(name: string, numbers: SessionNumbers): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  numbers.set(name, numbers.size);
  return numbers.size - 1;
}
