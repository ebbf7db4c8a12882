/** Addresses of which somebody has masked a part are no addresses, and a part of one is none either. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readRecords } from '../../server/src/formats/index.ts';
import { endpointAddress } from '../../server/src/smtp/address.ts';
import { readProjectFile } from '../support/project.ts';

const whole = ['203.0.113.25', '192.0.2.1', '2001:db8::25', '::1', 'fe80::5efe:192.0.2.1', '2001:db8:0:1:2:3:4:5'];
const masked = ['10.**.**.168', '10.x.x.168', '203.0.113', '203.0.113.*', '203', '2a0X:3cXX:XX2::XX00', '72.x.x.x.', 'a', '10', ''];

test('an endpoint is an address, with its port or without', () => {
  for (const address of whole) {
    for (const endpoint of address.includes(':') ? [address, `[${address}]`, `[${address}]:25`] : [address, `${address}:25`]) assert.equal(endpointAddress(endpoint), address);
  }
  for (const address of masked) for (const endpoint of [address, `${address}:25`, `[${address}]:25`]) assert.equal(endpointAddress(endpoint), undefined, endpoint);
});

test('a masked address in a reply is not captured in part', () => {
  const tell = (address: string): string | undefined =>
    readRecords(
      `LastError : [{LRT=1/15/2026 8:00:00 AM};{LED=451 4.4.0 Primary target IP address responded with: "421 4.4.2 Connection dropped." Attempted failover to alternate host, but that did not succeed. The last endpoint attempted was ${address}:25};{FQDN=};{IP=}]`,
    )[0]?.captures.remoteAddress;
  assert.equal(tell('203.0.113.25'), '203.0.113.25');
  for (const address of masked.filter((part) => part !== '')) assert.equal(tell(address), undefined, address);
});

test('a masked address beside a host is not captured, and the host is', () => {
  const tell = (address: string): unknown => readRecords(`{LED=421 4.2.1 Unable to connect};{MSG=};{FQDN=mx.fabrikam.com};{IP=${address}};`)[0]?.captures;
  assert.deepEqual(tell('203.0.113.25'), { remoteHost: 'mx.fabrikam.com', remoteAddress: '203.0.113.25' });
  for (const address of ['<external IP>', '10.x.x.168', 'removed', '']) assert.deepEqual(tell(address), { remoteHost: 'mx.fabrikam.com' }, address);
});

suite('a line is read whoever is hidden in it', () => {
  const address = /(?<=<)[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+(?=>)/g;
  for (const log of ['amavis.log', 'haraka.log', 'kerio.log', 'postfix.log', 'exim.log']) {
    test(log, () => {
      const written = readProjectFile(`test/logs/${log}`);
      const shown = written.replace(address, '[email protected]');
      const told = (text: string): (string | undefined)[] => readRecords(text).map(({ response }) => response?.replyCode?.toString() ?? response?.enhancedCode);
      assert.notEqual(shown, written);
      assert.deepEqual(told(shown), told(written));
      assert.ok(readRecords(shown).every(({ captures }) => !JSON.stringify([captures.recipient, captures.sender]).includes('protected')));
    });
  }
});
