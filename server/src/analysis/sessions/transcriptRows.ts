/** The rows of one session as they are read aloud: who says what, and where it stands. */

import type { Finding } from '../../failures.ts';
import { type CommandName, isRecord, type Step, type What } from '../../values.ts';
import { directionOf } from './sessionSigns.ts';

export interface TranscriptRow {
  /** Where it stands: a line or an offset. */
  readonly at: number;
  /** In UTC, or as written. */
  readonly time: string | undefined;
  /** `own`: the server whose log it is. `none`: the log says something beside the conversation. */
  readonly speaker: 'own' | 'other' | 'none';
  readonly said: string;
  readonly command: CommandName | undefined;
  /** It goes on with the reply of the row before. */
  readonly isFurtherLine: boolean;
  /** What the knowledge base says of it. */
  readonly title: string | undefined;
}

export function transcriptRow(step: Step, at: number, finding?: Pick<Finding, 'title'>): TranscriptRow {
  const isReply = step.what === 'accepted' || (isRecord(step) && step.response?.replyCode !== undefined);
  const isServer = directionOf(step) === 'receive';
  // What failed without a reply was said by nobody.
  const speaker = isReply || step.what === 'asked' ? (isReply === isServer ? 'own' : 'other') : 'none';
  return {
    at,
    time: step.time ?? step.localTime,
    speaker,
    said: isRecord(step) ? (step.response?.text ?? '') : joined(events[step.what], step.said),
    command: step.command ?? (isRecord(step) ? step.response?.command : undefined),
    isFurtherLine: step.isFurtherLine === true,
    title: finding?.title,
  };
}

/** A row about the connection itself says by whom it was closed at most. */
const events: Readonly<Partial<Record<What, string>>> = { began: 'connected', ended: 'disconnected' };

function joined(event = '', said = ''): string {
  return event !== '' && said !== '' ? `${event}: ${said}` : event + said;
}
