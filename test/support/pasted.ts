/** Bounces and errors as mail systems and libraries write them, and what mail programs, forums and consoles make of them when somebody pastes them. */

/** What is said, and by whom about whom. */
export interface Said {
  /** The reply on one line, its code first. */
  readonly reply: string;
  readonly recipient: string;
  readonly host: string;
  readonly address: string;
}

/** The bounce of a system, without its headers. */
export const systems: Readonly<Record<string, (said: Said) => string>> = {
  Postfix: ({ reply, recipient, host, address }) =>
    [
      'This is the mail system at host mx1.contoso.com.',
      '',
      "I'm sorry to have to inform you that your message could not",
      "be delivered to one or more recipients. It's attached below.",
      '',
      'For further assistance, please send mail to postmaster.',
      '',
      '                   The mail system',
      '',
      foldPostfix(`<${recipient}>: host ${host}[${address}] said: ${reply} (in reply to RCPT TO command)`),
      '',
    ].join('\n'),
  Exim: ({ reply, recipient, host, address }) =>
    [
      'This message was created automatically by mail delivery software.',
      '',
      'A message that you sent could not be delivered to one or more of its',
      'recipients. This is a permanent error. The following address(es) failed:',
      '',
      `  ${recipient}`,
      `    host ${host} [${address}]`,
      `    SMTP error from remote mail server after RCPT TO:<${recipient}>:`,
      `    ${reply}`,
      '',
    ].join('\n'),
  qmail: ({ reply, recipient, address }) =>
    [
      'Hi. This is the qmail-send program at mx1.contoso.com.',
      "I'm afraid I wasn't able to deliver your message to the following addresses.",
      "This is a permanent error; I've given up. Sorry it didn't work out.",
      '',
      `<${recipient}>:`,
      `${address} does not like recipient.`,
      `Remote host said: ${reply}`,
      `Giving up on ${address}.`,
      '',
    ].join('\n'),
  Yahoo: ({ reply, recipient, address }) =>
    [
      'Sorry, we were unable to deliver your message to the following address.',
      '',
      `<${recipient}>:`,
      `${address} failed after I sent the message.`,
      `Remote host said: ${reply}`,
      '',
    ].join('\n'),
  Sendmail: ({ reply, recipient, host }) =>
    [
      '   ----- The following addresses had permanent fatal errors -----',
      `<${recipient}>`,
      `    (reason: ${reply})`,
      '',
      '   ----- Transcript of session follows -----',
      `... while talking to ${host}.:`,
      `>>> RCPT To:<${recipient}>`,
      `<<< ${reply}`,
      `550 5.1.1 <${recipient}>... User unknown`,
      '',
    ].join('\n'),
  Gmail: ({ reply, recipient }) =>
    [
      'Delivery to the following recipient failed permanently:',
      '',
      `     ${recipient}`,
      '',
      'Technical details of permanent failure:',
      '',
      'The response from the remote server was:',
      reply,
      '',
    ].join('\n'),
  Exchange: ({ reply, recipient, host, address }) =>
    ['Diagnostic information for administrators:', '', 'Generating server: EX01.contoso.com', '', recipient, `Remote Server at ${host} (${address}) returned '${reply}'`, ''].join(
      '\n',
    ),
  'Exchange, expired': ({ reply, recipient, host, address }) =>
    [
      'Informations de diagnostic pour les administrateurs :',
      '',
      'Serveur de génération : EX01.contoso.com',
      '',
      recipient,
      `Remote Server at ${host} (${address}) returned '550 4.4.7 QUEUE.Expired; message expired'`,
      `1/15/2026 3:20:14 AM - Remote Server at ${host} (${address}) returned '${reply}'`,
      '',
    ].join('\n'),
};

