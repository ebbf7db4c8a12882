/** The names that the events of the transport service hold: as inserts where XML lists them, and in the English sentences around them. */

import { endpointAddress } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { isDigit } from '../../text/characters.ts';
import type { Excerpt } from '../../text/excerpt.ts';
import { offsetBelow } from '../../text/lineEnds.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { CaptureName, Captures } from '../../values.ts';

/** Which insert of an event holds what, counted from one as `%1` in its message (learn.microsoft.com, "MSExchangeTransport 2004" and its neighbours). */
const places: Readonly<Record<number, Readonly<Partial<Record<CaptureName | 'response', number>>>>> = {
  1021: { receiveConnector: 1, remoteAddress: 2 },
  1035: { receiveConnector: 2, remoteAddress: 4 },
  2003: { sendConnector: 1, remoteHost: 2, response: 3 },
  2004: { sendConnector: 1, messageId: 2, response: 3 },
  2005: { sendConnector: 1, remoteAddress: 2, response: 3 },
  2016: { sendConnector: 2, remoteHost: 4 },
  2017: { sendConnector: 2, remoteHost: 4 },
  12013: { certificateThumbprint: 1 },
  12018: { certificateThumbprint: 2 },
  12019: { certificateSubject: 1 },
  12024: { certificateThumbprint: 1 },
};

/** The names and the response among an event's inserts; undefined for an event whose inserts are not known. */
export function insertNames(id: number, inserts: readonly Excerpt[]): { readonly captures: Captures; readonly response?: Excerpt } | undefined {
  if (id === 12014 && inserts.length > 1) return { captures: withChanges(subjectOf(inserts[0]?.text ?? ''), connectorCapture(inserts[1]?.text ?? '')) };
  const known = places[id];
  if (!known || Math.max(...Object.values(known)) > inserts.length) return undefined;
  const { response, ...names } = known;
  const captures: Partial<Record<CaptureName, string>> = {};
  for (const [name, number] of Object.entries(names)) Object.assign(captures, capture(name as CaptureName, inserts[number - 1]?.text ?? ''));
  const excerpt = response === undefined ? undefined : inserts[response - 1];
  return { captures, ...(excerpt && { response: excerpt }) };
}

/** The names in an event's English sentence. */
export function namesIn(text: string): Captures {
  const sentence = text.slice(0, offsetBelow(text, 0, longestSentence));
  const captures: Partial<Record<CaptureName, string>> = {};
  for (const { hints, patterns } of sentences) {
    if (!(hints ? hints.every((hint) => sentence.includes(hint)) : holdsThumbprint(sentence))) continue;
    for (const [name, pattern] of patterns) {
      const found = captures[name] === undefined ? pattern.exec(sentence)?.[1] : undefined;
      if (found) Object.assign(captures, capture(name, found));
    }
  }
  return sentence.includes('STARTTLS SMTP verb') ? withChanges<Captures>(captures, starttlsNames(sentence)) : captures;
}

const longestSentence = 2_000;

/** Event 12014 names the certificate that a connector asks for, by its domain or by issuer and subject, and the connector. */
function starttlsNames(sentence: string): Captures {
  const connector = / STARTTLS SMTP verb for the connector ([^\r\n]{1,256}?) with a FQDN parameter of /.exec(sentence)?.[1] ?? '';
  const certificate = / domain name ([^\r\n]{1,1000}?) in the personal store /.exec(sentence)?.[1] ?? '';
  return withChanges(subjectOf(certificate), connectorCapture(connector));
}

/** `<I>CN=…<S>CN=mail.contoso.com`, as TlsCertificateName has it. */
function subjectOf(certificate: string): Captures {
  return stated({ certificateSubject: /<S>([A-Za-z]{1,9}=.{1,1000})$/.exec(certificate.trim())?.[1] });
}

