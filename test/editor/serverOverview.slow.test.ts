/** The overview and the records of failures that an editor asks the bundled server for. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type OverviewPicture, overviewRequests as requests } from '../../server/src/protocol/overview.ts';
import type { OnlyFailures } from '../../server/src/protocol/scan.ts';
import { folder, head, oneOfEach, row, save, unknown, untrusted } from '../support/commandLine.ts';
import { extended } from '../support/editor.ts';
import { type LanguageClient, startServer } from '../support/languageClient.ts';

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

  test('is refused for what is no file of this machine', async () => {
    await assert.rejects(client.request(requests.overview, { uris: ['untitled:x'] }), /Only files and folders/);
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

  test('shows at most 300 records of a failure, and says how many are left out', async () => {
    save('many/a.log', head + row(unknown).repeat(1_200));
    const { text } = await client.request<OnlyFailures>(requests.onlyFailures, { uris: [uriOf('many')], order: 'failure' });
    assert.match(text, /^# 1,200 records of failures, by failure; 300 of them are shown, 900 are left out\.\n/);
    assert.match(text, /1200 times, the first 300 shown\n/);
  });
});
