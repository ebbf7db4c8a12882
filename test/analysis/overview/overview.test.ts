/** What the overview says of failures: over time, whose they are, what went well before and after, what changed, and which logs would tell more. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { actingRole } from '../../../server/src/analysis/overview/actors.ts';
import { countBins, TimeCells } from '../../../server/src/analysis/overview/timeCells.ts';
import { projectKnowledgeBase } from '../../support/project.ts';
import { protocolRows } from '../../support/sendLog.ts';
import { reportOf, trackingLog } from '../../support/trackingLog.ts';
import { trials } from '../../support/trials.ts';

const refused = '[{LED=550 5.1.1 User unknown};{MSG=};{FQDN=mx.fabrikam.com};{IP=203.0.113.25};{LRT=}]';
const busy = '[{LED=451 4.7.0 Temporary server error. Please try again later. PRX2};{MSG=};{FQDN=mx.fabrikam.com};{IP=203.0.113.25};{LRT=}]';
const tracking = 'ex01/MessageTracking/MSGTRK2026011508-1.LOG';

suite('counts over time', () => {
  const failure = fc.record({
    at: fc.nat(30 * 86_400_000),
    destination: fc.constantFrom('a', 'b', '__proto__'),
    format: fc.constantFrom('smtp-send', 'message-tracking'),
    failure: fc.constantFrom('one', 'two'),
  });
  const fold = (failures: readonly { at: number; destination: string; format: string; failure: string }[]): TimeCells => {
    const cells = new TimeCells();
    for (const { at, ...counted } of failures) cells.add(at, { what: 'failed', ...counted }, { file: 'f', line: 1 }, 1);
    return cells;
  };

  test('joined from parts are those of the whole', () => {
    fc.assert(
      fc.property(fc.array(failure, { maxLength: 60 }), fc.nat(60), (all, cut) => {
        const joined = fold(all.slice(0, cut));
        joined.join(fold(all.slice(cut)));
        assert.deepEqual(countBins(joined, 60), countBins(fold(all), 60));
      }),
      trials(100),
    );
  });

  test('stand in wider slots where there are too many, and none is lost', () => {
    const cells = new TimeCells();
    const count = 120_000;
    for (let minute = 0; minute < count; minute += 1) cells.add(minute * 60_000, { what: 'failed', failure: 'one', destination: 'a', format: 'text' }, { file: 'f', line: 1 }, 1);
    assert.ok([...cells.all()].length <= 50_000);
    assert.equal(cells.minutes, 5);
    assert.equal(
      countBins(cells, 60).reduce((sum, bin) => sum + bin.count, 0),
      count,
    );
  });

  test('tell an attempt once that stands in several logs', () => {
    const one = { at: 0, destination: 'a', failure: 'one' };
    const cells = fold([
      { ...one, format: 'smtp-send' },
      { ...one, format: 'message-tracking' },
      { ...one, at: 1_000, format: 'smtp-send' },
    ]);
    assert.deepEqual(
      countBins(cells, 60).map(({ count }) => count),
      [2],
    );
  });

  test('fill a picture without holes, with the line that each column leads to', async () => {
    const { times } = await reportOf({
      [tracking]: trackingLog(
        { event: 'SMTP FAIL', at: 0, 'recipient-status': refused, 'connector-id': 'Internet' },
        { event: 'SMTP SENDEXTERNAL', at: 100, 'connector-id': 'Internet', 'message-id': '<two@contoso.com>' },
        { event: 'SMTP FAIL', at: 190, 'recipient-status': refused, 'connector-id': 'Internet', 'message-id': '<three@contoso.com>' },
      ),
    });
    assert.equal(times.minutes, 1);
    assert.deepEqual(
      times.bins.map(({ from, delivered, categories, destinations, first }) => [from.slice(11, 16), delivered, categories, destinations, first?.line]),
      [
        ['08:00', 0, [{ category: 'recipient-unknown', count: 1 }], [{ destination: 'Internet', count: 1 }], 6],
        ['08:01', 1, [], [], undefined],
        ['08:02', 0, [], [], undefined],
        ['08:03', 0, [{ category: 'recipient-unknown', count: 1 }], [{ destination: 'Internet', count: 1 }], 8],
      ],
    );
  });
});

suite('who must act', () => {
  test('is understood of nearly every document', () => {
    const failures = projectKnowledgeBase().failures.filter(({ kind }) => kind === 'failure');
    const unclear = failures.filter(({ whoActs }) => actingRole((whoActs.split('.')[0] as string).replace(/\s+/g, ' ')) === undefined);
    assert.ok(unclear.length <= failures.length / 10, unclear.map(({ id }) => id).join(', '));
  });

  test('is left open where it depends on what no log shows', () => {
    assert.equal(actingRole('The administrator of the sending server; the other one can only wait.'), 'sending');
    assert.equal(actingRole("The administrator of the sending server, if several destinations fail; otherwise the destination's."), undefined);
  });

  test('is the same whoever reads it, seen from the server that wrote the log', async () => {
    const actorsOf = async (answer: string, event: string): Promise<unknown> =>
      (await reportOf({ [tracking]: trackingLog({ event, 'recipient-status': answer, 'connector-id': 'Internet' }) })).actors;
    assert.deepEqual(await actorsOf(refused, 'SMTP FAIL'), { us: 0, them: 0, sender: 1, nobody: 0, unclear: 0 });
    assert.deepEqual(await actorsOf(busy, 'SMTP DEFER'), { us: 0, them: 1, sender: 0, nobody: 0, unclear: 0 });
    const received = async (says: string): Promise<unknown> =>
      (await reportOf({ 'ex01/FrontEnd/ProtocolLog/SmtpReceive/RECV2026011508-1.LOG': protocolRows('receive', [{ says }]) })).actors;
    assert.deepEqual(await received('452 4.3.1 Insufficient system resources'), { us: 1, them: 0, sender: 0, nobody: 0, unclear: 0 });
    // A stranger may have tried, or a device of ours.
    assert.deepEqual(await received('550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain'), { us: 0, them: 0, sender: 0, nobody: 0, unclear: 1 });
  });
});

suite('before and after a failure', () => {
  const row = { 'connector-id': 'Internet', 'client-hostname': 'EX01' };

  test('the last success over the connector, the last one to the domain, and the next one are told', async () => {
    const { onsets, recovery, permanence } = await reportOf({
      [tracking]: trackingLog(
        { ...row, event: 'SMTP SENDEXTERNAL', at: 10 },
        { ...row, event: 'SMTP SENDEXTERNAL', at: 20, 'recipient-address': 'x@adatum.com', 'message-id': '<other@contoso.com>' },
        { ...row, event: 'SMTP DEFER', at: 30, 'recipient-status': busy, 'message-id': '<two@contoso.com>' },
        { ...row, event: 'SMTP SENDEXTERNAL', at: 330, 'message-id': '<two@contoso.com>' },
        { ...row, event: 'SMTP FAIL', at: 400, 'recipient-status': refused, 'message-id': '<three@contoso.com>' },
      ),
    });
    const [second, first] = onsets.map(({ failure, lastSuccess, lastSuccessTo, nextSuccess, recovered, unresolved }) => [
      failure,
      ...[lastSuccess?.line, lastSuccessTo?.domain, lastSuccessTo?.line, nextSuccess?.line, recovered, unresolved],
    ]);
    assert.deepEqual(first, ['recipient-unknown', 9, 'fabrikam.com', 9, undefined, 0, 1]);
    assert.deepEqual(second, ['front-end-proxy-failed', 7, 'fabrikam.com', 6, 9, 1, 0]);
    assert.deepEqual(recovery, { recovered: 1, unresolved: 1 });
    assert.deepEqual(permanence, { transient: 1, permanent: 1, unstated: 0 });
  });

  test('a service that started in between is told by the session ids that count from it, and no other start is', async () => {
    const ticks = (time: string): string => (BigInt(Date.parse(time)) * 10_000n + 621_355_968_000_000_000n).toString(16).toUpperCase().padStart(16, '0');
    const sent = (id: string, at: string, says: string): Parameters<typeof protocolRows>[1][number] => ({ id, at, says });
    const told = async (start: string): Promise<string[]> => {
      const log = protocolRows('send', [
        sent(ticks('2026-01-10T00:00:00Z'), '2026-01-15T08:00:00.000Z', '250 2.1.5 Recipient OK'),
        sent(start, '2026-01-15T08:20:00.000Z', '451 4.7.0 Temporary server error. Please try again later. PRX2'),
      ]);
      const { onsets } = await reportOf({ 'ex01/Hub/ProtocolLog/SmtpSend/SEND2026011508-1.LOG': log });
      return onsets.flatMap(({ before }) => before.map(({ time, what }) => `${time} ${what}`));
    };
    assert.deepEqual(await told(ticks('2026-01-15T08:15:00Z')), ['2026-01-15T08:15:00.000Z the transport service started: its session ids count from this time']);
    assert.deepEqual(await told(ticks('2026-01-10T00:00:00.0Z')), []);
    assert.deepEqual(await told(ticks('2026-01-15T09:15:00Z')), []);
  });

  test('a connector is new where the logs show for a while that it was not there', async () => {
    const first = async (at: number): Promise<string[]> => {
      const { onsets } = await reportOf({
        [tracking]: trackingLog(
          { ...row, event: 'SMTP SENDEXTERNAL', at: 0 },
          { ...row, 'connector-id': 'To partner', event: 'SMTP FAIL', at, 'recipient-status': refused, 'message-id': '<two@contoso.com>' },
        ),
      });
      return onsets.flatMap(({ before }) => before.map(({ what }) => what));
    };
    assert.deepEqual(await first(3_000), ['the first row over the connector To partner in these logs']);
    assert.deepEqual(await first(600), []);
  });
});

suite('the logs that would tell more', () => {
  test('are those of the failure, its server and its hour, and it is said which are there', async () => {
    const { onsets, missing } = await reportOf({ [tracking]: trackingLog({ event: 'SMTP FAIL', at: 0, 'recipient-status': refused, 'connector-id': 'Internet' }) });
    assert.deepEqual(
      onsets[0]?.logs.map(({ server, log, from, isThere }) => [server, log, from.slice(11, 16), isThere]),
      [
        ['ex01', 'SMTP send log (Hub)', '08:00', false],
        ['ex01', 'Connectivity log (Hub)', '08:00', false],
        ['ex01', 'Message tracking log', '08:00', true],
      ],
    );
    assert.deepEqual(
      missing.map(({ log }) => log),
      ['SMTP send log (Hub)', 'Connectivity log (Hub)'],
    );
  });

  test('are not called missing where a log that lies alone may be the one', async () => {
    const tracked = trackingLog({ event: 'SMTP FAIL', at: 0, 'recipient-status': refused, 'connector-id': 'Internet' });
    const sent = protocolRows('send', [{ says: '550 5.1.1 User unknown' }]);
    const missed = async (files: Readonly<Record<string, string>>): Promise<string[]> => (await reportOf(files)).missing.map(({ log }) => log);
    assert.deepEqual(await missed({ 'MSGTRK2026011508-1.LOG': tracked }), ['SMTP send log (Hub)', 'Connectivity log (Hub)']);
    assert.deepEqual(await missed({ 'case-4711.txt': tracked, 'logs/renamed.log': sent }), ['Connectivity log (Hub)']);
    assert.deepEqual(await missed({ 'case-4711.txt': tracked, 'CONNECTLOG2026011508-1.LOG': '#Software: Microsoft Exchange Server\r\n' }), ['SMTP send log (Hub)']);
    assert.deepEqual(await missed({ 'MSGTRK2026011508-1.LOG': tracked, 'CONNECTLOG2026011507-1.LOG': '' }), ['SMTP send log (Hub)', 'Connectivity log (Hub)']);
  });

  test('are not asked of a mail system that has none', async () => {
    const { missing } = await reportOf({
      'mail.log':
        'Mar  2 08:00:00 mx1 postfix/smtp[1]: 4tSGZ1zyfktJBt: to=<bob@fabrikam.com>, relay=mx.fabrikam.com[203.0.113.25]:25, delay=1, delays=0/0/0/1, dsn=5.1.1, status=bounced (host mx.fabrikam.com[203.0.113.25] said: 550 5.1.1 User unknown (in reply to RCPT TO command))\n',
    });
    assert.deepEqual(missing, []);
  });
});

test('sessions are counted by what became of them', async () => {
  const { sessions } = await reportOf({ 'ex01/Hub/ProtocolLog/SmtpSend/SEND2026011508-1.LOG': protocolRows('send', [{ says: '550 5.1.1 User unknown' }]) });
  assert.deepEqual(
    sessions.map(({ verdict, count, line }) => [verdict, count, line]),
    [['refused', 1, 6]],
  );
});
