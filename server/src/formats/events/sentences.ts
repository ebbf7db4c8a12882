/** The English sentences with which Exchange and the SMTP service of Windows describe their events, where they are so much its own that nobody else writes them. */

import { offsetAbove, offsetBelow } from '../../text/lineEnds.ts';
import { transportSources } from '../../values.ts';

/** A sentence of an event, from its beginning to where it is sure. */
interface Sentence {
  /** The events that have it, the usual one first. */
  readonly ids: readonly number[];
  readonly source: string;
  /** One of `words` that stands in it. */
  readonly literal: string;
  readonly pattern: RegExp;
}

/** A value of the event: the placeholders of templates and of documentation are none. */
const value = '(?!%|\\{\\d|\\$|<(?!I>)|\\[)[^\\s%{}$][^\\r\\n%{}]{0,255}?';

/** How far a resource is used, as Exchange 2007 to SE call it. */
const level = '(?:Low|Normal|Medium|High)';

/** In the words of learn.microsoft.com's "MSExchange Transport Errors and Events" for Exchange 2010, and of the versions since. */
const sentences: readonly Sentence[] = [
  sentence([1019], 'Binding:', 'Failed to start listening \\(Error: \\d{1,6}\\)\\. Binding: [\\d.:[\\]]'),
  sentence([1021], 'incoming', `Receive connector ${value} rejected an incoming connection from IP address ['"]?[\\da-f]`),
  sentence([1035], 'mechanism', `Inbound authentication failed with error ${value} for Receive connector ${value}\\. The authentication mechanism is `),
  sentence([2004], 'acknowledged', `Send connector ${value}: Message delivery was not successful\\. The message with message ID <[^\\s<>]+> was acknowledged with SMTP response `),
  sentence([2016, 2003], 'authenticate', `Send connector ${value} has failed to authenticate with ${value}\\. The response from the remote site is `),
  sentence([2017], 'mechanism', `Outbound authentication failed with error ${value} for Send connector ${value}\\. The authentication mechanism is `),
  // Exchange 2003, whose SMTP service is a part of IIS.
  sentence([7004, 7002], 'virtual', 'This is an SMTP protocol error log for virtual server ID \\d{1,5}, connection #'),
  sentence([7002], 'virtual', 'This is an SMTP protocol warning log for virtual server ID \\d{1,5}, connection #'),
  sentence([7010], 'virtual', 'This is an SMTP protocol log for virtual server ID \\d{1,5}, connection #'),
  sentence([3018], 'non-delivery', 'A non-delivery report with a status code of [45]\\.\\d{1,3}\\.\\d{1,3} was generated for recipient '),
  // The SMTP service of Windows itself, and Exchange 2000 and 2003 by theirs.
  sentence([4006], 'reason:', `Message delivery to the host '${value}' failed while delivering to the remote domain '${value}' for the following reason: `, 'SMTPSVC'),
  sentence([4000, 4006], 'reason:', `Message delivery to the remote domain '${value}' (?:failed )?for the following reason: `, 'SMTPSVC'),
  sentence([1009], 'contact', 'The Microsoft Exchange Mail Submission service is currently unable to contact any Hub Transport servers in the local', 'MSExchangeMailSubmission'),
  sentence(
    [12014],
    'personal',
    `Microsoft Exchange (?:could not|couldn['\u2019]t) find a certificate that contains the domain name(?: ${value})? in the personal store on the local computer`,
  ),
  sentence([12015], 'Thumbprint:', 'An internal transport certificate expired\\. Thumbprint: ?[0-9A-Fa-f]{8}'),
  sentence(
    [12016],
    'existing',
    `There is no valid SMTP Transport Layer Security \\(TLS\\) certificate for the FQDN of ${value}\\. The existing certificate for that FQDN has expired`,
  ),
  sentence([12017], 'Thumbprint:', 'An internal transport certificate will expire soon\\. Thumbprint: ?[0-9A-Fa-f]{8}'),
  sentence([12018], 'thumbprint:', `The STARTTLS certificate will expire soon: subject: ${value}, thumbprint: ?[0-9A-Fa-f]{8}`),
  sentence(
    [12024, 12013, 12023],
    'personal',
    "Microsoft Exchange (?:could not|couldn['\u2019]t) load the certificate with thumbprint of [0-9A-Fa-f]{8,64} from the personal store",
  ),
  sentence([15004], 'pressure', `[Tt]he resource pressure increased from ${level} to ${level}(?![A-Za-z])`),
  sentence([15005], 'pressure', `[Tt]he resource pressure decreased from ${level} to ${level}(?![A-Za-z])`),
  sentence([15006], 'submissions', 'Microsoft Exchange Transport is rejecting message submissions because the available disk space has dropped below'),
  sentence([15007], 'submissions', 'Microsoft Exchange Transport is rejecting message submissions because the service continues to consume more memory'),
  sentence(
    [16023],
    'agents.',
    "Microsoft Exchange (?:could not|couldn['\u2019]t) start transport agents\\. The Microsoft Exchange Transport service will be stopped\\. Exception details: (?!%)\\S",
  ),
];

