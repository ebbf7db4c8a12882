/** What a tool takes and gives, described once: a type for us, a JSON schema for whoever calls it, and the check of what comes in. */

/** The part of JSON Schema that is used here. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

export interface ToolSchema<Value> {
  readonly json: JsonSchema;
  /**
   * The value as described, and nothing else.
   * @param name What it is called where it does not fit.
   * @throws A sentence for whoever has sent it.
   */
  readonly read: (value: unknown, name: string) => Value;
}

/** What a schema describes. */
export type Described<Schema> = Schema extends ToolSchema<infer Value> ? Value : never;

/** A member that may be left out. */
interface OptionalSchema<Value> extends ToolSchema<Value> {
  readonly isOptional: true;
}

type Members = Readonly<Record<string, ToolSchema<unknown>>>;
type OptionalNames<All extends Members> = { [Name in keyof All]: All[Name] extends OptionalSchema<unknown> ? Name : never }[keyof All];
type Shape<All extends Members> = { readonly [Name in Exclude<keyof All, OptionalNames<All>>]: Described<All[Name]> } & {
  readonly [Name in OptionalNames<All>]?: Described<All[Name]>;
};

/** An object of these members alone. A member that nobody has asked for is refused: whoever sends it expects something of it. */
export function shape<All extends Members>(members: All): ToolSchema<Shape<All>> & { readonly members: All } {
  const required = Object.keys(members).filter((name) => !isOptional(members[name]) && !('isPreset' in (members[name] ?? {})));
  return {
    members,
    json: {
      type: 'object',
      properties: Object.fromEntries(Object.entries(members).map(([name, { json }]) => [name, json])),
      ...(required.length > 0 && { required }),
      additionalProperties: false,
    },
    read: (value, name) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${name} must be an object.`);
      const given = value as Readonly<Record<string, unknown>>;
      for (const other of Object.keys(given))
        if (!Object.hasOwn(members, other)) throw new Error(`${name} has a member that is not known. Known are: ${Object.keys(members).join(', ')}.`);
      const read = Object.entries(members).flatMap(([member, schema]): [string, unknown][] => {
        const own = Object.hasOwn(given, member) ? given[member] : undefined;
        if (own === undefined && isOptional(schema)) return [];
        return [[member, schema.read(own, member)]];
      });
      return Object.fromEntries(read) as Shape<All>;
    },
  };
}

function isOptional(schema: ToolSchema<unknown> | undefined): boolean {
  return schema !== undefined && 'isOptional' in schema;
}

export function optional<Value>({ json, read }: ToolSchema<Value>): OptionalSchema<Value> {
  return { json, read, isOptional: true };
}

/** A member that has a value where nobody gives one; its name need not be given. */
export function preset<Value>({ json, read }: ToolSchema<Value>, value: Value): ToolSchema<Value> & { readonly isPreset: true } {
  return { json: { ...json, default: value }, read: (given, name) => (given === undefined ? value : read(given, name)), isPreset: true };
}

export function nullable<Value>({ json, read }: ToolSchema<Value>): ToolSchema<Value | null> {
  return { json: { anyOf: [json, { type: 'null' }] }, read: (value, name) => (value === null ? null : read(value, name)) };
}

/** The same, with a sentence on what it is. */
export function noted<Schema extends ToolSchema<unknown>>(schema: Schema, description: string): Schema {
  return { ...schema, json: { ...schema.json, description } };
}

interface TextBounds {
  readonly shortest?: number;
  readonly longest?: number;
  readonly pattern?: RegExp;
}

export function string({ shortest, longest, pattern }: TextBounds = {}): ToolSchema<string> {
  return {
    json: {
      type: 'string',
      ...(shortest !== undefined && { minLength: shortest }),
      ...(longest !== undefined && { maxLength: longest }),
      ...(pattern && { pattern: pattern.source }),
    },
    read: (value, name) => {
      if (typeof value !== 'string') throw new Error(`${name} must be a string.`);
      if (value.length < (shortest ?? 0)) throw new Error(`${name} must not be empty.`);
      if (value.length > (longest ?? Number.POSITIVE_INFINITY)) throw new Error(`${name} must have at most ${longest} characters.`);
      if (pattern && !pattern.test(value)) throw new Error(`${name} is not written as described.`);
      return value;
    },
  };
}

export function count(least = 0, most = Number.MAX_SAFE_INTEGER): ToolSchema<number> {
  return {
    json: { type: 'integer', minimum: least, ...(most < Number.MAX_SAFE_INTEGER && { maximum: most }) },
    read: (value, name) => {
      if (!Number.isInteger(value) || (value as number) < least || (value as number) > most)
        throw new Error(`${name} must be a whole number from ${least}${most < Number.MAX_SAFE_INTEGER ? ` to ${most}` : ''}.`);
      return value as number;
    },
  };
}

export function number(): ToolSchema<number> {
  return {
    json: { type: 'number' },
    read: (value, name) => {
      if (typeof value !== 'number' || !Number.isFinite(value)) throw new Error(`${name} must be a number.`);
      return value;
    },
  };
}

export function oneOf<const Value extends string>(values: readonly Value[]): ToolSchema<Value> {
  return {
    json: { type: 'string', enum: values },
    read: (value, name) => {
      const known = values.find((one) => one === value);
      if (known === undefined) throw new Error(`${name} must be one of ${values.join(', ')}.`);
      return known;
    },
  };
}

export function list<Value>({ json, read }: ToolSchema<Value>, most?: number): ToolSchema<readonly Value[]> {
  return {
    json: { type: 'array', items: json, ...(most !== undefined && { maxItems: most }) },
    read: (value, name) => {
      if (!Array.isArray(value)) throw new Error(`${name} must be a list.`);
      if (value.length > (most ?? Number.POSITIVE_INFINITY)) throw new Error(`${name} must have at most ${most} entries.`);
      return value.map((one) => read(one, name));
    },
  };
}
