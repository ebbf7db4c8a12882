/** A document of nothing but failures: little is kept of each, and what is shown is read anew from a small part of the text. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { DocumentReading } from '../../server/src/analysis/document/documentReading.ts';
import { findFindings } from '../../server/src/analysis/findings.ts';
import type { Finding } from '../../server/src/failures.ts';
import { getCodeActions, getCodeLenses, getDiagnostics, getDocumentLinks, getDocumentSymbols, getHover, getSummary, type LogDocument } from '../../server/src/service/index.ts';
import { lazy } from '../../server/src/text/lazy.ts';
import { modernClient, openLog } from '../support/openLog.ts';
import { projectKnowledgeBase } from '../support/project.ts';

const knowledge = projectKnowledgeBase();
const header =
  '#Software: Microsoft Exchange Server\r\n#Version: 15.02.1544.004\r\n#Log-type: SMTP Send Protocol Log\r\n#Date: 2026-01-15T08:00:00.000Z\r\n#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\r\n';

/** Logs in which each line or block is a failure: alike, or each to another destination. */
const kinds: Readonly<Record<string, { readonly head?: string; readonly next: (index: number) => string }>> = {
  replies: { next: (index) => `550 5.1.1 User unknown ${index % 50}\n` },
  'replies about many domains': { next: (index) => `550 5.1.1 <ann@d${index}.contoso.com> unknown\n` },
  'a send log': {
    head: header,
    next: (index) => `2026-01-15T09:00:00.000Z,Internet,08DE54${String(index).padStart(10, '0')},9,192.0.2.10:40001,203.0.113.${index % 9}:25,<,550 5.1.1 User unknown,\r\n`,
  },
  'strings of JSON': { next: (index) => `{"log":"452 4.2.2 Mailbox full ${index % 7}, see https://www.contoso.com/","stream":"stdout"}\n` },
  events: {
    next: (index) =>
      `Log Name:      Application\r\nSource:        MSExchangeTransport\r\nDate:          1/15/2026 9:15:42 AM\r\nEvent ID:      ${index % 2 ? 2004 : 12014}\r\nDescription:\r\n550 5.7.1 Unable to relay ${index % 3}\r\n\r\n`,
  },
};
const length = 2_000_000;

function logOf({ head = '', next }: (typeof kinds)[string]): string {
  const parts = [head];
  for (let index = 0, size = 0; size < length; index++) size += (parts[parts.push(next(index)) - 1] as string).length;
  return parts.join('');
}

/** The text of a log, which counts the characters that are looked at. */
class CountedText {
  looked = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get length(): number {
    return this.text.length;
  }

  slice(start: number, end: number): string {
    this.looked += Math.min(end, this.length) - Math.max(0, start);
    return this.text.slice(start, end);
  }
}

suite('a document of nothing but failures', () => {
  for (const [name, kind] of Object.entries(kinds)) {
    const log = logOf(kind);
    const text = new CountedText(log);
    const read = lazy(() => DocumentReading.unread(log.length).update(text, knowledge).findings());

    test(`${name}: few findings are held, and one that is pointed at is read from a window`, () => {
      const findings = read();
      assert.ok(findings.length > 4_000, `${findings.length} findings`);
      assert.ok(findings.held <= 1_000 * Math.ceil(length / 500_000) && findings.held < findings.length / 2, `${findings.held} of ${findings.length} findings are held`);
      text.looked = 0;
      findings.at(Math.floor(findings.length / 2));
      findings.at(Math.floor(findings.length / 2) + 5);
      assert.ok(text.looked < 1_600_000, `${text.looked} of ${log.length} characters`);
    });

    test(`${name}: the findings are those of the text read as a whole`, () => {
      const whole = findFindings(log, knowledge);
      const findings = read();
      assert.equal(findings.length, whole.length);
      const tell = (finding: Finding | undefined): string => JSON.stringify(finding && [finding.record, finding.title, finding.severity]);
      for (let number = 0; number < whole.length; number += 997) assert.equal(tell(findings.at(number)), tell(whole[number]));
      assert.equal(tell(findings.at(whole.length - 1)), tell(whole.at(-1)));
      assert.equal(findings.at(whole.length), undefined);
      assert.deepEqual(
        [...findings.spans()],
        whole.map(({ record }) => record.span),
      );
      assert.deepEqual(
        [...findings.places()],
        whole.flatMap(({ record }) => record.places),
      );
    });

    test(`${name}: what an editor asks for names every failure that it points at`, () => {
      const document = openLog(log);
      assert.ok(getDiagnostics(document, modernClient).length > 1);
      assert.ok(getDocumentSymbols(document).length > 1);
      assert.equal(getSummary(document.findings).findings, document.findings.length);
      assert.ok(getCodeLenses(document, modernClient).length > 0);
      assert.equal(getDocumentLinks(document).length > 0, name === 'strings of JSON');
      for (const share of [0, 0.4, 0.999]) pointAt(document, [...document.findings.places()][Math.floor(share * document.findings.length)]?.start ?? -1);
    });
  }
});

test('however far the line that names the columns is, a cell says which one it is', () => {
  const document = openLog(logOf(kinds['a send log'] as (typeof kinds)[string]));
  for (let line = 10; line < document.lineAt(document.length); line += 1_201) {
    assert.match(JSON.stringify(getHover(document, { line, character: 60 }, modernClient)), /local-endpoint/, `line ${line}`);
  }
});

function pointAt(document: LogDocument, offset: number): void {
  const range = document.range({ start: offset, end: offset });
  assert.ok(getHover(document, range.start, modernClient), `no hover at ${offset}`);
  assert.ok(getCodeActions(document, range, undefined, modernClient, undefined).length > 0, `no code action at ${offset}`);
}