function sentence(ids: readonly number[], literal: string, pattern: string, source: string = transportSources[0]): Sentence {
  return { ids, source, literal, pattern: new RegExp(pattern.replaceAll(' ', '\\s+'), 'g') };
}

/**
 * Words that the sentences cannot be without: rare ones, and each by itself, since a program can break the line at any blank. Beside each stands
 * what is seen from a few characters.
 */
const words: Readonly<Record<string, RegExp>> = {
  'Binding:': /\)\.[\s>]+Binding:/,
  incoming: /rejected[\s>]+an[\s>]+incoming[\s>]+connection/,
  mechanism: /The[\s>]+authentication[\s>]+mechanism[\s>]+is/,
  acknowledged: /was[\s>]+acknowledged[\s>]+with/,
  authenticate: /to[\s>]+authenticate[\s>]+with/,
  personal: /the[\s>]+personal[\s>]+store/,
  'Thumbprint:': /(?:expired|soon)\.[\s>]+Thumbprint:/,
  'thumbprint:': /,[\s>]+thumbprint:/,
  'non-delivery': /non-delivery[\s>]+report[\s>]+with[\s>]+a[\s>]+status/,
  'reason:': /for[\s>]+the[\s>]+following[\s>]+reason:/,
  contact: /unable[\s>]+to[\s>]+contact[\s>]+any[\s>]+Hub/,
  virtual: /for[\s>]+virtual[\s>]+server[\s>]+ID/,
  existing: /The[\s>]+existing[\s>]+certificate/,
  pressure: /resource[\s>]+pressure[\s>]+(?:in|de)creased/,
  submissions: /message[\s>]+submissions[\s>]+because/,
  'agents.': /transport[\s>]+agents\./,
};

export const sentenceLiterals: readonly string[] = Object.keys(words);

/** The word of a sentence that stands at an offset; undefined where what is beside it tells that there is none. */
export function sentenceWord(text: string, place: number): string | undefined {
  const around = text.slice(offsetAbove(text, place, 40), offsetBelow(text, place, 60));
  return sentenceLiterals.find((word) => text.startsWith(word, place) && words[word]?.test(around));
}

/** The event whose sentence a text has at or around an offset. */
export interface FoundSentence {
  /** The numbers of the events with this sentence, the usual one first. */
  readonly ids: readonly number[];
  readonly source: string;
  readonly start: number;
  readonly end: number;
}

/** The sentence with a word, if it is said, that ends behind an offset of a text. */
export function findSentence(text: string, from: number, word?: string): FoundSentence | undefined {
  for (const { ids, source, literal, pattern } of sentences) {
    if (word === undefined ? !text.includes(literal) : word !== literal) continue;
    pattern.lastIndex = 0;
    for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
      if (pattern.lastIndex > from) return { ids, source, start: found.index, end: pattern.lastIndex };
    }
  }
  return undefined;
}

/** Whether a text begins as the description of an event does. */
export function opensWithSentence(text: string): boolean {
  return sentences.some(({ literal, pattern }) => {
    pattern.lastIndex = 0;
    // Another event's sentence may stand below.
    return text.includes(literal) && pattern.exec(text)?.index === 0;
  });
}
