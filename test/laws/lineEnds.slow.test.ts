/** LF, CRLF and CR say the same: the form of the line ends changes nothing of what is found, and a capture never holds one. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { findFindings } from '../../server/src/analysis/findings.ts';
import { Locator } from '../../server/src/analysis/located.ts';
import { createTextReader } from '../../server/src/analysis/textReader.ts';
import { createTextBuffer } from '../../server/src/files/textBuffer.ts';
import { readBlocks } from '../../server/src/formats/index.ts';
import { withWholeCaptures } from '../../server/src/smtp/captures.ts';
import { offsetAbove, offsetBelow, textAbove, textBelow } from '../../server/src/text/lineEnds.ts';
import { LineFeedText } from '../../server/src/text/lineFeeds.ts';
import type { LogRecord, Span } from '../../server/src/values.ts';
import { locatorOf } from '../support/findings.ts';
import { spoil } from '../support/fuzz/cases.ts';
import { pickText } from '../support/fuzz/corpus.ts';
import { Random } from '../support/fuzz/random.ts';
import { type LineEnds, lineEnds, withLineEnds } from '../support/lineEnds.ts';
import { completeLog, readMarks } from '../support/marks.ts';
import { filesBelow, projectKnowledge, projectKnowledgeBase, root } from '../support/project.ts';
import { trials } from '../support/trials.ts';

const knowledge = projectKnowledgeBase();
const logs = [...filesBelow('test/logs').filter((path) => !path.endsWith('.expected')), ...filesBelow('samples').filter((path) => !path.endsWith('.md'))];
const texts = logs.map((path) => withLineEnds(readFileSync(join(root, path), 'utf8').replace(/^\uFEFF/, ''), '\n'));
const samples = projectKnowledge().documents.flatMap(({ samples: own }) => own.map(({ format, text }) => readMarks(completeLog(format, text)).text));

/** All that is told of a text, the line ends in what is shown as LF. */
function tell(text: string): string[] {
  const locator = locatorOf('a.log', text);
  const said = ({ start, end }: Span): string => withLineEnds(text.slice(start, end), '\n');
  const findings = findFindings(text, knowledge).map((finding) => {
    const { places, response, what } = finding.record;
    return JSON.stringify([locator.locate(finding), places.map(said), response?.command, what]);
  });
  const blocks = readBlocks(text).map(({ name, detail, span }) => JSON.stringify([name, detail, said(span)]));
  return [...findings, ...blocks];
}

function assertAlike(text: string, ends: readonly LineEnds[] = lineEnds): void {
  const expected = tell(withLineEnds(text, '\n'));
  for (const end of ends) assert.deepEqual(tell(withLineEnds(text, end)), expected, `${JSON.stringify(end)}: ${JSON.stringify(text.slice(0, 2_000))}`);
}

/** Logs and pieces of them as somebody else has changed them: the same ones each time. */
function* changedTexts(seed: number, count: number): Generator<string> {
  const random = new Random(seed);
  for (let left = count; left > 0; left--) {
    const text = pickText(random);
    const start = random.oneIn(3) ? 0 : random.below(text.length);
    yield spoil(text.slice(start, start === 0 ? text.length : start + 3_000), random, random.between(1, 6));
  }
}

