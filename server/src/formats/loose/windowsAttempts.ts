/** What Windows, Outlook, PowerShell and the programs of .NET say when no session came about. */

import { type Attempt, attemptEnd as end, attemptHost as host, mailPort as port, attemptRest as rest, attemptPattern as sentence } from './attemptWords.ts';

/** `SmtpSendMailFailure` of .NET (System.Net.Mail): whatever went wrong before a server had answered stands behind the arrow, and PowerShell leaves it out. */
const notSent =
  "(?:Failure\\s{1,3}sending\\s{1,3}mail|Fehler\\s{1,3}beim\\s{1,3}Senden\\s{1,3}von\\s{1,3}Mail|\u00C9chec\\s{1,3}d['\u2019]envoi\\s{1,3}du\\s{1,3}courrier|Error\\s{1,3}al\\s{1,3}enviar\\s{1,3}correo|Errore\\s{1,3}durante\\s{1,3}l['\u2019]invio\\s{1,3}della\\s{1,3}posta|Falha\\s{1,3}ao\\s{1,3}enviar\\s{1,3}email)\\.?";
const notSentLiterals = ['Failure sending', 'Fehler beim Senden', "chec d'envoi du", 'chec d\u2019envoi du', 'Error al enviar', "durante l'invio della", 'Falha ao enviar'];

/** What it says of the connection itself, in the languages of .NET's resources. */
const noConnection = [
  'Unable to connect to the remote server',
  'The remote certificate is invalid',
  'The remote name could not be resolved',
  'The operation has timed out',
  'No such host is known',
  'Unable to read data from the transport connection',
  'Failure sending mail',
  'Die Verbindung mit dem Remoteserver kann nicht hergestellt werden',
  'Der Remotename konnte nicht aufgel\u00F6st werden',
  'Das Remotezertifikat ist',
  'Timeout f\u00FCr Vorgang',
  'Impossible de se connecter au serveur distant',
  "Le nom distant n'a pas pu \u00EAtre r\u00E9solu",
  "Le d\u00E9lai d'attente de l'op\u00E9ration",
  'No es posible conectar con el servidor remoto',
  'No se puede resolver el nombre remoto',
  'Impossibile effettuare la connessione al server remoto',
  'Impossibile risolvere il nome remoto',
].join('|');

