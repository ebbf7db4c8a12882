/** Puts captures together from what a log may or may not say, and holds them to their shape. */

import { withChanges } from '../text/withChanges.ts';
import type { CaptureName, Captures, Ids, Step } from '../values.ts';
import { recipientCaptures } from './address.ts';
import { undecorated } from './decorations.ts';

/** Those of some captures that are stated: an absent or an empty value is none. */
export function stated(captures: { readonly [Name in CaptureName]?: string | undefined }): Captures {
  const found: Partial<Record<CaptureName, string>> = {};
  for (const key in captures) {
    const name = key as CaptureName;
    const value = captures[name];
    if (value) found[name] = value;
  }
  return found;
}

/** Those of some ids that are stated. */
export function statedIds(ids: { readonly [Name in keyof Ids]?: string | undefined }): Ids {
  const found: { -readonly [Name in keyof Ids]?: string } = {};
  for (const key in ids) {
    const value = ids[key as keyof Ids];
    if (value) found[key as keyof Ids] = value;
  }
  return found;
}

/**
 * A step whose captures are each one line without control characters and without blanks around it, and without what programs put around
 * addresses. A value with a line break inside is left out: whether a program has folded it, and whether a blank stood there, only the form
 * can say, and those that do have joined it.
 * @param known Captures that are whole.
 */
export function withWholeCaptures<Value extends Step>(step: Value, known?: Captures): Value {
  const { captures } = step;
  // The rows of a session have most captures in common.
  if (captures === known) return step;
  // Every step of every log passes here, and nearly every capture is whole.
  for (const key in captures) {
    const name = key as CaptureName;
    const value = captures[name] ?? '';
    if (!isWhole(value) || undecorated(name, value) !== value) return withChanges<Step>(step, { captures: wholeOf(captures) }) as Value;
  }
  return step;
}

/** Adds steps to others, each with whole captures. */
export function addWhole(found: readonly Step[], steps: Step[]): void {
  let known: Captures | undefined;
  for (const step of found) {
    const whole = withWholeCaptures(step, known);
    known = whole.captures;
    steps.push(whole);
  }
}

function wholeOf(captures: Captures): Captures {
  const whole: Partial<Record<CaptureName, string>> = {};
  for (const key in captures) {
    const name = key as CaptureName;
    const value = undecorated(name, captures[name]?.trim() ?? '');
    if (!isWhole(value)) continue;
    // The domain of an address that a program had decorated was taken from the decoration, or not at all.
    if (name === 'recipientDomain' && whole.recipientDomain !== undefined) continue;
    whole[name] = value;
    if (name === 'recipient' && value !== captures.recipient?.trim()) Object.assign(whole, recipientCaptures(value));
  }
  return whole;
}

/** Whether a value is one line. An expression, since V8 takes ten times as long for a loop over characters that it has not yet compiled. */
function isWhole(value: string): boolean {
  return value !== '' && !broken.test(value);
}

/**
 * Control characters and Unicode's separators of lines and paragraphs anywhere, and blanks at the ends; and the address that says that no host was
 * reached (RFC 1122, 3.2.1.3). What pages show in the place of an address is none.
 */
const broken = /[\p{Cc}\u2028\u2029]|^\s|\s$|^0\.0\.0\.0$|^\[email\sprotected\]$/u;
