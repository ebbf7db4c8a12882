/** What each failure is told with: since when, how often, whom, who must act, and what changed just before. */

import type { Onset, ToldPlace } from '../analysis/overview/onsets.ts';
import type { ToldReport } from '../analysis/overview/toldReport.ts';
import type { FactTable, PictureSection } from '../protocol/overview.ts';
import { shortened } from '../text/visible.ts';
import { actorClause, countClause, fileAndLine, logsClause, momentOf, shownAtMost } from './overviewWords.ts';

export function failureSections({ onsets }: ToldReport, name: (file: string) => string): PictureSection[] {
  const told = onsets.slice(0, shownAtMost.onsets);
  const left = onsets.length - told.length;
  const text = onsets.length === 0 ? ['Nothing failed in what was read.'] : left > 0 ? [`The ${told.length} that happen most, of ${onsets.length}.`] : [];
  return [{ heading: 'Since when, how often, whom', level: 2, text, blocks: [] }, ...told.map((onset) => failureSection(onset, name))];
}

function failureSection(onset: Onset, name: (file: string) => string): PictureSection {
  const { title, code, target, severity, recipients } = onset;
  const whom = recipients.slice(0, shownAtMost.recipients).join(', ');
  return {
    heading: shortened(target === '' ? title : `${title}: ${target}`, 300),
    level: 3,
    severity,
    text: [
      `${countClause(onset)} (${code})`,
      ...actorClause(onset),
      ...(whom === '' ? [] : [`Recipients: ${whom}${recipients.length > shownAtMost.recipients ? ', …' : ''}`]),
      ...logsClause(onset),
    ].map((line) => shortened(line, 1_000)),
    blocks: [momentTable(onset, name)],
  };
}

function momentTable(onset: Onset, nameOf: (file: string) => string): FactTable {
  const row = (name: string, place: ToldPlace, what = ''): FactTable['rows'][number] => ({
    cells: [name, momentOf(place), what, fileAndLine({ ...place, file: nameOf(place.file) })].map((cell) => shortened(cell, 400)),
    place: { file: place.file, line: place.line },
  });
  return { kind: 'facts', caption: 'When it happened', head: ['Moment', 'When', 'What', 'Where'], rows: momentsOf(onset).map(({ name, place, what }) => row(name, place, what)) };
}

/** All moments of a failure, in the order in which they are told. */
export function momentsOf({ first, last, lastSuccess, lastSuccessTo, nextSuccess, before }: Onset): { readonly name: string; readonly place: ToldPlace; readonly what: string }[] {
  return [
    ...(lastSuccess ? [{ name: 'Last success before it', place: lastSuccess, what: '' }] : []),
    ...(lastSuccessTo ? [{ name: 'Last delivery to the domain', place: lastSuccessTo, what: lastSuccessTo.domain }] : []),
    ...before.slice(0, shownAtMost.before).map((event) => ({ name: 'Just before it', place: event, what: event.what })),
    { name: 'First', place: first, what: '' },
    { name: 'Last', place: last, what: '' },
    ...(nextSuccess ? [{ name: 'Success after it', place: nextSuccess, what: '' }] : []),
  ];
}
