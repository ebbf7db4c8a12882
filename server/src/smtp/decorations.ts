/** Undoes what mail programs, Markdown, wikis, chats and HTML put around an address or a host that somebody copies. */

import type { CaptureName } from '../values.ts';

/**
 * A captured address, host or message ID as it was before a program made a link of it: `jane@contoso.com<mailto:jane@contoso.com>` (Outlook's
 * plain text), `[jane@contoso.com](mailto:jane@contoso.com)`, `<mailto:jane@contoso.com|jane@contoso.com>`, `**jane@contoso.com**`, `jane&#64;contoso.com`.
 * What names anything else beside it, such as two addresses or a person, stays as it is written.
 */
export function undecorated(name: CaptureName, written: string): string {
  const pattern = shapes[name];
  if (!pattern || written.length > longestDecorated || !decorated.test(written) || (name === 'messageId' && ordinaryId.test(written))) return written;
  const plain = withoutEntities(written).replace(invisible, '');
  const link = plain.replace(/\b(?:mailto:|https?:\/\/)/gi, ' ').replace(/\|/g, ' ');
  const found = link.match(pattern)?.map(withoutEmphasis) ?? [];
  const [first] = found;
  if (!first || found.some((other) => comparable(other) !== comparable(first))) return written;
  if (/[\p{L}\d@]/u.test(withoutMarkup(link.replace(pattern, ' ')))) return written;
  return name === 'messageId' ? `<${first}>` : first;
}

/** Two addresses of the greatest length (RFC 5321, 4.5.3.1) and what stands around them. */
const longestDecorated = 1_200;

/** What no address needs, and every decoration has. Hardly any capture has one of these. */
const decorated = /[<>()[\]{}|`*"\u200B\u00AD]|&[#a-z0-9]{2,6};|mailto:|^_|[_/]$/i;

/** A message ID stands in angle brackets by itself (RFC 5322, 3.6.4). */
const ordinaryId = /^<[^<>()[\]{}|`*"\s\u200B\u00AD&:]+>$/;

const invisible = /[\u200B\u00AD\u2060\uFEFF]/g;

const address = /[^\s<>()[\]{}:;,"'@]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?/g;
const host = /[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,252}[A-Za-z0-9])?\.[A-Za-z0-9-]{1,63}(?![A-Za-z0-9.-])/g;

/** What the captures claim to be; the others are names that anybody may have chosen. */
const shapes: Readonly<Partial<Record<CaptureName, RegExp>>> = {
  recipient: address,
  sender: address,
  messageId: address,
  recipientDomain: host,
  remoteHost: host,
  server: host,
};

/** Outlook links a bare domain to its web server. */
function comparable(found: string): string {
  return found.toLowerCase().replace(/^www\./, '');
}

const emphasis = /^([*_`]{1,3})(?=[^*_`])|[*_`]{1,3}$/g;

/** A name that somebody has masked with stars is no emphasis. */
function withoutEmphasis(found: string): string {
  const plain = found.replace(emphasis, '');
  return plain.startsWith('@') ? found : plain;
}

/** Tags of links, and the query of a `mailto:`. */
function withoutMarkup(rest: string): string {
  return rest.replace(/<\/?(?:a|span|b|strong|em|code|u)\b|(?:href|title|class|target)\s*=\s*|\?[a-z]{2,9}=[^\s<>)\]"]*/gi, ' ');
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", commat: '@', period: '.', nbsp: ' ' };

function withoutEntities(written: string): string {
  // An entity that was made an entity once more is undone twice: `&amp;lt;`.
  return decodeOnce(decodeOnce(written));
}

function decodeOnce(written: string): string {
  return written.replace(/&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|([a-z]{2,6}));/gi, (whole, decimal?: string, hexadecimal?: string, name?: string) => {
    const code = decimal ? Number(decimal) : Number.parseInt(hexadecimal ?? '', 16);
    return name ? (entities[name.toLowerCase()] ?? whole) : code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
