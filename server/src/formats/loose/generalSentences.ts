/** What somebody says of replies in general, with or without their words: "Exchange returns 452 4.3.1 when the disk is full". Nobody was refused there. */

/** A sentence that a reply stands in. */
export interface SentenceAround {
  /** What stands in front of the reply. */
  readonly before: string;
  /** What stands behind it. */
  readonly behind: string;
  /** What stands behind its codes. */
  readonly behindCodes: string;
  /** Whether its paragraph begins with it. */
  readonly isFirst: boolean;
  /** Whether somebody asks for help around it, which whoever explains something does not. */
  readonly isOfAsker: boolean;
}

/** Whether a sentence says what mail systems answer in general, or what an answer means. */
export function isGeneral({ before, behind, behindCodes, isFirst, isOfAsker }: SentenceAround): boolean {
  const sentence = `${before} ${behind}`;
  if (ofWriter.test(sentence)) return false;
  if (answers.test(before))
    return !isOfAsker && !ofLateTimes.test(before) && (cases.test(behind) || casesFarther.test(behindCodes) || (ofAnySystem.test(before) && forAll.test(behindCodes)));
  if (lacks.test(before) || results.test(before) || meetings.test(before) || meansFarther.test(behindCodes)) return true;
  if (/^(?:an?|the) ['"`*]{0,3}$/i.test(before) && isOneOfAKind.test(behindCodes)) return true;
  if (examples.test(before)) return !isOfAsker;
  // A list of what there can be has no verb.
  if (kinds.test(before)) return kindsGoOn.test(behind);
  return isFirst && /["'`\u201C\u201D*]$/.test(before) && means.test(behind);
}

const ofWriter =
  /(?:^|[^\p{L}])(?:I|I'm|I've|me|my|we|we're|our|us|he|she|ich|wir|mir|uns|unsere?\w?|je|nous|notre|yo|nuestr[oa]s?|since|yesterday|today)(?![\p{L}\p{N}])|\d\d:\d\d/iu;

/** What tells of something that has changed: whoever begins like this tells of a system. */
const ofLateTimes =
  /^[^\p{L}]*(?:after|now|suddenly|lately|recently|currently|again|still|but|so|then|nach|jetzt|pl\u00F6tzlich|apr\u00E8s|maintenant|despu\u00E9s|ahora|dopo|adesso)(?!\p{L})/iu;

/** Any mail system of a kind, of which somebody speaks who has none of them in mind. */
const anySystem = "(?:(?:an?|any|some|many|most|other|each|every) (?:[\\p{L}'-]+ ){0,2}(?:servers?|systems?|hosts?|MTAs?|providers?|gateways?)|servers|systems|providers|gateways)";
const ofAnySystem = new RegExp(`(?:^|[^\\p{L}])${anySystem} `, 'iu');

/** A mail system by its name, or any of a kind. `The server` is somebody's own. */
const systems = `(?:Exchange(?: Online| Server)?(?: \\d{4})?|EOP|Exchange Online Protection|Microsoft(?: 365)?|(?:Microsoft|Office) 365|O365|M365|Outlook\\.com|Gmail|Google|Yahoo|Postfix|Exim|Sendmail|the (?:\\p{L}+ ){0,2}transport service|${anySystem})`;
const answers = new RegExp(
  `(?:^|[^\\p{L}])${systems} (?:(?:then|usually|often|always|typically|normally|only|will|would|may|might|can|also|should|must) ){0,2}(?:returns?|responds? with|repl(?:y|ies) with|answers?(?: with)?|gives?|sends?|issues?|generates?|rejects? (?:it|them|messages|mail|connections) with)(?: back)?(?: an?| the)?(?: (?:error|status|reply|response|code|temporary|permanent|transient)){0,3}:? ["'\`*\\u201C(]{0,3}$`,
  'iu',
);

/** In which cases. */
const cases =
  /^["'`*\u201D)]{0,3},? ?(?:(?:errors?|codes?|repl(?:y|ies)|responses?|status) )?(?:when(?:ever)?|if|unless|until|while|as (?:soon|long) as|because|in case|where|for (?:any|such|messages|recipients|mail|connections|clients|senders|hosts)|to (?:any|all|such|clients|senders|hosts)|which means|meaning|in(?:stead| order))(?![\p{L}])/iu;

/** Where the words of a server do not tell their end. */
const casesFarther = /^[^\n.!?]{0,80}[\p{L}"'\u201D] (?:when(?:ever)?|if|unless|until|as (?:soon|long) as|for any) (?!you)/iu;

/** Whom any system answers so; of one system by its name this is what somebody has seen. */
const forAll = /^[^\n.!?]{0,80} for (?:all|each|every) (?!you)/iu;

/** What a page does not have, or what is searched for. */
const lacks =
  /(?:\bthere(?:'s| is| are| was) no|\b(?:is|are) missing|\bmissing|\blacks?|\b(?:does|do)(?:n['\u2019]t| not) (?:list|mention|include|contain|document|explain)|\bplease add|\b(?:hits?|results?|search(?:ing)?) for)(?: an?| the)?(?: (?:error|code|status|entry|explanation))*:? ["'`*\u201C(]{0,3}$/i;

/** What would come of something. */
const results =
  /\b(?:will|would|can|could|may|might|should) (?:then |also )?(?:result in|lead to|end in)(?: an?| the)?(?: (?:error|code|status|response|reply|NDR|bounce))* ["'`*\u201C(]{0,3}$/i;

/** Who may meet a reply, and how common it is. */
const meetings =
  /(?:\b(?:many|most|some) (?:administrators|admins|people|organi[sz]ations|companies) (?:often |sometimes )?(?:encounter|see|get|receive|face|experience)|\b(?:you|users|senders|administrators|admins|clients) (?:may|might|could)(?: also| then| still)? (?:encounter|see|get|receive|face)|\b(?:most|very) (?:common|frequent)\b[^.]{0,120} (?:is|are))(?: an?| the)?(?: \p{Ll}+){0,2}:? ["'`*\u201C(]{0,3}$/iu;

/** What is said of all replies with these words. */
const isOneOfAKind =
  /^ [^\n.!?]{0,80}?\b(?:(?:responses?|errors?|repl(?:y|ies)|messages?|bounces?|NDRs?)["'`*]{0,3} (?:tells?|means?|indicates?|says?|occurs?|happens?|shows? that|(?:is|are) (?:an?|the|returned|caused|sent|usually|often|generated) )|(?:is|are) an? (?:symptom|sign|indication) of)(?!\p{L})/iu;

/** What a reply is said to mean, behind its words. */
const meansFarther = /^ (?:[^\n.!?"]{3,80}? {1,3})?(?:means|indicates|bedeutet|signifie|significa) {1,3}(?:that|the|your|you|an?|it|there|dass|que|la|el)(?!\p{L})/u;

/** Replies of which one is an example. */
const examples =
  /\b(?:codes|strings|replies|responses|errors|(?:error |bounce )?messages|bounces|NDRs) (?:(?:that are )?(?:such as|like|including)|e\.g\.|for example)(?: an?| the)?:? (?:["'`*\u201C]{1,3}[^"'`*\u201C\u201D\n]{1,80}["'`*\u201D]{1,3}(?:, | or |, or | and |, and )){0,4}["'`*\u201C]{1,3}$/i;

const kinds =
  /^[^\p{L}\p{N}]{0,8}(?:NDRs|bounces|bounce messages|errors|error messages|messages|replies|responses) (?:with|such as|like|containing|including|of|saying)(?: an?| the)? ["'`*\u201C]{1,3}$/iu;
const kindsGoOn = /^["'`*\u201D]{1,3}(?: (?:errors?|messages?|NDRs?|bounces?|repl(?:y|ies)|responses?))?[.;,]?\s*$/i;

/** What is said of a quotation behind it. */
const means =
  /^ {0,3}["'`\u201D*]{1,3}[.,:]? ?(?:[-\u2013\u2014] |:|= )?(?:again, )?(?:(?:this |that |it )?(?:(?:usually|often|typically|generally|always|also) )?(?:error |message |response |reply )?(?:(?:usually|often|typically|generally|always|also) )?(?:means?|indicates?|occurs?|happens?|says that|refers to|stands for|suggests?|tells you|(?:can|may|could|might|would) (?:be|mean|indicate|occur|happen|have|also)|is (?:an?|the|caused|returned|used|generated|sent|often|usually|due|related|about)|appears? when)|bedeutet|besagt|hei\u00DFt|signifie|indique|significa|indica)(?![\p{L}])/iu;
