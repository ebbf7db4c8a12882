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
  // Amazon SES through its API, and what the other services say of a sender or recipient that they do not know.
  {
    literals: ['<Code>MessageRejected<', 'MessageRejected: ', '(MessageRejected) when calling'],
    words: starts('(?:<Code>MessageRejected</Code>\\s{0,80}<Message>|MessageRejected: |\\(MessageRejected\\) when calling the Send\\w{0,20}Email operation: )(?=[A-Z])'),
    isWords: true,
    end: /<\/Message>|\\?["'`](?=[\s,;:)}\]]|$)/,
  },
  {
    literals: ['he from address does not match a verified', 'andbox subdomains are for test purposes', 'that has been marked as inactive', "' address you supplied ("],
    words: starts("(?=he from address does not match a verified Sender|andbox subdomains are for test purposes only|that has been marked as inactive|' address you supplied \\()"),
    above: ends("(?:(?<=[\"': ])[TS]|You tried to send to a recipient |The 'From)"),
    isAboveNeeded: true,
    isAboveSaid: true,
    isWords: true,
    end: quotationEnd,
  },
  // rspamd, which logs a verdict with its score for each message.
  {
    literals: ['(default: T (reject): ', '(default: F (soft reject): ', '(default: T (soft reject): '],
    words: starts('(?=\\(default: [TF] \\((?:soft )?reject\\): \\[)'),
    above: ends(`(?:\\bfrom: <(?<sender>[^\\s<>@]{1,64}@[^\\s<>]{1,255})>,[^\\n]{0,200})?`),
    isWords: true,
    end: /(?<=\]): \[|(?<=\/[\d.]{1,8}\])/,
  },
  // IIS, in the file that it leaves beside a message in its Badmail folder; pages have mended its grammar.
  {
    literals: ['because the follow error was encountered', 'because the following error was encountered'],
    words: starts('because the follow(?:ing)? error was encountered:\\s{1,4}"?(?=[A-Z])'),
    above: ends('Unable to deliver this (?:Delivery Status Notification )?message '),
    isAboveNeeded: true,
    isWords: true,
    end: /\.?["\u201D]|\.?\s+(?:The )?[Ss]pecific error code|\.?\s*$/,
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
