/** Programs that tell a reply more than once: as it comes and as their own error, as a message and as a property, in each cause of an exception. */

import { offsetAbove } from '../../text/lineEnds.ts';
import type { Span } from '../../values.ts';
import type { AnchoredReply } from './anchors.ts';
import { longestReply } from './replyLines.ts';

/**
 * Who tells a reply again: an error that has it as a property, or prints what it was raised with; PHP's mailer, which shows the session and
 * then its error; Java, whose exceptions tell their causes, each with all that is nested in it; a service that answers with an object of one line;
 * Outlook, which has a reply in its sentence and once more as it came.
 */
export type Repeats = 'error' | 'session' | 'cause' | 'line' | 'sentence';

/** Whether a reply has been told above, with nothing between that whoever repeats it does not write there. */
export function isRepeated(text: string, { start, anchor, told = start, repeats }: AnchoredReply, span: Span): boolean {
  if (!repeats) return false;
  const limit = offsetAbove(text, start, repeats === 'cause' ? longestTrace : longestReply);
  const said = text.slice(told, Math.min(span.end, told + longestBeginning));
  const above = text.slice(limit, Math.min(anchor, told));
  const at = above.lastIndexOf(said);
  return at >= 0 && isBetween[repeats](above.slice(at));
}

const longestBeginning = 80;
/** So far above its cause an exception stands, if its trace is not a very long one. */
const longestTrace = 6_000;

/** What stands from a reply on to where it is told again. */
const isBetween: Readonly<Record<Repeats, (between: string) => boolean>> = {
  // The lines of a stack trace, none of which is empty or begins with a time.
  error: (between) => !/\n[ \t]*\r?\n|\n\[?\d{2,4}[-/.:]\d/.test(between),
  // In the sentence only both codes make it a reply.
  sentence: (between) => /^\d{3}[ -]\d\.\d{1,3}\.\d/.test(between) && !/\n[ \t]*\r?\n/.test(between),
  line: (between) => !between.includes('\n'),
  session: (between) => !/CLIENT (?:->|<-)|-> CLIENT/.test(between),
  cause: (between) => /\n[ \t>*]*(?:Caused by|Failed message \d{1,4}): /.test(between) && !otherThanTrace.test(between),
};

/** A line that no exception of Java has: it has frames, causes, nested exceptions, and replies that go on. */
const otherThanTrace = /\n(?![ \t>*]*(?:\r?\n|at |\.\.\. |;|nested exception|Caused by: |Failed message|message exception|[a-z][\w$]{0,40}\.[\w$]|[45]\d\d[ -]))[ \t>*]*[^\s>*]/;
