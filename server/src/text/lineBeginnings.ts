/**
 * What programs and people put before each line of a log that they show: an indentation, the name or the number that `grep` and `cat -n` write,
 * the container that `docker compose logs` names, a bar, the initials of whoever is quoted. One line may begin so by chance, a block does not.
 */

import { blank, colon, comma, greaterThan, hyphen, isBlank } from './characters.ts';
import { rowStart } from './lineSurvey.ts';
import { standsAt } from './occurrences.ts';

/** A kind of beginning. What it is without is looked for at few lines, so it need not be quick. */
interface Kind {
  /** What its first character can be. */
  readonly first: RegExp;
  /** Whether it can be one at all, told by the line's first word where the pattern takes many steps. */
  readonly mayBe?: (word: Word) => boolean;
  /** The beginning at an offset, sticky. */
  readonly pattern: RegExp;
  /** What the first lines of a block must be, where that is more. */
  readonly opening?: RegExp;
  /** Whether two lines that begin so are enough to say it. One line is, where this is absent. */
  readonly areAlike?: (one: string, other: string) => boolean;
  /** What stands before the lines of the block that go on with one that begins so. */
  readonly hanging?: RegExp;
}

/** The first word of a line: letters, digits, and what paths are made of. */
interface Word {
  /** The character behind it. */
  readonly behind: number;
  /** Whether a sign stands in it, or behind it, that `grep` writes behind a name. */
  readonly hasSign: boolean;
}

const same = (one: string, other: string): boolean => one === other;
const numberOf = (beginning: string): number => Number(/\d+/.exec(beginning)?.[0]);

/** Reply codes stand at the beginning of a line too. */
const isCode = (number: number): boolean => number >= 200 && number < 600;
const isOfGrep = ({ hasSign }: Word): boolean => hasSign;
const isNext = (one: string, other: string): boolean => numberOf(one) + 1 === numberOf(other) && !isCode(numberOf(one));

/** The names that logs of mail systems have, as `grep` writes them before each line. */
const file =
  '(?:[A-Za-z]:)?[\\w.\\\\/~@+-]{0,200}?(?:\\.(?:log|txt|out|err)(?:[.-]\\d{1,8})?(?:\\.(?:gz|xz|bz2))?[:-]|(?<![\\w.-])(?:maillog|mail|syslog|messages|mainlog|rejectlog)(?:[.-]\\d{1,8}(?:\\.(?:gz|xz|bz2))?[:-]|:))';

/** Whoever writes in a chat, and when: a log has seconds there, or the year first. */
const [hour, day, person] = ['\\d{1,2}[:.]\\d\\d', '\\d{1,2}[/.-]\\d{1,2}[/.-]\\d{2,4}', "[\\p{L}_][\\p{L}\\p{N}_.' -]{0,40}(?:\\([^()\\n]{1,40}\\))?"];
const half = '(?: ?[AaPp]\\.?[Mm]\\.?)?';

/** A message in a chat goes on with the rows of a log that were pasted into it. */
const furtherRow = new RegExp(`(?=${rowStart.source})`, 'y');

/** A moment as logs of programs write it, with the zone where the date is followed by `T` (RFC 3339, 5.6). */
const [moment, stamp] = ['\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d', '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?:Z|[+-]\\d\\d:?\\d\\d)'];

/** Behind what a program puts before a line that is empty, there is often no blank. */
const behind = '(?: |(?=\\r?(?:\\n|$)))';

/** The host and the program before a line of syslog or the journal. What a mail system writes there is its own, and read as that. */
const ofMail = '(?:[\\w.-]{0,60}(?:mail|post|smtp|exim|mta|amavis|spam|dkim|milter|courier|cyrus|dovecot|haraka|lmtp|qmgr)|sm-|dma)';
const program = `[\\w.-]{1,253} (?!${ofMail})[\\w./@-]{1,64}\\[\\d{1,10}\\]:${behind}`;

const collected = `(?: std(?:out|err) [FP]${behind}| (?:app|heroku)\\[[\\w.-]{1,40}\\]:${behind}| ${program}|${behind})`;

/** Lines of one program; only the moments differ. */
const areOfOne = (one: string, other: string): boolean => withoutMoment(one) === withoutMoment(other);
const withoutMoment = (beginning: string): string => beginning.replace(/^.{0,16}\d\d:\d\d:\d\d\S*/, '');

