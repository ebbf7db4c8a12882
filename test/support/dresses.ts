/** What becomes of an event between Event Viewer and whoever reads about it: the forms that forums, tickets, wikis, mails and articles give it. */

import { readLabel } from '../../server/src/formats/events/label.ts';

/** An event as Event Viewer copies it: its labels in order, and the first paragraph of its description. */
export interface PlainEvent {
  readonly labels: readonly { readonly role: string; readonly label: string; readonly value: string }[];
  readonly description: string;
}

/** The events of a text that stand in it as Event Viewer copies them. */
export function plainEvents(text: string): PlainEvent[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const events: PlainEvent[] = [];
  for (let index = 0; index < lines.length; index++) {
    if (roleOf(lines[index] ?? '') !== 'logName') continue;
    const labels: PlainEvent['labels'][number][] = [];
    for (; index < lines.length; index++) {
      const found = readLabel(lines[index] ?? '', 0);
      if (!found?.role || found.role === 'description') break;
      labels.push({ role: found.role, label: found.label, value: found.value });
    }
    const label = readLabel(lines[index] ?? '', 0);
    if (label?.role !== 'description') continue;
    const end = lines.findIndex((line, at) => at > index && (line.trim() === '' || roleOf(line) === 'xml' || roleOf(line) === 'logName' || line.startsWith('Event[')));
    const description = [label.value, ...lines.slice(index + 1, end < 0 ? undefined : end)].filter((line) => line !== '').map((line) => line.trim());
    events.push({ labels, description: description.join(' ') });
  }
  return events;
}

function roleOf(line: string): string | undefined {
  return readLabel(line, 0)?.role;
}

/** As Event Viewer copies it. */
export function eventLines({ labels, description }: PlainEvent): string {
  return `${labels.map(({ label, value }) => `${`${label}:`.padEnd(14)} ${value}`).join('\n')}\nDescription:\n${description}\n`;
}

export interface Dress {
  readonly name: string;
  readonly write: (event: PlainEvent) => string;
}

type Line = readonly [label: string, value: string];

function linesOf({ labels, description }: PlainEvent): Line[] {
  return [...labels.map(({ label, value }) => [label, value] as const), ['Description', description]];
}

const each = (name: string, line: (pair: Line) => string, between: string, around: (body: string) => string = (body) => body): Dress => ({
  name,
  write: (event) => around(linesOf(event).map(line).join(between)),
});

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** The labels of Windows XP and 2003, which articles and monitoring still use. */
const olderNames: Readonly<Record<string, string>> = {
  level: 'Event Type',
  source: 'Event Source',
  category: 'Event Category',
  id: 'Event ID',
  date: 'Date',
  computer: 'Computer',
};

function older(event: PlainEvent): Line[] {
  const lines = Object.entries(olderNames).flatMap(([role, label]) => {
    const value = event.labels.find((other) => other.role === role)?.value;
    return value === undefined ? [] : [[label, value] as const];
  });
  return [...lines, ['Description', event.description]];
}

/** Breaks lines at blanks, as mail programs do. */
export function folded(text: string, width: number): string {
  return text.replace(new RegExp(`[^\\n]{${width},}`, 'g'), (line) => line.replace(new RegExp(`(.{20,${width}}) (?=.)`, 'g'), '$1\n'));
}

