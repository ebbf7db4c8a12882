/** The documents that an editor has open, each version a value with what was read out of it. */

import { type TextDocumentContentChangeEvent, TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { TimeZone } from './analysis/timeZone.ts';
import type { KnowledgeBase } from './knowledge/knowledgeBase.ts';
import { createLogDocument, type Encoding, fromUtf8, type LogDocument } from './service/index.ts';

/** One version of a document. A new version is a new value, so nothing stale can stay. */
export interface OpenDocument {
  readonly uri: string;
  readonly text: TextDocument;
  /** Read at the first use, and again when other knowledge or another time zone has come. */
  readonly log: LogDocument;
  /** Names what `log` was read from, so that a client need not be told twice. */
  readonly resultId: string;
}

/** What documents are read with: agreed with the client at start, or changed by a setting. */
export interface Reading {
  readonly knowledge: KnowledgeBase;
  readonly encoding: Encoding;
  readonly timeZone: TimeZone | undefined;
}

/** @param reading Asked at each use, since it can change while documents are open. */
export function createOpenDocuments(reading: () => Reading): TextDocuments<OpenDocument> {
  const open = (text: TextDocument): OpenDocument => {
    let made: { readonly knowledge: KnowledgeBase; readonly timeZone: TimeZone | undefined; readonly log: LogDocument; readonly resultId: string } | undefined;
    const read = (): NonNullable<typeof made> => {
      const { knowledge, encoding, timeZone } = reading();
      if (made?.knowledge !== knowledge || made.timeZone !== timeZone)
        made = { knowledge, timeZone, log: createLogDocument(text, knowledge, encoding, timeZone), resultId: String(++readings) };
      return made as NonNullable<typeof made>;
    };
    return {
      uri: text.uri,
      text,
      get log() {
        return read().log;
      },
      get resultId() {
        return read().resultId;
      },
    };
  };
  return new TextDocuments<OpenDocument>({
    create: (uri, languageId, version, content) => open(TextDocument.create(uri, languageId, version, content)),
    update: (document, changes, version) => open(changes.reduce((text, change) => TextDocument.update(text, [toUtf16(text, change, reading().encoding)], version), document.text)),
  });
}

/** Counts over all documents: a document that is closed and opened again begins again with version 1. */
let readings = 0;

/** A full change replaces the text; ranges are in the encoding that was agreed with the client. */
function toUtf16(text: TextDocument, change: TextDocumentContentChangeEvent, encoding: Encoding): TextDocumentContentChangeEvent {
  if (encoding === 'utf-16' || !('range' in change)) return change;
  const { start, end } = change.range;
  return { range: { start: { line: start.line, character: fromUtf8(text, start) }, end: { line: end.line, character: fromUtf8(text, end) } }, text: change.text };
}
