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
  return [facts.join('  \n'), reasonOf(finding, failure)].filter((part) => part !== '').join('\n\n');
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
  const time = record.time !== undefined && record.localTime === undefined ? shownTime(record) : describeTime(record);
  const about = line === '' ? '' : `${line.charAt(0).toUpperCase()}${line.slice(1)}`;
  return [about, time].filter((part) => part !== '').join(' · ');
}

function named(word: string, value: string | undefined): string {
  return value ? `${word} ${code(value, longestValue)}` : '';
}

function hostOf({ remoteHost, remoteAddress }: Captures): string {
  if (!remoteHost) return named('via', remoteAddress);
  return `${named('via', remoteHost)}${remoteAddress ? ` (${code(remoteAddress, longestValue)})` : ''}`;
}

const longestValue = 60;

/** "12 times in this file, 08:02:11 to 09:44:03, the last one near its end." */
function frequencyLine({ count, first, last, isAtEnd }: Frequency): string {
  const [from, to] = [shownTime(first), shownTime(last)];
  const span = from === '' || to === '' ? '' : from === to ? `, all at ${from}` : `, from ${from} to ${to}`;
  return `**${count.toLocaleString('en-US')} times** in this file${span}${isAtEnd ? ', the last one near its end' : ''}.`;
}

/** The day is left out where both ends have the same: it stands with the finding's own time. */
function shownTime({ time, localTime }: LogRecord): string {
  const written = time === undefined ? localTime : time.replace('T', ' ').replace(/\.\d+Z$|Z$/, ' UTC');
  return written ? code(written, 40) : '';
}

/** So much has room in three lines of a hover. */
const longestReason = 240;

/** What it means in a sentence or two, and what to look at first. */
function reasonOf(finding: Finding, failure: Failure | undefined): string {
  const { basis, record } = finding;
  const notes = [
    basis === 'code' ? 'Recognised by its code alone.' : '',
    basis === 'registry' ? 'Nothing more is known about this text; this is the registered meaning of its code.' : '',
    record.isGuessed ? 'The columns were guessed: the header is missing.' : '',
  ];
  const check = failure ? firstCheck(failure) : '';
  return [failure ? firstSentences(failure.meaning, longestReason - check.length) : '', ...notes, check && `**Check first:** ${check}`].filter((part) => part !== '').join(' ');
}

/** The first sentences of a text as far as they have room, at least one. */
function firstSentences(markdown: string, room: number): string {
  const [paragraph = ''] = markdown.split(/\n\s*\n/, 1);
  const sentences = paragraph.replace(/\s+/g, ' ').split(/(?<=[.!?])\s+(?=[A-Z`*])/);
  let text = sentences[0] ?? '';
  for (const sentence of sentences.slice(1, 2)) if (plainText(`${text} ${sentence}`).length <= room) text += ` ${sentence}`;
  return text;
}

/** What the evidence asks first: the first comment of its script. */
function firstCheck({ runbook }: Failure): string {
  const comment = /^[ \t]*#\s*(\S.*)$/m.exec(runbook.evidence.script)?.[1];
  return comment ? firstSentences(comment, 0) : '';
}
