/** What Java, .NET, Go, Rust and programs that send mail say of a session that did not come about. */

import { type Attempt, attemptEnd, attemptHost, attemptPattern, attemptRest, mailHost, mailPort, noReply } from './attemptWords.ts';

/** A program of Go that says in the same line that it was about to send mail. */
const ofSender = /\b(?:smtp|e-?mails?|gomail|mailer|send(?:ing)? mails?)\b[^\n]{0,300}$/i;

export const attemptsOfPrograms: readonly Attempt[] = [
  // JavaMail and Jakarta Mail.
  {
    literals: ['Could not connect to SMTP host: '],
    sentence: attemptPattern(`Could not connect to SMTP host: ${attemptHost}, port: \\d{1,5}(?!\\d|, response: [2-5])`),
    isNested: true,
  },
  { literals: ["Couldn't connect to host, port: "], sentence: attemptPattern(`Couldn't connect to host, port: ${attemptHost}, ${mailPort}; timeout -?\\d{1,9}`), isNested: true },
  { literals: ['Got bad greeting from SMTP host: '], sentence: attemptPattern(`Got bad greeting from SMTP host: ${attemptHost}, port: \\d{1,5}, response: \\[EOF\\]`) },
  {
    literals: ['Could not convert socket to TLS', 'Unknown SMTP host: ', 'MessagingException: Exception reading response', "Can't send command to SMTP host"],
    sentence: attemptPattern(
      `(?:Could not convert socket to TLS|Unknown SMTP host: ${attemptHost}|MessagingException: Exception reading response|Can't send command to SMTP host)(?=;?\\s*$|; nested exception)`,
    ),
    isNested: true,
  },
  { literals: ['STARTTLS is required but host does not'], sentence: attemptPattern('STARTTLS is required but host does not support STARTTLS') },
  {
    literals: ['failed to connect, no password specified', 'No authentication mechanisms supported by both'],
    sentence: attemptPattern('(?:failed to connect, no password specified|No authentication mechanisms supported by both server and client)'),
    above: /AuthenticationFailedException: $/,
    isSignIn: true,
  },
  {
    // Spring's own sentence, where the cause was not copied along.
    literals: ['MailAuthenticationException: Auth', 'MailSendException: Mail server con'],
    sentence: attemptPattern(
      'Mail(?:AuthenticationException: Authentication failed|SendException: Mail server connection failed)(?![^\\n]{0,300}(?:Exception: (?:[45]\\d\\d|failed to connect|No authentication)|onnect to |Unknown SMTP host))',
    ),
    unlessBelow: /(?:AuthenticationFailedException: (?:[45]\d\d|failed to connect|No authentication)|onnect to (?:SMTP )?host|Unknown SMTP host)/,
  },
  { literals: ['MessagingException: [EOF]'], sentence: attemptPattern('MessagingException: \\[EOF\\]') },
  // Go, Node and Ruby name the port.
  { literals: ['dial tcp '], sentence: attemptPattern(`dial tcp ${attemptHost}:${mailPort}: (?=[a-z])${attemptRest}${attemptEnd}`) },
  {
    literals: ['dial tcp: lookup '],
    sentence: attemptPattern(`dial tcp: lookup ${mailHost}(?: on [^\\s:]{1,60}:\\d{1,5})?: (?=[a-z])${attemptRest}${attemptEnd}`),
  },
  // It names neither where no TLS came about, but whoever sends mail says so in the same line.
  {
    literals: ['tls: first record does not look ', 'x509: certificate '],
    sentence: attemptPattern(`(?:tls: first record does not look like a TLS handshake|x509: certificate (?=[a-z])${attemptRest})${attemptEnd}`),
    above: ofSender,
  },
  // An alert of the other side, and what gomail says of any session without a reply.
  {
    literals: ['remote error: '],
    sentence: attemptPattern(`remote error: (?:tls: )?(?=[a-z])[a-z ]{4,60}${attemptEnd}`),
    above: ofSender,
  },
  {
    literals: ['gomail: could not send email '],
    sentence: attemptPattern(
      `gomail: could not send email \\d{1,6}: (?!remote error: |gomail: |dial tcp|(?:read|write) tcp |tls: first record |x509: |smtp: server |(?:[A-Z][a-z]{2,9}: )?[45][0-57]\\d[ -])${noReply}(?=[A-Za-z])${attemptRest}${attemptEnd}`,
    ),
  },
  {
    literals: ['connect ECONNREFUSED ', 'connect ETIMEDOUT ', 'connect EHOSTUNREACH ', 'connect ENETUNREACH ', 'connect ECONNRESET '],
    sentence: attemptPattern(`connect E[A-Z]{5,14} ${attemptHost}:${mailPort}`),
  },
  {
    literals: ['getaddrinfo ENOTFOUND ', 'getaddrinfo EAI_AGAIN '],
    sentence: attemptPattern(`getaddrinfo E[A-Z_]{5,12} ${mailHost}`),
  },
  {
    literals: [' - connect(2) for '],
    sentence: attemptPattern(` - connect\\(2\\) for "?${attemptHost}"? port ${mailPort}`),
    above: /(?:Errno::[A-Z]{5,14}: )?(?<words>[A-Z][a-z]+(?: [a-z]+){1,4})$/,
  },
  {
    literals: ['read tcp ', 'write tcp '],
    sentence: attemptPattern(`(?:read|write) tcp (?:\\[?[0-9A-Fa-f.:]{2,45}\\]?:\\d{1,5}->)?${attemptHost}:${mailPort}: (?=[a-z])${attemptRest}${attemptEnd}`),
  },
  { literals: ["smtp: server doesn't support "], sentence: attemptPattern("smtp: server doesn't support (?:AUTH|STARTTLS)") },
  {
    literals: ['error=EOF', 'err=EOF', 'error="EOF"', 'err="EOF"', 'error=unexpected EOF'],
    sentence: attemptPattern('err(?:or)?="?(?:unexpected )?EOF(?![\\w.])'),
    above: ofSender,
  },
  {
    literals: ['Failed to send emails ', 'Failed to send email ', 'Failed to send email: '],
    sentence: attemptPattern('Failed to send emails?:? (?:(?:to )?\\[?[^\\s\\[\\]]{1,320}\\]?: )?(?:[^:\\n]{1,80} - )?(?:EOF|unencrypted connection)(?=["\'\\s]|$)'),
  },
  { literals: ['unencrypted connection'], sentence: attemptPattern('unencrypted connection'), above: /\b(?:smtp|e-?mail|gomail|mailer)\b[^\n]{0,300}$|auth: $/i, isSignIn: true },
  { literals: ['does not advertise the STARTTLS'], sentence: attemptPattern('does not advertise the STARTTLS extension') },
  {
    // A server that gives a code alone: what stands for it is .NET's own sentence (SmtpStatusCode).
    literals: ['SmtpException: '],
    sentence: attemptPattern(
      'SmtpException: (?:Syntax error, command unrecognized|Syntax error in parameters or arguments|Command (?:not|parameter not) implemented|Bad sequence of commands|Service not available, closing transmission channel|Error in processing|Insufficient system storage|Exceeded storage allocation|Mailbox (?:unavailable|name not allowed)|Transaction failed|Server does not support secure connections)\\.(?=(?: The server response was: ?)?\\s*$)',
    ),
  },
  // MailKit, whose errors are those of its other protocols too.
  { literals: ['The SMTP server has unexpectedly disconnected'], sentence: attemptPattern('The SMTP server has unexpectedly disconnected') },
  {
    literals: ['The SMTP server does not support '],
    sentence: attemptPattern(`The SMTP server does not support (?:authentication|the STARTTLS extension|any of the [a-z ]{4,40}|the \\S{2,20} authentication mechanism)`),
  },
  {
    literals: ['SmtpProtocolException: '],
    sentence: attemptPattern(`SmtpProtocolException: (?:\\{")?(?!The SMTP server has unexpectedly)(?=[A-Z])${noReply}${attemptRest}${attemptEnd}`),
  },
  {
    literals: ['establish an SSL or TLS connection'],
    sentence: attemptPattern('establish an SSL or TLS connection'),
    above: /(?<words>An error occurred while attempting to )$/,
    beside: { above: /smtp/i, below: /smtp/i },
  },
  // lettre, of Rust, where no reply came.
  { literals: ['SMTP error: Connection error: ', 'SMTP Connection error: '], sentence: attemptPattern(`SMTP (?:error: )?Connection error: (?=\\S)${attemptRest}${attemptEnd}`) },
  { literals: ['smtp::Error { kind: '], sentence: attemptPattern('smtp::Error \\{ kind: (?:Connection|Network|Client|Tls|Response|TransportShutdown), source: [^\\n]{1,300}\\}') },
  { literals: ['No compatible authentication mechanism was found'], sentence: attemptPattern('No compatible authentication mechanism was found'), isSignIn: true },
  // msmtp, curl, swaks, telnet, Haraka.
  { literals: ['cannot connect to '], sentence: attemptPattern(`cannot connect to ${attemptHost}, port \\d{1,5}: (?=\\S)${attemptRest}${attemptEnd}`) },
  {
    literals: ['Failed to connect to '],
    sentence: attemptPattern(`Failed to connect to ${attemptHost} port ${mailPort}(?: after \\d{1,9} ms)?: (?=\\S)${attemptRest}${attemptEnd}`),
  },
  {
    literals: ['*** Error connecting to '],
    sentence: attemptPattern(`\\*\\*\\* Error connecting to ${attemptHost}:\\d{1,5}:(?:\\s{1,3}\\*{3}\\s{1,8}(?=\\S)${attemptRest}${attemptEnd})?`),
  },
  { literals: ['Outbound connection timed out to '], sentence: attemptPattern(`Outbound connection timed out to ${attemptHost}:\\d{1,5}`) },
  {
    literals: ['msmtp: ', "errormsg='"],
    sentence: attemptPattern(
      `(?:msmtp: |(?<lead>errormsg='))(?=cannot locate host|(?:TLS|SSL|GNU)|the server (?:does not support|sent)|network (?:read|write)|authentication (?:failed|method)|cannot (?:initialize TLS|use a secure))(?!TLS (?:is|support) )${attemptRest}${attemptEnd}`,
    ),
    // Who asks before it tells the reply, or has it in the same line.
    unless: /smtpmsg='[^\n]*$/,
    unlessBelow: /^[^\n]*\n[ \t>]*msmtp: server message: /,
  },
  { literals: ['Cannot open '], sentence: attemptPattern(`Cannot open ${attemptHost}:${mailPort}(?=\\s|$|["'])`) },
  { literals: ['Unable to connect to "'], sentence: attemptPattern(`Unable to connect to "${attemptHost}" port \\d{1,5}`), above: /[Ss]?SMTP(?:\[\d{1,7}\])?: $/ },
  {
    literals: ['ould not connect: '],
    sentence: attemptPattern(`ould not connect: (?=[A-Z])${attemptRest}${attemptEnd}`),
    above: /(?<words>[cC])$/,
    below: /message not sent|dead\.letter/,
  },
  { literals: ['Could not connect to '], sentence: attemptPattern(`Could not connect to ${mailHost} \\((?=[A-Z])[^\\n()]{3,200}\\)`) },
  { literals: ['Login denied'], sentence: attemptPattern('Login denied'), above: /(?:curl: \(67\) |smtp|SMTP|cannot send e-?mail)[^\n]*(?:\n[^\n]*){0,2}$/, isSignIn: true },
  {
    literals: ['cannot send email: '],
    sentence: attemptPattern(`cannot send email: (?!Failed to connect to|Login denied)(?![^\\n]{0,300}\\b[45]\\d\\d\\b)(?=[A-Za-z[])${attemptRest}${attemptEnd}`),
  },
  { literals: ['Requested SSL level failed'], sentence: attemptPattern('Requested SSL level failed'), above: /curl: \(64\) $|smtp[^\n]*$/i },
  { literals: ['*** Host did not advertise '], sentence: attemptPattern('\\*\\*\\* Host did not advertise (?:authentication|STARTTLS)') },
  { literals: ['*** TLS startup failed ('], sentence: attemptPattern(`\\*\\*\\* TLS startup failed \\((?=\\S)[^\\r\\n]{2,300}\\)`) },
  { literals: ['*** Remote host closed connection'], sentence: attemptPattern('\\*\\*\\* Remote host closed connection unexpectedly') },
  // Indy, of Delphi.
  {
    literals: ['Socket Error # '],
    sentence: attemptPattern('Socket Error # \\d{3,5}\\s{1,4}(?=[A-Z])[^\\r\\n]{3,200}?(?=["\']|\\s*$)'),
    beside: { above: /smtp|e-?mail/i, below: /smtp|e-?mail/i },
  },
  // nodemailer by itself, async-smtp, and what programs call their own error: prose says it too, so an error or a quotation must stand in front.
  { literals: ['Greeting never received'], sentence: attemptPattern('Greeting never received'), above: /(?:Error: |["'`:] ?)$/ },
  {
    literals: ['SMTP failed to send', 'smtp failed: "', 'SMTP failed len='],
    sentence: attemptPattern(
      `(?:SMTP failed to send(?: message)?|smtp failed|SMTP failed len=\\d{1,9}): "?(?=[^\\s"])(?!(?:Permanent|Transient)\\(|(?:permanent|transient): )${noReply}[^\\r\\n]{3,300}?(?="|\\s*$)`,
    ),
  },
  {
    literals: ['onnect to any SMTP server', 'onnect to the SMTP server', 'onnect to SMTP server', 'onnect to the mail server', 'onnect to mail server'],
    sentence: attemptPattern(`onnect to (?:any |the )?(?:SMTP|mail) server(?![^\\n]{0,300}(?:nested exception|\\b[45]\\d\\d[ -](?=[A-Z<\\d])))${attemptRest}${attemptEnd}`),
    above:
      /(?:\b(?:[A-Za-z.]{0,60}(?:Error|Exception)|ERROR|SEVERE|error|CRITICAL|failed)[\])]?:? (?:[^\n]{0,60}: )?|["'`])(?<words>(?:[Cc]an ?not|[Cc]an't|[Cc]ould not|[Cc]ouldn't|[Uu]nable to|[Ff]ailed to) c)$/,
  },
  // Horde's library, which has the mail of Nextcloud and others go out.
  {
    literals: ['rror connecting to SMTP server', 'erver is not accepting SMTP connections', 'secure connection to the SMTP server'],
    sentence: attemptPattern(
      `(?:rror connecting to SMTP server|erver is not accepting SMTP connections|secure connection to the SMTP server)${noReply}(?=[.!]?(?:["'\\\\<]|\\s*$|\\s+(?:at|in) ))`,
    ),
    above: /\b(?:[A-Za-z]{0,60}(?:Error|Exception)|failed|[mM]essage)["\\]{0,3}: ?["\\]{0,3}(?<words>[A-Z](?:ould not open )?)$/,
  },
  {
    literals: ['SMTP authentication failed', 'SMTP Authentication failed'],
    sentence: attemptPattern(`SMTP [Aa]uthentication failed${noReply}`),
    above: /(?:Error|ERROR|Exception|FATAL|failed)[\])]?: (?:Error: )?$|["'`]$/,
    isSignIn: true,
  },
  {
    literals: ['Winsock Error 1', 'winsock error 1'],
    sentence: attemptPattern('[Ww]insock [Ee]rror 1\\d{4}(?!\\d)[^\\n]{0,100}'),
    above: /\[\d{1,12}\] \* {1,3}(?<words>(?:[A-Z][^\n]{3,120}, )?)$/,
  },
];
