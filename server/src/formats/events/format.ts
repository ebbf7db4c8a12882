/** What the formats of events share: an event is a block of the outline, and most forms stand around the name of their source. */

import { isRecord, type LogRecord, type Span } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import { eventBlock } from './record.ts';
import { findTransports, findTransportsIn, sourceAnchors } from './source.ts';

/** A format whose records are events. */
export function eventFormat(format: Omit<LogFormat, 'blocks'>): LogFormat {
  return {
    ...format,
    isApart: true,
    literals: [...sourceAnchors, ...(format.literals ?? [])],
    signs: (_text, occurrences) => occurrences(sourceAnchors),
    blocks: (text, stretches, occurrences) => format.steps(text, stretches, { what: 'failures', from: 0 }, occurrences).filter(isRecord).map(eventBlock),
  };
}

/** A form in which an event stands around the name of its source. */
export interface EventForm<Event extends { readonly span: Span }> extends Pick<LogFormat, 'id' | 'title'> {
  /** The event around a name, as far as it stands between two offsets; undefined where the name is not that of a source in this form. */
  readAround(text: string, source: Span, within: Span): Event | undefined;
  /** The record of an event; undefined for one without a number. */
  record(text: string, event: Event): LogRecord | undefined;
  /** It looks only where no other form has found anything. */
  readonly isRest?: true;
}

export function eventFormatAround<Event extends { readonly span: Span }>({ id, title, readAround, record, isRest }: EventForm<Event>): LogFormat {
  // Each event is handed on at once: where only its stretch is wanted, nothing else of it is kept.
  const eachEvent = (text: string, within: Span, sources: readonly Span[], handle: (event: Event) => void): void => {
    let from = within.start;
    for (const source of sources) {
      if (source.start < from) continue;
      const event = readAround(text, source, { start: from, end: within.end });
      if (!event) continue;
      handle(event);
      from = event.span.end;
    }
  };
  return eventFormat({
    id,
    title,
    find(text, free, occurrences) {
      const spans: Span[] = [];
      const gaps = isRest ? free : [{ start: 0, end: text.length }];
      if (findTransports(text, occurrences).length === 0) return spans;
      for (const gap of gaps) eachEvent(text, gap, findTransportsIn(text, gap, occurrences), ({ span }) => void spans.push(span));
      return spans;
    },
    steps(text, stretches, _wanted, occurrences) {
      const records: LogRecord[] = [];
      const add = (event: Event): void => {
        const found = record(text, event);
        if (found) records.push(found);
      };
      for (const stretch of stretches) eachEvent(text, stretch, findTransportsIn(text, stretch, occurrences), add);
      return records;
    },
  });
}
