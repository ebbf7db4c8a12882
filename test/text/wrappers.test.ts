/** Wrappers go in with whatever quotation marks programs have made of Exchange's, the reply inside comes out. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readResponse } from '../../server/src/smtp/response.ts';
import { literalExcerpt } from '../../server/src/text/excerpt.ts';

const replies = [
  '421 4.2.1 Unable to connect.',
  "550 5.1.1 The recipient's mailbox doesn't exist.",
  '454 4.7.0 Failed to establish appropriate TLS channel: UntrustedRoot: Access Denied',
  '550 Requested action not taken',
];

const openings = [
  'Primary target IP address responded with:',
  'Primary target IP address responded with',
  'Error encountered while communicating with primary target IP address:',
  'Proxy session setup failed on Frontend with',
  'The server responded with:',
];

/** Exchange's own, Word's in English, German, French, Swedish and Polish, those of WordPress, tickets and web pages, and what escapes them. */
const marks: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ["'", "'"],
  ['\u201C', '\u201D'],
  ['\u201E', '\u201C'],
  ['\u201E', '\u201D'],
  ['\u201D', '\u201D'],
  ['\u2018', '\u2019'],
  ['\u201A', '\u2018'],
  ['\u00AB', '\u00BB'],
  ['\u00AB\u00A0', '\u00A0\u00BB'],
  ['\u00BB', '\u00AB'],
  ['\u2039', '\u203A'],
  ['\u300C', '\u300D'],
  ['\u2033', '\u2033'],
  ['<', '>'],
  ['""', '""'],
  ["''", "''"],
  ['\\"', '\\"'],
  ['`', '`'],
  ['&quot;', '&quot;'],
  ['&#8220;', '&#8221;'],
  ['&ldquo;', '&rdquo;'],
  ['&#x201C;', '&#x201D;'],
  ['&lt;', '&gt;'],
  ['&laquo;', '&raquo;'],
  ['&#39;', '&#39;'],
];

const behind = ['', ' Attempted failover to alternate host, but that did not succeed.', '.'];

const read = (text: string): string | undefined => readResponse(literalExcerpt(text, { start: 0, end: text.length }))?.response.text;

suite('a wrapped reply', () => {
  for (const [open, close] of marks) {
    test(`in ${open}…${close}`, () => {
      for (const opening of openings) {
        for (const reply of replies) {
          for (const rest of behind) {
            for (const gap of [' ', '   ']) {
              const text = `451 4.4.0 ${opening}${gap}${open}${reply}${close}${rest}`;
              assert.equal(read(text), reply, text);
            }
          }
        }
      }
    });
  }

  test('without marks, and with one that is never closed', () => {
    for (const reply of replies) {
      for (const mark of ['', '"', '\u201C', '\u00AB']) {
        assert.equal(read(`451 4.4.0 Primary target IP address responded with: ${mark}${reply}`), reply);
        assert.equal(read(`451 4.4.0 Primary target IP address responded with: ${mark}${reply} Attempted failover to alternate host.`), reply);
      }
    }
  });

  test('as the message of Exchange Online, with brackets of its own', () => {
    for (const reply of [...replies, '452 4.3.1 Insufficient system resources (UsedDiskSpace[C:\\Queue])']) {
      for (const before of ['450 4.4.317 Cannot connect to remote server', '450 4.4.318 Connection was closed abruptly (SuspiciousRemoteServerError)'])
        assert.equal(read(`${before} [Message=${reply}] [LastAttemptedServerName=mail.contoso.com] [LastAttemptedIP=203.0.113.9:25]`), reply);
    }
    const socket = '450 4.4.316 Connection refused [Message=Socket error code 10061] [LastAttemptedServerName=mail.contoso.com]';
    assert.equal(read(socket), socket);
  });

  test('inside another one', () => {
    const text =
      '[{LRT=1/12/2026};{LED=450 4.7.0 Proxy session setup failed on Frontend with \u2018451 4.4.0 Primary target IP address responded with: \u201C421 4.4.2 Connection dropped due to SocketError.\u201D Attempted failover to alternate host.\u2019};{FQDN=EX01};{IP=192.0.2.4}]';
    assert.equal(read(text), '421 4.4.2 Connection dropped due to SocketError.');
  });

  test('is only opened where a reply of failure stands inside', () => {
    for (const text of ['550 5.7.1 The server responded with: nothing', '451 4.4.0 Primary target IP address responded with: "250 OK"', '550 5.1.1 Sent to IP address 421.example'])
      assert.equal(read(text), text);
  });
});
