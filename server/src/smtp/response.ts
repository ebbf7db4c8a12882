/** Reads an SMTP response, whoever wrote it down: opens the wrappers around it and takes its codes. */

import { type Excerpt, placeSpan, sliceExcerpt, withSingleBlanks } from '../text/excerpt.ts';
import type { Captures, Permanence, Response, Span } from '../values.ts';
import { openWrappers, wrapperCaptures } from './wrappers.ts';

/** A response, where its codes stand, and what its wrappers said of the other side. */
export interface ReadResponse {
  readonly response: Response;
  readonly mark: Span;
  readonly captures: Captures;
}

/**
 * Reads the response that an excerpt begins with or wraps.
 * The reply code decides permanence and the innermost reply decides the meaning: Exchange wraps a remote reply as
 * `451 4.4.0 Primary target IP address responded with: "…"` and, in message tracking, as `{LED=…}`.
 * @returns undefined where there is no 4yz or 5yz reply (RFC 5321, 4.2.1).
 */
export function readResponse(excerpt: Excerpt): ReadResponse | undefined {
  const inner = openWrappers(excerpt);
  const found = statusPattern.exec(inner.text);
  if (!found) return undefined;
  const [lead = '', reply = '', enhancedCode] = [found[1], found[2], found[3]];
  const replyCode = Number(reply);
  const start = lead.length;
  const markEnd = enhancedCode ? found[0].length : start + 3;
  const text = oneLine(inner.text.slice(start), reply, enhancedCode);
  return {
    response: enhancedCode ? { replyCode, enhancedCode, text } : { replyCode, text },
    mark: placeSpan(inner, start, markEnd),
    captures: wrapperCaptures(excerpt.text),
  };
}

/**
 * Reads the response that stands anywhere in a text of Exchange's own, such as a status, a connection's description or a trace's detail:
 * `The message was deferred. 450 4.4.316 Connection refused`. In the middle of a text only both codes together are a response.
 * @returns undefined where there is none, or where the text begins with a positive reply.
 */
export function findResponse(excerpt: Excerpt): ReadResponse | undefined {
  if (isPositive(excerpt.text)) return undefined;
  const read = readResponse(excerpt);
  if (read) return read;
  const found = /(?:[\s"'(;=>[:])([45][0-57]\d[ -]#?[45]\.\d{1,3}\.\d{1,3})(?![\d/_]|\.\d)/.exec(excerpt.text);
  return found ? readResponse(sliceExcerpt(excerpt, found.index + 1)) : undefined;
}

/** Reads a text that is there to state a failure: its response, or else the text itself where it says that something failed. */
export function readFailure(excerpt: Excerpt): ReadResponse | undefined {
  const read = findResponse(excerpt);
  if (read) return read;
  const text = excerpt.text.trim();
  if (isPositive(text) || !failureWords.test(text)) return undefined;
  return readWords(excerpt);
}

/** A text without codes as a response: all of it is the mark. Undefined where it says nothing. */
export function readWords(excerpt: Excerpt): ReadResponse | undefined {
  const text = excerpt.text.trim();
  if (!/\p{L}/u.test(text)) return undefined;
  const start = excerpt.text.indexOf(text);
  return { response: { text: withSingleBlanks(text) }, mark: placeSpan(excerpt, start, start + text.length), captures: wrapperCaptures(excerpt.text) };
}

/** Whether a text begins with a reply of 2yz or 3yz, wrapped or not (RFC 5321, 4.2.1). */
export function isPositive(text: string): boolean {
  return /^\s*(?:\[?\{[^{}]{0,80}\};){0,3}(?:\[?\{LED=)?[23]\d\d(?:[ -]|$)/.test(text);
}

/** Words with which Exchange says that something failed; a session's id, an agent's name or a time has none of them. */
const failureWords =
  /fail|error|exception|reject|denied|refus|expired|exceed|invalid|illegal|malformed|corrupt|\bnot ?(?:found|allowed|accept|deliver|support|available|exist|permit)|\bno (?:suitable|such|matching|valid|recipient)|unable|cannot|can't|could ?n[o']t|timed out|time-?out|dropp|\blost\b|\bloop|poison|crash|blocked|unreachable|too (?:large|many|big|long)|unknown|quarantined|deleted by|suppressed/i;

/** 4yz is transient, 5yz permanent; without a reply code nothing is said (RFC 5321, 4.2.1). */
export function permanenceOf(response: Response | undefined): Permanence | undefined {
  if (response?.replyCode === undefined) return undefined;
  return response.replyCode < 500 ? 'transient' : 'permanent';
}

/**
 * The reply code, which a relay may repeat (`554 554 5.7.0 …`), as a client may (`554 error: 554 5.2.0 …`), or quote (`550-'5.7.1 …'`, Python's `550, b'5.7.1 …'`) and people join (`421.4.4.2`), then perhaps the enhanced status code;
 * a triple that goes on (5.1.1.2) is no enhanced code.
 */
const statusPattern =
  /^(\s*(?:smtp;\s*|#|[45]\d\d error: (?=[45]\d\d[ -]))?)([45]\d\d)(?!\d)(?:(?: \2)?(?:(?:[ -]|: )\s*['"]?|\.|, b?['"\u2018\u2019\u201C\u201D])#?([245]\.\d{1,3}\.\d{1,3})(?![\d/_]|\.\d))?/i;

/** Python's pair of a code and a string, whose quotation mark is escaped where both marks stand in it; word processors and forums make typographic ones of them. */
const pythonPair =
  /^(\d{3}), [bu]?(?:(['"])(?<said>(?:(?!\2)[^\\]|\\.)*)\2?.*|[\u2018\u2019](?<single>(?:(?!\u2019(?!\p{L}))[^\\]|\\.)*).*|[\u201C\u201D](?<double>(?:[^\\\u201C\u201D]|\\.)*).*)$/u;

/** The lines of a reply are joined in the string by line feeds. */
function withoutEscapes(said: string): string {
  if (!said.includes('\\')) return said;
  const lines = said
    .replace(/\\[nrt]/g, '\n')
    .replace(/\\(['"\\])/g, '$1')
    .split(/\s*\n\s*/);
  const code = /^\d{3} ([45]\.\d{1,3}\.\d{1,3}) /.exec(said)?.[1];
  return lines
    .map((line, index) => (index > 0 && code && line.startsWith(`${code} `) ? line.slice(code.length + 1) : line))
    .join(' ')
    .trim();
}

/**
 * The reply as one line. In a reply of several lines each line repeats the codes (`550-5.1.1 …`, RFC 5321, 4.2.1),
 * and a reader wants them once.
 */
function oneLine(text: string, reply: string, enhancedCode: string | undefined): string {
  const line = withSingleBlanks(text).trim();
  if (line[3] === ',') {
    const pair = pythonPair.exec(line);
    const { said, single, double } = pair?.groups ?? {};
    return pair ? withoutEscapes(`${pair[1]} ${said ?? single ?? double}`) : line;
  }
  if (line[3] !== '-') return line;
  const codes = enhancedCode ? `${reply} ${enhancedCode}` : reply;
  const repeated = new RegExp(`(?:^|\\s)${reply}[- ](?:${enhancedCode ? enhancedCode.replaceAll('.', '\\.') : '(?!)'}(?!\\.?\\d))?`, 'g');
  return `${codes} ${line.replace(repeated, ' ').replace(/\s+/g, ' ').trim()}`;
}
