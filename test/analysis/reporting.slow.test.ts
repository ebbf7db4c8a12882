/** What a user does not want to be told is left out, everywhere and at once, and counted. */

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { suite, test } from 'node:test';
import { DocumentReading } from '../../server/src/analysis/document/documentReading.ts';
import { keyOfFinding } from '../../server/src/analysis/findingKey.ts';
import { findFindings } from '../../server/src/analysis/findings.ts';
import { type Reporting, reportAll, targetNames } from '../../server/src/analysis/reporting.ts';
import type { Finding } from '../../server/src/failures.ts';
import { createLogDocument, getCodeLenses, getDiagnostics, getDocumentSymbols, getHover, getMarks, getSummary, type LogDocument, LogText } from '../../server/src/service/index.ts';
import { modernClient } from '../support/openLog.ts';
import { projectKnowledgeBase, readProjectFile } from '../support/project.ts';
import { tried } from '../support/trials.ts';

const knowledge = projectKnowledgeBase();
const logs = readdirSync('test/logs').filter((name) => /\.(?:log|txt|csv)$/.test(name));
const keys = (findings: readonly Finding[]): string[] => findings.map((finding) => `${keyOfFinding(finding).id} ${finding.record.mark.start} ${finding.severity}`);

function told(text: string, reporting: Reporting): { readonly findings: Finding[]; readonly leftOut: number } {
  const found = DocumentReading.unread(text.length)
    .update({ length: text.length, slice: (start, end) => text.slice(start, end) }, knowledge, reporting)
    .findings();
  return { findings: found.all(), leftOut: found.leftOut };
}

function openWith(text: string, reporting: Reporting): LogDocument {
  return createLogDocument(LogText.create('file:///logs/a.log', 'log', 1, text), knowledge, 'utf-16', undefined, undefined, reporting);
}

suite('what is reported', () => {
  for (const name of tried(logs)) {
    const text = readProjectFile(`test/logs/${name}`);
    const all = findFindings(text, knowledge);
    test(`${name}: all of it, unless something is ignored`, () => assert.deepEqual(told(text, reportAll), { findings: all, leftOut: 0 }));
    test(`${name}: a failure that is off is left out and counted, and no other`, () => {
      for (const id of new Set(all.slice(0, 60).map((finding) => keyOfFinding(finding).id))) {
        const rest = all.filter((finding) => keyOfFinding(finding).id !== id);
        const { findings, leftOut } = told(text, { severities: { [id]: 'off' }, ignored: [] });
        assert.deepEqual(keys(findings), keys(rest));
        assert.equal(leftOut, all.length - rest.length);
      }
    });
    test(`${name}: an ignored target takes its findings with it, in any case, and of one failure only those`, () => {
      const concerned = ({ record: { captures } }: Finding, target: string): boolean => targetNames.some((capture) => captures[capture]?.toLowerCase() === target.toLowerCase());
      for (const finding of all.slice(0, 8)) {
        for (const target of targetNames.flatMap((capture) => finding.record.captures[capture] ?? [])) {
          const { id } = keyOfFinding(finding);
          const rest = all.filter((other) => !concerned(other, target));
          assert.deepEqual(keys(told(text, { severities: {}, ignored: [{ target: target.toUpperCase() }] }).findings), keys(rest));
          const restOfOne = all.filter((other) => !concerned(other, target) || keyOfFinding(other).id !== id);
          assert.deepEqual(keys(told(text, { severities: {}, ignored: [{ failure: id, target }] }).findings), keys(restOfOne));
        }
      }
    });
  }

  test('a failure can be as serious as the user says', () => {
    const text = 'said "550 5.1.1 User unknown"\nsaid "550 5.7.1 Unable to relay"';
    const { findings, leftOut } = told(text, { severities: { 'relay-denied': 'information' }, ignored: [] });
    assert.deepEqual([findings.map(({ severity }) => severity), leftOut], [['warning', 'information'], 0]);
  });

  test('no answer of the editor tells of what is off', () => {
    const text = 'said "550 5.7.1 Unable to relay"\n';
    const document = openWith(text, { severities: { 'relay-denied': 'off' }, ignored: [] });
    assert.deepEqual(
      [getDiagnostics(document, modernClient), getCodeLenses(document, modernClient), getDocumentSymbols(document), getMarks(document, { start: 0, end: 9 })],
      [[], [], [], []],
    );
    assert.equal(getHover(document, { line: 0, character: 8 }, modernClient), undefined);
    assert.deepEqual(getSummary(document.findings), { findings: 0, errors: 0, warnings: 0, information: 0, leftOut: 1 });
  });

  test('the count stays right over edits', () => {
    const row = 'said "550 5.7.1 Unable to relay", and goes on for a while about this and that and more\n';
    let text = LogText.create('file:///a', 'log', 1, row.repeat(40_000));
    const reporting: Reporting = { severities: { 'relay-denied': 'off' }, ignored: [] };
    let reading = DocumentReading.unread(text.length).update(text, knowledge, reporting);
    for (const [place, taken] of [
      [0.5, 3],
      [0.1, 1],
      [0.9, 2],
    ] as const) {
      const start = Math.floor(40_000 * place) * row.length - taken * row.length;
      text = text.replace(start, start + taken * row.length, '');
      reading = reading.edit(start, start + taken * row.length, 0).update(text, knowledge, reporting);
    }
    assert.deepEqual([reading.findings().length, reading.findings().leftOut], [0, 40_000 - 6]);
  });
});