suite('line ends make no difference', () => {
  for (const [index, path] of logs.entries()) test(path, () => assertAlike(texts[index] as string));

  test('in samples of failures', () => {
    for (const sample of samples) assertAlike(sample);
  });

  test('in logs that somebody has changed', () => {
    for (const text of changedTexts(2004, 250)) assertAlike(text);
  });

  const report = 'Final-Recipient: rfc822; b@fabrikam.com\nAction: failed\n';
  const lines = (count: number): string => 'a\n'.repeat(count);
  const smallest: Readonly<Record<string, string>> = {
    'a field cut short': 'Final-Recipient:550 c\ne\ne\n"\n>:451 o',
    'a recipient above a bounce': `b@fabrikam.com\n${'\n'.repeat(11)}#550 5.1.1 x ##`,
    'a field near a status': `Action: failed\n${lines(130)}Status: 5.1.1\n`,
    'a field far from a status': `Action: failed\n${lines(150)}Status: 5.1.1\n`,
    'headers near a bounce': `${report}Diagnostic-Code: smtp; 550 5.1.1 x\n\n${lines(290)}Message-ID: <a1@contoso.com>\nFrom: a@contoso.com\n`,
    'a diagnostic of many lines': `${report}Diagnostic-Code: smtp; 550 5.1.1 x\n${lines(1_990)}550 5.7.1 y\n`,
    'two bounces below each other': `${report}\n${lines(2_900)}${report}Diagnostic-Code: smtp; 550 5.1.1 x\n`,
    'a code below its label': 'The server response was:\n5.7.1 Unable to relay\n',
    'a reply of many lines': `${'550-5.7.1 x\n'.repeat(334)}550 5.7.1 y\n`,
    'a notice far above a reply': `This is a warning message only\n${lines(480)}451 4.7.1 Try again later\n`,
    'a sentence of many lines': `From: MAILER-DAEMON\nSubject: Undelivered\n\n<b@fabrikam.com>:\n${'no such mailbox\n'.repeat(38)}`,
    'a bounce in base64': `From: MAILER-DAEMON\nSubject: Undelivered\nContent-Transfer-Encoding: base64\n\n${Buffer.from('Generating server: ex01.contoso.com\r\n\r\nb@fabrikam.com\r\n#550 5.1.1 x ##\r\n').toString('base64')}\n`,
    'a name in two lines of a cell': '1/15/2026,9:15:42,MSExchangeTransport,2004,,"Send connector Outbound\nto: Message"',
    'a time in two lines of an attribute': `<Event><Provider Name='MSExchangeTransport'/><EventID>2004</EventID><TimeCreated SystemTime='2026\nZ'/></Event>`,
    'an event whose XML is not closed': 'a:MSExchangeTransport\nD:2004\ni:\n\na:\n<Event><Provider Name="MSExchangeTransport"><EventID>2004<v><Computer></y .\n\n',
    'many fields above a message': `SourceName=MSExchangeTransport\nEventCode=2004\nKeywords=a\n${lines(950)}Message=x`,
    'a list behind its name': '{"ProviderName":\n\n\n\n\n\n\n\n"MSExchangeTransport", "Id": 2004, "Message": "x"}',
    'an object of many lines': `{"ProviderName": "MSExchangeTransport",\n"Id": 2004, "Message": "550 5.1.1 x",\n${'"Level": 4,\n'.repeat(2_700)}"Task": 2}\n`,
    'a line of blanks': `Source:MSExchangeTransport\nEvent ID:2004\nDescription:\nx\n${' '.repeat(399)}\n550 5.1.1 y`,
  };
  for (const [name, text] of Object.entries(smallest)) {
    test(name, () => {
      assertAlike(text);
      assert.equal(tell(text).length === 0, name.includes('far from'), 'something is found in it');
    });
  }

  test('where a log with CR alone is read in parts', () => {
    const text = withLineEnds(texts.join('\n').repeat(2), '\r');
    const locator = new Locator('a.log');
    const found: string[] = [];
    const reader = createTextReader(knowledge, createTextBuffer(), { lengths: { usual: 5_000, longest: 2_000_000, below: 5_000 } });
    const put = (part: ReturnType<typeof reader.add>): void => {
      if (!part) return;
      locator.begin(part);
      for (const finding of part.findings) found.push(JSON.stringify(locator.locate(finding)));
      locator.end(part.end);
    };
    for (let at = 0; at < text.length; at += 1_000) put(reader.add(text.slice(at, at + 1_000)));
    put(reader.end());
    const whole = locatorOf('a.log', text);
    assert.deepEqual(
      found,
      findFindings(text, knowledge).map((finding) => JSON.stringify(whole.locate(finding))),
    );
    assert.ok(found.length > 100);
  });
});

