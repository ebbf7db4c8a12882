/** What mail libraries and clients say when no session came about: there is no reply, and their words name the host, the port or SMTP itself. */

import { stated } from '../../smtp/captures.ts';
import { textAbove, textBelow } from '../../text/lineEnds.ts';
import { lineEnd, nextLine } from '../../text/lines.ts';
import { standsAt } from '../../text/occurrences.ts';
import type { Span } from '../../values.ts';
import type { AnchoredReply } from './anchors.ts';
import { type Attempt, endOfSentence as end, askedHost as host, mailHost, mailPort as port, restOfSentence as rest, attemptSentence as sentence } from './attemptWords.ts';
import { windowsAttempts } from './windowsAttempts.ts';

/** What PHPMailer's log has said of it already: the words of the server, or that there were none. */
const whyNoSession = /\b(?:421|454|5[0-57]\d)[ -](?!\d)|SMTP ERROR: |get_lines\(\): timed-out/;
const orOtherwise = new RegExp(`${whyNoSession.source}|SMTP Error: |SMTP[ -]Fehler: |SMTP-fout: |Erreur SMTP|Erro(?:r|re)? (?:d[eo] )?SMTP`);

const attempts: readonly Attempt[] = [
  ...windowsAttempts,
  // JavaMail and Jakarta Mail.
  { literals: ['Could not connect to SMTP host: '], sentence: sentence(`Could not connect to SMTP host: ${host}, port: \\d{1,5}(?!\\d|, response: [2-5])`), isNested: true },
  { literals: ["Couldn't connect to host, port: "], sentence: sentence(`Couldn't connect to host, port: ${host}, ${port}; timeout -?\\d{1,9}`), isNested: true },
  // PHPMailer; SwiftMailer and Symfony.
  { literals: ['SMTP ERROR: Failed to connect to server: '], sentence: sentence(`SMTP ERROR: Failed to connect to server: (?=[A-Za-z])${rest}${end}`) },
  {
    literals: ['SMTP Error: Could not connect to SMTP host'],
    sentence: sentence(`SMTP Error: Could not connect to SMTP host(?:\\.(?![^\\n]{0,600}SMTP code: ?[45])${rest}${end}|(?=[.!]?\\s*$))`),
    unless: whyNoSession,
  },
  {
    // The same in its other languages (PHPMailer, language/).
    literals: ['MTP-Fehler: K', 'MTP Fehler: K', 'SMTP-fout: k', 'Erreur SMTP', 'Error SMTP: I', 'SMTP Error: I', 'Erro SMTP: N', 'Erro do SMTP', 'Erro de SMTP: N'],
    sentence: sentence(
      "(?:MTP[ -]Fehler: Konnte keine Verbindung zum SMTP-Host herstellen|SMTP-fout: kon niet verbinden met SMTP-host|Erreur SMTP ?: impossible de se connecter au serveur SMTP|Error SMTP: Imposible conectar al servidor SMTP|SMTP Error: Impossibile connettersi all['\u2019]host SMTP|Erro (?:d[eo] )?SMTP: N\u00E3o foi poss\u00EDvel (?:conectar|realizar liga\u00E7\u00E3o))",
    ),
    above: /(?<words>S?)$/,
    unless: whyNoSession,
  },
  { literals: ['get_lines(): timed-out ('], sentence: sentence('get_lines\\(\\): timed-out \\(\\d{1,6} sec\\)'), above: /(?<words>SMTP (?:-> |INBOUND: )?)$/ },
  // It says no more where it could not sign in or was refused; its log may stand below.
  { literals: ['SMTP connect() failed'], sentence: sentence('SMTP connect\\(\\) failed'), unless: orOtherwise, unlessBelow: orOtherwise },
  {
    literals: ['SMTP Error: Could not authenticate'],
    sentence: sentence('SMTP Error: Could not authenticate'),
    unless: /\b(?:421|454|5[0-9]\d)[ -]|SMTP ERROR: /,
    isSignIn: true,
  },
  // The same in its other languages (PHPMailer, language/).
  {
    literals: ['MTP-Fehler: A', 'MTP Fehler: A', 'SMTP-fout: a', 'Erreur SMTP', 'Error SMTP: I', 'SMTP Error: I', 'Erro SMTP: N', 'Erro de SMTP: N'],
    sentence: sentence(
      "(?:MTP[ -]Fehler: Authentifizierung fehlgeschlagen|SMTP-fout: authenticatie mislukt|Erreur SMTP ?: [\u00C9\u00E9Ee]chec de l['\u2019]authentification|Error SMTP: Imposible autentificar|SMTP Error: Impossibile autenticarsi|Erro (?:de )?SMTP: N\u00E3o foi poss\u00EDvel (?:realizar a )?autentica(?:r|\u00E7\u00E3o))",
    ),
    above: /(?<words>S?)$/,
    unless: /\b(?:421|454|5[0-9]\d)[ -]|SMTP ERROR: /,
    isSignIn: true,
  },
  { literals: ['Connection could not be established with host '], sentence: sentence(`Connection could not be established with host "?${host}(?::\\d{1,5})?"?${rest}${end}`) },
  { literals: ['Connection to "'], sentence: sentence(`Connection to "${host}:${port}" (?:timed out|has been closed unexpectedly)`) },
  {
    literals: ['stream_socket_client(): ', 'fsockopen(): '],
    sentence: sentence(`(?:stream_socket_client|fsockopen)\\(\\): [Uu]nable to connect to ${host}:${port} \\((?=\\S)[^\\n]{3,300}?(?:\\)|$)`),
  },
  { literals: ['Got bad greeting from SMTP host: '], sentence: sentence(`Got bad greeting from SMTP host: ${host}, port: \\d{1,5}, response: \\[EOF\\]`) },
  // Go, Node and Ruby name the port.
  { literals: ['dial tcp '], sentence: sentence(`dial tcp ${host}:${port}: (?=[a-z])${rest}${end}`) },
  {
    literals: ['dial tcp: lookup '],
    sentence: sentence(`dial tcp: lookup ${mailHost}(?: on [^\\s:]{1,60}:\\d{1,5})?: (?=[a-z])${rest}${end}`),
  },
  // It names neither where no TLS came about, but whoever sends mail says so in the same line.
  {
    literals: ['tls: first record does not look ', 'x509: certificate '],
    sentence: sentence(`(?:tls: first record does not look like a TLS handshake|x509: certificate (?=[a-z])${rest})${end}`),
    above: /\b(?:smtp|e-?mail|gomail|mailer)\b[^\n]{0,300}$/i,
  },
  {
    literals: ['connect ECONNREFUSED ', 'connect ETIMEDOUT ', 'connect EHOSTUNREACH ', 'connect ENETUNREACH ', 'connect ECONNRESET '],
    sentence: sentence(`connect E[A-Z]{5,14} ${host}:${port}`),
  },
  {
    literals: ['getaddrinfo ENOTFOUND ', 'getaddrinfo EAI_AGAIN '],
    sentence: sentence(`getaddrinfo E[A-Z_]{5,12} ${mailHost}`),
  },
  {
    literals: [' - connect(2) for '],
    sentence: sentence(` - connect\\(2\\) for "?${host}"? port ${port}`),
    above: /(?:Errno::[A-Z]{5,14}: )?(?<words>[A-Z][a-z]+(?: [a-z]+){1,4})$/,
  },
  // Python's smtplib names neither.
  {
    literals: ['Error: [Errno ', 'error: [Errno ', 'gaierror: [Errno ', 'Error: [WinError '],
    sentence: sentence(`(?:[Ee]rror|gaierror): \\[(?:Errno|WinError) -?\\d{1,5}\\] (?=\\S)${rest}${end}`),
    above: /smtplib\.py[^\n]*(?:\r?\n[ \t>][^\n]*){0,20}\r?\n[ \t>]*[\w.]*$/,
  },
  { literals: ['SMTPServerDisconnected: '], sentence: sentence(`SMTPServerDisconnected: (?!please run )(?=[A-Z])${rest}${end}`) },
  { literals: ['SMTPNotSupportedError: '], sentence: sentence(`SMTPNotSupportedError: (?=[A-Z])${rest}${end}`) },
  // lettre, of Rust, where no reply came.
  { literals: ['SMTP error: Connection error: ', 'SMTP Connection error: '], sentence: sentence(`SMTP (?:error: )?Connection error: (?=\\S)${rest}${end}`) },
  // msmtp, MIME::Lite, curl, swaks, telnet, Haraka.
  { literals: ['cannot connect to '], sentence: sentence(`cannot connect to ${host}, port \\d{1,5}: (?=\\S)${rest}${end}`) },
  {
    literals: ['SMTP Failed to connect to mail server: '],
    sentence: sentence(`SMTP Failed to connect to mail server: (?=[A-Za-z])(?:(?! at \\/)[^\\n]){0,200}?(?= at \\/|${end.slice(3)}`),
  },
  { literals: ['Failed to connect to '], sentence: sentence(`Failed to connect to ${host} port ${port}(?: after \\d{1,9} ms)?: (?=\\S)${rest}${end}`) },
  { literals: ['*** Error connecting to '], sentence: sentence(`\\*\\*\\* Error connecting to ${host}:\\d{1,5}:(?:\\s{1,3}\\*{3}\\s{1,8}(?=\\S)${rest}${end})?`) },
  { literals: ['Outbound connection timed out to '], sentence: sentence(`Outbound connection timed out to ${host}:\\d{1,5}`) },
];

