/** Events as Export-Clixml writes them: objects with their properties in PowerShell's own XML. */

import { composeExcerpts, type Excerpt, joinRuns, literalExcerpt, placeSpan, type Run } from '../../text/excerpt.ts';
import { offsetAbove } from '../../text/lineEnds.ts';
import { withLineFeeds } from '../../text/lineFeeds.ts';
import type { Occurrences } from '../../text/occurrences.ts';
import { reachBelow } from '../../text/seam.ts';
import type { LogRecord, Span } from '../../values.ts';
import { createMarkupParser } from '../shapes/markup.ts';
import { readDescription } from './description.ts';
import { eventFormat } from './format.ts';
import { eventRecord, readEventId } from './record.ts';
import { isTransportSource, namesTransport } from './source.ts';

const opening = '<Obj';
const closing = '</Obj>';
/** A part of the text does not know where a longer object ends; with CRLF one can have twice as many characters. */
const longestObject = reachBelow / 2;
/** A value that begins as the name of a source does. */
const named = '">MSExchange';

export const eventClixml = eventFormat({
  id: 'event-xml',
  title: 'Events, Export-Clixml',
  literals: [named],
  find: (text, _free, occurrences) => (namesTransport(text, occurrences) ? findObjects(text, occurrences) : []),
  steps: (text, stretches) => stretches.flatMap((stretch) => readObject(text, stretch) ?? []),
});

/** The objects in which a property says that a transport service is the source. */
function findObjects(text: string, occurrences: Occurrences): Span[] {
  const objects: Span[] = [];
  const values = occurrences(named);
  if (values.length === 0) return objects;
  const open: { readonly start: number; isOurs: boolean }[] = [];
  for (const at of [...occurrences(opening), ...occurrences(closing), ...values].sort((one, other) => one - other)) {
    const last = open.at(-1);
    if (text.startsWith(closing, at)) {
      open.pop();
      if (last?.isOurs && offsetAbove(text, at, longestObject) <= last.start) {
        // An object takes the place of those inside it.
        while (objects.length > 0 && (objects.at(-1) as Span).start > last.start) objects.pop();
        objects.push({ start: last.start, end: at + closing.length });
      }
    } else if (text.startsWith(opening, at)) {
      if (/[ >]/.test(text[at + opening.length] ?? '')) open.push({ start: at, isOurs: false });
    } else if (last && isSource(text, at)) last.isOurs = true;
  }
  return objects;
}

/** Whether a value is that of the property that names an event's source. */
function isSource(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 20), at);
  const isNamed = before.endsWith('N="ProviderName') || before.endsWith('N="Source');
  return isNamed && /^">MSExchange(?:[A-Za-z]{0,40}Transport[A-Za-z]{0,40}|MailSubmission)<\/S>/.test(text.slice(at, at + 110));
}

const wanted = new Set(['ProviderName', 'Source', 'Id', 'EventID', 'InstanceId', 'Message', 'MachineName', 'TimeCreated', 'TimeGenerated']);

/** Reads an object's own properties with htmlparser2, which knows where each piece stands and never throws. */
function readProperties(markup: string): ReadonlyMap<string, Run[]> {
  const properties = new Map<string, Run[]>();
  let runs: Run[] | undefined;
  let depth = 0;
  const parser = createMarkupParser(
    {
      onopentag(name, attributes) {
        if (name === 'Obj') depth += 1;
        const property = attributes['N'] ?? '';
        runs = depth === 1 && wanted.has(property) && !properties.has(property) ? [] : undefined;
        if (runs) properties.set(property, runs);
      },
      ontext(data) {
        const start = parser.startIndex;
        const end = parser.endIndex + 1;
        runs?.push(...controlRuns({ text: data, start, end, literal: end - start === data.length }));
      },
      onclosetag(name) {
        if (name === 'Obj') depth -= 1;
        runs = undefined;
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(markup);
  return properties;
}

/** Serialisation writes control characters as `_x000A_` (MS-PSRP, 2.2.5.3.2). */
function controlRuns(run: Run): Run[] {
  if (!run.literal || !run.text.includes('_x')) return [run];
  const runs: Run[] = [];
  let start = 0;
  for (const { 0: written, 1: digits = '', index } of run.text.matchAll(/_x([0-9A-Fa-f]{4})_/g)) {
    if (index > start) runs.push({ text: run.text.slice(start, index), start: run.start + start, end: run.start + index, literal: true });
    start = index + written.length;
    runs.push({ text: String.fromCharCode(Number.parseInt(digits, 16)), start: run.start + index, end: run.start + start, literal: false });
  }
  if (start < run.text.length) runs.push({ text: run.text.slice(start), start: run.start + start, end: run.end, literal: true });
  return runs;
}

function readObject(text: string, span: Span): LogRecord | undefined {
  const markup = withLineFeeds(literalExcerpt(text, span));
  const properties = readProperties(markup.text);
  const value = (...names: string[]): Excerpt => composeExcerpts(markup, joinRuns(names.map((name) => properties.get(name)).find((runs) => runs !== undefined) ?? []));
  const number = value('Id', 'EventID', 'InstanceId');
  const id = readEventId(text, placeSpan(number, 0, number.text.length));
  const source = value('ProviderName', 'Source').text;
  if (!id || !isTransportSource(source)) return undefined;
  return eventRecord({
    format: 'event-xml',
    span,
    source,
    id,
    description: readDescription(value('Message')),
    server: value('MachineName').text,
    written: value('TimeCreated', 'TimeGenerated').text,
  });
}
