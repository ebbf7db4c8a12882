/** The scan that an editor asks the bundled server for: what it finds, how it tells it, and how it ends. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type ExtendScriptResult, requests } from '../../server/src/protocol/editor.ts';
import type { ScannedFile, ScanSummary } from '../../server/src/protocol/scan.ts';
import { folder, head, oneOfEach, row, run, save, unknown, untrusted } from '../support/commandLine.ts';
import { at, extended, hover } from '../support/editor.ts';
import { type LanguageClient, startServer } from '../support/languageClient.ts';

interface Progress {
  readonly kind: 'begin' | 'report' | 'end';
  readonly message?: string;
  readonly percentage?: number;
}

const uriOf = (path: string): string => pathToFileURL(join(folder, path)).href;
let client: LanguageClient;
let scans = 0;

/** Asks for a scan and gives its summary with all that came before it. */
async function scan(...paths: string[]): Promise<{ summary: ScanSummary; found: ScannedFile[]; progress: readonly Progress[] }> {
  scans += 1;
  const [workDoneToken, partialResultToken] = [`work-${scans}`, `found-${scans}`];
  const summary = await client.request<ScanSummary>(requests.scan, { uris: paths.map(uriOf), workDoneToken, partialResultToken });
  // What is found comes before the answer, so nothing is waited for here.
  const found = client.received('$/progress').flatMap((params) => {
    const { token, value } = params as { token: string; value: ScannedFile[] };
    return token === partialResultToken ? value : [];
  });
  return { summary, found, progress: await client.progress<Progress>(workDoneToken) };
}

before(async () => {
  client = await startServer(extended);
});
after(() => client.stop());

