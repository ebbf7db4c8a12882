/** Texts of several lines that stand in a JSON string, as in a ticket's export or a container's log: each is read as if it stood by itself. */

import { bareLines } from '../../text/bareLines.ts';
import { type Excerpt, placeSpan, placeStep } from '../../text/excerpt.ts';
import type { Occurrences } from '../../text/occurrences.ts';
import type { Block, Span, Step } from '../../values.ts';
import { type LogFormat, signsOf, type Wanted } from '../logFormat.ts';
import { unescaped } from '../shapes/jsonObjects.ts';
import { isReplyInJson, isStackOfMessage } from './jsonReplies.ts';
import { findLinesInStrings, mayHoldStrings } from './jsonStrings.ts';
import { StringSearch } from './stringSearch.ts';

/** How a text is read that is part of another one. */
export interface Reader {
  /** All formats, in their order. */
  formats(): readonly LogFormat[];
  occurrences(text: string): Occurrences;
  /** The steps of a text in which no other format than these can stand. */
  steps(text: string, formats: readonly LogFormat[], what: Wanted['what'], occurrences: Occurrences): Step[];
  blocks(text: string, formats: readonly LogFormat[], occurrences: Occurrences): Block[];
}

/** The format of such strings. It comes behind those that know the objects that they stand in. */
export function escapedText(reader: Reader): LogFormat {
  const format: LogFormat = {
    id: 'text',
    title: 'Texts in JSON',
    find(text, free, occurrences) {
      const bounds: number[] = [];
      const speaking: Speaking[] = [];
      const search = new StringSearch(text, reader, (start, end) => void speaking.push(new Speaking(start, end)));
      findLinesInStrings(text, free, occurrences, (start, end) => {
        // The objects of sending services name beside a reply whom it is about.
        if (isReplyInJson(text, start) || isStackOfMessage(text, start)) return;
        bounds.push(start, end);
        search.add(start, end);
      });
      search.end();
      const isSilent = bounds.length === 0 || formatsBelow().every((other) => signsOf(other, text, occurrences, [0]).length === 0);
      return isSilent ? speaking : allStrings(bounds, speaking);
    },
    signs(text, occurrences) {
      const starts: number[] = [];
      const search = new StringSearch(text, reader, (start) => void starts.push(start));
      findLinesInStrings(text, [{ start: 0, end: text.length }], occurrences, (start, end) => {
        if (!isReplyInJson(text, start) && !isStackOfMessage(text, start)) search.add(start, end);
      });
      search.end();
      return starts;
    },
    steps(text, strings, { what }) {
      const steps: Step[] = [];
      eachSpeaking(text, strings, (excerpt, formats, occurrences) => {
        for (const step of reader.steps(excerpt.text, formats, what, occurrences)) steps.push(placeStep(excerpt, step));
      });
      return steps;
    },
    blocks(text, strings) {
      const blocks: Block[] = [];
      eachSpeaking(text, strings, (excerpt, formats, occurrences) => {
        for (const block of reader.blocks(excerpt.text, formats, occurrences)) blocks.push({ ...block, span: placeSpan(excerpt, block.span.start, block.span.end) });
      });
      return blocks;
    },
    // A string ends on its line, so whatever others say of a place is right for it.
    seam: () => undefined,
    isApart: true,
  };
  /** Where another form speaks in a string, this one takes even silent strings inside from it. */
  const withStrings = (formats: readonly LogFormat[]): readonly LogFormat[] => reader.formats().filter((other) => other === format || formats.includes(other));
  /** Those that may find something in a string, or around it, that this format has not claimed. */
  const formatsBelow = (): readonly LogFormat[] => reader.formats().slice(reader.formats().indexOf(format) + 1);
  const eachSpeaking = (text: string, strings: readonly Span[], read: (excerpt: Excerpt, formats: readonly LogFormat[], occurrences: Occurrences) => void): void => {
    const search = new StringSearch(text, reader, (start, end, formats, occurrences) => {
      const string = unescaped(text, { start, end });
      // Behind what stands before its lines any form may stand.
      const { bare } = bareLines(string.text, (other) => reader.occurrences(other));
      if (bare) read(string, reader.formats(), reader.occurrences(string.text));
      else read(string, mayHoldStrings(string.text) ? withStrings(formats) : formats, occurrences);
    });
    for (const string of strings) if (string instanceof Speaking) search.add(string.start, string.end);
    search.end();
  };
  return format;
}

/** A string in which something stands that a form begins with. */
class Speaking implements Span {
  readonly start: number;
  readonly end: number;

  constructor(start: number, end: number) {
    this.start = start;
    this.end = end;
  }
}

/** All strings, so that no other form reads one of them as it is written, or beyond it: that only matters where another form may stand in the text. */
function allStrings(bounds: readonly number[], speaking: readonly Speaking[]): Span[] {
  const strings: Span[] = [];
  let next = 0;
  for (let index = 0; index < bounds.length; index += 2) {
    const start = bounds[index] as number;
    const known = speaking[next];
    if (known?.start === start) next += 1;
    strings.push(known?.start === start ? known : { start, end: bounds[index + 1] as number });
  }
  return strings;
}
