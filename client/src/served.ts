/** Which documents are read: logs at once, and texts that people paste into as soon as one of them looks like mail. */

import type { TextDocument } from 'vscode';
import { pageScheme, sessionScheme } from '../../server/src/protocol/editor.ts';
import { storyScheme } from '../../server/src/protocol/messages.ts';
import { failuresScheme } from '../../server/src/protocol/overview.ts';

/** Of these any may be a log. */
export const logLanguages: readonly string[] = ['mailflow-log', 'log', 'plaintext', 'xml', 'csv', 'json', 'eml'];

/** Tickets, notes, exports and results of a search: most have nothing to do with mail. Some names are those of widespread extensions. */
const pastedInto = ['markdown', 'jsonl', 'jsonc', 'yaml', 'html', 'tsv', 'csv (semicolon)', 'dynamic csv', 'search-result'];

/** The languages that are served. In those that are not ours only what is surely a mail failure is reported. */
export const servedLanguages: readonly string[] = [...logLanguages, ...pastedInto];

/** Whether a document is read. What we show ourselves is not: a page quotes failures that nobody had. */
export function isServed({ languageId, uri }: Pick<TextDocument, 'languageId' | 'uri'>): boolean {
  return servedLanguages.includes(languageId) && !isOurOwn(uri);
}

export function isOurOwn({ scheme }: { readonly scheme: string }): boolean {
  return scheme === pageScheme || scheme === sessionScheme || scheme === failuresScheme || scheme === storyScheme;
}

/** Whether the server is needed for a document: somebody who only writes Markdown needs none. */
export function needsServer(document: TextDocument): boolean {
  return isServed(document) && (logLanguages.includes(document.languageId) || looksLikeMail(document));
}

/** Lines that are looked at; a text that is longer is read by whoever scans it. */
const mostLines = 20_000;

function looksLikeMail(document: TextDocument): boolean {
  for (let line = 0; line < Math.min(document.lineCount, mostLines); line++) if (sign.test(document.lineAt(line).text.slice(0, 2_000))) return true;
  return false;
}

/** Codes as servers write them, and the words that stand near those without. */
const sign = /\b[45]\d\d[ -]#?\S|\b[45]\.\d{1,3}\.\d{1,3}\b|smtp|msexchange|mailbox|recipient|relay/i;
