/** Sentences that servers answer with, and where each ends: what stands behind one that is complete may be somebody else's. */

/**
 * Where the sentence ends that a reply says, if it is one that servers have; 0 where it is none.
 * @param said The reply, from its code on.
 */
export function sentenceEnd(said: string): number {
  // The patterns are of small letters. This one is the only letter that would become two.
  const small = said.replaceAll('\u0130', 'i').toLowerCase();
  const starts: number[] = [];
  for (let start = endAt(codes, small, 0); start > 0 && starts.length <= mostLeads; start = endAt(lead, small, start)) starts.push(start);
  for (const start of starts.reverse()) {
    const end = endAt(sentence, small, start);
    if (end > 0) return end;
  }
  return 0;
}

/** Where a match ends that begins at an offset; 0 where there is none. */
function endAt(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : 0;
}

const address = '<?[^\\s<>:]{1,64}@[^\\s<>:,;]{1,255}>?';
const name = '(?!(?:all|any|every|each|some|most|my|our|their|his|her)\\s)[^\\s,;()"]{0,254}[^\\s,;()".]';
const internet = '\\[?[0-9a-f.:x]{6,45}\\]?';
const host = '[a-z0-9_-]{1,63}(?:\\.[a-z0-9_-]{1,63}){1,10}';

/** RFC 5321, 4.2.2, and what mail systems made of it: Postfix, Exim, Sendmail, qmail, hosting panels and gateways. */
const ofMailSystems = [
  'requested (?:mail )?action (?:not taken|aborted)(?:: (?:mailbox (?:unavailable|name not allowed|name invalid|not found)|local error in processing|(?:insufficient|exceeded) (?:system )?storage(?: allocation)?))?',
  `(?:relay(?:ing)? )?(?:access )?denied(?: for ${name})?`,
  `relay(?:ing)? (?:is )?(?:not (?:permitted|allowed)|prohibited|disallowed)(?: (?:for|as) ${name})?`,
  '(?:(?:all )?recipient (?:address(?:es)? )?|sender (?:address )?|client host |helo command )rejected ?: (?:user unknown(?: in (?:local recipient|virtual (?:mailbox|alias)|relay recipient) table)?|access denied|(?:host|domain) not found|greylist(?:ed|ing in (?:action|effect))(?: for \\d+ \\w+)?|undeliverable address|unverified address|need fully-qualified (?:address|hostname)|mailbox full|not owned by (?:auth )?user \\S{1,80}|not logged in|cannot find your (?:reverse )?hostname, \\[[^\\]]{1,45}\\])',
  `(?:service unavailable; ?)?(?:client host |client |${internet} )?\\[?${name}\\]? (?:blocked using|listed (?:at|in)|(?:has been )?blocked by) ${host}`,
  "(?:user|recipient|mailbox|account|addressee|address|host|domain)(?: \\S{1,255}@\\S{1,255})? (?:is )?(?:unknown(?: in (?:local recipient|virtual (?:mailbox|alias)|relay recipient) table)?|does not exist|doesn't exist|not found|unavailable|temporarily unavailable|full|disabled|inactive|over quota|quota exceeded|quarantined|suspended|not local)",
  '(?:no such|unknown|invalid|bad) (?:user|recipient|mailbox|(?:recipient |sender |destination )?address(?: syntax)?|sender|domain|credentials)(?: here)?',
  '(?:mailbox|user|quota|storage)(?: size)?(?: is)?(?: limit)? (?:over ?quota|exceeded)',
  '(?:recipient|sender|mail|message|connection|sender address|recipient address|spam message|your message was|your email was) (?:rejected|refused|denied|deferred|blocked)(?: (?:as|due to|for|because of) (?:spam|virus|(?:content|policy|local) (?:restrictions|reasons|policy)|policies))?',
  'message (?:size )?exceeds (?:fixed (?:maximum message size|limit)|(?:the )?maximum (?:message )?size|size limit)',
  'message (?:too large|expired|delayed|not accepted(?: for policy reasons)?|not allowed|content rejected)|spam detected|message considered as spam',
  '(?:error: )?authentication (?:failed(?:: (?:authentication failure|generic failure|connection lost to authentication server|unknown user name or bad password|[a-z0-9+/]{8,40}={0,2}))?|failure|unsuccessful|is required|required|credentials (?:invalid|not accepted)|not enabled|mechanism not supported)',
  'username and password not accepted|incorrect authentication data|invalid (?:login|username|password|credentials)(?: or password)?|login (?:failed|denied)|bad username or password',
  'must issue a starttls command first|starttls is required to send mail|encryption required',
  'too many (?:concurrent |simultaneous )?(?:connections|recipients|errors|messages|hops|login failures)(?: (?:from your (?:ip|host)|for this recipient))?',
  'temporary (?:local problem(?: - please try later)?|lookup failure|server error|system error|authentication failure|failure|error|envelope failure)',
  'service (?:is )?(?:currently )?(?:not (?:available|active)|unavailable|temporarily unavailable)(?:, closing transmission channel)?',
  'greylisted|greylisting in (?:action|effect)|graylisted',
  '(?:transaction|delivery|verification|sender verify|sender verification|reverse dns|dns query|dmarc check|spf check) failed',
  'command (?:not implemented|parameter not implemented|unrecognized)|bad sequence of commands|syntax error(?: in parameters or arguments|, (?:cannot decode response|command unrecognized|goodbye))?|unrouteable address|bad helo',
  '(?:please )?try (?:again )?later|insufficient system (?:resources|storage)|certificate (?:validation failure|expired)|lost connection|timeout waiting for client input',
  "(?:mail|email|message|this message) (?:is )?rejected (?:by|per|due to) (?:recipients|(?:organization|local|dmarc|spf) policy|policy|(?:sender's )?dmarc policy(?: for \\S{1,253})?)",
  'hop count exceeded(?: - possible mail loop)?|(?:mail )?loop detected|blocked|rejected',
];

