/** Gives a log that was renamed the language that its name would have given it: collected logs are nearly always called something.log. */

import { type Disposable, languages, type TextDocument, workspace } from 'vscode';

/** What VS Code takes such a log for. Any other language was chosen by somebody. */
const taken = ['log', 'plaintext', 'csv'];

/** Each document is changed once, so that whoever changes it back is not contradicted. */
export function recogniseLogs(): Disposable {
  const seen = new Set<string>();
  const recognise = (document: TextDocument): void => {
    const uri = document.uri.toString();
    if (seen.has(uri) || !taken.includes(document.languageId) || !isExchangeLog(document)) return;
    if (!workspace.getConfiguration('mailflowLens', document).get('recognizeLogs', true)) return;
    seen.add(uri);
    void languages.setTextDocumentLanguage(document, 'mailflow-log').then(undefined, () => undefined);
  };
  for (const document of workspace.textDocuments) recognise(document);
  return workspace.onDidOpenTextDocument(recognise);
}

/** What all logs of Exchange begin with; one that was cut begins with the names of its columns. */
function isExchangeLog(document: TextDocument): boolean {
  return /^\uFEFF?#(?:Software: Microsoft Exchange|Fields: date-time,)/.test(document.lineAt(0).text.slice(0, 100));
}