const kinds: readonly Kind[] = [
  // What collects the logs of programs puts before each line of what one of them wrote: syslog and the journal (RFC 3164, 4.1), containers, platforms.
  { first: /[A-Z]/, mayBe: ({ behind }) => behind === blank, pattern: new RegExp(`[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d ${program}`, 'iy'), areAlike: areOfOne },
  {
    first: /\d/,
    mayBe: ({ hasSign }) => hasSign,
    pattern: new RegExp(`${stamp}${collected}`, 'y'),
    // Some mail systems write so themselves.
    opening: new RegExp(`${stamp}${collected}(?!\\[[A-Z]{3,9}\\] \\[|[\\w.-]{1,253} ${ofMail}[\\w./@-]{0,64}(?:\\[\\d{1,10}\\])?: )`, 'y'),
    areAlike: areOfOne,
  },
  { first: /\[/, pattern: new RegExp(`\\[${moment}(?:[.,]\\d{1,9})?(?:Z| ?[+-]\\d\\d:?\\d\\d| UTC)?\\]${behind}`, 'y'), areAlike: areOfOne },
  // Teams, Slack and Discord, as their messages are copied, and WhatsApp's export on two systems.
  { first: /\[/, pattern: new RegExp(`\\[(?:${day} )?${hour}${half}\\] ${person}: |\\[${day}, ${hour}(?::\\d\\d)?${half}\\] ${person}: `, 'uy'), hanging: furtherRow },
  { first: /\d/, mayBe: ({ behind }) => behind === comma, pattern: new RegExp(`${day}, ${hour}(?::\\d\\d)?${half} - ${person}: `, 'uy'), hanging: furtherRow },
  // With the number of the line, which is no reply code and no date.
  {
    first: /[\w./\\~]/,
    mayBe: isOfGrep,
    pattern: new RegExp(`${file}\\d{1,9}[:-]`, 'iy'),
    opening: new RegExp(`${file}(?![45]\\d\\d-)\\d{1,9}[:-](?!\\d\\d[:-]\\d\\d)(?=\\S)`, 'iy'),
  },
  { first: /[\w./\\~]/, mayBe: isOfGrep, pattern: new RegExp(file, 'iy'), opening: new RegExp(`${file}(?=[^\\s:-])`, 'iy') },
  // A table has more bars.
  { first: /\|/, pattern: /\|(?:[ \t]|(?=\r?(?:\n|$)))/y, opening: /\|[ \t](?![^\n]{0,2000}\|[ \t]{0,8}\r?(?:\n|$))/y, areAlike: same },
  // The bars of all containers stand below each other.
  {
    first: /[A-Za-z0-9]/,
    mayBe: ({ behind }) => behind === blank,
    pattern: /[A-Za-z0-9][\w.-]{0,62} {1,40}\| ?/y,
    areAlike: (one, other) => one.trimEnd().length === other.trimEnd().length,
  },
  { first: /[A-Z]/, mayBe: ({ behind }) => behind === greaterThan, pattern: /[A-Z]{1,4}> ?/y, areAlike: same },
  { first: /[-*\u2022\u2013\u2014\u25AA\u25CF\u25E6]/, pattern: /[-*\u2022\u2013\u2014\u25AA\u25CF\u25E6](?: |(?=\r?(?:\n|$)))/y, areAlike: same, hanging: / {2}(?=\S)/y },
  { first: /\d/, pattern: /\d{1,3}[.)](?: |(?=\r?(?:\n|$)))/y, areAlike: isNext, hanging: / {3,5}(?=\S)/y },
  // Times begin with a number and a colon too.
  {
    first: /\d/,
    pattern: /\d{1,9}[:-]/y,
    opening: /\d{1,9}[:-](?!\d\d[:\s-])/y,
    areAlike: (one, other) => numberOf(one) < numberOf(other) && !(one.includes('-') && isCode(numberOf(one))),
  },
  { first: /[\d \t]/, pattern: /[ \t]{0,8}\d{1,9}(?: ?\| ?|\t| |(?=\r?(?:\n|$)))/y, areAlike: isNext },
];

function firstWord(text: string, start: number): Word {
  let hasSign = false;
  for (let at = start; ; at++) {
    const code = text.charCodeAt(at);
    if (code === colon || code === hyphen) hasSign = true;
    if (!isInName(code) || at - start === longestName) return { behind: code, hasSign };
  }
}

const longestName = 260;

function isInName(code: number): boolean {
  return code < 0x80 && namePlaces[code] === 1;
}

const namePlaces = Uint8Array.from({ length: 0x80 }, (_, code) => Number(/[\w.\\/~@+-]/.test(String.fromCharCode(code))));

const kindsWith = (code: number): readonly number[] => kinds.flatMap(({ first }, kind) => (first.test(String.fromCharCode(code)) ? [kind] : []));

/** Those that can begin with a character of ASCII. */
const byFirst = Array.from({ length: 128 }, (_, code) => kindsWith(code));

/** How the lines of a block begin: a kind, or an indentation, which is the same in all of them. */
export interface LineBeginning {
  readonly kind: number;
  readonly indentation: string;
}

const indentation = -1;

export type Above = 'nothing' | 'empty line' | 'line';

/**
 * How a block begins at a line; undefined where none does.
 * @param above What stands above: what is indented right below another line mostly goes on with it.
 */
export function beginningAt(text: string, start: number, above: Above): LineBeginning | undefined {
  const code = text.charCodeAt(start);
  const word = firstWord(text, start);
  for (const kind of byFirst[code] ?? kindsWith(code)) if (opensWith(kinds[kind] as Kind, text, start, word)) return { kind, indentation: '' };
  // Hardly any line that is indented right below another one begins with a date.
  if (!isBlank(code) || (above === 'line' && !standsAt(text, indentedDate, start))) return undefined;
  const lead = indented(text, start);
  if (!lead) return undefined;
  const isSure = above === 'nothing' || (above === 'empty line' && (lead.indentation.length >= leastIndented || lead.indentation.includes('\t')));
  return isSure || standsAt(text, date, start + lead.indentation.length) ? lead : undefined;
}

/** By less a program sets apart what it writes itself; code is indented by four (CommonMark 0.31, 4.4), and a list in which it stands takes one away; all of a text is indented by its reader. */
const leastIndented = 3;

function opensWith({ pattern, opening = pattern, mayBe, areAlike, hanging }: Kind, text: string, start: number, word: Word): boolean {
  if (mayBe && !mayBe(word)) return false;
  const one = match(opening, text, start);
  if (one === undefined || !areAlike) return one !== undefined;
  const below = text.indexOf('\n', start) + 1;
  const next = hanging ? behindHanging(hanging, text, below) : below;
  const other = next > 0 ? match(opening, text, next) : undefined;
  if (other !== undefined) return areAlike(one, other);
  // One point of a list is none, but where it is a row of a log that goes on below.
  return next > below && standsAt(text, rowStart, start + one.length);
}

/** Where the first line begins that does not hang from the line above it; that of some line where these are too many. */
function behindHanging(hanging: RegExp, text: string, start: number): number {
  let at = start;
  for (let lines = 0; at > 0 && lines < mostLooked && standsAt(text, hanging, at); lines++) at = text.indexOf('\n', at) + 1 || text.length;
  return at;
}

/** How most logs begin a line. */
const date = /\d{2,4}[-/.:]\d|[A-Z][a-z]{2} (?:[A-Z][a-z]{2} )?[ \d]\d \d\d:/y;
const indentedDate = new RegExp(`[ \\t]{1,200}(?:${date.source})`, 'y');

/** The indentation of a paragraph, if all its lines have one. */
function indented(text: string, start: number): LineBeginning | undefined {
  let lead: string | undefined;
  for (let at = start, lines = 0; lines < mostLooked; lines++) {
    const own = match(blanks, text, at) ?? '';
    const isEmpty = isLineEnd(text, at + own.length);
    if (isEmpty && lead !== undefined) break;
    if (!isEmpty) lead = lead === undefined ? own : commonStart(lead, own);
    const newline = text.indexOf('\n', at);
    if (lead === '' || newline < 0 || newline - start > farthestLooked) break;
    at = newline + 1;
  }
  return lead && lead.length <= farthestIndented ? { kind: indentation, indentation: lead } : undefined;
}

/** What stands further to the right goes on with a value above it, in a list of names and values. */
const farthestIndented = 8;

/** So many lines and characters of a paragraph say how far it is indented. */
const mostLooked = 50;
const farthestLooked = 8_000;
const blanks = /[ \t]{1,200}/y;

function commonStart(one: string, other: string): string {
  let same = 0;
  while (same < one.length && one.charCodeAt(same) === other.charCodeAt(same)) same++;
  return one.slice(0, same);
}

/** How many characters of a line stand before it, in a block whose lines begin so; undefined where the line is none of the block. */
export function beginningLength(text: string, start: number, { kind, indentation: lead }: LineBeginning): number | undefined {
  if (lead !== '' && text.startsWith(lead, start)) return lead.length;
  const { pattern, hanging } = kinds[kind] ?? {};
  const beginning = (pattern && match(pattern, text, start)) ?? (hanging && match(hanging, text, start));
  if (beginning !== undefined) return beginning.length;
  const empty = match(blanks, text, start)?.length ?? 0;
  if (isLineEnd(text, start + empty)) return empty;
  // `grep` writes this between what stands apart.
  return kind >= 0 && text.startsWith('--', start) && isLineEnd(text, start + 2) ? 0 : undefined;
}

/** Whether a line of a block begins a point of its own, where others can go on with the one above. */
export function beginsPoint(text: string, start: number, { kind }: LineBeginning): boolean {
  const { pattern, hanging } = kinds[kind] ?? {};
  return pattern !== undefined && hanging !== undefined && standsAt(text, pattern, start);
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function isLineEnd(text: string, at: number): boolean {
  return at >= text.length || text.startsWith('\n', at) || text.startsWith('\r\n', at);
}
