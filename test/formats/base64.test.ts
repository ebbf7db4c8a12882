/** Base64 is decoded as Node decodes it. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { decodeBase64 } from '../../server/src/formats/bounces/base64.ts';
import { trials } from '../support/trials.ts';

const decoded = (text: string): number[] => [...decodeBase64(text)];

suite('base64', () => {
  test('gives back any bytes, whatever stands between', () => {
    const noise = fc.constantFrom('', '', '', '\r\n', ' ', '!', 'ü', '中', '\0');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom('base64' as const, 'base64url' as const), fc.infiniteStream(noise), (bytes, alphabet, between) => {
        const written = Array.from(Buffer.from(bytes).toString(alphabet), (character) => `${between.next().value}${character}`).join('');
        assert.deepEqual(decoded(written), [...bytes]);
      }),
      trials(300),
    );
  });

  test('that is cut anywhere gives the whole bytes of what is there', () => {
    const text = Buffer.from('550 5.1.1 größe').toString('base64');
    for (let end = 0; end <= text.length; end++) assert.deepEqual(decoded(text.slice(0, end)), [...Buffer.from(text.slice(0, end), 'base64')]);
  });

  test('ends with its padding, as Node says too', () => {
    for (const text of ['QUI=\nQ0RF', 'QQ==QQ==', '====', 'QUJD====REVG']) assert.deepEqual(decoded(text), [...Buffer.from(text, 'base64')]);
  });
});
