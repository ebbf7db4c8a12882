/** What the settings of the user say of all logs, as the thread takes it that reads them for an editor. */

import type { Reporting, Wishes } from '../analysis/reporting.ts';
import { createTimeZone } from '../analysis/times/timeZone.ts';
import { ownCodePage } from '../files/codePage.ts';
import type { SourceOrder } from '../scan/sources.ts';

export interface ReadingSettings {
  /** The folder with failure documents of the user's own, where there is one. */
  readonly failures: string | undefined;
  /** The zone of local times; empty where it is not known. */
  readonly timeZone: string;
  readonly reporting: Reporting;
}

export interface Reading {
  readonly options: Pick<SourceOrder, 'encoding' | 'timeZone' | 'wishes'>;
  /** Whether anything was left out of what was read. */
  readonly hasIgnored: () => boolean;
}

export function readingOf({ timeZone, reporting }: ReadingSettings): Reading {
  const zone = timeZone === '' ? undefined : createTimeZone(timeZone);
  let hasIgnored = false;
  const wishes: Wishes = {
    reporting,
    leaveOut: () => {
      hasIgnored = true;
    },
  };
  return { options: { encoding: { codePage: ownCodePage() }, wishes, ...(zone && { timeZone: zone }) }, hasIgnored: () => hasIgnored };
}
