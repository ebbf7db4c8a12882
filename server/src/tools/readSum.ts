/** How much was read for an answer, as every answer tells it. */

import type { ReadCount } from '../scan/news.ts';
import { count, type Described, shape } from './toolSchema.ts';

export const readSumSchema = shape({ files: count(), bytes: count(), notText: count(), unreadable: count() });
export type ReadSum = Described<typeof readSumSchema>;

export const nothingRead: ReadSum = { files: 0, bytes: 0, notText: 0, unreadable: 0 };

export function sumOf({ files, bytes, leftOut, unreadable }: ReadCount): ReadSum {
  return { files, bytes, notText: leftOut, unreadable: unreadable.length };
}

export function addSums(one: ReadSum, other: ReadSum): ReadSum {
  return { files: one.files + other.files, bytes: one.bytes + other.bytes, notText: one.notText + other.notText, unreadable: one.unreadable + other.unreadable };
}
