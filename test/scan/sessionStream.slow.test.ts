/** Sessions of files as a stream: in the order of their first rows, from one file to the next, and cut where the log shows only a part. */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import fc from 'fast-check';
import type { JudgedSession, ToldSession } from '../../server/src/analysis/sessions/toldSession.ts';
import { readSessionStream, type SessionOrder } from '../../server/src/scan/sessionStream.ts';
import { conversations, scribes } from '../support/conversations.ts';
import { projectKnowledgeBase } from '../support/project.ts';
import { closing, opening, rowsOf, type Saying, sendHeader } from '../support/protocolLog.ts';
import { trials } from '../support/trials.ts';

const knowledge = projectKnowledgeBase();
const folder = mkdtempSync(join(tmpdir(), 'mailflow-lens-sessions-'));
after(() => rmSync(folder, { recursive: true, force: true }));

async function judge(order: Partial<SessionOrder>): Promise<JudgedSession[]> {
  const judged: JudgedSession[] = [];
  for await (const news of readSessionStream({ paths: ['-'], ...order }, knowledge)) if (news.kind === 'sessions') judged.push(...news.sessions);
  return judged;
}

const read = async (text: string, order: Partial<SessionOrder> = {}): Promise<ToldSession[]> => {
  const standardInput = async function* (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < text.length; at += 65_536) yield Buffer.from(text.slice(at, at + 65_536));
  };
  return (await judge({ ...order, standardInput })).map(({ session }) => session);
};

let folders = 0;
/** The sessions of files in a folder of their own; the names of files are told without it. */
async function readFiles(files: Readonly<Record<string, string>>): Promise<ToldSession[]> {
  folders += 1;
  const home = join(folder, `${folders}`);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(home, name, '..'), { recursive: true });
    writeFileSync(join(home, name), text);
  }
  const sessions = (await judge({ paths: [home] })).map(({ session }) => session);
  return JSON.parse(JSON.stringify(sessions).replaceAll(JSON.stringify(`${home}/`).slice(1, -1), '')) as ToldSession[];
}

const message: readonly Saying[] = ['> MAIL FROM:<anna@contoso.com>', '> RCPT TO:<bob@fabrikam.com>', '< 250 OK', '< 250 OK', '> BDAT 100 LAST'];
const whole: readonly Saying[] = [...opening, ...message, '< 250 2.6.0 Queued mail for delivery', ...closing];
const id = (number: number): string => `08DE5400${number.toString(16).toUpperCase().padStart(8, '0')}`;
const log = (...rows: (readonly string[])[]): string => sendHeader + rows.flat().join('');
const places = (sessions: readonly ToldSession[]): unknown[] => sessions.map(({ file, startLine, endLine, sessionId, verdict }) => [file, startLine, endLine, sessionId, verdict]);

