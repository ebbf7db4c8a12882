/** The texts that cases are made of: the golden logs, the samples, and the examples of all documents. */

import { completeLog, readMarks } from '../marks.ts';
import { filesBelow, projectKnowledge, readProjectFile } from '../project.ts';
import type { Random } from './random.ts';

let texts: { readonly logs: readonly string[]; readonly examples: readonly string[] } | undefined;

/** A whole log as often as an example, although there are fewer of them. */
export function pickText(random: Random): string {
  texts ??= { logs: readLogs(), examples: readExamples() };
  return random.pick(random.oneIn(2) ? texts.logs : texts.examples);
}

function readLogs(): string[] {
  const paths = [...filesBelow('test/logs').filter((path) => !path.endsWith('.expected')), ...filesBelow('samples').filter((path) => !path.endsWith('.md'))];
  return paths.map((path) => readProjectFile(path).replace(/^\uFEFF/, ''));
}

function readExamples(): string[] {
  return projectKnowledge().documents.flatMap(({ samples, nearMisses }) => [
    ...samples.map(({ format, text }) => readMarks(completeLog(format, text)).text),
    ...nearMisses.map(({ format, text }) => completeLog(format, text)),
  ]);
}
