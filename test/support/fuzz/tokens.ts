/** What means something to a reader of logs, and stands where nobody expects it. */

const quotes = ['"', "'", '""', '"""', '\\"', '\u201C', '\u2019', '`', '```', '","', '";"', "'@"];
const separators = [',', ';', '\t', '|', ',,,,,,,,', ' : ', '=', '{', '}', '[', ']', '(', '<', '>', '&', '#', '> > > '];
const lineEnds = ['\r', '\n', '\r\n', '\n\n', '\r\r\n', '\n\r', '\n \n', '\u000B', '\u000C', '\u0085', '\u2028', '\u2029'];
const replies = [
  '550-',
  '550 ',
  '550 5.1.1 ',
  '\n550-5.1.1 a\n550 5.1.1 b\n',
  '454 4.7.0 ',
  '5.7.1',
  '#5.1.1',
  '#550 5.1.1 x##',
  '250 2.0.0 OK',
  '421-4.',
  '599 9.9.9',
  '[nl]',
  '{LED=550 5.1.1 x}',
  'LastError=',
  'Remote server returned: ',
  'User unknown',
  'smtp;550 5.1.1 ',
];
const columns = [
  '#Fields: ',
  '\n#Fields: date-time,session-id,connector-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\n',
  '\n#Software: Microsoft Exchange Server\n',
  '#Log-type: SMTP Receive Protocol Log',
  ',<,',
  ',>,RCPT TO:<bob@fabrikam.com>,',
  '2026-01-15T08:00:00.000Z',
  '2026-01-15 08:00:00',
  '03/04/2026 9:15:42 AM',
  'Jan 15 08:00:00 ',
];
const events = [
  'MSExchangeTransport',
  'Event ID:      2004\n',
  'Log Name:      Application\n',
  'Source:        MSExchangeTransport\n',
  'Description:\n',
  '<Event xmlns="',
  '</Event>',
  '<![CDATA[',
];
const mails = [
  '\nFrom: MAILER-DAEMON@contoso.com\n',
  'From bob@fabrikam.com Thu Jan 15 08:00:00 2026\n',
  '\nContent-Type: multipart/report; boundary="b"\n\n--b\n',
  '--b--\n',
  '\nContent-Transfer-Encoding: base64\n\n',
  '=3D',
  '=\n',
  'Final-Recipient: rfc822; bob@fabrikam.com\n',
  'Diagnostic-Code: smtp; 550 5.1.1 x\n',
  '=?utf-8?B?NTUw?=',
];
const escapes = ['\\n', '\\r\\n', '\\u0041', '\\u', '\\\\', '&#10;', '&#x41;', '&amp;lt;', '&lt;', '{"a":"', '"}\n', '<br>', '_x000D__x000A_', '%0A'];
const oddities = [
  '\0',
  '\0\0\0\0',
  '\uD800',
  '\uDC00',
  '\u{1F4EC}',
  '\uFEFF',
  '\uFFFD',
  '\u00FF',
  '\u200B',
  '\u202E',
  '\u2066',
  '\u001B[2J',
  '\u001B]0;x\u0007',
  '\u007F',
  '\u0130',
  'a'.repeat(500),
  'x'.repeat(5_000),
  '5'.repeat(300),
  ' '.repeat(500),
  '(((((((((((((((((((((((((((((((((',
  '__proto__',
];

export const tokens: readonly string[] = [quotes, separators, lineEnds, replies, columns, events, mails, escapes, oddities].flat();
