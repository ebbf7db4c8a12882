/**
 * Where the words of a server end and those of somebody begin who tells of them: `550 5.7.1 Unable to relay when I send from the scanner`.
 * A server speaks to the sender, of this message. A writer speaks of himself, of times and of his programs, asks, and goes on in his own language.
 */

import { sentenceEnd } from '../../smtp/serverSentences.ts';
import type { Span } from '../../values.ts';
import { foreignWords } from './foreignWords.ts';

/**
 * How much of what stands behind a reply's beginning is the reply's.
 * @param said The reply and what its line goes on with.
 * @param lead What stands before it in its line.
 */
export function beforeWriter(said: string, lead: string): number {
  const reach = said.slice(0, longestSaid);
  const codes = /^[45]\d\d(?:[ -]#?[45]\.\d{1,3}\.\d{1,3}(?!\d))?/.exec(reach)?.[0].length ?? 0;
  const known = sentenceEnd(reach);
  const within = bracketsOf(reach);
  const isInSentence = /\p{L}[:,]? ["\u201C]?$/u.test(lead);
  joint.lastIndex = Math.max(codes, known);
  for (let found = joint.exec(reach); found; found = joint.exec(reach)) {
    const { index, 0: joined } = found;
    if (!within.some(({ start, end }) => index > start && index < end) && isWriters(joined, reach, index, { isKnown: index === known, isInSentence })) return index + kept(joined);
  }
  return said.length;
}

/** The outermost brackets that are closed. */
function bracketsOf(text: string): Span[] {
  const brackets: Span[] = [];
  const open: number[] = [];
  for (const { index, 0: bracket } of text.matchAll(/[()[\]<>{}]/g)) {
    if (opens.has(bracket)) open.push(index);
    else if (open.length > 0) {
      const start = open.pop() as number;
      while (brackets.length > 0 && (brackets.at(-1) as Span).start > start) brackets.pop();
      brackets.push({ start, end: index });
    }
  }
  return brackets;
}

interface Place {
  /** Whether a sentence ends here that servers have. */
  readonly isKnown: boolean;
  /** Whether words lead to the reply. */
  readonly isInSentence: boolean;
}

/** Nobody quotes more than so many characters within his own sentence. */
const longestSaid = 1_000;

const opens = new Set('([{<');

/** What may part the words of two: blanks, a sign with one, an opening bracket, a dash, an arrow. */
const joint = /[.!?]{0,3}(?: ?(?:[,;:\u2026]|\.{3}))? ?(?:[-=]>|[-\u2013\u2014]{1,2})? (?:\()?|\.{3}(?=\p{L})|\?{1,3}$/gu;

/** The full stop is the server's as often as not. */
function kept(joined: string): number {
  return /^[.!](?![.!])/.test(joined) ? 1 : 0;
}

function isWriters(joined: string, reach: string, at: number, { isKnown, isInSentence }: Place): boolean {
  const rest = reach.slice(at + joined.length, at + joined.length + longestMark);
  if (/^\?+$/.test(joined)) return true;
  if (ofServer.test(rest)) return false;
  if (ofQmail.test(rest)) return false;
  if (/[\u2013\u2014]/.test(joined) && isPlain(reach.slice(0, at))) return true;
  if (foreignWords(rest, reach.slice(0, at))) return true;
  if (joined.endsWith('(')) return bracketed.test(rest) || (isKnown && /^[a-z]{2,20} [a-z]{2,20}/.test(rest));
  if (clause.test(rest) || circumstance.test(rest) || subject.test(rest) || exclamation.test(rest)) return true;
  if (/^[.!?]{1,2} /.test(joined) && sentence.test(rest)) return true;
  if (/[-,;:\u2026=>\u2013\u2014]|\.{3}/.test(joined) && (aside.test(rest) || question.test(rest))) return true;
  if (/^[.!?] /.test(joined) && question.test(rest)) return true;
  return isKnown && joined === ' ' && (isInSentence ? told : toldOf).test(rest);
}

const longestMark = 160;

const isPlain = (text: string): boolean => /^[\t -~]*$/.test(text);

const ofServer = /^(?:g?smtp|psmtp|https?:|see\b|please (?:see|visit|try|contact)|AS\d|S\d{4}|#)/i;

/** qmail speaks of itself. */
const ofQmail =
  /^(?:\w+ )?I(?:'m| am| was|'ve| have| could| did|wasn't| couldn't)(?: not|n't)? (?:going to try|sorry|afraid|busy|been unable|able to (?:establish|deliver)|find any host|find a host)|^(?:\w+ )?I (?:couldn't find|wasn't able)/;

const gerunds =
  '(?:trying|using|testing|clicking|moving|migrating|upgrading|updating|switching|changing|installing|configuring|restarting|rebooting|replying|running|setting|enabling|disabling|checking)';
const people =
  "(?:I|I'(?:m|ve|d|ll)|we|we'(?:re|ve|d|ll)|he|she|they|someone|somebody|anyone|anybody|everyone|nobody|people|my|his|her|their|users (?:get|see|report|complain|can|try|send)|our (?:users?|customers?|provider|server|side|firewall|connector)|(?:a|one|some|another|any) (?:user|client|customer|colleague|mail|message)s?)";
const conjunctions =
  '(?:when(?:ever)?|while|if|after|before|since|because|as soon as|as|once|until|although|though|even (?:though|if|when)|but|so|and|or|then|which|whereas|where|each time|every time|any ?time|the moment)';

/** A clause of the writer's: a conjunction with a subject that is no server's, or with what nobody does but he. */
const clause = new RegExp(
  `^(?:${conjunctions} (?:also |then |now |only |sometimes )?${people}\\b|(?:when(?:ever)?|while|if|after|before|since|even when) ${gerunds}\\b` +
    '|when(?:ever)? (?:sending (?!to th)|a |the |somebody)|once (?:the|it)\\b|(?:al)?though |even (?:though|from|with|when|if|after|the)|despite |whereas |which (?:makes|is (?:strange|odd|weird|wrong|correct|not)|means|seems|never)|(?:each|every) time|as soon as|whenever|instead of' +
    '|and (?:then|nothing|so on|also|sometimes|that is|now|it|no mail|the (?:mail|mails|message|connection|queue|client|session|server|sender|user)s?\\b|after)\\b|but (?:only|not (?:always|for|in|from|all)|it (?:works?|worked|did|does|is|was|still)|the (?:mail|address|mailbox|user|account|sender)|mails?|internal|external|no|nothing|when|if|other|telnet|in|from|this|that|works?|still)\\b|so (?:the|it|that|what|how|mails?)\\b' +
    '|while (?:other|telnet|mails?|internal|it|the|everything)|then (?:it|the|nothing)|both (?:from|in|on|with)|as (?:you can see|a (?:reply|result|response|bounce|test))|not sure|(?:errors?|messages?|bounces?|NDRs?) (?:when|after|since|while|in (?:the |my |our )?(?:log|queue|outlook)))',
  'i',
);

/** When and where it happened, as only its teller knows. */
const circumstance =
  /^(?:(?:since|from|on|last|every|until|this) (?:early |late )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December|morning|afternoon|evening|night|week|weekend|month|year|yesterday|today)\b|since (?:the|our|we|I|last|about|a|an|some|\d)|for (?:days|weeks|about|over|every|all(?: of)? (?:our|users|mails?)|the last|some of)\b|(?:today|yesterday|tonight|recently|randomly|lately)\b|(?:at|around|about|@) \d{1,2}[:.]\d\d|on \d{4}-\d\d|\d{4}-\d\d-\d\d[ T,]?(?:\d|$)|after (?:the|our|a|an|last|about|some|update|upgrade|migration)\b|on all (?:our|my) |(?:in|from|on|with|via|to|by) my (?!list|badmail)|(?:in|from|on|with|via|to) our (?:\w+ )?(?:scanners?|web ?(?:server|site)|exchange|firewall|office|app(?:lication)?|ERP|CRM|printers?|devices?|logs?|tenant|side|end|connector|mail ?server)\b|with the same|in the (?:(?:send|receive|mail|smtp|event|server) )?(?:connector |protocol )?(?:logs?|viewer)\b)/;

/** A program, or for whom it happens, as it stands in the titles of questions. */
const subject =
  /^(?:(?:in|on|from|with|via|using|after|between) (?:the |my |our |new )?(?:Microsoft |MS |Windows )?(?:Exchange (?:Online|Server|Hybrid|20\d\d)|Outlook|Office ?365|[OM]365|Microsoft 365|Google Workspace|G Suite|Thunderbird|PHPMailer|WordPress|Postfix|Exim|Sendmail|cPanel|Plesk|Nextcloud|Node(?:mailer|\.js)|Laravel|Django|Jenkins|GitLab|Windows (?:Server|\d)|iPhone|Android|Synology|scanners?|printers?|copiers?)\b|for (?:all|some|certain|every|external|internal|many|most) (?:of |our |my |the )*(?:external |internal )?(?:users?|senders?|customers?|clients?|mailboxes|e?-?mails?|messages?|domains?|accounts?)\b|for (?:external|internal|outside) recipients)/i;

/** What begins a sentence of the writer's. */
const sentence =
  /^(?:I|I'(?:m|ve|d|ll)|My|So|But|And|Also|Then|Now|Thanks?|Thx|Hi|Hello|Any|Yesterday|Today|Since|Same|Everything|Nothing|Nobody|Everybody|After(?:wards)?|Before|Sometimes|However|Our (?!system)|Is|Are|Does|Do|Did|Has|Have|Can|Could|Should|Would|How|What|Why|Where|Who|Anyone|Anybody|Somebody|Someone|Not sure|No idea|Please help|Help|In Outlook|Internal(?:ly)?|It(?:'s| (?:works|worked|seems|looks|happens|started|was|is|only|did|has|also))|(?:This|That) (?:started|happens|happened|worked|works|is (?:a known|what|new|the|for|my|our|from|strange)|used|only|also|was|did)|We(?:'ve|'re| (?:use|get|have (?!detected)|run|tried|tested|changed|switched|moved|migrated|checked|asked|already|also|still|did|had|are (?:using|on|running)|see|sent|can|need|want))|The (?:mailbox|address|recipient|account|user|password|sender|mail|other|same|strange|weird|funny)s? (?:exists?|is (?:correct|right|fine|valid|there)|are|works?|did|never|thing))(?=[\s,'!.?:]|$)/;

/** What somebody adds in brackets. */
const bracketed =
  /^(?:(?:I|we|my|our|this|that|these|those|see|since|from|and|not|no|it|its|the|with|only|but|also|because|in|on|same|both|using|via|after|before|even|yes|sometimes|always|at|again|still|screenshot|port \d+|tried|works?|everything|all|for)\b|Exchange \d|Outlook|Office|Windows|Postfix|PHP|version|v\d|\d{1,2}[:.]\d\d\b)/;

/** What is told behind a dash, an arrow, a comma or dots. */
const aside =
  /^(?:any(?:one|body)?\b|how\b|what\b|why\b|where\b|is (?:it|this|there)|has |have |can |could |does |do |did |should |(?:this|that|it) (?:started|happen|works?|worked|is (?:new|strange|weird|the|my|what)|was|only|seems|makes|used)|I |I'|we |my |and (?:so|then|no|it|the|I|we|now)\b|then |no idea|not sure|nothing|please help|pls|help|works?\b|worked|thanks?\b|thx|same |since |only |again\b|still\b|although|though|even |right\b|correct\b|it's |somebody|someone|however|yet\b|both |maybe|perhaps|(?:the|my|our) (?:sender|address|mailbox|recipient|account|password|config|settings?|log|server|users?|provider) (?:is|are|has|exists?|was|says|did)\b|after |when |if I|if we)/i;

/** What people ask for at the end of a line. */
const exclamation =
  /^(?:(?:please|pls|plz) help|help!|(?:many )?thanks\b|thx\b|thank you|any (?:ideas?|help|hints?|clues?|suggestions?|one)|any(?:one|body)\?|why\?|what (?:does (?:it|this|that)|is (?:it|this|that|wrong)|can I|can we|do I|do we|should)\b|how (?:do|can|could|should) (?:I|we)\b|:-?[(/|]|\?{1,3}|\[(?:solved|closed|fixed|resolved)\]|#\d{1,7}$)/i;

/** A sentence that begins like a question and ends as one. */
const question =
  /^(?:any|how|what|why|where|who|is|are|do|does|did|has|have|can|could|should|would|anyone|anybody|somebody|someone|ideas?|suggestions?|right|or|and)\b[^.?]{0,140}\?/i;

/** What stands behind a sentence that is known to be a server's, where somebody makes it a noun. */
const toldOf = /^(?:errors?|bounces?|NDRs?|messages?|e-mails?|response|reply|warnings?)(?![\w:])/;
const told =
  /^(?:(?:errors?|bounces?|NDRs?|messages?|mails?|e-mails?|response|reply|warnings?)(?![\w:])|(?:in|on|from|with|via|using|to) (?:the |an? )?(?=[A-Z])\w*[a-z]|(?:for|to|from) (?:all|external|internal|every|some|certain|only|mails?|one|any|other|outside|gmail)\b|(?:when|while|if|after|before|during|instead)\b)/;
