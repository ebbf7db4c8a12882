/** What programs that show mail to people write around what a server said: they leave out the reply code, or advise behind it. */

import { type Anchor, ends, recipient, reply, starts } from './anchorWords.ts';

const advice = /\.?\s{1,3}(?:Please (?:check|verify)|Bitte (?:überprüfen|prüfen|vergewissern)) |\.$/;
/** A label of Outlook's sentence, in any language. */
const labelled = '[\\p{L}()]{2,20}(?: [\\p{L}()]{1,12}){0,2} ?: ';
/** The sentence before it says that sending failed. */
const failed = ends('(?:[Ee]rror|failed|Fehler)[^\\n]{0,160}[.:]\\s{1,4}(?:The|Der) ');

export const clientAnchors: readonly Anchor[] = [
  // Thunderbird and its relatives (messengercompose's composeMsgs.properties); of old ones the reply code is there.
  {
    literals: ['mail server responded:', 'Mail-Server antwortete:'],
    words: starts(`(?:mail server responded|Mail-Server antwortete):\\s{0,4}${reply}`),
    above: failed,
    isAboveNeeded: true,
    end: advice,
  },
  {
    literals: ['mail server responded:', 'Mail-Server antwortete:'],
    words: starts('(?:mail server responded|Mail-Server antwortete):\\s{0,4}(?=\\S[^\\n]{0,80}[A-Za-z]{3})'),
    above: failed,
    isAboveNeeded: true,
    isWords: true,
    end: advice,
  },
  {
    literals: ['incorrect greeting:'],
    words: starts(`incorrect greeting:\\s{0,4}${reply}`),
    above: ends('mail server sent an\\s'),
    isAboveNeeded: true,
    end: advice,
  },
  // Outlook, Outlook Express and their successors, in a sentence or line by line.
  {
    literals: ['Server Response: ', 'Server Response:\n', 'Serverantwort: ', 'Resposta do Servidor: ', 'Respuesta del servidor: ', 'ponse du serveur : ', 'Risposta del server: '],
    words: starts(`(?:Server Response|Serverantwort|Resposta do Servidor|Respuesta del servidor|ponse du serveur|Risposta del server) ?:\\s{1,4}['"\u2018\u201C]?${reply}`),
    above: ends(
      '(?:Proto[ck]o(?:ll?[eo]?|le) ?: SMTP,|(?:Server Error|Erro de Servidor|Serverfehler|Error del servidor|Erreur (?:du )?serveur|Errore del server) ?: \\d{3},?)\\s{1,6}(?:R\u00E9)?',
    ),
    isAboveNeeded: true,
    end: /['"\u2019\u201D]?,\s(?:Port|Porta|Puerto) ?: \d|['"\u2019\u201D],?$/,
  },
  // The same in a language that is not among them: what follows the reply is in all of them port, encryption, code and Microsoft's number.
  {
    literals: [': 0x800CCC', ': 0x800ccc'],
    words: starts(': 0x800CCC[0-9A-Fa-f]{2}(?![0-9A-Fa-f])'),
    above: ends(
      `(?<=SMTP[^\\n]{0,60}: ?['"\u2018\u201C\u201E\u00AB])[45][0-57]\\d[ -][^\\n]{3,300}?['"\u2019\u201C\u201D\u00BB], ${labelled}\\d{2,5}, ${labelled}\\p{L}{2,6}, ${labelled}[45]\\d\\d, [^\\n:,]{3,30}`,
      'u',
    ),
    isAboveNeeded: true,
    isAboveSaid: true,
    end: new RegExp(`\\s?['"\u2019\u201C\u201D\u00BB], ${labelled}\\d{2,5}, `, 'u'),
  },
  // Apple's Mail, which keeps the reply to itself.
  ofApple('The sender address', 'sender'),
  ofApple('(?:The recipient|One of the recipients?,?)', 'recipient'),
  // `postqueue -j` of Postfix.
  {
    literals: ['"delay_reason": "'],
    words: starts('"delay_reason": "(?=[A-Za-z])(?!host \\S{1,300} (?:said|refused to talk to me): [45]\\d\\d)'),
    above: ends(`"address": "${recipient}", `),
    isWords: true,
    end: /"/,
  },
];

/** A sentence of Apple's Mail about an address. */
function ofApple(whose: string, name: string): Anchor {
  return {
    literals: [' was rejected by the server'],
    words: starts('(?= was rejected by the server)(?![^\\n]{0,300}\\b[45]\\d\\d[ -])'),
    above: ends(`${whose} ["'\u2018\u201C]?(?<${name}>[^\\s<>()"'\u2018-\u201F@]{1,64}@[A-Za-z0-9.-]{1,255})["'\u2019\u201D]?,?`),
    isAboveNeeded: true,
    isAboveSaid: true,
    isWords: true,
    end: /(?<=by the server(?: because it does(?:n['\u2019]t| not) allow relaying| [\w-]+(?:\.[\w-]+)+)?)(?=[.!]?["'\u201D]?(?:\s|$))(?! because| [\w-]+\.[\w-])/,
  };
}