suite('sessions', () => {
  test('are told in the order of their first rows, however they interleave and end', async () => {
    const [one, other, last] = [1, 2, 3].map((number) => rowsOf(whole, { id: id(number) })) as [string[], string[], string[]];
    const text = log(one.slice(0, 2), other, one.slice(2, 4), last, one.slice(4));
    const first = 6;
    assert.deepEqual(places(await read(text)), [
      ['-', first, first + 3 * whole.length - 1, id(1), 'delivered'],
      ['-', first + 2, first + 1 + whole.length, id(2), 'delivered'],
      ['-', first + 4 + whole.length, first + 3 + 2 * whole.length, id(3), 'delivered'],
    ]);
  });

  test('an id that comes again is another session, with its end or without', async () => {
    const sessions = await read(log(rowsOf(whole), rowsOf(whole.slice(0, -1), { at: 10 }), rowsOf(whole, { at: 20 })));
    assert.deepEqual(
      sessions.map(({ verdict, startLine }) => [verdict, startLine]),
      [
        ['delivered', 6],
        ['cut', 6 + whole.length],
        ['delivered', 5 + 2 * whole.length],
      ],
    );
  });

  test('by the thousand, each with its own rows', async () => {
    const count = 2_000;
    const rows = Array.from({ length: count }, (_, number) => rowsOf(whole, { id: id(number) }));
    const text = log(...whole.map((_, index) => rows.map((one) => one[index] as string)));
    const sessions = await read(text);
    assert.deepEqual(
      sessions.map(({ sessionId, verdict, startLine, endLine }) => [sessionId, verdict, startLine, endLine]),
      rows.map((_, number) => [id(number), 'delivered', 6 + number, 6 + number + (whole.length - 1) * count]),
    );
  });

  test('one that a file ends in the middle goes on in the next file of the log', async () => {
    const rows = rowsOf(whole);
    const sessions = await readFiles({
      'ex01/Hub/ProtocolLog/SmtpSend/SEND2026011508-1.LOG': log(rows.slice(0, 5)),
      'ex01/Hub/ProtocolLog/SmtpSend/SEND2026011508-2.LOG': log(rowsOf(whole, { id: id(2) })),
      'ex01/Hub/ProtocolLog/SmtpSend/SEND2026011509-1.LOG': log(rows.slice(5)),
      'ex02/Hub/ProtocolLog/SmtpSend/SEND2026011508-1.LOG': log(rows.slice(0, 5)),
    });
    assert.deepEqual(
      sessions.map(({ file, startLine, endLine, continued, server, verdict }) => [
        file.split('/').at(-1),
        startLine,
        endLine,
        continued?.map((one) => [one.file.split('/').at(-1), one.startLine, one.endLine]),
        server,
        verdict,
      ]),
      [
        ['SEND2026011508-1.LOG', 6, 10, [['SEND2026011509-1.LOG', 6, whole.length]], 'ex01', 'delivered'],
        ['SEND2026011508-2.LOG', 6, 5 + whole.length, undefined, 'ex01', 'delivered'],
        ['SEND2026011508-1.LOG', 6, 10, undefined, 'ex02', 'cut'],
      ],
    );
  });

  test('the places in a later file name it', async () => {
    const rows = rowsOf([...opening, ...message, '300 - Remote(ConnectionReset)']);
    const [session] = await readFiles({ 'SEND2026011508-1.LOG': log(rows.slice(0, -1)), 'SEND2026011509-1.LOG': log(rows.slice(-1)) });
    assert.deepEqual(
      [session?.verdict, session?.gaps, session?.transactions[0]?.recipients[0]?.line],
      ['dropped', [{ file: 'SEND2026011509-1.LOG', line: 6, seconds: 300.1 }], 14],
    );
  });

  test('another log does not go on with it', async () => {
    const rows = rowsOf(whole);
    const sessions = await readFiles({ 'SEND2026011508-1.LOG': log(rows.slice(0, 5)), 'b/SEND2026011509-1.LOG': log(rows.slice(5)) });
    assert.deepEqual(sessions.map(({ verdict }) => verdict).sort(), ['cut', 'cut']);
  });

  test('wherever a log is cut into two files, its sessions are those of the whole', async () => {
    const tell = ({ sessionId, verdict, tls, transactions }: ToldSession): unknown => [
      sessionId,
      verdict,
      tls,
      transactions.map(({ sender, outcome, response, recipients }) => [sender, outcome, response, recipients.length]),
    ];
    const [scribe] = scribes;
    await fc.assert(
      fc.asyncProperty(conversations(3), fc.nat(1_000), async (said, cut) => {
        const rows = said.flatMap((conversation, session) => scribe?.rows(conversation, session) ?? []);
        const at = cut % (rows.length + 1);
        const [one, other] = [rows.slice(0, at), rows.slice(at)].map((some) => `${scribe?.header}${some.join('')}`) as [string, string];
        const inTwo = await readFiles({ 'SEND2026011508-1.LOG': one, 'SEND2026011509-1.LOG': other });
        assert.deepEqual(inTwo.map(tell), (await read(`${scribe?.header}${rows.join('')}`)).map(tell));
      }),
      trials(60),
    );
  });

  test('attempts that fail one after the other are one session, until it is given up', async () => {
    const failed = '* Failed to connect. Winsock error code: 10061, Win32 error code: 10061, Error Message: No connection could be made';
    const attempts = rowsOf([failed, failed, ...whole], { id: id(1) });
    const givenUp = rowsOf([failed], { id: id(2), at: 20 });
    const late = rowsOf(['> NOOP'], { id: id(2), at: 200, from: 5 });
    assert.deepEqual(places(await read(log(attempts, givenUp, late))), [
      ['-', 6, 7 + whole.length, id(1), 'delivered'],
      ['-', 8 + whole.length, 8 + whole.length, id(2), 'connect-failed'],
      ['-', 9 + whole.length, 9 + whole.length, id(2), 'cut'],
    ]);
  });

  test('one that is silent for longer than any side waits is over, though no row says so', async () => {
    const silent = rowsOf([...opening, ...message], { id: id(1) });
    const later = (minutes: number): string[] => rowsOf(whole, { id: id(2), at: 60 * minutes });
    assert.deepEqual(
      (await Promise.all([5, 45].map((minutes) => read(log(silent, later(minutes)))))).map(([first]) => first?.verdict),
      ['cut', 'dropped'],
    );
  });

  test('a log that does not number its rows begins a session with its greeting', async () => {
    const hmailserver = scribes.find(({ name }) => name === 'hMailServer as client');
    const said = (text: string, by: 'client' | 'server' = 'server') => ({ by, text }) as const;
    const rows = hmailserver?.rows([said('220 mx.fabrikam.com'), said('EHLO a', 'client'), said('250 Hello'), said('QUIT', 'client'), said('221 Bye')], 1) ?? [];
    const sessions = await read([...rows, ...rows, ...rows.slice(0, 2), ...rows].join(''));
    assert.deepEqual(
      sessions.map(({ direction, verdict, startLine, start, localStart }) => [direction, verdict, startLine, start, localStart]),
      [
        ['send', 'unused', 1, null, '2026-01-15 08:00:00.100'],
        ['send', 'unused', 6, null, '2026-01-15 08:00:00.100'],
        ['send', 'cut', 11, null, '2026-01-15 08:00:00.100'],
        ['send', 'unused', 13, null, '2026-01-15 08:00:00.100'],
      ],
    );
  });

  test('a log that names sessions by a host begins another one after a long silence', async () => {
    const header =
      '#Software: Microsoft Internet Information Services 10.0\n#Fields: date time c-ip cs-username s-sitename s-computername s-ip s-port cs-method cs-uri-stem cs-uri-query sc-status\n';
    const row = (time: string, command: string): string => `2026-01-15 ${time} 192.0.2.50 app01 SMTPSVC1 RELAY01 192.0.2.10 0 ${command} - +x 250\n`;
    const sessions = await read([header, row('08:00:00', 'EHLO'), row('08:00:01', 'NOOP'), row('08:40:00', 'EHLO'), row('08:40:01', 'QUIT')].join(''));
    assert.deepEqual(
      sessions.map(({ sessionId, startLine, verdict }) => [sessionId, startLine, verdict]),
      [
        ['from 192.0.2.50', 3, 'unused'],
        ['from 192.0.2.50', 5, 'unused'],
      ],
    );
  });

  test('are kept by verdict and by time', async () => {
    const refused = [...opening, '> MAIL FROM:<anna@contoso.com>', '< 550 5.7.1 No', ...closing];
    const text = log(rowsOf(whole, { id: id(1) }), rowsOf(refused, { id: id(2), at: 600 }), rowsOf(whole, { id: id(3), at: 1_200 }));
    const at = (minutes: number): number => Date.parse('2026-01-15T08:00:00Z') + minutes * 60_000;
    const ids = async (order: Partial<SessionOrder>): Promise<string[]> => (await read(text, order)).map(({ sessionId }) => sessionId);
    assert.deepEqual(await ids({ verdicts: new Set(['refused']) }), [id(2)]);
    assert.deepEqual(await ids({ since: at(5) }), [id(2), id(3)]);
    assert.deepEqual(await ids({ until: at(15) }), [id(1), id(2)]);
    assert.deepEqual(await ids({ since: at(5), until: at(15), verdicts: new Set(['delivered']) }), []);
  });

  test('silences are told that are longer than was asked for', async () => {
    const rows = rowsOf([...opening, '70 > MAIL FROM:<anna@contoso.com>', '4 < 250 OK', ...closing]);
    const gaps = async (gapSeconds?: number): Promise<unknown> => (await read(log(rows), gapSeconds === undefined ? {} : { gapSeconds }))[0]?.gaps;
    assert.deepEqual(await gaps(), [{ line: 11, seconds: 70.1 }]);
    assert.deepEqual(await gaps(3), [
      { line: 11, seconds: 70.1 },
      { line: 12, seconds: 4.1 },
    ]);
  });

  test('keep what they said though the text they stood in is gone', async () => {
    // Longer than the parts whose texts stay in memory with their sessions.
    const filler = rowsOf([`> NOOP ${'x'.repeat(2_000)}`], { id: id(9), from: 3 })[0] as string;
    const rows = rowsOf(whole, { id: id(1) });
    const text = log(rows.slice(0, 7), Array<string>(10_000).fill(filler), rows.slice(7));
    const [session] = await read(text);
    assert.equal(session?.verdict, 'delivered');
    assert.deepEqual(
      session?.transactions,
      (await read(log(rows)))[0]?.transactions.map((one) => ({
        ...one,
        line: (one.line ?? 0) + 10_000,
        recipients: one.recipients.map((recipient) => ({ ...recipient, line: recipient.line + 10_000 })),
      })),
    );
  });

  test('more of them than any server has are told as they stand, or out of order, and each once', async () => {
    const many = 21_000;
    const open = Array.from({ length: many }, (_, number) => rowsOf(['+'], { id: id(number) }).join(''));
    const ids = open.map((_, number) => id(number));
    assert.deepEqual(
      (await read(log(open))).map(({ sessionId, verdict }) => `${sessionId} ${verdict}`),
      ids.map((one) => `${one} cut`),
    );
    const first = rowsOf(whole, { id: id(many) });
    const ended = ids.map((one) => rowsOf(['+', '- Local'], { id: one }).join(''));
    const told = await read(log(first.slice(0, 2), ended, first.slice(2)));
    assert.deepEqual(told.map(({ sessionId }) => sessionId).sort(), [...ids, id(many)].sort());
    assert.equal(told.find(({ sessionId }) => sessionId === id(many))?.verdict, 'delivered');
  });
});
