/** What mail programs and SMTP libraries write in front of a reply and nobody else does: behind it a reply code needs no enhanced status code beside it. */

import { type Anchor, address, ends, gap, host, opening, recipient, reply, starts } from './anchorWords.ts';

/** Odoo names its server in the line above, in any language. */
export const serverOfOdoo = /SMTP[^'\n]{0,40}'(?<host>[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,10})'[ .]{0,3}(?:\n|\\n)(?:smtplib\.)?$/;

/** The programs that write each of them stand in front of it. */
export const anchors: readonly Anchor[] = [
  // Exim names the command, and the host before or behind it.
  {
    literals: ['TP error from remote ', 'tp error from remote '],
    words: starts(`(?:TP|tp) error from remote [^\\n]{0,300}?:(?:${gap}host ${host} \\[${address}\\]:)?${reply}`),
    above: ends(`host ${host} \\[${address}\\]:?\\s{1,80}[Ss][Mm]`),
  },
  {
    literals: ['Diagnostic-Code:', 'Diagnostic-code:', 'diagnostic-code:', 'DIAGNOSTIC-CODE:'],
    words: new RegExp(`Diagnostic-Code: ?smtp;(?:[^\\n]{0,600}?: ?"?)?${gap}(?=[45][0-57]\\d[ -])`, 'iy'),
  },
  // Postfix; qmail names no host.
  {
    literals: ['said: 4', 'said: 5', 'said: *', 'said: `', ' said:\n', ' said:\r', ' said: \n', ' said: \r'],
    words: starts(` ?said:${reply}`),
    above: ends(
      `(?:(?:(?:(?:<${recipient}>(?: \\([^()\\n]{1,320}\\))?:\\s{1,80})?(?:host|server)\\s{1,80}|(?<![\\w.-]))${host}\\\\?\\[${address}|[^\\s\\[\\]]\\[[^\\s\\[\\]]{1,60})\\\\?\\]|\\bhost\\s{1,80}(?<named>[A-Za-z0-9_-]{1,63}(?:\\.[A-Za-z0-9_-]{1,63}){2,10}))[\\s>]{0,80}`,
    ),
    isAboveNeeded: true,
  },
  {
    literals: ['refused to talk'],
    words: starts(`refused to talk\\s{1,80}to\\s{1,80}me:${reply}`),
    above: ends(`(?:<${recipient}>:\\s{1,80})?(?:host|server)\\s{1,80}${host}\\[${address}\\]\\s{1,80}`),
  },
  // SendGrid, of what it will not try again.
  { literals: ['Full response from '], words: starts(`Full response from (?:the )?(?:${host} )?(?:mail )?server:${reply}`) },
  { literals: ['host said:', 'Host said:'], words: starts(`[hH]ost said:${reply}`), above: ends('[Rr]emote '), isAboveNeeded: true },
  // Outlook, of a recipient that it has sent to itself.
  {
    literals: ['Server error: '],
    words: starts(`Server error:${reply}`),
    above: ends(`(?:^|\\n)[ \\t>]{0,40}['\u2018]?(?:${recipient}|[^\\n@]{1,100}?)['\u2019]? on \\d[^\\n]{6,40}\\s{1,80}`),
    isAboveNeeded: true,
  },
  // hMailServer, and Exchange in a bounce.
  { literals: ['server replied:', 'Server replied:'], words: starts(`[sS]erver replied:${reply}`), above: ends('[Rr]emote '), isAboveNeeded: true },
  {
    literals: ["returned '", 'returned \u2018', 'returned \u201C', 'returned "', 'returned: ', 'returned 4', 'returned 5'],
    words: starts(`returned:? ?${reply}`),
    above: ends(`[Ss]erver(?: at ${host} \\(${address}\\))?\\s{1,80}`),
    isAboveNeeded: true,
  },
  // Exchange's diagnostics in one line, in its languages.
  {
    literals: ['ating server: ', 'ender Server: ', 'ronserver: ', 'de génération : ', 'de generación: ', 'di generazione: ', 'dor de origem: '],
    words: starts(
      `[a-zé ]{0,14}[Ss]?[a-zé]{0,12} ?: (?<server>[A-Za-z0-9_-]{1,63}(?:\\.[A-Za-z0-9_-]{1,63}){0,10}) (?:[A-Z][a-z]+ [a-z]+: \\S{1,255} )?${recipient} (?:${host} )?(?:#|[Rr]emote [Ss]erver returned ['\u2018])(?=[45]\\d\\d[ -])`,
    ),
  },
  // Google, as Exchange Online reports it.
  { literals: ['gave this error:'], words: starts(`gave this error:${reply}`), above: ends(`${host}\\s{1,80}`) },
  // ZoneMTA.
  {
    literals: ['DEFERRED[', 'REJECTED['],
    words: starts(
      `(?:DEFERRED|REJECTED)\\[[a-z]{2,20}\\] (?:from=(?<sender>[^\\s@<>]{1,64}@[^\\s<>]{1,255})? )?to=${recipient} [^\\n(]{0,400}?(?:\\bmx=${host} [^\\n(]{0,300}?)?\\((?=[45][0-57]\\d[ -])`,
    ),
    end: /\)[^\w)]*$/,
  },
  // Dovecot's delivery agents.
  {
    literals: ['failed to store into mailbox ', ' save failed to ', ': rejected: '],
    words: starts("(?:failed to store into mailbox '[^'\\n]{1,200}'|(?: save)? failed to [^\\s:]{1,200}|: rejected): (?=\\S)"),
    above: ends(`\\b(?:lda|lmtp)\\((?:[^\\s(),@]{1,64}|${recipient})(?:, ?\\d{1,10}[^()\\n]{0,40})?\\)[^\\n]{0,200}?`),
    isAboveNeeded: true,
    isWords: true,
  },
  // Haraka.
  { literals: ['recipient <'], words: starts(`recipient <${recipient}> rejected:${reply}`) },
  // SwiftMailer and Symfony; the quotation marks are escaped in JSON.
  {
    literals: ['but got code '],
    words: starts(`but got code \\\\?"[45]\\d\\d\\\\?", with message${reply}`),
    repeats: 'error',
    end: /\s?\\*"(?=\.(?:[\s"\\]|$)|\s*\(code|\s+in \S|\s*$|,\s)/,
  },
  // PHPMailer.
  {
    literals: ['command failed: '],
    words: starts(`command failed: ${reply}`),
    above: ends('(?:SMTP ERROR: [A-Z][A-Za-z /]{1,30} |(?:Mail|Recipient|Data) )'),
    isAboveNeeded: true,
    repeats: 'session',
  },
  {
    literals: ['The following recipients failed: ', 'nger sind nicht korrekt: ', 'siguientes destinos fallaron: ', 'suivants sont en erreur : '],
    words: starts(
      `(?:The following recipients failed|nger sind nicht korrekt|siguientes destinos fallaron|suivants sont en erreur) ?: ${recipient}: (?=(?:: |<|#?[45]\\.\\d\\.\\d{1,3} |[A-Z])[^\\n]{0,80}[a-z]{3})(?:: )?`,
    ),
    isWords: true,
  },
  { literals: ['SERVER -> CLIENT: 4', 'SERVER -> CLIENT: 5'], words: starts(`SERVER -> CLIENT: ${reply}`) },
  // The same before its version 5.2.7, which tells a refusal once more as an error.
  {
    literals: ['SMTP -> FROM SERVER:', 'SMTP -> ERROR: '],
    words: starts(`SMTP -> (?:FROM SERVER:|ERROR: [A-Z][A-Za-z /]{1,40} from server: ?)(?:<br ?/?>)?${reply}`),
    repeats: 'session',
    end: / ?(?:<br ?\/?>|(?:SMTP -> |CLIENT -> SMTP:))/,
  },
  // MailSo, of RainLoop and SnappyMail.
  {
    literals: ['NegativeResponseException: '],
    words: starts(`NegativeResponseException: ${reply}`),
    above: ends('Smtp\\\\{1,2}Exceptions\\\\{1,2}'),
    isAboveNeeded: true,
    end: / in \/[^\s:]{1,300}:\d/,
  },
  // Perl's Email::Sender keeps of a reply what stands behind its code.
  {
    literals: ['error at after DATA: ', 'error at during DATA: ', 'error at DATA start: ', ' failed after MAIL FROM: '],
    words: starts('(?:error at (?:after DATA|during DATA|DATA start)| failed after MAIL FROM): (?=[A-Za-z\\d<])'),
    isWords: true,
  },
  // Odoo writes what an exception was raised with line by line, or in one line where it is quoted once more.
  {
    literals: ['SMTPSenderRefused: ', 'SMTPDataError: ', 'SMTPAuthenticationError: ', 'SMTPHeloError: ', 'SMTPConnectError: ', 'SMTPResponseException: '],
    words: starts('SMTP[A-Za-z]{9,19}: (?<code>[45][0-57]\\d)(?:\\r?\\n|\\\\n)(?=b?[\'"]?\\S)'),
    above: serverOfOdoo,
    end: /\\n|["'](?=[,)]|$)/,
  },
  // A log whose fields are named has the code in one and the words in another.
  {
    literals: [' message="4.', ' message="5.', ' msg="4.', ' msg="5.', ' error="4.', ' error="5.', ' reason="4.', ' reason="5.', ' response="4.', ' response="5.'],
    words: starts(' (?:message|msg|error|reason|response)="(?=[45]\\.\\d{1,3}\\.\\d{1,3}[ -])'),
    above: ends(
      `(?:\\bfrom="?<?(?<sender>[^\\s<>"@]{1,64}@[^\\s<>"]{1,255})>?"?,? [^\\n]{0,300}?)?(?:\\b(?:to|rcpt|recipient)="?<?${recipient}>?"?,? [^\\n]{0,300}?)?\\b[a-z_]{0,12}(?:code|status)="?(?<code>[45][0-57]\\d)"?,?`,
    ),
    isAboveNeeded: true,
    end: /"/,
  },
  // Go: net/smtp gives the reply alone, so it is the program that names it. gomail, Grafana, Alertmanager, go-mail.
  { literals: ['gomail: could not send email '], words: starts(`gomail: could not send email \\d{1,6}: (?:[A-Z][a-z]{2,9}: )?${reply}`) },
  { literals: ['notification to email address'], words: starts(`notification to email address(?:es)?: (?:${recipient}|[^\\s:]{1,600}): ${reply}`) },
  {
    literals: [' command: 4', ' command: 5'],
    words: starts(` command: ${reply}`),
    above: ends('(?:send(?:ing)? (?:SMTP )?|issue )(?:MAIL|RCPT|DATA|EHLO|STARTTLS)(?: FROM| TO)?'),
    isAboveNeeded: true,
  },
  {
    literals: ['SMTP error: ', 'SMTP Error: ', 'SMTP response: ', 'SMTP reply: ', 'SMTP server error: '],
    words: starts(`SMTP (?:error|Error|response|reply|server error): ${reply}`),
  },
  { literals: ['SMTP AUTH failed: '], words: starts(`SMTP AUTH failed: ${reply}`) },
  { literals: ['Auth auth: '], words: starts(`Auth auth: ${reply}`) },
  // msmtp, on the screen and in its log.
  { literals: ['msmtp: server message: '], words: starts(`msmtp: server message: ${reply}`) },
  { literals: ["smtpmsg='"], words: starts(`smtpmsg=${reply}`) },
  // Stalwart, and Himalaya, which has its library: the reply as it keeps it, and the fields of its own log.
  {
    literals: [', Enhanced code: '],
    words: starts(', Enhanced code: (?<enhanced>\\d\\.\\d{1,3}\\.\\d{1,3}), Message: (?=\\S)'),
    above: ends(`(?:Unexpected response for (?:RCPT TO|rcpt to):<${recipient}>[^:\\n"]{0,200}: )?Code: (?<code>[45]\\d\\d)`),
    isAboveNeeded: true,
  },
  {
    literals: [', code = 4', ', code = 5'],
    words: starts(', code = (?<code>[45]\\d\\d), (?:details|reason) = "(?=\\S)'),
    above: ends(`\\((?:delivery|queue|smtp|incoming)[a-z.-]{2,60}\\)[^\\n]{0,500}?(?:\\bto = \\[?"${recipient}"\\]?[^\\n]{0,160}?)?(?:\\bhostname = "(?:localhost|${host})")?`),
    isAboveNeeded: true,
    end: /"/,
  },
  // Outlook's connection to a mail account, which has the reply already in its first sentence.
  {
    literals: ['whole response: '],
    words: starts(`whole response: ${reply}`),
    above: ends('Unexpected SMTP server response\\. Expected: \\d{3}, actual: \\d{3}, '),
    isAboveNeeded: true,
    repeats: 'sentence',
  },
  // Sendmail's transcript, where a page or a ticket has made one line of it.
  {
    literals: ['>>> RCPT To:', '>>> RCPT TO:', '>>> MAIL From:', '>>> MAIL FROM:'],
    words: starts(`>>> (?:RCPT T[Oo]|MAIL F(?:rom|ROM)):<[^<>\\s]{1,320}>[^<>\\n]{0,200} <<< ${reply}`),
    end: / (?:<<<|>>>|[45]\d\d (?:[45]\.\d\.\d{1,3} )?<)/,
    restated: /(?: <<<)? [45]\d\d (?:[45]\.\d\.\d{1,3} )?<[^<>\s]{1,320}>\.\.\.(?:(?! >>> | <<< | -{3,} | \.\.\. while )[^\n]){0,600}/y,
  },
  // lettre, of Rust; Vaultwarden repeats the error in each field of its answer.
  {
    literals: ['permanent error (', 'transient error ('],
    words: starts('(?:permanent|transient) error \\((?<code>[45][0-57]\\d)\\): (?=\\S)'),
    above: ends('(?:SMTP|[Mm]ail|lettre)[^\\n"]{0,120}'),
    isAboveNeeded: true,
    repeats: 'error',
    end: /\\?["'](?=[\s,;:)}\]]|$)/,
  },
  {
    literals: ['permanent error (', 'transient error ('],
    words: starts('(?:permanent|transient) error \\((?=[45][0-57]\\d\\)(?!:))'),
    above: ends('SMTP [45]xx error: '),
    isAboveNeeded: true,
    repeats: 'error',
    end: /\)/,
  },
  // .NET's own client, which keeps of a reply what stands behind its codes.
  {
    literals: ['The server response was: '],
    words: starts(`The server response was: (?!${opening}(?:[45]\\d\\d[ -]|#?\\d\\.\\d{1,3}\\.\\d))(?=[^\\n]{0,40}[A-Za-z]{2})`),
    above: ends('(?:unavailable|unrecognized|arguments|implemented|commands|channel|processing|storage|allocation|allowed|failed|path|authenticated|this server)\\. '),
    isAboveNeeded: true,
    isWords: true,
    end: / {1,3}at [A-Z][A-Za-z]{1,40}\.[A-Z]|["'](?=[\s,;)}\]]|$)|\[[A-Z]/,
  },
  // .NET's MailKit, where it keeps the code.
  { literals: ['SmtpCommandException: '], words: starts(`SmtpCommandException: ${reply}`) },
];
