/** The bundled language server counts characters as it was agreed, in every direction and after any edit. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { at, chosenEdit, eventLog, hover, hoverText, pull, pulling, resolving, untrusted } from '../support/editor.ts';
import { applyWorkspaceEdit, type Encoding, positionOf, textAt } from '../support/edits.ts';
import { startServer } from '../support/languageClient.ts';
import { readProjectFile } from '../support/project.ts';

suite('server: position encodings', () => {
  const name = 'Träger € \u{1F4EC}\u{1F4EC} nach Süden';
  const text = `${eventLog(name)}\n\u{1F4EC} 550 5.1.1 User unknown\n`;
  const uri = 'untitled:events.log';
  const offers: readonly [readonly string[], Encoding][] = [
    [['utf-8', 'utf-16'], 'utf-8'],
    [['utf-32', 'utf-8'], 'utf-8'],
    [['utf-16', 'utf-8'], 'utf-16'],
    [['utf-32'], 'utf-16'],
  ];
  for (const [offered, encoding] of offers) {
    test(`${encoding} where ${offered.join(', ')} is offered, in answers, questions and edits`, async () => {
      const client = await startServer(pulling(...offered));
      assert.equal(client.initialized.capabilities.positionEncoding, encoding);
      client.open(uri, text);
      const marksOf = async (shown: string): Promise<string[]> => (await pull(client, uri)).map(({ range }) => textAt(shown, range, encoding));
      assert.deepEqual(await marksOf(text), ['454 4.7.0', '550 5.1.1']);
      const found = await hover(client, uri, at(text, 'UntrustedRoot', encoding));
      assert.equal(found?.range && textAt(text, found.range, encoding), untrusted);
      assert.equal(await hover(client, uri, positionOf(text, text.indexOf('454') - 1, encoding)), null);
      const place = positionOf(text, text.indexOf(' nach'), encoding);
      client.change(uri, 2, [
        { range: { start: place, end: place }, text: '\u{1F4EC}é' },
        { range: { start: positionOf(text, text.indexOf('\u{1F4EC}'), encoding), end: place }, text: '' },
      ]);
      assert.deepEqual(await marksOf(text.replace('\u{1F4EC}\u{1F4EC} nach', '\u{1F4EC}é nach')), ['454 4.7.0', '550 5.1.1']);
      const changed = await hoverText(client, uri, positionOf(text, text.indexOf('UntrustedRoot'), encoding));
      assert.ok(changed.value.includes('Träger € \u{1F4EC}é nach Süden'), changed.value);
      await client.stop();
    });
  }
  test('UTF-16 where nothing is offered, and UTF-8 in the edit of a script too', async () => {
    const [plain, bytes] = await Promise.all([startServer(), startServer({ capabilities: { general: { positionEncodings: ['utf-8'] }, textDocument: resolving } })]);
    assert.equal(plain.initialized.capabilities.positionEncoding, 'utf-16');
    const [log, scratch] = ['file:///logs/events.log', 'file:///logs/mailflow-remediation.ps1'];
    bytes.open(log, text);
    bytes.open(scratch, '# Grüße \u{1F4EC}', 'powershell');
    const files = new Map([[scratch, '# Grüße \u{1F4EC}']]);
    applyWorkspaceEdit(files, await chosenEdit(bytes, log, at(text, '454', 'utf-8')), 'utf-8');
    assert.ok(files.get(scratch)?.startsWith('# Grüße \u{1F4EC}\n\n#region Mailflow Lens: '));
    await Promise.all([plain.stop(), bytes.stop()]);
  });
});

suite('server: edits', () => {
  const pieces = [
    '',
    '\r\n',
    '\n',
    '\r',
    '"',
    ',',
    '>',
    ' ',
    '\u{1F4EC}',
    'é',
    '454 4.7.0 ',
    '550-5.1.1 User\r\n',
    '550 5.1.1 User unknown',
    'Source:        MSExchangeTransport\nEvent ID: 2004\n',
    '#Fields: ',
  ];
  const pieceLengths = [0, 0, 1, 3, 40, 400];
  /** Numbers from 0 to 1, the same in each run (a linear congruential generator, modulus 2 to the 32nd). */
  function numbers(seed: number): (below: number) => number {
    let state = seed;
    return (below) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
  }
  /** A place where a cursor can stand: not inside a line end or a character. */
  const place = (text: string, offset: number): number => (/^(?:\r\n|[\uD800-\uDBFF][\uDC00-\uDFFF])/.test(text.slice(Math.max(0, offset - 1), offset + 1)) ? offset - 1 : offset);

  for (const encoding of ['utf-16', 'utf-8'] as const) {
    test(`after many of them the findings are those of the same text opened afresh (${encoding})`, async () => {
      const client = await startServer(pulling(encoding));
      const next = numbers(2004);
      const uri = 'untitled:edited.log';
      let text = readProjectFile('samples/SEND2026011508-1.LOG').replaceAll('Internet mail', 'Träger \u{1F4EC}') + eventLog();
      client.open(uri, text);
      const counts = new Set<number>();
      for (let version = 2; version <= 121; version += 1) {
        const start = place(text, next(text.length + 1));
        const end = place(text, Math.min(text.length, start + (pieceLengths[next(pieceLengths.length)] ?? 0)));
        const range = { start: positionOf(text, start, encoding), end: positionOf(text, Math.max(start, end), encoding) };
        const added = pieces[next(pieces.length)] ?? '';
        client.change(uri, version, [{ range, text: added }]);
        text = text.slice(0, start) + added + text.slice(Math.max(start, end));
        if (version % 10 !== 1) continue;
        const fresh = `untitled:${version}.log`;
        client.open(fresh, text);
        const [edited, opened] = await Promise.all([pull(client, uri), pull(client, fresh)]);
        assert.deepEqual(JSON.parse(JSON.stringify(edited).replaceAll(uri, fresh)), opened, `after version ${version}`);
        counts.add(edited.length);
      }
      assert.ok(counts.size > 1 && !counts.has(0), 'the edits should change some findings and leave others');
      await client.stop();
    });
  }
});
