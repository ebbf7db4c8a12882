/** What a reader is told about the failure under the cursor: the answer in one screen, readable aloud from top to bottom. */

import { type Hover, MarkupKind, type Position } from 'vscode-languageserver-types';
import { answerMarkdown, type Frequency } from '../explain/answer.ts';
import { shownCodes } from '../explain/describe.ts';
import { code, commandLink, escapeTitle, link, plainText } from '../explain/markdown.ts';
import { pageAddress, pageName } from '../explain/page.ts';
import { runbookArguments } from '../explain/runbook.ts';
import { verdictTexts } from '../explain/sessionText.ts';
import type { Failure, Finding } from '../failures.ts';
import { failureOf } from '../knowledge/parts.ts';
import { commands, type RunbookArguments } from '../protocol/editor.ts';
import type { Span } from '../values.ts';
import type { ClientFeatures } from './clientFeatures.ts';
import { isDiagnosed } from './diagnostics.ts';
import type { LogDocument } from './logDocument.ts';
import { verdictNear } from './session.ts';

/** The hover at a position; undefined where no failure is. */
export function getHover(document: LogDocument, position: Position, client: ClientFeatures): Hover | undefined {
  const offset = document.offsetAt(position);
  const pointed = document.findings.pointedAt(offset);
  const told = pointed ? { place: pointed.place, markdown: hoverMarkdown(document, pointed.finding, pointed.number, offset, client) } : tellColumn(document, offset, client);
  if (!told) return undefined;
  return {
    range: document.range(told.place),
    contents: client.readsMarkdown ? { kind: MarkupKind.Markdown, value: told.markdown } : { kind: MarkupKind.PlainText, value: plainText(told.markdown).replace(/ {2}$/gm, '') },
  };
}

/** What a cell of a `#Fields` log is; on a session's id, what came of the session and what has failed in it. */
function tellColumn(document: LogDocument, offset: number, client: ClientFeatures): { readonly place: Span; readonly markdown: string } | undefined {
  const cell = document.cellAt(offset);
  const meaning = cell && document.columnMeaning(cell.column);
  if (!cell || !meaning) return undefined;
  const lines = [`**${meaning.name}**: ${meaning.meaning}.`];
  const id = document.slice(cell.span.start, cell.span.end);
  if (id !== '' && (cell.column === 'session-id' || cell.column === 'session')) lines.push(...tellSession(document, id, offset, client));
  return { place: cell.span, markdown: lines.join('\n\n') };
}

const mostTold = 5;

function tellSession(document: LogDocument, id: string, offset: number, client: ClientFeatures): string[] {
  const verdict = verdictNear(document, id, offset);
  const shown = client.commands.has(commands.showSession) ? [commandLink('Show this session', commands.showSession, { uri: document.uri, sessionId: id })] : [];
  return [...(verdict ? [`**${verdictTexts[verdict]}**`] : []), tellFailures(document.findings.ofSession(id)), ...shown];
}

function tellFailures(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'Nothing failed in this session, as far as this file shows.';
  const told = findings.slice(0, mostTold).map((finding) => `- ${code(shownCodes(finding) || 'no reply')} ${finding.title}`);
  const rest = findings.length > mostTold ? [`- and ${findings.length - mostTold} more`] : [];
  return [`In this session failed:`, '', ...told, ...rest].join('\n');
}

function hoverMarkdown(document: LogDocument, finding: Finding, number: number, offset: number, client: ClientFeatures): string {
  const failure = failureOf(finding);
  return [
    headline(document, finding, number, offset, client),
    answerMarkdown(finding, failure, frequencyOf(document, number), actions(document, finding, client)),
    // Whoever has the page behind a link finds the rest there.
    failure && !client.commands.has(commands.openPage) ? furtherMarkdown(failure) : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** What failed and what was answered. VS Code shows a diagnostic above the hover on its range, and says both there. */
function headline(document: LogDocument, finding: Finding, number: number, offset: number, client: ClientFeatures): string {
  const { event, mark, response } = finding.record;
  const isAbove = client.commands.has(commands.openPage) && isDiagnosed(document, number) && mark.start <= offset && offset <= mark.end;
  if (isAbove) return '';
  const name = event ? `**${code(`${event.source} ${event.id}`)}: ${escapeTitle(finding.title)}**` : `**${escapeTitle(finding.title)}**`;
  return response ? `${name}  \n${code(response.text, 200)}` : name;
}

function furtherMarkdown({ cause }: Failure): string {
  return `**Likely causes.**\n\n${cause}`;
}

/** So near to the end of a document nothing of weight stands below, in UTF-16 code units. */
const nearEnd = 32 * 1024;

function frequencyOf(document: LogDocument, number: number): Frequency | undefined {
  const { findings } = document;
  const group = findings.groups.groupOf(number);
  if (!group || group.size < 2) return undefined;
  const [first, last] = [findings.at(group.first[0] as number), findings.at(group.last)];
  return first && last && { count: group.size, first: first.record, last: last.record, isAtEnd: document.length - last.record.span.end < nearEnd };
}

/** What can be done next, in one row. The links repeat the code actions, for those who look here. */
function actions(document: LogDocument, finding: Finding, client: ClientFeatures): string {
  const { failure } = finding;
  const parts: string[] = [];
  if (failure && client.commands.has(commands.insertRunbook)) {
    const argument = (part: RunbookArguments['part']): RunbookArguments => runbookArguments(document, finding, failure, part);
    parts.push(commandLink('Insert evidence', commands.insertRunbook, argument('evidence')));
    parts.push(commandLink('Insert runbook', commands.insertRunbook, argument('full')));
  }
  const page = pageName(finding);
  const address = pageAddress(finding, false);
  if (page && client.commands.has(commands.openPage)) parts.push(commandLink('Page', commands.openPage, { id: page }));
  else if (address) parts.push(link(`The page about ${shownCodes(finding) || failure?.id || 'this failure'}`, address));
  if (client.commands.has(commands.showOccurrences)) {
    const { start } = document.range(finding.record.mark);
    parts.push(commandLink('All occurrences', commands.showOccurrences, { uri: document.uri, position: start }));
  }
  return parts.join(' · ');
}
