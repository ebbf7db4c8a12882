/** Files that are read in segments, as threads do. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Located } from '../../../../server/src/analysis/located.ts';
import { readSegment } from '../../../../server/src/scan/segmentReader.ts';
import { planSegments, type Segment } from '../../../../server/src/scan/segments.ts';
import { projectKnowledgeBase } from '../../project.ts';
import { chanceOf } from '../cases.ts';
import { difference } from '../compare.ts';
import type { Law } from '../law.ts';

export const segments: Law = {
  name: 'segments',
  states: 'The segments of a log of Exchange, as threads read them, give what the file gives.',
  async run(tried) {
    const header = /^(?:#[^\n]*\n){1,16}(?=\d{4}-\d\d-\d\dT)/.exec(tried.text)?.[0];
    if (header === undefined) return undefined;
    const text = lengthened(tried.text, header);
    const random = chanceOf(tried, 'segments');
    const isLatin1 = random.oneIn(3) && !/[^\u0000-\u00ff]/.test(text);
    const bytes = Buffer.from(text, isLatin1 ? 'latin1' : 'utf8');
    const path = join(folder(), 'a.log');
    writeFileSync(path, bytes);
    const planned: Segment[] = [];
    for await (const segment of planSegments(path, {}, random.between(Math.ceil(bytes.length / 8), Math.floor(bytes.length / 2)))) planned.push(segment);
    if (planned.length === 1) return undefined;
    const whole = await readSegments([{ path, start: 0, end: bytes.length, context: 0, header: 0, isWhole: true, isLast: true }]);
    if (!whole.isText) return 'binary as a whole, and not in segments';
    const found = await readSegments(planned);
    // What comes before an unforeseen header is put out, and the rest is read from the file.
    const wrong = difference(found.isSound ? whole.findings : whole.findings.slice(0, found.findings.length), found.findings);
    return wrong && `${wrong}\n${planned.length} segments${isLatin1 ? ' in Latin-1' : ''}`;
  },
};

/** A segment is longer than the header, as those of real files are: a short log gets its rows several times. */
function lengthened(text: string, header: string): string {
  const rows = text.slice(header.length).replace(/(?<!\n)$/, '\n');
  return header + rows.repeat(Math.ceil((16 * header.length) / rows.length));
}

interface Read {
  readonly findings: readonly Located[];
  readonly isSound: boolean;
  readonly isText: boolean;
}

/** What the segments have found up to the first that is not what the beginning promised, with the lines of the file. */
async function readSegments(planned: readonly Segment[]): Promise<Read> {
  const findings: Located[] = [];
  let line = 0;
  for (const segment of planned) {
    const above = line;
    for await (const news of readSegment(segment, projectKnowledgeBase(), {})) {
      if ('findings' in news) findings.push(...news.findings.map((one) => ({ ...one, startLine: one.startLine + above, endLine: one.endLine + above })));
      else if (!news.isSound || !news.isText) return { findings, isSound: news.isSound, isText: news.isText };
      else line += news.lines;
    }
  }
  return { findings, isSound: true, isText: true };
}

let made: string | undefined;

/** A folder for one file, which goes away with the process. */
function folder(): string {
  if (made === undefined) {
    const path = mkdtempSync(join(tmpdir(), 'mailflow-lens-'));
    process.once('exit', () => rmSync(path, { recursive: true, force: true }));
    made = path;
  }
  return made;
}
