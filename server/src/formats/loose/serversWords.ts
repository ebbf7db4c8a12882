/** With what servers go on behind a sentence that could be over, and with what their replies end. */

/** What is a server's wherever it stands: where to read more, the mark of a provider, and qmail's voice, which speaks of itself. */
export const ofServer =
  /^(?:(?:g?smtp|psmtp|https?:|see\b(?= ?:? ?http)|please (?:see|visit|try|contact)|AS\d|S\d{4}|#\d\.)|(?:\w+ )?I(?:'m| am| was|'ve| have)(?: not)? (?:going to try|sorry|afraid|busy|been unable)|(?:\w+ )?I (?:couldn't find|wasn't able))/i;

/** With which small letters a server goes on behind its sentence: the reason, the recipient, what to do. */
export const serverGoesOn = new RegExp(
  `^(?:${[
    'due|or|of|per|by (?!\\w+ing\\b)|because (?:of|the|your|this|its|it|there)|as (?:spam|this|the)|detected|found|id|temporarily|permanently|here|gsmtp|possible|has been|which|name|format|syntax',
    'recipient|sender|domain|address|user|client|message|mailbox|account|policy|tenant|traffic|your|the (?:message|user|recipient|mailbox|account|domain|sender)|this (?:message|user|mailbox|server|account)|a message',
    'to (?:send|this|the|your|local|domain|recipient|remote|request|review|resolve|learn|have|get)|in (?:RCPT|non-|the (?:message|recipient)|this|unreachable|progress|error)|at this|on (?:(?:this|the|our|your) (?:server|system|host)|how|why)',
    'for (?:\\d|this|the|user|recipient|domain|policy|sender|spam|your|address|more|further|info\\w*|details|explanation|instructions|help|possible|assistance|remediation|\\S+\\.\\S+)|from (?:your|this|the|\\S+\\.\\S+)|using \\S+\\.\\S+|with (?:error|code|status|message)',
    'and (?:try|follow|has|is|may|will|not|cannot)|if (?:you|this)|not|please|try|retry|see|closing|sending|banned|bad|http|[^\\s.@]+[.@=]\\S+',
  ].join('|')})\\b`,
  'i',
);

/** Whether a sentence is the first part of another as often as not: `Access denied, traffic not accepted from this IP`. */
export function isOpen(said: string): boolean {
  return openSentences.test(said.slice(-24));
}

const openSentences = /(?:access denied|unsuccessful|unavailable|not available|refused|rejected|blocked|exceeded|expired|disabled|full|greylist\w*)$/i;

/** Whether the sentence that a text begins with can be a server's next one. */
export function isAboutMail(text: string): boolean {
  return words.test(/^[^.!?]*/.exec(text)?.[0] ?? '');
}

const words =
  /\b(?:denied|block|relay|accept|client|HELO|EHLO|IP|domain|sender|recipient|message|mail|e-?mail|user|address|account|mailbox|server|host|quota|please|your?|http|learn|contact|visit|see|SPF|DKIM|DMARC|TLS|DNS|spam|policy|error|code|reason|status|try)\w*|\d/i;

/** Whether what stands in front of an offset is with what replies end, whatever they say: the address of a page, a provider's mark, the number of a case. */
export function endsReply(text: string, at: number): boolean {
  return ends.test(text.slice(Math.max(0, at - longestEnd), at));
}

const ends =
  /(?:\bhttps?:\/\/[^\s<>]{4,200}|\bgsmtp|\[[A-Za-z0-9.-]{1,80}\.(?:outlook|exchangelabs)\.com[^\]\n]{0,80}\]|\b(?:ATTR|PRX)\d{1,3}|\((?:AS|S)\d{3,9}\)|\bAS\(\d{3,12}\)|\(#\d\.\d{1,3}\.\d{1,3}\))[.]?$/i;
const longestEnd = 220;
