/** What every document owes to a reader under pressure: little to read before the first command, and the likeliest cause first. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failureOfPart } from '../../server/src/knowledge/parts.ts';
import { projectKnowledge } from '../support/project.ts';

const failures = projectKnowledge().documents.map(({ failure }) => failure);

/** So much is read in half a minute. */
const mostWords = 120;

test('what a hover tells is read in half a minute', () => {
  for (const failure of failures) {
    for (const part of failure.parts ? Object.keys(failure.parts) : [undefined]) {
      const { id, meaning, cause, whoActs } = failureOfPart(failure, part);
      const words = `${meaning} ${cause} ${whoActs}`.split(/\s+/).filter((word) => /\w/.test(word)).length;
      assert.ok(words <= mostWords, `${id} has ${words} words`);
    }
  }
});

test('the causes of a failure are a list', () => {
  for (const { id, kind, cause } of failures) if (kind !== 'guide') assert.match(cause, /^(?:1\.|-) \S/m, id);
});

test('wrong advice says what not to do and why, and nothing about who gives it', () => {
  for (const { id, markdown } of failures) assert.doesNotMatch(markdown, /\bwidely read\b/i, id);
});

test('a title begins with the term that an administrator searches for, and says behind a colon what it means', () => {
  for (const { id, title, short } of failures) {
    assert.match(title, /^[^:]{2,60}: \S/, id);
    assert.ok(short && short.length <= 28, id);
  }
});

test('what a change makes anew, its way back takes away', () => {
  for (const { id, markdown } of failures) {
    const [, change = '', back = ''] = /\n## Change[^\n]*\n(.*?)\n## Roll back\n(.*?)(?=\n## |$)/s.exec(markdown) ?? [];
    for (const [, noun] of change.matchAll(/^# New-(\w+) -(?!.*-WhatIf)/gm)) {
      // A certificate that others may use by now stays; the command for an accepted domain is not in the reference, so it is told in words.
      if (noun !== 'ExchangeCertificate' && noun !== 'AcceptedDomain') assert.ok(back.includes(`\n# Remove-${noun} -`), `${id}: New-${noun}`);
    }
  }
});
