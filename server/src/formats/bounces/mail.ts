/** Bounces as mails: which mails are bounces, and what their parts say. */

import { addressPattern } from '../../smtp/replyWords.ts';
import { type Excerpt, literalExcerpt, sliceExcerpt } from '../../text/excerpt.ts';
import { standsAt } from '../../text/occurrences.ts';
import type { Captures, Span } from '../../values.ts';
import { htmlText } from '../shapes/htmlText.ts';
import type { Bounce, Reported } from './bounce.ts';
import { asDelay, readReport } from './deliveryStatus.ts';
import { isDelay, readBounceLines, returnedMessageStart } from './lines.ts';
import { type MailPart, type PartText, partText, readFields, readMail } from './mime.ts';
import { firstParagraph } from './sentence.ts';
import { readBounceText } from './text.ts';

/**
 * The bounces that a text is or holds as a mail: the text itself, each mail of a mailbox file, or a bounce that was attached to another mail.
 * A text that does not begin as a mail costs one look at its first line.
 */
export function findMails(text: string): Span[] {
  if (!beginsAsMail(text)) return [];
  return mailSpans(text).flatMap((span) => bouncesIn(text, readMail(text, span)).map((mail) => mail.span));
}

export function beginsAsMail(text: string): boolean {
  return standsAt(text, firstLine, 0);
}

const firstLine = /\uFEFF?(?:>?From |[A-Za-z][A-Za-z0-9-]{1,60}:)/y;

/** Whether a stretch can be a mail that is a bounce or has one attached: it begins as one, and has a field that says so. */
export function mayBeMail(text: string, start: number, end: number): boolean {
  return standsAt(text, firstLine, start) && /^\uFEFF?(?:from|content-type|x-failed-recipients|return-path|auto-submitted|x-mlserver)\s*:/im.test(text.slice(start, end));
}

export function isMailbox(text: string): boolean {
  return /^\uFEFF?From /.test(text);
}

/** In a mailbox file each mail begins with a line "From " after an empty line. */
function mailSpans(text: string): Span[] {
  const starts = [0];
  if (isMailbox(text)) for (const found of text.matchAll(/\n\n(?=From \S+ )/g)) starts.push(found.index + found[0].length);
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? text.length }));
}

/** The mail if it is a bounce, or else the bounces attached to it. */
function bouncesIn(text: string, mail: MailPart): MailPart[] {
  if (isBounce(mail)) return [mail];
  return leaves(mail)
    .filter(isReturned)
    .map((part) => readMail(text, part.body))
    .filter(isBounce);
}

const leaves = (part: MailPart): MailPart[] => (part.parts.length > 0 ? part.parts.flatMap(leaves) : [part]);
const isReport = ({ type }: MailPart): boolean => /^message\/(?:global-)?delivery-status$/.test(type);
const isReturned = ({ type }: MailPart): boolean => /^(?:message\/(?:rfc822|global)|(?:text|message)\/(?:rfc822|global)-headers)$/.test(type);

const subjects =
  /undeliver|non-?deliver|returned? (?:mail|to sender)|failure notice|delivery (?:status|failure|failed|notification|has failed|report)|mail (?:delivery|failure|error|could not)|(?:could|can) ?not be delivered|mail system error|delivery.{0,20}fail|unzustellbar|non remis|no se puede entregar|no entregado|impossibile recapitare|mancato recapito|non recapitabile|não.{0,10}entreg|niet bezorgd|onbestelbaar|nie można dostarczyć|niedostarczalne|не доставлено|недоставлен|配信不能|配信できません|配信不可|送信できません|送信に失敗|无法投递|未送达|無法傳遞/i;

/** Whether headers and parts say so: a report, the failed recipients, or a mail system that writes. */
function isBounce(mail: MailPart): boolean {
  return isSurelyBounce(mail) || isFromSystem(mail);
}

const fieldOf = (mail: MailPart, name: string): string => mail.fields.get(name) ?? '';
const isFromSystem = (mail: MailPart): boolean =>
  /mailer-?daemon|post_?master|mail deliver|system administrator|microsoft outlook|microsoftexchange[0-9a-f]{8}/i.test(fieldOf(mail, 'from'));

