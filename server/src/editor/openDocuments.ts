/** The documents that an editor has open, each version a value with what was read out of it. */

import { type Position, type Range, type TextDocumentContentChangeEvent, TextDocuments } from 'vscode-languageserver/node';
import type { DocumentReading } from '../analysis/document/documentReading.ts';
import type { Reporting } from '../analysis/reporting.ts';
import type { TimeZone } from '../analysis/times/timeZone.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { createLogDocument, type Encoding, fromUtf8, type LogDocument, LogText } from '../service/index.ts';

/** One version of a document. A new version is a new value, so nothing stale can stay. */
export interface OpenDocument {
  readonly uri: string;
  readonly text: LogText;
  /** Read at the first use, and again when other knowledge, another time zone or other wishes have come. */
  readonly log: LogDocument;
  /** Names what `log` was read from, so that a client need not be told twice. */
  readonly resultId: string;
}

/** What documents are read with: agreed with the client at start, or changed by a setting. */
export interface DocumentContext {
  readonly knowledge: KnowledgeBase;
  readonly encoding: Encoding;
  readonly timeZone: TimeZone | undefined;
  readonly reporting: Reporting;
}

/** @param context Asked at each use, since it can change while documents are open. */
export function createOpenDocuments(context: () => DocumentContext): TextDocuments<OpenDocument> {
  return new TextDocuments<OpenDocument>({
    create(uri, languageId, version, content) {
      if (typeof uri !== 'string' || typeof content !== 'string') throw new TypeError('a document has no address or no text');
      return new OpenLog(LogText.create(uri, languageId, version, content), context);
    },
    update: (document, changes, version) => (document as OpenLog).edit(changes, version),
  });
}

/** What was read of a document, and with what. */
interface Made {
  readonly knowledge: KnowledgeBase;
  readonly reporting: Reporting;
  readonly timeZone: TimeZone | undefined;
  readonly log: LogDocument;
  readonly resultId: string;
}

class OpenLog implements OpenDocument {
  readonly text: LogText;
  private readonly context: () => DocumentContext;
  private made: Made | undefined;
  /** What the version before was read with, and what is left of that after the edits. */
  private readonly before: { readonly knowledge: KnowledgeBase; readonly reporting: Reporting; readonly reading: DocumentReading } | undefined;

  constructor(text: LogText, context: () => DocumentContext, before?: OpenLog['before']) {
    this.text = text;
    this.context = context;
    this.before = before;
  }

  get uri(): string {
    return this.text.uri;
  }

  get log(): LogDocument {
    return this.read().log;
  }

  get resultId(): string {
    return this.read().resultId;
  }

  /** The next version. What was read of this one is kept where the edits do not touch it. */
  edit(changes: readonly TextDocumentContentChangeEvent[], version: number): OpenLog {
    let { text } = this;
    const { made } = this;
    let before = made ? { knowledge: made.knowledge, reporting: made.reporting, reading: made.log.reading() } : this.before;
    for (const change of changes) {
      if (typeof change.text !== 'string') throw new TypeError('a change has no text');
      const { start, end } = 'range' in change ? this.offsets(text, change.range) : { start: 0, end: text.length };
      text = text.replace(start, end, change.text, version);
      before = before && { ...before, reading: before.reading.edit(start, end, change.text.length) };
    }
    return new OpenLog(text, this.context, before);
  }

  /** Ranges are in the encoding that was agreed with the client; a client may name the end first. */
  private offsets(text: LogText, range: Range): { readonly start: number; readonly end: number } {
    const offsetAt = (position: Position): number => text.offsetAt(this.context().encoding === 'utf-16' ? position : { line: position.line, character: fromUtf8(text, position) });
    const [one, other] = [offsetAt(range.start), offsetAt(range.end)];
    return { start: Math.min(one, other), end: Math.max(one, other) };
  }

  private read(): Made {
    const { knowledge, encoding, timeZone, reporting } = this.context();
    const isSame = (of: Pick<Made, 'knowledge' | 'reporting'> | undefined): boolean => of?.knowledge === knowledge && of.reporting === reporting;
    if (!this.made || !isSame(this.made) || this.made.timeZone !== timeZone) {
      // Another time zone gives other times to what was read.
      const known = this.made && isSame(this.made) ? this.made.log.reading() : isSame(this.before) ? this.before?.reading : undefined;
      this.made = { knowledge, reporting, timeZone, log: createLogDocument(this.text, knowledge, encoding, timeZone, known, reporting), resultId: String(++readings) };
    }
    return this.made;
  }
}

/** Counts over all documents: a document that is closed and opened again begins again with version 1. */
let readings = 0;
