/** Opens a failure document as the server would. */

import { TextDocument } from 'vscode-languageserver-textdocument';
import { createFailureDocument, type FailureDocument } from '../../server/src/service/failureDocument/index.ts';
import type { Encoding } from '../../server/src/service/index.ts';
import { projectKnowledgeBase } from './project.ts';

export function openFailure(text: string, { path = 'a-b.md', encoding = 'utf-16' as Encoding, taken = [] as readonly string[] } = {}): FailureDocument {
  const document = TextDocument.create('file:///failures/a-b.md', 'markdown', 1, text);
  return createFailureDocument(document, path, { knowledge: projectKnowledgeBase(), encoding, isTaken: (id) => taken.includes(id) });
}
