/** Sentences that servers answer with, and where each ends: what stands behind one that is complete may be somebody else's. */

/**
 * Where the sentence ends that a reply says, if it is one that servers have; 0 where it is none.
 * @param said The reply, from its code on.
 */
export function sentenceEnd(said: string): number {
  return sentences.exec(said)?.[0].length ?? 0;
}

const address = '<?[^\\s<>:]{1,64}@[^\\s<>:,;]{1,255}>?';
const host = '[A-Za-z0-9_-]{1,63}(?:\\.[A-Za-z0-9_-]{1,63}){1,10}';
const internet = '\\[?[0-9A-Fa-f.:x]{6,45}\\]?';

/** RFC 5321, 4.2.2; Postfix; Exim; Sendmail; qmail; Exchange and Exchange Online; Google; what panels and gateways share. */
const shared = [
  'unable to relay(?: (?:for|to) [^\\s,;()]{1,255})?',
  'relay(?:ing)? (?:access )?(?:denied|not (?:permitted|allowed)|prohibited)(?:(?:,|\\.) (?:proper )?authentication required| for [^\\s,;()]{1,255})?',
  `${host}: relay access denied`,
  '(?:recipient|sender) address rejected: (?:user unknown(?: in (?:local recipient|virtual (?:mailbox|alias)|relay recipient) table)?|access denied|domain not found|greylisted|undeliverable address: .{1,80}?|need fully-qualified address|policy rejection|mailbox full|not owned by (?:auth )?user [^\\s,;]{1,80}|not logged in)',
  'client host rejected: (?:access denied|cannot find your (?:reverse )?hostname, \\[[^\\]]{1,45}\\])',
  'helo command rejected: (?:host not found|need fully-qualified hostname|access denied)',
  `(?:service unavailable; )?client host \\[?[^\\s\\]]{1,255}\\]? blocked using ${host}`,
  'user (?:is )?unknown(?: in (?:local recipient|virtual (?:mailbox|alias)|relay recipient) table)?',
  '(?:no such|unknown|invalid) (?:user|recipient|mailbox|address)(?: here)?',
  "(?:user|mailbox|recipient|account) (?:does not exist|doesn't exist|not found|unavailable|(?:is )?(?:full|disabled|inactive|over quota|unknown)|not local)",
  'the email account that you tried to reach (?:does not exist|is disabled|is over quota|is inactive)',
  'requested (?:mail )?action (?:not taken|aborted): (?:mailbox (?:unavailable|name not allowed|name invalid)|local error in processing|insufficient system storage|exceeded storage allocation)',
  'mailbox (?:unavailable|quota exceeded|is full|full|not found)',
  '(?:mailbox|user|quota) (?:is )?(?:over|exceeded) ?quota',
  'authentication (?:failed|failure|unsuccessful|required|credentials invalid|is required)',
  'username and password not accepted',
  'incorrect authentication data',
  'must issue a starttls command first',
  'client (?:was )?not authenticated(?: to send (?:anonymous )?mail(?: during mail from)?)?',
  'client does not have permissions to send as this sender',
  'sender not (?:authenticated|allowed)(?: for .{1,40}?domain)?',
  'message (?:size )?exceeds (?:fixed (?:maximum message size|limit)|(?:the )?maximum (?:message )?size|size limit)',
  'message (?:rejected|refused|blocked|too large|expired)(?: (?:as|due to) (?:spam|content restrictions|policy))?',
  'access denied',
  'delivery not authorized(?:, message refused)?',
  'insufficient system (?:resources|storage)',
  'connection (?:timed out|refused|dropped)',
  'too many (?:concurrent |simultaneous )?(?:connections|recipients|errors|messages|hops|login failures)(?: from your IP)?',
  'temporary (?:local problem(?: - please try later)?|lookup failure|server error|authentication failure)',
  'service (?:not available|unavailable|temporarily unavailable)(?:, closing transmission channel)?',
  'greylisted|greylisting in (?:action|effect)',
  'transaction failed|command not implemented|bad sequence of commands|syntax error(?: in parameters or arguments)?|host not found|host unknown|domain not found|certificate (?:validation failure|expired)|unrouteable address',
  'try again later|please try again later|please try later',
  'resolver\\.[a-z.]{2,60}; ?(?:not found|authentication required|not authorized|.{1,60}?not found)',
  'recipient(?:not|not )?found|recipient not found by smtp address lookup',
  'rejected (?:due to|by) (?:policy|policies|content)|spam (?:detected|message rejected)|blocked',
];

const sentences = new RegExp(
  `^[45]\\d\\d[ -](?:#?[45]\\.\\d{1,3}\\.\\d{1,3} )?(?:(?:smtp; |error: |sorry, |${address}(?::|\\.\\.\\.|)? |${internet}:? |<?${host}(?:\\[[^\\]]{1,45}\\])?>?: )){0,2}(?:${shared.join('|')})(?![\\p{L}\\p{N}]|-\\w)`,
  'iu',
);
