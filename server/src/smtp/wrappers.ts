/** Opens what Exchange puts around the reply of another server, whichever quotation marks have become of its own. */

import { type Excerpt, sliceExcerpt } from '../text/excerpt.ts';
import type { Captures } from '../values.ts';
import { endpointAddress } from './address.ts';
import { stated } from './captures.ts';

/** Goes from wrapper to wrapper while a reply stands inside. */
export function openWrappers(excerpt: Excerpt): Excerpt {
  let current = excerpt;
  for (let depth = 0; depth < 4; depth++) {
    const inner = openOne(current);
    if (!inner) return current;
    current = inner;
  }
  return current;
}

function openOne(excerpt: Excerpt): Excerpt | undefined {
  const { text } = excerpt;
  // Every wrapper has one of these, and hardly any other reply: looking for them is quicker than for the wrappers.
  if (
    !text.includes('with') &&
    !text.includes('address') &&
    !text.includes('{LED=') &&
    !text.includes('returned ') &&
    !text.includes(' smtp;') &&
    !text.includes(' 4.4.0 ') &&
    !text.includes('[Message=')
  )
    return undefined;
  const opening = wrapperOpening.exec(text);
  if (!opening) return undefined;
  const start = opening.index + opening[0].length;
  const reply = text.slice(start, start + 40);
  if (!replyPattern.test(reply) || leftOut.test(reply)) return undefined;
  return sliceExcerpt(excerpt, start, closing(text, start, opening));
}

