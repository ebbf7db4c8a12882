/** Events as PowerShell's Format-List writes them: of Get-WinEvent and of Get-EventLog. */

import { lineStartAfter } from '../../text/lines.ts';
import type { Span } from '../../values.ts';
import { isProperty, listObject, type PropertyList, readListAround } from '../shapes/propertyList.ts';
import { eventFormatAround } from './format.ts';
import { isEvent, readEventObject, sourceNames } from './object.ts';
import { isTransportSource } from './source.ts';

export const eventList = eventFormatAround<PropertyList>({
  id: 'event-list',
  title: 'Events, PowerShell list',
  readAround,
  record: (text, list) => readEventObject(text, listObject(text, list), 'event-list'),
});

/** The object in whose lines a name stands, if its source is a transport service. */
function readAround(text: string, { start: name }: Span, within: Span): PropertyList | undefined {
  const start = lineStartAfter(text, name, within.start);
  if (start === undefined || !isProperty(text, start)) return undefined;
  const list = readListAround(text, start, within);
  const source = sourceNames.map((property) => list.properties.get(property)).find((value) => value !== undefined);
  const isOurs = source && isTransportSource(text.slice(source.start, Math.min(source.end, source.start + 100)).trim());
  return isOurs && isEvent((property) => list.properties.has(property)) ? list : undefined;
}
