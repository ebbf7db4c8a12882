/**
 * Where the words of a server end and those of somebody begin who tells of them: `550 5.7.1 Unable to relay when I send from the scanner`.
 * A server speaks to the sender, of this message. A writer speaks of himself, of times and of his programs, asks, and goes on in his own language.
 */

import { sentenceEnd } from '../../smtp/serverSentences.ts';
import type { Span } from '../../values.ts';
import { foreignWords } from './foreignWords.ts';
import { endsReply, isAboutMail, isOpen, ofServer, serverGoesOn } from './serversWords.ts';
import { aside, bracketed, exclamation, inSentence, question, sentence, sure } from './writersMarks.ts';

/**
 * How much of what stands behind a reply's beginning is the reply's.
 * @param said The reply and what its line goes on with.
 * @param lead What stands before it in its line.
 */
export function beforeWriter(said: string, lead: string): number {
  const reach = said.slice(0, bracketEnd(said, lead) ?? longestSaid);
  const codes = /^[45]\d\d(?:[ -]#?[45]\.\d{1,3}\.\d{1,3}(?!\d))?/.exec(reach)?.[0].length ?? 0;
  const known = Math.max(sentenceEnd(reach), signature.exec(reach)?.[0].length ?? 0);
  const brackets = bracketsOf(reach);
  const isInSentence = leadsTo(lead);
  joint.lastIndex = Math.max(codes, known);
  for (let found = joint.exec(reach), bracket = 0; found; found = joint.exec(reach)) {
    const { index, 0: joined } = found;
    while (bracket < brackets.length && (brackets[bracket] as Span).end <= index) bracket++;
    if (index > (brackets[bracket]?.start ?? Number.POSITIVE_INFINITY)) continue;
    // A reply begins with a small letter seldom, and a sentence goes on with one.
    const isKnown =
      (index === codes && isInSentence && !beginsReply.test(reach.slice(index + 1, index + 40))) ||
      index === known ||
      (index === known + 1 && reach[known] === '.') ||
      (index > known && endsReply(reach, index));
    const place = { joined, rest: reach.slice(index + joined.length, index + joined.length + longestMark), said: reach.slice(0, index), isInSentence };
    // The full stop is the server's as often as not.
    if (isWriters(place) || (isKnown && isBehindSentence(place))) return index + (/^[.!](?![.!])/.test(joined) ? 1 : 0);
  }
  return reach.length < longestSaid ? reach.length : said.length;
}

/** Google's and Microsoft's servers sign: what stands before that is theirs, if no other code does. */
const signature =
  /^(?:(?![\s"'(][45][0-57]\d[ -][A-Z\d])[^\n]){4,900}?(?:[a-z0-9.-]{8,60} - gsmtp\b|\[[A-Z0-9]{6,30}\.[A-Za-z0-9-]{2,30}\.prod\.(?:protection\.)?(?:outlook|exchangelabs)\.com[^\]\n]{0,80}\])/;

/** Where the bracket is closed that somebody has opened in front of the reply; undefined where there is none. */
function bracketEnd(said: string, lead: string): number | undefined {
  if (!/\([^()]{0,120}$/.test(lead)) return undefined;
  let open = 1;
  for (const { index, 0: bracket } of said.slice(0, longestSaid).matchAll(/[()]/g)) {
    open += bracket === '(' ? 1 : -1;
    if (open === 0) return index;
  }
  return undefined;
}

/** Nobody quotes more than so many characters within his own sentence. */
const longestSaid = 1_000;
const longestMark = 160;

/** The small letters with which servers begin. */
const beginsReply =
  /^(?:sorry|user|relay|authentication|mailbox|client|message|mail|unknown|reject|too |not |no |recipient|sender|service|virus|connection|invalid|unable|unauth|temporar|spam|over|quota|domain|host|access|address|account|address|rule|greylist|local|collect|bad |command|error:|smtp|tls|dns|virus|blocked|denied|delivery|requested|system|server|must|cannot|could|x-|[^\s.@]+[.@:]|\P{L})/iu;

/** What may part the words of two: blanks, a sign with one, an opening bracket, a dash, an arrow. */
const joint = /[.!?]{0,3}(?: ?(?:[,;:\u2026]|\.{3}))? ?(?:[-=]>|[-\u2013\u2014]{1,2})? (?:\()?|\.{3}(?=\p{L})|\?{1,3}$/gu;

/** The outermost brackets that are closed, in order. */
function bracketsOf(text: string): Span[] {
  const brackets: Span[] = [];
  const open: number[] = [];
  for (const { index, 0: bracket } of text.matchAll(/[()[\]<>{}]/g)) {
    if ('([{<'.includes(bracket)) open.push(index);
    else if (open.length > 0) {
      const start = open.pop() as number;
      while (brackets.length > 0 && (brackets.at(-1) as Span).start > start) brackets.pop();
      brackets.push({ start, end: index });
    }
  }
  return brackets;
}

/** Whether a sentence leads to the reply, and not an entry of a log or a label. */
function leadsTo(lead: string): boolean {
  if (/^\W{0,3}(?:\d{4}-\d\d-\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:)/.test(lead)) return false;
  return (
    /\p{L}+ \p{L}+ ["\u201C]?$/u.test(lead) ||
    /(?:[\p{L}\d][\p{L}\d'\u2019-]{0,20}[ ,]+){2}\p{L}+[:,]? (?:(?:->|=>|[\u2192-]) )?["\u201C]?$/u.test(lead.slice(-longestLead)) ||
    (/\p{L}: ["\u201C]?$/u.test(lead) && pronoun.test(lead))
  );
}

const longestLead = 80;
const pronoun = /(?:^|\s)(?:I|we|my|our|the|this|ich|wir|unser|der|die|das|je|nous|le|la|cette|el|este|me|mi)\s/i;

/** A place at which a reply may be over. */
interface Place {
  /** The signs and blanks that stand there. */
  readonly joined: string;
  /** What stands behind them. */
  readonly rest: string;
  /** The reply up to there. */
  readonly said: string;
  /** Whether a sentence leads to the reply. */
  readonly isInSentence: boolean;
}

/** Whether what stands there is a writer's, whatever the reply has said. */
function isWriters({ joined, rest, said, isInSentence }: Place): boolean {
  if (/^\?+$/.test(joined)) return true;
  if (ofServer.test(rest)) return false;
  // Servers write ASCII, and their hyphen is not that of a word processor.
  if (/[\u2013\u2014]/.test(joined) && /^[\t -~]*$/.test(said)) return true;
  if (foreignWords(rest, said)) return true;
  if (joined.endsWith('(')) return bracketed.test(rest);
  if (sure.test(rest) || exclamation.test(rest) || (isInSentence && inSentence.test(rest))) return true;
  if (/^[.!?]{1,2} /.test(joined) && (sentence.test(rest) || question.test(rest))) return true;
  return /[-,;:\u2026=>]|\.{3}/.test(joined) && (aside.test(rest) || question.test(rest));
}

/** Whether what stands behind a complete sentence of a server is none of the few things with which servers go on there. */
function isBehindSentence({ joined, rest, said, isInSentence }: Place): boolean {
  if (joined === ' ' && sentence.test(rest)) return true;
  if (joined === ' ' && /^\p{Ll}/u.test(rest)) {
    // By itself a sentence that begins others says nothing of its end: `Message rejected under suspicion of spam`.
    return (isInSentence || !isOpen(said) || /^errors?\b/.test(rest)) && wordOnly.test(rest) && !serverGoesOn.test(rest);
  }
  if (joined === ' ') return inBrackets.test(rest) || (isInSentence && toldOf.test(rest));
  if (joined.endsWith('(')) return threeWords.test(rest) && !serverGoesOn.test(rest);
  if (/^[.!?]{1,2} $/.test(joined)) return /^\p{Lu}\p{Ll}/u.test(rest) ? !isAboutMail(rest) : isInSentence && wordOnly.test(rest) && !serverGoesOn.test(rest);
  if (joined === ', ')
    return isInSentence && !isOpen(said) && /^\p{L}/u.test(rest) && !serverGoesOn.test(rest) && !/^\p{Lu}\p{Ll}+ (?:host|domain|exceeded)|^\w[\w ]{1,30}:/u.test(rest);
  return / [-\u2013\u2014] $/.test(joined) && /^(?:\p{Ll}|\d+ [a-z])/u.test(rest) && !serverGoesOn.test(rest);
}

/** The number of a case has digits. */
const wordOnly = /^\p{Ll}[\p{L}'\u2019/-]*(?=[\s,.!?:;)]|$)/u;

/** Where it happened, and a bracket that somebody adds to a title. */
const toldOf = /^(?:in|on|from|with|via|using|to|after) (?:the |an? )?(?=[A-Z])\w*[a-z]/;
const inBrackets = /^\[[^\]=':]{0,80}?[a-z]{2,} [a-z]{2,}[^\]=':]{0,40}\]/;
const threeWords = /^(?:[a-z]{2,20} [a-z]{2,20}|[A-Za-z]{2,20} [a-z]{2,20} [a-z]{2,20})/;
