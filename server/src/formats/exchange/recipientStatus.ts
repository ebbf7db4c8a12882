/** The lists of recipients and statuses that message tracking writes side by side. */

import { recipientCaptures } from '../../smtp/address.ts';
import { type Excerpt, sliceExcerpt } from '../../text/excerpt.ts';
import type { Captures } from '../../values.ts';
import { isCut } from '../shapes/object.ts';

/** How a list is written: `a;b` in the log, `a, b` in a console. */
export type Separator = ';' | ',';

/** The addresses of a list, in their order. One that a console has cut is there, but empty. */
export function splitRecipients(list: string, separator: Separator): string[] {
  return list
    .split(separator)
    .map((address) => address.trim())
    .filter((address) => address !== '')
    .map((address) => (isCut(address) ? '' : address));
}

/** What can be said of several recipients as one: their domain, where they share it. */
export function commonDomain(recipients: readonly string[]): Captures {
  const [first, ...others] = recipients.map((recipient) => recipientCaptures(recipient).recipientDomain);
  return first && others.every((domain) => domain === first) ? { recipientDomain: first } : {};
}

/**
 * The statuses of a list, as many as there are recipients where the list allows it.
 * A status may itself hold the separator (`550 5.1.1 RESOLVER.ADR.RecipNotFound; not found`), so a status begins where a code or a
 * wrapper `[{` begins or where an empty one stands; only if that does not give the right number, each separator counts.
 */
export function splitStatuses(list: Excerpt, recipients: number, separator: Separator): Excerpt[] {
  if (recipients < 2) return [list];
  const wanted = recipients - 1;
  const { sure, all } = findSeparators(list.text, separator, wanted);
  const chosen = sure.length === wanted ? sure : all.length === wanted ? all : sure.slice(0, wanted);
  const starts = [0, ...chosen.map((at) => at + 1)];
  return starts.map((start, index) => sliceExcerpt(list, start, chosen[index] ?? list.text.length));
}

/** The separators outside of wrappers: all of them, and those that a status surely follows. More than one too many need not be known. */
function findSeparators(text: string, separator: Separator, wanted: number): { readonly sure: number[]; readonly all: number[] } {
  const sure: number[] = [];
  const all: number[] = [];
  const status = separator === ';' ? statusBehindSemicolon : statusBehindComma;
  let depth = 0;
  for (let at = 0; at < text.length && sure.length <= wanted; at++) {
    const character = text[at];
    if (character === '[' && text[at + 1] === '{') depth++;
    else if (character === '}' && text[at + 1] === ']') depth = Math.max(0, depth - 1);
    else if (character === separator && depth === 0) {
      if (all.length <= wanted) all.push(at);
      status.lastIndex = at + 1;
      if (status.test(text)) sure.push(at);
    }
  }
  return { sure, all };
}

const statusBehindSemicolon = /\d{3}[ -]|\[\{|;|$/y;
const statusBehindComma = / (?:\d{3}[ -]|\[\{)|,/y;
