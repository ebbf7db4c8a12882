/** What PHP, Python, Ruby, Perl and Erlang say of a session that did not come about. */

import { type Attempt, attemptEnd, attemptHost, attemptPattern, attemptRest, mailPort, noReply } from './attemptWords.ts';

/** What PHPMailer's log has said of it already: the words of the server, or that there were none. */
const whyNoSession = /\b(?:421|454|5[0-57]\d)[ -](?!\d)|SMTP ERROR: |get_lines\(\): timed-out/;
const orOtherwise = new RegExp(`${whyNoSession.source}|EOF caught|SMTP Error: |SMTP[ -]Fehler: |SMTP-fout: |Erreur SMTP|Erro(?:r|re)? (?:d[eo] )?SMTP`);

const inSmtplib = /smtplib\.py[^\n]*(?:\r?\n[ \t>][^\n]*){0,20}\r?\n[ \t>]*[\w.]*$/;
/** A job or a trace of Ruby: the name of the job stands in the line or directly above it, the library in the frames below. */
const ofRuby = {
  above: /(?:net\/smtp|ActionMailer|MailDelivery|[Mm]ailer|smtp)[^\n]*(?:\n[^\n]*)?$/,
  below: /^[^\n]*(?:\n[^\n]*){0,12}?net\/smtp\.rb/,
};

