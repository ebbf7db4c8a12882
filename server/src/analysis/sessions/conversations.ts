/** What became of a session: a fold of its steps, part by part, that can be joined wherever the log was cut. */

import type { Finding } from '../../failures.ts';
import { isSignIn } from '../../smtp/command.ts';
import { type FormatId, isRecord, type SessionDirection, type Step } from '../../values.ts';
import { detached } from '../copied.ts';
import { clockOf } from '../times/clock.ts';
import { addFact, addFacts, addSigns, beginsSession, directionOf, endsSession, type Fact, type Facts, type Sign } from './sessionSigns.ts';
import { type Turn, turnOf } from './turns.ts';

/** So long nothing was said before the row at this place. */
export interface Silence {
  readonly at: number;
  readonly seconds: number;
  /** What was said before and after it. */
  readonly before: string;
  readonly after: string;
}

/** What the knowledge base says of a row. */
export interface FoundAt {
  readonly at: number;
  /** null where only a registry knows the code. */
  readonly failure: string | null;
  readonly title: string;
}

/** A log can have a session of any length: so many turns from its beginning and its end are kept, silences, and findings. */
const most = { firstTurns: 4_000, lastTurns: 400, others: 1_000, said: 120 } as const;

export class Conversation {
  format: FormatId | undefined;
  direction: SessionDirection | undefined;
  /** Whether the log shows how it began, and how it ended. */
  isBegun = false;
  isEnded = false;
  rows = 0;
  first = Number.POSITIVE_INFINITY;
  last = Number.NEGATIVE_INFINITY;
  /** When its first and its last row were written: in UTC, or as written where the log does not say the zone. */
  start: string | undefined;
  stop: string | undefined;
  isLocalTime = false;
  authentication: 'succeeded' | 'failed' | null = null;
  /** The last answer to the connection itself, or to EHLO. */
  greeting: Turn | undefined;
  readonly facts: Facts = {};
  readonly signs = new Set<Sign>();
  readonly silences: Silence[] = [];
  readonly findings: FoundAt[] = [];
  readonly turns: Turn[] = [];
  /** Of a session with more turns, the last ones; those between are only counted. */
  readonly lastTurns: Turn[] = [];
  turnCount = 0;
  private firstSaid = '';
  private lastSaid = '';
  private firstTime = Number.NaN;
  private lastTime = Number.NaN;
  private readonly gapSeconds: number;
  /** So many turns are copies. */
  private settled = 0;

  /** @param gapSeconds Longer silences are kept; the same for all that are joined. */
  constructor(gapSeconds = 60) {
    this.gapSeconds = gapSeconds;
  }

  /** The milliseconds since 1970 of its last row; those of a clock without zone where the log does not say it. NaN where no row has a time. */
  get lastMilliseconds(): number {
    return this.lastTime;
  }

  /**
   * Takes the session's next step.
   * @param at Where it stands and, with `end`, where it ends: lines or offsets, as long as they come in the order of the log.
   * @param finding What the knowledge base says of it.
   */
  add(step: Step, at: number, end: number, finding?: Pick<Finding, 'failure' | 'category' | 'title'>): void {
    const said = isRecord(step) ? (step.response?.text ?? '') : (step.said ?? '');
    const time = millisecondsOf(step);
    if (this.rows === 0) {
      this.isBegun = beginsSession(step);
      this.format = step.format;
      this.direction = directionOf(step);
      this.first = at;
      this.firstSaid = said;
    } else this.addSilence(at, time, said);
    this.rows += 1;
    this.last = Math.max(this.last, end);
    this.lastSaid = said;
    this.see(time, time, step.time ?? step.localTime, step.time ?? step.localTime);
    if (step.time === undefined && step.localTime !== undefined) this.isLocalTime = true;
    addFacts(step, said, this.facts);
    addSigns(step, said, this.signs);
    if (finding?.category === 'tls' && this.isRefusal(step)) this.signs.add('tlsRefused');
    if (finding) this.addFinding({ at, failure: finding.failure?.id ?? null, title: finding.title });
    const turn = turnOf(step, at);
    if (turn) this.take(turn);
    this.isEnded = endsSession(step, said);
  }

