/** Programs that tell a reply more than once: as it comes and as their own error, as a message and as a property, in each cause of an exception. */

import { offsetAbove } from '../../text/lineEnds.ts';
import type { Span } from '../../values.ts';
import type { AnchoredReply } from './anchors.ts';
import { longestReply } from './replyLines.ts';
import { hasWordsOfServer } from './wordedReplies.ts';

/**
 * Who tells a reply again: an error that has it as a property, or prints what it was raised with; PHP's mailer, which shows the session and
 * then its error; Java, whose exceptions tell their causes, each with all that is nested in it; a service that answers with an object of one line;
 * Outlook, which has a reply in its sentence and once more as it came; a program that shows its error first and the whole session below it.
 */
export type Repeats = 'error' | 'session' | 'cause' | 'sentence' | 'transcript';

/**
 * Whether a reply has been told above, with nothing between that whoever repeats it does not write there.
 * @param isFound Whether a reply is found at an offset: what stands there as mere words tells nothing.
 */
export function isRepeated(text: string, { start, anchor = start, told = start, ...known }: Told, span: Span, isFound: (offset: number) => boolean): boolean {
  // Where the code stands apart, the words alone say nothing.
  const repeats = known.repeats ?? (known.prefix === undefined && isRetelling(text, anchor, start) ? 'error' : undefined);
  if (!repeats) return false;
  const limit = offsetAbove(text, start, repeats === 'cause' ? longestTrace : longestReply);
  const above = text.slice(limit, Math.min(anchor, told));
  return tellings(text, above, { start, told, end: span.end })
    .filter((at) => isFound(limit + at) || isFound(limit + at + start - told))
    .some((at) => {
      if (repeats === 'error') return isOneEntry(text, limit + at, start) || (saidByServer.test(headOf(text, limit + at)) && !commandBelow.test(above.slice(at)));
      if (repeats === 'transcript') return errorHead.test(headOf(text, limit + at)) && isTranscript(above.slice(at));
      return isBetween[repeats](above.slice(at));
    });
}

type Told = Pick<AnchoredReply, 'start'> & Partial<Pick<AnchoredReply, 'anchor' | 'told' | 'repeats' | 'prefix'>>;

const longestBeginning = 80;
/** So far above its cause an exception stands, if its trace is not a very long one. */
const longestTrace = 6_000;
const mostTellings = 40;

