/** What a scan takes at a time has a bound, and each is tried just below and just above it. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import type { Part } from '../../server/src/analysis/textReader.ts';
import { PartLocator } from '../../server/src/scan/partLocator.ts';
import { planSegments, type Segment } from '../../server/src/scan/segments.ts';
import { finding } from '../support/findings.ts';
import { rowsOf, sendHeader } from '../support/protocolLog.ts';

const folder = mkdtempSync(join(tmpdir(), 'mailflow-lens-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const MB = 1024 * 1024;

test('256 findings are told at once', () => {
  const told = (count: number): number[] => {
    const part: Part = {
      text: 'x',
      from: 0,
      end: 1,
      steps: [],
      records: [],
      newlines: [],
      isCuttable: true,
      findings: Array.from({ length: count }, () => finding('x', 'x')),
    };
    return Array.from(new PartLocator('a.log').locate(part, 1), ({ findings }) => findings.length);
  };
  assert.deepEqual([255, 256, 257].map(told), [[255], [256, 0], [256, 1]]);
});

suite('the segments of a file', () => {
  const beginning = `${sendHeader}${rowsOf(['> EHLO mail.contoso.com']).join('').repeat(200)}`;

  /** Those of a file of this length that begins as a log of Exchange's, with line ends at these places and nothing else. */
  async function planned(length: number, lineEnds: readonly number[]): Promise<Segment[]> {
    const path = join(folder, 'SEND.LOG');
    const handle = await open(path, 'w');
    await handle.truncate(length);
    await handle.write(beginning, 0);
    for (const at of lineEnds) await handle.write('\n', at);
    await handle.close();
    const segments: Segment[] = [];
    for await (const segment of planSegments(path)) segments.push(segment);
    return segments;
  }

  test('have 32 MB: a file of less than two is read as a whole', async () => {
    const isWhole = async (length: number): Promise<boolean | undefined> => (await planned(length, [32 * MB + 9]))[0]?.isWhole;
    assert.deepEqual([await isWhole(64 * MB - 1), await isWhole(64 * MB)], [true, false]);
    assert.equal((await planned(64 * MB, [32 * MB - 1, 32 * MB + 9]))[0]?.end, 32 * MB + 10);
  });

  test('end with a line of 256 K at most, and else with the file', async () => {
    const endOf = async (line: number): Promise<number | undefined> => (await planned(64 * MB, [32 * MB + line]))[0]?.end;
    assert.deepEqual([await endOf(256 * 1024 - 1), await endOf(256 * 1024)], [32 * MB + 256 * 1024, 64 * MB]);
  });

  test('see a megabyte above themselves', async () => {
    const start = 32 * MB + 10;
    const contextOf = async (above: number): Promise<number | undefined> => (await planned(64 * MB, [above, start - MB + 5, start - 1]))[1]?.context;
    assert.equal(await contextOf(start - MB), start - MB + 1);
    assert.equal(await contextOf(start - MB - 1), start - MB + 6);
  });
});
