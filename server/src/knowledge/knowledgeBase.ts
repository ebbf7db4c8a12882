/** What is known about mail failures, looked up by event, by code and by text. */

import { withoutAddresses } from '../smtp/address.ts';
import { type Basis, type ColumnMeaning, type Failure, type LogEvent, type Match, type Meaning, type Response, transportSources } from '../values.ts';
import { createTextIndex, type Phrase } from './textIndex.ts';

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
}

export interface KnowledgeBase {
  readonly failures: readonly Failure[];
  /** What the registries hold, to choose from. */
  readonly registries: Pick<KnowledgeData, 'enhancedCodes' | 'replyCodes' | 'events'>;
  failure(id: string): Failure | undefined;
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
}

/** What a phrase weighs. */
const textRank = 20;

/** A condition of a failure with its weight: the more it asks for, the more its being met says. */
interface Condition {
  readonly failure: Failure;
  readonly match: Match;
  readonly rank: number;
  /** The codes that `match.enhanced` stands for. */
  readonly enhancedCodes: ReadonlySet<string>;
}

export function createKnowledgeBase(data: KnowledgeData): KnowledgeBase {
  const byId = new Map(data.failures.map((failure) => [failure.id, failure]));
  const byCode = new Map<string, Condition[]>();
  const phrases: Phrase<Condition>[] = [];
  const pairs: Phrase<Condition>[] = [];
  for (const failure of data.failures) {
    for (const match of failure.match) {
      const codes = match.enhanced ? codesIn(match.enhanced) : [];
      const condition: Condition = { failure, match, rank: rankOf(match), enhancedCodes: new Set(codes) };
      if (match.text) phrases.push(...match.text.map((phrase) => ({ phrase, value: condition })));
      else if (match.near) pairs.push(...match.near[0].map((phrase) => ({ phrase, behind: (match.near as NonNullable<Match['near']>)[1], value: condition })));
      else if (match.event) add(byCode, eventKey(match.event), condition);
      else if (match.enhanced) for (const code of codes) add(byCode, code, condition);
      else add(byCode, match.reply === undefined ? (match.command as string) : String(match.reply), condition);
    }
  }
  // A phrase that is an address is looked for as it stands; the others not within addresses, whose words are not the server's.
  const findPhrases = createTextIndex(phrases.filter(({ phrase }) => !phrase.includes('@')));
  const findAddresses = createTextIndex(phrases.filter(({ phrase }) => phrase.includes('@')));
  const findPairs = createTextIndex(pairs);
  const enhancedCodes = new Map(data.enhancedCodes.map((meaning) => [meaning.code, meaning]));
  const replyCodes = new Map(data.replyCodes.map((meaning) => [meaning.code, meaning]));
  const columns = new Map(data.columns.map((column) => [column.name, column]));
  const events = new Map(data.events.map((meaning) => [meaning.code, meaning]));

  const matches = (event: LogEvent | undefined, response: Response | undefined): readonly Fit[] => {
    let best = { rank: 0, length: 0 };
    let found: Fit[] = [];
    const consider = ({ failure, match, rank, enhancedCodes: codes }: Condition, length: number): void => {
      const difference = rank - best.rank || length - best.length;
      if (difference < 0) return;
      if (match.reply !== undefined && match.reply !== response?.replyCode) return;
      if (match.enhanced !== undefined && !codes.has(response?.enhancedCode ?? '')) return;
      if (match.command !== undefined && match.command !== response?.command) return;
      if (match.event && !(event && eventKey(match.event) === eventKey(event))) return;
      if (difference > 0) found = [];
      best = { rank, length };
      if (!found.some((fit) => fit.failure === failure)) found.push({ failure, basis: match.event ? 'event' : match.text || match.near ? 'text' : 'code' });
    };
    for (const code of [event && eventKey(event), response?.enhancedCode, response?.replyCode && String(response.replyCode), response?.command]) {
      for (const condition of (code && byCode.get(code)) || []) consider(condition, 0);
    }
    if (!response) return found;
    const text = response.text.toLowerCase();
    const words = withoutAddresses(text);
    findPhrases(words, consider);
    if (text.includes('@')) findAddresses(text, consider);
    if (best.rank >= textRank) return found;
    // Only where the text itself says nothing special: what it says with nothing in the place of addresses, and words near each other.
    const closed = closeGaps(words);
    if (closed !== words) findPhrases(closed, consider);
    if (best.rank < textRank) findPairs(closed, consider);
    return found;
  };

  return {
    failures: data.failures,
    registries: data,
    failure: (id) => byId.get(id),
    matches,
    meaning: (response) =>
      (response.enhancedCode && enhancedCodes.get(`X${response.enhancedCode.slice(1)}`)) || (response.replyCode ? replyCodes.get(String(response.replyCode)) : undefined),
    columnMeaning: (name) => columns.get(name.toLowerCase()),
    eventMeaning: (event) => events.get(eventKey(event)),
    eventSources: (id) => [...new Set([...events.keys(), ...byCode.keys()].filter((key) => key.endsWith(` ${id}`)).map((key) => key.slice(0, -` ${id}`.length)))],
  };
}

/**
 * Event and id say most, a bare reply code least; a text says more than any code, since servers choose codes loosely.
 * Words to a command say more than the same words with a code, since the command tells whom they are about.
 * Two words near each other (14) say less than a phrase and more than a code.
 * What is general weighs so much less that general words (8) come below an enhanced status code (10), and a general code (4) below all but nothing.
 */
function rankOf(match: Match): number {
  const rank = (match.event ? 100 : 0) + (match.text ? textRank : 0) + (match.near ? 14 : 0) + (match.command ? 12 : 0) + (match.enhanced ? 10 : 0) + (match.reply ? 5 : 0);
  return match.general ? rank * 0.4 : rank;
}

/**
 * Servers put addresses into the midst of their words, `your IP 192.0.2.10 is blocked`, `mailbox <anna@fabrikam.com> is full`: the phrases do without.
 * Where nothing else says that it is a host's, "ip" stays in its place.
 * @param words A text in which mail addresses have shrunk already.
 */
function closeGaps(words: string): string {
  const closed = words.includes('@') ? words.replace(/[<("'[]{0,3}@[>)"'\]]{0,3}[:,]? ?/g, '') : words;
  if (!/\d\.\d{1,3}\.\d{1,3}\.\d/.test(closed)) return closed;
  return closed.replace(/[("'[]{0,3}\b\d{1,3}(?:\.\d{1,3}){3}\b[)"'\]]{0,3}[:,]?/g, 'ip').replace(/\b(ip|address|host|client|server|network):? ip\b/g, '$1');
}

/** "5.7.606-649" as its codes. */
export function codesIn(enhanced: string): string[] {
  const range = /^(\d\.\d+\.)(\d+)-(\d+)$/.exec(enhanced);
  if (!range) return [enhanced];
  const [first, last] = [Number(range[2]), Number(range[3])];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => `${range[1]}${first + index}`);
}

/** The documents name the first of the transport services for all of them. */
function eventKey({ source, id }: LogEvent): string {
  return `${transportSources.some((name) => name === source) ? transportSources[0] : source} ${id}`;
}

function add(index: Map<string, Condition[]>, key: string, condition: Condition): void {
  const list = index.get(key);
  if (list) list.push(condition);
  else index.set(key, [condition]);
}
