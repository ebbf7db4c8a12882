/** Local times: how they are read, where their zone puts them, and what stays open. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { findFindings } from '../../server/src/analysis/findings.ts';
import { mayHaveTwoOrders, readLocalTime } from '../../server/src/analysis/times/localTime.ts';
import { isOpenIn, joinOrders, noOrders, type Orders, ordersOf, placeRecord } from '../../server/src/analysis/times/recordTimes.ts';
import { createTimeZone } from '../../server/src/analysis/times/timeZone.ts';
import type { LogRecord } from '../../server/src/values.ts';
import { finding } from '../support/findings.ts';
import { projectKnowledgeBase } from '../support/project.ts';
import { trials } from '../support/trials.ts';

const utc = (time: number | undefined): string | undefined => (time === undefined ? undefined : new Date(time).toISOString().replace(/\.000Z$/, ''));

suite('a local time', () => {
  const sure: [written: string, meant: string][] = [
    ['2026-01-15T09:15:42', '2026-01-15T09:15:42'],
    ['2026-01-15 09:15', '2026-01-15T09:15:00'],
    ['2026-01-15T09:15:42.1234567', '2026-01-15T09:15:42.123Z'],
    ['2026-01-15 09:15:42,5', '2026-01-15T09:15:42.500Z'],
    ['2026/1/15 9:15:42', '2026-01-15T09:15:42'],
    ['2026/1/15 上午 09:15:42', '2026-01-15T09:15:42'],
    ['2026/1/15 下午 09:15:42', '2026-01-15T21:15:42'],
    ['2026/01/15 午後 0:15:42', '2026-01-15T12:15:42'],
    ['2026-01-15 오후 9:15:42', '2026-01-15T21:15:42'],
    ['2026. 1. 15. 오전 9:15:42', '2026-01-15T09:15:42'],
    ['2026. 01. 15. 9:15:42', '2026-01-15T09:15:42'],
    ['2026年1月15日 9:15:42', '2026-01-15T09:15:42'],
    ['03.04.2026 09:15:42', '2026-04-03T09:15:42'],
    ['3. 4. 2026 9:15:42', '2026-04-03T09:15:42'],
    ['03.04.2026, 09:15', '2026-04-03T09:15:00'],
    ['1/15/2026 9:15:42 AM', '2026-01-15T09:15:42'],
    ['1/15/2026 12:15:42\u202FAM', '2026-01-15T00:15:42'],
    ['\u200E1\u200E/\u200E15\u200E/\u200E2026 12:15:42 PM', '2026-01-15T12:15:42'],
    ['15/01/2026 09:15:42', '2026-01-15T09:15:42'],
    ['15/1/2026 9:15:42 p. m.', '2026-01-15T21:15:42'],
    ['15-1-2026 09:15:42', '2026-01-15T09:15:42'],
    ['04/04/2026 09:15', '2026-04-04T09:15:00'],
    ['Thu, 15 Jan 2026 09:15:42', '2026-01-15T09:15:42'],
    ['15-Jan-2026 09:15:42', '2026-01-15T09:15:42'],
    ['Thursday, January 15, 2026 9:15:42 AM', '2026-01-15T09:15:42'],
    ['Donnerstag, 15. März 2026 09:15:42', '2026-03-15T09:15:42'],
    ['jeudi 15 janvier 2026 09:15:42', '2026-01-15T09:15:42'],
    ['jueves, 15 de enero de 2026 9:15:42', '2026-01-15T09:15:42'],
    ['15 stycznia 2026 09:15:42', '2026-01-15T09:15:42'],
    ['15 января 2026 г. 9:15:42', '2026-01-15T09:15:42'],
  ];
  for (const [written, meant] of sure) {
    test(`${written} is read`, () => {
      const local = readLocalTime(written);
      assert.equal(utc(local?.dayFirst ?? local?.monthFirst)?.replace(/Z$/, ''), meant.replace(/Z$/, ''));
      assert.ok(local?.dayFirst === local?.monthFirst || local?.dayFirst === undefined || local.monthFirst === undefined);
    });
  }
  for (const written of ['3/4/2026 9:15:42 AM', '03/04/2026 09:15', '03-04-2026 09:15:42']) {
    test(`${written} has two readings`, () => {
      const local = readLocalTime(written);
      assert.match(utc(local?.dayFirst) ?? '', /^2026-04-03T/);
      assert.match(utc(local?.monthFirst) ?? '', /^2026-03-04T/);
    });
  }
  const none = [
    '',
    'Jan 15 08:00:03',
    '1/15/26 9:15 AM',
    '15.01.2026',
    '2026-02-30 09:15:42',
    '31/02/2026 09:15',
    '13/13/2026 09:15',
    '2026-01-15 24:15:00',
    '2026-01-15 09:60:00',
  ];
  for (const written of [
    ...none,
    '1/15/2026 13:15:42 AM',
    '15 Foo 2026 09:15',
    '2026-01-15 09:15:42 CEST',
    '<MM/DD/YY/YY> <Hr:Min:Sec> <AM/PM>',
    `2026-01-15 09:15${' '.repeat(90)}`,
  ])
    test(`${written || 'nothing'} is left as it is`, () => assert.equal(readLocalTime(written), undefined));
  test('any text is read without an exception', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d./: -]{0,30}(?:AM|г\.|年)?$/)), (text) => void readLocalTime(text)),
      trials(),
    );
  });
});

test('a time with two orders is known for one that may have them, whatever invisible characters stand in it', () => {
  const dates = fc
    .tuple(fc.integer({ min: 1, max: 31 }), fc.constantFrom('/', '-', '.'), fc.constantFrom('', ' '), fc.integer({ min: 1, max: 31 }), fc.constantFrom('', ' AM'))
    .map(([first, separator, space, second, half]) => `${first}${separator}${space}${second}${separator}2026 09:15${half}`);
  const mark = fc.constantFrom('', '', '', '\u200E', '\u2066\u200F');
  const characters = dates.chain((date) =>
    fc.array(mark, { minLength: date.length, maxLength: date.length }).map((marks) => marks.map((one, index) => one + date[index]).join('')),
  );
  let open = 0;
  fc.assert(
    fc.property(characters, (written) => {
      const local = readLocalTime(written);
      // With dots every date has the day first, so that none of them asks another.
      if (!local || local.dayFirst === local.monthFirst || local.shape.startsWith('.')) return;
      open += 1;
      assert.ok(mayHaveTwoOrders(written), JSON.stringify(written));
    }),
    trials(1_000),
  );
  assert.ok(open > 5, `${open} dates`);
  for (const written of ['2026-01-15 09:15:42', '15.01.2026 09:15', 'Thu, 15 Jan 2026 09:15:42', 'Jan 15 08:00:03']) assert.ok(!mayHaveTwoOrders(written), written);
});

suite('a time zone', () => {
  const instants = (name: string, local: string): (string | undefined)[] | undefined =>
    createTimeZone(name)
      ?.instants(Date.parse(`${local}Z`))
      .map(utc);
  test('is a name of the IANA database, UTC, or an offset', () => {
    assert.deepEqual(instants('Europe/Berlin', '2026-01-15T09:15:42'), ['2026-01-15T08:15:42']);
    assert.deepEqual(instants(' europe/berlin ', '2026-07-15T09:15:42'), ['2026-07-15T07:15:42']);
    assert.deepEqual(instants('UTC', '2026-07-15T09:15:42'), ['2026-07-15T09:15:42']);
    for (const name of ['+05:30', '+0530', 'UTC+5:30', 'Asia/Kolkata']) assert.deepEqual(instants(name, '2026-07-15T09:15:42'), ['2026-07-15T03:45:42'], name);
    assert.deepEqual(instants('-08:00', '2026-07-15T20:00:00'), ['2026-07-16T04:00:00']);
    assert.deepEqual(instants('+2', '2026-07-15T20:00:00'), ['2026-07-15T18:00:00']);
  });
  test('is nothing else', () => {
    for (const name of ['', 'Berlin', 'W. Europe Standard Time', '+25:00', '+02:60', '02:00', 'Europe/Berlin; x', '../../etc', 'Z Z'])
      assert.equal(createTimeZone(name), undefined, name);
  });
  test('shows no time while the clocks are put forward, and one hour twice when they are put back', () => {
    assert.deepEqual(instants('Europe/Berlin', '2026-03-29T01:59:59'), ['2026-03-29T00:59:59']);
    assert.deepEqual(instants('Europe/Berlin', '2026-03-29T02:30:00'), []);
    assert.deepEqual(instants('Europe/Berlin', '2026-03-29T03:00:00'), ['2026-03-29T01:00:00']);
    assert.deepEqual(instants('Europe/Berlin', '2026-10-25T02:30:00')?.sort(), ['2026-10-25T00:30:00', '2026-10-25T01:30:00']);
    assert.deepEqual(instants('Europe/Berlin', '2026-10-25T03:00:00'), ['2026-10-25T02:00:00']);
    assert.deepEqual(instants('Australia/Lord_Howe', '2026-10-04T02:15:00'), []);
    assert.deepEqual(instants('Pacific/Apia', '2011-12-30T12:00:00'), []);
  });
  test('gives every instant back', () => {
    const zone = createTimeZone('America/New_York');
    const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/New_York', dateStyle: 'short', timeStyle: 'medium' });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), (seconds) => {
        const local = Date.parse(`${clock.format(seconds * 1_000).replace(' ', 'T')}Z`);
        assert.ok(zone?.instants(local).includes(seconds * 1_000));
      }),
      trials(),
    );
  });
});

suite('the records of a file', () => {
  const berlin = createTimeZone('Europe/Berlin');
  const record = (localTime: string, rest: Partial<LogRecord> = {}): LogRecord => finding('x', 'x', { format: 'event-text', localTime, ...rest }).record;
  assert.ok(berlin);
  const placed = (...records: LogRecord[]): (string | undefined)[] => {
    const orders = ordersOf(records);
    return records.map((one) => placeRecord(one, orders, berlin)).map(({ time, timeDoubt }) => time ?? timeDoubt);
  };

  test('with an open order of day and month stay as they are', () => assert.deepEqual(placed(record('3/4/2026 9:15:42 AM')), ['order']));
  test('tell one another the order where they agree', () => {
    assert.deepEqual(placed(record('3/4/2026 9:15:42 AM'), record('3/25/2026 9:15:42 AM')), ['2026-03-04T08:15:42.000Z', '2026-03-25T08:15:42.000Z']);
    assert.deepEqual(placed(record('25/12/2026 09:15:42'), record('03/04/2026 09:15:42')), ['2026-12-25T08:15:42.000Z', '2026-04-03T07:15:42.000Z']);
  });
  test('tell nothing where they do not agree, or are of another form or shape', () => {
    assert.deepEqual(placed(record('3/4/2026 9:15'), record('3/25/2026 9:15'), record('25/3/2026 9:15')).at(0), 'order');
    assert.deepEqual(placed(record('3/4/2026 9:15'), record('3/25/2026 9:15', { format: 'queue' })).at(0), 'order');
    assert.deepEqual(placed(record('3/4/2026 9:15'), record('3/25/2026 9:15 AM')).at(0), 'order');
    assert.deepEqual(placed(record('3-4-2026 9:15'), record('25/3/2026 9:15')).at(0), 'order');
  });
  test('say that they were told by others', () => {
    const later = placeRecord(record('03/04/2026 09:15:42'), ordersOf([record('25/12/2026 09:15:42')]), berlin);
    assert.deepEqual([later.time, later.isOrderOfOthers], ['2026-04-03T07:15:42.000Z', true]);
  });
  test('are open as long as another one of the same form and shape can tell', () => {
    const open = record('3/4/2026 9:15');
    const isOpenBeside = (...others: LogRecord[]): boolean => isOpenIn(ordersOf(others), open);
    assert.ok(isOpenBeside() && isOpenBeside(open) && isOpenBeside(record('3/25/2026 9:15')));
    assert.ok(!isOpenBeside(record('3/25/2026 9:15'), record('25/3/2026 9:15')), 'dates that contradict each other');
    for (const sure of ['4/4/2026 9:15', '3.4.2026 9:15', '25/3/2026 9:15', '2026-03-04 9:15', 'Jan 15 08:00:03']) assert.ok(!isOpenIn(noOrders, record(sure)), sure);
    assert.ok(!isOpenIn(noOrders, record('3/4/2026 9:15', { isElsewhere: true })));
    assert.ok(!isOpenIn(noOrders, record('3/4/2026 9:15', { isDayFirst: true })));
  });
  test('show the same orders, whichever parts they are joined from', () => {
    const dates = fc.constantFrom('3/4/2026 9:15', '3/25/2026 9:15', '25/3/2026 9:15', '25-3-2026 9:15', '3-25-2026 9:15', '3/25/2026 9:15 AM', '2026-03-25 9:15');
    const records = fc.array(
      fc.tuple(dates, fc.constantFrom('queue', 'event-text')).map(([date, format]) => record(date, { format } as Partial<LogRecord>)),
      { maxLength: 8 },
    );
    const told = (orders: Orders): string[] => [...orders].map((entry) => entry.join()).sort();
    fc.assert(
      fc.property(fc.array(records, { maxLength: 5 }), (parts) => {
        const whole = told(ordersOf(parts.flat()));
        assert.deepEqual(told(parts.map(ordersOf).reduce(joinOrders, noOrders)), whole);
        assert.deepEqual(told(parts.map(ordersOf).reduceRight((below, above) => joinOrders(above, below), noOrders)), whole);
      }),
      trials(),
    );
  });
  test('have the day first where the language says so, unless a clock of twelve hours contradicts', () => {
    assert.deepEqual(placed(record('03/04/2026 09:15:42', { isDayFirst: true })), ['2026-04-03T07:15:42.000Z']);
    assert.deepEqual(placed(record('3/4/2026 9:15:42 AM', { isDayFirst: true })), ['order']);
  });
  test('keep what the clocks leave open', () => {
    assert.deepEqual(placed(record('29.03.2026 02:30:00'), record('25.10.2026 02:30:00'), record('Jan 15 08:00:03')), ['skipped', 'repeated', 'unread']);
  });
  test('are not touched where the log states the zone, or another place has written them', () => {
    assert.deepEqual(placed(record('15.01.2026 09:15:42', { isElsewhere: true }), record('1/15/2026 9:15:42 AM', { isElsewhere: true })), ['elsewhere', 'elsewhere']);
    const bounce = `From: MAILER-DAEMON@contoso.com\nDate: 15.01.2026 09:15:42\nSubject: Undelivered\nAuto-Submitted: auto-replied\n\n550 5.1.1 User unknown\n`;
    const trace = `MessageTraceId : 1\nRecipientAddress : anna@fabrikam.com\nDate : 15.01.2026 09:15:42\nEvent : Fail\nDetail : Reason: [{LED=550 5.1.1 User unknown}]\n`;
    for (const text of [bounce, trace]) assert.deepEqual(placed(...findFindings(text, projectKnowledgeBase()).map((found) => found.record)), ['elsewhere'], text);
    const stated = finding('x', 'x', { time: '2026-01-15T09:15:42.000Z' }).record;
    assert.equal(placeRecord(stated, noOrders, berlin), stated);
  });
  test('a French event has the day first', () => {
    const event = [
      'Nom du journal :Application',
      'Source :       MSExchangeTransport',
      'Date :         03/04/2026 09:15:42',
      "ID de l'événement :2004",
      'Ordinateur :   ex01.contoso.com',
      'Description :',
      'Send connector Internet: 550 5.1.1 User unknown',
    ].join('\n');
    const zone = createTimeZone('Europe/Paris');
    const times = (text: string): (string | undefined)[] => findFindings(text, projectKnowledgeBase(), zone).map(({ record: { time } }) => time);
    assert.deepEqual(times(event), ['2026-04-03T07:15:42.000Z']);
    assert.deepEqual(times(event.replace("ID de l'événement", 'Event ID')), [undefined]);
  });
});
