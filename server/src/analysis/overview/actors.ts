/** Who must act about a failure: what its document says, seen from the server that wrote the log. */

import type { Finding } from '../../failures.ts';
import { failureOf } from '../../knowledge/parts.ts';
import type { LogRecord } from '../../values.ts';
import { answererOf } from '../findings.ts';

/** The names are part of the command line's contract. `sender`: the person who wrote the message. */
export const actors = ['us', 'them', 'sender', 'nobody', 'unclear'] as const;
export type Actor = (typeof actors)[number];

/** Whom a document names first, whoever reads it. */
type Role = 'nobody' | 'person' | 'client' | 'sending' | 'receiving' | 'here';

/**
 * The sentences of documents have few subjects: "The administrator of the sending server", "The sender". The first one that fits counts;
 * what fits none is left unclear.
 */
const roles: readonly (readonly [Role, RegExp])[] = [
  ['nobody', /^nobody\b/],
  ['person', /^the sender\b(?!')|\bwho sends\b|\bwhoever sends\b|^the owner of the application \(/],
  ['sending', /\bsending\b|\bsender's\b|\bfrom domain\b/],
  ['receiving', /\b(?:recipient's|receiving|(?:gave|wrote) the answer|answered|that refused)\b/],
  ['here', /\b(?:this server|this organisation|logged the event|exchange (?:online )?organisation|exchange servers?|journaling|smart host is)\b/],
  ['client', /\b(?:application|device|client|program that made|public address)\b/],
  ['receiving', /\b(?:recipient|mailbox|group|destination|partner|whose limit)\b/],
];

/** The first sentence that says who must act; undefined where no document knows the failure. */
export function whoActs(finding: Finding): string | undefined {
  const text = failureOf(finding)
    ?.whoActs.replace(/^### .*$/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
  return text ? (/^.*?\.(?= |$)/.exec(text)?.[0] ?? text) : undefined;
}

/** Whether it is ours to fix, who have this log. */
export function actorOf(finding: Finding, record: LogRecord): Actor {
  const role = actingRole(whoActs(finding) ?? '');
  if (role === undefined) return 'unclear';
  if (role === 'nobody') return 'nobody';
  if (role === 'here') return 'us';
  const side = sideOf(record);
  if (side === undefined) return 'unclear';
  if (role === 'person') return side === 'receive' ? 'them' : 'sender';
  if (side === 'inside') return 'us';
  // What signs in here may be a device of ours, or a stranger.
  if (role === 'client') return side === 'send' ? 'us' : 'unclear';
  // Strangers try to relay through every server, and to refuse them is right; but a device of ours is refused alike.
  if (finding.category === 'relay-denied' && side === 'receive') return 'unclear';
  return (role === 'sending') === (side === 'send') ? 'us' : 'them';
}

export function actingRole(sentence: string): Role | undefined {
  // It depends, and on what no log shows.
  if (/\botherwise\b/.test(sentence)) return undefined;
  const lower = sentence.toLowerCase().split(';', 1)[0] as string;
  return roles.find(([, pattern]) => pattern.test(lower))?.[0];
}

/** On which side of the connection we stand, or whether there was none: a tracking log tells of mail that no other server had a part in. */
function sideOf(record: LogRecord): 'send' | 'receive' | 'inside' | undefined {
  const side = answererOf(record);
  if (side) return side;
  // A report comes back to the side that sent.
  if (record.isToSender) return 'send';
  if (!record.isOfTracking) return undefined;
  return record.captures.remoteHost === undefined && record.captures.remoteAddress === undefined ? 'inside' : 'send';
}
