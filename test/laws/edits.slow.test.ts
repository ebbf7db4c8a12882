/** The store of open documents: it answers as the library's own document does, and after edits its findings are those of the text opened fresh. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { DocumentBlock } from '../../server/src/analysis/document/documentBlocks.ts';
import { DocumentReading } from '../../server/src/analysis/document/documentReading.ts';
import { findFindings } from '../../server/src/analysis/findings.ts';
import { createTimeZone } from '../../server/src/analysis/times/timeZone.ts';
import type { Finding } from '../../server/src/failures.ts';
import { readBlocks } from '../../server/src/formats/index.ts';
import { LogText } from '../../server/src/service/index.ts';
import type { Block } from '../../server/src/values.ts';
import { projectKnowledgeBase, readProjectFile } from '../support/project.ts';
import { trials } from '../support/trials.ts';

const knowledge = projectKnowledgeBase();

suite('the text', () => {
  const piece = fc.constantFrom('a', '\n', '\r', '\r\n', '\u{1F4EC}', 'word ', 'x'.repeat(5_000), '');
  const someText = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
  const edit = fc.record({ from: fc.nat(9_000), length: fc.nat(40), text: someText });

  test('counts and edits as the reference document does', () => {
    fc.assert(
      fc.property(someText, fc.array(edit, { maxLength: 8 }), fc.array(fc.nat(12_000), { maxLength: 6 }), (content, edits, offsets) => {
        const reference = TextDocument.create('file:///a', 'log', 1, content);
        let text = LogText.create('file:///a', 'log', 1, content);
        for (const { from, length, text: written } of edits) {
          // An edit of the reference is told in positions, which never stand between CR and LF.
          const range = { start: reference.positionAt(Math.min(from, text.length)), end: reference.positionAt(Math.min(from + length, text.length)) };
          text = text.replace(reference.offsetAt(range.start), reference.offsetAt(range.end), written);
          TextDocument.update(reference, [{ range, text: written }], 2);
          assert.equal(text.getText(), reference.getText());
          assert.equal(text.lineCount, reference.lineCount);
          for (const offset of offsets) {
            const position = reference.positionAt(offset);
            assert.deepEqual(text.positionAt(offset), position);
            assert.equal(text.offsetAt(position), reference.offsetAt(position));
            const loose = { line: offset % 20, character: offset % 7_000 };
            assert.equal(text.offsetAt(loose), reference.offsetAt(loose));
          }
        }
      }),
      trials(400),
    );
  });
});

suite('the findings after edits', () => {
  const sample = readProjectFile('samples/SEND2026011508-1.LOG').replace(/^\uFEFF/, '');
  const [header, rows] = [sample.slice(0, sample.indexOf('\n2026') + 1), sample.slice(sample.indexOf('\n2026') + 1)];
  const sessions = (count: number): string =>
    Array.from({ length: count }, (_, index) => rows.replaceAll(/,08D[0-9A-F]{4}/g, `,08D${index.toString(16).toUpperCase().padStart(4, '0')}`)).join('');
  // Longer than what is read as a whole.
  const long = `${header}${sessions(Math.ceil(900_000 / rows.length))}`;
  const tell = ({ record, title }: Finding): string => JSON.stringify([record.mark, record.places, record.captures, record.response, record.time, title]);

  const row = '2026-01-15T08:00:00.000Z,Internet,08DE540000000A01,7,192.0.2.10:40001,203.0.113.25:25,<,550 5.1.1 User unknown,\r\n';
  const written = fc.constantFrom(
    row,
    'a',
    '"',
    '\r\n',
    'Remote server returned: 550 5.1.1 User unknown\r\n',
    '#Fields: date-time,session-id,connector-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\r\n',
    'Log Name:      Application\r\nSource:        MSExchangeTransport\r\nEvent ID:      2004\r\nDescription:\r\n550 5.7.1 Unable to relay\r\n\r\n',
    '',
  );

  const inStrings = (log: string): string => log.replaceAll(/[^\n]*\n/g, (line) => `${JSON.stringify({ log: line, stream: 'stdout' })}\n`);
  for (const [name, content] of [
    ['a log', long],
    ['strings of JSON', inStrings(long.slice(0, 700_000))],
  ] as const) {
    test(`are those of the same text opened fresh: ${name}`, () => {
      fc.assert(
        fc.property(fc.array(fc.record({ place: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.nat(400), text: written }), { minLength: 1, maxLength: 5 }), (edits) => {
          let text = LogText.create('file:///a', 'log', 1, content);
          let reading = DocumentReading.unread(text.length).update(text, knowledge);
          for (const { place, length, text: inserted } of edits) {
            const start = Math.floor(place * text.length);
            const end = Math.min(text.length, start + length);
            text = text.replace(start, end, inserted);
            reading = reading.edit(start, end, inserted.length);
            // Now and then several edits come before anybody asks.
            if (length % 3 === 0) reading = reading.update(text, knowledge);
          }
          reading = reading.update(text, knowledge);
          assert.deepEqual(reading.findings().all().map(tell), findFindings(text.getText(), knowledge).map(tell));
          assert.deepEqual([...reading.blocks()], putTogether(readBlocks(text.getText())));
        }),
        trials(12),
      );
    });
  }

  /** A text that counts the characters that are looked at. */
  const counted = (text: LogText): { readonly length: number; slice(start: number, end: number): string; looked: number } => ({
    length: text.length,
    looked: 0,
    slice(start, end) {
      this.looked += Math.min(end, text.length) - Math.max(0, start);
      return text.slice(start, end);
    },
  });
  const zone = createTimeZone('Europe/Berlin');

  test('and sessions and events, and times in a zone: no more of the text is looked at than an edit can have changed', () => {
    // Local times whose order of day and month is told by one that stands far from the others.
    const tracked = (date: string): string => `"${date} 9:15:42","FAIL","550 5.1.1 User unknown","bob@fabrikam.com"\r\n`;
    const table = `"Timestamp","EventId","RecipientStatus","Recipients"\r\n${tracked('25/12/2026')}${tracked('03/04/2026').repeat(15_000)}`;
    for (const content of [`${long}${rows}`, inStrings(long), table]) {
      let text = LogText.create('file:///a', 'log', 1, content);
      let reading = DocumentReading.unread(text.length).update(text, knowledge);
      reading.blocks();
      for (const [place, inserted] of [
        [0.5, 'x'],
        [0.9, content === table ? tracked('04/05/2026') : row],
        [0.1, content === table ? 'a' : '\r\n'],
      ] as const) {
        const at = text.offsetAt({ line: Math.floor(place * text.lineCount), character: 0 });
        text = text.replace(at, at, inserted);
        const spy = counted(text);
        reading = reading.edit(at, at, inserted.length).update(spy, knowledge);
        reading.findings(zone);
        reading.blocks();
        assert.ok(spy.looked < 1_000_000 && spy.looked < text.length, `${spy.looked} of ${text.length} characters`);
      }
      assert.deepEqual(reading.findings(zone).all().map(tell), findFindings(text.getText(), knowledge, zone).map(tell));
      assert.deepEqual([...reading.blocks()], putTogether(readBlocks(text.getText())));
    }
  });

  test('are read near the edit only', () => {
    let text = LogText.create('file:///a', 'log', 1, long);
    let reading = DocumentReading.unread(text.length).update(text, knowledge);
    const before = reading.findings();
    text = text.replace(text.length, text.length, row);
    reading = reading.edit(text.length - row.length, text.length - row.length, row.length).update(text, knowledge);
    const after = reading.findings();
    assert.equal(after.length, before.length + 1);
    // What stands far above is not even copied.
    assert.equal(after.at(0), before.at(0));
  });
});

/** The blocks of a document, put together from those of one reading of all of it. */
function putTogether(pieces: readonly Block[]): DocumentBlock[] {
  const blocks: { -readonly [Name in keyof DocumentBlock]: DocumentBlock[Name] }[] = [];
  for (const { kind, name, detail, remote, span } of pieces) {
    const begun = kind === 'session' ? blocks.find((block) => block.kind === kind && block.name === name) : undefined;
    if (!begun) blocks.push({ kind, name, detail, remote, first: span, end: span.end, isInOnePiece: true });
    else Object.assign(begun, { end: Math.max(begun.end, span.end), isInOnePiece: false });
  }
  return blocks;
}
