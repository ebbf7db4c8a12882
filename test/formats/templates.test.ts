/** Descriptions with placeholders are documentation; what a stranger has written into a description makes none of it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRecords } from '../../server/src/formats/index.ts';
import { eventWith, untrusted } from '../support/events.ts';

const isEvent = (text: string): boolean => readRecords(text).some(({ event }) => event?.id === 2004);

test('an event is read whatever a server puts into its reply', () => {
  for (const words of ['https://fabrikam.com/%20help', '%1', '%s', '{0}', '%PATH%', '<some words here>', '100%1']) {
    assert.ok(isEvent(eventWith(`${untrusted} ${words}`)), words);
    assert.ok(isEvent(eventWith(`550 5.7.1 ${words} ${untrusted}`)), words);
  }
});

test('a template is no event', () => {
  for (const [connector, response] of [
    ['%1', '%3'],
    ['{0}', '{2}'],
    ['<connector name here>', '<smtp response here>'],
  ] as const) {
    assert.ok(!isEvent(eventWith(response, connector)), connector);
  }
});
