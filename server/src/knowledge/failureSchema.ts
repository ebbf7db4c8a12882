/**
 * The form of a failure document's front matter, as a JSON Schema (draft 07): the one table that the parser checks by, that the editor
 * completes and explains by, and that other programs get as `knowledge/failure.schema.json`. `errorMessage` and `enumDescriptions` are
 * the names under which YAML tools of editors look for such sentences.
 */

import { categories, commandNames, severities } from '../values.ts';
import { categoryMeanings, commandMeanings, severityMeanings } from './nameMeanings.ts';

export interface Schema {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'boolean';
  /** What it is for, as an editor tells it. */
  readonly description?: string;
  /** What a value must be: a whole sentence. */
  readonly errorMessage?: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly examples?: readonly string[];
  /** Read with the flag u, and linear. */
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly additionalProperties?: false;
  /** Keys that cannot all be there. */
  readonly not?: { readonly required: readonly string[] };
  /** What else must hold where a key is there. */
  readonly dependencies?: Readonly<Record<string, Schema>>;
  /** Forms of which one must fit; they differ in their type. */
  readonly anyOf?: readonly Schema[];
}

/** A key whose value is one of some names, each with its meaning. */
function oneOf<Name extends string>(key: string, description: string, names: readonly Name[], meanings: Readonly<Record<Name, string>>): Schema {
  return { type: 'string', description, errorMessage: `"${key}" must be one of ${names.join(', ')}.`, enum: names, enumDescriptions: names.map((name) => meanings[name]) };
}

const phrase: Schema = {
  type: 'string',
  pattern: '\\S[\\s\\S]{2,}\\S',
  errorMessage: '"text" must be a phrase of at least four characters, such as "user unknown", or a list of such phrases.',
};

const nearWord: Schema = {
  type: 'string',
  pattern: '^(?=[\\s\\S]*\\S)[\\s\\S]{4,}$',
  errorMessage: 'A word of "near" must have at least four characters, blanks beside it included, such as "mailbox" or "user ".',
};

/** A key whose value is the heading of a part. */
function partName(key: string, description: string): Schema {
  return {
    type: 'string',
    description,
    errorMessage: `"${key}" must be the words of a heading ###, three to sixty letters, digits, blanks and ,.()-, such as This server refused.`,
    pattern: '^[A-Za-z0-9][A-Za-z0-9 ,.()-]{1,58}[A-Za-z0-9.)]$',
  };
}

const match: Schema = {
  type: 'object',
  description: 'One condition: all keys that it has must hold.',
  errorMessage: 'An entry of "match" must have at least one of reply, enhanced, text, near, command and event, such as { reply: 550, text: "user unknown" }.',
  minProperties: 1,
  additionalProperties: false,
  properties: {
    reply: {
      type: 'integer',
      description: 'The reply code of the response, 400 to 599: 4yz is transient, 5yz is permanent.',
      errorMessage: '"reply" must be a reply code from 400 to 599, without quotes.',
      minimum: 400,
      maximum: 599,
    },
    enhanced: {
      type: 'string',
      description:
        'The enhanced status code in quotes, such as "4.7.0", or a range of its last number, both ends included: "5.7.606-649". Alone only where the code alone decides.',
      errorMessage: '"enhanced" must be an enhanced status code in quotes, such as "4.7.0", or a range of its last number, such as "5.7.606-649".',
      pattern: '^[45]\\.(?:0|[1-9]\\d{0,2})\\.(?:0|[1-9]\\d{0,2})(?:-[1-9]\\d{0,2})?$',
    },
    text: {
      description: 'A phrase that stands in the response, or beside event in its description, or a list of phrases of which any one is enough. Upper and lower case mean the same.',
      errorMessage: phrase.errorMessage as string,
      anyOf: [phrase, { type: 'array', items: phrase, minItems: 1 }],
    },
    near: {
      type: 'array',
      description:
        'Two lists of words: one of the first must stand in the response, and a few words behind it, in the same sentence, one of the second. It goes before a code and behind every phrase of "text".',
      errorMessage: '"near" must be two lists of words, such as [["mailbox", "user "], ["not found", "unknown"]].',
      minItems: 2,
      maxItems: 2,
      items: { type: 'array', errorMessage: 'Each part of "near" must be a list of words, such as ["not found", "unknown"].', minItems: 1, items: nearWord },
    },
    command: oneOf('command', 'What was answered, where the log tells it: "user unknown" to RCPT is about the recipient, to MAIL about the sender.', commandNames, commandMeanings),
    event: {
      type: 'string',
      description:
        "An event's source and its id, such as MSExchangeTransport 15006. The transport services write the same events, each under a source of its own, and MSExchangeTransport stands for them all; events of other sources are not read. Beside it, text and near ask for words of its description, where one event means two things.",
      errorMessage: '"event" must be a source and an id, such as MSExchangeTransport 15006.',
      pattern: '^\\S+ \\d{1,5}$',
    },
    part: partName(
      'part',
      'The part of the document that is about this condition: the words of a heading ### in its sections. A finding shows what stands above the parts, and this one.',
    ),
    general: {
      type: 'boolean',
      description: 'True where the condition is used for much, such as "try again later" or 5.7.1: whatever says more goes before it, however short.',
      errorMessage: '"general" must be true or false, without quotes.',
    },
  },
  dependencies: {
    near: { not: { required: ['text'] }, errorMessage: '"near" and "text" are two conditions: write an entry for each.' },
    part: { minProperties: 2, errorMessage: '"part" needs a condition beside it: it only says which part of the document is meant.' },
    general: { minProperties: 2, errorMessage: '"general" needs a condition beside it: it only says how much that one tells.' },
  },
};

