/** A finding goes in, the object that all outputs show comes out: its members and its positions. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { Finding } from '../../server/src/failures.ts';
import { LocatedWriter } from '../../server/src/report/locatedJson.ts';
import { printableJson } from '../../server/src/text/visible.ts';
import { captureNames } from '../../server/src/values.ts';
import { failure, finding, located, locatorOf, response } from '../support/findings.ts';
import { hostileText } from '../support/hostileText.ts';
import { trials } from '../support/trials.ts';

suite('a located finding', () => {
  test('has the members of the contract in their order', () => {
    const text = 'first\nsecond 454 4.7.0 Failed';
    const record = { response, event: { source: 'MSExchangeTransport', id: 2004, span: { start: 0, end: 5 } }, time: '2026-01-01T10:00:00.000Z', localTime: 'unused' };
    const value = locatorOf('a.log', text).locate(finding(text, '454 4.7.0', { ...record, captures: { messageId: '<a@contoso.com>', sendConnector: 'Internet' } }));
    assert.equal(
      JSON.stringify(value),
      '{"file":"a.log","startLine":2,"startColumn":8,"endLine":2,"endColumn":17,"format":"smtp-send","failure":"tls-untrusted-root","category":"tls","title":"The certificate is not trusted","severity":"error","permanence":"transient","replyCode":454,"enhancedCode":"4.7.0","response":"454 4.7.0 Failed","event":{"source":"MSExchangeTransport","id":2004},"time":"2026-01-01T10:00:00.000Z","captures":{"sendConnector":"Internet","messageId":"<a@contoso.com>"}}',
    );
  });

  test('has null for what the log does not say, and the local time only without a time', () => {
    const record = { localTime: '1/15/2026 9:15:42 AM' };
    const { permanence: _, ...unknown } = finding('abc', 'b', record, null);
    const value = locatorOf('a.log', 'abc').locate(unknown as Finding);
    assert.deepEqual(
      [value.failure, value.permanence, value.replyCode, value.enhancedCode, value.response, value.event, value.time, value.localTime],
      [null, null, null, null, null, null, null, '1/15/2026 9:15:42 AM'],
    );
    assert.ok(!('localTime' in locatorOf('a.log', 'abc').locate(finding('abc', 'b'))));
  });

  test('is written as JSON as any value is, whatever the log, the document and the name of the file say', () => {
    const record = fc.record(
      {
        response: fc.record({ replyCode: fc.constantFrom(450, 554), enhancedCode: hostileText, text: hostileText }, { requiredKeys: ['text'] }),
        event: fc.record({ source: hostileText, id: fc.nat() }),
        time: hostileText,
        localTime: hostileText,
        captures: fc.dictionary(fc.constantFrom(...captureNames), hostileText),
      },
      { requiredKeys: [] },
    );
    // One for all, so that what it remembers of others is tried too.
    const writer = new LocatedWriter();
    fc.assert(
      fc.property(record, fc.option(hostileText), hostileText, (said, title, file) => {
        const value = located(said, title === null ? null : { ...failure, id: title, title }, file);
        assert.equal(writer.write(value), printableJson(value));
      }),
      trials(1_000),
    );
  });

  const lines: [string, string, string][] = [
    ['LF', 'a\n\nb«X»', '3:2-3:3'],
    ['CRLF', 'a\r\n\r\nb«X»', '3:2-3:3'],
    ['a lone CR, as in editors', 'a\rb\r«X»', '3:1-3:2'],
    ['characters beyond U+FFFF as two columns', '\u{1F4EC}«X»', '1:3-1:4'],
    ['a mark over a line end', 'a«X\r\nX»', '1:2-2:2'],
    ['the end of the text', 'a\n«X»', '2:1-2:2'],
  ];
  for (const [name, marked, expected] of lines) {
    test(`counts ${name}`, () => {
      const text = marked.replace(/[«»]/g, '');
      const { startLine, startColumn, endLine, endColumn } = locatorOf('a', text).locate(finding(text, /«([\s\S]*)»/.exec(marked)?.[1] ?? ''));
      assert.equal(`${startLine}:${startColumn}-${endLine}:${endColumn}`, expected);
    });
  }

  test('has the same position in whatever order the findings are located', () => {
    const anyText = fc.array(fc.constantFrom('a', '\n', '\r', '\r\n', '\u{1F4EC}'), { maxLength: 40 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(anyText, fc.array(fc.nat(80), { maxLength: 10 }), (text, offsets) => {
        const locator = locatorOf('a', text);
        for (const offset of offsets.map((any) => Math.min(any, text.length))) {
          const mark = { start: offset, end: offset };
          const { startLine, startColumn } = locator.locate({ ...finding('a', 'a'), record: { ...finding('a', 'a').record, mark } });
          // Between CR and LF the line has not ended yet.
          const before = text.slice(0, offset).split(text[offset] === '\n' ? /\r\n|\n|\r(?!$)/ : /\r\n|\n|\r/);
          assert.deepEqual([startLine, startColumn], [before.length, (before.at(-1)?.length ?? 0) + 1]);
        }
      }),
      trials(),
    );
  });
});
