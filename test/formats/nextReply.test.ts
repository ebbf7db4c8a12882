/** Replies that lost the line ends between them go in, each of them comes out. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { readRecords } from '../../server/src/formats/index.ts';
import { trials } from '../support/trials.ts';

const replies = [
  '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain',
  '451 4.7.0 Timeout waiting for client input',
  '550 5.1.1 User unknown',
  '452 4.3.1 Insufficient system resources',
];
const read = (text: string): (string | undefined)[] => readRecords(text).map(({ response }) => response?.text);

suite('replies in one line', () => {
  test('are one finding each, whatever blanks stand between them', () => {
    const gaps = fc.constantFrom('   ', ' '.repeat(40), '\t', '  \t ', '\t\t');
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...replies), { minLength: 1, maxLength: 4 }), gaps, (said, gap) => {
        assert.deepEqual(read(`I tried it with telnet and got:\n${said.join(gap)}\n`), said);
      }),
      trials(),
    );
  });

  test('end before a command', () => {
    assert.deepEqual(read('550 5.1.1 User unknown      RCPT TO:<bob@contoso.com>      250 2.1.5 OK      QUIT\n'), ['550 5.1.1 User unknown']);
  });

  test('stay one where it is one: with single blanks, or with the same code and a hyphen', () => {
    assert.deepEqual(read('550 5.7.1 Refused after 451 4.7.0 was said\n'), ['550 5.7.1 Refused after 451 4.7.0 was said']);
    assert.equal(read('550-5.7.1 The message was refused,      550 5.7.1 as was the one before\n').length, 1);
  });
});