suite('the scan of an editor', () => {
  test('finds in a folder what the command line finds, with the place in the file', async () => {
    save('logs/a.log', oneOfEach);
    save('logs/deep/b.log', head + row(unknown));
    save('logs/quiet.txt', 'nothing failed\n');
    const { summary, found, progress } = await scan('logs');
    const places = found.flatMap(({ failure, uri, name, folder: below, count, listed }) =>
      listed.map(({ start, text }) => [failure.id, uri, name, below, count, start.line, text]),
    );
    assert.deepEqual(places, [
      ['tls-untrusted-root', uriOf('logs/a.log'), 'a.log', '', 1, 5, untrusted],
      ['recipient-unknown', uriOf('logs/a.log'), 'a.log', '', 1, 6, unknown],
      ['recipient-unknown', uriOf('logs/deep/b.log'), 'b.log', 'deep', 1, 5, unknown],
    ]);
    const column = row(untrusted).indexOf('454');
    const [first] = found[0]?.listed ?? [];
    assert.deepEqual(
      [first?.start, first?.end],
      [
        { line: 5, character: column },
        { line: 5, character: column + '454 4.7.0'.length },
      ],
    );
    assert.deepEqual(summary, {
      isComplete: true,
      findings: 3,
      listed: 3,
      unplaced: 0,
      files: 3,
      filesWithFindings: 2,
      bytes: Buffer.byteLength(oneOfEach + head + row(unknown)) + 'nothing failed\n'.length,
      leftOut: 0,
      hasIgnored: false,
      unreadable: 0,
      partlyRead: 0,
      unreadableFiles: [],
    });
    assert.deepEqual([progress[0]?.kind, progress.at(-1)?.kind], ['begin', 'end']);
    const last = progress.at(-2);
    assert.equal(last?.percentage, 100);
    assert.match(last?.message ?? '', /^File 3 of 3, 0 of 0 MB, 3 findings: quiet\.txt$/);
  });

  test('gives with each line what its runbook takes, and the runbook comes of it', async () => {
    save('large/a.log', oneOfEach);
    const [line] = (await scan('large')).found.flatMap(({ listed }) => listed);
    assert.match(line?.runbook?.evidence ?? '', /^a\.log line 6, 2026-.*: 454 4\.7\.0/);
    const { insertions } = await client.request<ExtendScriptResult>(requests.extendScript, { ...line?.runbook, part: 'evidence', script: '' });
    assert.match(insertions[0]?.text ?? '', /# Seen: a\.log line 6[\s\S]*\$SendConnector = '/);
  });

  test('leaves out what is earlier than the time that is named', async () => {
    save('times/a.log', head + row(untrusted) + row(unknown));
    const [tls] = (await scan('times')).found;
    const later = new Date(Date.parse(tls?.seen.last ?? '') + 1).toISOString();
    assert.equal((await client.request<ScanSummary>(requests.scan, { uris: [uriOf('times')], since: later })).findings, 0);
    assert.equal((await client.request<ScanSummary>(requests.scan, { uris: [uriOf('times')], since: tls?.seen.last })).findings, 2);
    await assert.rejects(client.request(requests.scan, { uris: [uriOf('times')], since: 'yesterday' }), /The time/);
  });

  test('gives the report that the command line writes', async () => {
    save('told/a.log', oneOfEach);
    save('told/deep/b.log', head + row(unknown));
    const report = await client.request<string>(requests.report, { uris: [uriOf('told')] });
    const { output } = run(['scan', '--format', 'markdown', join(folder, 'told')]);
    assert.equal(report, output.replaceAll(`${join(folder, 'told')}/`, ''));
  });

  test('reads a folder once that is named together with what is in it', async () => {
    save('twice/a.log', oneOfEach);
    assert.equal((await scan('twice/a.log', 'twice', 'twice', 'twice/')).summary.findings, 2);
  });

  test('lists at most 1,000 findings of a file, counts all, and keeps room for a rare one', async () => {
    const many = Array.from({ length: 2_500 }, (_, index) => row(untrusted, index)).join('');
    save('many/a.log', head + many + row(unknown));
    const { summary, found } = await scan('many');
    assert.deepEqual([summary.findings, summary.listed], [2_501, 901]);
    const total = (id: string): number[] => {
      const parts = found.filter(({ failure }) => failure.id === id);
      return [parts.reduce((sum, { count }) => sum + count, 0), parts.reduce((sum, { listed }) => sum + listed.length, 0)];
    };
    assert.deepEqual(
      [total('tls-untrusted-root'), total('recipient-unknown')],
      [
        [2_500, 900],
        [1, 1],
      ],
    );
    assert.ok(
      found.every(({ listed }) => listed.length <= 500),
      'a batch holds no more than 500',
    );
  });

  test('says which files could not be read and why, and reads the others', async () => {
    save('found.log', oneOfEach);
    const { summary } = await scan('missing\u202E.log', 'found.log');
    assert.deepEqual([summary.findings, summary.files, summary.unreadable], [2, 1, 1]);
    assert.deepEqual(summary.unreadableFiles, [{ name: 'missing\\u202e.log', folder: '', reason: 'no such file or folder' }]);
  });

  test('says which files were read only in part, with what was found in them, and how many are no text', async () => {
    const packed = gzipSync(head + row(unknown).repeat(5_000));
    packed.write('spoiled', packed.length - 8);
    save('damaged/a.log.gz', packed);
    save('damaged/b.bin', Buffer.from([1, 0, 0, 0, 2, 0, 0, 0]));
    const { summary } = await scan('damaged');
    assert.deepEqual([summary.isComplete, summary.files, summary.unreadable, summary.partlyRead, summary.leftOut], [true, 1, 0, 1, 1]);
    assert.ok(summary.findings > 1_000 && summary.bytes > 100_000, `${summary.findings} findings, ${summary.bytes} bytes`);
    assert.deepEqual(
      summary.unreadableFiles.map(({ name, isPartial }) => [name, isPartial]),
      [['a.log.gz', true]],
    );
  });

  test('shows nothing that an editor would obey', async () => {
    save('hostile\u202E.log', `Remote server returned "550 5.9.999 a\u001b[2Jb\u202Ec ${'x'.repeat(500)}"\r\n`);
    const [file] = (await scan('hostile\u202E.log')).found;
    assert.equal(file?.name, 'hostile\\u202e.log');
    assert.match(file?.listed[0]?.text ?? '', /^550 5\.9\.999 a\\u001b\[2Jb\\u202ec x+…$/);
    assert.ok((file?.listed[0]?.text.length ?? 0) <= 200);
  });

  test('refuses what is no file of this machine, and nothing at all', async () => {
    for (const uris of [['untitled:some.log'], ['https://contoso.com/a.log'], [7], [], undefined]) {
      await assert.rejects(client.request(requests.scan, { uris }), /\(-32602\)/);
    }
  });

  test('answers at once when it is cancelled, whatever it is reading', { skip: process.platform === 'win32' }, async () => {
    // Nothing is written on the disk, but it takes minutes to be read.
    save('long.log', head);
    truncateSync(join(folder, 'long.log'), 64 * 2 ** 30);
    save('before.log', oneOfEach);
    const { answer, cancel } = client.begin<ScanSummary>(requests.scan, { uris: ['before.log', 'long.log'].map(uriOf), workDoneToken: 'cancelled' });
    await client.progress<Progress>('cancelled', ({ message }) => message?.endsWith('2 findings: long.log') === true);
    // Meanwhile the server answers others.
    client.open('file:///logs/other.log', `"${unknown}"`);
    assert.notEqual(await hover(client, 'file:///logs/other.log', at(`"${unknown}"`, '5.1.1')), null);
    cancel();
    const { isComplete, findings, files } = await answer;
    assert.deepEqual([isComplete, findings, files], [false, 2, 2]);
    assert.equal((await client.progress<Progress>('cancelled', ({ kind }) => kind === 'end')).at(-1)?.kind, 'end');
  });

  test('never opens a pipe, which could keep the server from ending', { skip: process.platform === 'win32' }, async () => {
    execFileSync('mkfifo', [join(folder, 'pipe.log')]);
    const { summary } = await scan('before.log', 'pipe.log');
    assert.deepEqual([summary.isComplete, summary.findings, summary.unreadableFiles], [true, 2, [{ name: 'pipe.log', folder: '', reason: 'a pipe, not an ordinary file' }]]);
  });

  test('goes on where the folder is gone that the server was started in, and says what is gone', async () => {
    save('home/a.log', oneOfEach);
    save('elsewhere.log', oneOfEach);
    const home = join(folder, 'home');
    const own = await startServer(extended, undefined, home);
    rmSync(home, { recursive: true });
    assert.equal((await own.request<ScanSummary>(requests.scan, { uris: [uriOf('elsewhere.log')] })).findings, 2);
    const { unreadableFiles } = await own.request<ScanSummary>(requests.scan, { uris: [uriOf('home')] });
    assert.deepEqual(unreadableFiles, [{ name: 'home', folder: '', reason: 'no such file or folder' }]);
    await own.stop();
  });
});
