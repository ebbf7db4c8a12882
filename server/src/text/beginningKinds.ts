/** The kinds of what programs and people put before each line of a text that they show. */

import { blank, comma, greaterThan } from './characters.ts';
import { rowStart } from './lineSurvey.ts';

/** A kind of beginning. What it is without is looked for at few lines, so it need not be quick. */
export interface BeginningKind {
  /** What its first character can be. */
  readonly first: RegExp;
  /** Whether it can be one at all, told by the line's first word where the pattern takes many steps. */
  readonly mayBe?: (word: FirstWord) => boolean;
  /** The beginning at an offset, sticky. */
  readonly pattern: RegExp;
  /** What the first lines of a block must be, where that is more. */
  readonly opening?: RegExp;
  /** Whether two lines that begin so are enough to say it. One line is, where this is absent. */
  readonly areAlike?: (one: string, other: string) => boolean;
  /** What stands before the lines of the block that go on with one that begins so. */
  readonly hanging?: RegExp;
  /** Whether it says when the line was written. */
  readonly isMoment?: true;
}

/** The first word of a line: letters, digits, and what paths are made of. */
export interface FirstWord {
  /** The character behind it. */
  readonly behind: number;
  /** Whether a sign stands in it, or behind it, that `grep` writes behind a name. */
  readonly hasSign: boolean;
}

const same = (one: string, other: string): boolean => one === other;
const numberOf = (beginning: string): number => Number(/\d+/.exec(beginning)?.[0]);

/** Reply codes stand at the beginning of a line too. */
const isCode = (number: number): boolean => number >= 200 && number < 600;
const isOfGrep = ({ hasSign }: FirstWord): boolean => hasSign;
const isNext = (one: string, other: string): boolean => numberOf(one) + 1 === numberOf(other) && !isCode(numberOf(one));

/** The names that logs of mail systems have, as `grep` writes them before each line. */
const file =
  '(?:[A-Za-z]:)?[\\w.\\\\/~@+-]{0,200}?(?:\\.(?:log|txt|out|err)(?:[.-]\\d{1,8})?(?:\\.(?:gz|xz|bz2))?[:-]|(?<![\\w.-])(?:maillog|mail|syslog|messages|mainlog|rejectlog)(?:[.-]\\d{1,8}(?:\\.(?:gz|xz|bz2))?[:-]|:))';

/** Whoever writes in a chat, and when: a log has seconds there, or the year first. */
const [hour, day, person] = ['\\d{1,2}[:.]\\d\\d', '\\d{1,2}[/.-]\\d{1,2}[/.-]\\d{2,4}', "[\\p{L}_][\\p{L}\\p{N}_.' -]{0,40}(?:\\([^()\\n]{1,40}\\))?"];
const half = '(?: ?[AaPp]\\.?[Mm]\\.?)?';

/** A message in a chat goes on with the rows of a log that were pasted into it. */
const furtherRow = new RegExp(`(?=${rowStart.source})`, 'y');

/** A moment with its zone (RFC 3339, 5.6). */
const stamp = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?:Z|[+-]\\d\\d:?\\d\\d)';

/** Behind what a program puts before a line that is empty, there is often no blank. */
const behind = '(?: |(?=\\r?(?:\\n|$)))';

/** The host and the program before a line of syslog or the journal. What a mail system writes there is its own, and read as that. */
const ofMail = '(?:[\\w.-]{0,60}(?:mail|post|smtp|exim|mta|amavis|spam|dkim|milter|courier|cyrus|dovecot|haraka|lmtp|qmgr)|sm-|dma)';
const program = `[\\w.-]{1,253} (?!${ofMail})[\\w./@-]{1,64}\\[\\d{1,10}\\]:${behind}`;

const collected = `(?: std(?:out|err) [FP]${behind}| (?:app|heroku)\\[[\\w.-]{1,40}\\]:${behind}| ${program}|${behind})`;

/** Lines of one program; only the moments differ. */
const areOfOne = (one: string, other: string): boolean => withoutMoment(one) === withoutMoment(other);
const withoutMoment = (beginning: string): string => beginning.replace(/^.{0,16}\d\d:\d\d:\d\d\S*/, '');

export const beginningKinds: readonly BeginningKind[] = [
  // What collects the logs of programs puts before each line of what one of them wrote: syslog and the journal (RFC 3164, 4.1), containers, platforms.
  {
    first: /[A-Z]/,
    mayBe: ({ behind }) => behind === blank,
    pattern: new RegExp(`[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d ${program}`, 'iy'),
    areAlike: areOfOne,
    isMoment: true,
  },
  {
    first: /\d/,
    mayBe: ({ hasSign }) => hasSign,
    pattern: new RegExp(`${stamp}${collected}`, 'y'),
    // Some mail systems write so themselves.
    opening: new RegExp(`${stamp}${collected}(?!\\[[A-Z]{3,9}\\] \\[|[\\w.-]{1,253} ${ofMail}[\\w./@-]{0,64}(?:\\[\\d{1,10}\\])?: )`, 'y'),
    areAlike: areOfOne,
    isMoment: true,
  },
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