/** Where the same reply stands above, the nearest first: with other signs between its code and its words, if it has words. */
function tellings(text: string, above: string, { start, told, end }: { readonly start: number; readonly told: number; readonly end: number }): number[] {
  const said = text.slice(told, Math.min(end, told + longestBeginning));
  // In a string within a string the marks of a quotation are escaped.
  const whole = [said, said.replaceAll('\\"', '"')].flatMap((words, index) => (index > 0 && words === said ? [] : occurrencesOf(words, above)));
  const [, code = '', words = ''] = repeatable.exec(text.slice(start, Math.min(end, start + longestBeginning))) ?? [];
  if (whole.length > 0 || !/\p{L}{3}/u.test(words)) return whole;
  const lead = new RegExp(`${code}(?:[^\\p{L}\\d<]|b(?=['"])){1,8}$`, 'u');
  return occurrencesOf(words.trimEnd(), above).flatMap((at) => {
    const before = lead.exec(above.slice(Math.max(0, at - 12), at))?.[0].length;
    // In a dictionary it is told of another recipient.
    return before === undefined || (told !== start && /': \($/.test(above.slice(Math.max(0, at - before - 4), at - before))) ? [] : [at - before];
  });
}

const repeatable = /^([45]\d\d)(?:[^\p{L}\d<]|b(?=['"])){1,8}((?:\d\.\d{1,3}\.\d{1,3} )?[^\n\\]{4,80}?)(?:\\?['"](?=\W{0,3}$|[,)}])|\\|\n|$)/u;

function occurrencesOf(said: string, above: string): number[] {
  const found: number[] = [];
  if (!/\p{L}{3}/u.test(said)) return found;
  for (let at = above.lastIndexOf(said); at >= 0 && found.length < mostTellings; at = at > 0 ? above.lastIndexOf(said, at - 1) : -1) found.push(at);
  return found;
}

/** Whether a reply stands in the property of an object, the field of a log's line or behind the name of an error: there is told what has happened before. */
function isRetelling(text: string, anchor: number, start: number): boolean {
  return retelling.test(text.slice(Math.max(0, anchor - 240), start));
}

const retelling =
  /(?:\b(?:response|message|stack|msg|err(?:or)?|data|reason|details?|description|exception|cause|errorMessage|smtpResponse)\\?["']?\s{0,4}[:=]\s{0,4}\\?["'`](?:[^"'`\n]{0,200}[\s:(])?|[A-Za-z](?:Error|Exception|Refused)(?:: |\()[^\n]{0,60}?|\n[ \t]*Message: [^\n"'`]{0,120} response was: )(?:\\?["'(]){0,2}$/;

/** Whether two places stand in what was written at one time: in one entry of a log, or in entries that say other things of it at the same instant. */
function isOneEntry(text: string, first: number, second: number): boolean {
  const above = headOf(text, first);
  const here = headOf(text, second);
  const between = text.slice(first, second);
  if (!between.includes('\n')) return true;
  if (above === here && /\p{L}{3}/u.test(here)) return false;
  if (!hasOneCode(between, text.slice(second, second + 3))) return false;
  const times = here.slice(0, 160).match(time)?.join(' ');
  if (times !== undefined) return times === above.slice(0, 160).match(time)?.join(' ');
  // The lines of a stack trace, none of which is empty.
  return !newEntry.test(between) && (!/\n[ \t]*\r?\n/.test(between) || between.includes('\n!! '));
}

/** Whether no reply with another code stands between the two. */
function hasOneCode(between: string, own: string): boolean {
  return Array.from(between.matchAll(anyReply), ([code]) => code).every((code) => code === own);
}

const anyReply = /(?<=[:"'(=] ?)[45][0-57]\d(?=[ -](?:[A-Z<]|\d\.\d)|, b?['"])/g;

/** What stands before an offset in its line. */
function headOf(text: string, offset: number): string {
  const before = text.slice(Math.max(0, offset - 400), offset);
  return before.slice(before.lastIndexOf('\n') + 1);
}

/** What a library shows in front of what the server says and the client, where it logs its session: its own error stands below that. */
const saidByServer = /(?:(?<!\p{L})S: |SERVER -> CLIENT: |\breply: b?['"]|<\*\* {1,2}|<-{1,2} ?)$/u;
const commandBelow = /\n[^\n]{0,120}(?:(?<!\p{L})C: |CLIENT -> SERVER: |\bsend: b?['"]| -?-> )(?!b?['"]?(?:QUIT|quit)\b)/u;

const time = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?|\b[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\b\d\d:\d\d:\d\d(?:[.,]\d{1,9})?/g;
const newEntry = /\n(?:[\w-]{1,40} +\| +)?(?:\S{1,12}=)?["[]?(?:\d{2,4}[-/.:]\d|[A-Z][a-z]{2} [ \d]\d \d\d:)/;

/** What stands from a reply on to where it is told again. */
const isBetween: Readonly<Record<Exclude<Repeats, 'error' | 'transcript'>, (between: string) => boolean>> = {
  // In the sentence only both codes make it a reply, or the words of a server.
  sentence: (between) => (/^\d{3}[ -]\d\.\d{1,3}\.\d/.test(between) || hasWordsOfServer(between)) && !/\n[ \t]*\r?\n/.test(between),
  session: (between) => !/CLIENT (?:->|<-)|-> CLIENT/.test(between),
  cause: (between) => /\n[ \t>*]*(?:Caused by|Failed message \d{1,4}): /.test(between) && !otherThanTrace.test(between),
};

/** A line that no exception of Java has: it has frames, causes, nested exceptions, and replies that go on. */
const otherThanTrace = /\n(?![ \t>*]*(?:\r?\n|at |\.\.\. |;|nested exception|Caused by: |Failed message|message exception|[a-z][\w$]{0,40}\.[\w$]|[45]\d\d[ -]))[ \t>*]*[^\s>*]/;

/** What leads to a reply in the error of a program, and is no line of a session itself. */
const errorHead = /^(?![ \t>]*(?:[SC] |\S{0,24}(?:[SC]:|<{1,3}|>{1,3}) ))(?:[^\n]{0,300}[^\p{L}\n])?(?:error|exception|failed|failure)(?!\p{L})[^\n]{0,200}$/iu;

/** Whether nothing stands between a program's error and the reply but the session: what was done, said and answered from its greeting on. */
function isTranscript(between: string): boolean {
  const lines = between.split(/\r?\n/).slice(1);
  return lines.some((line) => greeting.test(line)) && !lines.some((line) => otherThanSession.test(line));
}

const greeting = /^[ \t>]*\S{0,24}[ \t]{0,8}220[ -]/;
const otherThanSession =
  /^(?![ \t>]*(?:$|(?:Resolving|Connecting|Connected|Connection|Trying|Log data|Opening|Debug|Starting)\b|\S{1,24}[ \t]|[2-5]\d\d[ -]|[A-Z]{4}\b))|^[ \t>]*(?:I|We|The|This|It|And|But|My|Then|So|Same|Now|After|Later|Today|Yesterday|Again)[ ']/;
