/** The words above the list of messages. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listText } from '../../client/src/messageText.ts';

test('says how many messages there are, or why there are none', () => {
  const whole = { isFiltered: false, isComplete: true };
  assert.equal(listText(1_234, whole), '1,234 messages.');
  assert.equal(listText(1, { ...whole, isFiltered: true }), '1 message.');
  assert.equal(listText(0, { ...whole, isComplete: false }), '0 messages so far: the logs are still being read.');
  assert.equal(listText(0, { ...whole, isFiltered: true }), 'No message fits the filter.');
  assert.match(listText(0, whole), /^No message stands in the logs of this folder\. .*message tracking/);
});