/** The errors of applications and the conversations in which a reply stands without more. */
export const anchors: Readonly<Record<string, (said: Said) => string>> = {
  'Diagnostic-Code': ({ reply }) => `Diagnostic-Code: smtp; ${reply}`,
  'smtplib, data': ({ reply }) => `smtplib.SMTPDataError: ${pair(reply)}`,
  'smtplib, sender': ({ reply }) => `smtplib.SMTPSenderRefused: ${pair(reply).slice(0, -1)}, 'anna@contoso.com')`,
  'smtplib, recipients': ({ reply, recipient }) => `smtplib.SMTPRecipientsRefused: {'${recipient}': ${pair(reply)}}`,
  'smtplib in Celery': ({ reply }) => `Task mail.send raised unexpected: SMTPDataError${pair(reply)}`,
  nodemailer: ({ reply }) => `Error: Can't send mail - all recipients were rejected: ${reply}\n    at SMTPConnection._formatError (/app/index.js:784:19)`,
  'nodemailer, command': ({ reply }) => `Error: Recipient command failed: ${reply}`,
  'nodemailer, object': ({ reply }) =>
    `Error: Data command failed: ${reply}\n    at SMTPConnection._formatError (/app/index.js:784:19) {\n  code: 'EENVELOPE',\n  response: "${reply.replaceAll('"', '')}",\n  command: 'RCPT TO'\n}`,
  JavaMail: ({ reply }) => `com.sun.mail.smtp.SMTPSendFailedException: ${reply}\n\tat com.sun.mail.smtp.SMTPTransport.sendMessage(SMTPTransport.java:1095)`,
  'Jakarta Mail': ({ reply }) => `org.eclipse.angus.mail.smtp.SMTPAddressFailedException: ${reply}`,
  'JavaMail, cause': ({ reply }) =>
    `javax.mail.SendFailedException: Invalid Addresses;\n  nested exception is:\n\tcom.sun.mail.smtp.SMTPAddressFailedException: ${reply}\n\tat A.b(C.java:1)\nCaused by: com.sun.mail.smtp.SMTPAddressFailedException: ${reply}\n\tat A.b(C.java:1)`,
  'Net::SMTP': ({ reply }) => `Net::SMTPFatalError: ${reply}`,
  'Net::SMTP in Rails': ({ reply }) => `Net::SMTPAuthenticationError (${reply}\n):`,
  gomail: ({ reply }) => `error="gomail: could not send email 1: ${reply.replaceAll('"', '')}"`,
  Alertmanager: ({ reply }) => `err="send RCPT command: ${reply.replaceAll('"', '')}"`,
  'gomail, step': ({ reply }) => `gomail: could not send email 1: Rcpt: ${reply}`,
  'go-mail': ({ reply }) => `failed to issue MAIL command: ${reply}`,
  msmtp: ({ reply }) => `msmtp: the server did not accept the mail\nmsmtp: server message: ${reply}\nmsmtp: could not send mail (account default from /etc/msmtprc)`,
  'msmtp, log': ({ reply }) =>
    `Jan 15 08:00:00 host=mx.fabrikam.com tls=on smtpstatus=${reply.slice(0, 3)} smtpmsg='${reply.replaceAll("'", '')}' errormsg='refused' exitcode=EX_DATAERR`,
  lettre: ({ reply }) => `[2026-01-15 08:00:00.251][mail][ERROR] SMTP ${reply[0]}xx error: ${lettre(reply)}`,
  'lettre in an answer': ({ reply }) => {
    const message = `SMTP ${reply[0]}xx error: ${lettre(reply)}`;
    return JSON.stringify({ ErrorModel: { Message: message }, Message: message, ValidationErrors: { '': [message] } });
  },
  Odoo: ({ reply }) => `Mail delivery failed via SMTP server 'mx1.contoso.com'.\nSMTPDataError: ${reply.slice(0, 3)}\n${reply.slice(4)}`,
  'Odoo, sender, in quotes': ({ reply }) => `('Mail Delivery Failed', "SMTPSenderRefused: ${reply.slice(0, 3)}\\n${reply.slice(4)}\\nanna@contoso.com")`,
  'smtplib, printed': ({ reply, recipient }) => `{'${recipient}': ${pair(reply)}}`,
  'smtplib, printed and raised': ({ reply, recipient }) =>
    `{u'${recipient}': ${pair(reply)}}\nTraceback (most recent call last):\n  File "a.py", line 1, in b\nSMTPRecipientsRefused: {u'${recipient}': ${pair(reply)}}`,
  'smtplib, with a name': ({ reply, recipient }) => `SMTPRecipientsRefused: {'"${recipient}"': ${pair(reply)}, '${recipient}': ${pair(reply)}}`,
  'smtplib, a pair alone': ({ reply }) => `smtplib.SMTPRecipientsRefused: ${pair(reply)}`,
  Outlook: ({ reply }) =>
    `The message could not be sent: '727' (${reply}\n). --> Unexpected SMTP server response. Expected: 250, actual: ${reply.slice(0, 3)}, whole response: ${reply}\n`,
  'Sendmail, in one line': ({ reply, recipient, host }) =>
    `----- Transcript of session follows ----- ... while talking to ${host}.: >>> RCPT To:<${recipient}> <<< ${reply} 550 5.1.1 <${recipient}>... User unknown`,
  'Postfix without an address': ({ reply, host }) => `The other side writes: host ${host} said: ${reply} (in reply to end of DATA command)`,
  'Postfix, broken behind the code': ({ reply, host }) => `host ${host} said: ${reply.replace(' ', '\n')}`,
  'PHPMailer, session': ({ reply }) =>
    `2026-01-15 08:00:00\tCLIENT -> SERVER: AUTH LOGIN\n2026-01-15 08:00:00\tSERVER -> CLIENT: ${reply}\n2026-01-15 08:00:01\tSMTP ERROR: Password command failed: ${reply}\n2026-01-15 08:00:01\tSMTP Error: Could not authenticate.`,
  'PHPMailer, detail broken': ({ reply }) => `SMTP Error: data not accepted.SMTP server error: DATA END command failed Detail: ${reply.slice(4)}\n SMTP code: ${reply.slice(0, 3)}`,
  'Symfony with its trace': ({ reply }) =>
    `Expected response code 250 but got code "${reply.slice(0, 3)}", with message "${reply.replaceAll('"', '')}" in /app/A.php:459\nStack trace:\n#0 /app/A.php(344): Swift_Transport->assertResponseCode('${reply.slice(0, 3)} 5.7.0 ${reply.slice(4, 10)}...', Array)`,
  'JavaMail, causes': ({ reply }) => {
    const nested = `javax.mail.SendFailedException: Invalid Addresses;\n  nested exception is:\n\tcom.sun.mail.smtp.SMTPAddressFailedException: ${reply}\n`;
    const frames = Array.from({ length: 20 }, (_, at) => `\tat com.contoso.A.b${at}(A.java:${at})\n`).join('');
    return `${nested}\n${frames}Caused by: ${nested}\n${frames}Caused by: com.sun.mail.smtp.SMTPAddressFailedException: ${reply}\n\n\t... 20 more`;
  },
  PHPMailer: ({ reply }) => `2026-01-15 08:00:00 SMTP ERROR: RCPT TO command failed: ${reply}`,
  'PHPMailer, exception': ({ reply }) => `SMTP Error: data not accepted.SMTP server error: DATA END command failed Detail: ${reply.slice(4)} SMTP code: ${reply.slice(0, 3)}`,
  Roundcube: ({ reply, recipient }) => `SMTP Error (${reply.slice(0, 3)}): Failed to add recipient "${recipient}" (${reply.slice(4)})`,
  Net_SMTP: ({ reply, recipient }) =>
    `Failed to add recipient: ${recipient} [SMTP: Invalid response code received from server (code: ${reply.slice(0, 3)}, response: ${reply.slice(4)})]`,
  Symfony: ({ reply }) => `Expected response code "250" but got code "${reply.slice(0, 3)}", with message "${reply.replaceAll('"', '')}".`,
  'Postfix, cut': ({ reply }) => `Error: ${reply} (in reply to RCPT TO command)`,
  Postfix: ({ reply, host, address }) => `host ${host}[${address}] said: ${reply} (in reply to RCPT TO command)`,
  Exchange: ({ reply }) => `Remote Server returned '${reply}'`,
  'Exchange Online about Google': ({ reply, host }) => `${host} gave this error: ${reply}`,
  Haraka: ({ reply, recipient }) => `[NOTICE] [A1.1] [outbound] recipient <${recipient}> rejected: ${reply}`,
  telnet: ({ reply, recipient }) => `MAIL FROM:<anna@contoso.com>\n250 OK\nRCPT TO:<${recipient}>\n${reply}\nQUIT\n221 Bye`,
  swaks: ({ reply, recipient }) => ` -> RCPT TO:<${recipient}>\n<** ${reply}\n -> QUIT`,
  curl: ({ reply, recipient }) => `> RCPT TO:<${recipient}>\n< ${reply}\n* RCPT failed: ${reply.slice(0, 3)}`,
  'with letters and times': ({ reply, recipient }) => `08:00:01 C: RCPT TO:<${recipient}>\n08:00:02 S: ${reply}\n08:00:02 C: QUIT`,
  SES: ({ reply, recipient }) =>
    JSON.stringify({ eventType: 'Bounce', bounce: { bouncedRecipients: [{ emailAddress: recipient, status: '5.0.0', diagnosticCode: `smtp; ${reply}` }] } }, undefined, 2),
  SendGrid: ({ reply, recipient }) => JSON.stringify([{ email: recipient, event: 'bounce', reason: reply, type: 'bounce' }]),
  Postmark: ({ reply, recipient }) => JSON.stringify({ RecordType: 'Bounce', Email: recipient, Details: `smtp;${reply}` }),
  SparkPost: ({ reply, recipient }) => JSON.stringify({ msys: { message_event: { rcpt_to: recipient, msg_from: 'anna@contoso.com', raw_reason: reply } } }),
};