suite('windows', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r\n', '\r', 'b'), maxLength: 30 });
  /** Places that are not inside a line end, with their place in the same text with LF. */
  const places = (written: string): { readonly at: number; readonly plain: number }[] =>
    [...Array(written.length + 1).keys()]
      .filter((at) => !(written[at] === '\n' && written[at - 1] === '\r'))
      .map((at) => ({ at, plain: written.slice(0, at).replaceAll('\r\n', '\n').length }));

  test('reach as far in any form', () => {
    fc.assert(
      fc.property(text, fc.nat(40), fc.nat(40), (written, number, count) => {
        const plain = written.replaceAll('\r\n', '\n');
        const all = places(written);
        const place = all[number % all.length] as { at: number; plain: number };
        const offsetOf = (wanted: number): number => (all.find((one) => one.plain === wanted) as { at: number }).at;
        assert.equal(textBelow(written, place.at, count), plain.slice(place.plain, place.plain + count));
        assert.equal(textAbove(written, place.at, count), plain.slice(Math.max(0, place.plain - count), place.plain));
        const [above, below] = [offsetAbove(written, place.at, count), offsetBelow(written, place.at, count)];
        assert.ok(above === offsetOf(Math.max(0, place.plain - count)) || written.slice(above, above + 1) === '\n');
        assert.ok(below === offsetOf(Math.min(plain.length, place.plain + count)) || written.slice(below - 1, below + 1) === '\r\n');
      }),
      trials(3_000),
    );
  });

  test('and a text with LF knows its places in the log', () => {
    fc.assert(
      fc.property(text, (written) => {
        const lines = new LineFeedText(written);
        assert.equal(lines.text, written.replaceAll('\r\n', '\n'));
        for (const { at, plain } of places(written)) assert.deepEqual([lines.place(plain), lines.index(at)], [at, plain]);
      }),
      trials(1_000),
    );
  });
});

suite('captures', () => {
  /** One line, nothing but characters that show, and something in it. */
  const isLine = (value: string | undefined): boolean => value !== undefined && /^[^\p{Cc}\u2028\u2029]+$/u.test(value) && value === value.trim();
  const assertLines = (text: string): void => {
    for (const { record } of findFindings(text, knowledge))
      for (const [name, value] of Object.entries(record.captures))
        assert.ok(isLine(value), `${name} ${JSON.stringify(value)} of ${record.format} in ${JSON.stringify(text.slice(0, 2_000))}`);
  };

  test('are one line each in every log and sample, whatever its line ends', () => {
    for (const text of [...texts, ...samples]) for (const end of lineEnds) assertLines(withLineEnds(text, end));
  });

  test('are one line each in logs that somebody has changed', () => {
    for (const text of changedTexts(2005, 600)) assertLines(text);
  });

  const event = (name: string): string => `<Event><Provider Name='MSExchangeTransport'/><EventID>2004</EventID><Computer>${name}</Computer></Event>`;
  const server = (text: string): string | undefined => findFindings(text, knowledge)[0]?.record.captures.server;

  test('lose the layout around them, and are left out where a line break or a control character stands inside', () => {
    assert.equal(server(event('\n  ex01.contoso.com\r\n')), 'ex01.contoso.com');
    for (const inside of ['\n', '\r\n', '\r', '\t', '\u0000', '\u0085', '\u009b', '\u2028', '\u2029', '\u007f']) assert.equal(server(event(`ex01${inside}contoso.com`)), undefined);
    for (const empty of ['', ' ', '\n', '\u00a0']) assert.equal(server(event(empty)), undefined);
  });

  test('and so is what ended a session, where a CR alone stands in it', () => {
    const fields = 'date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context';
    const row = '2026-01-15T08:00:00.000Z,Internet,08DE540000000A01,7,192.0.2.10:40001,198.51.100.25:25,*,,TLS negotiation failed with error UntrustedRoot:\rno chain';
    const found = findFindings(`#Software: Microsoft Exchange Server\n#Log-type: SMTP Send Protocol Log\n#Fields: ${fields}\n${row}\n`, knowledge);
    assert.deepEqual(
      found.map(({ record }) => record.response?.text),
      ['TLS negotiation failed with error UntrustedRoot: no chain'],
    );
  });

  test('and so is what stands behind a labelled code', () => {
    const found = findFindings('x dsn=5.7.57, Client not\rauthenticated\n', knowledge);
    assert.deepEqual(
      found.map(({ record }) => record.response?.text),
      ['5.7.57, Client not authenticated'],
    );
  });

  test('of a record that has whole ones are not touched', () => {
    const span = { start: 0, end: 1 };
    const record: LogRecord = { format: 'text', what: 'failed', span, mark: span, places: [span], captures: { server: 'ex01', recipient: 'ä b@fabrikam.com' } };
    assert.equal(withWholeCaptures(record), record);
  });
});
