/** Asks which failures a document is to show: of what time, which failure, to whom, and in which order. */

import { type QuickPickItem, window } from 'vscode';
import type { OnlyFailures, OnlyFailuresParameters } from '../../server/src/protocol/scan.ts';
import { momentText } from './scanText.ts';
import { withoutIcons } from './shownText.ts';

export type FailuresFilter = Pick<OnlyFailuresParameters, 'order' | 'since' | 'until' | 'failure' | 'target'>;

/** A choice, and what comes of it. */
interface Choice extends QuickPickItem {
  readonly next: () => FailuresFilter | Promise<FailuresFilter | undefined>;
}

export async function chooseFilter(filter: FailuresFilter, shown: OnlyFailures): Promise<FailuresFilter | undefined> {
  const { order, failure, target } = filter;
  const choices: Choice[] = [
    { label: '$(list-ordered) Order', description: order === 'time' ? 'by time' : 'by failure', next: () => ({ ...filter, order: order === 'time' ? 'failure' : 'time' }) },
    { label: '$(history) Time', description: timesText(filter), next: () => chooseTime(filter, shown) },
    { label: '$(error) Failure', description: withoutIcons(failure ?? 'all'), next: () => chooseFailure(filter, shown) },
    { label: '$(arrow-right) Target', description: target === undefined ? 'all' : targetName(shown, target), next: () => chooseTarget(filter, shown) },
    { label: '$(clear-all) Show all', next: () => ({ order }) },
  ];
  return (await pick(choices, 'What is to be changed?'))?.next();
}

/** The last hour and day are those of the log: it may be of last month. */
async function chooseTime(filter: FailuresFilter, { last }: OnlyFailures): Promise<FailuresFilter | undefined> {
  const { since: _since, until: _until, ...others } = filter;
  const at = last === undefined ? Number.NaN : Date.parse(last);
  const before = (hours: number): FailuresFilter => ({ ...others, since: new Date(at - hours * 3_600_000).toISOString() });
  const choices: Choice[] = [
    { label: 'All', next: () => others },
    ...(Number.isNaN(at)
      ? []
      : [
          { label: 'The last hour of the logs', next: () => before(1) },
          { label: 'The last day of the logs', next: () => before(24) },
          { label: 'The last week of the logs', next: () => before(7 * 24) },
        ]),
    { label: 'From and to...', next: () => askForTimes(filter) },
  ];
  return (await pick(choices, 'Failures of which time?'))?.next();
}

function timesText({ since, until }: FailuresFilter): string {
  const parts = [...(since === undefined ? [] : [`since ${momentText(since)}`]), ...(until === undefined ? [] : [`until ${momentText(until)}`])];
  return parts.join(', ') || 'all';
}

async function askForTimes({ since: from, until: to, ...others }: FailuresFilter): Promise<FailuresFilter | undefined> {
  const read = (text: string): string | undefined => {
    const at = Date.parse(`${text.trim().replace(' ', 'T')}${/(?:Z|[+-]\d\d:\d\d)$/.test(text.trim()) ? '' : 'Z'}`);
    return Number.isNaN(at) ? undefined : new Date(at).toISOString();
  };
  const written = (time: string | undefined): string => (time === undefined ? '' : momentText(time).replace(' UTC', ''));
  const validateInput = (text: string): string | undefined =>
    text.trim() === '' || read(text) !== undefined ? undefined : 'A time in UTC, such as 2026-03-02 06:45; empty for no bound.';
  const since = await window.showInputBox({ title: 'From, in UTC', placeHolder: '2026-03-02 06:45', value: written(from), validateInput });
  if (since === undefined) return undefined;
  const until = await window.showInputBox({ title: 'To, in UTC', placeHolder: '2026-03-02 07:15', value: written(to), validateInput });
  if (until === undefined) return undefined;
  const [first, last] = [read(since), read(until)];
  return { ...others, ...(first !== undefined && { since: first }), ...(last !== undefined && { until: last }) };
}

async function chooseFailure(filter: FailuresFilter, { groups }: OnlyFailures): Promise<FailuresFilter | undefined> {
  const { failure: _failure, ...others } = filter;
  const titles = new Map(groups.map(({ failure, title }) => [failure, title]));
  const counted = countBy(groups.map(({ failure, count }) => [failure, count]));
  const choices = counted.map(
    ([failure, count]): Choice => ({
      label: withoutIcons(titles.get(failure) ?? failure),
      description: withoutIcons(`${failure}, ${count}`),
      next: () => ({ ...others, failure }),
    }),
  );
  return (await pick([{ label: 'All', next: () => others }, ...choices], 'Which failure?'))?.next();
}

async function chooseTarget(filter: FailuresFilter, shown: OnlyFailures): Promise<FailuresFilter | undefined> {
  const { target: _target, ...others } = filter;
  const counted = countBy(shown.groups.map(({ target, count }) => [target, count]));
  const choices = counted.map(([target, count]): Choice => ({ label: targetName(shown, target), description: `${count}`, next: () => ({ ...others, target }) }));
  return (await pick([{ label: 'All', next: () => others }, ...choices], 'Which connector or destination?'))?.next();
}

function countBy(pairs: readonly (readonly [string, number])[]): (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const [name, count] of pairs) counts.set(name, (counts.get(name) ?? 0) + count);
  return [...counts].sort((one, other) => other[1] - one[1]);
}

/** Its own text is what it is found by; a reader sees the one that shows all of it. */
function targetName({ groups }: OnlyFailures, target: string): string {
  return target === '' ? 'not named in the log' : withoutIcons(groups.find((group) => group.target === target)?.name ?? '');
}

function pick(choices: readonly Choice[], placeHolder: string): Thenable<Choice | undefined> {
  return window.showQuickPick(choices, { title: 'Only failures', placeHolder, matchOnDescription: true });
}
