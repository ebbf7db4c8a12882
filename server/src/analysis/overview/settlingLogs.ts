/** Which logs would settle a failure, and whether they are among the files. */

import { exchangeIds } from '../../formats/index.ts';
import { type LogHours, type MissingLog, trackingLogName } from '../messages/missingLogs.ts';
import { boundsOf, type Series } from './failureSeries.ts';

/** A log that tells more of a failure. The names are part of the command line's contract. */
export interface SettlingLog {
  readonly server: string;
  readonly log: string;
  readonly from: string;
  readonly to: string;
  readonly isThere: boolean;
}

const hour = 3_600_000;
/** So many servers are told of each failure. */
const mostServers = 3;
/** Exchange writes it only while it is turned on, message by message (Microsoft Learn, "Pipeline tracing"). */
export const pipelineTracing = 'Pipeline tracing';

/** The logs of the hour in which a failure began, of the servers that have told it. */
export function settlingLogs(series: Series, hours: LogHours, skews: ReadonlyMap<string, number>): SettlingLog[] {
  const { place, at } = boundsOf(series, skews).first;
  if (Number.isNaN(at) || place.file === '') return [];
  const start = Math.floor(at / hour);
  const span = { from: new Date(start * hour).toISOString(), to: new Date((start + 1) * hour).toISOString() };
  // Only Exchange has logs of these names: what another mail system wrote names no server here that has them.
  const servers = [...series.seen.keys()].filter((server) => server !== '' && isExchange(series)).slice(0, mostServers);
  return servers.flatMap((server) => kindsOf(series).map((log) => ({ server, log, ...span, isThere: hours.has(server, log, start) })));
}

/** What is not there, as the report asks for it. */
export function wantedOf(title: string, logs: readonly SettlingLog[]): MissingLog[] {
  return logs
    .filter(({ isThere, log }) => !isThere && log !== pipelineTracing)
    .map(({ server, log, from, to }) => ({
      server,
      log,
      from,
      to,
      why: `it would show more of "${title}"${log.startsWith('SMTP') ? ', if the connector logs the protocol' : ''}`,
    }));
}

function isExchange({ counts }: Series): boolean {
  return [...counts.keys()].some((format) => exchangeIds.has(format));
}

function kindsOf({ direction, target, category, isTracked }: Series): string[] {
  if (direction === 'send') return ['SMTP send log (Hub)', 'Connectivity log (Hub)', trackingLogName];
  // The front end only hands on what the transport service answers.
  if (direction === 'receive') return [...(/front ?end/i.test(target) ? ['SMTP receive log (FrontEnd)'] : []), 'SMTP receive log (Hub)', ...tracingFor(category)];
  if (isTracked) return [trackingLogName, 'Message tracking log (mailbox delivery)', 'SMTP receive log (Mailbox, Delivery)', ...tracingFor(category)];
  return [trackingLogName];
}

/** What agents and rules do to a message stands nowhere else. */
function tracingFor(category: Series['category']): string[] {
  return category === 'content-rejected' || category === 'policy' ? [pipelineTracing] : [];
}
