/** A short round of the fuzzer, the same each time; and the fuzzer itself: it finds what is broken, makes it small, and can do so again. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { engine } from '../support/fuzz/engine.ts';
import { casesOf, keepFault, type Law, laws, makeCase, readText, runRound } from '../support/fuzz/index.ts';
import { Random } from '../support/fuzz/random.ts';
import type { Fault } from '../support/fuzz/round.ts';
import { shrink } from '../support/fuzz/shrink.ts';

/** A time is another one on each machine. */
const steadyLaws = laws.filter(({ isReport }) => !isReport);

const lawNamed = (name: string): Law => laws.find((law) => law.name === name) as Law;

test('the laws hold for random texts', async () => {
  const faults: string[] = [];
  const figures = await runRound({
    cases: casesOf(2004, 130),
    laws: steadyLaws,
    bounds: { tries: 100, characters: 5_000_000 },
    onFault: ({ law, tried, wrong, smallest }) =>
      faults.push(`npm run fuzz -- --seed ${tried.seed} --case ${tried.number} --law ${law.name}\n${wrong}\n${JSON.stringify(smallest.slice(0, 2_000))}`),
  });
  assert.deepEqual(faults, []);
  assert.deepEqual([...figures.broken], []);
  assert.ok(figures.findings > 300, `${figures.findings} findings`);
});

suite('the fuzzer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mailflow-lens-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  test('makes the same cases of the same seed, and others of another', () => {
    const texts = (seed: number): string[] => [...casesOf(seed, 40)].map(({ text }) => text);
    assert.deepEqual(texts(3), texts(3));
    assert.ok(texts(3).filter((text, index) => text === texts(4)[index]).length < 3);
    assert.equal(makeCase(3, 17).text, texts(3)[17], 'a case by itself is the one in the row');
  });

  test('has chance as mulberry32 has it', () => {
    const random = new Random(1);
    assert.deepEqual(
      [random.fraction(), random.fraction(), random.fraction()].map((fraction) => Math.floor(fraction * 0x1_0000_0000)),
      [2693262067, 11749833, 2265367787],
    );
  });

  const broken: readonly [string, string, typeof engine][] = [
    // Looks for a code and a CR, so that CRLF loses what LF has.
    ['lineEnds', '550', { ...engine, findings: (text) => engine.findings(text).filter(({ record }) => !text.includes('\r') || record.response?.replyCode !== 550) }],
    ['places', '\u2028', { ...engine, findings: (text) => (text.includes('\u2028') ? engine.findings(text).toReversed() : engine.findings(text)) }],
    ['parts', '4.7.0', { ...engine, inPieces: (...words) => withoutFindings(words[0].includes('4.7.0'), engine.inPieces(...words)) }],
  ];
  for (const [name, needed, damaged] of broken) {
    test(`finds a broken engine by the law ${name}, and what it takes to see it`, async () => {
      const faults: Fault[] = [];
      // What is known not to hold must not hide it.
      await runRound({
        cases: casesOf(7),
        laws: [{ ...lawNamed(name), todo: [] }],
        engine: damaged,
        onFault: (fault) => faults.push(fault),
        onCase: ({ cases }) => faults.length < 1 && cases < 600,
      });
      const [fault] = faults as [Fault];
      assert.ok(fault, 'nothing was found');
      assert.ok(fault.tried.text.includes(needed) && fault.smallest.includes(needed), fault.smallest);
      assert.ok(fault.smallest.length < 200, `${fault.smallest.length} characters: ${fault.smallest}`);
      assert.equal((await runRound({ cases: [{ ...fault.tried, text: fault.smallest }], laws: [fault.law], engine: damaged })).broken.size, 1);
      assert.equal((await runRound({ cases: [{ ...fault.tried, text: fault.smallest }], laws: [fault.law] })).broken.size, 0);
    });
  }

  test('makes no texts for a law that makes its own', async () => {
    const own: Law = { name: 'own', states: 'Nothing holds.', makesItsTexts: true, run: () => 'so' };
    const untouched = [...casesOf(1, 3)].map((tried) => Object.defineProperty(tried, 'text', { get: () => assert.fail('the text was made') }));
    const told: string[] = [];
    const { broken, cases } = await runRound({ cases: untouched, laws: [own], onFault: (fault) => told.push(keepFault(fault, folder)) });
    assert.deepEqual([...broken, cases], [['own: so', 3], 3]);
    assert.match(told[2] as string, /^own: so\nThe law: Nothing holds.\nAgain: {3}npm run fuzz -- --seed 1 --case 2 --law own$/);
  });

  test('takes an exception for a fault', async () => {
    const throwing: Law = { name: 'throws', states: 'Nothing holds.', run: () => assert.fail('on purpose') };
    const { broken } = await runRound({ cases: casesOf(1, 3), laws: [throwing] });
    assert.deepEqual([...broken.values()], [3]);
    assert.match([...broken.keys()][0] as string, /^throws: threw AssertionError.*on purpose/);
  });

  test('tells apart what is known not to hold yet, and what only is worth a look', async () => {
    const known: Law = { name: 'known', states: 'No text.', todo: [{ why: 'Not yet.', covers: (wrong) => wrong === 'so' }], run: () => 'so' };
    const { broken, todo, reported } = await runRound({ cases: casesOf(1, 2), laws: [known, { ...known, todo: [], isReport: true }] });
    assert.deepEqual([[...broken], [...todo], [...reported]], [[], [['known: Not yet.', 2]], [['known: so', 2]]]);
  });

  test('leaves out what is not needed, within its bounds', async () => {
    const text = `${'some line\n'.repeat(500)}a needle here\n${'another line\n'.repeat(500)}`;
    const breaks = (candidate: string): Promise<boolean> => Promise.resolve(candidate.includes('needle'));
    assert.equal(await shrink(text, breaks), 'needle');
    let tries = 0;
    const counted = (candidate: string): Promise<boolean> => {
      tries += 1;
      return breaks(candidate);
    };
    assert.ok((await shrink(text, counted, { tries: 5, characters: 1_000_000 })).includes('needle'));
    assert.equal(tries, 5);
  });

  test('keeps distances, and dots in place of what stands between', async () => {
    const text = `first\n${'word '.repeat(14_000)}\nlast\n${'word '.repeat(1_000)}`;
    const breaks = (candidate: string): Promise<boolean> => Promise.resolve(/first[\s\S]{60000,}last/.test(candidate));
    const smallest = await shrink(text, breaks);
    assert.ok(/^first\n\.{70000}\nlast/.test(smallest), smallest.replace(/\.+/g, ' '));
  });

  test('keeps a text as it is, whatever is in it', () => {
    for (const text of ['550 5.1.1 \u00FC\n', '\uD800 half', '\uFEFFa mark', '\u00FF\u00FE']) {
      const fault: Fault = { law: lawNamed('places'), tried: { seed: 1, number: 2, isLong: false, text }, wrong: 'so', smallest: text };
      assert.match(keepFault(fault, folder), /--seed 1 --case 2 --law places/);
      assert.equal(readText(join(folder, 'places-1-2.small.txt')), text);
    }
  });
});

function withoutFindings<Found extends { readonly findings: unknown[] }>(isDamaged: boolean, found: Found): Found {
  return isDamaged ? { ...found, findings: [] } : found;
}
