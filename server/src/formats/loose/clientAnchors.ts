/** What programs that show mail to people write around what a server said: they leave out the reply code, or advise behind it. */

import { type Anchor, ends, recipient, reply, starts } from './anchorWords.ts';

const advice = /\.?\s{1,3}(?:Please (?:check|verify)|Bitte (?:überprüfen|prüfen|vergewissern)) |\.$/;
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
  // `postqueue -j` of Postfix.
  {
    literals: ['"delay_reason": "'],
    words: starts('"delay_reason": "(?=[A-Za-z])(?!host \\S{1,300} (?:said|refused to talk to me): [45]\\d\\d)'),
    above: ends(`"address": "${recipient}", `),
    isWords: true,
    end: /"/,
  },
];
