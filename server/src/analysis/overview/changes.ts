/** What changes between rows without any row saying so: a connector that is seen for the first time, a service that has started anew. */

import type { Step } from '../../values.ts';
import { detached } from '../copied.ts';
import { serverOfConnector } from '../serverOfLog.ts';

/** A change, and the row that shows it. */
export interface SeenChange {
  readonly kind: 'connector' | 'start';
  /** The connector, or the server whose service it is. */
  readonly name: string;
  readonly server: string | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly file: string;
  readonly line: number;
}

const most = { connectors: 2_000, starts: 500 } as const;
/** The logs must show so long that the connector was not there, in milliseconds. */
const quiet = 30 * 60_000;
/** No service counts so many sessions that its ids would be another start's, in milliseconds. */
const apart = 10 * 60_000;

/** The ticks of .NET, 100 nanoseconds each, count from the year 1. */
const ticksOf1970 = 621_355_968_000_000_000n;

interface FirstSight {
  at: number;
  file: string;
  line: number;
  server: string | undefined;
}

interface ConnectorSight extends FirstSight {
  /** The form and the server of the log. */
  readonly log: string;
}

export class SeenChanges {
  private readonly connectors = new Map<string, ConnectorSight>();
  /** The first times of the logs that name connectors, by the form and the server: before it nobody could have seen one. */
  private readonly begins = new Map<string, number>();
  /** By the server and its service, the starts that its session ids count from. */
  private readonly starts = new Map<string, FirstSight[]>();
  private lastId: string | undefined;
  private lastConnector: string | undefined;

  /** Rows of a file are in the order of time, so its first row of a connector or a session is the one that counts. */
  beginFile(): void {
    this.lastId = undefined;
    this.lastConnector = undefined;
  }

  /**
   * Takes the next step of the file that was begun last.
   * @param at Milliseconds since 1970; NaN where the log does not say the zone.
   * @param server Who wrote the log.
   * @param service Where its logs lie: each of a server's services counts its own sessions.
   */
  see(step: Step, at: number, line: number, file: string, server: string | undefined, service: string): void {
    if (Number.isNaN(at)) return;
    const { sendConnector, receiveConnector } = step.captures;
    const connector = sendConnector ?? receiveConnector;
    if (connector !== undefined && connector !== this.lastConnector && namesAll(step)) {
      this.lastConnector = connector;
      const log = `${step.format} ${server ?? ''}`;
      const begin = this.begins.get(log);
      if (begin === undefined || at < begin) this.begins.set(detached(log), at);
      this.seeConnector(connector, { at, file, line, server: server ?? serverOfConnector(connector), log });
    }
    const id = step.ids?.session;
    if (id === undefined || id === this.lastId || step.dialogue !== 'numbered') return;
    this.lastId = id;
    const start = startOf(id);
    // Whoever counts otherwise begins at no time near his rows.
    if (start === undefined || start > at + apart) return;
    this.seeStart(`${server ?? ''}\n${service}`, { at: start, file, line, server });
  }

  join(other: SeenChanges): void {
    for (const [key, sight] of other.connectors) this.seeConnector(key, sight);
    for (const [log, at] of other.begins) this.begins.set(log, Math.min(at, this.begins.get(log) ?? at));
    for (const [key, sights] of other.starts) for (const sight of sights) this.seeStart(key, sight);
  }

  /** All that is a change within a stretch of time, in milliseconds since 1970. */
  told(first: number, last: number): SeenChange[] {
    const changes: SeenChange[] = [];
    for (const [name, { log, ...sight }] of this.connectors) if (sight.at - (this.begins.get(log) ?? sight.at) >= quiet) changes.push({ kind: 'connector', name, ...sight });
    for (const sights of this.starts.values()) {
      const told = sights.filter(({ at }) => at >= first && at <= last).map((sight): SeenChange => ({ kind: 'start', name: sight.server ?? '', ...sight }));
      changes.push(...told);
    }
    return changes.sort((one, other) => one.at - other.at || (one.name < other.name ? -1 : 1));
  }

  private seeConnector(name: string, sight: ConnectorSight): void {
    const known = this.connectors.get(name);
    if (known) {
      if (sight.at < known.at) this.connectors.set(name, detached(sight));
    } else if (this.connectors.size < most.connectors) this.connectors.set(detached(name), detached(sight));
  }

  private seeStart(key: string, sight: FirstSight): void {
    const known = this.starts.get(key) ?? [];
    if (known.length === 0) {
      if (this.starts.size >= most.starts) return;
      this.starts.set(key, known);
    }
    const same = known.findIndex(({ at }) => Math.abs(at - sight.at) < apart);
    const own = known[same];
    if (own) {
      if (sight.at < own.at) known[same] = detached(sight);
    } else if (known.length < most.starts) known.push(detached(sight));
  }
}

/** In these logs each connector has its rows; an event names only those that fail. */
function namesAll({ dialogue, tracked }: Step): boolean {
  return dialogue === 'numbered' || tracked !== undefined;
}

/** Session ids of Exchange count from the ticks at which the service started: `08DE710EBA2A3C00`. */
function startOf(id: string): number | undefined {
  return /^08[D-F][0-9A-F]{13}$/.test(id) ? Number((BigInt(`0x${id}`) - ticksOf1970) / 10_000n) : undefined;
}