export const attemptLiterals = [...new Set(attempts.flatMap(({ literals }) => literals))];

/**
 * What a program says of its attempt to connect, from the literal at an offset.
 * @param isAlone Whether the text is one by itself, and not several that are searched as one.
 */
export function failedConnection(text: string, offset: number, isAlone: boolean): AnchoredReply | undefined {
  for (const { literals, sentence, above, below, unless, unlessBelow, isNested, isSignIn } of attempts) {
    if (!literals.some((literal) => text.startsWith(literal, offset)) || !standsAt(text, sentence, offset)) continue;
    sentence.lastIndex = offset;
    const found = sentence.exec(text);
    const before = above?.exec(textAbove(text, offset, longestTrace));
    if (!found || found[0].length > longestSentence || (above && !before) || (isAlone && unless?.test(sessionAbove(text, offset)))) continue;
    if (isAlone && unlessBelow?.test(textBelow(text, offset + found[0].length, longestTrace))) continue;
    if (below && !below.test(textBelow(text, offset + found[0].length, longestSentence))) continue;
    const start = offset - (before?.groups?.['words']?.length ?? 0) + (found.groups?.['lead']?.length ?? 0);
    const close = offset + found[0].trimEnd().length;
    const cause = isNested ? nestedCause(text, close) : undefined;
    // A log has the message first and the exception below.
    if (isNested && !cause && isAlone && text.slice(close, close + longestSentence).includes(found[0])) return undefined;
    const name = found.groups?.['host'] ?? found.groups?.['named'] ?? before?.groups?.['host'];
    const isAddress = name !== undefined && /^[\d.]+$|:/.test(name);
    return {
      start,
      anchor: start,
      captures: stated(isAddress ? { remoteAddress: name } : { remoteHost: name?.includes('.') ? name : undefined }),
      isWords: true,
      command: isSignIn ? 'AUTH' : 'connection',
      repeats: 'error',
      ...(cause ? { lines: [{ start, end: close }, cause] } : { end: close }),
    };
  }
  return undefined;
}

/** What stands above of the same session: PHPMailer says when it begins one. */
function sessionAbove(text: string, offset: number): string {
  const above = textAbove(text, offset, longestTrace);
  return above.slice(Math.max(0, above.lastIndexOf('Connection: opening to ')));
}

const longestSentence = 600;
const longestTrace = 2_500;

/** `nested exception is:` and in the line below the exception itself, or the cause that the trace ends with. */
function nestedCause(text: string, offset: number): Span | undefined {
  const found = /^;?[ \t]*\r?\n[ \t>]*nested exception is:[ \t]*\r?\n[ \t>]*/.exec(text.slice(offset, offset + 200));
  if (!found) return undefined;
  const start = offset + found[0].length;
  const close = lineEnd(text, start, Math.min(nextLine(text, start), start + longestSentence));
  return close > start ? { start, end: close } : undefined;
}
