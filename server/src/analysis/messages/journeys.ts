/** The way of each message over all logs and servers: a fold of steps, file by file, whose parts can be joined. */

import { hashOf } from '../../text/hashes.ts';
import { isRecord, type LogRecord, type Step } from '../../values.ts';
import type { LocatedStep } from '../locatedSteps.ts';
import type { Fate } from './messageFate.ts';
import { commonKeys, localKeys, nextKey, shortHost } from './messageKeys.ts';
import type { TrackedWhat } from './messageTable.ts';
import { MessageWriter, stepTime } from './messageWriter.ts';
import { isInternalHop, isWaiting, noteEnvelope, type OpenSession, OpenSessions } from './sessionMessages.ts';

export class Journeys {
  private readonly writer = new MessageWriter();
  readonly table = this.writer.table;
  readonly clocks = this.writer.clocks;
  /** The servers that know messages by queue ids. */
  readonly queueServers = new Set<string>();
  private readonly sessions = new OpenSessions();
  /** The row of a tracking log that was read last, and what it was about: its failures follow it. */
  private row: { readonly start: number; readonly message: number; readonly event: string } | undefined;

  beginFile(file: string): void {
    this.writer.beginFile(file);
    this.row = undefined;
  }

  /** Takes the next steps of the file that was begun last, in their order. */
  take(steps: readonly LocatedStep[]): void {
    this.row = undefined;
    for (const located of steps) this.add(located);
  }

  /** Takes what was read of other files. A session that those go on with is not followed into them. */
  append(other: Journeys): void {
    this.table.append(other.table);
    this.clocks.join(other.clocks);
    for (const server of other.queueServers) this.queueServers.add(server);
  }

  private add(located: LocatedStep): void {
    const { step } = located;
    if (step.tracked !== undefined) {
      if (isRecord(step)) this.addTrackedFailure(located, step);
      else this.addRow(located, step.tracked);
    } else if (step.dialogue) this.addSessionStep(located);
    else if (step.ids?.queue !== undefined) this.addQueueStep(located, step.ids.queue);
    else if (isRecord(step) && step.captures.messageId !== undefined) this.addReport(located, step, step.captures.messageId);
  }

  /** A row of a tracking log: what happened to the message, and to whom. */
  private addRow(located: LocatedStep, event: string): void {
    const { table } = this;
    const { step } = located;
    const { ids = {}, recipients = [], captures, said = '', relatedRecipient, handOver } = step;
    const common = commonKeys(ids);
    if (common.length === 0) return;
    const server = this.writer.serverOf(step);
    // Others name the number that the server gave it when it came.
    const message = table.find(common, event === 'RECEIVE' ? localKeys(ids, server) : []);
    this.row = { start: step.span.start, message, event };
    this.writer.name(message, ids, captures.sender, true);
    const at = stepTime(step);
    const tracked = table.get(message);
    tracked.isTracked = true;
    for (const address of recipients) {
      const fate = this.writer.fate(message, address);
      fate.isNamed = true;
      if (step.what === 'waits') fate.defer(at);
      else if (step.what === 'failed') fate.fail(at);
      else if (step.what === 'delivered') deliver(fate, at, step, event);
    }
    if (relatedRecipient !== undefined && step.what === 'expanded') {
      const fate = this.writer.fate(message, relatedRecipient);
      fate.replacement = event === 'EXPAND' ? 'expanded' : (fate.replacement ?? 'redirected');
      // An address that is only another name of the recipient is told where a row has it as one.
      if (event !== 'RESOLVE') fate.isNamed = true;
    }
    if (server !== undefined) {
      if (handOver) this.writer.seeHandOver(handOver, server, at);
      // The server that was handed the message writes down the same moment under the number that it has given.
      else if (ids.internal !== undefined && (event === 'RECEIVE' || event === 'HARECEIVE')) this.writer.seeHandOver({ host: server, internal: ids.internal }, server, at);
    }
    this.writer.tell(located, message, trackedWhat(step, event), said);
    if (step.reportedMessage !== undefined) this.tellReported(located, step.reportedMessage);
  }

  /** A report on a message is a step of that message too. */
  private tellReported(located: LocatedStep, id: string): void {
    const common = commonKeys({ message: id });
    if (common.length === 0) return;
    const message = this.table.find(common, []);
    this.writer.name(message, { message: id }, undefined, false);
    this.writer.tell(located, message, 'noted', 'a report on it was made (DSN)');
  }

  /** The failure of a recipient, which follows its row. */
  private addTrackedFailure(located: LocatedStep, record: LogRecord): void {
    const { row } = this;
    if (!row || row.start !== record.span.start) return;
    // What a report repeats happened to the message that it reports.
    if (row.event === 'DSN' || record.captures.recipient === undefined) return;
    this.writer.decide(this.writer.fate(row.message, record.captures.recipient), located, record);
  }

  /** A session's row: what it says of a message that is known in it. */
  private addSessionStep(located: LocatedStep): void {
    const { step } = located;
    const { ids = {}, captures } = step;
    const server = this.writer.serverOf(step);
    if (!isRecord(step) && step.command === 'connection' && server !== undefined) this.clocks.greet(step.said ?? '', server, stepTime(step));
    if (ids.session === undefined) return;
    const key = `${step.format} ${server ?? ''} ${ids.session}`;
    const session = this.sessions.of(key, step.isFirst === true);
    noteEnvelope(session, step);
    if (isRecord(step)) this.addSessionFailure(located, step, session);
    else if (step.what === 'ended') this.sessions.end(key);
    else if (step.what === 'noted' && ids.message !== undefined) {
      session.message = this.table.find(commonKeys(ids), localKeys(ids, server));
      session.recipients = [];
      this.writer.name(session.message, ids, undefined, false);
      this.writer.tell(located, session.message, 'sending', 'the session begins to send it');
    } else if (step.handOver && (ids.message !== undefined || session.message >= 0)) this.addAcceptance(located, session, captures.sender ?? session.sender);
  }