/** lettre names the kind of the reply, and puts its code into parentheses. */
function lettre(reply: string): string {
  return `${reply.startsWith('4') ? 'transient' : 'permanent'} error (${reply.slice(0, 3)}): ${reply.slice(4)}`;
}

/** Python's pair of a code and bytes. */
function pair(reply: string): string {
  const quote = reply.includes("'") ? '"' : "'";
  return `(${reply.slice(0, 3)}, b${quote}${reply.slice(4).replaceAll('"', '')}${quote})`;
}

/** Postfix folds at 79 columns, at blanks, and indents what follows by four (bounce_notify_util.c). */
function foldPostfix(line: string): string {
  return fold(line, 79, '    ');
}

/** Breaks lines at blanks, none of them longer than the width if it has any. */
export function fold(text: string, width: number, indent = ''): string {
  return text
    .split('\n')
    .map((line) => foldLine(line, width, indent))
    .join('\n');
}

function foldLine(line: string, width: number, indent: string): string {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const margin = /^[ >]*/.exec(rest)?.[0].length ?? 0;
    const at = rest.lastIndexOf(' ', width);
    if (at <= margin) break;
    lines.push(rest.slice(0, at));
    rest = `${indent}${rest.slice(at + 1)}`;
  }
  return [...lines, rest].join('\n');
}

