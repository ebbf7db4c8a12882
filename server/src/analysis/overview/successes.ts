/** When mail went well: over a connector, to a host, to a domain. What failed there before or after is seen against it. */

import { CountColumn, Names, NumberColumn } from '../../text/columns.ts';
import type { Step } from '../../values.ts';
import type { Journeys } from '../messages/journeys.ts';
import type { Corrected } from './failureSeries.ts';

/** The deliveries to each domain of recipients, as columns: there are as many as there is mail. */
export class DomainSuccesses {
  private readonly names = new Names();
  private readonly domain = new CountColumn();
  private readonly file = new CountColumn();
  private readonly line = new CountColumn();
  private readonly server = new CountColumn();
  private readonly time = new NumberColumn();

  /** @param at Milliseconds since 1970; what has no place in time is no use. */
  add({ recipients, captures }: Step, at: number, file: string, line: number, server: string | undefined): void {
    if (Number.isNaN(at)) return;
    const domains = recipients ? new Set(recipients.map(domainOf)) : new Set([captures.recipientDomain?.toLowerCase()]);
    for (const domain of domains) if (domain) this.push(domain, at, file, line, server);
  }

  join(other: DomainSuccesses): void {
    const { names } = other;
    for (let index = 0; index < other.time.length; index += 1)
      this.push(names.text(other.domain.at(index)), other.time.at(index), names.text(other.file.at(index)), other.line.at(index), names.text(other.server.at(index)) || undefined);
  }

  /** Puts all in their places, the clocks' differences taken away. @param wanted The domains that are asked for. */
  *placed(skews: ReadonlyMap<string, number>, wanted: ReadonlySet<string>): Generator<readonly [string, Corrected]> {
    for (let index = 0; index < this.time.length; index += 1) {
      const domain = this.names.text(this.domain.at(index));
      if (!wanted.has(domain)) continue;
      const at = this.time.at(index);
      const place = { at, localTime: undefined, file: this.names.text(this.file.at(index)), line: this.line.at(index) };
      yield [domain, { place, at: at - 1_000 * (skews.get(this.names.text(this.server.at(index))) ?? 0) }];
    }
  }

  private push(domain: string, at: number, file: string, line: number, server: string | undefined): void {
    this.domain.push(this.names.number(domain));
    this.file.push(this.names.number(file));
    this.server.push(this.names.number(server));
    this.line.push(line);
    this.time.push(at);
  }
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** The moments at which something went well, by the connector, the host or the domain, in their order. */
export class Successes {
  private readonly moments = new Map<string, Corrected[]>();
  private readonly sorted = new Set<string>();

  /** @param targets Those that are asked for. */
  constructor({ table }: Journeys, domains: DomainSuccesses, skews: ReadonlyMap<string, number>, targets: ReadonlySet<string>) {
    for (let index = 0; index < table.length; index += 1) {
      if (Number.isNaN(table.timeAt(index))) continue;
      const { what, connector, remoteHost, server = '', file, line, time } = table.keptStep(index);
      if (what !== 'sent' && what !== 'delivered' && what !== 'received') continue;
      const moment: Corrected = { place: { at: time, localTime: undefined, file, line }, at: time - 1_000 * (skews.get(server) ?? 0) };
      for (const target of new Set([connector, remoteHost])) if (target !== undefined && targets.has(target)) this.push(target, moment);
    }
    for (const [domain, moment] of domains.placed(skews, targets)) this.push(domain, moment);
  }

  /** The last one before a moment. */
  before(target: string, at: number): Corrected | undefined {
    const moments = this.of(target);
    return moments[firstFrom(moments, at) - 1];
  }

  /** The first one after a moment. */
  after(target: string, at: number): Corrected | undefined {
    if (Number.isNaN(at)) return undefined;
    const moments = this.of(target);
    // Times have whole milliseconds.
    return moments[firstFrom(moments, at + 1)];
  }

  private push(target: string, moment: Corrected): void {
    const known = this.moments.get(target);
    if (known) known.push(moment);
    else this.moments.set(target, [moment]);
  }

  private of(target: string): readonly Corrected[] {
    // Domains are compared in lower case.
    const moments = this.moments.get(target) ?? this.moments.get(target.toLowerCase()) ?? [];
    if (!this.sorted.has(target)) moments.sort((one, other) => one.at - other.at);
    this.sorted.add(target);
    return moments;
  }
}

/** How many moments lie before a time. */
function firstFrom(moments: readonly Corrected[], at: number): number {
  let [low, high] = [0, moments.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((moments[middle] as Corrected).at < at) low = middle + 1;
    else high = middle;
  }
  return Number.isNaN(at) ? 0 : low;
}
