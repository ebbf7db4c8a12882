/** The overview as an agent is told it: what the report says, under stand-ins. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { AgentTools } from '../support/agentTools.ts';
import { reportOf, saveLogs, trackingLog } from '../support/trackingLog.ts';

const failing = '[{LED=454 4.7.0 Failed to establish appropriate TLS channel: UntrustedRoot: Access Denied};{MSG=};{FQDN=mx.fabrikam.com};{IP=203.0.113.25};{LRT=}]';
const files = {
  'ex01/MessageTracking/MSGTRK2026011508-1.LOG': trackingLog(
    { event: 'SMTP RECEIVE', at: 1 },
    { event: 'SMTP SENDEXTERNAL', at: 2, 'connector-id': 'Outbound of ex01' },
    { event: 'SMTP RECEIVE', at: 10, 'message-id': '<two@contoso.com>' },
    { event: 'SMTP DEFER', at: 11, 'message-id': '<two@contoso.com>', 'connector-id': 'Outbound of ex01', 'recipient-status': failing },
  ),
  'ex01/MessageTracking/MSGTRK2026011510-1.LOG': trackingLog({ event: 'SMTP RECEIVE', at: 7_300, 'message-id': '<three@contoso.com>' }),
  'ex01/Hub/ProtocolLog/SmtpSend/SEND2026011509-1.LOG': '',
};

interface Told {
  readonly onsets: readonly { readonly failure: string | null; readonly count: number; readonly first: { readonly line: number }; readonly fromLog: { readonly target: string } }[];
  readonly otherOnsets: number;
  readonly messages: Readonly<Record<string, number>>;
  readonly fromLog: { readonly missing: readonly { readonly server: string; readonly why: string }[] };
}

suite('the overview for an agent', () => {
  test('has the counts, the onsets and the missing logs of the report, and names nobody', async () => {
    const report = await reportOf(files);
    assert.ok(report.onsets.length > 0 && report.missing.length > 0);
    const told = await new AgentTools([saveLogs(files)]).ask<Told>('show_overview');
    assert.deepEqual(told.messages, report.messages);
    assert.deepEqual(
      told.onsets.map(({ failure, count, first }) => [failure, count, first.line]),
      report.onsets.map(({ failure, count, first }) => [failure, count, first.line]),
    );
    assert.equal(told.fromLog.missing.length, report.missing.length);
    assert.match(told.onsets[0]?.fromLog.target ?? '', /^Outbound of host-1$/);
    assert.doesNotMatch(JSON.stringify(told), /contoso|fabrikam|anna|bob|ex01|203\.0\.113/i);
  });

  test('says how much it leaves out', async () => {
    const told = await new AgentTools([saveLogs({ ...files, 'bounces.txt': '550 5.1.1 User unknown\n552 5.2.2 Mailbox full\n' })]).ask<Told>('show_overview', { limit: 1 });
    assert.equal(told.onsets.length, 1);
    assert.ok(told.otherOnsets > 0);
  });
});
