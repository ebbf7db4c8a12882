/** What the logs show of the clocks of servers: in which zone each writes local times, and by how much it is wrong. */

import { hashOf } from '../../text/hashes.ts';
import { shortHost } from './messageKeys.ts';

/** Two servers must have written down the same moment so often before anything is said of their clocks. */
const fewest = 3;
/** Moments that are the same stand this close together, in milliseconds, once the difference of the clocks is taken away. */
const spread = 3_000;
/** A difference that is told, in milliseconds: less is the way through the network. */
const smallest = 5_000;
/** Zones differ by quarters of an hour. */
const quarter = 15 * 60_000;
const most = { samples: 500, waiting: 50_000, pairs: 2_000 } as const;

interface Moment {
  readonly server: string;
  readonly at: number;
}

/** A moment that two servers write down, by the hash of its key, and the differences between their clocks. */
export class ServerClocks {
  private readonly waiting = new Map<number, Moment>();
  /** The servers by their names, so that each is one text however often it waits. */
  private readonly servers = new Map<string, string>();
  /** By both servers, the first one in the order of names: the second one's clock minus the first one's. */
  private readonly pairs = new Map<string, number[]>();
  /** The offsets from UTC that a server's own greetings state, in minutes. */
  private readonly stated = new Map<string, Set<number>>();

  /** A server writes down a moment that another one writes down too. */
  see(key: string, server: string, at: number): void {
    this.seeHash(hashOf(key), server, at);
  }

  private seeHash(hash: number, server: string, at: number): void {
    const other = this.waiting.get(hash);
    if (!other) {
      if (this.waiting.size < most.waiting) this.waiting.set(hash, { server: this.keep(server), at });
      return;
    }
    if (other.server === server) return;
    this.waiting.delete(hash);
    this.compare(other.server, other.at, server, at);
  }

  private keep(server: string): string {
    const known = this.servers.get(server);
    if (known !== undefined) return known;
    const copy = JSON.parse(JSON.stringify(server)) as string;
    this.servers.set(copy, copy);
    return copy;
  }

  compare(one: string, oneAt: number, other: string, otherAt: number): void {
    if (one === other || Number.isNaN(oneAt) || Number.isNaN(otherAt)) return;
    const key = one < other ? `${one} ${other}` : `${other} ${one}`;
    const known = this.pairs.get(key);
    const difference = one < other ? otherAt - oneAt : oneAt - otherAt;
    if (known) {
      if (known.length < most.samples) known.push(difference);
    } else if (this.pairs.size < most.pairs) this.pairs.set(JSON.parse(JSON.stringify(key)) as string, [difference]);
  }

  /**
   * `220 ex01.contoso.com Microsoft ESMTP MAIL Service ready at Mon, 2 Mar 2026 07:33:14 +0100`: what a server's clock shows, and its zone.
   * @param server Who wrote the log, at which time; the server that greets may be another one.
   */
  greet(greeting: string, server: string, at: number): void {
    const found = /^220[ -](\S{1,253}) .{0,200} at ([A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d ([+-])(\d\d)(\d\d))\s*$/.exec(greeting);
    const host = shortHost(found?.[1]);
    if (!found || host === undefined) return;
    const minutes = (60 * Number(found[4]) + Number(found[5])) * (found[3] === '-' ? -1 : 1);
    const known = this.stated.get(host);
    if (known) known.add(minutes);
    else if (this.stated.size < most.pairs) this.stated.set(JSON.parse(JSON.stringify(host)) as string, new Set([minutes]));
    // The greeting has whole seconds.
    if (host !== server) this.compare(server, at, host, Date.parse(found[2] as string) + 500);
  }

  join(other: ServerClocks): void {
    for (const [hash, { server, at }] of other.waiting) this.seeHash(hash, server, at);
    for (const [key, differences] of other.pairs) {
      const known = this.pairs.get(key) ?? [];
      this.pairs.set(key, [...known, ...differences].slice(0, most.samples));
    }
    for (const [host, minutes] of other.stated) this.stated.set(host, new Set([...(this.stated.get(host) ?? []), ...minutes]));
  }

  /** The offset from UTC, in milliseconds, in which a server writes local times, as its own greetings state it; undefined where they do not, or state several. */
  zoneOf(server: string | undefined): number | undefined {
    const known = server === undefined ? undefined : this.stated.get(server);
    return known?.size === 1 ? ([...known][0] as number) * 60_000 : undefined;
  }

  /**
   * The seconds by which clocks surely differ from those of most servers: ahead above 0. A server is told only where the same moments
   * stand apart alike again and again; of two clocks that nobody else confirms, that of the server with fewer moments is taken for the wrong one.
   */
  skews(): ReadonlyMap<string, number> {
    const links = new Map<string, { readonly to: string; readonly difference: number; readonly count: number }[]>();
    for (const [key, differences] of this.pairs) {
      const difference = agreed(differences);
      if (difference === undefined) continue;
      const [one = '', other = ''] = key.split(' ');
      links.set(one, [...(links.get(one) ?? []), { to: other, difference, count: differences.length }]);
      links.set(other, [...(links.get(other) ?? []), { to: one, difference: -difference, count: differences.length }]);
    }
    const skews = new Map<string, number>();
    const seen = new Set<string>();
    for (const server of [...links.keys()].sort()) {
      if (seen.has(server)) continue;
      for (const [one, offset] of relativeToMost(offsetsFrom(server, links), links)) {
        seen.add(one);
        if (Math.abs(offset) >= smallest) skews.set(one, Math.round(offset / 1_000));
      }
    }
    return skews;
  }
}

/** The middle of differences that agree; undefined where they are few or do not. */
function agreed(differences: readonly number[]): number | undefined {
  if (differences.length < fewest) return undefined;
  const sorted = [...differences].sort((one, other) => one - other);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] as number;
  return at(0.9) - at(0.1) <= spread ? at(0.5) : undefined;
}

type Links = ReadonlyMap<string, readonly { readonly to: string; readonly difference: number; readonly count: number }[]>;

function offsetsFrom(server: string, links: Links): Map<string, number> {
  const offsets = new Map([[server, 0]]);
  // New servers are met while the map is gone through.
  for (const [one, offset] of offsets) {
    for (const { to, difference } of links.get(one) ?? []) if (!offsets.has(to)) offsets.set(to, offset + difference);
  }
  return offsets;
}

/** The clock that most servers agree on is taken for right; among equals that of the servers with more moments. */
function relativeToMost(offsets: ReadonlyMap<string, number>, links: Links): Map<string, number> {
  let best = { votes: -1, moments: -1, offset: 0 };
  for (const offset of offsets.values()) {
    const near = [...offsets].filter(([, other]) => Math.abs(other - offset) <= spread);
    const moments = near.reduce((sum, [server]) => sum + (links.get(server) ?? []).reduce((count, link) => count + link.count, 0), 0);
    if (near.length > best.votes || (near.length === best.votes && moments > best.moments)) best = { votes: near.length, moments, offset };
  }
  return new Map([...offsets].map(([server, offset]) => [server, offset - best.offset]));
}

/** A local time nearest to a moment, whatever its zone: zones differ by quarters of an hour. */
export function nearestInAnyZone(local: number, near: number): number {
  return local + Math.round((near - local) / quarter) * quarter;
}
