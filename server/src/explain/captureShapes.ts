/** The shape that a captured value must have before a script may use it: what its name promises, and nothing else. */

import type { CaptureName } from '../values.ts';

/**
 * Tells whether a value has the shape of what its name promises. A value that has not is never used.
 * Addresses and domains may be internationalized (RFC 6531); a length is checked before any pattern is tried.
 */
export function fits(name: CaptureName, value: string): boolean {
  return value.length > 0 && value.length <= longest[name] && shapes[name](value);
}

const longest: Readonly<Record<CaptureName, number>> = {
  sendConnector: 256,
  receiveConnector: 256,
  messageId: 1_024,
  recipient: 1_024,
  recipientDomain: 255,
  sender: 1_024,
  remoteHost: 255,
  remoteAddress: 64,
  server: 255,
  sessionId: 32,
  queue: 512,
  certificateThumbprint: 40,
  certificateSubject: 4_096,
};

const shapes: Readonly<Record<CaptureName, (value: string) => boolean>> = {
  sendConnector: isName,
  receiveConnector: isName,
  // RFC 5322, 3.6.4, and looser, because the ids of real messages are.
  messageId: (value) => /^<[^<>\s\p{C}]+@[^<>\s\p{C}]+>$/u.test(value),
  recipient: isAddress,
  recipientDomain: isDomain,
  sender: isAddress,
  remoteHost: (value) => isDomain(value.replace(/\.$/, '')) || isInternetAddress(value),
  remoteAddress: isInternetAddress,
  server: isDomain,
  // Exchange writes 16 digits; the gaps are left to products that count differently.
  sessionId: (value) => /^[\dA-F]{8,32}$/i.test(value),
  // "Server\12345" or "Server\Shadow\25". No wildcard: a queue cmdlet would act on every queue that it fits.
  queue: (value) => /^[\p{L}\p{N}_.-]+(?:\\[\p{L}\p{N}_. :@[\]-]+){0,2}$/u.test(value),
  certificateThumbprint: (value) => /^[\dA-F]{40}$/i.test(value),
  certificateSubject: (value) => isName(value) && /^[^=]+=/.test(value),
};

/** Any visible text. Control characters, line separators, bidirectional controls and lone surrogates are no part of a name. */
function isName(value: string): boolean {
  return /\S/.test(value) && !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u.test(value);
}

/** Local part and domain or address literal (RFC 5321, 4.1.2). Longer local parts than 64 occur: encapsulated X.500 addresses. */
function isAddress(value: string): boolean {
  const at = value.lastIndexOf('@');
  const local = value.slice(0, Math.max(at, 0));
  const domain = value.slice(at + 1);
  const isLocal = /^[^\s\p{C}"(),:;<>@[\\\]]+$/u.test(local) || /^"(?:[^"\\\p{C}]|\\[^\p{C}])*"$/u.test(local);
  return isLocal && (isDomain(domain) || /^\[[\dA-Za-z.:]+\]$/.test(domain));
}

/** Labels of letters, digits, hyphens and underscores, at most 63 characters each (RFC 1035, 2.3.4). One label is enough. */
function isDomain(value: string): boolean {
  return value.length <= 255 && value.split('.').every((label) => label.length <= 63 && /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]*$/u.test(label));
}

function isInternetAddress(value: string): boolean {
  return isVersion4(value) || isVersion6(value);
}

function isVersion4(value: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(value) && value.split('.').every((part) => Number(part) <= 255);
}

/** RFC 4291, 2.2: eight groups, "::" once for one or more of them, perhaps an IPv4 address at the end; a zone may follow (RFC 4007). */
function isVersion6(value: string): boolean {
  const parts = /^([\dA-Fa-f:.]+)(?:%[\w.-]+)?$/.exec(value);
  const halves = parts?.[1]?.split('::') ?? [];
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const isLastVersion4 = isVersion4(groups.at(-1) ?? '') && !value.includes('::', value.indexOf('.'));
  const count = groups.length + (isLastVersion4 ? 1 : 0);
  const isHexadecimal = groups.every((group, index) => /^[\dA-Fa-f]{1,4}$/.test(group) || (isLastVersion4 && index === groups.length - 1));
  return isHexadecimal && (halves.length === 1 ? count === 8 : halves.length === 2 && count < 8);
}
