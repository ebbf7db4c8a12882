/** What a reader is told about the failure under the cursor: short, from top to bottom, readable aloud. */

import { type Hover, MarkupKind, type Position } from 'vscode-languageserver-types';
import { commands, type RunbookArguments } from '../protocol.ts';
import { captureNames, type Finding } from '../values.ts';
import type { ClientFeatures } from './clientFeatures.ts';
import { captureLabels, codesOf, describeBasis, describePermanence } from './describe.ts';
import type { LogDocument } from './logDocument.ts';
import { code, commandLink, link, plainText } from './markdown.ts';
import { pageAddress, pageName } from './page.ts';
import { runbookArguments } from './runbook.ts';

/** The hover at a position; undefined where no failure is. */
export function getHover(document: LogDocument, position: Position, client: ClientFeatures): Hover | undefined {
  const pointed = document.pointedAt(document.offsetAt(position));
  if (!pointed) return undefined;
  const markdown = hoverMarkdown(document, pointed.finding, client);
  return {
    range: document.range(pointed.place),
    contents: client.readsMarkdown ? { kind: MarkupKind.Markdown, value: markdown } : { kind: MarkupKind.PlainText, value: plainText(markdown) },
  };
}

function hoverMarkdown(document: LogDocument, finding: Finding, client: ClientFeatures): string {
  const { failure, record } = finding;
  const said = record.response?.text;
  return [
    `**${finding.title}**`,
    describePermanence(finding.permanence),
    ...(failure ? [failure.meaning, `**Likely causes.** ${failure.cause}`, `**Who must act.** ${failure.whoActs}`] : []),
    describeBasis(finding.basis),
    record.isGuessed ? 'The columns were guessed: the header is missing.' : '',
    ...(said ? [`**The response.** ${code(said, 600)}`] : []),
    captureList(finding),
    links(document, finding, client),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function captureList({ record: { captures, time, localTime } }: Finding): string {
  const values = captureNames.flatMap((name) => (captures[name] ? [`- ${captureLabels[name]}: ${code(captures[name], 200)}`] : []));
  const when = time ? [`- Time: ${code(time)} (UTC)`] : localTime ? [`- Time: ${code(localTime, 60)} (as written; the log does not state the time zone)`] : [];
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
  else if (address) parts.push(link(`The page about ${codesOf(finding) || failure?.id || 'this failure'}`, address));
  return parts.join(' | ');
}
