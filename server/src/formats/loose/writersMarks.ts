/** What only those write who tell of a reply: clauses with themselves in it, times, their programs, questions, thanks. */

const weekday = '(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day';
const month = '(?:January|February|March|April|May|June|July|August|September|October|November|December)';
const conjunction =
  '(?:when(?:ever)?|while|if|after|before|since|because|as soon as|as|once|until|although|though|even (?:though|if|when)|unless|but|so|and|or|then|which|whereas|where|each time|every time|any ?time|the moment)';
/** A server says `we` too: that it does not accept something, has noticed it, recommends something. */
const we =
  "we(?:'re|'ve)? (?:also |still |just |now |recently |already |never |even )?(?:get|got|getting|use|used|using|send|sent|sending|try|tried|see|saw|run|running|moved?|migrated?|change[sd]?|switched|updated|upgraded|installed|opened|tested|asked|want|need|can (?:send|see|still)|mail|wrote|write|made|did not change|didn't|don't (?:know|understand|see|use)|do not (?:know|understand|use)|have (?:a|an|no|the|to|two|one|this|it|set|tried|Exchange|checked|changed|moved|been)|are (?:on|using|running|not sure)|had)";
const first = `(?:I|I'(?:m|ve|d|ll)|${we}|my|someone|somebody|anyone|anybody|everyone|nobody|our (?:users?|customers?|provider|server|side|firewall|connector))`;
const gerund =
  '(?:trying|using|testing|clicking|moving|migrating|upgrading|updating|switching|changing|installing|configuring|restarting|rebooting|replying|running|setting|enabling|disabling|checking)';
const product =
  '(?:Exchange (?:Online|Server|Hybrid|20\\d\\d)|Outlook|Office ?365|[OM]365|Microsoft 365|Google Workspace|G Suite|Thunderbird|PHPMailer|WordPress|Postfix|Exim|Sendmail|cPanel|Plesk|Nextcloud|Node(?:mailer|\\.js)|Laravel|Django|Jenkins|GitLab|Windows (?:Server|\\d)|iPhone|Android|Synology|scanners?|printers?|copiers?)';
const people = '(?:users?|senders?|recipients|customers?|clients?|mailboxes|e?-?mails?|messages?|domains?|accounts?)';

const anyOf = (flags: string, ...words: readonly string[]): RegExp => new RegExp(`^(?:${words.join('|')})`, flags);

/** What no server says, wherever it stands. */
export const sure = anyOf(
  'i',
  `${conjunction} (?:also |then |now |only |sometimes )?${first}\\b`,
  `(?:when(?:ever)?|while|if|after|before|since|even when) ${gerund}\\b`,
  "(?:when|while|if|after|once) (?:the |an? |it(?:'s| is) )?(?:application|app|script|program|job|plugin|container|deployed|published|hosted|run (?:in|on|from|as))\\b",
  'whenever|each time|every time|as soon as|(?:al)?though |even (?:though|from|with|when|if)|despite |whereas |which (?:makes|is (?:strange|odd|weird|wrong)|means|seems|never)',
  'and (?:then|nothing|so on|also|sometimes|now|no mail|the (?:mail|mails|message|connection|queue|client|session)s? (?:is|are|never|stays?|does|do|goes|gets?|will))\\b',
  'but (?:only|not (?:always|for|in|from|all)|it (?:works?|worked|did|is|was|still)|the (?:mail|address|mailbox|user|account) (?:is|are|does|exists?|works?|can)|mails?|internal|external|nothing|when|other|telnet|from|works?|still)\\b',
  'so (?:the (?:mail|queue)|what|how|mails?)\\b|both (?:from|in|on|with)|as (?:you can see|a (?:reply|result|response|bounce|test))|not sure|instead of a ',
  '(?:(?:error )?messages?|errors?|entries|lines?) in (?:the|my|our) (?:logs?|queues?)',
  `(?:since|from|on|last|every|until|this) (?:early |late )?(?:${weekday}|${month}|morning|afternoon|evening|night|week|weekend|month|year|yesterday|today)\\b`,
  'since (?:our|last|about|some|\\d)|(?:yesterday|tonight|recently|randomly|lately)\\b|today(?=\\W*$)|(?:at|around|about|@) \\d{1,2}(?:[:.]\\d\\d|\\s?(?:[ap]m|h|uhr)\\b)',
  'after (?:the|our|a|an|last|about|some)? ?(?:\\w+ )?(?:update|upgrade|migration|reboot|restart|move|cutover|change)\\b|with the same (?:account|user|password|config|server)',
  '(?:in|from|on|with|via|to|by) my (?!list|badmail)|(?:in|from|on|with|via|to) our (?:\\w+ )?(?:scanners?|web ?(?:server|site)|exchange|firewall|office|app(?:lication)?|ERP|CRM|printers?|devices?|logs?|tenant|side|connector|mail ?server)\\b|on all (?:our|my) |means? (?:my|that|we|I|our)\\b|(?:is|was) (?:my|our) |comes (?:back|up)\\b|from (?:their|his|her) ',
  'in the (?:(?:send|receive|mail|smtp|event|server) )?(?:connector |protocol )?(?:logs?|viewer)\\b',
  `(?:in|on|from|with|via|using|after|between) (?:the |my |our |new )?(?:Microsoft |MS )?${product}\\b`,
  `for (?:all|some|certain|every|external|internal|many|most) (?:of |our |my |the )*(?:external |internal )?${people}\\b|for (?:external|internal|outside) recipients|for (?:days|weeks) `,
);

