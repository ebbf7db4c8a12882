/**
 * Finds the strings of a text that can say anything. A log may have a string in every few characters, and hardly one speaks of mail:
 * so they are written below each other, and searched as one text for what the formats begin with.
 */

import { lineFeed } from '../../text/characters.ts';
import { TextWriter } from '../../text/notation.ts';
import { type Occurrences, occurrencesWithin } from '../../text/occurrences.ts';
import { type LogFormat, noteSpeaking, signsOf } from '../logFormat.ts';
import { writeString } from './stringText.ts';

/** What is looked for. */
interface Known {
  /** All formats, in their order. */
  formats(): readonly LogFormat[];
  occurrences(text: string): Occurrences;
}

/**
 * Told of a string that may say something.
 * @param formats Those that may stand in it.
 * @param occurrences Those in the string's own text, its escapes undone.
 */
type Speaks = (start: number, end: number, formats: readonly LogFormat[], occurrences: Occurrences) => void;

/** So much is searched at a time. */
const longestTogether = 256 * 1024;

export class StringSearch {
  private readonly text: string;
  private readonly known: Known;
  private readonly speaks: Speaks;
  private writer = new TextWriter();
  /** Start and end of each string in the text. */
  private bounds: number[] = [];
  /** Where each begins in what is written. */
  private starts: number[] = [];

  constructor(text: string, known: Known, speaks: Speaks) {
    this.text = text;
    this.known = known;
    this.speaks = speaks;
  }

  /** Takes the next string, without its quotes. */
  add(start: number, end: number): void {
    this.bounds.push(start, end);
    this.starts.push(this.writer.length);
    writeString(this.writer, this.text, start, end);
    this.writer.add(lineFeed);
    if (this.writer.length >= longestTogether) this.end();
  }

  /** Tells of those that have been taken and not told of. */
  end(): void {
    const { starts, bounds, known } = this;
    if (starts.length === 0) return;
    const written = this.writer.text();
    this.writer = new TextWriter();
    this.starts = [];
    this.bounds = [];
    const occurrences = known.occurrences(written);
    const speaking = new Map<number, LogFormat[]>();
    for (const format of known.formats()) noteSpeaking(format, signsOf(format, written, occurrences, starts), starts, speaking);
    for (const index of [...speaking.keys()].sort((one, other) => one - other)) {
      // Behind each string stands a line break.
      const own = { start: starts[index] as number, end: (starts[index + 1] ?? written.length) - 1 };
      this.speaks(bounds[2 * index] as number, bounds[2 * index + 1] as number, speaking.get(index) as LogFormat[], occurrencesWithin(occurrences, own));
    }
  }
}
