/** One session alone: all of its rows and no other, each with its place, and what came of it. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { getHover, getSession, type LogDocument } from '../../server/src/service/index.ts';
import { modernClient, openLog, plainClient } from '../support/openLog.ts';
import { readProjectFile } from '../support/project.ts';

const samples = ['samples/SEND2026011508-1.LOG', 'samples/RECV2026011508-1.LOG'].map((name) => ({ name, text: readProjectFile(name) }));
const idsIn = (text: string): string[] => [...new Set(text.match(/(?<=,)08DE[0-9A-F]{12}(?=,)/g) ?? [])];

function hoverOn(document: LogDocument, word: string, client = modernClient): string {
  const text = document.slice(0, document.length);
  const { start } = document.range({ start: text.indexOf(word) + 1, end: text.indexOf(word) + 1 });
  const contents = getHover(document, start, client)?.contents as { value: string } | undefined;
  return contents?.value ?? '';
}

suite('one session', () => {
  for (const { name, text } of samples) {
    test(`${name}: has each of its rows, in order, and leads back to it`, () => {
      const document = openLog(text);
      const rows = text.split(/\r?\n/);
      for (const id of idsIn(text)) {
        const session = getSession(document, { sessionId: id });
        assert.ok(session);
        const written = session.text.split('\n').slice(0, -1);
        assert.equal(written.length, session.lines.length);
        const own = rows.flatMap((row, line) => (row.includes(`,${id},`) ? [line] : []));
        const shown = new Set(session.lines.filter((line) => line !== null));
        // The lines of one refusal are told as one.
        assert.deepEqual(
          [...shown],
          own.filter((line, index) => shown.has(line) || !/,[<>],"?[45]\d\d-/.test(rows[own[index - 1] ?? -1] ?? '')),
        );
        for (const [index, line] of session.lines.entries()) if (line !== null) assert.match(written[index] ?? '', new RegExp(`^ *${line + 1} `));
      }
    });
    test(`${name}: is found from any of its rows`, () => {
      const document = openLog(text);
      for (const [line, row] of text.split(/\r?\n/).entries()) {
        const id = /(?<=,)08DE[0-9A-F]{12}(?=,)/.exec(row)?.[0];
        assert.equal(getSession(document, { line })?.sessionId, id);
      }
    });
  }

  test('begins with what came of it', () => {
    const send = openLog(samples[0]?.text ?? '');
    assert.match(getSession(send, { sessionId: '08DE5408C3A10B21' })?.text ?? '', /^Session 08DE5408C3A10B21\. Delivered: every message was accepted\.\nto mx1\.fabrikam\.com · /);
    assert.match(getSession(send, { sessionId: '08DE5408C3A10B22' })?.text ?? '', /^Session 08DE5408C3A10B22\. Delivered in part: [\s\S]*550 5\.1\.1[\s\S]*\(User unknown/);
  });
  test('has no row of a session whose id only begins the same, or is quoted by another', () => {
    const text = (samples[0]?.text ?? '').replaceAll('08DE5408C3A10B21', '08DE5408C3A10B2').replaceAll('RecordId 354', 'RecordId 08DE5408C3A10B22 354');
    const session = getSession(openLog(text), { sessionId: '08DE5408C3A10B22' });
    const rows = text.split(/\r?\n/);
    for (const line of session?.lines ?? []) if (line !== null) assert.ok(rows[line]?.includes(',08DE5408C3A10B22,'));
  });
  test('is nowhere but in logs of sessions', () => {
    assert.equal(getSession(openLog('said "550 5.1.1 User unknown"'), { line: 0 }), undefined);
    assert.equal(getSession(openLog(samples[0]?.text ?? ''), { sessionId: 'no such session' }), undefined);
    assert.equal(getSession(openLog(samples[0]?.text ?? ''), { line: 0 }), undefined);
    assert.equal(getSession(openLog(''), {}), undefined);
  });
  test('the hover of its id says what came of it, and links to it where the client can show it', () => {
    const document = openLog(samples[0]?.text ?? '');
    assert.match(hoverOn(document, '08DE5408C3A10B21'), /\*\*Delivered: every message was accepted\.\*\*[\s\S]*\[Show this session\]\(command:mailflowLens\.showSession\?/);
    const plain = hoverOn(document, '08DE5408C3A10B22', plainClient);
    assert.match(plain, /Delivered in part[\s\S]*550 5\.1\.1/);
    assert.doesNotMatch(plain, /Show this session/);
  });
});
