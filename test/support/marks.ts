/** Text with marks: «…» stands around exactly what must be underlined. */

import type { FormatId, Span } from '../../server/src/values.ts';

export interface MarkedText {
  readonly text: string;
  readonly marks: readonly Span[];
}

/** Takes the marks out of a text and says where they stood. */
export function readMarks(marked: string): MarkedText {
  const marks: Span[] = [];
  let text = '';
  let start: number | undefined;
  for (const character of marked) {
    if (character === '«') start = text.length;
    else if (character === '»') {
      if (start === undefined) throw new Error('» without «');
      marks.push({ start, end: text.length });
      start = undefined;
    } else text += character;
  }
  if (start !== undefined) throw new Error('« without »');
  return { text, marks };
}

const columns = '#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context';
const headers: Partial<Record<FormatId, string>> = {
  'smtp-send': `#Software: Microsoft Exchange Server\n#Version: 15.02.1748.010\n#Log-type: SMTP Send Protocol Log\n#Date: 2026-01-15T08:00:00.000Z\n${columns}\n`,
  'smtp-receive': `#Software: Microsoft Exchange Server\n#Version: 15.02.1748.010\n#Log-type: SMTP Receive Protocol Log\n#Date: 2026-01-15T08:00:00.000Z\n${columns}\n`,
};

/**
 * Completes a short excerpt to a log: the header of its format, and for a leading … the first six columns of a row.
 * Each row is a session of its own unless it is written out.
 */
export function completeLog(format: FormatId, excerpt: string): string {
  let session = 0;
  const rows = excerpt.replace(/^…/gm, () => {
    session += 1;
    return `2026-01-15T08:00:00.000Z,Internet,08DE0000000000${session.toString(16).toUpperCase().padStart(2, '0')},7,192.0.2.10:40001,198.51.100.25:25`;
  });
  return `${headers[format] ?? ''}${rows}`;
}
