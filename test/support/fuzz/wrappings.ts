/** A text inside of another form, as tickets, exports, mails and wikis hold logs. */

import type { Mutator } from './mutators.ts';

const jsonString: Mutator = (text, random) => JSON.stringify({ ticket: 1, body: text }, undefined, random.oneIn(2) ? 2 : undefined);

/** What a driver of container logs writes: an object a line. */
const jsonLines: Mutator = (text) => text.replace(/[^\n]*\n|[^\n]+$/g, (line) => `${JSON.stringify({ log: line, stream: 'stdout' })}\n`);

const csvCell: Mutator = (text, random) => `Id,Text,Owner\r\n1,"${text.replaceAll('"', '""')}",${random.oneIn(2) ? 'bob' : ''}\r\n`;

const quotedMail: Mutator = (text, random) => `On Thursday Bob wrote:\n${text.replace(/^/gm, '> '.repeat(random.between(1, 3)))}\n`;

const htmlParagraph: Mutator = (text, random) => {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<html><body><p>${escaped.replace(/\r?\n/g, random.pick(['<br>\n', '</p>\n<p>', '\n']))}</p></body></html>\n`;
};

const mail: Mutator = (text, random) => {
  const isBase64 = random.oneIn(2);
  const body = isBase64
    ? (
        Buffer.from(text)
          .toString('base64')
          .match(/.{1,76}/g) ?? []
      ).join('\r\n')
    : quotedPrintable(text);
  const head = 'From: MAILER-DAEMON@contoso.com\r\nTo: bob@fabrikam.com\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n';
  const part = `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: ${isBase64 ? 'base64' : 'quoted-printable'}\r\n\r\n${body}\r\n`;
  return random.oneIn(2) ? head + part : `${head}Content-Type: multipart/mixed; boundary="b1"\r\n\r\n--b1\r\n${part}--b1--\r\n`;
};

const codeFence: Mutator = (text, random) => `Some words.\n\n${random.pick(['```', '~~~', '{code}'])}log\n${text}\n${random.pick(['```', '~~~', '{code}', ''])}\n`;

const eventXml: Mutator = (text) =>
  `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="MSExchangeTransport"/><EventID>2004</EventID><TimeCreated SystemTime="2026-01-15T08:00:00Z"/></System><EventData><Data>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</Data></EventData></Event>\n`;

/** UTF-16 that was read as Latin-1. */
const misread: Mutator = (text) => text.slice(0, 20_000).replace(/[\s\S]/g, (character) => `${character}\0`);

export const wrappings: readonly Mutator[] = [jsonString, jsonString, jsonLines, csvCell, quotedMail, htmlParagraph, mail, mail, codeFence, eventXml, misread];

function quotedPrintable(text: string): string {
  const encoded = (character: string): string => [...Buffer.from(character)].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
  return text.replace(/[^\t\r\n -<>-~]/gu, encoded).replace(/[^\r\n]{70}(?=[^\r\n]{4})/g, (line) => (/=.?$/.test(line) ? line : `${line}=\r\n`));
}