/** Exchange, Exchange Online and Google. */
const ofProviders = [
  `unable to relay(?: (?:for|to) ${name}| recipient in non-accepted domain)?`,
  'the ip address sending this message does not have a ptr record setup|tls 1\\.0 and 1\\.1 are not supported|your organization does not allow external forwarding',
  'client (?:was )?not authenticated(?: to send (?:anonymous )?mail(?: during mail from)?)?',
  'client does not have permissions to send as this sender',
  'sender not (?:authenticated(?: for [a-z ]{1,30}domain)?|in allowed-senders list)',
  'delivery not authorized(?:, message refused)?|unrecognized authentication type|application-specific password required|basic authentication is not supported for client submission',
  'connection (?:timed out|refused|dropped)(?: due to [a-z]\\w{2,40})?|failed to connect(?:\\. winsock error code: \\d{1,6})?|cannot connect to remote server',
  '(?:[a-z][a-z0-9]{1,30}\\.)+[a-z.]{2,60}; ?(?:(?:recipient )?not found|message expired|authentication required|not authorized|unable to route|the message was rejected by organization policy|message deleted by (?:administrative action|transport agent)|(?:recipient|sender) thread limit exceeded|too many recipients|message too large for this recipient|ambiguous address|invalid recipient address|message contains bare linefeeds|loop in approval process)',
  `resolver\\.[a-z.]{2,60}; ?recipient (?:${name} )?not found by smtp address lookup`,
  'the message was rejected because of sender policy framework violation',
  'temporary server error\\. please try again later(?:\\.? [a-z]{3,4}\\d{1,3})?|server busy\\.? please try again later(?: from \\[[^\\]]{1,45}\\])?',
  'the email account that you tried to reach (?:does not exist|is (?:disabled|over quota|inactive|out of storage space))',
  "unauthenticated email (?:from \\S{1,253} )?is not accepted (?:due to domain's dmarc policy|from this domain)",
  "access denied, (?:please try again later|tenant has exceeded threshold|traffic not accepted from this ip|bad outbound sender|banned sending ip \\S{1,60}|sending domain \\S{1,255} does(?:n't| not) (?:pass dmarc verification(?: and has a dmarc policy of reject)?|meet the required authentication level))",
  'message expired, (?:dns query failed|connection (?:refused|timed out)|cannot connect to remote server)|message delayed',
  'system not accepting network messages|organization queue quota exceeded|message failed to be replicated|failed to establish appropriate tls channel: [a-z]+: access denied',
];

const codes = /[45]\d\d[ -](?:#?[45]\.\d{1,3}\.\d{1,3} )?/y;

/** What servers put before a sentence, up to two of it: whom or what it is about, and who says it. */
const lead = new RegExp(`smtp; |[a-z]{4,40}attribution; |error:? |sorry, |${address}(?::|\\.\\.\\.|)? |${internet}:? |<?${host}(?:\\[[^\\]]{1,45}\\])?>?:? `, 'y');
const mostLeads = 2;

const sentence = new RegExp(`(?:${[...ofProviders, ...ofMailSystems].join('|')})(?![\\p{L}\\p{N}]|-\\w)`, 'uy');
