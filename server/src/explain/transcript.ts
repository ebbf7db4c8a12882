/** One session as a transcript: what each side said, when, and on which row. */

import type { TranscriptRow } from '../analysis/sessions/transcriptRows.ts';
import { shortened } from '../text/visible.ts';

/** A line of a transcript. Its text is harmless to show. */
export interface TranscriptLine {
  /** Where its row stands, as the row said it: a line or an offset. */
  readonly at: number;
  readonly text: string;
}

/** So much of a row is shown. */
const longest = 400;

/**
 * The rows of one session, one line each: the time since it began, an arrow for what this server says (`→`) and what the other side says (`←`),
 * `===` for what the log notes beside it. Further lines of a reply stand below its first one, without time and arrow.
 */
export function transcriptOf(rows: readonly TranscriptRow[]): TranscriptLine[] {
  const lines: TranscriptLine[] = [];
  const clock = new Clock(rows);
  for (const row of rows) {
    const said = shortened(row.said, longest);
    if (row.isFurtherLine) lines.push({ at: row.at, text: `${' '.repeat(timeWidth)}    ${said}` });
    else lines.push({ at: row.at, text: `${clock.since(row.time)} ${arrows[row.speaker]} ${said}`.trimEnd() });
    if (row.title !== undefined) lines.push({ at: row.at, text: `${' '.repeat(timeWidth)}     (${shortened(row.title, longest)})` });
  }
  return lines;
}

const arrows: Readonly<Record<TranscriptRow['speaker'], string>> = { own: ' →', other: ' ←', none: '===' };
const timeWidth = 12;

/** Counts from the first row that has a time; a row can be written before it, since clocks are set back. */
class Clock {
  private readonly start: number;

  constructor(rows: readonly TranscriptRow[]) {
    this.start = readTime(rows.find(({ time }) => !Number.isNaN(readTime(time)))?.time);
  }

  since(time: string | undefined): string {
    const seconds = (readTime(time) - this.start) / 1_000;
    return (Number.isNaN(seconds) ? '' : `${seconds < 0 ? '' : '+'}${seconds.toFixed(3)} s`).padStart(timeWidth);
  }
}

function readTime(time: string | undefined): number {
  const written = time === undefined ? undefined : /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d{1,3})?)/.exec(time);
  return written ? Date.parse(`${written[1]}T${written[2]}Z`) : Number.NaN;
}
