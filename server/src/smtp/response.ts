/** Reads an SMTP response, whoever wrote it down: opens the wrappers around it and takes its codes. */

import type { Captures, Permanence, Response, Span } from '../values.ts';
import { type Excerpt, placeSpan, sliceExcerpt } from './excerpt.ts';

/** A response, where its codes stand, and what its wrappers said of the other side. */
export interface ReadResponse {
  readonly response: Response;
  readonly mark: Span;
  readonly captures: Captures;
}

/**
 * Reads the response that an excerpt begins with or wraps.
 * The reply code decides permanence and the innermost reply decides the meaning: Exchange wraps a remote reply as
 * `451 4.4.0 Primary target IP address responded with: "…"` and, in message tracking, as `{LED=…}`.
 * @returns undefined where there is no 4yz or 5yz reply (RFC 5321, 4.2.1).
 */
export function readResponse(excerpt: Excerpt): ReadResponse | undefined {
  const inner = openWrappers(excerpt);
  const found = statusPattern.exec(inner.text);
  if (!found) return undefined;
  const [lead = '', reply = '', enhancedCode] = [found[1], found[2], found[3]];
  const replyCode = Number(reply);
  const start = lead.length;
  const markEnd = enhancedCode ? found[0].length : start + 3;
  return {
    response: { replyCode, ...(enhancedCode && { enhancedCode }), text: oneLine(inner.text.slice(start), reply, enhancedCode) },
    mark: placeSpan(inner, start, markEnd),
    captures: wrapperCaptures(excerpt.text),
  };
}

/** 4yz is transient, 5yz permanent; without a reply code nothing is said (RFC 5321, 4.2.1). */
export function permanenceOf(response: Response | undefined): Permanence | undefined {
  if (response?.replyCode === undefined) return undefined;
  return response.replyCode < 500 ? 'transient' : 'permanent';
}

/** The reply code, then perhaps the enhanced status code; a triple that goes on (5.1.1.2) is no enhanced code. */
const statusPattern = /^(\s*(?:smtp;\s*|#)?)([45]\d\d)(?!\d)(?:[ -]\s*#?([245]\.\d{1,3}\.\d{1,3})(?![\d/_]|\.\d))?/i;

const wrapperOpenings = ['{LED=', 'responded with: "', "responded with: '", "returned '", 'returned "'];

/** Goes from wrapper to wrapper while a reply stands inside. */
function openWrappers(excerpt: Excerpt): Excerpt {
  let current = excerpt;
  for (let depth = 0; depth < 4; depth++) {
    const inner = openOne(current);
    if (!inner) return current;
    current = inner;
  }
  return current;
}

function openOne(excerpt: Excerpt): Excerpt | undefined {
  let best: { start: number; opening: string } | undefined;
  for (const opening of wrapperOpenings) {
    const at = excerpt.text.indexOf(opening);
    if (at >= 0 && (!best || at < best.start)) best = { start: at, opening };
  }
  if (!best) return undefined;
  const start = best.start + best.opening.length;
  if (!statusPattern.test(excerpt.text.slice(start, start + 24))) return undefined;
  return sliceExcerpt(excerpt, start, closing(excerpt.text, start, best.opening));
}

/** Where a wrapper closes: at its last quote, so that quotes in the reply stay in the reply; unclosed, at the end. */
function closing(text: string, start: number, opening: string): number {
  if (opening === '{LED=') {
    const next = text.indexOf('};{', start);
    const last = next >= 0 ? next : text.indexOf('}', start);
    return last >= 0 ? last : text.length;
  }
  const quote = opening.at(-1) as string;
  const known = text.indexOf(`${quote} Attempted failover`, start);
  if (known >= 0) return known;
  const last = quote === '"' ? text.lastIndexOf(quote) : text.indexOf(quote, start);
  return last >= start ? last : text.length;
}

/** `{FQDN=…}` and `{IP=…}` beside a `{LED=…}` name the host that answered. */
function wrapperCaptures(text: string): Captures {
  if (!text.includes('{')) return {};
  const value = (name: string): string | undefined => new RegExp(`\\{${name}=([^{}]{1,256})\\}`).exec(text)?.[1];
  const remoteHost = value('FQDN');
  const remoteAddress = value('IP');
  return { ...(remoteHost && { remoteHost }), ...(remoteAddress && { remoteAddress }) };
}

/**
 * The reply as one line. In a reply of several lines each line repeats the codes (`550-5.1.1 …`, RFC 5321, 4.2.1),
 * and a reader wants them once.
 */
function oneLine(text: string, reply: string, enhancedCode: string | undefined): string {
  const clean = text.replace(/\s+/g, ' ').trim();
  if (clean[3] !== '-') return clean;
  const codes = enhancedCode ? `${reply} ${enhancedCode}` : reply;
  const repeated = new RegExp(`(?:^|\\s)${reply}[- ](?:${enhancedCode ? enhancedCode.replaceAll('.', '\\.') : '(?!)'}(?!\\.?\\d))?`, 'g');
  return `${codes} ${clean.replace(repeated, ' ').replace(/\s+/g, ' ').trim()}`;
}
