/** What the tools read: no more often than needed, as it is now, as far as there is room for it, and no longer than somebody waits. */

import assert from 'node:assert/strict';
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { AgentTools } from '../support/agentTools.ts';
import { root } from '../support/project.ts';
import { saveLogs, trackingLog } from '../support/trackingLog.ts';

interface Listed {
  readonly findings: readonly { readonly failure: string | null; readonly line: number; readonly fromLog: { readonly file: string } }[];
  readonly nextCursor: string | null;
}

const failuresOf = async (agent: AgentTools, question: object = {}): Promise<(string | null)[]> =>
  (await agent.ask<Listed>('list_findings', question)).findings.map(({ failure }) => failure);

/** Whole seconds, which every file system keeps. */
const then = new Date('2026-01-15T09:00:00Z');
const later = new Date('2026-01-15T09:00:01Z');

suite('the memory of what was read', () => {
  test('answers as long as a file is the same, and no longer', async () => {
    const folder = saveLogs({ 'a.log': '550 5.1.1 User unknown\n', 'b.log': '552 5.2.2 Mailbox full\n' });
    const agent = new AgentTools([folder]);
    const file = join(folder, 'a.log');
    utimesSync(file, then, then);
    assert.deepEqual(await failuresOf(agent), ['recipient-unknown', 'mailbox-full']);
    // As long, and of the same time: nobody can tell that it is another.
    writeFileSync(file, '552 5.2.2 Mailbox full\n');
    utimesSync(file, then, then);
    assert.deepEqual(await failuresOf(agent), ['recipient-unknown', 'mailbox-full']);
    assert.deepEqual(await failuresOf(agent, { failure: 'mailbox-full' }), ['mailbox-full']);
    utimesSync(file, later, later);
    assert.deepEqual(await failuresOf(agent), ['mailbox-full', 'mailbox-full']);
  });

  test('holds for messages too', async () => {
    const log = (id: string): string => trackingLog({ event: 'SMTP RECEIVE', 'message-id': `<${id}@contoso.com>` });
    const folder = saveLogs({ 'MSGTRK2026011508-1.LOG': log('one') });
    const agent = new AgentTools([folder]);
    const found = async (id: string): Promise<number> => (await agent.ask<{ found: number }>('trace_message', { message: `<${id}@contoso.com>` })).found;
    const file = join(folder, 'MSGTRK2026011508-1.LOG');
    utimesSync(file, then, then);
    assert.deepEqual([await found('one'), await found('two')], [1, 0]);
    writeFileSync(file, log('two'));
    utimesSync(file, then, then);
    assert.deepEqual([await found('one'), await found('two')], [1, 0]);
    utimesSync(file, later, later);
    assert.deepEqual([await found('one'), await found('two')], [0, 1]);
  });

  test('keeps no file with more findings than there is room for, and nothing of one that was not read to its end', async () => {
    const line = '550 5.1.1 User unknown\n';
    const folder = saveLogs({ 'many.log': line.repeat(20_001), 'other.log': line });
    const agent = new AgentTools([folder]);
    const kept = async (): Promise<boolean[]> => (await agent.context.files.list()).map((file) => agent.context.memory.ofFile(file) !== undefined);
    assert.equal((await agent.ask<Listed>('list_findings', { limit: 1 })).findings.length, 1);
    assert.deepEqual(await kept(), [false, false]);
    assert.equal((await agent.ask<{ findings: number }>('summarize_failures')).findings, 20_002);
    assert.deepEqual(await kept(), [false, true]);
    assert.equal((await agent.ask<{ findings: number }>('summarize_failures')).findings, 20_002);
  });

  test('tells the same as a first reading, whatever was asked before', async () => {
    const paths = [join(root, 'samples')];
    const questions: [string, object][] = [
      ['summarize_failures', {}],
      ['list_findings', { limit: 5 }],
      ['list_findings', { failure: 'tls-untrusted-root', limit: 100 }],
      ['list_findings', { since: '2026-01-15T08:05:00Z', until: '2026-01-15', limit: 100 }],
      ['show_overview', {}],
    ];
    const revealed = new AgentTools(paths, true);
    for (const [name, question] of questions) assert.deepEqual(await revealed.ask(name, question), await new AgentTools(paths, true).ask(name, question), name);
  });
});