  private addSessionFailure(located: LocatedStep, record: LogRecord, session: OpenSession): void {
    const { message } = session;
    if (message < 0) return;
    const { recipient } = record.captures;
    const command = record.response?.command;
    if (command === 'RCPT' && recipient !== undefined) this.writer.decide(this.writer.named(message, recipient), located, record);
    else if (command === 'message' && session.recipients.length > 0)
      for (const address of session.recipients) this.writer.decide(this.writer.named(message, address), located, record);
    else this.writer.decide(this.writer.common(message), located, record);
    this.writer.tell(located, message, isWaiting(located) ? 'deferred' : 'failed', record.response?.text ?? '');
  }

  /** The answer with which a server took a message over. */
  private addAcceptance(located: LocatedStep, session: OpenSession, sender: string | undefined): void {
    const { step } = located;
    const { ids = {}, handOver = {}, said = '' } = step;
    const server = this.writer.serverOf(step);
    const isReceived = step.direction === 'receive';
    const message =
      ids.message === undefined
        ? session.message
        : this.table.find(commonKeys(ids), isReceived ? localKeys({ ...(handOver.internal && { internal: handOver.internal }) }, shortHost(handOver.host)) : []);
    this.writer.name(message, ids, sender, false);
    const at = stepTime(step);
    for (const address of session.recipients) {
      const fate = this.writer.named(message, address);
      if (isReceived) continue;
      if (handOver.host !== undefined && handOver.internal === undefined) fate.deliver(at);
      else if (!isInternalHop(step)) fate.hand(at, 0);
    }
    if (server !== undefined) this.writer.seeHandOver(handOver, server, at);
    this.writer.tell(located, message, isReceived ? 'received' : 'sent', withoutIds(said));
    session.recipients = [];
    session.message = -1;
  }

  /** A line of Postfix or Exim, which know a message by its queue id. */
  private addQueueStep(located: LocatedStep, queue: string): void {
    const { table } = this;
    const { step } = located;
    const { ids = {}, captures, handOver } = step;
    const server = this.writer.serverOf(step);
    const keys = localKeys({ queue }, server);
    if (server !== undefined) this.queueServers.add(server);
    const message = table.find(commonKeys(ids), keys, step.what === 'began');
    this.writer.name(message, ids, captures.sender, false);
    const at = stepTime(step);
    if (isRecord(step)) {
      this.writer.decide(captures.recipient === undefined ? this.writer.common(message) : this.writer.named(message, captures.recipient), located, step);
      this.writer.tell(located, message, isWaiting(located) ? 'deferred' : 'failed', step.response?.text ?? '');
      return;
    }
    if (captures.recipient !== undefined && step.what === 'delivered') {
      const fate = this.writer.named(message, captures.recipient);
      const next = handOver && nextKey(handOver);
      if (handOver) fate.hand(at, next === undefined ? 0 : hashOf(next));
      else fate.deliver(at);
    }
    const what = step.what === 'delivered' ? (handOver ? 'sent' : 'delivered') : step.what === 'accepted' ? 'received' : 'noted';
    this.writer.tell(located, message, what, step.what === 'accepted' ? `queue id ${queue}` : (step.said ?? ''));
  }

  /** An event, a bounce or the output of a command that names the message. */
  private addReport(located: LocatedStep, record: LogRecord, id: string): void {
    const message = this.table.find(commonKeys({ message: id }), []);
    this.writer.name(message, { message: id }, record.captures.sender, false);
    const { recipient } = record.captures;
    const isDecided = record.response !== undefined;
    if (isDecided) this.writer.decide(recipient === undefined ? this.writer.common(message) : this.writer.fate(message, recipient), located, record);
    if (isDecided && recipient !== undefined && record.isToSender) this.writer.fate(message, recipient).isNamed = true;
    const detail = record.event ? `${record.event.source} ${record.event.id}` : '';
    this.writer.tell(located, message, isDecided ? (isWaiting(located) ? 'deferred' : 'failed') : 'noted', [detail, record.response?.text].filter(Boolean).join(': '));
  }
}

/** SEND is between servers of the organisation, unless its connector is one that somebody has made: so Exchange 2010 tells what leaves it. */
function deliver(fate: Fate, at: number, { handOver, captures }: Step, event: string): void {
  if (!handOver || (event === 'SEND' && handOver.host !== undefined && handOver.internal === undefined)) fate.deliver(at);
  else if (event === 'SENDEXTERNAL' || (captures.sendConnector !== undefined && !/^Intra-Organization /i.test(captures.sendConnector))) fate.hand(at, 0);
}

function trackedWhat({ what, handOver }: Step, event: string): TrackedWhat {
  if (what === 'delivered') return handOver ? 'sent' : 'delivered';
  if (what === 'expanded') return event === 'EXPAND' ? 'expanded' : 'redirected';
  if (what === 'waits') return 'deferred';
  if (what === 'failed') return 'failed';
  return event === 'SUBMIT' ? 'sent' : what === 'accepted' ? 'received' : 'noted';
}

/** An answer without what only this message has, so that like answers are kept once. */
function withoutIds(said: string): string {
  return said
    .replace(/<[^<>]{0,998}>|\[[^[\]]{0,300}\]/g, '')
    .replace(/[\d.,]{1,20} bytes in [\d.,]{1,20}, [\d.,]{1,20} KB\/sec/, '')
    .replace(/\s+/g, ' ');
}
