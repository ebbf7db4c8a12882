/** What is known about mail failures, looked up by event, by code and by text. */

import type { Basis, ColumnMeaning, Failure, Match, Meaning } from '../failures.ts';
import { withoutAddresses } from '../smtp/address.ts';
import { innerReplies } from '../smtp/innerReplies.ts';
import { withSingleBlanks } from '../text/excerpt.ts';
import { type FormatId, type LogEvent, type Response, transportSources } from '../values.ts';
import { eventRank, innerRank, rankOf, textRank, wrapperRank } from './ranks.ts';
import { closeGaps, comparable, wordsThatAreAsked } from './saidWords.ts';
import type { Snippets } from './snippets.ts';
import { createPhraseTable, type PhraseOwner, type PhraseTable, TextIndex } from './textIndex.ts';

/** The knowledge base as it is shipped: plain data. */
export interface KnowledgeData {
  readonly failures: readonly Failure[];
  /** IANA's enhanced status codes, as "X.7.1". */
  readonly enhancedCodes: readonly Meaning[];
  /** Reply codes of RFC 5321 and its neighbours. */
  readonly replyCodes: readonly Meaning[];
  /** Events whose meaning does not depend on a failure document. */
  readonly events: readonly Meaning[];
  readonly columns: readonly ColumnMeaning[];
  /** The forms of logs, and what scripts share, for documents of the user's own. */
  readonly formatIds: readonly FormatId[];
  readonly snippets: Snippets;
  /** The index of just these failures, made when the product is built; without it, it is made when it is needed. */
  readonly index?: ConditionIndex;
}

/** Where a condition is looked for: plain data, by the number that it has in the order of the documents. */
export interface ConditionIndex {
  /** Conditions without words, by their code, event or command. */
  readonly codes: Readonly<Record<string, readonly number[]>>;
  /** A phrase that is an address is looked for as it stands; the others not within addresses, whose words are not the server's. */
  readonly words: PhraseTable;
  readonly addresses: PhraseTable;
  /** Words that others must follow. */
  readonly pairs: PhraseTable;
}

export interface KnowledgeBase {
  readonly failures: readonly Failure[];
  /** What the registries hold, to choose from. */
  readonly registries: Pick<KnowledgeData, 'enhancedCodes' | 'replyCodes' | 'events' | 'formatIds' | 'snippets'>;
  failure(id: string): Failure | undefined;
  /**
   * Of an event's words those that its documents ask for, apart from each other: hardly two descriptions are alike, and most say the same of the failure.
   * Undefined where the words of this event say nothing about its meaning.
   */
  askedWords(event: LogEvent): string | undefined;
  /** The failures that fit best. More than one fits equally well only through a fault of the documents, which a test finds. */
  matches(event: LogEvent | undefined, response: Response | undefined): readonly Fit[];
  /** What the registries say: the enhanced status code before the reply code, since it says more. */
  meaning(response: Response): Meaning | undefined;
  eventMeaning(event: LogEvent): Meaning | undefined;
  /** The sources that are known to log an event of this number. */
  eventSources(id: number): readonly string[];
  /** What a column of Exchange's logs holds; the name in any case. */
  columnMeaning(name: string): ColumnMeaning | undefined;
}

/** A failure that fits, and by what. */
export interface Fit {
  readonly failure: Failure;
  readonly basis: Basis;
  /** The part of the document that is about it. */
  readonly part?: string | undefined;
}

/** A condition of a failure with its weight: the more it asks for, the more its being met says. */
interface Condition extends PhraseOwner {
  readonly failure: Failure;
  readonly match: Match;
  readonly rank: number;
  /** The codes that `match.enhanced` stands for where it is a range. */
  readonly range: ReadonlySet<string> | undefined;
}

function conditionsOf(failures: readonly Failure[]): Condition[] {
  const conditions: Condition[] = [];
  for (const failure of failures) for (const match of failure.match) conditions.push(conditionOf(failure, match));
  return conditions;
}

function conditionOf(failure: Failure, match: Match): Condition {
  const range = match.enhanced?.includes('-') ? new Set(codesIn(match.enhanced)) : undefined;
  return { failure, match, rank: rankOf(match), range, phrases: match.text ?? match.near?.[0] ?? none, behind: match.near?.[1] };
}

const none: readonly string[] = [];

/** Makes the index of failures. */
export function createConditionIndex(failures: readonly Failure[]): ConditionIndex {
  const conditions = conditionsOf(failures);
  const codes = new Map<string, number[]>();
  for (const [number, { match, phrases }] of conditions.entries()) {
    if (phrases.length > 0) continue;
    for (const key of keysOf(match)) {
      const known = codes.get(key);
      if (known) known.push(number);
      else codes.set(key, [number]);
    }
  }
  return {
    codes: Object.fromEntries(codes),
    words: createPhraseTable(conditions, (phrase, { behind }) => !behind && !phrase.includes('@')),
    addresses: createPhraseTable(conditions, (phrase, { behind }) => !behind && phrase.includes('@')),
    pairs: createPhraseTable(conditions, (_phrase, { behind }) => behind !== undefined),
  };
}

/** What a condition without words is looked for by: what says most of what it asks for. */
function keysOf({ event, enhanced, reply, command }: Match): string[] {
  if (event) return [eventKey(event)];
  return enhanced ? codesIn(enhanced) : [reply === undefined ? (command as string) : String(reply)];
}

