/** A piece of a log's text in the form a reader would say it, each character still knowing its place in the log. */

import { isRecord, type Span, type Step } from '../values.ts';

/** Text taken out of a log, with line breaks, quotes and entities resolved. */
export interface Excerpt {
  readonly text: string;
  /** The place in the log of the character at `index`; `text.length` gives the end. */
  place(index: number): number;
}

/** A run of an excerpt: text, and where its first character stands in the log. */
export interface Run {
  readonly text: string;
  readonly start: number;
  /** True where the characters stand in the log as they are here; false for a replacement such as an entity. */
  readonly literal: boolean;
  /** Where the run ends in the log. */
  readonly end: number;
}

// A scan makes excerpts by the million. So those that are made most are classes: V8 forgets what it has compiled for a closure with the closure.

/** An excerpt that stands in the log exactly as it is. */
export function literalExcerpt(text: string, span: Span): Excerpt {
  return new LiteralExcerpt(text.slice(span.start, span.end), span.start);
}

class LiteralExcerpt implements Excerpt {
  readonly text: string;
  private readonly start: number;

  constructor(text: string, start: number) {
    this.text = text;
    this.start = start;
  }

  place(index: number): number {
    return this.start + index;
  }
}

/** Joins runs and excerpts in order. An index inside a replacement leads to the replacement's start. */
export function joinRuns(runs: readonly (Run | Excerpt)[]): Excerpt {
  const [first] = runs;
  return runs.length === 1 && first && 'place' in first ? first : new JoinedRuns(runs);
}

class JoinedRuns implements Excerpt {
  readonly text: string;
  private readonly runs: readonly (Run | Excerpt)[];
  /** Where in the text each run begins. */
  private readonly starts: readonly number[];

  constructor(runs: readonly (Run | Excerpt)[]) {
    const starts: number[] = [];
    let text = '';
    for (const run of runs) {
      starts.push(text.length);
      text += run.text;
    }
    this.text = text;
    this.runs = runs;
    this.starts = starts;
  }

  place(index: number): number {
    const { starts } = this;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    const run = this.runs[low];
    return run ? placeInRun(run, index - (starts[low] ?? 0)) : 0;
  }
}

function placeInRun(run: Run | Excerpt, inside: number): number {
  if ('place' in run) return run.place(inside);
  if (inside >= run.text.length) return run.end;
  return run.literal ? run.start + inside : run.start;
}

/** Several excerpts as one, each in a line of its own. */
export function joinExcerpts(excerpts: readonly Excerpt[]): Excerpt {
  const starts: number[] = [];
  let text = '';
  for (const excerpt of excerpts) {
    if (text !== '') text += '\n';
    starts.push(text.length);
    text += excerpt.text;
  }
  return {
    text,
    place(index) {
      const at = starts.findLastIndex((start) => start <= index);
      return excerpts[at]?.place(index - (starts[at] ?? 0)) ?? 0;
    },
  };
}

/** The part of an excerpt between two of its indexes. */
export function sliceExcerpt(excerpt: Excerpt, start: number, end: number = excerpt.text.length): Excerpt {
  return new SlicedExcerpt(excerpt, start, end);
}

class SlicedExcerpt implements Excerpt {
  readonly text: string;
  private readonly whole: Excerpt;
  private readonly start: number;

  constructor(whole: Excerpt, start: number, end: number) {
    this.text = whole.text.slice(start, end);
    this.whole = whole;
    this.start = start;
  }

  place(index: number): number {
    return this.whole.place(this.start + index);
  }
}

/** An excerpt of an excerpt's text, such as a decoded part's lines joined: its places lead through both to the log. */
export function composeExcerpts(outer: Excerpt, inner: Excerpt): Excerpt {
  return { text: inner.text, place: (index) => outer.place(inner.place(index)) };
}

/** An excerpt of several lines as one, as `unwrapLines` joins them. */
export function unwrapExcerpt(excerpt: Excerpt): Excerpt {
  return composeExcerpts(excerpt, unwrapLines(excerpt.text, { start: 0, end: excerpt.text.length }));
}

/** The stretch of the log that an excerpt's indexes cover. */
export function placeSpan(excerpt: Pick<Excerpt, 'place'>, start: number, end: number): Span {
  // The end is the place after the last character: a replacement's own end, not the next run's start.
  return end > start ? { start: excerpt.place(start), end: excerpt.place(end - 1) + 1 } : { start: excerpt.place(start), end: excerpt.place(start) };
}

/** A step that was read in an excerpt, where it stands in the log. */
export function placeStep(excerpt: Pick<Excerpt, 'place'>, step: Step): Step {
  const placed = ({ start, end }: Span): Span => placeSpan(excerpt, start, end);
  const places = isRecord(step) ? { places: step.places.map(placed) } : undefined;
  return { ...step, span: placed(step.span), mark: placed(step.mark), ...places };
}

/**
 * An excerpt of several lines as one: each line break, with the indentation and the quote marks (`> `) that follow it, is one blank.
 * Event Viewer's text is wrapped by mail programs and quoted in tickets.
 */
export function unwrapLines(text: string, span: Span): Excerpt {
  const runs: Run[] = [];
  const literal = (start: number, end: number): void => {
    if (end > start) runs.push({ text: text.slice(start, end), start, literal: true, end });
  };
  let start = span.start;
  // Only the span is searched: what follows may be megabytes without a line break.
  const excerpt = text.slice(span.start, span.end);
  for (let at = excerpt.indexOf('\n'); at >= 0; at = excerpt.indexOf('\n', at + 1)) {
    let end = span.start + at;
    while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
    literal(start, end);
    start = Math.max(start, span.start + at + 1);
    while (start < span.end && (isBlank(text.charCodeAt(start)) || text[start] === '>')) start++;
    runs.push({ text: ' ', start: end, literal: false, end: start });
  }
  literal(start, span.end);
  return joinRuns(runs);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0d;
}

/** A text with one blank in the place of each run of white space. */
export function withSingleBlanks(text: string): string {
  return unevenBlanks.test(text) ? text.replace(/\s+/g, ' ') : text;
}

/** Blanks that are not single, and all that may be one; hardly any text has them, and to see that is quicker. */
const unevenBlanks = /[^ -~]| {2}/;
