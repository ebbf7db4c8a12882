/** What the libraries of Node.js, Java, Ruby and Python write in front of a reply: most of them name the exception, and tell it below the session that they have logged. */

import { type Anchor, ends, host, reply, starts } from './anchorWords.ts';

export const libraryAnchors: readonly Anchor[] = [
  // nodemailer.
  {
    literals: ['recipients were rejected: '],
    words: starts(`recipients were rejected: ${reply}`),
    above: ends('Can.{1,6}t send mail - all '),
    isAboveNeeded: true,
    repeats: 'error',
  },
  {
    literals: ['Invalid login: ', 'Invalid greeting', 'Message failed: '],
    words: starts(`(?:Invalid login: |Invalid greeting(?:[^\\n]{0,300}?: | from server:\\r?\\n)|Message failed: )(?=4(?:21|5[0-9])|5(?:0[0-4]|[2357]\\d))`),
    repeats: 'error',
  },
  // JavaMail and Jakarta Mail.
  {
    literals: ['SMTPSendFailedException', 'SMTPAddressFailedException', 'SMTPSenderFailedException'],
    words: starts(`SMTP(?:Send|Address|Sender)FailedException: ${reply}`),
    repeats: 'cause',
  },
  { literals: ['javax.mail.', 'jakarta.mail.'], words: starts(`(?:javax|jakarta)\\.mail\\.[A-Za-z.]{1,60}Exception: ${reply}`), repeats: 'cause' },
  { literals: ['to SMTP host: '], words: starts(`to SMTP host: ${host}, port: \\d{1,5}, response: ${reply}`), repeats: 'cause' },
  {
    literals: ['SMTPSendFailedException: ', 'SMTPAddressFailedException: ', 'SMTPSenderFailedException: '],
    words: starts('SMTP(?:Send|Address|Sender)FailedException: {1,2}(?=[A-Z][A-Za-z]*(?: [A-Za-z]{2,}){2})'),
    repeats: 'cause',
    isWords: true,
  },
  // Ruby.
  { literals: ['Net::SMTP'], words: starts(`Net::SMTP[A-Za-z]{4,30}(?:: | \\(|, |[\`"'*]{0,4}\\r?\\n[*_> ]{0,6}[A-Za-z ]{0,30}:?[*_ ]{0,4}[\`"']{0,4} ?)${reply}`) },
  { literals: ['could not get 3xx ('], words: starts('could not get 3xx \\([45]\\d\\d: (?=[45][0-57]\\d[ -])'), end: /\s*\)(?=\W*$)/ },
  // Python: a pair of code and text, or such a pair for each recipient.
  {
    literals: ['SMTPAuthenticationError', 'SMTPSenderRefused', 'SMTPDataError', 'SMTPHeloError', 'SMTPConnectError', 'SMTPResponseException', 'SMTPRecipientsRefused'],
    words: starts('SMTP[A-Za-z]{9,19}: \\((?=[45][0-57]\\d, b?[\'"\u2018\u2019\u201C\u201D])'),
  },
  {
    literals: ['SMTPAuthenticationError', 'SMTPSenderRefused', 'SMTPDataError', 'SMTPHeloError', 'SMTPConnectError', 'SMTPResponseException'],
    words: starts('SMTP[A-Za-z]{9,19}\\((?=[45][0-57]\\d, b?[\'"\u2018\u2019\u201C\u201D])'),
    above: ends(': (?:[a-z]{1,20}\\.)?'),
    isAboveNeeded: true,
  },
  // smtplib's log of a session, each reply as it came and once more as it was read: where its commands were copied along, it is a dialogue.
  {
    literals: ["reply: b'4", "reply: b'5", "reply: '4", "reply: '5"],
    words: starts("reply: b?'(?=[45][0-57]\\d[ -])"),
    end: /(?:\\r\\n)?'\s*$/,
  },
  {
    literals: ['reply: retcode ('],
    words: starts('reply: retcode \\((?<code>[45][0-57]\\d)\\); Msg: b?(?=[\'"]\\S)[\'"]'),
    repeats: 'error',
    end: /['"]\s*$/,
  },
];
