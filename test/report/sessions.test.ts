/** The outputs of sessions: for people, for programs, and the transcript of one. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { type SessionFormat, sessionReports } from '../../server/src/report/sessions.ts';
import { readSessionStream, type SessionOrder } from '../../server/src/scan/sessionStream.ts';
import { hostileText } from '../support/hostileText.ts';
import { projectKnowledgeBase, root } from '../support/project.ts';
import { closing, opening, sendLog } from '../support/protocolLog.ts';
import { trials } from '../support/trials.ts';

const log = readFileSync(join(root, 'test/logs/SEND2026011509-1.LOG'));

async function write(format: SessionFormat, text: string | Uint8Array, order: Partial<SessionOrder> = {}, hasColor = false): Promise<string> {
  const report = sessionReports[format]({ hasColor });
  const standardInput = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text);
  };
  let written = '';
  for await (const news of readSessionStream({ paths: ['-'], standardInput, ...order }, projectKnowledgeBase())) {
    if (news.kind === 'sessions') for (const judged of news.sessions) written += report.session(judged);
  }
  // How a failure is called changes with its document.
  return written.replace(/^( {24,})\(.+\)$/gm, '$1(what is known of it)') + report.end({ files: 1, bytes: 0, leftOut: 0, unreadable: [] });
}

suite('the outputs of sessions', () => {
  const outputs: readonly (readonly [string, SessionFormat, Partial<SessionOrder>])[] = [
    ['sessions.txt', 'text', {}],
    ['sessions.ndjson', 'ndjson', {}],
    ['transcript.txt', 'text', { transcriptOf: '08DE54000000D001' }],
  ];
  for (const [name, format, order] of outputs) {
    test(name, async () => {
      const written = await write(format, log, order);
      const expected = join(root, 'test/data', name);
      if (process.env['UPDATE_EXPECTED']) writeFileSync(expected, written);
      assert.ok(existsSync(expected), `there is no ${expected}: run with UPDATE_EXPECTED=1 and read what it writes`);
      assert.equal(written, readFileSync(expected, 'utf8'));
    });
  }

  test('an id is found however its letters are written', async () => {
    assert.match(await write('text', log, { transcriptOf: '08de54000000d004' }), /Session 08DE54000000D004: dropped/);
    assert.equal(await write('text', log, { transcriptOf: 'nothing' }), 'No session found in 1 file.\n');
  });

  test('a transcript for programs has the line of each row', async () => {
    const { transcript } = JSON.parse(await write('ndjson', log, { transcriptOf: '08DE54000000D005' })) as { readonly transcript: readonly object[] };
    assert.deepEqual(transcript.slice(0, 2), [
      { line: 76, text: '    +0.000 s === attempting to connect' },
      {
        line: 117,
        text: '   +20.100 s === Failed to connect. Winsock error code: 10060, Win32 error code: 10060, Destination domain: archive.adatum.com, Error Message: A connection attempt failed because the connected party did not properly respond after a period of time 203.0.113.77:25.',
      },
    ]);
  });

  test('colour changes nothing but the colour', async () => {
    assert.equal((await write('text', log, {}, true)).replace(/\u001B\[\d+m/g, ''), await write('text', log));
  });

  for (const format of ['text', 'ndjson'] as const) {
    for (const transcriptOf of [undefined, '08DE540000000A01']) {
      test(`hostile text stays on its line: ${format}${transcriptOf ? ', transcript' : ''}`, async () => {
        const cell = hostileText.map((text) => text.replace(/[\r\n]/g, ' '));
        await fc.assert(
          fc.asyncProperty(cell, cell, async (host, reply) => {
            const text = sendLog([...opening.slice(0, 2), `< 220 ${host}`, `> MAIL FROM:<a@contoso.com> ${host}`, `70 < 550 5.1.1 ${reply}`, `* ${reply}`, ...closing], {
              connector: '"A, b"',
              remote: '203.0.113.25:25',
            });
            const written = await write(format, text, transcriptOf === undefined ? {} : { transcriptOf });
            assert.doesNotMatch(written, /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
            if (format === 'ndjson') assert.equal(written.trimEnd().split('\n').length, 1);
          }),
          trials(50),
        );
      });
    }
  }
});