  /** Takes what follows of the same session. */
  append(below: Conversation): void {
    if (below.rows === 0) return;
    if (this.rows === 0) {
      this.isBegun = below.isBegun;
      this.format = below.format;
      this.direction = below.direction;
      this.first = below.first;
      this.firstSaid = below.firstSaid;
    } else this.addSilence(below.first, below.firstTime, below.firstSaid);
    this.rows += below.rows;
    this.last = Math.max(this.last, below.last);
    this.lastSaid = below.lastSaid;
    this.see(below.firstTime, below.lastTime, below.start, below.stop);
    this.isLocalTime ||= below.isLocalTime;
    for (const fact in below.facts) addFact(this.facts, fact as Fact, below.facts[fact as Fact]);
    for (const sign of below.signs) this.signs.add(sign);
    this.authentication = below.authentication ?? this.authentication;
    this.greeting = below.greeting ?? this.greeting;
    for (const silence of below.silences) this.keepSilence(silence);
    for (const found of below.findings) this.addFinding(found);
    const count = this.turnCount + below.turnCount;
    for (const turn of below.turns) this.addTurn(turn);
    for (const turn of below.lastTurns) this.addTurn(turn);
    this.turnCount = count;
    this.isEnded = below.isEnded;
  }

  /** Keeps copies of its texts: those of the steps are windows into a part of the log, which would stay in memory with them. */
  settle(): void {
    const { start, stop, greeting, firstSaid, lastSaid } = this;
    Object.assign(this, detached({ start, stop, greeting, firstSaid: shortened(firstSaid), lastSaid: shortened(lastSaid) }));
    Object.assign(this.facts, detached(this.facts));
    this.turns.push(...detached(this.turns.splice(this.settled)));
    this.lastTurns.push(...detached(this.lastTurns.splice(0)));
    this.silences.push(...detached(this.silences.splice(0)));
    this.settled = this.turns.length;
  }

  private take(turn: Turn): void {
    this.addTurn(turn);
    if (turn.kind !== 'answered') return;
    if (turn.command === 'connection' || turn.command === 'EHLO') this.greeting = turn;
    if (turn.code === 235) this.authentication = 'succeeded';
    else if (turn.digit !== 2 && turn.digit !== 3 && (isSignIn(turn.command) || turn.code === 535)) this.authentication = 'failed';
  }

  private isRefusal(step: Step): boolean {
    return isRecord(step) && step.response?.command !== 'STARTTLS';
  }

  private addTurn(turn: Turn): void {
    this.turnCount += 1;
    if (this.turns.length < most.firstTurns) this.turns.push(turn);
    else {
      this.lastTurns.push(turn);
      if (this.lastTurns.length > most.lastTurns) this.lastTurns.shift();
    }
  }

  private addFinding(found: FoundAt): void {
    if (this.findings.length < most.others) this.findings.push(found);
  }

  private addSilence(at: number, time: number, after: string): void {
    const seconds = (time - this.lastTime) / 1_000;
    if (seconds > this.gapSeconds) this.keepSilence({ at, seconds, before: shortened(this.lastSaid), after: shortened(after) });
  }

  private keepSilence(silence: Silence): void {
    if (this.silences.length < most.others) this.silences.push(silence);
  }

  private see(first: number, last: number, start: string | undefined, stop: string | undefined): void {
    if (Number.isNaN(this.firstTime)) this.firstTime = first;
    if (!Number.isNaN(last)) this.lastTime = last;
    this.start ??= start;
    this.stop = stop ?? this.stop;
  }
}

/** One conversation from two stretches of its log, the one above first. Whatever the cut, it is the conversation of the whole. */
export function joinConversations(above: Conversation, below: Conversation, gapSeconds?: number): Conversation {
  const joined = new Conversation(gapSeconds);
  joined.append(above);
  joined.append(below);
  return joined;
}

/** The clock of a log goes on whether its zone is known or not. */
export function millisecondsOf({ time, localTime }: Step): number {
  return clockOf(time ?? localTime);
}

const shortened = (said: string): string => said.slice(0, most.said);
