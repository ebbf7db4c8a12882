/** The output for a ticket: a table of what was found, then each failure with its meaning and the first places where it stands. */

import { detached } from '../analysis/copied.ts';
import { findingKey } from '../analysis/findingKey.ts';
import type { Located } from '../analysis/located.ts';
import type { FailureCount, Totals } from '../analysis/tally.ts';
import { code, escapeTitle } from '../explain/markdown.ts';
import type { CaptureName } from '../values.ts';
import type { Report, ReportOptions } from './index.ts';
import { plural, unreadClauses } from './unread.ts';

/** Keeps the first places of each failure and nothing else of a finding. Log text stands in code spans only (CommonMark 0.31, 6.1). */
export function createMarkdownReport(options: Pick<ReportOptions, 'version'>): Report {
  const places = new Map<string, string[]>();
  return {
    finding: (located) => {
      const { id } = findingKey(located);
      const known = places.get(id) ?? [];
      places.set(id, known);
      if (known.length < placesShown) known.push(detached(place(located)));
      return '';
    },
    end: (totals) => {
      const { findings, files } = totals;
      const found = files === 0 ? 'No file was read' : `${plural(findings, 'finding')} in ${plural(files, 'file')}, read`;
      const head = `# Mail flow findings\n\n${[`${found} by Mailflow Lens ${options.version}`, ...unreadClauses(totals)].join('; ')}.\n`;
      return [head, ...(totals.findings > 0 ? [table(totals)] : []), ...totals.failures.map((entry) => details(entry, places.get(entry.id) ?? []))].join('\n');
    },
  };
}

const placesShown = 5;
const responseLength = 300;

function place(located: Located): string {
  const file = located.file === '-' ? 'standard input' : code(located.file);
  const time = located.time ?? (located.localTime === undefined ? undefined : `${code(located.localTime, timeLength)} (zone not stated)`);
  const response = located.response === null ? '' : `: ${code(located.response, responseLength)}`;
  const captures = namedInPlace.flatMap((name) => {
    const value = located.captures[name];
    return value === undefined ? [] : [`, ${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} ${code(value, captureLength)}`];
  });
  return `- ${file}, line ${located.startLine}${time === undefined ? '' : `, ${time}`}${captures.join('')}${response}\n`;
}

const timeLength = 40;
const captureLength = 120;
/** What whoever takes the ticket looks for first. */
const namedInPlace: readonly CaptureName[] = ['sendConnector', 'receiveConnector', 'remoteHost', 'recipient', 'messageId'];

function table(totals: Totals): string {
  const rows = totals.failures.map((entry) => {
    const [first, last] = seen(entry);
    return `| ${escapeTitle(entry.title)} (${idSpan(entry)}) | ${entry.severity} | ${entry.count} | ${first} | ${last} |\n`;
  });
  return `| Failure | Severity | Count | First seen | Last seen |\n| --- | --- | ---: | --- | --- |\n${rows.join('')}`;
}

function seen(entry: FailureCount): [string, string] {
  if (entry.firstSeen !== undefined && entry.lastSeen !== undefined) return [entry.firstSeen, entry.lastSeen];
  // Renderers disagree on how a bar in a cell is escaped, and no time has one.
  const local = (time: string | undefined): string => (time === undefined ? 'not stated' : `${code(time, timeLength).replaceAll('|', '\\u007c')} (zone not stated)`);
  return [local(entry.firstLocal), local(entry.lastLocal)];
}

function details(entry: FailureCount, known: readonly string[]): string {
  const { failure } = entry;
  const prose = failure ? `${failure.meaning}\n\n${failure.cause}\n\nWho must act: ${failure.whoActs}\n\n` : '';
  const references = failure && failure.references.length > 0 ? `\nSources:\n\n${failure.references.map(({ title, url }) => `- [${escapeTitle(title)}](${url})\n`).join('')}` : '';
  const rest = entry.count - known.length;
  const more = rest > 0 ? `- ${known.length > 0 ? `and ${rest} more` : `${rest} ${rest === 1 ? 'place' : 'places'}, not listed`}\n` : '';
  return `## ${escapeTitle(entry.title)}\n\n${prose}Seen in (${idSpan(entry)}, ${entry.severity}):\n\n${known.join('')}${more}${references}`;
}

function idSpan(entry: FailureCount): string {
  return code(entry.id);
}
