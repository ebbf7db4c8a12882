/** What one step says of its session as a whole, whatever stands above and below it. */

import { greetingHost } from '../../smtp/address.ts';
import { isRecord, type SessionDirection, type Step } from '../../values.ts';

/**
 * What is true of a session as soon as one row says so. `masked`: somebody between the two sides rewrites what they say.
 * `proxied`: it hands bytes on, or was asked to.
 */
export type Sign = 'connected' | 'unconnected' | 'proxied' | 'masked' | 'tlsOffered' | 'tlsStarted' | 'tlsFailed' | 'tlsRefused' | 'helo';

/** What a session is known by: the first row that says it counts. */
export type Fact = 'id' | 'server' | 'connector' | 'local' | 'remote' | 'remoteHost' | 'certificateSubject';

export type Facts = Partial<Record<Fact, string>>;

/** Adds the signs of a step. What the knowledge base says of it is told by itself. */
export function addSigns(step: Step, said: string, signs: Set<Sign>): void {
  if (step.what === 'began') signs.add('connected');
  else if (isRecord(step)) addFailure(step.command ?? step.response?.command, step.response?.replyCode, said, signs);
  else if (step.what === 'asked') {
    if (said.startsWith('XPROXY ')) signs.add('proxied');
    if (step.command === 'EHLO' && /^HELO\b/i.test(said)) signs.add('helo');
    if (/^X{4}\s/.test(said)) signs.add('masked');
  } else if (step.what === 'accepted') addAnswer(step, said, signs);
  else if (step.what === 'noted') {
    if (said.startsWith('TLS protocol ') && said.includes(' negotiation succeeded')) signs.add('tlsStarted');
    else if (said.includes('will now be proxied')) signs.add('proxied');
  }
}

function addFailure(command: Step['command'], replyCode: number | undefined, said: string, signs: Set<Sign>): void {
  if (command === 'STARTTLS') signs.add('tlsFailed');
  if (command === 'connection' && replyCode === undefined) signs.add('unconnected');
  // A server that was told XXXX for EHLO says so.
  if (command === 'EHLO' && /\bX{4}\s/.test(said)) signs.add('masked');
}

function addAnswer({ command }: Step, said: string, signs: Set<Sign>): void {
  if (command === 'STARTTLS') signs.add('tlsStarted');
  else if (command === 'EHLO') {
    if (/\b(?:STARTTLS|X-ANONYMOUSTLS)\b/.test(said)) signs.add('tlsOffered');
    // What a firewall of Cisco does to the keywords that it does not know.
    if (/\bXXX[A-Z]{1,9}\b/.test(said)) signs.add('masked');
  } else if (said.startsWith('220')) {
    signs.add('connected');
    if (/^220[ -][ *02]{0,200}\*{4}/.test(said)) signs.add('masked');
  }
}

/** Adds the facts that a step states and nothing above it did. */
export function addFacts(step: Step, said: string, facts: Facts): void {
  const { captures, connection, ids } = step;
  addFact(facts, 'id', ids?.session);
  addFact(facts, 'local', connection?.local);
  addFact(facts, 'remote', connection?.remote || captures.remoteAddress);
  addFact(facts, 'connector', captures.sendConnector ?? captures.receiveConnector);
  addFact(facts, 'server', captures.server);
  if (facts.remoteHost === undefined && otherSideSays(step)) addFact(facts, 'remoteHost', greetingHost(said) ?? answeringHost(step, said));
  if (facts.certificateSubject === undefined) addFact(facts, 'certificateSubject', captures.certificateSubject ?? (step.what === 'noted' ? ownCertificate(said) : undefined));
}

/** An empty value says nothing. */
export function addFact(facts: Facts, fact: Fact, value: string | undefined): void {
  if (value && facts[fact] === undefined) facts[fact] = value;
}

/** A server whose banner is rewritten still says its name when it answers EHLO (RFC 5321, 4.1.1.1). */
function answeringHost({ command }: Step, said: string): string | undefined {
  return command === 'EHLO' ? /^250[ -] ?([A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.[A-Za-z0-9-]{1,63}){1,20})(?=\s|$)/.exec(said)?.[1] : undefined;
}

/** Where this server sends, the other side answers; where it receives, the other side asks. */
function otherSideSays(step: Step): boolean {
  return directionOf(step) === 'send' ? step.what === 'accepted' && step.command !== 'STARTTLS' : step.what === 'asked' && step.command === 'EHLO';
}

export function directionOf({ direction = 'send' }: Step): SessionDirection {
  return direction;
}

/** Exchange 2019 names subject and issuer in one cell; both are distinguished names, and the issuer follows the subject. */
function ownCertificate(said: string): string | undefined {
  return said.startsWith('Sending certificate') ? /\s(CN=[^,]{1,256}?(?:, [A-Z]{1,2}=[^,]{1,256}?){0,8}) CN=/.exec(said)?.[1] : undefined;
}

/** Whether the log itself says that a session begins with this step: by its number, or by the greeting. */
export function beginsSession(step: Step): boolean {
  if (step.dialogue === 'numbered') return step.isFirst === true;
  if (step.dialogue === 'ungreeted') return step.command === 'EHLO';
  return step.what === 'accepted' ? step.command !== 'STARTTLS' && /^220\b/.test(step.said ?? '') : isRecord(step) && step.response?.command === 'connection';
}

/** Whether a session ends with this step: the connection was closed, or never came about. */
export function endsSession(step: Step, said: string): boolean {
  if (step.what === 'ended') return true;
  if (isRecord(step) && step.command === 'connection' && step.response?.replyCode === undefined) return true;
  // Such a log tells when the connection ended.
  if (step.dialogue === 'numbered') return false;
  if (isRecord(step)) return step.response?.replyCode === 421;
  return step.what === 'accepted' && /^(?:221|QUIT)\b/.test(said);
}
