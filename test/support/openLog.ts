/** Opens a log as the server would: the one place where tests touch the document. */

import { createTimeZone } from '../../server/src/analysis/timeZone.ts';
import { commands } from '../../server/src/protocol.ts';
import { type ClientFeatures, createLogDocument, type Encoding, type LogDocument, LogText } from '../../server/src/service/index.ts';
import { projectKnowledgeBase, readProjectFile } from './project.ts';

// The build puts the project's address in place; here it comes from the same manifest.
Object.assign(globalThis, { REPOSITORY: (JSON.parse(readProjectFile('package.json')) as { repository: { url: string } }).repository.url.replace(/^git\+|\.git$/g, '') });

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
  readsSnippets: false,
  runsServerCommands: true,
};

export { eventWith, untrusted } from './events.ts';
