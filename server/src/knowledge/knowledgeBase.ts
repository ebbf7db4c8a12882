/** What is known about mail failures, looked up by event, by code and by text. */

import type { Basis, Failure, LogEvent, Match, Meaning, Response } from '../values.ts';

/** The knowledge base as it is shipped: plain data. */
export interface KnowledgeData {
  readonly failures: readonly Failure[];
  /** IANA's enhanced status codes, as "X.7.1". */
  readonly enhancedCodes: readonly Meaning[];
  /** Reply codes of RFC 5321 and its neighbours. */
  readonly replyCodes: readonly Meaning[];
  /** Events whose meaning does not depend on a failure document. */
  readonly events: readonly Meaning[];
}

export interface KnowledgeBase {
  readonly failures: readonly Failure[];
  failure(id: string): Failure | undefined;
  /** The failures that fit best. More than one fits equally well only through a fault of the documents, which a test finds. */
  matches(event: LogEvent | undefined, response: Response | undefined): readonly Fit[];
  /** What the registries say: the enhanced status code before the reply code, since it says more. */
  meaning(response: Response): Meaning | undefined;
  eventMeaning(event: LogEvent): Meaning | undefined;
}

/** A failure that fits, and by what. */
export interface Fit {
  readonly failure: Failure;
  readonly basis: Basis;
}

/** A condition of a failure with its weight: the more it asks for, the more its being met says. */
interface Condition {
  readonly failure: Failure;
  readonly match: Match;
  readonly rank: number;
}

export function createKnowledgeBase(data: KnowledgeData): KnowledgeBase {
  const byId = new Map(data.failures.map((failure) => [failure.id, failure]));
  const byEvent = new Map<string, Condition[]>();
  const byEnhanced = new Map<string, Condition[]>();
  const byReply = new Map<number, Condition[]>();
  const byText: Condition[] = [];
  for (const failure of data.failures) {
    for (const match of failure.match) {
      const condition = { failure, match, rank: rankOf(match) };
      if (match.event) add(byEvent, eventKey(match.event), condition);
      else if (match.enhanced) for (const code of codesIn(match.enhanced)) add(byEnhanced, code, condition);
      else if (match.reply) add(byReply, match.reply, condition);
      else byText.push(condition);
    }
  }
  const enhancedCodes = new Map(data.enhancedCodes.map((meaning) => [meaning.code, meaning]));
  const replyCodes = new Map(data.replyCodes.map((meaning) => [meaning.code, meaning]));
  const events = new Map(data.events.map((meaning) => [meaning.code, meaning]));

  const matches = (event: LogEvent | undefined, response: Response | undefined): readonly Fit[] => {
    const text = response?.text.toLowerCase() ?? '';
    const candidates = [
      ...((event && byEvent.get(eventKey(event))) ?? []),
      ...((response?.enhancedCode && byEnhanced.get(response.enhancedCode)) || []),
      ...((response?.replyCode && byReply.get(response.replyCode)) || []),
      ...(response ? byText : []),
    ];
    let best = { rank: 0, length: 0 };
    let found: Fit[] = [];
    for (const { failure, match, rank } of candidates) {
      const length = fittingText(match, response, text);
      if (length === undefined) continue;
      const difference = rank - best.rank || length - best.length;
      if (difference < 0 || (difference === 0 && found.some((fit) => fit.failure === failure))) continue;
      if (difference > 0) found = [];
      best = { rank, length };
      found.push({ failure, basis: match.event ? 'event' : match.text ? 'text' : 'code' });
    }
    return found;
  };

  return {
    failures: data.failures,
    failure: (id) => byId.get(id),
    matches,
    meaning: (response) =>
      (response.enhancedCode && enhancedCodes.get(`X${response.enhancedCode.slice(1)}`)) || (response.replyCode ? replyCodes.get(String(response.replyCode)) : undefined),
    eventMeaning: (event) => events.get(eventKey(event)),
  };
}

/** Event and id say most, a bare reply code least; a text says more than any code, since servers choose codes loosely. */
function rankOf(match: Match): number {
  if (match.event) return 100;
  return (match.text ? 20 : 0) + (match.enhanced ? 10 : 0) + (match.reply ? 5 : 0);
}

/** The length of the longest text of a condition that the response holds, 0 for a condition without text, undefined if it does not fit. Its enhanced code fits already: it was found by it. */
function fittingText(match: Match, response: Response | undefined, text: string): number | undefined {
  if (match.reply !== undefined && match.reply !== response?.replyCode) return undefined;
  if (!match.text) return 0;
  let longest: number | undefined;
  for (const alternative of match.text) {
    if (alternative.length > (longest ?? 0) && text.includes(alternative)) longest = alternative.length;
  }
  return longest;
}

/** "5.7.606-649" as its codes. */
export function codesIn(enhanced: string): string[] {
  const range = /^(\d\.\d+\.)(\d+)-(\d+)$/.exec(enhanced);
  if (!range) return [enhanced];
  const [first, last] = [Number(range[2]), Number(range[3])];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => `${range[1]}${first + index}`);
}

function eventKey(event: LogEvent): string {
  return `${event.source} ${event.id}`;
}

function add<Key>(index: Map<Key, Condition[]>, key: Key, condition: Condition): void {
  const list = index.get(key);
  if (list) list.push(condition);
  else index.set(key, [condition]);
}