const replyPattern = /^\s*(?:smtp;\s*|#)?[45]\d\d(?!\d)/i;

/** Where somebody has left out the words of the reply inside, the wrapper says more. */
const leftOut = /^\s*#?\d{3}(?:[ -][\d.]{3,12})? ?(?:\.{3}|\u2026)/;

/**
 * Exchange writes a colon and up to three blanks before its quotation mark. Word processors, web pages and tickets make others of it: of any
 * language, single, doubled, escaped, in angle brackets, or as an entity; and they lose the colon, or the mark.
 */
const mark =
  '\\\\?["\']{1,2}|[`\\u2018-\\u201F\\u2032\\u2033\\u00AB\\u00BB\\u2039\\u203A\\u300C\\u300E\\uFF02<]|&(?:quot|ldquo|rdquo|bdquo|lsquo|rsquo|sbquo|laquo|raquo|lt|apos|#34|#39|#82(?:1[6-9]|2[0-3])|#x20(?:1[89a-f]));';
const wrapperOpening = new RegExp(
  `\\{LED=|\\[Message=(?=[45]\\d\\d[ -])|<[^\\s<>#]{0,255} #[45]\\.\\d{1,3}\\.\\d{1,3} smtp; ?(?=[45]\\d\\d[ -])|(?:responded with|primary target IP address|session setup failed on Frontend with)\\s?:?\\s{0,4}(${mark})?[\\s\\u00A0\\u202F]{0,2}(?=#?[45]\\d\\d)|returned (${mark})[\\s\\u00A0\\u202F]{0,2}(?=#?[45]\\d\\d)|(?<=^\\s{0,4}451 4\\.4\\.0 [^"<>{}]{10,120}:\\s{0,3})(${mark})(?=[45]\\d\\d [45]\\.\\d)`,
  'i',
);

/** Where a wrapper closes: at its last mark, so that marks in the reply stay in the reply; unclosed, at the end. */
function closing(text: string, start: number, [opening, quoted, returned, translated]: RegExpExecArray): number {
  const below = text.slice(start);
  if (opening === '{LED=') {
    // A list in a console is wrapped between the wrappers: a blank stands there then.
    const next = /\};\s{0,2}\{/.exec(below);
    const last = next ? start + next.index : text.indexOf('}', start);
    return last >= 0 ? last : text.length;
  }
  if (opening === '[Message=') return start + bracketEnd(below);
  if (opening.startsWith('<')) {
    const last = below.lastIndexOf('>');
    return last >= 0 ? start + last : text.length;
  }
  const known = attempted.exec(below);
  if (known) return start + known.index;
  const quote = quoted ?? returned ?? translated;
  const close = quote === undefined ? undefined : closingMark(quote);
  if (!close) return text.length;
  const found = close.isFirst ? close.pattern.exec(below) : lastMatch(below, close.pattern);
  return found ? start + found.index : text.length;
}

/** Where the bracket closes that a text stands in: a reply has brackets of its own. */
function bracketEnd(text: string): number {
  let open = 1;
  for (const { index, 0: bracket } of text.matchAll(/[[\]]/g)) {
    open += bracket === '[' ? 1 : -1;
    if (open === 0) return index;
  }
  return text.length;
}

/** What Exchange goes on with behind the wrapped reply. */
const attempted = new RegExp(`(?:${mark}|[>\u300D\u300F]|&gt;)?[\\s\\u00A0\\u202F]{1,4}Attempted failover`, 'i');

/** The marks that can close what a mark has opened: the closing ones of one language open in another. */
function closingMark(opening: string): { readonly pattern: RegExp; readonly isFirst: boolean } | undefined {
  if (opening === '<' || /^&lt;$/i.test(opening)) return { pattern: />|&gt;/gi, isFirst: false };
  // An apostrophe stands between letters (the recipient's mailbox); the closing mark does not.
  if (/^(?:'|`|[\u2018-\u201B\u2032\u2039\u203A]|&(?:[ls]s?b?quo|rsquo|apos|#39|#821[6-9]);)$/i.test(opening))
    return { pattern: /(?:['`\u2018-\u201B\u2032\u2039\u203A]|&(?:lsquo|rsquo|apos|#39|#821[6-9]);)(?!\p{L})/iu, isFirst: true };
  if (/^(?:[\u00AB\u00BB]|&[lr]aquo;)$/i.test(opening)) return { pattern: /[\s\u00A0\u202F]?(?:[\u00AB\u00BB]|&[lr]aquo;)/gi, isFirst: false };
  if (/^[\u300C\u300E]$/.test(opening)) return { pattern: /[\u300D\u300F]/g, isFirst: false };
  return { pattern: /\\?"{1,2}|''|[\u201C-\u201F\u2033\uFF02]|&(?:quot|ldquo|rdquo|#34|#822[0-3]|#x201[c-f]);/gi, isFirst: false };
}

function lastMatch(text: string, pattern: RegExp): RegExpExecArray | undefined {
  return [...text.matchAll(pattern)].at(-1);
}

/**
 * `{FQDN=…}` and `{IP=…}` beside a `{LED=…}` name the host that answered; Exchange Online adds `[LastAttemptedServerName=…] [LastAttemptedIP=…]`,
 * and what it read in another system's report has its host before the code, `<mx.fabrikam.com #5.7.1 smtp;550 …>`.
 * Where a Mailbox server sends through the front end, the front end answers, and the other side is the endpoint that was attempted last.
 */
export function wrapperCaptures(text: string): Captures {
  if (text.includes('[LastAttemptedServer')) {
    const host = /\[LastAttemptedServerName=([^\][]{1,256})\]/.exec(text)?.[1];
    const address = endpointAddress(/\[LastAttempted(?:Server)?IP=([^\]\s]{1,64})\]/.exec(text)?.[1] ?? '');
    return stated({ remoteHost: host, remoteAddress: address });
  }
  const reported = reportedHost(text);
  if (reported) return reported;
  if (!text.includes('{') && !text.includes('endpoint')) return {};
  const attempted = endpointAddress(/last endpoint attempted was\s{1,4}(\[[0-9A-Fa-f:.]{2,45}\]:\d{1,5}|[0-9A-Fa-f:.]{2,51})/.exec(text)?.[1]?.replace(/\.$/, '') ?? '');
  if (text.includes('session setup failed on Frontend')) return stated({ remoteAddress: attempted });
  return stated({ remoteHost: /\{FQDN=([^{}]{1,256})\}/.exec(text)?.[1], remoteAddress: endpointAddress(/\{IP=([^{}]{1,256})\}/.exec(text)?.[1] ?? '') ?? attempted });
}

/** The host in whose report Exchange Online has read a reply: `554 5.7.1 <mx.fabrikam.com #5.7.1 smtp;550 5.7.1 …>`. */
export function reportedHost(text: string): Captures | undefined {
  const host = text.includes(' smtp;') ? /^\s*[45]\d\d [45]\.\d{1,3}\.\d{1,3} <([^\s<>#]{1,255}) #[45]\.\d{1,3}\.\d{1,3} smtp;/i.exec(text)?.[1] : undefined;
  return host === undefined ? undefined : /^[0-9.]+$|:/.test(host) ? { remoteAddress: host } : { remoteHost: host };
}
