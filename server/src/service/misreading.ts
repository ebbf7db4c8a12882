/** Sees where an editor has opened a file in another encoding than it is written in, or as text although it is none. */

import type { Span } from '../values.ts';
import type { LogDocument } from './logDocument.ts';

export interface Misreading {
  /** Where a reader is told. */
  readonly place: Span;
  readonly message: string;
  /** Whether nothing of the document can be read. */
  readonly isWhole: boolean;
  /** What an editor can do about it; without an encoding the user must choose one. */
  readonly remedy?: { readonly title: string; readonly encoding?: string };
}

/** What is wrong with the way a document was opened; undefined where nothing is. */
export function findMisreading(document: LogDocument): Misreading | undefined {
  const head = document.slice(0, 512);
  if (outlookMessage.test(head))
    return {
      place: atStart,
      isWhole: true,
      message: 'This is an Outlook message file, which is not text: save the message as .txt or .eml, or copy its text into a file.',
    };
  const utf16 = misreadUtf16(head);
  if (utf16) {
    const name = utf16 === 'utf16le' ? 'UTF-16 LE' : 'UTF-16 BE';
    return {
      place: atStart,
      isWhole: true,
      message: `This file looks like UTF-16 that was opened in another encoding, so it cannot be read. Reopen it with its encoding: in VS Code, choose the encoding in the status bar, then "Reopen with Encoding", then "${name}".`,
      remedy: { title: `Reopen as ${name}`, encoding: utf16 },
    };
  }
  return misreadCodePage(document);
}

const atStart: Span = { start: 0, end: 0 };

/** The first bytes of a compound file ([MS-CFB], 2.2) as UTF-8, as Windows-1252, or as ISO 8859-1. */
const outlookMessage = /^(?:\uFFFD\uFFFD\u0011\u0871|\u00D0\u00CF\u0011\u00E0\u00A1\u00B1)\u001A/;

/** UTF-16 in an encoding of bytes shows a NUL beside each character of ASCII: a row of them, or some behind what the byte order mark has become. */
function misreadUtf16(head: string): 'utf16le' | 'utf16be' | undefined {
  const mark = /^(?:\uFFFD\uFFFD|\u00FF\u00FE|\u00FE\u00FF)?/.exec(head)?.[0] ?? '';
  if (mark === '' ? !/(?:[^\0]\0){8}/.test(head) : !head.includes('\0')) return undefined;
  // Bytes of other scripts can look like letters, but not like blanks and line ends. Where they do not tell: Windows writes little-endian.
  const [little, big] = [/[ \r\n]\0/g, /\0[ \r\n]/g].map((pattern) => head.match(pattern)?.length ?? 0) as [number, number];
  return little === big ? (head[mark.length] === '\0' ? 'utf16be' : 'utf16le') : little > big ? 'utf16le' : 'utf16be';
}

/**
 * A code page of Windows that was opened as UTF-8 has replacement characters where its letters were. They count where a failure is told:
 * there a name from the log is perhaps not the name. What was pasted into an untitled document cannot be reopened.
 */
function misreadCodePage(document: LogDocument): Misreading | undefined {
  if (document.uri.startsWith('untitled:')) return undefined;
  for (const span of document.findings.spans()) {
    const at = document.slice(span.start, span.end).indexOf('\uFFFD');
    if (at < 0) continue;
    const start = span.start + at;
    return {
      place: { start, end: start + 1 },
      isWhole: false,
      message:
        'Characters could not be read here, so names from this log may be wrong. Perhaps the file is written in an ANSI code page of Windows and was opened as UTF-8: in VS Code, choose the encoding in the status bar, then "Reopen with Encoding".',
      remedy: { title: 'Reopen with another encoding' },
    };
  }
  return undefined;
}
