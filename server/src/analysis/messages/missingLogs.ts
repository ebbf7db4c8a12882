/** Which logs are not there: Exchange begins a file each hour, so the names of the files that are there show the holes between them. */

import type { Step } from '../../values.ts';
import { serverOfPath } from '../serverOfLog.ts';
import { shortHost } from './messageKeys.ts';

/** A log that would show more. The names are part of the command line's contract. */
export interface MissingLog {
  readonly server: string;
  /** "SMTP receive log (Hub)". */
  readonly log: string;
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

const hour = 3_600_000;

/** What a file's name says of it. */
interface LogName {
  /** undefined where the path does not say it: the log lies alone in a folder. */
  readonly server: string | undefined;
  readonly kind: string;
  /** The hours that it is about, since 1970. */
  readonly first: number;
  readonly count: number;
}

type Hours = Map<string, Set<number>>;

/** The hours of each server and kind of log, known by the names of files. */
export class LogHours {
  /** By server, then by kind. */
  private readonly hours = new Map<string, Hours>();
  /** By kind: of logs whose server their path does not say. Each may be that of any server. */
  private readonly unplaced: Hours = new Map();
  private found: MissingLog[] | undefined;

  /** @returns Whether the path says what log of which server it is. */
  see(file: string): boolean {
    this.found = undefined;
    const name = readName(file);
    if (!name) return false;
    const kinds = name.server === undefined ? this.unplaced : this.hoursOf(name.server);
    addHours(
      kinds,
      name.kind,
      Array.from({ length: name.count }, (_, index) => name.first + index),
    );
    return name.server !== undefined;
  }

  /** Takes a row of a log whose path does not say it: the log may have been renamed. @param at Milliseconds since 1970. */
  seeRow({ dialogue, direction, tracked }: Step, at: number): void {
    const kind = tracked !== undefined ? trackingLogName : dialogue === 'numbered' && direction ? protocolLogNames[direction] : undefined;
    if (kind !== undefined && !Number.isNaN(at)) addHours(this.unplaced, kind, [Math.floor(at / hour)]);
  }

  join(other: LogHours): void {
    this.found = undefined;
    for (const [server, kinds] of other.hours) for (const [kind, hours] of kinds) addHours(this.hoursOf(server), kind, hours);
    for (const [kind, hours] of other.unplaced) addHours(this.unplaced, kind, hours);
  }

  /** Whether a file of this kind is there for an hour, counted since 1970, or one that may be it. */
  has(server: string, log: string, hourNumber: number): boolean {
    const [general = log] = log.split(' (');
    return [this.hours.get(server)?.get(log), this.unplaced.get(log), this.unplaced.get(general)].some((hours) => hours?.has(hourNumber));
  }

  private hoursOf(server: string): Hours {
    const kinds = this.hours.get(server) ?? new Map<string, Set<number>>();
    this.hours.set(server, kinds);
    return kinds;
  }

  /** The hours for which a server has no file of a kind that it has for the hour before or behind, while other files are about them. */
  holes(): readonly MissingLog[] {
    this.found ??= this.findHoles();
    return this.found;
  }

  private findHoles(): MissingLog[] {
    const covered = new Set<number>();
    for (const kinds of this.hours.values()) for (const hours of kinds.values()) for (const one of hours) covered.add(one);
    const all = [...covered].sort((one, other) => one - other);
    const holes: MissingLog[] = [];
    for (const [server, kinds] of this.hours) {
      for (const [kind, hours] of kinds) {
        // Nothing is approved in most hours.
        if (kind === approval) continue;
        for (const one of all) {
          if (hours.has(one) || !(hours.has(one - 1) || hours.has(one + 1))) continue;
          const own = [...kinds.values()].filter((others) => others.has(one)).length;
          const why =
            own > 0
              ? `${own} other ${own === 1 ? 'log' : 'logs'} of ${server} are about this hour, and this one is not among the files`
              : 'the logs of other servers are about this hour, and this one is not among the files';
          holes.push({ server, log: kind, from: iso(one), to: iso(one + 1), why });
        }
      }
    }
    return holes.sort((one, other) => order(one.server, other.server) || order(one.from, other.from) || order(one.log, other.log));
  }

  /** The logs in which a message goes on behind its last step, as far as they are not there. */
  behind(server: string | null, remoteHost: string | null, at: number): MissingLog[] {
    const next = shortHost(remoteHost ?? undefined);
    const servers = [server, next].filter((one, index, list): one is string => typeof one === 'string' && this.hours.has(one) && list.indexOf(one) === index);
    const wanted = servers.length > 0 ? servers : [];
    return this.holes().filter((hole) => wanted.includes(hole.server) && ends.has(hole.log) && Date.parse(hole.to) > at && Date.parse(hole.from) <= at + hour);
  }
}

function addHours(kinds: Hours, kind: string, hours: Iterable<number>): void {
  const known = kinds.get(kind) ?? new Set<number>();
  kinds.set(kind, known);
  for (const one of hours) known.add(one);
}

const order = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
const iso = (hours: number): string => new Date(hours * hour).toISOString();
export const trackingLogName = 'Message tracking log';
const protocolLogNames = { send: 'SMTP send log', receive: 'SMTP receive log' } as const;
const approval = 'Message tracking log (approval)';
/** Where the end of a message stands. */
const ends: ReadonlySet<string> = new Set(['Message tracking log', 'Message tracking log (mailbox delivery)', 'SMTP send log (Hub)', 'SMTP send log']);

/** Exchange's names: the kind, the date, perhaps the hour, and a number that counts where a file has grown too large (Microsoft Learn, "Protocol logging", "Message tracking"). */
function readName(file: string): LogName | undefined {
  const folders = file.split(/[\\/]/);
  const found = /^(SEND|RECV|MSGTRK(?:MS|MD|MA)?|CONNECTLOG)(\d{4})(\d\d)(\d\d)(\d\d)?-\d{1,6}\.LOG$/i.exec(folders.pop() ?? '');
  const server = shortHost(serverOfPath(file));
  if (!found) return undefined;
  const [, prefix = '', year, month, day, clock] = found;
  const start = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(clock ?? 0));
  return { server, kind: kindOf(prefix.toUpperCase(), folders), first: Math.floor(start / hour), count: clock === undefined ? 24 : 1 };
}

function kindOf(prefix: string, folders: readonly string[]): string {
  const tracking = {
    MSGTRK: trackingLogName,
    MSGTRKMS: 'Message tracking log (mailbox submission)',
    MSGTRKMD: 'Message tracking log (mailbox delivery)',
    MSGTRKMA: approval,
  }[prefix];
  if (tracking !== undefined) return tracking;
  const lower = folders.map((folder) => folder.toLowerCase());
  const service = ['Hub', 'FrontEnd', 'Mailbox', 'Edge'].find((name) => lower.includes(name.toLowerCase()));
  const part = ['Submission', 'Delivery'].find((name) => lower.includes(name.toLowerCase()));
  const place = [service, part].filter(Boolean).join(', ');
  const log = prefix === 'CONNECTLOG' ? 'Connectivity log' : protocolLogNames[prefix === 'SEND' ? 'send' : 'receive'];
  return place === '' ? log : `${log} (${place})`;
}
