/** Events as ConvertTo-Json writes them: of Get-WinEvent and Get-EventLog, one object or an array, of Windows PowerShell and of PowerShell 7. */

import { doubleQuote } from '../../text/characters.ts';
import { textAbove } from '../../text/lineEnds.ts';
import type { Occurrences } from '../../text/occurrences.ts';
import type { Span } from '../../values.ts';
import { type JsonObject, jsonObject, scanJson } from '../shapes/jsonObjects.ts';
import { eventFormat } from './format.ts';
import { isEvent, isEventHead, readEventObject, sourceNames } from './object.ts';
import { findTransports, isTransportSource } from './source.ts';

export const eventJson = eventFormat({
  id: 'event-json',
  title: 'Events, JSON',
  find: (text, _free, occurrences) => (namesSource(text, occurrences) ? findObjects(text, { start: 0, end: text.length }).map(({ span }) => span) : []),
  steps: (text, stretches) => stretches.flatMap((stretch) => findObjects(text, stretch)).flatMap((object) => readEventObject(text, jsonObject(text, object), 'event-json') ?? []),
});

/** Whether a transport service stands somewhere as the value of a property: nothing else is worth a pass over the text. */
function namesSource(text: string, occurrences: Occurrences): boolean {
  return findTransports(text, occurrences).some(
    ({ start, end }) => text.charCodeAt(end) === doubleQuote && text.charCodeAt(start - 1) === doubleQuote && /:\s*"$/.test(textAbove(text, start, 40)),
  );
}

/** The objects whose source is a transport service, between two offsets; what stops being JSON is left behind. */
function findObjects(text: string, within: Span): JsonObject[] {
  const objects: JsonObject[] = [];
  const brackets = /[[{]/g;
  brackets.lastIndex = within.start;
  for (let found = brackets.exec(text); found && found.index < within.end; found = brackets.exec(text)) {
    let head: JsonObject | undefined;
    const end = scanJson(text, found.index, within.end, (inner) => {
      const isAround = head !== undefined && inner.span.start < head.span.start;
      const object = isAround && head ? withHead(inner, head) : inner;
      if (isAround) head = undefined;
      if (!isTransport(text, object)) return;
      if (!isEvent((name) => object.properties.has(name))) {
        head = object;
        return;
      }
      // An object takes the place of those inside it.
      while (objects.length > 0 && (objects.at(-1) as JsonObject).span.start > object.span.start) objects.pop();
      objects.push(object);
    });
    brackets.lastIndex = Math.max(end, found.index + 1);
  }
  return objects;
}

/** Winlogbeat keeps what it knows of the event in an object inside the one that has the message. */
function withHead(object: JsonObject, head: JsonObject): JsonObject {
  return { span: object.span, properties: new Map([...object.properties, ...head.properties]) };
}

function isTransport(text: string, { properties }: JsonObject): boolean {
  const source = sourceNames.map((name) => properties.get(name)).find((value) => value !== undefined);
  return source !== undefined && isTransportSource(text.slice(source.start, Math.min(source.end, source.start + 100))) && isEventHead((name) => properties.has(name));
}
