/** What ended a session, or its encryption, before any reply said so: Exchange states it in a row with `*`. */

/** How such a statement begins. */
const beginnings: readonly string[] = [
  'Failed to connect. Winsock error code: ',
  'TLS negotiation failed with error ',
  'Outbound Authentication failed with ',
  'Connector is configured to send mail only over TLS ',
  'Drop connection because TLS configuration requires TLS ',
];

const firstLetters = new Set(beginnings.map((beginning) => beginning.charCodeAt(0)));

/** Whether a failed attempt is stated where a cell's text begins: told by its first letter, for nearly all cells have another. */
export function beginsAttempt(text: string, start: number): boolean {
  if (!firstLetters.has(text.charCodeAt(start))) return false;
  for (const beginning of beginnings) if (text.startsWith(beginning, start)) return true;
  return false;
}

/** What of a value that begins so states the failed attempt: its beginning, up to the first comma. */
export function failedAttempt(value: string): string {
  return /^[^,]{0,160}/.exec(value)?.[0] ?? '';
}
