/** The overview and the records of failures that an editor asks the bundled server for. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { requests as scanRequests } from '../../server/src/protocol/editor.ts';
import { type OverviewPicture, overviewRequests as requests } from '../../server/src/protocol/overview.ts';
import type { OnlyFailures, ScanSummary } from '../../server/src/protocol/scan.ts';
import { folder, head, oneOfEach, row, save, unknown, untrusted } from '../support/commandLine.ts';
import { eventLog, extended } from '../support/editor.ts';
import { type LanguageClient, startServer } from '../support/languageClient.ts';
import { trackingLog } from '../support/trackingLog.ts';

const refused = '[{LED=550 5.1.1 User unknown};{MSG=};{FQDN=mx.fabrikam.com};{IP=203.0.113.25};{LRT=}]';
const uriOf = (path: string): string => pathToFileURL(join(folder, path)).href;
let client: LanguageClient;

before(async () => {
  client = await startServer(extended);
});
after(() => client.stop());

suite('the overview of an editor', () => {
  test('is a picture whose bars know their lines, with progress meanwhile', async () => {
    save('overview/a.log', oneOfEach);
    const picture = await client.request<OverviewPicture>(requests.overview, { uris: [uriOf('overview')], workDoneToken: 'overview' });
    assert.equal(picture.title, 'Mail flow report');
    const codes = picture.sections.flatMap(({ blocks }) => blocks).find((block) => block.kind === 'bars' && block.head[0] === 'Code');
    assert.deepEqual(codes?.kind === 'bars' && codes.rows.map(({ name, count, place }) => [name, count, place?.file, place?.line]), [
      ['454 4.7.0', 1, join(folder, 'overview/a.log'), 6],
      ['550 5.1.1', 1, join(folder, 'overview/a.log'), 7],
    ]);
    const progress = await client.progress<{ readonly kind: string; readonly message?: string }>('overview');
    assert.deepEqual([progress[0]?.kind, progress.at(-1)?.kind], ['begin', 'end']);
  });

  test('has no character of a log that a reader could not see', async () => {
    save('hostile/a.log', `${head}${row(`${unknown} \u202E</style><script>alert(1)</script>`)}`);
    const picture = await client.request<OverviewPicture>(requests.overview, { uris: [uriOf('hostile')] });
    assert.doesNotMatch(
      JSON.stringify({ ...picture, sections: picture.sections.map((section) => ({ ...section, blocks: section.blocks.filter(({ kind }) => kind !== 'script') })) }),
      /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u,
    );
  });

  test('reads a text that no file has, whose bars lead to the document', async () => {
    const document = { uri: 'untitled:Untitled-1', name: 'Untitled-1' };
    const picture = await client.request<OverviewPicture>(requests.overview, { uris: [], text: oneOfEach, document, workDoneToken: 'text' });
    const codes = picture.sections.flatMap(({ blocks }) => blocks).find((block) => block.kind === 'bars' && block.head[0] === 'Code');
    assert.deepEqual(codes?.kind === 'bars' && codes.rows.map(({ name, place }) => [name, place?.file, place?.line]), [
      ['454 4.7.0', document.uri, 6],
      ['550 5.1.1', document.uri, 7],
    ]);
    const progress = await client.progress<{ readonly message?: string }>('text');
    assert.ok(progress.some(({ message }) => message?.endsWith(': Untitled-1')));
  });

  test('is refused for what is no file of this machine', async () => {
    await assert.rejects(client.request(requests.overview, { uris: ['untitled:x'] }), /Only files and folders/);
  });
});

suite('the settings of the user', () => {
  const hosts = { 'relay.log': head + row('550 5.7.54 Unable to relay', 1, 'Internet') + row(unknown, 2, 'Internet') + row(unknown, 3, 'Partner') };
  const ask = async (settings: object): Promise<{ summary: ScanSummary; report: string; picture: OverviewPicture; only: OnlyFailures }> => {
    for (const [name, text] of Object.entries(hosts)) save(`settings/${name}`, text);
    save('settings/events.txt', eventLog());
    const own = await startServer({ ...extended, initializationOptions: { ...extended.initializationOptions, settings } });
    const uris = [uriOf('settings')];
    const answers = {
      summary: await own.request<ScanSummary>(scanRequests.scan, { uris }),
      report: await own.request<string>(scanRequests.report, { uris }),
      picture: await own.request<OverviewPicture>(requests.overview, { uris }),
      only: await own.request<OnlyFailures>(requests.onlyFailures, { uris, order: 'failure' }),
    };
    await own.stop();
    return answers;
  };
  const left = /failures that the settings ignore are left out/i;

  test('leave out of a scan, its report, the overview and the records what an open log does not tell', async () => {
    const all = await ask({});
    assert.deepEqual([all.summary.findings, all.summary.hasIgnored], [4, false]);
    assert.match(all.report, /relay-denied/);
    for (const told of [all.report, JSON.stringify(all.picture.facts), all.only.text]) assert.doesNotMatch(told, left);
    const some = await ask({ severity: { 'relay-denied': 'off' }, ignore: [{ failure: 'recipient-unknown', target: 'PARTNER' }] });
    assert.deepEqual([some.summary.findings, some.summary.hasIgnored], [2, true]);
    for (const told of [some.report, JSON.stringify(some.picture), some.only.text]) {
      assert.doesNotMatch(told, /relay-denied|Unable to relay|Partner/);
      assert.match(told, left);
    }
  });

  test('give local times their zone', async () => {
    const without = await ask({});
    assert.match(without.only.text, /\(zone not stated\)/);
    assert.ok(without.picture.facts.some((fact) => fact.includes('time in full')));
    const placed = await ask({ timeZone: 'Europe/Berlin' });
    for (const told of [placed.report, placed.only.text, JSON.stringify(placed.picture)]) {
      assert.match(told, /2026-01-15[T ]08:15:42/);
      assert.doesNotMatch(told, /zone not stated/);
    }
    assert.ok(!placed.picture.facts.some((fact) => fact.includes('time in full')));
  });
});

suite('only failures', () => {
  test('shows the records of files, by failure, with the place of each', async () => {
    save('records/a.log', oneOfEach);
    const { text, lines, uris, groups } = await client.request<OnlyFailures>(requests.onlyFailures, { uris: [uriOf('records')], order: 'failure' });
    const rows = text.split('\n');
    const at = rows.findIndex((line) => line.includes(untrusted));
    assert.ok(at > 0 && rows.some((line) => line.includes(unknown)));
    assert.deepEqual([lines[at], uris], [[0, 5], [uriOf('records/a.log')]]);
    assert.deepEqual(
      groups.map(({ failure, count }) => [failure, count]),
      [
        ['tls-untrusted-root', 1],
        ['recipient-unknown', 1],
      ],
    );
  });

  test('calls a target by a name that hides nothing, and finds it by what the log writes', async () => {
    const target = 'exe.\u202Egnp $(zap)';
    save('odd/a.log', `${head}${row(unknown, 1, target)}`);
    const ask = (of?: string): Promise<OnlyFailures> =>
      client.request<OnlyFailures>(requests.onlyFailures, { uris: [uriOf('odd')], order: 'failure', ...(of !== undefined && { target: of }) });
    const { groups } = await ask();
    assert.deepEqual(
      groups.map(({ target: of, name }) => [of, name]),
      [[target, 'exe.\\u202egnp $(zap)']],
    );
    assert.match((await ask(target)).text, /^# 1 record of failures/);
  });

  test('shows one failure alone, and still knows which others there are', async () => {
    save('records/a.log', oneOfEach);
    const { text, groups } = await client.request<OnlyFailures>(requests.onlyFailures, { uris: [uriOf('records')], order: 'time', failure: 'recipient-unknown' });
    assert.ok(text.includes(unknown) && !text.includes(untrusted));
    assert.equal(groups.length, 2);
  });

  test('reads a text that no file has', async () => {
    const document = { uri: 'untitled:Untitled-1', name: 'Untitled-1' };
    const { text, uris } = await client.request<OnlyFailures>(requests.onlyFailures, { uris: [], text: oneOfEach, document, order: 'failure' });
    assert.ok(text.includes('Untitled-1:6\n'));
    assert.deepEqual(uris, ['untitled:Untitled-1']);
  });

  test('says why a scan counts more: what is for information, and records of several recipients', async () => {
    const tracked = { event: 'SMTP FAIL', 'recipient-address': 'bob@fabrikam.com;carol@fabrikam.com', 'recipient-status': `${refused};${refused}` };
    save('more/a.log', trackingLog(tracked));
    save('more/b.log', `${head}${row(unknown)}`);
    const ask = (wish: object): Promise<OnlyFailures> => client.request<OnlyFailures>(requests.onlyFailures, { uris: [uriOf('more')], order: 'failure', ...wish });
    const { findings } = await client.request<ScanSummary>(scanRequests.scan, { uris: [uriOf('more')] });
    assert.equal(findings, 3);
    assert.match((await ask({})).text, /^# 2 records of failures, by failure\.\n# Mail Failures counts 3 findings in these logs: 1 more stands in the same records\.\n/);
    assert.doesNotMatch((await ask({ failure: 'recipient-unknown' })).text, /Mail Failures counts/);
    const own = await startServer({ ...extended, initializationOptions: { ...extended.initializationOptions, settings: { severity: { 'recipient-unknown': 'information' } } } });
    const { text } = await own.request<OnlyFailures>(requests.onlyFailures, { uris: [uriOf('more')], order: 'failure' });
    await own.stop();
    assert.match(text, /^# 0 records of failures, by failure\.\n# Mail Failures counts 3 findings in these logs: 3 are for information and not shown here\.\n/);
  });

  test('says where nothing was read, or not all', async () => {
    const ask = async (path: string): Promise<string> => (await client.request<OnlyFailures>(requests.onlyFailures, { uris: [uriOf(path)], order: 'failure' })).text;
    assert.equal(await ask('no such folder'), '# 0 records of failures, by failure.\n# No log was read.\n# 1 file could not be read.\n');
    save('part/a.log', 'all is well\n');
    save('part/b.bin', Buffer.from([1, 0, 0, 0, 2, 0, 0, 0]));
    assert.equal(await ask('part'), '# 0 records of failures, by failure.\n# 1 file is no text.\n');
  });

  test('shows at most 300 records of a failure, and says how many are left out', async () => {
    save('many/a.log', head + row(unknown).repeat(1_200));
    const { text } = await client.request<OnlyFailures>(requests.onlyFailures, { uris: [uriOf('many')], order: 'failure' });
    assert.doesNotMatch(text, /Mail Failures counts/);
    assert.match(text, /^# 1,200 records of failures, by failure; 300 of them are shown, 900 are left out\.\n/);
    assert.match(text, /1200 times, the first 300 shown\n/);
  });
});
