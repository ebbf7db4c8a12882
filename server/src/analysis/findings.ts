/** Joins the records of a text with what is known about them. */

import type { Failure, Finding } from '../failures.ts';
import { readRecords } from '../formats/index.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { permanenceOf } from '../smtp/response.ts';
import { withChanges } from '../text/withChanges.ts';
import type { CommandName, LogEvent, LogRecord, Permanence, Response, SessionDirection, Severity } from '../values.ts';
import { detached } from './copied.ts';
import { type Orders, ordersOf, placeRecord } from './times/recordTimes.ts';
import type { TimeZone } from './times/timeZone.ts';

/**
 * The findings of a text, in the order of their marks.
 * A record about which nothing at all is known, such as an event that is no failure, gives none.
 * @param zone Where the user has said the zone of local times.
 */
export function findFindings(text: string, knowledge: KnowledgeBase, zone?: TimeZone): Finding[] {
  const records = readRecords(text);
  const findings = explainRecords(records, knowledge);
  if (!zone) return findings;
  const orders = ordersOf(records);
  return findings.map((finding) => placeFinding(finding, orders, zone));
}

/** The findings of records, in their order. */
export function explainRecords(records: readonly LogRecord[], knowledge: KnowledgeBase): Finding[] {
  return [...createExplainer(knowledge)(records)];
}

/**
 * The finding with its time in UTC, or why there is none; itself, where its record has no local time.
 * @param orders Those of all of its file.
 */
export function placeFinding(finding: Finding, orders: Orders, zone: TimeZone): Finding {
  const record = placeRecord(finding.record, orders, zone);
  return record === finding.record ? finding : withChanges(finding, { record });
}

/** Gives the findings of records in their order, each when it is asked for, so that those of a long text need no memory together. */
export type Explainer = (records: readonly LogRecord[]) => Iterable<Finding>;

/** Starts with one text, whose records may come in parts. */
export function createExplainer(knowledge: KnowledgeBase): Explainer {
  const memory = new Memory(knowledge);
  return (records) => explainEach(records, memory);
}

function* explainEach(records: readonly LogRecord[], memory: Memory): Generator<Finding> {
  for (const record of records) {
    const known = memory.explain(record);
    if (known.explanation) yield { record: sharing(record, known.stated), ...known.explanation };
  }
}

/** The record with what many others state too: an editor keeps the records of a document, and a log of failures repeats few responses millions of times. */
function sharing(record: LogRecord, { event, response }: Stated): LogRecord {
  // Nobody else has the record yet, and a copy would cost more than the response.
  return event || response ? Object.assign(record, event && { event }, response && { response }) : record;
}

/** What a finding says beside its record. */
type Explanation = Omit<Finding, 'record'>;

/** All that an explanation depends on. */
interface Stated {
  readonly event?: LogEvent | undefined;
  readonly response?: Response | undefined;
  readonly what: LogRecord['what'];
  /** Those of the event that its meaning depends on. */
  readonly words?: string | undefined;
  readonly direction: SessionDirection | undefined;
}

function statedBy(record: LogRecord, knowledge: KnowledgeBase): Stated {
  const { event, response, what } = record;
  const direction = answererOf(record);
  if (!event) return { response, what, direction };
  if (event.isHandingOn) return { response, what: 'failed', direction };
  return { event: { source: event.source, id: event.id }, response, what, direction, words: knowledge.askedWords(event) };
}

/** Who answered: in a session that was received the server that wrote the log, in one that it began the other one. */
export function answererOf({ direction, captures }: LogRecord): SessionDirection | undefined {
  if (direction) return direction;
  if (captures.receiveConnector) return 'receive';
  return captures.sendConnector ? 'send' : undefined;
}

/** What was stated, and what is known about it. */
interface Known {
  readonly stated: Stated;
  readonly explanation: Explanation | undefined;
}

/**
 * Logs repeat few responses over and over: what was found about one is remembered. The memory is bounded, and holds copies,
 * so that it keeps no part of a text.
 */
