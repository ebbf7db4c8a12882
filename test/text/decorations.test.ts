/** Addresses go in as programs decorate them, the addresses come out. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { withWholeCaptures } from '../../server/src/smtp/captures.ts';
import { undecorated } from '../../server/src/smtp/decorations.ts';
import type { Captures, LogRecord } from '../../server/src/values.ts';
import { trials } from '../support/trials.ts';

/** What programs make of an address: Outlook, Markdown, wikis, chats, HTML, and HTML that was shown as text. */
const dresses: readonly ((address: string) => string)[] = [
  (address) => `${address}<mailto:${address}>`,
  (address) => `${address} <mailto:${address}>`,
  (address) => `${address}<mailto:${address.toUpperCase()}>`,
  (address) => `${address} [mailto:${address}]`,
  (address) => `[${address}](mailto:${address})`,
  (address) => `[${address}](mailto:${address}?subject=Test)`,
  (address) => `[${address}](mailto:${address}`,
  (address) => `[${address}|mailto:${address}]`,
  (address) => `<mailto:${address}|${address}>`,
  (address) => `<a href="mailto:${address}">${address}</a>`,
  (address) => `mailto:${address}`,
  (address) => `<${address}>`,
  (address) => `**${address}**`,
  (address) => `_${address}_`,
  (address) => `\`${address}\``,
  (address) => `"${address}"`,
  (address) => `${address}&lt;mailto:${address}&gt;`,
  (address) => `&amp;lt;${address}&amp;gt;`,
  (address) => address.replace('@', '&#64;'),
  (address) => address.replace('@', '&#x40;'),
  (address) => address.replace('@', '\u200B@'),
];

const letters = fc.stringMatching(/^[a-z0-9]{1,12}$/);
const addresses = fc
  .tuple(letters, fc.constantFrom('', '.', '_', '+', '-', '='), letters, letters)
  .map(([one, between, two, domain]) => `${one}${between}${two}@${domain}.contoso.com`);

function read(captures: Captures): Captures {
  const mark = { start: 0, end: 1 };
  const record: LogRecord = { format: 'text', what: 'failed', span: mark, mark, places: [mark], captures };
  return withWholeCaptures(record).captures;
}

suite('decorated addresses', () => {
  test('are what they were', () => {
    fc.assert(
      fc.property(addresses, fc.constantFrom(...dresses), (address, dress) => {
        assert.deepEqual(read({ recipient: dress(address), sender: dress(address) }), { recipient: address, recipientDomain: address.split('@')[1], sender: address });
      }),
      trials(400),
    );
  });

  test('have a domain that is no part of the decoration', () => {
    const captures = read({ recipient: 'jane@contoso.com<mailto:jane@contoso.com>', recipientDomain: 'contoso.com>' });
    assert.deepEqual(captures, { recipient: 'jane@contoso.com', recipientDomain: 'contoso.com' });
  });

  test('of hosts and message IDs are undone as well', () => {
    const captures = read({
      remoteHost: 'mx.fabrikam.com<http://mx.fabrikam.com>',
      server: '[EX01.contoso.com](http://ex01.contoso.com)',
      recipientDomain: 'fabrikam.com<http://www.fabrikam.com/>',
      messageId: '<m1@contoso.com<mailto:m1@contoso.com>>',
    });
    assert.deepEqual(captures, { remoteHost: 'mx.fabrikam.com', server: 'EX01.contoso.com', recipientDomain: 'fabrikam.com', messageId: '<m1@contoso.com>' });
  });

  test('are left as they are where anything else is named', () => {
    for (const written of [
      'jane@contoso.com<mailto:bob@contoso.com>',
      'Jane <jane@contoso.com>',
      '"jane doe"@contoso.com',
      '<>',
      'a|b@contoso.com',
      'jane',
      '/O=CONTOSO/OU=EX/CN=JANE',
    ]) {
      assert.equal(undecorated('recipient', written), written);
    }
    assert.equal(undecorated('sendConnector', 'To <mailto:jane@contoso.com>'), 'To <mailto:jane@contoso.com>');
    assert.equal(undecorated('server', 'EX02'), 'EX02');
    assert.equal(undecorated('messageId', '<m1@contoso.com>'), '<m1@contoso.com>');
  });
});
