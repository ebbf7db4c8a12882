/** Reads an event that a command wrote as an object, in whichever form: Get-WinEvent's and Get-EventLog's properties have the same names in all of them. */

import { type Excerpt, joinRuns, placeSpan, sliceExcerpt } from '../../text/excerpt.ts';
import type { FormatId, LogRecord } from '../../values.ts';
import { isCut, type OutputObject } from '../shapes/object.ts';
import { readDescription } from './description.ts';
import { eventRecord, readEventId } from './record.ts';
import { isTransportSource } from './source.ts';

/** The literal that an object of ours cannot be without, and the names of the properties that say so. */
export const sourceNames = ['providername', 'source', 'sourcename'] as const;
const idNames = ['id', 'eventid', 'instanceid'] as const;
export const messageNames = ['message', 'rendereddescription'] as const;

/** Whether something with these properties can be an event; names as `plainName` gives them. */
export function isEvent(has: (name: string) => boolean): boolean {
  return messageNames.some(has) && isEventHead(has);
}

/** Whether they are an event's but for the message, which a log collector may keep one level above. */
export function isEventHead(has: (name: string) => boolean): boolean {
  return idNames.some(has) && sourceNames.some(has);
}

/**
 * The event of an object; undefined where it is another source's.
 * @param source The source, where the form says it for several objects at once.
 */
export function readEventObject(text: string, object: OutputObject, format: FormatId, source: string = object.text(...sourceNames)): LogRecord | undefined {
  // A log has many sources: what is not a transport service is not looked at any further.
  const number = isTransportSource(source) ? object.value(...idNames) : undefined;
  const id = number && readEventId(text, placeSpan(number, 0, number.text.length));
  if (!id) return undefined;
  const message = object.value(...messageNames);
  return eventRecord({
    format,
    span: object.span,
    source,
    id,
    description: message ? readDescription(format === 'event-table' ? withoutCut(message) : message) : { captures: {} },
    server: object.text('machinename', 'machine', 'computername', 'computer', 'hostname'),
    written: object.text('timecreated', 'timegenerated', 'timewritten', 'eventtime', 'time', 'timestamp'),
  });
}

/**
 * A message as far as the console showed it, ending with an ellipsis if it was cut.
 * An enhanced status code right before the cut may have gone on, so it is left out.
 */
function withoutCut(message: Excerpt): Excerpt {
  if (!isCut(message.text)) return message;
  const shown = message.text.replace(/(?:\.{3}|\u2026)$/, '');
  const kept = sliceExcerpt(message, 0, shown.replace(/[245]\.[\d.]{0,7}$/, '').trimEnd().length);
  const cut = joinRuns([{ text: '\u2026', start: message.place(shown.length), end: message.place(message.text.length - 1) + 1, literal: false }]);
  const { length } = kept.text;
  return { text: `${kept.text}${cut.text}`, place: (index) => (index < length ? kept.place(index) : cut.place(index - length)) };
}
