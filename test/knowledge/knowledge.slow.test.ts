/** Every document of the knowledge base: its form, its samples and near misses, its scripts. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { findFindings } from '../../server/src/analysis/findings.ts';
import { stages } from '../../server/src/failures.ts';
import { formats, readRecords } from '../../server/src/formats/index.ts';
import { completeLog, readMarks } from '../support/marks.ts';
import { checkRunbook, parsePowerShell } from '../support/powershellReference.ts';
import { filesBelow, projectKnowledge, projectKnowledgeBase, readProjectFile } from '../support/project.ts';

const { documents, faults, data } = projectKnowledge();
const knowledge = projectKnowledgeBase();

test('every document has the right form', () => {
  assert.deepEqual(faults, []);
  assert.ok(documents.length >= 9);
});

/** The one document that somebody is writing, as `npm run quick` says; or all. */
const asked = process.env['MAILFLOW_LENS_DOCUMENT'] || undefined;

for (const { failure, samples, nearMisses } of documents) {
  if (asked !== undefined && failure.id !== asked) continue;
  suite(failure.id, () => {
    if (failure.kind === 'guide') {
      test('a guide stands for no failure', () => {
        assert.ok(failure.page.startsWith('knowledge/guides/'));
        assert.deepEqual([failure.match, samples, nearMisses], [[], [], []]);
      });
    } else {
      test('a failure has samples and near misses', () => {
        assert.ok(failure.page.startsWith('knowledge/failures/'));
        assert.ok(samples.length > 0 && nearMisses.length > 0);
      });
    }
    for (const [index, sample] of samples.entries()) {
      test(`sample ${index + 1} (${sample.format}) is found exactly`, () => {
        const { text, marks } = readMarks(completeLog(sample.format, sample.text));
        const findings = findFindings(text, knowledge);
        assert.deepEqual(
          findings.map(({ record }) => text.slice(record.mark.start, record.mark.end)),
          marks.map((mark) => text.slice(mark.start, mark.end)),
        );
        assert.deepEqual(
          findings.map(({ record }) => record.mark),
          marks,
        );
        for (const finding of findings) assert.equal(finding.failure?.id, failure.id, finding.record.response?.text);
        const known = formats.some(({ id }) => id === sample.format) ? sample.format : 'text';
        for (const { record } of findings) assert.equal(record.format, known);
      });
      test(`sample ${index + 1} is explained by nothing else equally well`, () => {
        for (const { event, response } of readRecords(readMarks(completeLog(sample.format, sample.text)).text)) {
          const fits = knowledge.matches(event?.isHandingOn ? undefined : event, response).map((fit) => fit.failure.id);
          assert.deepEqual(fits, [failure.id], response?.text);
        }
      });
    }
    for (const [index, nearMiss] of nearMisses.entries()) {
      test(`near miss ${index + 1} is another failure`, () => {
        const found = findFindings(completeLog(nearMiss.format, nearMiss.text), knowledge);
        assert.ok(found.length > 0, 'a near miss is a failure, only not this one');
        for (const finding of found) assert.notEqual(finding.failure?.id, failure.id, finding.record.response?.text);
      });
    }
    test('the stage that changes something is labelled by its worst line', () => {
      const { heading, script } = failure.runbook.change;
      const labels = ['reversible', 'affects service', 'cannot be undone'];
      const worst = labels.findLastIndex((label) => script.includes(`[${label}]`));
      const label = labels.findIndex((candidate) => heading.includes(candidate));
      assert.ok(label >= worst, `"${heading}" has a line [${labels[worst]}]`);
    });
    test('the runbook stands the cmdlet reference', () => {
      for (const stage of stages) assert.deepEqual(checkRunbook(failure.runbook[stage].script, stage), [], stage);
    });
    test('the runbook is PowerShell', async () => {
      for (const stage of stages) {
        const { script } = failure.runbook[stage];
        assert.deepEqual(await parsePowerShell(script), [], stage);
        const uncommented = script.replace(/^# (?=\$\w+ = |[A-Z][a-z]+-[A-Z]\w+ )/gm, '');
        assert.deepEqual(await parsePowerShell(uncommented), [], `${stage}, uncommented`);
      }
    });
  });
}

test('ids, titles and pages are unique', () => {
  for (const key of ['id', 'title', 'page'] as const) {
    const values = data.failures.map((failure) => failure[key]);
    assert.equal(new Set(values).size, values.length, key);
  }
});

/** Whether each shipped failure must have a short name already. */
const isShortNameAsked = false;

test('short names are unique, and no title', () => {
  const failures = data.failures.filter(({ kind }) => kind === 'failure');
  const named = failures.filter(({ short }) => short !== undefined);
  if (isShortNameAsked)
    assert.deepEqual(
      failures.filter(({ short }) => short === undefined).map(({ id }) => id),
      [],
    );
  assert.equal(new Set(named.map(({ short }) => short?.toLowerCase())).size, named.length);
  for (const { id, short, title } of named) assert.notEqual(short, title, id);
});

suite('snippets', () => {
  const snippets = Object.entries(data.snippets);
  test('stand where they are named', () => {
    assert.ok(snippets.length > 0);
    for (const { failure } of documents) assert.doesNotMatch(failure.markdown, /^# snippet:/m, failure.id);
  });
  for (const [name, script] of snippets)
    test(`${name} is a script of its own`, async () => {
      assert.match(name, /^[a-z]+(?:-[a-z]+)*$/);
      assert.match(script, /^# [^\n]+\n/, 'a snippet begins with what it is for');
      assert.doesNotMatch(script, /^```|^## |\n\n|# snippet:/m);
      assert.deepEqual(checkRunbook(script, script.includes('[affects service]') ? 'change' : 'verify'), []);
      assert.deepEqual(await parsePowerShell(script), []);
    });
  test('are named and not repeated: scripts/snippets.mjs does so', () => {
    for (const path of filesBelow('knowledge').filter((file) => file.endsWith('.md'))) {
      const text = readProjectFile(path);
      for (const [name, script] of snippets) assert.ok(!text.includes(`\n\n${script}\n`) && !text.includes(`\`\`\`powershell\n${script}\n`), `${path}: # snippet: ${name}`);
    }
  });
});

test('a code without a document gives its registered meaning', () => {
  const [finding] = findFindings('The answer was "550 5.7.29 ARC failed".', knowledge);
  assert.equal(finding?.failure, undefined);
  assert.equal(finding?.basis, 'registry');
  assert.equal(finding?.title, 'ARC validation failure (5.7.29)');
  assert.equal(finding?.category, 'sender-authentication');
  assert.equal(finding?.permanence, 'permanent');
});

test('the reply code decides permanence, not the class of the enhanced status code', () => {
  const [expired] = findFindings('said: "550 4.4.7 QUEUE.Expired; message expired"', knowledge);
  assert.equal(expired?.permanence, 'permanent');
  const [authentication] = findFindings('said: "451 5.7.3 Cannot achieve Exchange Server authentication."', knowledge);
  assert.equal(authentication?.permanence, 'transient');
});

test('the words of an address are not those of the server', () => {
  for (const response of ['550 5.1.1 User spam@contoso.com unknown', '550 5.1.1 <quota.virus@suspicious.contoso.com>: unknown']) {
    const [finding] = findFindings(`The answer was '${response}'`, knowledge);
    assert.equal(finding?.category, 'recipient-unknown', response);
  }
  const [banned] = findFindings("The answer was '550 5.7.1 Refused. Forward this message to delist@messaging.microsoft.com'", knowledge);
  assert.equal(banned?.category, 'reputation');
});