/** All labels and the description are kept. */
export const wholeDresses: readonly Dress[] = [
  each('one line', ([label, value]) => `${label}: ${value}`, ' '),
  each('one line, padded', ([label, value]) => `${label}:    ${value}`, '   '),
  each('one line with commas', ([label, value]) => `${label}: ${value}`, ', '),
  each('squeezed', ([label, value]) => `${label}:${value}`, '\n'),
  each('tabs', ([label, value]) => `${label}:\t${value}`, '\n'),
  each('double-spaced', ([label, value]) => `${label}: ${value}`, '\n\n'),
  each('label above its value', ([label, value]) => `${label}:\n${value}`, '\n'),
  each('quoted', ([label, value]) => `> ${label}: ${value}`, '\n'),
  each('quoted twice', ([label, value]) => `> > ${label}:   ${value}`, '\n'),
  each('bold', ([label, value]) => `**${label}:** ${value}`, '\n'),
  each('bold, colon outside', ([label, value]) => `**${label}**: ${value}`, '  \n'),
  each('bold, paragraphs', ([label, value]) => `**${label}:** ${value}`, '\n\n'),
  each('list', ([label, value]) => `- ${label}: ${value}`, '\n'),
  each('list with bold', ([label, value]) => `* **${label}**: ${value}`, '\n'),
  each('list, loose', ([label, value]) => `  - **${label}:** ${value}`, '\n\n'),
  each('numbered list', ([label, value]) => `1. ${label}: ${value}`, '\n'),
  each('code', ([label, value]) => `${label}: \`${value}\``, '\n'),
  each(
    'table of Markdown',
    ([label, value]) => `| ${label} | ${value} |`,
    '\n',
    (body) => `| Field | Value |\n|---|---|\n${body}`,
  ),
  each('table of Markdown, bold', ([label, value]) => `| **${label}:** | ${value} |`, '\n'),
  each('table copied as text', ([label, value]) => `${label}\t${value}`, '\n'),
  each('paragraphs of HTML', ([label, value]) => `<p>${label}: ${escaped(value)}</p>`, '\n'),
  each(
    'breaks of HTML',
    ([label, value]) => `${label}: ${escaped(value)}<br>`,
    '\n',
    (body) => `<p>${body}</p>`,
  ),
  each(
    'breaks of HTML, one line',
    ([label, value]) => `<b>${label}:</b>&nbsp;${escaped(value)}`,
    '<br />',
    (body) => `<div>${body}</div>`,
  ),
  each(
    'table of HTML',
    ([label, value]) => `<tr><td>${label}:</td><td>${escaped(value)}</td></tr>`,
    '\n',
    (body) => `<table>\n${body}\n</table>`,
  ),
  each(
    'table of HTML, headings',
    ([label, value]) => `  <tr>\n    <th>${label}</th>\n    <td>${escaped(value)}</td>\n  </tr>`,
    '\n',
    (body) => `<table>\n${body}\n</table>`,
  ),
  each(
    'list of HTML',
    ([label, value]) => `<li><strong>${label}</strong>: ${escaped(value)}</li>`,
    '',
    (body) => `<ul>${body}</ul>`,
  ),
  each('entities', ([label, value]) => `${label}:&nbsp;&nbsp;${escaped(value)}`, '\n'),
  each(
    'BBCode',
    ([label, value]) => `[b]${label}:[/b] ${value}`,
    '\n',
    (body) => `[quote]${body}[/quote]`,
  ),
  { name: 'folded', write: (event) => folded(eventLines(event), 76) },
  { name: 'folded and quoted', write: (event) => folded(eventLines(event), 70).replace(/^/gm, '> ') },
  {
    name: 'one line, folded',
    write: (event) =>
      folded(
        linesOf(event)
          .map(([label, value]) => `${label}: ${value}`)
          .join(' '),
        76,
      ),
  },
];

/** With the older labels, some of which are missing. */
export const olderDresses: readonly Dress[] = [
  {
    name: 'older labels',
    write: (event) =>
      older(event)
        .map(([label, value]) => `${label}:\t${value}`)
        .join('\n'),
  },
  {
    name: 'older labels on one line',
    write: (event) =>
      older(event)
        .map(([label, value]) => `${label}: ${value}`)
        .join(' '),
  },
  {
    name: 'older labels in bold',
    write: (event) =>
      older(event)
        .map(([label, value]) => `**${label}:** ${value}`)
        .join('\n\n'),
  },
];

/** Of the labels only source and number are left, or nothing at all. */
export const bareDresses: readonly Dress[] = [
  {
    name: 'three labels in a list',
    write: (event) =>
      older(event)
        .filter(([label]) => /Source|ID|Desc/.test(label))
        .map(([label, value]) => `  - **${label}**: ${value}`)
        .join('\n\n'),
  },
  { name: 'heading of the pane', write: (event) => `Event ${valueWith(event, 'id')}, ${valueWith(event, 'source')}\n\n${event.description}` },
  { name: 'heading of the pane, with tabs', write: (event) => `Event ${valueWith(event, 'id')}, ${valueWith(event, 'source')}\nGeneral\tDetails\n${event.description}` },
  { name: 'heading of an article', write: (event) => `## Event ${valueWith(event, 'id')}, ${valueWith(event, 'source')}\n\n> ${event.description}` },
];

/** For descriptions whose sentence is Exchange's beyond doubt: source or number are left. */
export const numberedDresses: readonly Dress[] = [
  { name: 'source and number as heading', write: (event) => `${valueWith(event, 'source')} ${valueWith(event, 'id')}\n${event.description}` },
  { name: 'source and number before it', write: (event) => `${valueWith(event, 'source')} (${valueWith(event, 'id')}): ${event.description}` },
  { name: 'number from source', write: (event) => `Event ID ${valueWith(event, 'id')} from ${valueWith(event, 'source')}:\n${event.description}` },
  { name: 'number above', write: (event) => `${valueWith(event, 'id')}:\n${event.description}` },
  { name: 'number before it', write: (event) => `Event ${valueWith(event, 'id')}: ${event.description}` },
];

/** The same without either. */
export const aloneDresses: readonly Dress[] = [
  { name: 'description alone', write: (event) => event.description },
  { name: 'description alone, folded and quoted', write: (event) => folded(event.description, 60).replace(/^/gm, '> ') },
  { name: 'description in quotation marks', write: (event) => `The log says "${event.description}" again and again.` },
  { name: 'description in HTML', write: (event) => `<p>Hello,</p><p><em>${escaped(event.description)}</em></p><p>Any idea?</p>` },
];

function valueWith({ labels }: PlainEvent, role: string): string {
  return labels.find((label) => label.role === role)?.value ?? '';
}
