/** What the schema of the front matter and the registries say about a key or a value. */

import { failureSchema } from '../../knowledge/compile.ts';
import type { Schema } from '../../knowledge/failureSchema.ts';
import { codesIn, type KnowledgeBase } from '../../knowledge/knowledgeBase.ts';
import { entry } from './frontMatterCursor.ts';

/** What can be chosen for a value, and what it means. */
export interface Choice {
  /** As it is written in YAML. */
  readonly value: string;
  readonly meaning?: string | undefined;
}

/** The schema of what stands at the end of a path. */
export function schemaAt(path: readonly string[]): Schema | undefined {
  return path.reduce<Schema | undefined>((schema, step) => {
    const form = step === entry ? (schema?.anyOf?.find(({ type }) => type === 'array') ?? schema) : schema;
    if (step === entry) return form?.items;
    return form?.properties && Object.hasOwn(form.properties, step) ? form.properties[step] : undefined;
  }, failureSchema);
}

/** The values that are known for a key. */
export function choicesFor(key: string, schema: Schema, knowledge: KnowledgeBase): Choice[] {
  const { enhancedCodes, replyCodes } = knowledge.registries;
  if (schema.enum) return schema.enum.map((value, index) => ({ value, meaning: schema.enumDescriptions?.[index] }));
  if (schema.type === 'boolean') return [{ value: 'true', meaning: schema.description }];
  if (key === 'reply') return replyCodes.filter(({ code }) => /^[45]/.test(code)).map(({ code, summary }) => ({ value: code, meaning: summary }));
  if (key === 'enhanced') return ['4', '5'].flatMap((digit) => enhancedCodes.map(({ code, summary }) => ({ value: `"${digit}${code.slice(1)}"`, meaning: summary })));
  if (key === 'event') return knownEvents(knowledge);
  if (key === 'products') return [...new Set([...(schema.examples ?? []), ...knowledge.failures.flatMap(({ products }) => products)])].map((value) => ({ value }));
  return [];
}

/** What a value means; undefined where nothing is known of it. */
export function meaningOf(key: string, value: string, schema: Schema, knowledge: KnowledgeBase): string | undefined {
  if (key !== 'enhanced') return choicesFor(key, schema, knowledge).find((choice) => choice.value === value)?.meaning;
  const codes = codesIn(value);
  return codes.length === 1 ? knowledge.meaning({ enhancedCode: value, text: '' })?.summary : undefined;
}

/** The events of the registry and of the documents, by source and id. */
function knownEvents(knowledge: KnowledgeBase): Choice[] {
  const events = new Map(knowledge.registries.events.map(({ code, summary }) => [code, summary]));
  for (const { match, title } of knowledge.failures) {
    for (const { event } of match) {
      const code = event && `${event.source} ${event.id}`;
      if (code && !events.has(code)) events.set(code, title);
    }
  }
  const ids = new Intl.Collator('en', { numeric: true });
  return [...events].map(([value, meaning]) => ({ value, meaning })).sort((one, other) => ids.compare(one.value, other.value));
}
