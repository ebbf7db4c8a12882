/** The script that collects missing logs: it names exactly those, changes nothing, and stays a script whatever a log says. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { collectScript } from '../../server/src/explain/collectScript.ts';
import { hostileText } from '../support/hostileText.ts';
import { trials } from '../support/trials.ts';

const hour = { from: '2026-03-02T07:00:00.000Z', to: '2026-03-02T08:00:00.000Z', why: '' };
const rowsOf = (script: string | undefined): string[] => (script ?? '').split('\n').filter((line) => line.startsWith('    [pscustomobject]'));
/** All that is the same in every script. */
const constantOf = (script: string): string =>
  script
    .split('\n')
    .filter((line) => !line.startsWith('    [pscustomobject]'))
    .join('\n');

suite('the script that collects missing logs', () => {
  test('has a row for each log, with the setting that says where it lies', () => {
    const logs = [
      'Message tracking log',
      'Message tracking log (mailbox delivery)',
      'SMTP send log (Hub)',
      'SMTP receive log (FrontEnd)',
      'SMTP receive log (Mailbox, Delivery)',
      'Connectivity log (Hub)',
    ];
    const rows = rowsOf(collectScript(logs.map((log) => ({ ...hour, server: 'ex02', log }))));
    assert.deepEqual(
      rows.map((row) => ['Service', 'Setting', 'Filter', 'Part', 'Folder'].map((name) => new RegExp(` ${name} = '([^']*)'`).exec(row)?.[1])),
      [
        ['Transport', 'MessageTrackingLogPath', 'MSGTRK2026030207-*.LOG', '*', 'MessageTracking'],
        ['Transport', 'MessageTrackingLogPath', 'MSGTRKMD2026030207-*.LOG', '*', 'MessageTracking'],
        ['Transport', 'SendProtocolLogPath', 'SEND2026030207-*.LOG', '*', 'Hub\\ProtocolLog\\SmtpSend'],
        ['FrontEnd', 'ReceiveProtocolLogPath', 'RECV2026030207-*.LOG', '*', 'FrontEnd\\ProtocolLog\\SmtpReceive'],
        ['Mailbox', 'ReceiveProtocolLogPath', 'RECV2026030207-*.LOG', '*\\Delivery*', 'Mailbox\\ProtocolLog\\SmtpReceive\\Delivery'],
        ['Transport', 'ConnectivityLogPath', 'CONNECTLOG2026030207-*.LOG', '*', 'Hub\\Connectivity'],
      ],
    );
  });

  test('is nothing where no log can be named, and has each log once', () => {
    assert.equal(collectScript([]), undefined);
    assert.equal(collectScript([{ ...hour, server: 'ex02', log: 'Pipeline tracing' }]), undefined);
    const twice = { ...hour, server: 'ex02', log: 'SMTP send log (Hub)' };
    assert.equal(rowsOf(collectScript([twice, twice])).length, 1);
  });

  test('is bounded, and says what is left', () => {
    const many = Array.from({ length: 300 }, (_, number) => ({ ...hour, server: `ex${number}`, log: 'SMTP send log (Hub)' }));
    const script = collectScript(many) ?? '';
    assert.equal(rowsOf(script).length, 200);
    assert.match(script, /^# 100 more logs are missing/m);
  });

  test('is ASCII, and the same but for its rows, whatever a log says', () => {
    const safe = collectScript([{ ...hour, server: 'ex02', log: 'SMTP send log (Hub)' }]) as string;
    fc.assert(
      fc.property(fc.oneof(hostileText, fc.string()), fc.constantFrom('SMTP send log (Hub)', 'Message tracking log', 'SMTP receive log (Mailbox, Delivery)'), (server, log) => {
        const script = collectScript([{ ...hour, server, log }]);
        if (script === undefined) return;
        assert.match(script, /^[\n -~]*$/);
        assert.equal(constantOf(script), constantOf(safe));
        assert.equal(rowsOf(script).length, 1);
      }),
      trials(200),
    );
  });

  test('takes no name of a log for a path', () => assert.equal(collectScript([{ ...hour, server: 'ex02', log: "SMTP send log (..\\..\\Hub'; Remove-Item *)" }]), undefined));
});