export const attemptsOfScripts: readonly Attempt[] = [
  // PHPMailer; SwiftMailer and Symfony.
  { literals: ['SMTP ERROR: Failed to connect to server: '], sentence: attemptPattern(`SMTP ERROR: Failed to connect to server: (?=[A-Za-z])${attemptRest}${attemptEnd}`) },
  {
    literals: ['SMTP Error: Could not connect to SMTP host'],
    sentence: attemptPattern(`SMTP Error: Could not connect to SMTP host(?:\\.(?![^\\n]{0,600}SMTP code: ?[45])${attemptRest}${attemptEnd}|(?=[.!]?\\s*$))`),
    unless: whyNoSession,
  },
  {
    // The same in its other languages (PHPMailer, language/).
    literals: ['MTP-Fehler: K', 'MTP Fehler: K', 'SMTP-fout: k', 'Erreur SMTP', 'Error SMTP: I', 'SMTP Error: I', 'Erro SMTP: N', 'Erro do SMTP', 'Erro de SMTP: N'],
    sentence: attemptPattern(
      "(?:MTP[ -]Fehler: Konnte keine Verbindung zum SMTP-Host herstellen|SMTP-fout: kon niet verbinden met SMTP-host|Erreur SMTP ?: impossible de se connecter au serveur SMTP|Error SMTP: Imposible conectar al servidor SMTP|SMTP Error: Impossibile connettersi all['\u2019]host SMTP|Erro (?:d[eo] )?SMTP: N\u00E3o foi poss\u00EDvel (?:conectar|realizar liga\u00E7\u00E3o))",
    ),
    above: /(?<words>S?)$/,
    unless: whyNoSession,
  },
  { literals: ['get_lines(): timed-out ('], sentence: attemptPattern('get_lines\\(\\): timed-out \\(\\d{1,6} sec\\)'), above: /(?<words>SMTP (?:-> |INBOUND: )?)$/ },
  // The server has hung up without a word. What it says of the sign-in below only follows from that.
  {
    literals: ['EOF caught while checking if connected'],
    sentence: attemptPattern('EOF caught while checking if connected'),
    above: /(?<words>SMTP NOTICE: )$/,
    unless: whyNoSession,
    unlessBelow: /^[^\n]*(?:\n[^\n]*){0,3}?SMTP ERROR: /,
  },
  // It says no more where it could not sign in or was refused; its log may stand below.
  { literals: ['SMTP connect() failed'], sentence: attemptPattern('SMTP connect\\(\\) failed'), unless: orOtherwise, unlessBelow: orOtherwise },
  {
    literals: ['SMTP Error: Could not authenticate'],
    sentence: attemptPattern(`SMTP Error: Could not authenticate${noReply}`),
    unless: /\b(?:421|454|5[0-9]\d)[ -]|SMTP ERROR: |EOF caught/,
    unlessBelow: /^[^\n]{0,200}\n[^\n]{0,80}\b(?:535|534|530|454)[ -](?=[A-Z<\d])/,
    isSignIn: true,
  },
  // The same in its other languages (PHPMailer, language/).
  {
    literals: ['MTP-Fehler: A', 'MTP Fehler: A', 'SMTP-fout: a', 'Erreur SMTP', 'Error SMTP: I', 'SMTP Error: I', 'Erro SMTP: N', 'Erro de SMTP: N'],
    sentence: attemptPattern(
      "(?:MTP[ -]Fehler: Authentifizierung fehlgeschlagen|SMTP-fout: authenticatie mislukt|Erreur SMTP ?: [\u00C9\u00E9Ee]chec de l['\u2019]authentification|Error SMTP: Imposible autentificar|SMTP Error: Impossibile autenticarsi|Erro (?:de )?SMTP: N\u00E3o foi poss\u00EDvel (?:realizar a )?autentica(?:r|\u00E7\u00E3o))",
    ),
    above: /(?<words>S?)$/,
    unless: /\b(?:421|454|5[0-9]\d)[ -]|SMTP ERROR: |EOF caught/,
    isSignIn: true,
  },
  {
    literals: ['Connection could not be established with host '],
    sentence: attemptPattern(`Connection could not be established with host "?${attemptHost}(?::\\d{1,5})?"?${attemptRest}${attemptEnd}`),
  },
  { literals: ['Connection to "'], sentence: attemptPattern(`Connection to "${attemptHost}:${mailPort}" (?:timed out|has been closed unexpectedly)`) },
  {
    literals: ['stream_socket_client(): ', 'fsockopen(): '],
    sentence: attemptPattern(`(?:stream_socket_client|fsockopen)\\(\\): [Uu]nable to connect to ${attemptHost}:${mailPort} \\((?=\\S)[^\\r\\n]{3,300}?(?:\\)|$)`),
  },
  { literals: ['but got an empty response'], sentence: attemptPattern('but got an empty response'), above: /(?<words>Expected response code \\?"?\d{3}(?:\/\d{3}){0,4}\\?"? )$/ },
  {
    literals: ['but got code "', 'but got code \\"'],
    sentence: attemptPattern('but got code (?<q>\\\\?"){2}, with message (?:\\\\?"){2}'),
    above: /(?<words>Expected response code \\?"?\d{3}(?:\/\d{3}){0,4}\\?"? )$/,
  },
  { literals: ['Connection to tcp://', 'Connection to ssl://', 'Connection to tls://'], sentence: attemptPattern(`Connection to ${attemptHost}:${mailPort} Timed Out`) },
  {
    literals: ['Unable to connect with STARTTLS', 'Unable to connect with TLS encryption'],
    sentence: attemptPattern(`Unable to connect with (?:STARTTLS|TLS encryption)(?:: (?=\\S)${attemptRest}${attemptEnd})?`),
  },
  { literals: ['Failed to find an authenticator supported by'], sentence: attemptPattern('Failed to find an authenticator supported by the SMTP server'), isSignIn: true },
  {
    literals: ['Failed to authenticate on SMTP server'],
    sentence: attemptPattern('Failed to authenticate on SMTP server with username \\\\?"[^"\\n]{1,320}" using \\d{1,2} possible authenticators(?![^\\n]{0,1000}but got code)'),
    isSignIn: true,
  },
  { literals: ['Unable to write bytes on the wire'], sentence: attemptPattern('Unable to write bytes on the wire') },
  // Roundcube, in its log and in its installer.
  {
    literals: ['SMTP Error: Connection failed', 'SMTP Error: Authentication failure'],
    sentence: attemptPattern(`SMTP Error: (?:Connection failed|Authentication failure): (?=\\S)${noReply}[^\\n]{0,200}?(?=\\.? in /| \\(Code: [45]|\\s*$)(?! \\(Code: [45])`),
  },
  { literals: ['NOT OK(Connection failed', 'NOT OK(Authentication failure'], sentence: attemptPattern('NOT OK\\((?=\\S)[^\\r\\n]{3,200}?\\)(?=\\s*$)') },
  // PEAR's Net_SMTP, which keeps a code of its own where no server has answered; CodeIgniter; PHP's own mail() on Windows; Zend and Laminas.
  { literals: ['[SMTP: Failed to connect socket: '], sentence: attemptPattern('\\[SMTP: Failed to connect socket: (?=\\S)[^\\n]{0,300}?(?= \\(code: -?\\d{1,3}, response: )') },
  { literals: ['unable to connect to smtp server '], sentence: attemptPattern(`unable to connect to smtp server ${attemptHost}:\\d{1,5}`) },
  {
    literals: ['authentication failure [SMTP: '],
    sentence: attemptPattern('authentication failure \\[SMTP: (?=\\S)[^\\n]{0,300}?(?= \\(code: (?:-1|2\\d\\d), response: )'),
    isSignIn: true,
  },
  { literals: ['SMTP error was encountered: '], sentence: attemptPattern(`SMTP error was encountered: (?![45]\\d\\d[ -]|[%{])(?=\\S)${attemptRest}${attemptEnd}`) },
  { literals: ['Failed to connect to mailserver at '], sentence: attemptPattern(`Failed to connect to mailserver at "${attemptHost}" port \\d{1,5}`) },
  {
    literals: ['Mail\\Protocol\\Exception\\RuntimeException: ', 'Zend_Mail_Protocol_Exception: ', "Zend_Mail_Protocol_Exception' with message '"],
    sentence: attemptPattern(
      `(?:Mail\\\\Protocol\\\\Exception\\\\RuntimeException: |Zend_Mail_Protocol_Exception(?:: |' with message '))(?![%$])(?=[\\w.-]+ [a-z])${attemptRest}(?=' in /|${attemptEnd.slice(3)}`,
    ),
  },
  // Python's smtplib names neither.
  {
    literals: ['Error: [Errno ', 'error: [Errno ', 'gaierror: [Errno ', 'Error: [WinError '],
    sentence: attemptPattern(`(?:[Ee]rror|gaierror): \\[(?:Errno|WinError) -?\\d{1,5}\\] (?=\\S)${attemptRest}${attemptEnd}`),
    above: /smtplib\.py[^\n]*(?:\r?\n[ \t>][^\n]*){0,20}\r?\n[ \t>]*[\w.]*$/,
  },
  { literals: ['SMTPServerDisconnected: '], sentence: attemptPattern(`SMTPServerDisconnected: (?!please run )(?=[A-Z])${attemptRest}${attemptEnd}`) },
  { literals: ['SMTPNotSupportedError: '], sentence: attemptPattern(`SMTPNotSupportedError: (?=[A-Z])${attemptRest}${attemptEnd}`) },
  // The socket of smtplib says why by itself, unless the library makes an error of its own of it.
  {
    literals: ['TimeoutError: ', 'socket.timeout: ', 'SSLError: [SSL', 'VerificationError: [SSL', 'SSLEOFError: '],
    sentence: attemptPattern(`(?:TimeoutError|socket\\.timeout|(?:SSL|CertVerification|Verification|SSLEOF)Error): (?!\\[Errno|\\[WinError)(?=\\S)${attemptRest}${attemptEnd}`),
    above: inSmtplib,
    unlessBelow: /^[^\n]*\n\s{0,4}(?:During handling of|The above exception was)[\s\S]*?\bSMTP[A-Za-z]+: /,
  },
  // What smtplib and aiosmtplib call by the name of the protocol.
  {
    literals: ['SMTPException: ', 'SMTPConnectError: ', 'SMTPTimeoutError: ', 'SMTPConnectTimeoutError: ', 'SMTPReadTimeoutError: ', 'SMTPNotSupported: '],
    sentence: attemptPattern(
      `SMTP(?:Exception|ConnectError|TimeoutError|ConnectTimeoutError|ReadTimeoutError|NotSupported): (?!please run )(?=[A-Z])${noReply}${attemptRest}${attemptEnd}`,
    ),
  },
  {
    literals: ['extension not supported by server', 'extension is not supported by this server'],
    sentence: attemptPattern('extension (?:is )?not supported by (?:this )?server'),
    above: /(?<!(?:Error|Exception|Supported): (?:The )?(?:SMTP )?)(?<words>(?:SMTP AUTH|(?:SMTP )?STARTTLS) )$/,
  },
  {
    literals: ['No suitable authentication method found'],
    sentence: attemptPattern('No suitable authentication method found'),
    above: /(?<!(?:Error|Exception): )$/,
    isSignIn: true,
  },
  // Ruby's Net::SMTP has the errors of any connection; the job or the frames of the trace say that it was for mail.
  {
    literals: ['Net::OpenTimeout', 'Net::ReadTimeout'],
    sentence: attemptPattern(`Net::(?:Open|Read)Timeout(?:: | \\((?=[A-Za-z]))(?=\\S)${attemptRest}(?:(?<=\\))(?=:?\\s*$)|${attemptEnd})`),
    beside: ofRuby,
  },
  { literals: ['Errno::E'], sentence: attemptPattern(`Errno::E[A-Z]{3,14}: (?=[A-Z])(?![^\\n]{0,80} port \\d)${attemptRest}${attemptEnd}`), beside: ofRuby },
  {
    literals: ['SocketError: getaddrinfo', 'EOFError: end of file'],
    sentence: attemptPattern(`(?:SocketError: getaddrinfo|EOFError: end of file reached)${attemptRest}${attemptEnd}`),
    beside: ofRuby,
  },
  { literals: ['OpenSSL::SSL::SSLError: '], sentence: attemptPattern('OpenSSL::SSL::SSLError: (?=\\S)[^\\r\\n]{3,300}'), beside: ofRuby },
  // Rails has the words of an exception in brackets behind its name, and nothing behind them but the frames.
  {
    literals: ['SocketError (', 'EOFError (', 'SSLError (', 'ResolutionError (', 'Errno::E'],
    above: /(?<words>(?:OpenSSL::SSL::|Socket::)?)$/,
    sentence: attemptPattern('(?:(?:Socket|SSL|EOF|Resolution)Error|Errno::E[A-Z]{3,14}) \\((?=[\\w])(?![^\\n]{0,160} port \\d)[^\\n]{3,300}?\\)(?=:?(?:\\s*$|\\\\n|["\'`]))'),
    beside: ofRuby,
  },
  { literals: ['nd of file reached'], sentence: attemptPattern('nd of file reached'), above: /(?:[Aa]ction ?[Mm]ailer|smtp|SMTP)[^\n]{0,100}["'`](?<words>[eE])$/ },
  // Odoo's test of a server, with what Python has raised: the number of an error can have a line of its own.
  {
    literals: ['Here is what we got instead:'],
    sentence: attemptPattern(
      `(?<lead>Here is what we got instead:(?:\\s|>){1,40}(?:\\d{1,3}\\s{1,8}(?=[A-Z]))?)(?!please run|STARTTLS extension|[45][0-57]\\d(?!\\d)|\\([45]\\d\\d,|#?[45]\\.\\d)${noReply}(?=[A-Z[(])${attemptRest}${attemptEnd}`,
    ),
  },
  // Perl's MIME::Lite and sendEmail; gen_smtp, of Erlang.
  {
    literals: ['SMTP Failed to connect to mail server: '],
    sentence: attemptPattern(`SMTP Failed to connect to mail server: (?=[A-Za-z])(?:(?! at \\/)[^\\n]){0,200}?(?= at \\/|${attemptEnd.slice(3)}`),
  },
  { literals: ['ERROR => Connection attempt to '], sentence: attemptPattern(`ERROR => Connection attempt to ${attemptHost}:\\w{1,20} failed: (?=\\S)${attemptRest}${attemptEnd}`) },
  { literals: ['ERROR => SMTP-AUTH: '], sentence: attemptPattern(`ERROR => SMTP-AUTH: (?=[A-Z])${noReply}${attemptRest}${attemptEnd}`), isSignIn: true },
  { literals: ['ERROR => TLS setup failed'], sentence: attemptPattern(`ERROR => TLS setup failed${attemptRest}${attemptEnd}`) },
  {
    literals: ['{:network_failure, ', '{network_failure,'],
    sentence: attemptPattern(`\\{:?network_failure, ?(?:~c)?["']${attemptHost}["'], ?\\{:?error, ?[^\\r\\n]{2,200}?\\}{2}`),
  },
];