const reference: Schema = {
  type: 'object',
  description: 'One page that was read.',
  errorMessage:
    'An entry of "references" must have a title, a url and the month in which it was checked, such as { title: "RFC 3463", url: "https://www.rfc-editor.org/rfc/rfc3463", checked: 2026-11 }.',
  required: ['title', 'url', 'checked'],
  minProperties: 1,
  additionalProperties: false,
  properties: {
    title: { type: 'string', description: 'What the page is called.', errorMessage: '"title" must be a text.', pattern: '\\S' },
    url: { type: 'string', description: 'The https address of the page.', errorMessage: '"url" must be an https address without blanks.', pattern: '^https://\\S+$' },
    checked: {
      type: 'string',
      description: 'The month of the last look at the page, such as 2026-11.',
      errorMessage: '"checked" must be a month, such as 2026-11.',
      pattern: '^\\d{4}-(?:0[1-9]|1[0-2])$',
    },
  },
};

/** The keys stand in the order in which documents have them. A guide has no `match`, and everything else has one: see `conditional`. */
export const failureSchema = {
  type: 'object',
  description: 'What begins a failure document, between two lines of three dashes.',
  errorMessage: 'The front matter must be lines such as "category: tls".',
  required: ['id', 'category', 'title', 'severity', 'products', 'references'],
  additionalProperties: false,
  properties: {
    id: {
      type: 'string',
      description:
        "The failure's name, and the file's name without .md: it says the fault that is seen, never the advice. The id of a document that Mailflow Lens ships takes that document's place.",
      errorMessage: '"id" must be words in lower case joined by hyphens, such as certificate-expired.',
      pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$',
    },
    category: oneOf('category', 'What kind of failure it is.', categories, categoryMeanings),
    title: { type: 'string', description: 'What is seen, in one line.', errorMessage: '"title" must be a text, what is seen in one line.', pattern: '\\S' },
    short: {
      type: 'string',
      description: 'The short name for a lens, a tree or a menu, at most 28 characters, such as Relay denied: the term that the reader would search for.',
      errorMessage: '"short" must be a name of at most 28 characters on one line, such as Relay denied.',
      pattern: '^\\S(?:.{0,26}\\S)?$',
    },
    severity: oneOf('severity', 'How much it matters.', severities, severityMeanings),
    match: {
      type: 'array',
      description: 'What a log must show: a list of conditions of which any one is enough.',
      errorMessage: '"match" must be a list with at least one condition, such as - { reply: 550, text: "user unknown" }.',
      minItems: 1,
      items: match,
    },
    directions: {
      type: 'object',
      description: 'The part of the document that is meant where a condition names none, by who answered.',
      errorMessage: '"directions" must have at least one of receive and send, such as { receive: This server refused }.',
      minProperties: 1,
      additionalProperties: false,
      properties: {
        receive: partName('receive', 'The part where the server that wrote the log answered.'),
        send: partName('send', 'The part where another server answered this one.'),
      },
    },
    products: {
      type: 'array',
      description: 'The products in which the failure is seen.',
      errorMessage: '"products" must be a list with at least one name, such as [Exchange 2019, Exchange SE].',
      minItems: 1,
      items: {
        type: 'string',
        description: 'A product.',
        errorMessage: 'An entry of "products" must be a name, such as Exchange 2019.',
        pattern: '\\S',
        examples: ['Exchange 2013', 'Exchange 2016', 'Exchange 2019', 'Exchange SE', 'Exchange Online'],
      },
    },
    references: {
      type: 'array',
      description: 'Where the failure is documented, and when that was read.',
      errorMessage: '"references" must be a list with at least one entry, such as - { title: "RFC 3463", url: "https://www.rfc-editor.org/rfc/rfc3463", checked: 2026-11 }.',
      minItems: 1,
      items: reference,
    },
    kind: {
      type: 'string',
      description: 'What the document is for; a failure where nothing is said.',
      errorMessage: '"kind" must be failure or guide.',
      enum: ['failure', 'guide'],
      enumDescriptions: ['A failure that logs show.', 'A runbook for no failure in particular: without conditions and without examples.'],
    },
  },
} as const satisfies Schema;

/** Only a guide has no conditions, and it must have none. The parser has the same rule in `frontMatter.ts`. */
const conditional = {
  if: { properties: { kind: { const: 'guide' } }, required: ['kind'] },
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema names it so.
  then: { properties: { match: false } },
  else: { required: ['match'] },
};

/** The content of `knowledge/failure.schema.json`. */
export function publishedSchema(): object {
  return { $schema: 'http://json-schema.org/draft-07/schema#', title: 'Front matter of a failure document of Mailflow Lens', ...failureSchema, ...conditional };
}
