/** Writes down what a step says of a message: its names, what became of its recipients, and the step itself. */

import { recipientCaptures } from '../../smtp/address.ts';
import type { LogRecord, Step } from '../../values.ts';
import type { LocatedStep } from '../locatedSteps.ts';
import { serverOfConnector, serverOfPath } from '../serverOfLog.ts';
import { clockOf } from '../times/clock.ts';
import { Fate, type Reason } from './messageFate.ts';
import { nextKey, shortHost } from './messageKeys.ts';
import { MessageTable, type TrackedWhat } from './messageTable.ts';
import { ServerClocks } from './serverClocks.ts';
import { isWaiting } from './sessionMessages.ts';

export class MessageWriter {
  readonly table = new MessageTable();
  readonly clocks = new ServerClocks();
  private file = '';
  private serverOfFile: string | undefined;

  beginFile(file: string): void {
    this.file = file;
    this.serverOfFile = shortHost(serverOfPath(file));
  }

  name(message: number, { message: id, network }: { readonly message?: string; readonly network?: string }, sender: string | undefined, isSure: boolean): void {
    const tracked = this.table.get(message);
    if (tracked.messageId === '' && id !== undefined) tracked.messageId = JSON.parse(JSON.stringify(id)) as string;
    if (tracked.networkId === '' && network !== undefined) tracked.networkId = JSON.parse(JSON.stringify(network)) as string;
    if (sender === undefined || (tracked.sender !== 0 && (tracked.isSenderSure || !isSure))) return;
    tracked.sender = this.table.names.number(sender);
    tracked.isSenderSure = isSure;
    tracked.isProbe ||= probes.test(sender);
  }

  fate(message: number, address: string): Fate {
    return this.table.get(message).fate(this.table.names.number(address.toLowerCase()));
  }

  named(message: number, address: string): Fate {
    const fate = this.fate(message, address);
    fate.isNamed = true;
    return fate;
  }

  common(message: number): Fate {
    const tracked = this.table.get(message);
    tracked.common ??= new Fate(0);
    return tracked.common;
  }

  decide(fate: Fate, located: LocatedStep, record: LogRecord): void {
    const { names } = this.table;
    const at = stepTime(record);
    const reason: Reason = {
      at,
      response: names.number(record.response?.text.slice(0, 1_000)),
      failure: names.number(located.finding?.failure?.id),
      target: names.number(targetOf(record)),
    };
    if (isWaiting(located)) fate.defer(at, reason);
    else fate.fail(at, reason);
  }

  seeHandOver(handOver: NonNullable<Step['handOver']>, server: string, at: number): void {
    const key = handOver.internal === undefined ? undefined : nextKey(handOver);
    if (key !== undefined && !Number.isNaN(at)) this.clocks.see(key, server, at);
  }

  tell({ step, line }: LocatedStep, message: number, what: TrackedWhat, detail: string): void {
    const { captures, connection, format, ids } = step;
    this.table.addStep({
      message,
      time: stepTime(step),
      localTime: step.time === undefined ? step.localTime : undefined,
      file: this.file,
      line,
      what,
      detail: detail.slice(0, 200),
      server: this.serverOf(step),
      session: ids?.session ?? captures.sessionId,
      connector: captures.sendConnector ?? captures.receiveConnector,
      remoteHost: captures.remoteHost ?? captures.remoteAddress,
      remoteAddress: captures.remoteAddress ?? addressOf(connection?.remote),
      format,
    });
  }

  serverOf(step: Step): string | undefined {
    return this.serverOfFile ?? serverInStep(step);
  }
}

/** The server that a step itself names, where the path of its log names none. */
export function serverInStep({ captures }: Pick<Step, 'captures'>): string | undefined {
  return shortHost(captures.server) ?? shortHost(serverOfConnector(captures.receiveConnector));
}

/** An endpoint without its port: `203.0.113.25:25`, `[2001:db8::1]:25`. */
function addressOf(endpoint: string | undefined): string | undefined {
  return endpoint === undefined ? undefined : (/^\[?([0-9A-Fa-f.:]{2,45}?)\]?:\d{1,5}$/.exec(endpoint)?.[1] ?? undefined);
}

/** What a failure is about, for a reader: the connector that the mail goes over, else the domain, else the host. */
export function targetOf({ captures }: Pick<Step, 'captures'>): string {
  return (
    captures.sendConnector ??
    captures.receiveConnector ??
    captures.recipientDomain ??
    captures.remoteHost ??
    captures.remoteAddress ??
    recipientCaptures(captures.recipient).recipientDomain ??
    ''
  );
}

/** Exchange's managed availability sends itself messages all day (Microsoft Learn, "Managed availability"). */
const probes = /^(?:HealthMailbox[0-9a-f]{4,}|extest_[0-9a-f]{6,}|inboundproxy|maildeliveryprobe)[^@\s]*@/i;

export const stepTime = ({ time }: Step): number => clockOf(time);
