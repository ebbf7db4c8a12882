/** Reads the front matter of a document by its schema: values, faults, and what each place in it is. */

import { isAlias, isMap, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
import type { Failure, Reference } from '../failures.ts';
import type { Category, CommandName, Severity, Span } from '../values.ts';
import { failureSchema, type Schema } from './failureSchema.ts';
import { codesIn } from './knowledgeBase.ts';
import { parseYaml } from './parseYaml.ts';
import { type Problem, yamlFault } from './yamlFaults.ts';

/** Where the front matter stands in a document. */
export interface FrontMatterSpan extends Span {
  /** Where the text below it begins. */
  readonly body: number;
  /** The dashes that begin it, and those that end it; both are where a fault of the whole is shown. */
  readonly opening: Span;
  readonly closing?: Span;
}

/** A key or a single value, with what the schema says of it. */
export interface Place {
  readonly span: Span;
  readonly key: string;
  readonly schema: Schema;
  /** Absent on a key. */
  readonly value?: string;
}

/** The values as they are written, where none of them is faulty. */
export interface FrontMatterValues {
  readonly id: string;
  readonly category: Category;
  readonly title: string;
  readonly short?: string;
  readonly severity: Severity;
  readonly match?: readonly {
    readonly reply?: number;
    readonly enhanced?: string;
    readonly text?: string | readonly string[];
    readonly near?: readonly (readonly string[])[];
    readonly command?: CommandName;
    readonly event?: string;
    readonly part?: string;
    readonly general?: boolean;
  }[];
  readonly directions?: NonNullable<Failure['directions']>;
  readonly products: readonly string[];
  readonly references: readonly Reference[];
}

export interface FrontMatter {
  readonly isGuide: boolean;
  readonly problems: readonly Problem[];
  readonly places: readonly Place[];
  /** Absent where there are problems. */
  readonly values?: FrontMatterValues;
}

/** Finds the front matter of a document. One whose second line of dashes is missing reaches to the first section. */
export function findFrontMatter(text: string): FrontMatterSpan | undefined {
  const first = /^(\uFEFF?)---[ \t]*(?:\r\n?|\n|$)/.exec(text);
  if (!first) return undefined;
  const mark = first[1]?.length ?? 0;
  const opening = { start: mark, end: mark + 3 };
  const start = first[0].length;
  const rest = text.slice(start);
  const last = /^---[ \t]*(?:\r\n?|\n|(?![\s\S]))/m.exec(rest);
  if (!last) {
    const end = start + (/^## /m.exec(rest)?.index ?? rest.length);
    return { start, end, body: end, opening };
  }
  const end = start + last.index;
  return { start, end, body: end + last[0].length, opening, closing: { start: end, end: end + 3 } };
}

/** Reads the front matter of a text at its place. Nothing throws. */
export function readFrontMatter(text: string, at: FrontMatterSpan): FrontMatter {
  const source = text.slice(at.start, at.end);
  const problems: Problem[] = [];
  const missing: Problem[] = [];
  const places: Place[] = [];
  const document = parseYaml(source);
  const inText = ({ start, end }: Span): Span => ({ start: start + at.start, end: end + at.start });
  const spanOf = (node: unknown, otherwise: Span): Span => {
    const [start, end] = (node as { range?: [number, number, number] | null } | null)?.range ?? [0, 0];
    const length = source.slice(start, end).trimEnd().length;
    return length === 0 ? otherwise : inText({ start, end: start + length });
  };

  const read = (node: unknown, schema: Schema, key: string, otherwise: Span): void => {
    const span = spanOf(node, otherwise);
    const type = typeOf(node);
    const form = schema.anyOf?.find((candidate) => candidate.type === type) ?? schema;
    if (isScalar(node) && span !== otherwise) places.push({ span, key, schema, value: String(node.value) });
    if (isAlias(node)) problems.push({ span, message: 'Write the value itself here: references to other values (*name) are not read.' });
    else if (form.type !== type || !fits(node, form)) problems.push({ span, message: `${form.errorMessage ?? schema.errorMessage} Here it is ${shown(node)}.` });
    else if (isMap(node)) readKeys(node, form, span);
    else if (isSeq(node)) for (const item of node.items) read(item, form.items ?? {}, key, span);
  };
  const readKeys = (map: YAMLMap, { properties = {}, required = [], dependencies = {} }: Schema, span: Span): void => {
    for (const pair of map.items) {
      const key = isScalar(pair.key) ? String(pair.key.value) : '';
      const keySpan = spanOf(pair.key, span);
      const schema = Object.hasOwn(properties, key) ? properties[key] : undefined;
      if (!schema) {
        problems.push({ span: keySpan, message: unknownKey(key, Object.keys(properties)) });
        continue;
      }
      places.push({ span: keySpan, key, schema });
      if (key !== 'match' || !isGuide) read(pair.value, schema, key, keySpan);
      else problems.push({ span: keySpan, message: 'A guide has no "match": it is never found in a log.' });
      const beside = dependencies[key];
      if (beside && !fits(map, beside)) problems.push({ span: keySpan, message: beside.errorMessage ?? '' });
    }
    for (const key of required.filter((name) => !map.has(name))) missing.push({ span, message: `"${key}" is missing: ${lowerFirst(properties[key]?.description ?? '')}` });
  };

  if ('tooDeep' in document) {
    const start = at.start + document.tooDeep;
    return { isGuide: false, places, problems: [{ span: { start, end: start + 1 }, message: 'Lists or keys stand in one another too deeply here to be read.' }] };
  }
  const root = document.contents;
  const isGuide = isMap(root) && (root.get('kind') as unknown) === 'guide';
  const form: Schema = isGuide ? failureSchema : { ...failureSchema, required: [...failureSchema.required, 'match'] };
  if (isMap(root)) readKeys(root, form, at.opening);
  else problems.push({ span: spanOf(root, at.opening), message: failureSchema.errorMessage });
  for (const { span, value, key } of places) {
    if (key === 'enhanced' && value !== undefined && codesIn(value).length === 0)
      problems.push({ span, message: `"${value}" is a range without any code: its first number must not be greater than its last.` });
  }
  const twice = document.errors.filter(({ code }) => code === 'DUPLICATE_KEY');
  for (const { pos } of twice) problems.push({ span: keyAt(places, pos[0] + at.start) ?? inText({ start: pos[0], end: pos[1] }), message: 'This key stands here twice.' });
  const broken = document.errors.find(({ code }) => code !== 'DUPLICATE_KEY');
  if (!broken) {
    const all = [...problems, ...missing];
    return { isGuide, places, problems: all, ...(all.length === 0 && { values: document.toJS() as FrontMatterValues }) };
  }
  // What comes after a fault of the YAML itself may have been read wrongly.
  const { span, message } = yamlFault(broken, document, source);
  const start = Math.min(span.start, broken.pos[0]) + at.start;
  return { isGuide, places, problems: [...problems.filter((problem) => problem.span.end <= start), { span: inText(span), message }] };
}

function keyAt(places: readonly Place[], offset: number): Span | undefined {
  return places.find(({ span, value }) => value === undefined && span.start === offset)?.span;
}

/** The type in the words of JSON Schema; those that no value of a document has are one. */
function typeOf(node: unknown): NonNullable<Schema['type']> | 'other' {
  if (isMap(node)) return 'object';
  if (isSeq(node)) return 'array';
  const value = isScalar(node) ? node.value : undefined;
  if (typeof value === 'string' || typeof value === 'boolean') return typeof value === 'string' ? 'string' : 'boolean';
  return Number.isInteger(value) ? 'integer' : 'other';
}

/** Whether a node of the right type keeps within the bounds of its schema, its own content aside. */
function fits(node: unknown, { pattern, enum: names, minimum = -Infinity, maximum = Infinity, minItems = 0, maxItems = Infinity, minProperties = 0, not }: Schema): boolean {
  if (isSeq(node)) return node.items.length >= minItems && node.items.length <= maxItems;
  if (isMap(node)) return node.items.length >= minProperties && !not?.required.every((key) => node.has(key));
  const value = isScalar(node) ? node.value : undefined;
  if (typeof value === 'number') return value >= minimum && value <= maximum;
  if (typeof value === 'boolean') return true;
  return typeof value === 'string' && (names?.includes(value) ?? true) && (pattern === undefined || expressionOf(pattern).test(value));
}

/** Made once, and not for each value of each document. */
const expressions = new Map<string, RegExp>();

function expressionOf(pattern: string): RegExp {
  const known = expressions.get(pattern) ?? new RegExp(pattern, 'u');
  expressions.set(pattern, known);
  return known;
}

/** A value as a sentence names it. */
function shown(node: unknown): string {
  if (isMap(node)) return node.items.length === 0 ? 'an empty map' : `a map with ${(node.items as Pair[]).map(({ key }) => String(key)).join(', ')}`;
  if (isSeq(node)) return node.items.length === 0 ? 'an empty list' : 'a list';
  const value = isScalar(node) ? node.value : undefined;
  if (value === null || value === undefined || value === '') return 'empty';
  const text = String(value);
  const cut = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return typeof value === 'string' ? `"${cut}"` : cut;
}

function unknownKey(key: string, known: readonly string[]): string {
  const stuck = /^(\w+):/.exec(key)?.[1];
  if (stuck !== undefined && known.includes(stuck)) return `A blank is missing after the colon of "${stuck}:".`;
  return `"${key}" is not known here. Known are ${known.join(', ')}.`;
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
