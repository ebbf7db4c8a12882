/** Judges what an anti-spam agent of Exchange did, whether it is told by the agent log or by a command. */

import { recipientCaptures } from '../../smtp/address.ts';
import { findResponse, type ReadResponse } from '../../smtp/response.ts';
import { type Excerpt, placeSpan } from '../../text/excerpt.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { Captures, LogRecord, Span, When } from '../../values.ts';
import { commonDomain } from './recipientStatus.ts';

/** What a row or an object says of one action. */
export interface AgentAction {
  readonly span: Span;
  readonly agent: string;
  /** "RejectMessage", "AcceptMessage". */
  readonly action: Excerpt;
  readonly response: Excerpt | undefined;
  readonly reason: Excerpt | undefined;
  readonly reasonData: string;
  readonly recipients: readonly string[];
  readonly when: When;
  readonly captures: Captures;
}

/** Whether an agent kept a message from its recipient, told from the action alone (Exchange documentation, "Anti-spam agent logging"). */
export function isRefusal(action: string): boolean {
  return /^(?:Reject|Delete|Quarantine|Disconnect)/i.test(action);
}

/** An agent that deletes answers as if it had accepted: then what it did is told, and why. */
export function agentRecord(format: LogRecord['format'], action: AgentAction): LogRecord | undefined {
  if (!isRefusal(action.action.text)) return undefined;
  const answered = action.response && findResponse(action.response);
  const read = answered ?? readAction(action);
  const told = (answered && action.response) ?? action.action;
  const places = [told, ...(action.reason ? [action.reason] : [])].map((excerpt) => placeSpan(excerpt, 0, excerpt.text.length));
  const [only] = action.recipients.length === 1 ? action.recipients : [];
  const record: LogRecord = {
    format,
    what: 'failed',
    span: action.span,
    mark: read.mark,
    places,
    response: read.response,
    captures: withChanges<Captures>(action.captures, only ? recipientCaptures(only) : commonDomain(action.recipients)),
  };
  return Object.assign(record, action.when);
}

/** Without an answer the words are those of the row: who did what, and why. */
function readAction({ agent, action, reason, reasonData }: AgentAction): Pick<ReadResponse, 'response' | 'mark'> {
  const why = [reason?.text ?? '', reasonData].filter((words) => words !== '').join(' ');
  const done = [action.text, why].filter((words) => words !== '').join(', ');
  return { response: { text: (agent === '' ? done : `${agent}: ${done}`).replace(/\s+/g, ' ').trim() }, mark: placeSpan(action, 0, action.text.length) };
}
