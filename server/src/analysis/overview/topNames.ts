/** Whom and what failures are about most often: destinations, connectors, remote hosts and codes. */

import type { FormatId, LogRecord } from '../../values.ts';

/** The names are part of the command line's contract. */
export const topKinds = ['destinations', 'connectors', 'remoteHosts', 'codes'] as const;
export type TopKind = (typeof topKinds)[number];

/** A name with the line that it was read from first. */
export interface TopName {
  readonly name: string;
  readonly count: number;
  readonly file: string;
  readonly line: number;
}

interface NameCount {
  readonly counts: Map<FormatId, number>;
  readonly file: string;
  readonly line: number;
}

/** So many names of a kind are counted, and so many are told. */
const most = { names: 5_000, told: 20 } as const;

export class TopNames {
  private readonly kinds = new Map<TopKind, Map<string, NameCount>>(topKinds.map((kind) => [kind, new Map()]));

  add(record: LogRecord, file: string, line: number): void {
    const { captures, format } = record;
    this.count('destinations', captures.recipientDomain, format, 1, file, line);
    this.count('connectors', captures.sendConnector ?? captures.receiveConnector, format, 1, file, line);
    this.count('remoteHosts', captures.remoteHost ?? captures.remoteAddress, format, 1, file, line);
    this.count('codes', codeText(record), format, 1, file, line);
  }

  join(other: TopNames): void {
    for (const [kind, names] of other.kinds)
      for (const [name, { counts, file, line }] of names) for (const [format, count] of counts) this.count(kind, name, format, count, file, line);
  }

  /** The most frequent of a kind. */
  told(kind: TopKind): TopName[] {
    return [...(this.kinds.get(kind) ?? [])]
      .map(([name, { counts, file, line }]) => ({ name, count: Math.max(...counts.values()), file, line }))
      .sort((one, other) => other.count - one.count || (one.name < other.name ? -1 : 1))
      .slice(0, most.told);
  }

  private count(kind: TopKind, name: string | undefined, format: FormatId, count: number, file: string, line: number): void {
    if (name === undefined || name === '') return;
    const names = this.kinds.get(kind) as Map<string, NameCount>;
    const known = names.get(name);
    if (known) known.counts.set(format, (known.counts.get(format) ?? 0) + count);
    else if (names.size < most.names) names.set(JSON.parse(JSON.stringify(name)) as string, { counts: new Map([[format, count]]), file, line });
  }
}

/** "550 5.1.1", "event 2004". */
function codeText({ response, event }: LogRecord): string | undefined {
  const codes = [response?.replyCode, response?.enhancedCode].filter((code) => code !== undefined).join(' ');
  return codes === '' ? event && `event ${event.id}` : codes;
}
