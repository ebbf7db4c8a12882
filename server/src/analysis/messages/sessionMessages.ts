/** The messages of SMTP sessions while their rows are read: which message a refusal is about, and who accepted it for whom. */

import { permanenceOf } from '../../smtp/response.ts';
import { isRecord, type Step } from '../../values.ts';
import type { LocatedStep } from '../locatedSteps.ts';

/** A session as far as messages need it. */
export interface OpenSession {
  /** The number of the message that is on its way; -1 where it is not known. */
  message: number;
  sender: string | undefined;
  recipients: string[];
}

const most = { sessions: 20_000, recipients: 5_000 } as const;

/** The sessions that are open, by the log and their id. */
export class OpenSessions {
  private readonly sessions = new Map<string, OpenSession>();

  /** The session that a step belongs to; a new one at its first row. */
  of(key: string, isFirst: boolean): OpenSession {
    const known = isFirst ? undefined : this.sessions.get(key);
    if (known) return known;
    const session: OpenSession = { message: -1, sender: undefined, recipients: [] };
    if (this.sessions.size >= most.sessions)
      for (const oldest of this.sessions.keys()) {
        this.sessions.delete(oldest);
        break;
      }
    this.sessions.set(JSON.parse(JSON.stringify(key)) as string, session);
    return session;
  }

  end(key: string): void {
    this.sessions.delete(key);
  }
}

/** Notes what a step says of its session's envelope. */
export function noteEnvelope(session: OpenSession, step: Step): void {
  const { command, captures } = step;
  if (step.what === 'asked' && command === 'MAIL') {
    session.sender = JSON.parse(JSON.stringify(captures.sender ?? '')) as string;
    session.recipients = [];
    if (step.direction === 'receive') session.message = -1;
  } else if (step.what === 'accepted' && command === 'RCPT' && captures.recipient !== undefined && session.recipients.length < most.recipients) {
    session.recipients.push(JSON.parse(JSON.stringify(captures.recipient)) as string);
  }
}

/** Between the services of an organisation nobody has the message for good: the ports and connectors are Exchange's own (Microsoft Learn, "Mail flow and the transport pipeline"). */
export function isInternalHop({ connection, captures }: Pick<Step, 'connection' | 'captures'>): boolean {
  return (
    /:(?:2525|465|475|717)$/.test(connection?.remote ?? '') ||
    /^(?:Intra-Organization SMTP Send Connector|Inbound Proxy Internal Send Connector|Client Proxy Send Connector)$/i.test(captures.sendConnector ?? '')
  );
}

/** Whether a record says that something waits: the reply code decides, and without one the log. */
export function isWaiting({ step, finding }: LocatedStep): boolean {
  if (!isRecord(step)) return step.what === 'waits';
  const permanence = finding?.permanence ?? permanenceOf(step.response);
  // A connection that broke is tried again.
  return permanence === undefined ? step.what === 'waits' || step.dialogue !== undefined : permanence === 'transient';
}
