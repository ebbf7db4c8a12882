/** Log text on its way to an agent: whatever a stranger writes, it is one bounded line without anything that hides, reorders or ends. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { LogWords, logTextNotice } from '../../server/src/tools/logWords.ts';
import { printAnswer } from '../../server/src/tools/tool.ts';
import { captureNames } from '../../server/src/values.ts';
import { hostileText } from '../support/hostileText.ts';
import { trials } from '../support/trials.ts';

const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

suite('log text for an agent', () => {
  test('is one line of a bounded length without unseen characters, revealed or not', () => {
    for (const isRevealed of [true, false]) {
      const words = new LogWords(isRevealed);
      fc.assert(
        fc.property(hostileText, fc.constantFrom(...captureNames), (text, name) => {
          const told = [words.text(text), words.destination(text), words.fileName(text), ...Object.values(words.captures({ [name]: text }))];
          for (const line of told) {
            assert.doesNotMatch(line, unseen);
            assert.ok(line.length <= 600);
          }
        }),
        trials(300),
      );
    }
  });

  test('is cut where it is long, after what it names is replaced', () => {
    const words = new LogWords(false);
    assert.equal(words.text('x'.repeat(1_000_000)).length, 500);
    assert.doesNotMatch(words.text(`${'a '.repeat(245)}kim@contoso.com`), /kim|contoso/);
    assert.doesNotMatch(words.text(`${'a '.repeat(3_995)}${'b'.repeat(20)}@contoso.com`), /contoso/);
  });

  test('stands below the word on what it is', () => {
    assert.equal(printAnswer({ told: { fromLog: 'x' } }), `${logTextNotice}\n{"fromLog":"x"}`);
  });

  test('keeps the endings of files that are logs', () => {
    const words = new LogWords(false);
    assert.deepEqual(
      ['SEND20260115-1.LOG', 'maillog.1.gz', 'mail.contoso.com.log', 'kim@contoso.com.eml'].map((name) => words.fileName(name)),
      ['SEND20260115-1.LOG', 'maillog.1.gz', 'host-1.domain-1.invalid.log', 'user-1@domain-1.invalid.eml'],
    );
  });
});
