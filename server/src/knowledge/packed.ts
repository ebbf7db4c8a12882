/** The form in which failures are bundled: each page once, without what it would repeat. */

import type { Failure, RunbookStage } from '../values.ts';
import type { KnowledgeData } from './knowledgeBase.ts';

/** A failure without what stands on its page too. */
export type PackedFailure = Omit<Failure, 'meaning' | 'cause' | 'whoActs' | 'runbook'>;

export type PackedKnowledge = Omit<KnowledgeData, 'failures'> & { readonly failures: readonly PackedFailure[] };

export function packKnowledge(data: KnowledgeData): PackedKnowledge {
  return { ...data, failures: data.failures.map(({ meaning: _meaning, cause: _cause, whoActs: _whoActs, runbook: _runbook, ...packed }) => packed) };
}

/** Takes the parts out of the pages again. */
export function unpackKnowledge(packed: PackedKnowledge): KnowledgeData {
  return { ...packed, failures: packed.failures.map(unpack) };
}

function unpack(packed: PackedFailure): Failure {
  const sections = sectionsOf(packed.markdown);
  const find = (name: string): Section => sections.find(({ heading }) => heading === name || heading.startsWith(`${name} (`)) ?? { heading: '', text: '' };
  const stage = (name: string): RunbookStage => {
    const { heading, text } = find(name);
    const start = text.indexOf(opening) + opening.length;
    return { heading, script: text.slice(start, text.indexOf(fence, start)) };
  };
  return {
    ...packed,
    meaning: find('Meaning').text.trim(),
    cause: find('Cause').text.trim(),
    whoActs: find('Who must act').text.trim(),
    runbook: { evidence: stage('Evidence'), change: stage('Change'), verify: stage('Verify'), rollBack: stage('Roll back') },
  };
}

interface Section {
  readonly heading: string;
  readonly text: string;
}

const fence = '\n```';
const opening = '\n```powershell\n';
const mark = '\n## ';

function sectionsOf(page: string): Section[] {
  const sections: Section[] = [];
  for (let at = page.indexOf(mark); at >= 0; ) {
    const start = page.indexOf('\n', at + mark.length);
    const next = page.indexOf(mark, start);
    sections.push({ heading: page.slice(at + mark.length, start), text: page.slice(start, next < 0 ? page.length : next) });
    at = next;
  }
  return sections;
}
