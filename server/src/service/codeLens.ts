/** The line above an event that says what it is and offers the evidence. */

import type { CodeLens } from 'vscode-languageserver-types';
import { pageName } from '../explain/page.ts';
import { runbookArguments } from '../explain/runbook.ts';
import { commands } from '../protocol.ts';
import { shortened } from '../text/visible.ts';
import type { ClientFeatures } from './clientFeatures.ts';
import type { LogDocument } from './logDocument.ts';

/** The lenses of a document: only above events, and only for clients that can run them. */
export function getCodeLenses(document: LogDocument, client: ClientFeatures): CodeLens[] {
  if (!client.commands.has(commands.insertRunbook)) return [];
  return document.findings.flatMap((finding) => {
    const { event, span } = finding.record;
    if (!event) return [];
    const range = document.range({ start: span.start, end: span.start });
    const page = pageName(finding);
    const lenses: CodeLens[] = [];
    if (page) lenses.push({ range, command: { title: shortened(`Event ${event.id}: ${finding.title}`, 120), command: commands.openPage, arguments: [{ id: page }] } });
    if (finding.failure) {
      lenses.push({
        range,
        command: { title: 'Insert evidence (read-only)', command: commands.insertRunbook, arguments: [runbookArguments(document, finding, finding.failure, 'evidence')] },
      });
    }
    return lenses;
  });
}
