/**
 * Exchange's reasons in the reader's language, where somebody has copied them without the diagnostics below. No code tells them from a letter,
 * so each proves itself: by the parts of the address that stands above it, by the address that a sentence about delivery names, or as a whole.
 */

import { recipientCaptures } from '../../smtp/address.ts';
import { addressPattern } from '../../smtp/replyWords.ts';
import { type Excerpt, literalExcerpt, placeSpan, unwrapExcerpt, withSingleBlanks } from '../../text/excerpt.ts';
import { offsetAbove, offsetBelow } from '../../text/lineEnds.ts';
import { seamBetweenLines } from '../../text/seam.ts';
import { stretchAt } from '../../text/spans.ts';
import type { LogRecord, Span } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';

/** What the reasons cannot be without, of which there is little in other texts. */
const words: readonly string[] = [
  't found at ',
  'you entered',
  'gave this error:',
  'authorized, message refused',
  'no e-mail address.',
  'behalf of the specified user',
  'could send to this recipient',
  'an diesen Empf\u00E4nger senden',
  'nicht gefunden',
  'introuvable',
  'o se encontr',
  'o se pudo encontr',
  'stato trovat',
  'Impossibile trovare',
  'niet gevonden',
  'niet worden gevonden',
  'foi encontrad',
  'essage is too large',
  'Nachricht ist zu gro',
  'message est trop',
  'demasiado grande',
  'troppo grande',
  'bericht is te groot',
  'muito grande',
  'accept messages',
  'Nachrichten annehmen',
  'accepter de messages',
  'aceptar mensajes',
  'accettare messaggi',
  'geen berichten',
  'aceitar mensagens',
  'been delivered yet',
  'noch nicht zugestellt',
  'noch nicht \u00FCbermittelt',
  'pas encore \u00E9t\u00E9 remis',
  'no se ha entregado',
  'ancora stato recapitato',
  'nog niet bezorgd',
  'ainda n\u00E3o foi entregue',
];

export const bounceReasons: LogFormat = {
  id: 'ndr',
  title: 'Bounces, reason alone',
  isApart: true,
  literals: words,
  find: (text, free, occurrences) => readBetween(text, free, occurrences(words)).map(({ span }) => span),
  // What stands above decides whether a reason is one.
  seam: (text, at, stretches) => (stretchAt(stretches, at) ? seamBetweenLines(text, at, 2 * longestLead) : undefined),
  steps: (text, stretches, _wanted, occurrences) => readBetween(text, stretches, occurrences(words)),
};

function readBetween(text: string, stretches: readonly Span[], places: readonly number[]): LogRecord[] {
  const records: LogRecord[] = [];
  let from = 0;
  for (const place of places) {
    const stretch = place < from ? undefined : stretchAt(stretches, place);
    const record = stretch && readAround(text, place, { start: Math.max(from, stretch.start), end: stretch.end });
    if (!record) continue;
    records.push(record);
    from = record.span.end;
  }
  return records;
}

/** The address stands no further above. */
const longestLead = 600;
const longestReason = 400;

function readAround(text: string, place: number, within: Span): LogRecord | undefined {
  const around = unwrapExcerpt(literalExcerpt(text, { start: offsetAbove(text, place, longestLead), end: offsetBelow(text, place, longestReason, within.end) }));
  const found = foundReason(around, place, text.length < longestReason);
  if (!found || found.span.start < within.start || isToldBeside(text, found.span)) return undefined;
  return {
    format: 'ndr',
    isToSender: true,
    what: found.isWaiting ? 'waits' : 'failed',
    span: found.span,
    mark: found.mark,
    places: [found.mark],
    response: { text: withSingleBlanks(found.text) },
    captures: { ...(found.recipient && recipientCaptures(found.recipient)), ...(found.host && { remoteHost: found.host }) },
  };
}

interface Reason {
  /** With what it is introduced by. */
  readonly span: Span;
  readonly mark: Span;
  readonly text: string;
  readonly recipient?: string;
  /** The server that gave it. */
  readonly host?: string;
  readonly isWaiting?: true;
}