/** A connector of either kind, told by its name: Setup, EdgeSync and the Hybrid Configuration Wizard give theirs, and people say what it is for. With another name it stays open. */
function connectorCapture(written: string): Captures {
  const connector = written.trim().replace(/^(['"])(.*)\1$/, '$2');
  if (/^(?:Default|Standard|Client|Outbound Proxy)\b|\b(?:receive|relay|inbound from|scan)/i.test(connector)) return { receiveConnector: connector };
  return /\bsend\b|^EdgeSync - |\b(?:outbound|to) (?:to )?\w|^internet\b|smart ?host/i.test(connector) ? { sendConnector: connector } : {};
}

/**
 * The hints are what a sentence cannot be without, and are found sooner than the sentence, the rarest first letter first: in most events there
 * is none of them. Around a thumbprint there may be any words.
 */
const sentences: readonly { readonly hints?: readonly string[]; readonly patterns: readonly (readonly [CaptureName, RegExp])[] }[] = [
  {
    hints: ['Receiv'],
    patterns: [
      ['receiveConnector', / for Receive connector ([^\r\n]{1,256}?)\.(?:\s|$)/],
      ['receiveConnector', /^\s*Receive connector ['"]?([^\r\n]{1,256}?)['"]? rejected an incoming connection/],
      ['remoteAddress', / rejected an incoming connection from IP address ['"]?([0-9A-Fa-f.:]{2,45}?)['"]?\.?(?:\s|$)/],
    ],
  },
  { hints: ['IP add'], patterns: [['remoteAddress', /source IP address of the client[^[\r\n]{0,120}\[([^\]]{2,45})\]/]] },
  { hints: ['connec'], patterns: [['remoteAddress', /\bthe connection to (\[[0-9A-Fa-f.:]{2,45}\](?::\d{1,5})?|\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?)(?=[ .,]|$)/]] },
  {
    hints: ['Send c', 'authen'],
    patterns: [
      ['sendConnector', /^\s*Send connector ([^\r\n]{1,256}?) has failed to authenticate with /],
      ['sendConnector', /error [^\r\n]{1,256}? (?:for|with) Send connector ([^\r\n]{1,256}?)\. The authentication mechanism /],
    ],
  },
  {
    hints: ['The '],
    patterns: [
      ['remoteHost', / has failed to authenticate with (\S{1,256})\. The response /],
      ['remoteHost', /\. The (?:target is|name of the server that we were trying to authenticate to was) (\S{1,256})\.(?:\s|$)/],
    ],
  },
  // The first one is the certificate that the event is about; another one may be what is used in its place.
  { patterns: [['certificateThumbprint', /(?<![\w@<.-])([0-9A-Fa-f]{40})(?![\w@-]|\.\w)/]] },
  { hints: ['Certif'], patterns: [['certificateSubject', /Certificate subject: ([A-Za-z]{1,9}=[^\r\n]{1,1000}?)\.?(?:\r?\n|$)/]] },
];

/** Whether as many hexadecimal digits stand in a row as a thumbprint has: one of every so many characters is among them. */
function holdsThumbprint(text: string): boolean {
  for (let at = thumbprint - 1; at < text.length; at += thumbprint) {
    let start = at;
    while (start > at - thumbprint && isHexadecimal(text.charCodeAt(start))) start--;
    let end = at + 1;
    while (start < at && end - start <= thumbprint && isHexadecimal(text.charCodeAt(end))) end++;
    if (end - start > thumbprint) return true;
  }
  return false;
}

const thumbprint = 40;

function isHexadecimal(code: number): boolean {
  const lower = code | 0x20;
  return isDigit(code) || (lower >= 0x61 && lower <= 0x66);
}

/** A name if it has the shape of what it is: an insert may be empty, or a word such as "Unavailable" in its place. */
function capture(name: CaptureName, written: string): Captures {
  const value = written.trim();
  if (value === '') return {};
  if (name === 'messageId') return messageIdCapture(/[<@]/.test(value) ? value : '');
  if (name === 'remoteAddress') {
    const remoteAddress = endpointAddress(value);
    return remoteAddress ? { remoteAddress } : {};
  }
  if (name === 'remoteHost') {
    // A Kerberos name has its service before the host: `SMTPSVC/mx.fabrikam.com`.
    const host = value.slice(value.indexOf('/') + 1);
    return /^[\w.-]+$/.test(host) ? { remoteHost: host } : {};
  }
  if (name === 'certificateThumbprint') return /^[0-9A-Fa-f]{40}$/.test(value) ? { certificateThumbprint: value } : {};
  return { [name]: value };
}

/** A list wraps its lines inside a message ID too, which cannot hold a blank (RFC 5322, 3.6.4). */
export function messageIdCapture(written: string): Captures {
  const messageId = written.replace(/\s+/g, '');
  return messageId ? { messageId } : {};
}
