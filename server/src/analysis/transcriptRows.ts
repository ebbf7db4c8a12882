/** The rows of one session as they are read aloud: who says what, and where it stands. */

import { type CommandName, isRecord } from '../values.ts';
import type { PlacedStep } from './conversations.ts';
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

export function transcriptRow({ step, at, finding }: PlacedStep): TranscriptRow {
  const isReply = step.what === 'accepted' || (isRecord(step) && step.response?.replyCode !== undefined);
  const isServer = directionOf(step) === 'receive';
  // What failed without a reply was said by nobody.
  const speaker = isReply || step.what === 'asked' ? (isReply === isServer ? 'own' : 'other') : 'none';
  return {
    at,
    time: step.time ?? step.localTime,
    speaker,
    said: isRecord(step) ? (step.response?.text ?? '') : (step.said ?? wordsOf(step.what)),
    command: step.command ?? (isRecord(step) ? step.response?.command : undefined),
    isFurtherLine: step.isFurtherLine === true,
    title: finding?.title,
  };
}

function wordsOf(what: string): string {
  return what === 'began' ? 'connected' : what === 'ended' ? 'disconnected' : '';
}