export const windowsAttempts: readonly Attempt[] = [
  // .NET's own client, with its reason and without.
  {
    literals: notSentLiterals,
    sentence: sentence(`${notSent.replace('\u00C9', '')}(?: |\\r?\\n[ \\t]{0,4})---> (?=System\\.)${rest}${end}`),
    above: /(?<words>\u00C9?|Errore )$/,
  },
  {
    literals: notSentLiterals,
    sentence: sentence(`${notSent.replace('\u00C9', '').replace('Errore\\s{1,3}', '')}(?=\\s*$|[\\]"'\u201D\u00BB ])(?! ---> |\\s{1,8}---> )`),
    above:
      /(?:SmtpException: |(?:[Ee]rror|[Ee]xception|[Ff]ail(?:ed|ure))[^\n]{0,120}: ?[[("'`]|["\u00AB] ?Send(?:Mail|Async)?["\u00BB ][^\n:]{0,80}?\d[^\n:]{0,60}? ?: {1,2}["\u00AB] ?)(?<words>\u00C9?|Errore )$/,
  },
  {
    literals: notSentLiterals,
    sentence: sentence(`${notSent.replace('\u00C9', '').replace('Errore\\s{1,3}', '')}(?=\\s*$)`),
    above: /(?:^|[\n:>] ?|# )(?<words>\u00C9?|Errore )$/,
    below: /^(?:(?!Exception: )[\s\S])*?\p{L} System\.Net\.Mail\.Smtp/u,
  },
  {
    literals: [
      'argument(s): "The operation has timed out',
      'argument(s): "Unable to ',
      'argument(s): "The remote ',
      'nd-MailMessage : ',
      'nd-MailMessage: ',
      'nd-mailmessage : ',
      'nd-mailmessage: ',
      'nd-Mailmessage : ',
    ],
    sentence: sentence(`(?:nd-[Mm]ail[Mm]essage ?: |(?<lead>argument\\(s\\): "))(?:${noConnection})${rest}${end}`),
    above: /(?:(?<words>[Ss]e)|"Send(?:Mail|Async)?" with "\d" )$/,
  },
  { literals: ['SmtpException: The operation '], sentence: sentence(`SmtpException: The operation ${rest}${end}`) },
  { literals: ['SocketException ('], sentence: sentence(`SocketException \\([^()\\n]{1,30}\\): (?=\\S)${rest}${end}`), below: /MailKit|SmtpClient/ },
  // CDO of Windows, and SQL Server's Database Mail, which is .NET's client.
  { literals: ['The transport failed to connect'], sentence: sentence('The transport failed to connect to the server\\.') },
  {
    literals: ['The transport error code was 0x'],
    sentence: sentence('The transport error code was 0x80040217\\. The server response was not available'),
    isSignIn: true,
  },
  {
    literals: ['The transport error code was 0x'],
    sentence: sentence('The transport error code was 0x(?!80040217)[\\dA-Fa-f]{8}\\. The server response was not available'),
  },
  { literals: ['Could not connect to mail server. ('], sentence: sentence('Could not connect to mail server\\. \\((?=[A-Z])[^\\r\\n]{3,400}?\\)') },
  // Windows' telnet.
  {
    literals: [
      'Could not open connection to the host, on port ',
      'mit dem Host hergestellt werden, auf Port ',
      'une connexion \u00E0 l\u2019h\u00F4te. Sur le port ',
      "une connexion \u00E0 l'h\u00F4te. Sur le port ",
      'No se puede abrir la conexi\u00F3n al host, en puerto ',
    ],
    sentence: sentence(
      `(?:Could not open connection to the host, on port|mit dem Host hergestellt werden, auf Port|une connexion \u00E0 l['\u2019]h\u00F4te\\. Sur le port|No se puede abrir la conexi\u00F3n al host, en puerto) ${port}(?: ?: ?\\p{L}[^\\n]{0,60}?)?${end}`,
    ),
    above: /(?:\S[^\n]{0,40} (?<host>[A-Za-z0-9][\w.-]{0,253}?)\.{3}\s{0,8})?(?<words>Es konnte keine Verbindung |Impossible d['\u2019]ouvrir |)$/,
  },
  // PowerShell's Test-NetConnection, whose warning names the address, and its object where only that was copied.
  { literals: ['TCP connect to '], sentence: sentence(`TCP connect to (?:${host}|\\(${host.replaceAll('?<host>', '?<named>')} ?): ?${port}\\)? failed`) },
  {
    literals: ['TcpTestSucceeded '],
    sentence: sentence('TcpTestSucceeded {1,20}: False'),
    above: /ComputerName {1,20}: (?<host>\S{1,253})\s(?:(?!ComputerName)(?:\r\n|[\s\S])){0,400}RemotePort {1,20}: (?:25|465|587|2525)\s(?:(?!ComputerName)(?:\r\n|[\s\S])){0,500}$/,
    unless: /TCP connect to [^\n]{3,120} failed/,
  },
  // Outlook: these two errors are of the outgoing server, others of whatever its task does.
  {
    literals: ['(0x80042109)', '(0x8004210B)', '(0x8004210b)'],
    sentence: sentence(`(?<lead>\\(0x8004210[9Bb]\\)\\s?:?\\s{0,2}['"\u201E\u00AB\u201C])(?=\\p{L})[^\\r\\n]{3,300}?(?=['"\u201C\u201D\u00BB](?!\\p{L})|\\s*$)`),
  },
  {
    literals: ['(0x800CCC0D)', '(0x800CCC0E)', '(0x800CCC0F)', '(0x800CCC0B)', '(0x800CCC13)', '(0x800CCC15)', '(0x800CCC1A)', '(0x800CCC7D)'],
    sentence: sentence(`(?<lead>\\(0x800CCC[01][0-9A-F]\\)\\s?:?\\s{0,2}['"\u201E\u00AB\u201C])(?=\\p{L})[^\\r\\n]{3,300}?(?=['"\u201C\u201D\u00BB](?!\\p{L})|\\s*$)`),
    above: / - Sending['"\u2019][^\n]{0,30}$|SMTP[^\n]{0,80}$/,
  },
  // Outlook Express and its successors.
  {
    literals: ['The connection to the server has failed.', 'Your server has unexpectedly terminated the connection.'],
    sentence: sentence(
      '(?:The connection to the server has failed|Your server has unexpectedly terminated the connection)\\.(?:(?!Protocol: )(?:\\r\\n|[\\s\\S])){0,400}?Protocol: SMTP,?\\s(?:(?!Protocol: )(?:\\r\\n|[\\s\\S])){0,120}?(?:Socket Error: \\d{5}|Error (?:Number|ID): 0x[0-9A-F]{8})',
    ),
  },
  // Microsoft's Remote Connectivity Analyzer.
  {
    literals: ['The specified port is either blocked, not listening'],
    sentence: sentence('The specified port is either blocked, not listening, or not producing the expected response'),
    above: /Testing TCP port (?:25|465|587) on host (?<host>[\w.-]{1,253}) (?:(?!Testing )(?:\r\n|[\s\S])){0,300}$/,
  },
  // SharePoint.
  {
    literals: [' SMTP host ', ' of SMTP host'],
    sentence: sentence(` (?:SMTP host ${host}|of SMTP host(?:: ?${host.replaceAll('?<host>', '?<named>')}|\\.))`),
    above: /(?<words>Cannot (?:connect to|resolve name))$/,
  },
];
