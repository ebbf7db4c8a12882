/** The answer about one finding, short enough for one screen: what becomes of the message, who acts, whom it is about, how often, what to do, why. */

import type { Failure, Finding } from '../failures.ts';
import type { Captures, LogRecord } from '../values.ts';
import { describePermanenceShortly, describeTime } from './describe.ts';
import { code, plainText } from './markdown.ts';

/** How often a failure stands in a file. */
export interface Frequency {
  readonly count: number;
  /** When it stands there first and last, where the log says so. */
  readonly first: LogRecord;
  readonly last: LogRecord;
  /** Whether nothing but a little stands below the last one. */
  readonly isAtEnd: boolean;
}

/**
 * The lines of the answer as Markdown, those that are not known left out.
 * @param failure As it is told of the finding; absent where only a registry knows the code.
 * @param frequency Absent where it stands there once.
 * @param actions A row of links; empty where the client has none.
 */
export function answerMarkdown(finding: Finding, failure: Failure | undefined, frequency: Frequency | undefined, actions: string): string {
  const facts = [fateLine(finding, failure), partiesLine(finding.record), frequency ? frequencyLine(frequency) : '', actions].filter((line) => line !== '');
  return [facts.join('  \n'), reasonOf(finding, failure, roomBelow(facts))].filter((part) => part !== '').join('\n\n');
}

/** A hover shows about so many lines of an answer, each of about so many characters, before it has to be scrolled. */
const shownLines = 7;
const lineLength = 104;
/** So much of a line text fills, since it ends between words. */
const filled = 0.85;

/** How much room is left for the reason: two lines of it at least, three at most. */
function roomBelow(facts: readonly string[]): number {
  const used = facts.reduce((lines, fact) => lines + Math.ceil(plainText(fact).length / lineLength), 0);
  return filled * lineLength * Math.min(3, Math.max(2, shownLines - used));
}

/** "**Transient**, retried until it expires. To act: the administrator of the sending server." */
function fateLine({ permanence }: Finding, failure: Failure | undefined): string {
  const fate = describePermanenceShortly(permanence);
  const acts = failure ? `**Who must act:** ${firstSentences(failure.whoActs, 0)}` : '';
  return [fate, acts].filter((part) => part !== '').join(' ');
}

/** Whom it is about, over which way, and when. */
function partiesLine(record: LogRecord): string {
  const { captures } = record;
  const parts = [
    named('To', captures.recipient ?? captures.recipientDomain),
    named('from', captures.sender),
    hostOf(captures),
    named('connector', captures.sendConnector ?? captures.receiveConnector),
    named('certificate', captures.certificateSubject ?? captures.certificateThumbprint),
    named('queue', captures.queue),
    captures.remoteHost === undefined && captures.remoteAddress === undefined ? named('server', captures.server) : '',
  ].filter((part) => part !== '');
  const line = parts.join(', ');
  // A time that is certain is told in a few characters; what leaves one open is said in words.
  const time = isPlainTime(record) ? `${shownTime(record)}${record.time === undefined ? ' (time zone not stated)' : ''}` : describeTime(record);
  const about = line === '' ? '' : `${line.charAt(0).toUpperCase()}${line.slice(1)}`;
  return [about, time].filter((part) => part !== '').join(' · ');
}

/** Whether no more is to be said of a time than what it is. */
function isPlainTime({ time, localTime, timeDoubt }: LogRecord): boolean {
  return (time === undefined) !== (localTime === undefined) && timeDoubt === undefined;
}

function named(word: string, value: string | undefined): string {
  return value ? `${word} ${code(value, longestValue)}` : '';
}

function hostOf({ remoteHost, remoteAddress }: Captures): string {
  if (!remoteHost) return named('via', remoteAddress);
  return `${named('via', remoteHost)}${remoteAddress ? ` (${code(remoteAddress, longestValue)})` : ''}`;
}

const longestValue = 60;

/** "12 times in this file, from 08:02:11 to 09:44:03, the last one near its end." */
function frequencyLine({ count, first, last, isAtEnd }: Frequency): string {
  const [from, to] = withoutDay(writtenTime(first), writtenTime(last)).map((written) => (written === '' ? '' : code(written, 40)));
  const span = from === '' || to === '' ? '' : from === to ? `, all at ${from}` : `, from ${from} to ${to}`;
  return `**${count.toLocaleString('en-US')} times** in this file${span}${isAtEnd ? ', the last one near its end' : ''}.`;
}

const timeOfDay = /\b\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?[AP]M\b)?/i;

/** The day is left out where both ends have the same: it stands with the finding's own time. */
function withoutDay(from: string, to: string): readonly [string, string] {
  const [start, end] = [timeOfDay.exec(from)?.[0], timeOfDay.exec(to)?.[0]];
  const isSameDay = start !== undefined && end !== undefined && from.replace(start, '') === to.replace(end, '');
  return isSameDay ? [start, end] : [from, to];
}

function shownTime(record: LogRecord): string {
  const written = writtenTime(record);
  return written && code(written, 40);
}

function writtenTime({ time, localTime }: LogRecord): string {
  return time === undefined ? (localTime ?? '') : time.replace('T', ' ').replace(/\.\d+Z$|Z$/, ' UTC');
}

/** What it means in a sentence or two, and what to look at first. */
function reasonOf(finding: Finding, failure: Failure | undefined, room: number): string {
  const { basis, record } = finding;
  const notes = [
    basis === 'code' ? 'Recognised by its code alone.' : '',
    basis === 'registry' ? 'Nothing more is known about this text; this is the registered meaning of its code.' : '',
    record.isGuessed ? 'The columns were guessed: the header is missing.' : '',
  ];
  const check = failure ? firstCheck(failure) : '';
  return [failure ? firstSentences(failure.meaning, room - check.length) : '', ...notes, check && `**Check first:** ${check}`].filter((part) => part !== '').join(' ');
}

/** The first sentences of a text as far as they have room, at least one. */
function firstSentences(markdown: string, room: number): string {
  const [paragraph = ''] = markdown.split(/\n\s*\n/, 1);
  const sentences = paragraph.replace(/\s+/g, ' ').split(/(?<=[.!?])\s+(?=[A-Z`*])/);
  let text = sentences[0] ?? '';
  for (const sentence of sentences.slice(1, 2)) if (plainText(`${text} ${sentence}`).length <= room) text += ` ${sentence}`;
  return text;
}

/** What the evidence asks first: the first comment of its script. How one connects is said there. */
function firstCheck({ runbook }: Failure): string {
  const comment = /^[ \t]*#\s*(\S.*)$/m.exec(runbook.evidence.script)?.[1]?.replace(' (Connect-ExchangeOnline first)', '');
  return comment ? firstSentences(comment, 0) : '';
}
