/** Opens a log as the server would: the one place where tests touch the document. */

import { createTimeZone } from '../../server/src/analysis/times/timeZone.ts';
import { commands } from '../../server/src/protocol/editor.ts';
import { type ClientFeatures, createLogDocument, type Encoding, type LogDocument, LogText } from '../../server/src/service/index.ts';
import { projectKnowledgeBase } from './project.ts';

export function openLog(text: string, { uri = 'file:///logs/some.log', encoding = 'utf-16' as Encoding, timeZone = '' } = {}): LogDocument {
  return createLogDocument(LogText.create(uri, 'log', 1, text), projectKnowledgeBase(), encoding, createTimeZone(timeZone));
}

/** A client that can do everything, as VS Code with our extension. */
export const modernClient: ClientFeatures = {
  commands: new Set(Object.values(commands)),
  readsMarkdown: true,
  createsFiles: true,
  resolvesEdits: true,
  readsCodeActions: true,
  pullsDiagnostics: true,
  takesDiagnostics: true,
  readsSnippets: true,
  runsServerCommands: false,
};

/** A client that knows nothing of us and little of the protocol. */
export const plainClient: ClientFeatures = {
  commands: new Set(),
  readsMarkdown: false,
  createsFiles: false,
  resolvesEdits: false,
  readsCodeActions: true,
  pullsDiagnostics: false,
  takesDiagnostics: true,
  readsSnippets: false,
  runsServerCommands: true,
};

export { eventWith, untrusted } from './events.ts';
