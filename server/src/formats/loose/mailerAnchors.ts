/** What the smaller programs that send mail write in front of a reply: mutt, ssmtp, mailx, curl, sendEmail, databases, frameworks, checks. */

import { type Anchor, ends, host, recipient, reply, starts } from './anchorWords.ts';

const closing = /(?:\\r)?(?:\\n)?["')](?=[\s,;.)}\]]|$)/;

export const mailerAnchors: readonly Anchor[] = [
  { literals: ['Negative SMTP reply: ', 'SMTP session failed: '], words: starts(`(?:Negative SMTP reply|SMTP session failed): ${reply}`) },
  {
    literals: ['ssmtp: ', 'sSMTP: ', 'send-mail: '],
    words: starts(`(?:[sS]?[sS][mM][tT][pP]|send-mail): (?:[A-Z][^\\n(]{2,200}\\()?${reply}`),
    end: /\)?$/,
  },
  // mailx names the server itself so.
  { literals: ['smtp-server: '], words: starts(`smtp-server: ${reply}`) },
  {
    literals: ['SMTP server response: ', 'Unexpected SMTP response: '],
    words: starts(`(?:SMTP server|Unexpected SMTP) response: ${reply}`),
    end: / in (?:\/|[A-Z]:\\)[^\n]{1,300} on line \d/,
  },
  // Apple's Mail, and Windows Mail with its relatives.
  {
    literals: ['The server response was: '],
    words: starts(`The server response was: ${reply}`),
    above: ends('(?:rejected|refused) by the server [^\\n]{0,200}'),
    isAboveNeeded: true,
  },
  {
    literals: ["Server Response: '", 'Server Response: "'],
    words: starts(`Server Response: ${reply}`),
    above: ends('Protocol: SMTP, '),
    isAboveNeeded: true,
    end: /["'], Port: \d/,
  },
  // CodeIgniter.
  {
    literals: [' command. Error: ', ' password. Error: ', ' username. Error: '],
    words: starts(` (?:command|password|username)\\. Error: ${reply}`),
    above: ends('Failed to (?:send AUTH LOGIN|authenticate)'),
  },
  // Odoo's test of a server: the code has a line of its own, or was left out.
  { literals: ['Here is what we got instead:'], words: starts('Here is what we got instead:(?:\\s|>){1,40}(?<code>[45][0-57]\\d)\\r?\\n[ \\t>]{0,20}(?=\\S)') },
  { literals: ['Here is what we got instead:'], words: starts('Here is what we got instead:(?:\\s|>){1,40}(?=[45]\\.\\d\\.\\d{1,3} \\S)'), isWords: true },
  { literals: ['SMTP error was encountered: '], words: starts(`SMTP error was encountered: ${reply}`) },
  // gen_smtp, of Erlang and Elixir.
  {
    literals: ['permanent_failure, ', 'temporary_failure, ', 'permanent_failure,<<', 'temporary_failure,<<'],
    words: starts(`(?:permanent|temporary)_failure, ?(?:(?:~c|<<)?["']${host}["'](?:>>)?, ?)?(?:~c|<<)?["'](?=[45][0-57]\\d[ -])`),
    end: closing,
  },
  // Oracle's UTL_SMTP, sendEmail, curl, the check of Nagios.
  { literals: ['ORA-29278: ', 'ORA-29279: '], words: starts(`ORA-2927[89]: SMTP (?:transient|permanent) error: ${reply}`) },
  { literals: ['ERROR => '], words: starts(`ERROR => [^\\n]{0,200}?(?:Received:|:)\\s{1,8}(?=[45][0-57]\\d[ -])`) },
  {
    literals: ['RCPT failed: ', 'MAIL failed: '],
    words: starts('(?:RCPT|MAIL) failed: (?=[45][0-57]\\d(?!\\d))'),
    above: ends('(?:curl|smtp|e-?mail)[^\\n]{0,200}'),
    isAboveNeeded: true,
  },
  { literals: ['Invalid SMTP response received from host'], words: starts(`Invalid SMTP response received from host(?: on port \\d{1,5})?: ${reply}`) },
  // py3-validate-email, of a host or of the recipient.
  {
    literals: ['RCPT TO failed: ', 'MAIL FROM failed: '],
    words: starts(`(?:RCPT TO|MAIL FROM) failed: (?=[45][0-57]\\d[ -]|[45]\\.\\d\\.\\d{1,3} )`),
    isWords: true,
    end: /["'](?=[,\]]|$)/,
  },
  {
    literals: ['421', '450', '451', '452', '530', '535', '550', '552', '553', '554'].map((code) => `(${code}, b'`),
    words: starts("\\((?=[45][0-57]\\d, b')"),
    above: ends(`["']${host}: `),
    isAboveNeeded: true,
  },
  // A program of Go that logs what net/smtp gave it, and says in the same line that it was about mail.
  {
    literals: [' error="4', ' error="5', ' err="4', ' err="5'],
    words: starts(` err(?:or)?="(?=[45][0-57]\\d \\S)`),
    above: ends('\\b(?:smtp|e-?mail|gomail|mailer)\\b[^\\n]{0,300}'),
    isAboveNeeded: true,
    repeats: 'error',
    end: /"(?=\s|$)/,
  },
  // Roundcube and its skins, in several languages.
  {
    literals: ['SMTP: [4', 'SMTP: [5', 'SMTP Error: [4', 'SMTP Error: [5', 'SMTP error: [4', 'SMTP error: [5'],
    words: starts('SMTP(?: [Ee]rror)?: \\[(?<code>[45][0-57]\\d)\\] (?=\\S)'),
    end: /["'](?=[\s,;.)}\]]|$)/,
  },
  { literals: ['recipient refused: '], words: starts(`recipient refused: (?:${recipient}: )?${reply}`) },
];