/** Sure enough that a sentence without codes states a failure: no answer about a holiday, no letter from a postmaster. */
export function isSurelyBounce(mail: MailPart): boolean {
  const parts = leaves(mail);
  if (/report-type\s*=\s*"?delivery-status/i.test(fieldOf(mail, 'content-type')) || fieldOf(mail, 'x-failed-recipients') || parts.some(isReport)) return true;
  const isAutomatic = /^<(?:MAILER-DAEMON[^<>]*)?>$/i.test(fieldOf(mail, 'return-path')) || /^auto-(?:replied|generated)/i.test(fieldOf(mail, 'auto-submitted'));
  if (isFromList(mail)) return true;
  const isAboutDelivery = subjects.test(fieldOf(mail, 'subject'));
  return isFromSystem(mail) ? isAutomatic || isAboutDelivery || parts.some(isReturned) : isAutomatic && isAboutDelivery;
}

/** The managers of mailing lists refuse in their own name: fml, Mailman, Sympa, LISTSERV. The subject is theirs from its first word, so that no member's mail about a refusal is meant. */
function isFromList(mail: MailPart): boolean {
  const isManager = mail.fields.has('x-mlserver') || /\b(?:sympa|listserv)\b|-(?:bounces|owner|admin)(?:\+[^@]{0,64})?@/i.test(fieldOf(mail, 'from'));
  return isManager && refusalsOfLists.test(fieldOf(mail, 'subject'));
}

const refusalsOfLists =
  /^(?:you .{1,80} (?:is|are) not (?:a )?members?\b|request to mailing list .{1,80} rejected|message distribution to \S{1,320} rejected|rejected posting to )/i;

/** Reads a bounce that `findMails` found. */
export function readBounce(text: string, span: Span, depth = 0): Bounce {
  const mail = readMail(text, span);
  const parts = leaves(mail);
  const returned = parts.find(isReturned);
  const reported: Reported[] = parts.filter(isReport).flatMap((part) => readReportPart(partText(text, part, Number.POSITIVE_INFINITY)));
  const human = humanText(text, parts, returned) ?? { excerpt: literalExcerpt(text, { start: span.end, end: span.end }) };
  const { excerpt, line } = human;
  const end = returnedMessageStart(excerpt.text);
  const visible = sliceExcerpt(excerpt, 0, end);
  // A report can stand in the text, as gateways write it, or where the parts of a mail are broken.
  if (reported.length === 0) reported.push(...readReportPart({ ...human, excerpt: visible }));
  const isCertain = isSurelyBounce(mail);
  const known = knownRecipients(mail, reported);
  const stated = readBounceText(visible, known, isCertain && !isFromList(mail) ? 'certain' : 'likely');
  // A gateway that says nothing itself passes on the bounce of another.
  const inner = reported.length === 0 && stated.length === 0 && depth === 0 ? (returned?.body ?? { start: excerpt.place(end), end: span.end }) : undefined;
  if (inner && isSurelyBounce(readMail(text, inner))) return readBounce(text, inner, 1);
  // Nobody is named, as where a telephone or a mailing list was written to.
  const said = isCertain && reported.length === 0 && stated.length === 0 && known.length === 0 ? firstParagraph(visible, readBounceLines(visible.text, []), known) : stated;
  const isDelayed = isWarning(mail, visible.text);
  const told = said.map((statement) => ({ ...statement, ...(isDelayed && { read: asDelay(statement.read) }), ...(line && { line }) }));
  const captures = returned ? returnedCaptures(text, returned) : fieldCaptures(returnedFields(excerpt, end));
  const date = mail.fields.get('date');
  return { isOne: true, isDelay: isDelay(visible.text), reported, told, captures: { ...serverOf(visible.text), ...captures }, ...(date && { date }) };
}

const readReportPart = ({ excerpt, line }: PartText): Reported[] => readReport(excerpt).map((recipient) => ({ ...recipient, ...(line && { line }) }));

/** The text for people: the first part that is text, before the returned message; as HTML only where there is no other. */
function humanText(text: string, parts: readonly MailPart[], returned: MailPart | undefined): PartText | undefined {
  const before = parts.filter((part) => !isReport(part) && (!returned || part.span.start < returned.span.start));
  const plain = before.find((part) => (part.type === 'text/plain' || part.type.startsWith('multipart/')) && /\S/.test(text.slice(part.body.start, part.body.start + 4_000)));
  const page = before.find(({ type }) => type === 'text/html');
  if (plain) return partText(text, plain);
  if (!page) return undefined;
  const { excerpt, line } = partText(text, page);
  return { excerpt: htmlText(excerpt), ...(line && { line }) };
}

function knownRecipients(mail: MailPart, reported: readonly Reported[]): string[] {
  const failed = reported.filter((recipient) => recipient.failed).flatMap(({ recipient }) => recipient ?? []);
  if (failed.length > 0) return failed;
  return (mail.fields.get('x-failed-recipients') ?? '').match(new RegExp(addressPattern, 'g')) ?? [];
}

/** A warning says that the delivery is tried again: it is told as a delay. */
function isWarning(mail: MailPart, text: string): boolean {
  return /\bdelay|warning/i.test(mail.fields.get('subject') ?? '') || isDelay(text);
}

/** "Generating server: EX01.contoso.com" in any language: the label above an address with Exchange's diagnostic below it. */
export function serverOf(text: string): Captures {
  const server =
    /^[^\n:：]{3,60}[:：][ \t]*([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,9}\.[A-Za-z][A-Za-z0-9-]{0,62})[ \t]*\n(?:[^\n]{0,300}\n){0,6}?[^\n]{0,300}(?:#[45<]|returned ')/m.exec(
      text,
    )?.[1] ?? /^[ \t>]*(?:Hi\. )?This is the [^\n]{1,60} (?:at|at host) ([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,10})\.?\s*$/im.exec(text)?.[1];
  return server ? { server } : {};
}

function returnedCaptures(text: string, returned: MailPart): Captures {
  const { excerpt } = partText(text, returned);
  return fieldCaptures(readFields(excerpt.text, { start: Math.max(0, excerpt.text.search(/\S/)), end: Math.min(excerpt.text.length, longestHeader) }).fields);
}

const longestHeader = 64_000;

/** The headers of the returned message, where they stand in the text below the line that announces it. */
export function returnedFields(excerpt: Excerpt, end: number): ReadonlyMap<string, string> {
  const below = excerpt.text.slice(end, end + longestHeader);
  const first = /^(?:Return-Path|Received|X-Received|Delivered-To|DKIM-Signature|X-Google-DKIM-Signature|Message-ID|Date|From|To|Subject|MIME-Version): ?\S/im.exec(below);
  return first ? readFields(below, { start: first.index, end: below.length }).fields : new Map();
}

export function fieldCaptures(fields: ReadonlyMap<string, string>): Captures {
  const messageId = /<[^<>\s]{1,998}>/.exec(fields.get('message-id') ?? '')?.[0];
  const address = new RegExp(addressPattern);
  const sender = address.exec(fields.get('return-path') ?? '')?.[0] ?? address.exec(fields.get('from') ?? '')?.[0];
  return { ...(messageId && { messageId }), ...(sender && { sender }) };
}
