/** Whether somebody asks others for help: what is said of a mail system there is a report of his own, whatever its sentence looks like. */

import { textAbove, textBelow } from '../../text/lineEnds.ts';

/** Whether help is asked for near an offset. */
export function isAskedAround(text: string, offset: number): boolean {
  return asks.test(textAbove(text, offset, farthestQuestion)) || asks.test(textBelow(text, offset, farthestQuestion));
}

const farthestQuestion = 600;

/** English, German, French, Spanish, Italian, Dutch, Polish and Portuguese. */
const asks = new RegExp(
  `(?<!\\p{L})(?:${[
    '(?:please|pls|can|could|would) (?:any(?:one|body)|some(?:one|body)|you guys|you) (?:please )?(?:help|advise|explain|assist)|please (?:help|advise|assist)|help me\\b',
    '(?:any|some) (?:ideas?|help|suggestions?|thoughts|hints?|pointers|clues?|advice)(?: (?:please|appreciated|welcome|on|would|is|are|what|how|why))?\\s*[?!.]|any (?:help|advice) (?:is|would)',
    "(?:thanks|thank you|cheers|thx) in advance|how (?:can|do|should) (?:I|we) (?:fix|solve|resolve|stop|get|find)|what (?:am I|are we) (?:doing wrong|missing)|I(?:'m| am) (?:stuck|lost)",
    '(?:kann|k\u00F6nnte|hat) (?:mir |uns )?(?:jemand|einer|wer)|wei\u00DF jemand|(?:danke|vielen dank) (?:im voraus|f\u00FCr (?:eure|jede|die) hilfe)|(?:bitte um|brauche) hilfe',
    "merci d['\u2019]avance|(?:merci|besoin) (?:de|pour) votre aide|quelqu['\u2019]un (?:peut|pourrait|a|aurait|sait)|une id\u00E9e ?\\?",
    'gracias de antemano|(?:alguien|alg\u00FAn) (?:sabe|puede|me puede|me podr\u00EDa)|necesito ayuda|alguna idea',
    'grazie in anticipo|qualcuno (?:sa|pu\u00F2|mi pu\u00F2)|(?:potete|mi potete) aiutar|qualche idea',
    'alvast bedankt|(?:kan|weet) iemand|iemand een idee|(?:prosz\u0119|bardzo prosz\u0119) o pomoc|z g\u00F3ry dzi\u0119k|mo\u017Ce kto\u015B|algu\u00E9m (?:sabe|pode)|obrigad[oa] desde j\u00E1',
  ].join('|')})`,
  'iu',
);
