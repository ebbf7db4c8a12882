/** Events as PowerShell's Format-Table writes them, their messages mostly cut at the width of the console. */

import { lineStart, lineStartAfter, nextLine } from '../../text/lines.ts';
import { isBlankLine } from '../../text/quotes.ts';
import type { LogRecord, Span } from '../../values.ts';
import { type ColumnTable, readTable, readTableRows, tableEnd } from '../shapes/columnTable.ts';
import { eventFormat } from './format.ts';
import { isEvent, readEventObject } from './object.ts';
import { isTransportSource, namesTransport } from './source.ts';

export const eventTable = eventFormat({
  id: 'event-table',
  title: 'Events, PowerShell table',
  find: (text, _free, occurrences) => (namesTransport(text, occurrences) ? findTables(text, { start: 0, end: text.length }).map(({ span }) => span) : []),
  steps: (text, stretches) => stretches.flatMap((stretch) => findTables(text, stretch)).flatMap((table) => readRows(text, table)),
});

interface EventTable {
  /** The table, with the line above it that names its source. */
  readonly span: Span;
  readonly table: ColumnTable;
  /** Undefined where a column names it. */
  readonly source: string | undefined;
}

function readRows(text: string, { table, source }: EventTable): LogRecord[] {
  const records: LogRecord[] = [];
  readTableRows(text, table, (object) => {
    const record = readEventObject(text, object, 'event-table', source);
    if (record) records.push(record);
  });
  return records;
}

/** The dashes below the name `Message`, which no such table is without. Some of them are found sooner than all. */
const dashes = '----';
const allDashes = 'Message'.length;

/** The tables whose source can be a transport service, by a line above them or by a column. */
function findTables(text: string, within: Span): EventTable[] {
  const tables: EventTable[] = [];
  const part = text.slice(within.start, within.end);
  let floor = within.start;
  for (let at = part.indexOf(dashes), from = 0; at >= 0; at = part.indexOf(dashes, from)) {
    from = at;
    while (part[from] === '-') from++;
    if (from - at !== allDashes) continue;
    const found = tableAt(text, within.start + at, { start: floor, end: within.end });
    from = found ? found.span.end - within.start : nextLine(text, within.start + from) - within.start;
    if (found) floor = found.span.end;
    if (found && (found.source === undefined || isTransportSource(found.source))) tables.push(found);
  }
  return tables;
}

function tableAt(text: string, at: number, within: Span): EventTable | undefined {
  const line = lineStartAfter(text, at, within.start);
  const header = line === undefined || line <= within.start ? undefined : lineStartAfter(text, line - 1, within.start);
  const table = header === undefined ? undefined : readTable(text, header, within.end);
  if (!table || header === undefined) return undefined;
  const has = (name: string): boolean => table.names.includes(name);
  if (isEvent(has)) return { span: { start: header, end: tableEnd(text, table) }, table, source: undefined };
  const group = isEvent((name) => name === 'source' || has(name)) ? groupAbove(text, header, within.start) : undefined;
  return group && { span: { start: group.start, end: tableEnd(text, table) }, table, source: group.source };
}

/** Get-WinEvent's table says its source in a line of its own, above the names. */
function groupAbove(text: string, header: number, limit: number): { readonly start: number; readonly source: string } | undefined {
  let start = header;
  for (let lines = 0; lines < 4 && start > limit; lines++) {
    start = lineStart(text, start - 1);
    if (start < limit) return undefined;
    const source = /^[ \t>\uFEFF]*ProviderName: (\S[^\r\n]*)/.exec(text.slice(start, start + 300))?.[1]?.trim();
    if (source) return { start, source };
    if (!isBlankLine(text, start)) return undefined;
  }
  return undefined;
}
