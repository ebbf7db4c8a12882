/** Exchange's own sentences about a connection or a route that failed, or about a message that its web services and Graph did not take, where they stand in any text without the reply that they belong to. */

import { readWords } from '../../smtp/response.ts';
import { wrapperCaptures } from '../../smtp/wrappers.ts';
import { literalExcerpt, placeSpan, sliceExcerpt, unwrapExcerpt } from '../../text/excerpt.ts';
import { offsetAbove, offsetBelow } from '../../text/lineEnds.ts';
import { seamBetweenLines } from '../../text/seam.ts';
import { stretchAt } from '../../text/spans.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { LogRecord, Span } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';

const words: readonly string[] = ['Winsock', 'negotiation', 'currently', 'categorizer agent', 'агентом классификатора', 'Scan Engine', 'submission quota', 'used to submit this'];

export const exchangeSentences: LogFormat = {
  id: 'text',
  title: "Exchange's sentences",
  isApart: true,
  literals: words,
  find: (text, free, occurrences) => readBetween(text, free, occurrences(words)).map(({ span }) => span),
  // What stands in the lines above decides whether a sentence is told by itself.
  seam: (text, at, stretches) => (stretchAt(stretches, at) ? seamBetweenLines(text, at, 2 * longestReply) : undefined),
  steps: (text, stretches, _wanted, occurrences) => readBetween(text, stretches, occurrences(words)),
};

/** Each begins near its word; the number or the word at the end says which failure it is. */
const sentence =
  /(?:Failed to connect\.\s{1,4}Winsock error code: \d{1,6}(?:, Win32 error code: \d{1,6})?|Winsock error code: \d{1,6}, Win32 error code: \d{1,6}|TLS negotiation failed with error [A-Z][A-Za-z]{2,40}|There is currently no route to the mailbox database|Message deferred by categorizer agent|Сообщение отложено агентом классификатора|The FIP-FS "Microsoft" Scan Engine failed to load|The message can(?:['\u2019]|&#39;|\\u0027)t be submitted because the sender(?:['\u2019]|&#39;|\\u0027)s submission quota was exceeded|The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account)/g;

function readBetween(text: string, stretches: readonly Span[], places: readonly number[]): LogRecord[] {
  const records: LogRecord[] = [];
  let from = 0;
  for (const place of places) {
    const stretch = place < from ? undefined : stretchAt(stretches, place);
    const record = stretch && readAround(text, place, { start: Math.max(from, stretch.start), end: stretch.end });
    if (!record) continue;
    records.push(record);
    from = record.span.end;
  }
  return records;
}

const longestLead = 60;
const longestSentence = 500;
/** How far above a sentence the reply is looked for that it is a part of. */
const longestReply = 600;

function readAround(text: string, place: number, within: Span): LogRecord | undefined {
  const start = offsetAbove(text, place, longestLead, within.start);
  const around = unwrapExcerpt(literalExcerpt(text, { start, end: offsetBelow(text, place, longestSentence, within.end) }));
  sentence.lastIndex = 0;
  const found = sentence.exec(around.text);
  if (!found || around.place(found.index) > place || isOfReply(text.slice(offsetAbove(text, around.place(found.index), longestReply, within.start), around.place(found.index))))
    return undefined;
  const below = around.text.slice(found.index);
  const end = found.index + sentenceLength(below, found[0].length);
  const read = readWords(sliceExcerpt(around, found.index, end));
  if (!read) return undefined;
  // Exchange goes on with the other hosts that it tried, and names the last.
  const tried = /^["'\u201D]?\s{0,3}Attempted failover[^"'\n]{0,200}last endpoint attempted was [\d.:a-fA-F[\]]{2,51}/.exec(around.text.slice(end))?.[0] ?? '';
  return {
    format: 'text',
    what: 'failed',
    span: tried === '' ? read.mark : placeSpan(around, found.index, end + tried.length),
    mark: read.mark,
    places: [read.mark],
    response: read.response,
    captures: withChanges(read.captures, wrapperCaptures(tried)),
  };
}

/** A sentence ends with its full stop; behind the numbers Windows' own words can follow. */
function sentenceLength(below: string, known: number): number {
  const rest = /^(?:\.(?=[\s"'\u201D]|$)|, (?:Destination domain|Error Message): [^"'\u201D\n]{0,200})/.exec(below.slice(known));
  return known + (rest?.[0].length ?? 0);
}

/** Whether the text above ends within a reply, which is told with all of its words: in the same line, or in lines that go on. */
function isOfReply(above: string): boolean {
  const lines = (above.split(/\n[ \t>]*\r?\n/).at(-1) ?? '').split('\n');
  let text = lines.at(-1) ?? '';
  for (let index = lines.length - 2; index >= 0; index--) {
    const line = (lines[index] as string).trimEnd();
    if (/[.!?]["'\u201D]?$/.test(line) || (index === lines.length - 2 && isOwnLine(text, line))) break;
    text = `${line} ${text}`;
  }
  return /(?:^|[\s"'(=:;>[\u201C])[45]\d\d(?:[ -]#?[45]\.\d{1,3}\.\d{1,3}|(?:[ -]|, b?["'])$|[ -](?=\S{1,40}[^.]{0,120}$))/.test(text) || afterDetail.test(text);
}

/** Within a reply the sentence follows the codes, a bracket or a quotation mark: behind a word it is a line of a log or a list by itself. */
function isOwnLine(before: string, above: string): boolean {
  return /^[ \t>]*$/.test(before) && /\p{L}\d{0,3}$/u.test(above);
}

/** PHPMailer writes a reply's words before its code. */
const afterDetail = / command failed\b[^\n]{0,40} Detail: $/;
