/**
 * What programs and people put before each line of a log that they show: an indentation, the name or the number that `grep` and `cat -n` write,
 * the container that `docker compose logs` names, a bar, the initials of whoever is quoted. One line may begin so by chance, a block does not.
 */

import { type BeginningKind, type FirstWord, beginningKinds as kinds } from './beginningKinds.ts';
import { colon, hyphen, isBlank } from './characters.ts';
import { rowStart } from './lineSurvey.ts';
import { standsAt } from './occurrences.ts';

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
  for (const kind of byFirst[code] ?? kindsWith(code)) if (opensWith(kinds[kind] as BeginningKind, text, start, word)) return { kind, indentation: '' };
  // Hardly any line that is indented right below another one begins with a date.
  if (!isBlank(code) || (above === 'line' && !standsAt(text, indentedDate, start))) return undefined;
  const lead = indented(text, start);
  if (!lead) return undefined;
  const isSure = above === 'nothing' || (above === 'empty line' && (lead.indentation.length >= leastIndented || lead.indentation.includes('\t')));
  return isSure || standsAt(text, date, start + lead.indentation.length) ? lead : undefined;
}

/** By less a program sets apart what it writes itself; code is indented by four (CommonMark 0.31, 4.4), and a list in which it stands takes one away; all of a text is indented by its reader. */
const leastIndented = 3;

function firstWord(text: string, start: number): FirstWord {
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

function opensWith({ pattern, opening = pattern, mayBe, areAlike, hanging }: BeginningKind, text: string, start: number, word: FirstWord): boolean {
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

/** Whether a line of a block keeps what it begins with: its moment tells where an entry of the log begins, and only lines of the same one go on with it. */
export function keepsBeginning(text: string, start: number, above: number, { kind }: LineBeginning): boolean {
  const { pattern, isMoment } = kinds[kind] ?? {};
  if (!pattern || !isMoment) return false;
  const beginning = match(pattern, text, start) ?? '';
  return standsAt(text, entry, start + beginning.length) || secondOf(beginning) !== secondOf(match(pattern, text, above));
}

/** What a program begins an entry of its own with. */
const entry = /[ \t]{0,2}\[?(?:(?:TRACE|DEBUG|VERBOSE|INFO|NOTICE|WARN(?:ING)?|ERR(?:OR)?|FATAL|CRITICAL|SEVERE)\b|(?:trace|debug|info|notice|warn(?:ing)?|error|fatal): )/y;

const secondOf = (beginning: string | undefined): string | undefined => beginning?.replace(/[.,]\d+/, '');

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