suite('what an editor has open', () => {
  test('is read instead of its file, and beside the files where it has none', async () => {
    const folder = saveLogs({ 'a.log': '550 5.1.1 User unknown\n' });
    const open = [
      { path: join(folder, 'a.log'), name: 'a.log', text: 'all is well\n', version: 1 },
      { path: 'untitled:Untitled-1', name: 'Untitled-1', text: 'It said 552 5.2.2 Mailbox full.\n', version: 2 },
    ];
    const agent = new AgentTools([folder], false, open);
    const { findings } = await agent.ask<Listed>('list_findings');
    assert.deepEqual(
      findings.map(({ failure, fromLog }) => [failure, fromLog.file]),
      [['mailbox-full', 'Untitled-1']],
    );
    assert.equal(readFileSync(join(folder, 'a.log'), 'utf8'), '550 5.1.1 User unknown\n');
  });
});

suite('an answer', () => {
  const agent = new AgentTools([join(root, 'samples')], true);

  test('has no more characters than there is room for, and goes on where it ended', async () => {
    const all = (await agent.ask<Listed>('list_findings', { limit: 100, failure: 'tls-untrusted-root' })).findings;
    const found: Listed['findings'][number][] = [];
    let cursor: string | null = null;
    do {
      const page: Listed = await agent.ask<Listed>('list_findings', { limit: 100, failure: 'tls-untrusted-root', ...(cursor !== null && { cursor }) }, { budget: 4_000 });
      assert.ok(JSON.stringify(page).length <= 4_000);
      found.push(...page.findings);
      cursor = page.nextCursor;
    } while (cursor !== null && found.length < all.length);
    assert.deepEqual(found, all);
    for (const name of ['summarize_failures', 'show_overview']) assert.ok(JSON.stringify(await agent.ask(name, {}, { budget: 6_000 })).length <= 6_000, name);
  });

  test('gives a script in whole lines where it is too long', async () => {
    const whole = (await agent.answer('get_runbook', { failure: 'tls-untrusted-root' })).texts[0]?.text ?? '';
    let text = '';
    let cursor: string | null = null;
    do {
      const { told, texts } = await agent.answer('get_runbook', { failure: 'tls-untrusted-root', ...(cursor !== null && { cursor }) }, { budget: 3_000 });
      assert.match(texts[0]?.text ?? '', /\n$/);
      text += texts[0]?.text ?? '';
      cursor = (told as { nextCursor: string | null }).nextCursor;
    } while (cursor !== null);
    assert.equal(text, whole);
  });

  test('is not given where nobody waits for it', async () => {
    for (const name of ['summarize_failures', 'list_findings', 'show_overview', 'trace_message', 'show_session']) {
      const fresh = new AgentTools([join(root, 'samples')]);
      const control = new AbortController();
      const question = { trace_message: { recipient: 'contoso.com' }, show_session: { session: '08DE540000000001' } }[name] ?? {};
      // It is given up at the first word that something was read.
      await assert.rejects(fresh.answer(name, question, { signal: control.signal, progress: () => control.abort() }), { name: 'AbortError' }, name);
    }
  });

  test('says how far the reading is, to its end', async () => {
    const heard: number[] = [];
    let size = 0;
    await new AgentTools([join(root, 'samples')]).ask(
      'summarize_failures',
      {},
      {
        progress: (done, all) => {
          heard.push(done);
          size = all;
        },
      },
    );
    assert.deepEqual(
      heard,
      [...heard].sort((one, other) => one - other),
    );
    assert.equal(heard.at(-1), size);
  });
});
