/** The outputs of sessions: one line each for people, one object each for programs, and the transcript of one. */

import colors from 'picocolors';
import type { Notice } from '../analysis/sessions/notices.ts';
import type { JudgedSession, SessionPlace, ToldSession } from '../analysis/sessions/toldSession.ts';
import { goodVerdicts, type Verdict, verdicts } from '../analysis/sessions/verdicts.ts';
import type { ReadTotals } from '../analysis/tally.ts';
import { transcriptOf } from '../explain/transcript.ts';
import { printableJson, shortened, visible } from '../text/visible.ts';
import { plural, unreadClauses } from './unread.ts';

/** One output while it is written; each function returns the text to put out next. */
export interface SessionReport {
  readonly session: (judged: JudgedSession) => string;
  readonly end: (totals: ReadTotals) => string;
}

export interface SessionReportOptions {
  readonly hasColor: boolean;
}

export const sessionReports = { text: createSessionText, ndjson: createSessionNdjson } as const satisfies Record<string, (options: SessionReportOptions) => SessionReport>;
export type SessionFormat = keyof typeof sessionReports;

function createSessionNdjson(): SessionReport {
  return {
    session: ({ session, rows, place }) => {
      const transcript = rows && transcriptOf(rows).map(({ at, text }) => ({ ...place(at), text }));
      return `${printableJson(transcript ? { ...session, transcript } : session)}\n`;
    },
    end: () => '',
  };
}

/** Log text reaches the terminal only through visible() and shortened(). */
function createSessionText({ hasColor }: SessionReportOptions): SessionReport {
  const paint = colors.createColors(hasColor);
  const counts = new Map<Verdict, number>();
  const repeated = new RepeatedNotices();
  let file: string | undefined;
  const painted = (verdict: Verdict, text: string): string => (goodVerdicts.has(verdict) ? paint.green(text) : verdict === 'deferred' ? paint.yellow(text) : paint.red(text));
  return {
    session: (judged) => {
      const { session, notices, rows, place } = judged;
      counts.set(session.verdict, (counts.get(session.verdict) ?? 0) + 1);
      const heading = session.file === file ? '' : `${file === undefined ? '' : '\n'}${paint.underline(fileTitle(session.file))}\n`;
      file = session.file;
      const single = notices.filter((notice) => !repeated.take(notice));
      const remarks = single.map((notice) => `${indent}${paint.dim(`line ${placeText(place(notice.at))}: ${shortened(notice.text, noticeLength)}`)}\n`).join('');
      if (rows) return `${heading}${painted(session.verdict, `Session ${visible(session.sessionId)}: ${summaryOf(session)}`)}\n${remarks}${transcriptText(judged)}`;
      return `${heading}${lineOf(session, painted(session.verdict, session.verdict) + ' '.repeat(verdictWidth - session.verdict.length))}\n${remarks}`;
    },
    end: (totals) => `${file === undefined ? '' : '\n'}${repeated.text()}${[countClause(counts, totals), ...unreadClauses(totals)].join('; ')}.\n`,
  };
}

const indent = ' '.repeat(12);
const noticeLength = 300;
const replyLength = 120;
const nameLength = 40;
const verdictWidth = 14;

function fileTitle(file: string): string {
  return file === '-' ? '(standard input)' : visible(file);
}

function placeText({ file, line }: SessionPlace): string {
  return file === undefined ? `${line}` : `${line} of ${visible(file)}`;
}

/** `   12  06:14:08  → mail.fabrikam.com  Outbound to Office 365  delivered  1 of 1  250 2.6.0 …`. */
function lineOf(session: ToldSession, verdict: string): string {
  const { startLine, direction, connector } = session;
  const cells = [
    `${startLine}`.padStart(7),
    timeOf(session),
    `${direction === 'send' ? '→' : '←'} ${shortened(otherSide(session), nameLength).padEnd(32)}`,
    shortened(connector ?? '', nameLength).padEnd(28),
    verdict,
    recipientsOf(session).padEnd(8),
    shortened(replyOf(session) ?? '', replyLength),
  ];
  return cells.join('  ').trimEnd();
}

function timeOf({ start, localStart }: ToldSession): string {
  return visible((start ?? localStart ?? '').slice(0, 19).replace('T', ' ')).padEnd(19);
}

function otherSide({ remoteHost, remoteEndpoint }: ToldSession): string {
  return remoteHost ?? remoteEndpoint ?? '';
}

/** How many of all recipients were taken over; those of a message that was refused were not. */
function recipientsOf({ transactions }: ToldSession): string {
  const all = transactions.flatMap(({ recipients, outcome }) => recipients.map(({ accepted }) => accepted && (outcome === 'accepted' || outcome === 'partial')));
  return all.length === 0 ? '' : `${all.filter(Boolean).length} of ${all.length}`;
}

/** The answer to the first message that was not accepted, or to the last one. */
function replyOf({ transactions, findings }: ToldSession): string | null {
  const decisive = transactions.find(({ outcome }) => outcome !== 'accepted') ?? transactions.at(-1);
  if (decisive?.outcome === 'incomplete') return 'no answer';
  const refused = decisive?.outcome === 'partial' ? decisive.recipients.find(({ accepted }) => !accepted)?.response : undefined;
  return refused ?? decisive?.response ?? findings.at(-1)?.failure ?? null;
}

function summaryOf(session: ToldSession): string {
  const { verdict, startLine, endLine, direction, connector, continued = [] } = session;
  const way = direction === 'send' ? 'to' : 'from';
  const recipients = recipientsOf(session);
  return [
    verdict,
    `${way} ${visible(otherSide(session))}`,
    ...(connector === null ? [] : [`connector ${visible(connector)}`]),
    ...(recipients === '' ? [] : [`${recipients} recipients`]),
    `lines ${startLine} to ${endLine}`,
    ...continued.map((part) => `and ${part.startLine} to ${part.endLine} of ${visible(part.file)}`),
  ].join(', ');
}

function transcriptText({ rows = [], place }: JudgedSession): string {
  return transcriptOf(rows)
    .map(({ at, text }) => `${placeText(place(at)).padStart(7)}  ${text}\n`)
    .join('');
}

function countClause(counts: ReadonlyMap<Verdict, number>, { files }: ReadTotals): string {
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (files === 0) return 'No file was read';
  if (all === 0) return `No session found in ${plural(files, 'file')}`;
  const parts = verdicts.flatMap((verdict) => (counts.has(verdict) ? [`${counts.get(verdict)} ${verdict}`] : []));
  return `${plural(all, 'session')} (${parts.join(', ')}) in ${plural(files, 'file')}`;
}

/** What many sessions have in common is said once, at the end, with its number. */
class RepeatedNotices {
  private readonly known = new Map<string, { readonly text: string; count: number }>();

  /** Whether the notice is kept for the end. */
  take({ kind, text, source }: Notice): boolean {
    if (source === undefined) return false;
    const key = `${kind} ${source}`;
    const known = this.known.get(key);
    if (known) known.count += 1;
    else if (this.known.size < mostSources) this.known.set(key, { text: shortened(text, noticeLength), count: 1 });
    return true;
  }

  text(): string {
    const lines = [...this.known.values()].sort((one, other) => other.count - one.count).slice(0, shownSources);
    const left = this.known.size - lines.length;
    const more = left > 0 ? `and ${left} more of this kind\n` : '';
    return lines.length === 0 ? '' : `${lines.map(({ text, count }) => `${plural(count, 'session')}: ${text}.\n`).join('')}${more}\n`;
  }
}

const mostSources = 10_000;
const shownSources = 20;
