/** How long a text takes. */

import { findFindings } from '../../../../server/src/analysis/findings.ts';
import { completeLog } from '../../marks.ts';
import { projectKnowledgeBase } from '../../project.ts';
import { clipped } from '../compare.ts';
import type { Law } from '../law.ts';

/** So many times the time of an ordinary log is worth a look: a finding costs more than a line that is passed over, and mutated logs have many. */
const most = 60;

/** A shorter text is measured as if it had this length: a reading costs something whatever is read. */
const shortest = 20_000;

export const cost: Law = {
  name: 'cost',
  states: `No text takes more than ${most} times the time that an ordinary log of its length takes.`,
  isReport: true,
  run({ text }) {
    usual ??= timeOf(ordinary) / ordinary.length;
    const times = (): number => timeOf(text) / Math.max(shortest, text.length) / (usual as number);
    // What is only now and then slow is the machine.
    const ratio = Math.min(times(), ...(times() > most ? [times(), times(), times()] : []));
    return ratio > most ? `${Math.floor(Math.log10(ratio))} digits more\n${Math.round(ratio)} times, ${text.length} characters: ${clipped(text.slice(0, 200))}` : undefined;
  },
};

const ordinary = completeLog('smtp-send', Array.from({ length: 4_000 }, (_, index) => (index % 50 === 0 ? '…,<,550 5.1.1 User unknown,' : '…,<,250 2.1.0 Sender OK,')).join('\n'));

/** Microseconds of an ordinary log for a character, measured once. */
let usual: number | undefined;

function timeOf(text: string): number {
  const { user, system } = process.cpuUsage();
  findFindings(text, projectKnowledgeBase());
  const after = process.cpuUsage({ user, system });
  return after.user + after.system;
}
