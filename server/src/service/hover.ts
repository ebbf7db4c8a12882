/** What a reader is told about the failure under the cursor: short, from top to bottom, readable aloud. */

import { type Hover, MarkupKind, type Position } from 'vscode-languageserver-types';
import { captureLabels, describeBasis, describePermanence, describeTime, shownCodes } from '../explain/describe.ts';
import { code, commandLink, link, plainText } from '../explain/markdown.ts';
import { pageAddress, pageName } from '../explain/page.ts';
import { runbookArguments } from '../explain/runbook.ts';
import type { Finding } from '../failures.ts';
import { failureOf } from '../knowledge/parts.ts';
import { commands, type RunbookArguments } from '../protocol.ts';
import { captureNames, type Span } from '../values.ts';
import type { ClientFeatures } from './clientFeatures.ts';
import type { LogDocument } from './logDocument.ts';

/** The hover at a position; undefined where no failure is. */
export function getHover(document: LogDocument, position: Position, client: ClientFeatures): Hover | undefined {
  const offset = document.offsetAt(position);
  const pointed = document.findings.pointedAt(offset);
  const told = pointed ? { place: pointed.place, markdown: hoverMarkdown(document, pointed.finding, client) } : tellColumn(document, offset);
  if (!told) return undefined;
  return {
    range: document.range(told.place),
    contents: client.readsMarkdown ? { kind: MarkupKind.Markdown, value: told.markdown } : { kind: MarkupKind.PlainText, value: plainText(told.markdown) },
  };
}

/** What a cell of a `#Fields` log is; on a session's id, what has failed in the session. */
function tellColumn(document: LogDocument, offset: number): { readonly place: Span; readonly markdown: string } | undefined {
  const cell = document.cellAt(offset);
  const meaning = cell && document.columnMeaning(cell.column);
  if (!cell || !meaning) return undefined;
  const lines = [`**${meaning.name}**: ${meaning.meaning}.`];
  const id = document.slice(cell.span.start, cell.span.end);
  if (id !== '' && (cell.column === 'session-id' || cell.column === 'session')) lines.push(tellSession(document.findings.ofSession(id)));
  return { place: cell.span, markdown: lines.join('\n\n') };
}

const mostTold = 5;

function tellSession(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'Nothing failed in this session, as far as this file shows.';
  const told = findings.slice(0, mostTold).map((finding) => `- ${code(shownCodes(finding) || 'no reply')} ${finding.title}`);
  const rest = findings.length > mostTold ? [`- and ${findings.length - mostTold} more`] : [];
  return [`In this session failed:`, '', ...told, ...rest].join('\n');
}

function hoverMarkdown(document: LogDocument, finding: Finding, client: ClientFeatures): string {
  const { record } = finding;
  const failure = failureOf(finding);
  const said = record.response?.text;
  return [
    `**${finding.title}**`,
    describePermanence(finding.permanence),
    ...(failure ? [failure.meaning, `**Likely causes.**\n\n${failure.cause}`, `**Who must act.** ${failure.whoActs}`] : []),
    describeBasis(finding.basis),
    record.isGuessed ? 'The columns were guessed: the header is missing.' : '',
    ...(said ? [`**The response.** ${code(said, 600)}`] : []),
    captureList(finding),
    links(document, finding, client),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function captureList({ record }: Finding): string {
  const { captures } = record;
  const values = captureNames.flatMap((name) => (captures[name] ? [`- ${captureLabels[name]}: ${code(captures[name], 200)}`] : []));
  const time = describeTime(record);
  const when = time ? [`- Time: ${time}`] : [];
  return values.length + when.length > 0 ? `**From the log**\n\n${[...values, ...when].join('\n')}` : '';
}

/** What can be done next. The links repeat the code actions, for those who look here. */
function links(document: LogDocument, finding: Finding, client: ClientFeatures): string {
  const { failure } = finding;
  const parts: string[] = [];
  if (failure && client.commands.has(commands.insertRunbook)) {
    const argument = (part: RunbookArguments['part']): RunbookArguments => runbookArguments(document, finding, failure, part);
    parts.push(commandLink('Insert evidence (read-only)', commands.insertRunbook, argument('evidence')));
    parts.push(commandLink('Insert full runbook', commands.insertRunbook, argument('full')));
  }
  const page = pageName(finding);
  const address = pageAddress(finding);
  if (page && client.commands.has(commands.openPage)) parts.push(commandLink('Open the page', commands.openPage, { id: page }));
  else if (address) parts.push(link(`The page about ${shownCodes(finding) || failure?.id || 'this failure'}`, address));
  return parts.join(' | ');
}
