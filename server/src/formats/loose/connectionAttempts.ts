/** What mail libraries and clients say when no session came about: there is no reply, and their words name the host, the port or SMTP itself. */

import { stated } from '../../smtp/captures.ts';
import { textAbove, textBelow } from '../../text/lineEnds.ts';
import { lineEnd, nextLine } from '../../text/lines.ts';
import { standsAt } from '../../text/occurrences.ts';
import type { Span } from '../../values.ts';
import type { AnchoredReply } from './anchors.ts';
import { attemptsOfPrograms } from './attemptsOfPrograms.ts';
import { attemptsOfScripts } from './attemptsOfScripts.ts';
import { windowsAttempts } from './windowsAttempts.ts';

const attempts = [...windowsAttempts, ...attemptsOfScripts, ...attemptsOfPrograms];

export const attemptLiterals = [...new Set(attempts.flatMap(({ literals }) => literals))];

/**
 * What a program says of its attempt to connect, from the literal at an offset.
 * @param isAlone Whether the text is one by itself, and not several that are searched as one.
 */
export function failedConnection(text: string, offset: number, isAlone: boolean): AnchoredReply | undefined {
  for (const { literals, sentence, above, below, unless, unlessBelow, beside, isNested, isSignIn } of attempts) {
    if (!literals.some((literal) => text.startsWith(literal, offset)) || !standsAt(text, sentence, offset)) continue;
    sentence.lastIndex = offset;
    const found = sentence.exec(text);
    const before = above?.exec(textAbove(text, offset, longestTrace));
    if (!found || found[0].length > longestSentence || (above && !before) || (isAlone && unless?.test(sessionAbove(text, offset)))) continue;
    if (isAlone && unlessBelow?.test(textBelow(text, offset + found[0].length, longestTrace))) continue;
    if (below && !below.test(textBelow(text, offset + found[0].length, longestSentence))) continue;
    if (beside && !beside.above.test(textAbove(text, offset, longestSentence)) && !beside.below.test(textBelow(text, offset + found[0].length, longestSentence))) continue;
    const start = offset - (before?.groups?.['words']?.length ?? 0) + (found.groups?.['lead']?.length ?? 0);
    const close = offset + found[0].trimEnd().length;
    if (isInSource(text, start, close)) continue;
    const cause = isNested ? nestedCause(text, close) : undefined;
    // A log has the message first and the exception below.
    if (isNested && !cause && isAlone && text.slice(close, close + longestSentence).includes(found[0])) return undefined;
    const name = found.groups?.['host'] ?? found.groups?.['named'] ?? before?.groups?.['host'];
    const isAddress = name !== undefined && /^[\d.]+$|:/.test(name);
    return {
      start,
      anchor: start,
      captures: stated(isAddress ? { remoteAddress: name } : { remoteHost: name?.includes('.') ? name : undefined }),
      isWords: true,
      command: isSignIn ? 'AUTH' : 'connection',
      repeats: 'error',
      ...(cause ? { lines: [{ start, end: close }, cause] } : { end: close }),
    };
  }
  return undefined;
}

/** What stands above of the same session: PHPMailer says when it begins one. */
function sessionAbove(text: string, offset: number): string {
  const above = textAbove(text, offset, longestTrace);
  return above.slice(Math.max(0, above.lastIndexOf('Connection: opening to ')));
}

/** Whether the words are a literal in somebody's code, which raises the error or lists its texts. */
function isInSource(text: string, start: number, close: number): boolean {
  const before = text.slice(Math.max(0, start - 160), start);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return /["'`]$/.test(line) && /^[.!:]?["'`]\s{0,4}(?:[),;+]|\n|$)/.test(text.slice(close, close + 8)) && writesCode.test(line);
}

const writesCode = /(?:^[ \t]*|\b(?:raise|throw|new|return|die|croak|panic|New|Errorf|assert\w*|expect|ptrans|_)\b[^\n]{0,120}|\w\()["'`]$/;

const longestSentence = 600;
const longestTrace = 2_500;

/** `nested exception is:` and in the line below the exception itself, or the cause that the trace ends with. */
function nestedCause(text: string, offset: number): Span | undefined {
  const found = /^;?[ \t]*\r?\n[ \t>]*nested exception is:[ \t]*\r?\n[ \t>]*/.exec(text.slice(offset, offset + 200));
  if (!found) return undefined;
  const start = offset + found[0].length;
  const close = lineEnd(text, start, Math.min(nextLine(text, start), start + longestSentence));
  return close > start ? { start, end: close } : undefined;
}
