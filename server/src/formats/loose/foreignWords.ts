/** Where somebody goes on in another language than that of the server: a reply is in English nearly always, and its teller often is not. */

/**
 * Whether words are of a language that a reply was not in so far.
 * @param rest What the line goes on with.
 * @param said The reply so far.
 */
export function foreignWords(rest: string, said: string): boolean {
  const line = rest.slice(0, longestLook);
  return languages.some(({ begins }) => begins.test(line)) && !languages.some(({ signs }) => signs.test(said));
}

const longestLook = 120;

interface Language {
  /** The words with which a clause, a place or a question begins; no English word is among them but with another behind it. */
  readonly begins: RegExp;
  /** The words that any sentence of the language has. */
  readonly signs: RegExp;
}

const languages: readonly Language[] = [
  {
    begins:
      /^(?:und|aber|oder|wenn|sobald|obwohl|weil|seit(?:dem)?|nachdem|bevor|beim?|ich|wir|was (?:bedeutet|heißt|ist|kann|soll|muss|mache|tun)|wie|warum|wieso|weshalb|weiß|hat (?:jemand|wer)|kann|kommt|komm[et]n?|zurück|als (?:Antwort|Fehler)|auf|für|im|von|vom|mit|ohne|trotz|gemeldet|gesendet|angezeigt|erhalte[nt]?|bekomme[nt]?|erscheint|erhielt|jedoch|allerdings|intern|extern|dann|danach|das (?:kommt|passiert|ist|war|geht)|die (?:Mail|Adresse|Nachricht)|der (?:Server|Absender|Empfänger|Connector|Scanner)|es |hier|danke|vielen Dank|bitte|gestern|heute|immer|jedes Mal|jede|alle|woran|jemand|sonst|dabei|damit|während|leider|nur|nicht|keine?|auch|so dass|sodass|sowie|Lösung|Fehler|Hilfe|Intern|Extern|Das|Die (?:Mail|Adresse)|Was|Wie|Warum|Hat|Kann|Danke|Wir|Ich|Bei|Beim|Im|Es|Aber|Und|Seit)(?=[\s,.:;?!)]|$)/,
    signs: /\b(?:und|nicht|der|das|ist|wurde|für|bitte|konnte|kein|keine|nachricht|empfänger|absender|postfach|benutzer|gibt|es|hier|sie|ihre?|von|zu|mit|auf|wegen)\b/i,
  },
  {
    begins:
      /^(?:quand|lorsque|lorsqu'|lors d|et |mais|ou |alors|depuis|après|avant|je |j'|nous|pour (?:tous|les?|la|mes|nos|chaque|une?)|avec|sans|dans|chez|malgré|bien que|comme|donc|car |parce|pourquoi|que (?:faire|signifie|puis)|qui |avez|une idée|merci|bonjour|cela|ce(?:la|ci)? (?:arrive|problème)|est-ce|y a|il |elle|en (?:interne|retour|externe|envoyant)|sur (?:le|la|les|notre|mon)|à (?:chaque|partir|tous|l)|hier|aujourd'hui|tout|Que |Cela|Ce |Merci|Quelqu|Avez|Comment|Je |J'|Nous|Mais|Depuis|Pourquoi|Est-ce|En )/,
    signs: /\b(?:le|la|les|des|une?|est|pas|vous|votre|veuillez|adresse (?:IP|mail)|destinataire|bloqu\w*|refusé\w*)\b/i,
  },
  {
    begins:
      /^(?:¿|cuando|al (?:enviar|intentar|mandar|conectar)|y (?:no|el|la|los|luego|después|ya)|pero|aunque|desde|porque|después|antes|para (?:todos|los|las|el|la|cada)|con (?:el|la|los|mi|nuestro)|sin |en (?:el|la|los|mi|nuestro)|si (?:envío|no|lo|uso|se)|como (?:puedo|se|lo|respuesta)|(?:me|nos|les) (?:sale|da|dice|aparece|devuelve|llega)|no sé|us(?:o|amos|ando)|ten(?:go|emos)|est(?:oy|amos)|funciona|ya |gracias|alguien|hola|ayer|hoy|qué|cómo|por qué|cada vez|mientras|esto|este|internamente|que (?:puedo|hago|significa)|a (?:los|todos)|Esto|Gracias|Alguien|Pero|Desde|Ya |No sé|Cuando|Usamos|Tengo|El (?:buzón|correo)|La (?:cuenta|dirección))(?=\b|\P{L}|$)/u,
    signs: /\b(?:el|los|las|usted|su|por|favor|mensaje|correo|usuario|buzon|rechaz\w*|bloquead\w*)\b/i,
  },
  {
    begins:
      /^(?:quando|ma |però|anche|perché|da (?:ieri|lunedì|quando)|dopo|e (?:non|poi|il|la)|non so|come (?:posso|mai|risolv)|qualcuno|grazie|con il|nel |nella|sul |porém|desde|ao (?:enviar|tentar)|e (?:não|depois)|não|alguém|obrigado|obrigada|depois|para todos|no (?:log|servidor)|como (?:posso|resolv)|maar|als (?:ik|we|wij)|wanneer|bij het|sinds|na de|en (?:ik|dan|de)|ik |wij |hoe |wat |waarom|bedankt|iemand|vanaf|naar |kiedy|gdy |ale |przy |od |po |dlaczego|jak )/,
    signs: /\b(?:il|della|messaggio|não|mensagem|het|bericht|jest|wiadomość)\b/i,
  },
];
