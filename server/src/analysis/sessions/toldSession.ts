/** A session as other programs see it. The names and their order are part of the command line's contract. */

import type { FormatId, SessionDirection } from '../../values.ts';
import { serverOfConnector } from '../serverOfLog.ts';
import type { Conversation } from './conversations.ts';
import type { Notice } from './notices.ts';
import type { TransactionOutcome } from './transactions.ts';
import type { TranscriptRow } from './transcriptRows.ts';
import type { Judgement, TlsState, Verdict } from './verdicts.ts';

/** A line of the session's first file, or of the one that is named: a log goes on in the next file while sessions are open. */
export interface SessionPlace {
  readonly file?: string;
  readonly line: number;
}

/** The first and the last line of a session in a file. */
export interface FileLines {
  readonly file: string;
  readonly startLine: number;
  readonly endLine: number;
}

export interface ToldSession {
  readonly file: string;
  /** The first and the last line in this file. */
  readonly startLine: number;
  readonly endLine: number;
  /** Where the session goes on in later files of the same log; absent where it does not. */
  readonly continued?: readonly FileLines[];
  readonly format: FormatId;
  readonly direction: SessionDirection;
  readonly server: string | null;
  readonly connector: string | null;
  readonly sessionId: string;
  readonly localEndpoint: string | null;
  readonly remoteEndpoint: string | null;
  readonly remoteHost: string | null;
  /** ISO 8601 in UTC, or null where the log does not say the zone. */
  readonly start: string | null;
  readonly end: string | null;
  /** The times as they are written, only where the others are null. */
  readonly localStart?: string;
  readonly localEnd?: string;
  readonly tls: TlsState;
  readonly authentication: 'succeeded' | 'failed' | null;
  readonly transactions: readonly ToldTransaction[];
  readonly verdict: Verdict;
  readonly gaps: readonly (SessionPlace & { readonly seconds: number })[];
  readonly findings: readonly (SessionPlace & { readonly failure: string | null })[];
}

export interface ToldTransaction extends Partial<SessionPlace> {
  readonly sender: string | null;
  readonly messageId: string | null;
  readonly recipients: readonly (SessionPlace & { readonly address: string; readonly accepted: boolean; readonly response: string | null })[];
  readonly outcome: TransactionOutcome;
  readonly response: string | null;
}

/** A session that has been judged, with what is worth a look in it. */
export interface JudgedSession {
  readonly session: ToldSession;
  readonly notices: readonly Notice[];
  /** Where a place of its notices and rows is. */
  readonly place: (at: number) => SessionPlace;
  /** All that it says; only of sessions whose words were asked for. */
  readonly rows?: readonly TranscriptRow[];
}

/** The files that a conversation's places stand in: its first one, and those that the log goes on in. */
export interface Places {
  readonly file: string;
  /** The server whose log it is, where its path says so. */
  readonly server: string | undefined;
  /** The first and the last line that the session has in each. */
  readonly lines: readonly FileLines[];
  readonly place: (at: number) => SessionPlace;
}

export function tellSession(conversation: Conversation, { verdict, transactions, tls }: Judgement, { file, server, lines, place }: Places): ToldSession {
  const { facts, isLocalTime, start = null, stop = null, silences, findings, authentication } = conversation;
  const [own, ...continued] = lines;
  return {
    file,
    startLine: own?.startLine ?? 0,
    endLine: own?.endLine ?? 0,
    ...(continued.length > 0 && { continued }),
    format: conversation.format ?? '',
    direction: conversation.direction ?? 'send',
    server: server ?? facts.server ?? serverOfConnector(facts.connector) ?? null,
    connector: facts.connector ?? null,
    sessionId: facts.id ?? '',
    localEndpoint: facts.local ?? null,
    remoteEndpoint: facts.remote ?? null,
    remoteHost: facts.remoteHost ?? null,
    start: isLocalTime ? null : start,
    end: isLocalTime ? null : stop,
    ...(isLocalTime && start !== null && { localStart: start }),
    ...(isLocalTime && stop !== null && { localEnd: stop }),
    tls,
    authentication,
    transactions: transactions.map(({ sender, messageId, recipients, outcome, response, at }) => ({
      sender,
      messageId,
      recipients: recipients.map((recipient) => ({ address: recipient.address, accepted: recipient.accepted, ...place(recipient.at), response: recipient.response })),
      outcome,
      response,
      ...(at !== null && place(at)),
    })),
    verdict,
    gaps: silences.map(({ at, seconds }) => ({ ...place(at), seconds: Math.round(seconds * 1_000) / 1_000 })),
    findings: findings.map(({ at, failure }) => ({ ...place(at), failure })),
  };
}