/** @param isWhole Whether the text is so short that all of it is around. */
function foundReason(around: Excerpt, place: number, isWhole: boolean): Reason | undefined {
  for (const { pattern, proof, isWaiting } of reasons) {
    pattern.lastIndex = 0;
    for (let found = pattern.exec(around.text); found; found = pattern.exec(around.text)) {
      const span = placeSpan(around, found.index, found.index + found[0].length);
      if (span.start > place) break;
      const said = found.groups?.['said'];
      // The subject stands above what says that a message waits.
      if (span.end <= place || !(isWaiting || beginsSentence(around.text, found.index))) continue;
      const above = around.text.slice(0, found.index);
      const recipient = proof === 'parts' ? addressOf(above, found.slice(1)) : deliveredTo(above, isWaiting ? 0 : said === undefined ? 1 : 5);
      // A text that is the sentence and nothing else is what somebody asks about.
      const isAll = isWhole && alone.test(found[0]) && around.text.replace(/[\s.!"'\u201C-\u201E\u00AB\u00BB]+/g, ' ').trim() === found[0].replace(/\s+/g, ' ');
      if (proof !== 'itself' && !recipient && !isAll) continue;
      const told = said ?? found[0];
      const end = found.index + found[0].length;
      const host = found.groups?.['host'];
      return { span, mark: placeSpan(around, end - told.length, end), text: told, ...(recipient && { recipient }), ...(host && { host }), ...(isWaiting && { isWaiting }) };
    }
  }
  return undefined;
}

/** What only a mail system says: that it is a message which is too large. */
const alone = /zu groß$|too large$|trop (?:volumineux|grand|gros)$|demasiado grande$|troppo grande$|te groot$|muito grande$/;

/** Within a sentence it is somebody's who writes about it. */
function beginsSentence(text: string, start: number): boolean {
  return (
    /(?:^|[.!?:>"'\u201C\u201E\u00AB*\u3000\n]|^[ \t>-]+)\s*$/.test(text.slice(Math.max(0, start - 12), start)) ||
    /@\S{1,255}>?\)?\s{1,4}$/.test(text.slice(Math.max(0, start - 280), start))
  );
}

/** The address above that has these parts: the name and the domain that were looked for. */
function addressOf(above: string, parts: readonly string[]): string | undefined {
  const [name = '', domain = ''] = parts.filter((part) => part !== undefined);
  const wanted = `${name}@${domain}`.toLowerCase();
  return above.match(addresses)?.findLast((address) => address.toLowerCase() === wanted);
}

/** The last address above, if what stands around it is about a delivery, and only Exchange's own advice between. */
function deliveredTo(above: string, mostSentences: number): string | undefined {
  const [address, at] = [...above.matchAll(addresses)].map((found) => [found[0], found.index] as const).at(-1) ?? [];
  if (address === undefined || at === undefined || !aboutDelivery.test(above)) return undefined;
  return (above.slice(at + address.length).match(/[.!?](?=\s)/g)?.length ?? 0) > mostSentences ? undefined : address;
}

const addresses = new RegExp(addressPattern, 'g');

/** The words of Exchange's sentence about the message that was not delivered, in the languages of the reasons. */
const aboutDelivery =
  /is delayed to these|wurde verz\u00F6gert|(?:a \u00E9t\u00E9|est) retard\u00E9e?|se ha retrasado|\u00E8 stat[ao] ritardat[ao]|is vertraagd|foi adiada|rejected your message to|cannot be reached:|could ?n['\u2019o]t be delivered|has failed to these|was ?n['\u2019o]t delivered|nicht (?:zugestellt|an \S+ übermittelt)|Fehler bei der (?:Nachrichten)?zustellung|pas (?:pu )?être remis|Échec de la remise|remettre votre message|n['\u2019]a pas été remis|pud(?:o|ieron) entregar|puede entregar|no se entregó|[Ee]rror (?:de|en la) entrega|recapitare|stato recapitato|recapito non riuscito|niet worden bezorgd|niet bezorgd|[Bb]ezorging (?:is )?mislukt|possível entregar|pôde ser entregue|foi entregue|[Ff]alha na entrega/;

/** The diagnostics below tell the same with its code, and a report does. */
function isToldBeside(text: string, { start, end }: Span): boolean {
  const near = text.slice(offsetAbove(text, start, longestLead), offsetBelow(text, end, farthestCode));
  return /[45]\d\d[ -]#?[45]\.\d{1,3}\.\d|#[45]\.\d{1,3}\.\d{1,3}|(?:Status|Diagnostic-Code):/.test(near);
}

const farthestCode = 6_000;

/** What makes a reason sure: the two parts of an address above it, an address in a sentence about delivery, or its own words. */
type Proof = 'parts' | 'delivery' | 'itself';

interface KnownReason {
  readonly proof: Proof;
  readonly pattern: RegExp;
  /** Whether the message is still being tried. */
  readonly isWaiting?: true;
}

const name = '["\u201C\u201E\u00AB]?([^\\s<>()@,;:"\u201C\u201E\u00AB]{1,64}?)["\u201D\u201C\u00BB]?';
const domain = '["\u201C\u201E\u00AB]?([A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,8})["\u201D\u201C\u00BB]?';

/** English, German, French, Spanish, Italian, Dutch and Portuguese, as the bounces of Exchange Online and of Exchange 2013 to SE have them. */
const reasons: readonly KnownReason[] = [
  ...[
    `${name} was ?n['\u2019o]t found (?:at|in) ${domain}`,
    `${name} wurde (?:in|unter|bei|auf) ${domain} nicht gefunden`,
    `${name} (?:est introuvable|n['\u2019]a pas été trouvée?) (?:à|dans|sur) ${domain}`,
    `No se (?:encontró|ha encontrado|pudo encontrar) (?:a )?${name} en ${domain}`,
    `${name} no se encontró en ${domain}`,
    `${name} non è stat[oa] trovat[oa] (?:in|su|presso) ${domain}`,
    `${name} (?:is|kan|werd) niet (?:worden )?gevonden (?:op|bij|in) ${domain}`,
    `${name} não foi encontrad[oa] (?:em|no|na) ${domain}`,
  ].map((pattern) => reason('parts', pattern)),
  ...[
    "The e-?mail address you entered could(?:n['\u2019]t| not) be found",
    'Die (?:von Ihnen )?eingegebene E-Mail-Adresse (?:konnte|wurde) nicht gefunden(?: werden)?',
    "L['\u2019]adresse (?:e-mail|de messagerie|de courrier électronique) (?:que vous avez (?:entrée|saisie)|entrée|saisie|indiquée) est introuvable",
    'No se (?:encontró|pudo encontrar|ha encontrado) la dirección de correo electrónico (?:que (?:escribió|especificó|ingresó|ha escrito)|especificada|introducida)',
    "Impossibile trovare l['\u2019]indirizzo (?:di posta elettronica|e-?mail) (?:immesso|specificato|inserito)",
    'Het (?:door u )?(?:ingevoerde |opgegeven )?e-?mailadres (?:dat u hebt (?:ingevoerd|opgegeven) )?(?:is|kan|kon) niet (?:worden )?gevonden(?: worden)?',
    'O endereço de (?:e-?mail|correio eletrónico) (?:que você )?(?:inseri[ud]o|digit(?:ou|ado)|introduzi[ud]o|informado) não foi encontrado',
    // What the other server said, without its codes.
    '(?<host>[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,8}) gave this error: (?<said>(?![45]\\d\\d|#|SMTP;)[A-Z][^.!?<>]{8,200}[.!?]?)',
    'Delivery not authorized, message refused(?! by Transport)',
    'The recipient has been deleted or has no e-mail address',
    '(?:Your|This|The) message is too large',
    '(?:Die|Ihre|Diese) Nachricht ist zu groß',
    '(?:Le|Ce|Votre) message est trop (?:volumineux|grand|gros)',
    '(?:El|Este|Su|Tu) mensaje es demasiado grande',
    '(?:Il|Questo) messaggio è troppo grande',
    '(?:Het|Dit|Uw) bericht is te groot',
    '(?:A|Esta|Sua|A sua) mensagem é (?:muito|demasiado) grande',
  ].map((pattern) => reason('delivery', pattern)),
  ...[
    "This message has(?:n['\u2019]t| not) been delivered yet",
    'Diese Nachricht wurde noch nicht (?:zugestellt|\u00FCbermittelt)',
    "Ce message n['\u2019]a pas encore \u00E9t\u00E9 remis",
    'Este mensaje (?:todav\u00EDa|a\u00FAn) no se ha entregado',
    'Questo messaggio non \u00E8 ancora stato recapitato',
    'Dit bericht is nog niet bezorgd',
    'Esta mensagem ainda n\u00E3o foi entregue',
  ].map((pattern) => ({ ...reason('delivery', pattern), isWaiting: true as const })),
  ...[
    // Outlook, of a message that the mailbox does not take from it.
    'You do not have (?:the )?permission to send the message on behalf of the specified user\\. Error is \\[0x[\\dA-Fa-fx-]{8,40}\\]',
    // Outlook, where no account of its profile is for addresses of that kind.
    'None of your e-?mail accounts could send to this recipient',
    'Keines Ihrer E-Mail-Konten konnte an diesen Empf\u00E4nger senden',
    "The recipient['\u2019]s mailbox is full and can(?:['\u2019]t|not) accept messages(?: now)?",
    'Das Postfach des Empfängers ist voll und kann (?:zurzeit|derzeit|momentan|jetzt|im Moment) keine Nachrichten annehmen',
    "La boîte aux lettres du destinataire est pleine et ne peut pas accepter de messages(?: pour l['\u2019]instant| actuellement| pour le moment)?",
    'El buzón del destinatario está lleno y no puede aceptar mensajes(?: en este momento| ahora)?',
    'La cassetta postale del destinatario è piena e (?:al momento |attualmente )?non può accettare messaggi',
    'Het postvak van de (?:geadresseerde|ontvanger) is vol en kan (?:nu |momenteel |op dit moment )?geen berichten (?:accepteren|ontvangen|aannemen)',
    'A caixa de correio do destinatário está cheia e não pode aceitar mensagens(?: agora| no momento| neste momento)?',
  ].map((pattern) => reason('itself', pattern)),
];

function reason(proof: Proof, pattern: string): KnownReason {
  return { proof, pattern: new RegExp(`${proof === 'parts' ? '' : '(?<!\\p{L})'}${pattern.replaceAll(' ', '\\s{1,4}').replaceAll('\\s{1,4}?', '\\s?')}`, 'gu') };
}
