/** Events as ConvertTo-Json writes them: of Get-WinEvent and Get-EventLog, one object or an array, of Windows PowerShell and of PowerShell 7. */

import type { LogRecord, Span } from '../values.ts';
import { transportSource } from './eventDescription.ts';
import { isEvent, readEventObject, sourceNames } from './eventObject.ts';
import { eventBlock } from './eventRecord.ts';
import { type JsonObject, jsonObject, scanJson } from './jsonObjects.ts';
import type { LogFormat } from './logFormat.ts';

export const eventJson: LogFormat = {
  id: 'event-json',
  title: 'Events, JSON',
  find: (text) => (namesSource(text) ? findObjects(text, { start: 0, end: text.length }).map(({ span }) => span) : []),
  parse: readObjects,
  blocks: (text, stretches) => readObjects(text, stretches).map(eventBlock),
};

function readObjects(text: string, stretches: readonly Span[]): LogRecord[] {
  return stretches.flatMap((stretch) => findObjects(text, stretch)).flatMap((object) => readEventObject(text, jsonObject(text, object), 'event-json') ?? []);
}

/** Whether MSExchangeTransport stands somewhere as the value of a property: nothing else is worth a pass over the text. */
function namesSource(text: string): boolean {
  const value = `"${transportSource}"`;
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) if (/:\s*$/.test(text.slice(Math.max(0, at - 40), at))) return true;
  return false;
}

/** The objects whose source is MSExchangeTransport, between two offsets; what stops being JSON is left behind. */
function findObjects(text: string, within: Span): JsonObject[] {
  const objects: JsonObject[] = [];
  const brackets = /[[{]/g;
  brackets.lastIndex = within.start;
  for (let found = brackets.exec(text); found && found.index < within.end; found = brackets.exec(text)) {
    const end = scanJson(text, found.index, within.end, (object) => {
      if (!isOurs(text, object)) return;
      // An object takes the place of those inside it.
      while (objects.length > 0 && (objects.at(-1) as JsonObject).span.start > object.span.start) objects.pop();
      objects.push(object);
    });
    brackets.lastIndex = Math.max(end, found.index + 1);
  }
  return objects;
}

function isOurs(text: string, { properties }: JsonObject): boolean {
  const source = sourceNames.map((name) => properties.get(name)).find((value) => value !== undefined);
  return source !== undefined && text.slice(source.start, Math.min(source.end, source.start + 100)) === transportSource && isEvent((name) => properties.has(name));
}
