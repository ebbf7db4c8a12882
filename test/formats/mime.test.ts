/** Mails and their parts, held against a MIME library, and their places in the file. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { type MailPart, partText, readMail } from '../../server/src/formats/bounces/mime.ts';
import { htmlText } from '../../server/src/formats/shapes/htmlText.ts';
import { literalExcerpt, placeSpan } from '../../server/src/text/excerpt.ts';
import { filesBelow, root } from '../support/project.ts';
import { trials } from '../support/trials.ts';

const whole = (text: string): MailPart => readMail(text, { start: 0, end: text.length });
const leaves = (part: MailPart): MailPart[] => (part.parts.length > 0 ? part.parts.flatMap(leaves) : [part]);
const lines = (text: string): string => text.replaceAll('\r\n', '\n').trim();

suite('mails are read as a MIME library reads them', () => {
  for (const path of filesBelow('test/logs').filter((name) => name.endsWith('.eml'))) {
    test(path, async () => {
      const text = readFileSync(join(root, path), 'utf8');
      const expected = await PostalMime.parse(text, { forceRfc822Attachments: true });
      const parts = leaves(whole(text));
      const plain = parts.find(({ type }) => type === 'text/plain') as MailPart;
      assert.ok(expected.text?.startsWith(lines(partText(text, plain).excerpt.text).slice(0, 200)));
      const attached = parts.filter(({ type }) => type.startsWith('message/'));
      assert.deepEqual(
        attached.map(({ type }) => type),
        expected.attachments.map(({ mimeType }) => mimeType).filter((type) => type.startsWith('message/')),
      );
    });
  }

  test('any text in any transfer encoding', async () => {
    const words = fc.array(fc.constantFrom('550', '5.1.1', 'user', 'größe', '利用者', '=', '=3D', '--part', 'a'.repeat(90), '\n', '.'), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(words, fc.constantFrom('base64', 'quoted-printable', '8bit'), async (pieces, encoding) => {
        const content = pieces.join(' ');
        const body = encoding === 'base64' ? Buffer.from(content).toString('base64').replace(/.{76}/g, '$&\r\n') : encoding === '8bit' ? content : quoted(content);
        const mail = `MIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n boundary="part one"\r\n\r\nnot a part\r\n--part one\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}\r\n--part one--\r\n`;
        const [part, ...others] = leaves(whole(mail));
        assert.equal(others.length, 0);
        assert.equal(lines(partText(mail, part as MailPart).excerpt.text), lines((await PostalMime.parse(mail)).text ?? ''));
      }),
      trials(),
    );
  });
});

/** Quoted-printable with a soft line break after every 60 characters. */
function quoted(content: string): string {
  const bytes = [...Buffer.from(content)].map((byte) =>
    (byte >= 33 && byte <= 126 && byte !== 61) || byte === 10 ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return bytes.map((piece, index) => (index % 60 === 59 ? `${piece}=\r\n` : piece)).join('');
}

suite('places', () => {
  const place = (text: string, part: MailPart, words: string): string => {
    const { excerpt } = partText(text, part);
    const start = excerpt.text.indexOf(words);
    const span = placeSpan(excerpt, start, start + words.length);
    return text.slice(span.start, span.end);
  };

  test('in quoted-printable text the codes are where they stand, soft line breaks inside', () => {
    const text = 'Content-Transfer-Encoding: quoted-printable\n\nGr=C3=BC=C3=9Fe: 550 5.1.1 no such us=\ner';
    assert.equal(place(text, whole(text), '550 5.1.1'), '550 5.1.1');
    assert.equal(place(text, whole(text), 'such user'), 'such us=\ner');
  });

  test('base64 leads to its first line', () => {
    const text = `Content-Transfer-Encoding: base64\n\n${Buffer.from('550 5.1.1 no').toString('base64')}\n`;
    const { excerpt, line } = partText(text, whole(text));
    assert.equal(excerpt.text, '550 5.1.1 no');
    assert.equal(text.slice(line?.start, line?.end), 'NTUwIDUuMS4xIG5v');
  });

  test('Japanese between escapes is read without a character set', () => {
    const text = 'Subject: x\n\n\x1b$B%f!<%6!<\x1b(B not found';
    assert.equal(partText(text, whole(text)).excerpt.text, 'ユーザー not found');
  });

  test('a page of HTML is its text, blocks on lines of their own', () => {
    const page = '<html><head><title>550</title></head><p>User &lt;bob&gt;<br>550 5.1.1</p></html>';
    const text = htmlText(literalExcerpt(page, { start: 0, end: page.length }));
    assert.deepEqual(text.text.split('\n').filter(Boolean), ['User <bob>', '550 5.1.1']);
    assert.equal(text.place(text.text.indexOf('550')), page.lastIndexOf('550'));
  });

  test('a page of HTML is read as deep as pages are, and no deeper', () => {
    const page = `${'<div>one'.repeat(100)}${'<b@fabrikam.com>'.repeat(5_000)}two`;
    const text = htmlText(literalExcerpt(page, { start: 0, end: page.length })).text;
    assert.equal(text.match(/one/g)?.length, 100);
    assert.ok(!text.includes('two'));
  });
});

test('what no mail should be is read all the same', () => {
  for (const text of [
    '',
    '\n',
    'Content-Type: multipart/mixed; boundary=x',
    'Content-Type: multipart/mixed\n\n--x\n',
    'Content-Type: multipart/mixed; boundary=x\n\n--x',
    `${'Content-Type: multipart/mixed; boundary=x\n\n--x\n'.repeat(50)}`,
  ]) {
    assert.ok(leaves(whole(text)).every(({ body }) => body.start <= body.end && body.end <= text.length));
  }
});
