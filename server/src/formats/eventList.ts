/** Events as PowerShell's Format-List writes them: of Get-WinEvent and of Get-EventLog. */

import type { LogRecord, Span } from '../values.ts';
import { isEvent, readEventObject, sourceNames } from './eventObject.ts';
import { eventBlock } from './eventRecord.ts';
import { findTransport, isTransportSource } from './eventSource.ts';
import { type LogFormat, lineStartAfter } from './logFormat.ts';
import { isProperty, listObject, type PropertyList, readListAround } from './propertyList.ts';

export const eventList: LogFormat = {
  id: 'event-list',
  title: 'Events, PowerShell list',
  find: (text) => findLists(text, { start: 0, end: text.length }).map(({ span }) => span),
  parse: readLists,
  blocks: (text, stretches) => readLists(text, stretches).map(eventBlock),
};

function readLists(text: string, stretches: readonly Span[]): LogRecord[] {
  return stretches.flatMap((stretch) => findLists(text, stretch)).flatMap((list) => readEventObject(text, listObject(text, list), 'event-list') ?? []);
}

/** The objects whose source is a transport service, between two offsets. */
function findLists(text: string, within: Span): PropertyList[] {
  const lists: PropertyList[] = [];
  const part = text.slice(within.start, within.end);
  let from = 0;
  for (let found = findTransport(part, 0); found; found = findTransport(part, Math.max(found.end, from))) {
    const start = lineStartAfter(text, within.start + found.start, within.start + from);
    if (start === undefined || !isProperty(text, start)) continue;
    const list = readListAround(text, start, { start: within.start + from, end: within.end });
    const source = sourceNames.map((name) => list.properties.get(name)).find((value) => value !== undefined);
    if (!source || !isTransportSource(text.slice(source.start, Math.min(source.end, source.start + 100)).trim()) || !isEvent((name) => list.properties.has(name))) continue;
    lists.push(list);
    from = list.span.end - within.start;
  }
  return lists;
}