/** What a server could say too, but not in the midst of somebody's sentence. */
export const inSentence = anyOf(
  '',
  `${conjunction} (?:he|she|they|people|users|his|her|their|(?:a|one|some|another|any) (?:user|client|customer|colleague|mail|message)s?)\\b`,
  'when (?:sending (?!to th)|a |the )|once (?:the|it)\\b|instead of|even (?:after|for|in)|(?:they|he|she) (?:say|said|tell|claim)s?\\b|and (?:that is|it|the (?:sender|user|server)|after)\\b|but (?:in|if|no|this|that|internal)\\b|so (?:the|it|that)\\b',
  'while (?:other|mails?|internal|it|the|everything)|then (?:it|the|nothing)|since (?:the|a|an)\\b|after (?:the|our|a|an)\\b|which is (?:correct|not)',
  'on \\d{4}-\\d\\d|\\d{4}-\\d\\d-\\d\\d[ T,]?(?:\\d|$)|for (?:about|over|every|the last)\\b|with the same|and \\w+(?: \\w+)? (?:complains?|gives? up)',
);

/** What begins a sentence of the writer's. */
export const sentence = new RegExp(
  `^(?:I|I'(?:m|ve|d|ll)|My|So|But|And|Also|Then|Now|Thanks?|Thx|Hi|Hello|Any|Yesterday|Today|Since|Same|Everything|Nothing|Nobody|Everybody|After(?:wards)?|Sometimes|However|Our(?! system)|Is|Are|Does|Do|Did|Has|Have|Can|Could|Should|Would|How|What|Why|Where|Who|Anyone|Anybody|Somebody|Someone|Not sure|No idea|Please help|Help|In Outlook|Internal(?:ly)?|It(?:'s| (?:works|worked|seems|looks|happens|started|was|only|did|has|also))|(?:This|That) (?:started|happens|happened|worked|works|is (?:a known|what|new|the|for|my|our|from|strange)|used|only|also|did)|${we.replace('w', 'W')}|The (?:mailbox|address|recipient|account|user|password|sender|mail|other|same|strange|weird|funny)s? (?:exists?|is (?:correct|right|fine|valid|there)|are|works?|did|never|thing))(?=[\\s,'!.?:]|$)`,
);

/** What somebody adds in brackets. */
export const bracketed =
  /^(?:(?:I|we|my|our|this|that|these|those|see (?:below|above|attach\w*|screenshots?|images?|logs?)|since|and|not|no|it|its|the|with|only|but|also|because|same|both|using|via|after|before|even|yes|sometimes|always|again|still|screenshot|port \d+|tried|works?|everything|from|in|on|at|all|for)\b|Exchange \d|Outlook|Office|Windows|Postfix|PHP|version|v\d|\d{1,2}[:.]\d\d\b)/;

/** What is told behind a dash, an arrow, a comma or dots. */
export const aside = anyOf(
  'i',
  `any(?:one|body)?\\b|how\\b|what\\b|why\\b|where\\b|is (?:it|this|there)|(?:has|have|can|could|does|do|did|should) |I |I'|${we}\\b|my |and (?:so|then|no|it|the|I|now)\\b|then |no idea|not sure|nothing`,
  '(?:this|that|it) (?:started|happen|works?|worked|is (?:new|strange|weird|the|my|what)|was|only|seems|makes|used)|please help|pls|help|works?\\b|worked|thanks?\\b|thx|same |since |only |again\\b|still\\b',
  "although|though|even |right\\b|correct\\b|it's |somebody|someone|however|yet\\b|both |maybe|perhaps|after (?!which)|when |if I",
  '(?:the|my|our) (?:sender|address|mailbox|recipient|account|password|config|settings?|log|server|users?|provider) (?:is|are|has|exists?|was|says|did)\\b',
  `(?:${gerund}|waiting|hoping|wondering) `,
);

/** What people ask for at the end of a line. */
export const exclamation = anyOf(
  'i',
  '(?:please|pls|plz) help|help!|(?:many )?thanks\\b|thx\\b|thank you|any (?:ideas?|help|hints?|clues?|suggestions?|one)|any(?:one|body)\\?|why\\?|what (?:does (?:it|this|that)|is (?:it|this|that|wrong)|can I|can we|do I|do we|should)\\b|how (?:do|can|could|should) (?:I|we)\\b',
  ':-?[(/|]|\\?{1,3}|\\[(?:solved|closed|fixed|resolved)\\]|#\\d{1,7}$',
);

/** A sentence that begins like a question and ends as one. */
export const question =
  /^(?:any|how|what|why|where|who|is|are|do|does|did|has|have|can|could|should|would|anyone|anybody|somebody|someone|ideas?|suggestions?|right|or|and)\b[^.?]{0,140}\?/i;
