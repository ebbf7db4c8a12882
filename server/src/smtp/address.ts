/** The addresses and hosts that SMTP commands, replies and endpoints name. */

import type { Captures } from '../values.ts';

/** The address of `MAIL FROM:<…>` or `RCPT TO:<…>` (RFC 5321, 4.1.1.2 and 4.1.1.3); undefined for another command or the null sender. */
export function commandAddress(command: string): { readonly verb: 'MAIL' | 'RCPT'; readonly address: string } | undefined {
  // Nearly all lines are done with at their first letter.
  const first = command.charCodeAt(0) | lowerCase;
  if (first !== letterM && first !== letterR) return undefined;
  const found = /^(MAIL FROM|RCPT TO):\s*<([^<>\r\n]{0,320})>/i.exec(command);
  if (!found) return undefined;
  return { verb: (found[1] ?? '').slice(0, 4).toUpperCase() as 'MAIL' | 'RCPT', address: found[2] ?? '' };
}

const lowerCase = 0x20;
const letterM = 0x6d;
const letterR = 0x72;

/** Whom a command names: the sender of `MAIL FROM`, the recipient of `RCPT TO`. */
export function commandCaptures(command: string): Captures {
  const named = commandAddress(command);
  if (!named?.address) return {};
  return named.verb === 'RCPT' ? recipientCaptures(named.address) : { sender: named.address };
}

/** The host of an endpoint such as `203.0.113.25:25` or `[2001:db8::25]:25`; undefined where there is none, or somebody has masked a part of it. */
export function endpointAddress(endpoint: string): string | undefined {
  const found = /^\[([0-9A-Fa-f.:]{2,45})\](?::\d{1,5})?$/.exec(endpoint)?.[1] ?? /^([0-9.]{7,15}):\d{1,5}$/.exec(endpoint)?.[1] ?? endpoint;
  return isAddress.test(found) ? found : undefined;
}

/** Four numbers, or at least two colons, of which one is nearly always two. */
const isAddress = /^(?:\d{1,3}(?:\.\d{1,3}){3}|(?=[^:]{0,4}:[^:]{0,4}:)[0-9A-Fa-f.:]{2,45})$/;

/** The host name that a banner (`220 mx.fabrikam.com ESMTP`) or a greeting (`EHLO mx.fabrikam.com`) begins with. */
export function greetingHost(text: string): string | undefined {
  return /^(?:220[ -]|EHLO\s+|HELO\s+)([A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)(?=\s|$)/i.exec(text)?.[1];
}

/** A recipient with its domain, as captures. */
export function recipientCaptures(address: string | undefined): Captures {
  if (!address) return {};
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return domain.length < address.length && domain !== '' ? { recipient: address, recipientDomain: domain } : { recipient: address };
}

/**
 * A text in which each address has shrunk to its `@`: whoever chose an address chose its words too, and a server that names
 * `spam@contoso.com` does not speak of spam. What stands before a `=` stays: in `IMCEAEX-_O=…` a server wrote it.
 * The lengths are those of RFC 5321, 4.5.3.1, which also bound the search.
 */
export function withoutAddresses(text: string): string {
  return text.includes('@') ? text.replace(/[^\s<>()[\]"',;:=@]{1,64}@[^\s<>()[\]"',;:=@]{1,255}/g, '@') : text;
}