class Memory {
  private readonly knowledge: KnowledgeBase;
  /** By the event or the command that they are about, and by their words. */
  private readonly known = new Map<CommandName | number | undefined, Map<string, Known>>();
  private size = 0;

  constructor(knowledge: KnowledgeBase) {
    this.knowledge = knowledge;
  }

  explain(record: LogRecord): Known {
    const stated = statedBy(record, this.knowledge);
    const { event, response, what, words, direction } = stated;
    const about = event?.id ?? response?.command;
    const entry = this.known.get(about)?.get(wordsOf(stated));
    if (entry && isSame(entry.stated, stated)) return entry;
    const explanation = explainRecord(stated, this.knowledge);
    if ((response?.text.length ?? 0) + (event?.source.length ?? 0) + (words?.length ?? 0) > longestRemembered) return { stated, explanation };
    if (this.size === mostRemembered) {
      this.known.clear();
      this.size = 0;
    }
    const copy = detached({ event, response, what, words, direction });
    const known = { stated: copy, explanation };
    this.known.set(about, (this.known.get(about) ?? new Map()).set(wordsOf(copy), known));
    this.size += 1;
    return known;
  }
}

const mostRemembered = 1_000;
const longestRemembered = 500;

/** What two records seldom have in common without being the same. */
function wordsOf({ event, response, words }: Stated): string {
  return words ?? response?.text ?? event?.source ?? '';
}

/** Whether two records state the same that stand under the same event or command. */
function isSame(one: Stated, other: Stated): boolean {
  return (
    one.response?.text === other.response?.text &&
    one.response?.replyCode === other.response?.replyCode &&
    one.response?.enhancedCode === other.response?.enhancedCode &&
    one.response?.command === other.response?.command &&
    one.event?.source === other.event?.source &&
    one.what === other.what &&
    one.words === other.words &&
    one.direction === other.direction
  );
}

/** What is known: the failure that fits best, or else what the registries say of the codes. */
function explainRecord(stated: Stated, knowledge: KnowledgeBase): Explanation | undefined {
  const { event, response, words } = stated;
  const permanence = permanenceOf(response);
  const fit = knowledge.matches(event && words ? { ...event, words } : event, response)[0];
  if (fit) {
    const { failure, basis } = fit;
    const part = fit.part ?? (stated.direction && failure.directions?.[stated.direction]);
    return {
      failure,
      ...(part !== undefined && { part }),
      basis,
      category: failure.category,
      title: failure.title,
      severity: severityOf(failure, stated, permanence),
      ...(permanence && { permanence }),
    };
  }
  if (!response) {
    const meaning = event && knowledge.eventMeaning(event);
    return meaning && { basis: 'registry', category: meaning.category ?? 'unknown', title: meaning.summary, severity: 'warning' };
  }
  const meaning = knowledge.meaning(response);
  return {
    basis: 'registry',
    category: meaning?.category ?? 'unknown',
    title: meaning
      ? `${meaning.summary} (${meaning.code.replace('X', response.enhancedCode?.[0] ?? 'X')})`
      : hasCode(response)
        ? 'A failure whose code is in no registry'
        : 'A failure told in words alone',
    severity: isAside(stated) ? 'information' : permanence === 'transient' ? 'warning' : 'error',
    ...(permanence && { permanence }),
  };
}

/**
 * A message that waits has not failed: what keeps it is worth a warning at most, unless the reply says that it is final. What a mail system
 * notes beside its mail, such as passwords that strangers guess all day, is information.
 */
function severityOf({ severity }: Failure, stated: Stated, permanence: Permanence | undefined): Severity {
  if (isAside(stated)) return 'information';
  return severity === 'error' && stated.what === 'waits' && permanence !== 'permanent' ? 'warning' : severity;
}

function isAside({ what, event }: Stated): boolean {
  return what === 'noted' && !event;
}

function hasCode({ replyCode, enhancedCode }: Response): boolean {
  return replyCode !== undefined || enhancedCode !== undefined;
}
