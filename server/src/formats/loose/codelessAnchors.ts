/** What programs write in front of a reply whose code they have left out, and what they write in the place of one. */

import { type Anchor, ends, starts } from './anchorWords.ts';

const quotationEnd = /\\?["'`](?=[\s,;:)}\]]|$)/;

/** The programs that write each of them stand in front of it. */
export const codelessAnchors: readonly Anchor[] = [
  // async-smtp, of Rust, has the lines of the reply (src/error.rs), and Delta Chat shows them.
  {
    literals: ['permanent: ', 'transient: '],
    words: starts('(?:permanent|transient): (?!Response \\{)(?=[A-Za-z<\\[]|\\d\\.\\d)'),
    above: ends('(?:[Ss]end error|SMTP[^\\n:]{0,60}|smtp[^\\n:]{0,60}|[Ee]rror): '),
    isAboveNeeded: true,
    isWords: true,
    repeats: 'error',
    end: quotationEnd,
  },
  {
    literals: ['permanent: ', 'transient: '],
    words: starts('(?:permanent|transient): (?=[45]\\.\\d{1,3}\\.\\d{1,3} \\S)'),
    above: ends('(?:^|\\n|["`])[ \\t>]{0,20}'),
    isAboveNeeded: true,
    isWords: true,
    repeats: 'error',
    end: quotationEnd,
  },
  // MailKit keeps the code apart from its sentence.
  {
    literals: ['SmtpCommandException: '],
    words: starts('SmtpCommandException: (?:\\{")?(?![45][0-57]\\d[ -])(?=[A-Z][a-z]+ [A-Za-z]{2,})'),
    isWords: true,
    end: / {1,3}at [A-Z][A-Za-z]{1,40}\.[A-Z]|\\?["'](?=[\s,;)}\]]|$)/,
  },
  // Cyrus, of a recipient that its LMTP server does not take.
  { literals: ['verify_user('], words: starts('verify_user\\([^()\\s]{1,200}\\) failed: (?=[A-Z])'), isWords: true },
  // cPanel, of a domain that has sent too much: in Exim's log, and in what its users get.
  {
    literals: [' has exceeded the max '],
    words: starts('(?= has exceeded the max (?:defers and failures|emails) per hour \\(\\d)'),
    above: ends('Domain [A-Za-z0-9.-]{1,253}'),
    isAboveNeeded: true,
    isAboveSaid: true,
    isWords: true,
  },
];