export function createKnowledgeBase(data: KnowledgeData): KnowledgeBase {
  const byId = new Map(data.failures.map((failure) => [failure.id, failure]));
  const conditions = conditionsOf(data.failures);
  const { index = createConditionIndex(data.failures) } = data;
  const byCode = new Map(Object.entries(index.codes));
  const wordedEvents = new Map<string, Condition[]>();
  for (const condition of conditions) {
    const { match, phrases } = condition;
    if (match.event && phrases.length > 0) wordedEvents.set(eventKey(match.event), [...(wordedEvents.get(eventKey(match.event)) ?? []), condition]);
  }
  const words = new TextIndex(conditions, index.words);
  const addresses = new TextIndex(conditions, index.addresses);
  const pairs = new TextIndex(conditions, index.pairs);
  const enhancedCodes = new Map(data.enhancedCodes.map((meaning) => [meaning.code, meaning]));
  const replyCodes = new Map(data.replyCodes.map((meaning) => [meaning.code, meaning]));
  const columns = new Map(data.columns.map((column) => [column.name, column]));
  const events = new Map(data.events.map((meaning) => [meaning.code, meaning]));

  /** What fits best, and how much that says. */
  const match = (event: LogEvent | undefined, response: Response | undefined): { readonly rank: number; readonly found: readonly Fit[] } => {
    let best = { rank: 0, length: 0 };
    let found: Fit[] = [];
    const consider = ({ failure, match, rank, range }: Condition, length: number): void => {
      const difference = rank - best.rank || length - best.length;
      if (difference < 0) return;
      if (match.reply !== undefined && match.reply !== response?.replyCode) return;
      if (match.enhanced !== undefined && response?.enhancedCode !== match.enhanced && !range?.has(response?.enhancedCode ?? '')) return;
      if (match.command !== undefined && match.command !== response?.command) return;
      if (match.event && !(event && eventKey(match.event) === eventKey(event))) return;
      if (difference > 0) found = [];
      best = { rank, length };
      const known = found.findIndex((fit) => fit.failure === failure);
      const basis = match.event ? 'event' : match.text || match.near ? 'text' : 'code';
      if (known < 0) found.push({ failure, basis, part: match.part });
      // Where two conditions of one document fit equally well, neither says which part is meant.
      else if (found[known]?.part !== match.part) found[known] = { failure, basis };
    };
    for (const code of [event && eventKey(event), response?.enhancedCode, response?.replyCode && String(response.replyCode), response?.command]) {
      for (const number of (code && byCode.get(code)) || []) consider(conditions[number] as Condition, 0);
    }
    if (event?.words && wordedEvents.has(eventKey(event))) {
      // What a server answers and what an event says are not the same words: here only conditions count that ask for the event.
      const considerEvent = (condition: Condition, length: number): void => void (condition.match.event && consider(condition, length));
      const description = comparable(withSingleBlanks(event.words));
      const said = withoutAddresses(description);
      words.find(said, considerEvent);
      addresses.find(description, considerEvent);
      pairs.find(said, considerEvent);
    }
    if (!response) return { rank: best.rank, found };
    const text = comparable(response.text);
    const said = withoutAddresses(text);
    words.find(said, consider);
    if (text.includes('@')) addresses.find(text, consider);
    if (best.rank >= textRank) return { rank: best.rank, found };
    // Only where the text itself says nothing special: what it says with nothing in the place of addresses, and words near each other.
    const closed = closeGaps(said);
    if (closed !== said) words.find(closed, consider);
    if (best.rank < textRank) pairs.find(closed, consider);
    return { rank: best.rank, found };
  };

  const matches = (event: LogEvent | undefined, response: Response | undefined): readonly Fit[] => {
    const whole = match(event, response);
    // What an event says of itself goes before all that is said in it.
    if (!response || whole.rank >= eventRank) return whole.found;
    for (const inner of innerReplies(response)) {
      // A document can ask for the code of the wrapper and for words inside: then it is about just this wrapper.
      const both = match(undefined, { ...response, text: inner.text });
      if (both.rank >= wrapperRank) return both.found;
      const { rank, found } = match(undefined, inner);
      if (rank >= (isCoded(inner) ? innerRank : textRank)) return found;
    }
    return whole.found;
  };

  return {
    failures: data.failures,
    registries: data,
    failure: (id) => byId.get(id),
    askedWords: (event) => {
      const asked = event.words ? wordedEvents.get(eventKey(event)) : undefined;
      return asked && wordsThatAreAsked(event.words ?? '', asked);
    },
    matches,
    meaning: (response) =>
      (response.enhancedCode && enhancedCodes.get(`X${response.enhancedCode.slice(1)}`)) || (response.replyCode ? replyCodes.get(String(response.replyCode)) : undefined),
    columnMeaning: (name) => columns.get(name.toLowerCase()),
    eventMeaning: (event) => events.get(eventKey(event)),
    eventSources: (id) => [
      ...new Set([...events.keys(), ...byCode.keys(), ...wordedEvents.keys()].filter((key) => key.endsWith(` ${id}`)).map((key) => key.slice(0, -` ${id}`.length))),
    ],
  };
}

function isCoded({ replyCode, enhancedCode }: Response): boolean {
  return replyCode !== undefined || enhancedCode !== undefined;
}

/** "5.7.606-649" as its codes. A number has three digits at most (RFC 3463, 2). */
export function codesIn(enhanced: string): string[] {
  const range = /^(\d\.\d+\.)(\d{1,3})-(\d{1,3})$/.exec(enhanced);
  if (!range) return [enhanced];
  const [first, last] = [Number(range[2]), Number(range[3])];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => `${range[1]}${first + index}`);
}

/** The documents name the first of the transport services for all of them. */
function eventKey({ source, id }: LogEvent): string {
  return `${transportSources.some((name) => name === source) ? transportSources[0] : source} ${id}`;
}
