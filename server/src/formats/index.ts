/** The formats in their order, and the way from a text to its records: each stretch is read by the first format that claims it. */

import type { Block, FormatId, LogRecord, Span } from '../values.ts';
import { connectivity } from './connectivity.ts';
import { copiedRows } from './copiedRows.ts';
import { eventClixml } from './eventClixml.ts';
import { eventCsv } from './eventCsv.ts';
import { eventJson } from './eventJson.ts';
import { eventList } from './eventList.ts';
import { eventOneline } from './eventOneline.ts';
import { eventTable } from './eventTable.ts';
import { eventText } from './eventText.ts';
import { eventTsv } from './eventTsv.ts';
import { eventXml } from './eventXml.ts';
import { exim } from './exim.ts';
import { hmailserver } from './hmailserver.ts';
import { iisSmtp } from './iisSmtp.ts';
import { createOccurrences, type LogFormat } from './logFormat.ts';
import { messageTrace } from './messageTrace.ts';
import { messageTracking } from './messageTracking.ts';
import { ndr } from './ndr.ts';
import { postfix } from './postfix.ts';
import { queue } from './queue.ts';
import { sendmail } from './sendmail.ts';
import { smtpReceive } from './smtpReceive.ts';
import { smtpSend } from './smtpSend.ts';
import { text as plainText } from './text.ts';
import { trackingOutput } from './trackingOutput.ts';

/** An earlier format takes a stretch from a later one: what says most of itself comes first, and `text` takes what is left. */
export const formats: readonly LogFormat[] = [
  smtpSend,
  smtpReceive,
  messageTracking,
  connectivity,
  eventList,
  eventText,
  eventXml,
  eventClixml,
  eventJson,
  eventCsv,
  eventTsv,
  eventTable,
  eventOneline,
  trackingOutput,
  messageTrace,
  queue,
  iisSmtp,
  hmailserver,
  ndr,
  postfix,
  sendmail,
  exim,
  ...copiedRows,
  plainText,
];

/** The records of a text, in the order of their marks. A text may hold several forms, such as a ticket with an event and a log excerpt. */
export function readRecords(text: string): LogRecord[] {
  const records = claimStretches(text).flatMap(({ format, stretches }) => format.parse(text, stretches));
  return records.sort((one, other) => one.mark.start - other.mark.start);
}

/** The events and sessions of a text, in order. */
export function readBlocks(text: string): Block[] {
  const blocks = claimStretches(text).flatMap(({ format, stretches }) => format.blocks?.(text, stretches) ?? []);
  return blocks.sort((one, other) => one.span.start - other.span.start || other.span.end - one.span.end);
}

/** The forms a text is written in, `text` only where nothing else was found. */
export function detectFormats(text: string): FormatId[] {
  const found = claimStretches(text).filter(({ format }) => format !== plainText);
  return found.length > 0 ? [...new Set(found.map(({ format }) => format.id))] : ['text'];
}

interface Claim {
  readonly format: LogFormat;
  readonly stretches: readonly Span[];
}

function claimStretches(text: string): Claim[] {
  const claims: Claim[] = [];
  const occurrences = createOccurrences(text);
  let free: Span[] = [{ start: 0, end: text.length }];
  for (const format of formats) {
    // Most logs are one form from end to end: then no other form is looked for.
    if (free.length === 0) break;
    const stretches = intersect(format.find(text, free, occurrences), free);
    if (stretches.length === 0) continue;
    claims.push({ format, stretches });
    free = subtract(free, stretches);
  }
  return claims;
}

/** The parts of `stretches` that lie in `free`; both are in order and apart from each other. */
function intersect(stretches: readonly Span[], free: readonly Span[]): Span[] {
  const parts: Span[] = [];
  let index = 0;
  for (const stretch of stretches) {
    while (index < free.length && (free[index] as Span).end <= stretch.start) index++;
    for (let at = index; at < free.length && (free[at] as Span).start < stretch.end; at++) {
      const gap = free[at] as Span;
      parts.push({ start: Math.max(stretch.start, gap.start), end: Math.min(stretch.end, gap.end) });
    }
  }
  return parts;
}

function subtract(free: readonly Span[], taken: readonly Span[]): Span[] {
  const rest: Span[] = [];
  let index = 0;
  for (const gap of free) {
    let start = gap.start;
    while (index < taken.length && (taken[index] as Span).end <= gap.start) index++;
    for (let at = index; at < taken.length && (taken[at] as Span).start < gap.end; at++) {
      const cut = taken[at] as Span;
      if (cut.start > start) rest.push({ start, end: cut.start });
      start = cut.end;
    }
    if (start < gap.end) rest.push({ start, end: gap.end });
  }
  return rest;
}
