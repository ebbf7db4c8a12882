/** What the sentences are put together from that mail programs write when no session came about: hosts, ports, and where such a sentence ends. */

/** A sentence of a program. */
export interface Attempt {
  readonly literals: readonly string[];
  /** From the literal to the end of the sentence; its groups name the host that was asked, and what leads to the words. */
  readonly sentence: RegExp;
  /** What must stand above, where the sentence itself could be about any connection; its groups name the host, and the words that the sentence begins with. */
  readonly above?: RegExp;
  /** What says above already why, in the words of the server. */
  readonly unless?: RegExp;
  /** The same where the log stands below. */
  readonly unlessBelow?: RegExp;
  /** What must stand in one of the next lines. */
  readonly below?: RegExp;
  /** Who says it: one of both must stand there, where the sentence could be about any connection. */
  readonly beside?: { readonly above: RegExp; readonly below: RegExp };
  /** Whether it is about the sign-in, and not about the connection. */
  readonly isSignIn?: true;
  /** Whether Java tells the cause in a line below. */
  readonly isNested?: true;
}

export const attemptHost = '(?:ssl://|tls://|tcp://)?\\[?(?<host>[A-Za-z0-9][A-Za-z0-9_-]{0,62}(?:\\.[A-Za-z0-9_-]{1,63}){0,10}|[0-9A-Fa-f:]{3,45})\\]?';
/** A host whose name says that it is for mail, or the stand-in that an agent knows a host by. */
export const mailHost = '(?<host>(?:smtp|mail|email|mx\\d{0,2})[\\w-]{0,40}\\.[\\w.-]{1,200}|host-\\d{1,6}\\.domain-\\d{1,6}\\.invalid)';
/** The ports of SMTP and its submission (RFC 5321, RFC 6409, RFC 8314), and the one that providers have beside them. */
export const mailPort = '(?:25|465|587|2525)(?!\\d)';
export const attemptRest = '[^\\n]{0,300}?';
/** Where a sentence ends that stands in a quotation, a bracket or in front of another field. */
export const attemptEnd = '(?=\\s*$|\\\\?["\'`](?:[\\s,;.)}\\]]|$)|\\\\n|\\*\\*|\\s\\{|\\s[a-z_]{2,20}=)';

/** The line goes on without a reply: one that stands there says more. */
export const noReply = '(?![^\\n]{0,600}\\b[45][0-57]\\d[ -](?=[A-Z<\\d]))';

export const attemptPattern = (words: string): RegExp => new RegExp(words, 'muy');
