/** The sentences that servers answer with are known in any case, behind what servers put before them, and end where they do. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { sentenceEnd } from '../../server/src/smtp/serverSentences.ts';

const said = [
  'Unable to relay for bob@fabrikam.com',
  'Failed to establish appropriate TLS channel: UntrustedRoot: Access Denied',
  'Connection dropped due to SocketError',
  'RESOLVER.ADR.RecipNotFound; not found',
  'Temporary server error. Please try again later PRX2',
  'Too many connections from your IP',
  'Service unavailable; Client host [192.0.2.10] blocked using bl.example.net',
  'Recipient address rejected: User unknown in virtual mailbox table',
  'Authentication failed: UGFzc3dvcmQ6',
];
/** What stands before a sentence: nothing, one of it, or two. */
const leads = ['', 'SMTP; ', 'Error: ', '<bob@fabrikam.com>: ', '<bob@fabrikam.com>... ', '203.0.113.25 ', 'mx.fabrikam.com: ', 'SMTP; <bob@fabrikam.com>: '];

suite('a sentence of a server', () => {
  for (const words of said) {
    test(`ends: ${words}`, () => {
      for (const lead of leads)
        for (const codes of ['550 ', '550 5.7.1 ', '550-5.7.1 ', '454 #4.7.0 ']) {
          const reply = `${codes}${lead}${words}`;
          for (const rest of ['', ' since Monday', '. And now?', ', every day']) {
            assert.equal(sentenceEnd(`${reply}${rest}`), reply.length, `${reply}${rest}`);
            assert.equal(sentenceEnd(`${reply}${rest}`.toUpperCase()), reply.length, `${reply}${rest} in capitals`);
          }
        }
    });
  }

  test('has its code in front, and no more before it than servers put there', () => {
    for (const text of [
      'Unable to relay',
      '250 2.1.5 Unable to relay',
      '550 5.7.1',
      '550 5.7.1 SMTP; SMTP; SMTP; Unable to relay',
      '550 5.7.1 we were told that we are Unable to relay',
    ])
      assert.equal(sentenceEnd(text), 0, text);
  });

  test('is not cut within a word', () => assert.equal(sentenceEnd('550 5.1.1 User unknowns'), 0));

  test('stands where it stands behind a letter that grows in small letters', () => {
    const reply = '550 5.1.1 <\u0130@fabrikam.com>: User unknown';
    assert.equal(sentenceEnd(`${reply} today`), reply.length);
  });
});
