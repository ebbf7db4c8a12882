/** Tells replies apart that came to stand in one line: a console that lost its line ends leaves a run of blanks between them. */

/**
 * Where a reply's line is over, because behind a run of blanks another reply with both codes or a command begins (RFC 5321, 4.1.1 and 4.2.1);
 * the end of the line where there is none. `550-…` with the same code again is one reply.
 */
export function beforeNextReply(whole: string, start: number, end: number): number {
  const line = whole.slice(start, end);
  // Hardly any reply has such a run.
  if (!line.includes('   ') && !line.includes('\t')) return end;
  const isOpen = line[3] === '-';
  for (const found of line.matchAll(next)) if (!isOpen || found[1] !== line.slice(0, 3)) return start + found.index;
  return end;
}

const next =
  /(?<![ \t])(?= {3}|[ ]*\t)[ \t]+(?:(?:>>>|<<<|[<>])[ ])?(?:([2-5]\d\d)[ -][245]\.\d{1,3}\.\d{1,3}[ ]|(?:MAIL FROM|RCPT TO):|(?:EHLO|HELO) \S|(?:QUIT|RSET|DATA)(?![\w-]))/gi;
