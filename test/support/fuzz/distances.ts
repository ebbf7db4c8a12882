/** Several texts in one of up to a megabyte, with distances in it that are around those which the readers of parts rely on. */

import { reachAbove, reachBelow } from '../../../server/src/text/seam.ts';
import type { Random } from './random.ts';

/** The length of a part of the reader of files, and of its first one. */
const partLengths = [240 * 1024, 960 * 1024];

/** The longest text, and what a shorter one is filled to. */
const longest = 1_200_000;

/** Joins changed texts. Where one is cut in two, what belongs together stands far apart. */
export function farApart(random: Random, text: () => string): string {
  const pieces: string[] = [];
  let length = 0;
  const add = (piece: string): void => {
    pieces.push(piece);
    length += piece.length;
  };
  for (const wanted = random.between(300_000, longest); length < wanted; ) {
    const next = text();
    const at = next.indexOf('\n', random.below(next.length + 1)) + 1;
    add(next.slice(0, at));
    if (length < wanted) add(filler(random, next, random.oneIn(3) ? 0 : random.between(0, distance(random))));
    add(next.slice(at));
    if (random.oneIn(2)) add(filler(random, next, random.between(0, 20_000)));
  }
  return pieces.join('').slice(0, longest);
}

function distance(random: Random): number {
  const near = random.pick([reachBelow, reachBelow, reachAbove, reachAbove + reachBelow, ...partLengths]);
  return Math.max(0, near + random.between(-3_000, 3_000));
}

/** What stands between: nothing of mail, a row that says all is well, or the text's own lines over and over. */
function filler(random: Random, text: string, length: number): string {
  const session = random.below(0x1_0000).toString(16).toUpperCase().padStart(16, '0');
  const lines = text.split('\n', 200);
  const line = random.pick([
    'A line of a ticket.\r\n',
    '\n',
    `2026-01-15T08:00:00.000Z,Internet,${session},7,192.0.2.10:40001,198.51.100.25:25,<,250 2.1.0 Sender OK,\r\n`,
    `${random.pick(lines)}\n`,
    `${random.pick(lines)}\n${random.pick(lines)}\n`,
    'Jan 15 08:00:00 mx1 postfix/qmgr[77]: 4BxyzA1: removed\n',
    'word ',
  ]);
  return line.repeat(Math.ceil(length / line.length));
}
