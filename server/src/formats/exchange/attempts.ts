/** What ended a session, or its encryption, before any reply said so: Exchange states it in a row with `*`. */

import type { CommandName } from '../../values.ts';

const signIn = 'Inbound AUTH ';
const failedSignIn = /^Inbound AUTH \S{1,24} failed because /;

/** How such a statement begins, and what was attempted. */
const beginnings: readonly (readonly [string, CommandName])[] = [
  ['Failed to connect. Winsock error code: ', 'connection'],
  ['TLS negotiation failed with error ', 'STARTTLS'],
  ['Outbound Authentication failed with ', 'AUTH'],
  ['Inbound authentication failed because ', 'AUTH'],
  [signIn, 'AUTH'],
  ['Connector is configured to send mail only over TLS ', 'STARTTLS'],
  ['Drop connection because TLS configuration requires TLS ', 'STARTTLS'],
];

const firstLetters = new Set(beginnings.map(([beginning]) => beginning.charCodeAt(0)));

/** Whether a failed attempt is stated where a cell's text begins: told by its first letter, for nearly all cells have another. */
export function beginsAttempt(text: string, start: number): boolean {
  if (!firstLetters.has(text.charCodeAt(start))) return false;
  for (const [beginning] of beginnings) if (text.startsWith(beginning, start)) return beginning !== signIn || failedSignIn.test(text.slice(start, start + 80));
  return false;
}

/** What of a value that begins so states the failed attempt: its beginning, up to the first comma. */
export function failedAttempt(value: string): string {
  return /^[^,]{0,160}/.exec(value)?.[0] ?? '';
}

/** Whether this server answers the attempt itself: the reply stands some rows below, or outside of what was copied. */
export const isAnswered = (value: string): boolean => value.startsWith('Inbound ');

/** What was attempted, told from how the value begins. */
export function attempted(value: string): CommandName | undefined {
  return beginnings.find(([beginning]) => value.startsWith(beginning))?.[1];
}
