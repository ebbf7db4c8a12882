import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFailure } from '../../server/src/knowledge/parseFailure.ts';
import { beginFailure } from '../../server/src/service/index.ts';
import { documentNames } from '../support/failureDocument.ts';
import { eventWith, openLog } from '../support/openLog.ts';

for (const [name, log, at] of [
  ['a finding', eventWith('550 5.7.29 some "new" words `$x`: {a} # b'), '550'],
  ['a line where nothing was found', 'all is well', 'all'],
  ['a connection that failed', 'said: "441 no answer"', '441'],
] as const) {
  test(`a document begun from ${name} has the right form`, () => {
    const text = beginFailure(openLog(log), log.indexOf(at), 'own-failure', new Date('2031-02-03T10:00Z'));
    const document = parseFailure(text, 'own-failure.md', documentNames);
    assert.ok('failure' in document, JSON.stringify(document));
  });
}

test('the codes and the words of the line are its condition and its sample', () => {
  const log = eventWith('550 5.7.29 some new words');
  const document = parseFailure(beginFailure(openLog(log), log.indexOf('550'), 'own-failure', new Date('2031-02-03T10:00Z')), 'own-failure.md', documentNames);
  assert.ok('failure' in document);
  assert.deepEqual(document.failure.match, [{ reply: 550, enhanced: '5.7.29', text: ['some new words'] }]);
  assert.equal(document.failure.references[0]?.checked, '2031-02');
  assert.equal(document.samples[0]?.text, '«550 5.7.29» some new words');
});
