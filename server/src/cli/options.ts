/** The values of the command line's options: the words that a user typed in, checked values out. */

import { existsSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { type RecipientStatus, recipientStatuses } from '../analysis/messages/messageFate.ts';
import { type Verdict, verdicts } from '../analysis/sessions/verdicts.ts';
import { createTimeZone, type TimeZone } from '../analysis/times/timeZone.ts';
import { nearestFailures } from '../explain/nearestFailures.ts';
import { isEncoding } from '../files/encoding.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { type CaptureName, type Category, captureNames, categories } from '../values.ts';

/** Categories joined by commas, added to those of an earlier option. Throws InvalidArgumentError at an unknown one. */
export function readCategories(text: string, earlier: ReadonlySet<Category> = new Set()): ReadonlySet<Category> {
  const names = splitNames(text);
  const unknown = names.find((name) => !categories.includes(name as Category));
  if (unknown !== undefined) throw new InvalidArgumentError(`There is no category "${unknown}". Known are: ${categories.join(', ')}.`);
  return new Set([...earlier, ...(names as Category[])]);
}

/** Names joined by commas, added to those of an earlier option. */
export function readNames(text: string, earlier: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  return new Set([...earlier, ...splitNames(text)]);
}

/** Statuses of messages joined by commas, added to those of an earlier option. Throws InvalidArgumentError at an unknown one. */
export function readStatuses(text: string, earlier: ReadonlySet<RecipientStatus> = new Set()): ReadonlySet<RecipientStatus> {
  const names = splitNames(text);
  const unknown = names.find((name) => !recipientStatuses.includes(name as RecipientStatus));
  if (unknown !== undefined) throw new InvalidArgumentError(`There is no status "${unknown}". Known are: ${recipientStatuses.join(', ')}.`);
  return new Set([...earlier, ...(names as RecipientStatus[])]);
}

/** Verdicts joined by commas, added to those of an earlier option. Throws InvalidArgumentError at an unknown one. */
export function readVerdicts(text: string, earlier: ReadonlySet<Verdict> = new Set()): ReadonlySet<Verdict> {
  const names = splitNames(text);
  const unknown = names.find((name) => !verdicts.includes(name as Verdict));
  if (unknown !== undefined) throw new InvalidArgumentError(`There is no verdict "${unknown}". Known are: ${verdicts.join(', ')}.`);
  return new Set([...earlier, ...(names as Verdict[])]);
}

/** A length of time in seconds. */
export function readSeconds(text: string): number {
  if (!/^\d{1,9}(?:\.\d{1,3})?$/.test(text)) throw new InvalidArgumentError('Write a number of seconds, such as 60 or 0.5.');
  return Number(text);
}

/** What to tell about an id that the knowledge base does not hold. */
export function unknownFailure(id: string, knowledge: KnowledgeBase): string {
  const [nearest] = nearestFailures(id.replaceAll('-', ' '), knowledge);
  const advice = nearest ? `Did you mean ${nearest.id}? ` : '';
  return `There is no failure "${id}". ${advice}"mailflow-lens failures" lists them all.`;
}

/** The options that take several names. */
const listOptions: Readonly<Record<string, (word: string) => boolean>> = {
  '--category': (word) => categories.includes(word as Category),
  '--failure': (word) => /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(word) && !existsSync(word),
  '--include': (word) => /[*?]/.test(word),
};

/**
 * The words of a command line with lists in one piece. PowerShell hands `tls,network` over as two words, and people write a blank behind a
 * comma: what follows a name of a list and can be nothing else than a further name is joined to it.
 */
export function withListsJoined(words: readonly string[]): string[] {
  const joined: string[] = [];
  let isName: ((word: string) => boolean) | undefined;
  for (const word of words) {
    const before = joined.at(-1);
    const goesOn = before !== undefined && isName !== undefined && !(before in listOptions) && (before.endsWith(',') || isName(word.replace(/,$/, '')));
    if (goesOn && !word.startsWith('-')) joined[joined.length - 1] = `${before.replace(/,$/, '')},${word}`;
    else {
      if (before === undefined || !(before in listOptions)) isName = listOptions[word];
      joined.push(word);
    }
  }
  return joined;
}

/** Patterns for names of files joined by commas, added to those of an earlier option. */
export function readPatterns(text: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, ...splitNames(text).filter((pattern) => pattern !== '')];
}

/**
 * A point in time in ISO 8601: a date, or a date and a time with or without zone. Without zone it is UTC, as in the logs of Exchange.
 * @param isEnd Whether it ends a stretch of time: a date alone then means the end of its day.
 * @returns Milliseconds since 1970. Throws InvalidArgumentError where it is no such time.
 */
export function readTime(text: string, isEnd: boolean): number {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?)?$/i.exec(text.trim());
  const [, date = '', clock, zone = 'Z'] = parts ?? [];
  const time = Date.parse(`${date}T${clock ?? (isEnd ? '23:59:59.999' : '00:00')}${zone.toUpperCase()}`);
  // Date.parse takes February 30 for a day in March.
  const isDay = !Number.isNaN(time) && new Date(`${date}T00:00Z`).toISOString().startsWith(date);
  if (!isDay) throw new InvalidArgumentError('Write a time as 2026-01-15, 2026-01-15T09:30 or 2026-01-15T09:30:00+01:00.');
  return time;
}

/** A time zone by name or offset. */
export function readTimeZone(text: string): TimeZone {
  const zone = createTimeZone(text);
  if (!zone) throw new InvalidArgumentError(`There is no time zone "${text}". Write it as Europe/Berlin, UTC or +02:00.`);
  return zone;
}

/** The name of an encoding that can be decoded. */
export function readEncoding(text: string): string {
  if (!isEncoding(text)) throw new InvalidArgumentError(`There is no encoding "${text}". Write a name such as windows-1251, shift_jis, gbk or utf-16le.`);
  return text;
}

/** A whole number from 0. */
export function readMaximum(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It must be a whole number, 0 or more.');
  return Number(text);
}

/** A number of threads from 1. */
export function readWorkers(text: string): number {
  if (!/^(?:[1-9]|[1-5]\d|6[0-4])$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 to 64.');
  return Number(text);
}

export type Assignments = Readonly<Partial<Record<CaptureName, string>>>;

/** "sendConnector=Internet" added to earlier ones; "$SendConnector", as the runbook writes it, is the same name. */
export function readAssignment(text: string, earlier: Assignments = {}): Assignments {
  const [, written = '', value = ''] = /^\$?([^=]*)=([\s\S]*)$/.exec(text) ?? [];
  if (written === '') throw new InvalidArgumentError('Write it as name=value.');
  const name = captureNames.find((candidate) => candidate.toLowerCase() === written.trim().toLowerCase());
  if (!name) throw new InvalidArgumentError(`There is no variable "${written}". Known are: ${captureNames.join(', ')}.`);
  return { ...earlier, [name]: value };
}

function splitNames(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}