const eachLine = (text: string, lead: string): string => text.replace(/^/gm, lead);

/** What is done to a pasted text that does not change what it says. */
export const damages: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'folded at 72': (text) => fold(text, 72),
  'folded at 76': (text) => fold(text, 76),
  'folded at 78': (text) => fold(text, 78),
  'folded at 80': (text) => fold(text, 80),
  'folded at 998': (text) => fold(text, 998),
  'double-spaced': (text) => text.replaceAll('\n', '\n\n'),
  'double-spaced, blanks behind': (text) => text.replaceAll('\n', '  \n  \n'),
  quoted: (text) => eachLine(text, '> '),
  'quoted twice and folded': (text) => eachLine(eachLine(fold(text, 72), '> '), '> '),
  indented: (text) => eachLine(text, '    '),
  CRLF: (text) => text.replaceAll('\n', '\r\n'),
  'folded, CRLF': (text) => fold(text, 76).replaceAll('\n', '\r\n'),
  'in a string of JSON': (text) => JSON.stringify({ ticket: 1, body: text }, undefined, 2),
  'broken behind the reply code': (text) => text.replace(/(said: |said:\n {4}|returned ')([45]\d\d) (?=[45]\.\d)(?!.*QUEUE)/g, '$1$2\n'),
  'with prose around it': (text) => `Hello,\n\nthis came back:\n\n${text}\nCan you help? Ask carla@fabrikam.com or call me.\n\nThank you\nAnna <anna@contoso.com>\n`,
};
