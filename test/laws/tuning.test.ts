/** The bounds that nobody can see: with another number everything is the same, only slower or with more memory. All others have a test at the bound. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readProjectFile } from '../support/project.ts';

/** By their files, with what another number would cost. */
const tuning: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'analysis/textReader.ts': { shortest: 'no form tells 8,000 findings in 64 K, so no part becomes as short' },
  'text/lines.ts': { usualLine: 'the beginning of a longer line is looked for in two steps' },
  'text/literals.ts': { blockLength: 'the cache of a processor', hashBits: 'how often what is no literal is compared' },
  'scan/heap.ts': {
    large: 'when it is worth to collect garbage',
    quiet: 'how long an editor waits for that',
    mostNewSpace: 'the memory of a process that only scans',
    watching: 'how soon that is seen',
  },
  'scan/sessionBook.ts': { partsInMemory: 'the memory of the texts that sessions are windows into' },
  'scan/threads.ts': { mostMemory: 'when a thread collects its garbage; far more than it needs' },
};

test('each bound that is said to be tuning is there, and in its own file alone', () => {
  for (const [file, names] of Object.entries(tuning)) {
    const source = readProjectFile(`server/src/${file}`);
    for (const name of Object.keys(names)) assert.match(source, new RegExp(`^const ${name} = [\\d_ *]+;$`, 'm'), `${file}: ${name}`);
  }
});
