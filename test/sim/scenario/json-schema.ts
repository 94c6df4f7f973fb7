/** Checks a value against the part of JSON Schema that scenarios/schema.json uses, as an editor would. */

type Schema = Readonly<Record<string, unknown>>;

/** Paths at which `value` does not fit `schema`; an unknown keyword throws, so that none goes unchecked. */
export function schemaFaults(schema: Schema, value: unknown, path = "$"): string[] {
  return Object.entries(schema).flatMap(([keyword, argument]) => {
    const check = KEYWORDS[keyword];
    if (check === undefined) throw new Error(`${path}: keyword ${keyword} is not checked`);
    return check(argument, value, path, schema);
  });
}

type Check = (argument: unknown, value: unknown, path: string, schema: Schema) => string[];

const ignored: Check = () => [];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const when = (holds: boolean, path: string, fault: string): string[] => (holds ? [] : [`${path}: ${fault}`]);

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  integer: Number.isInteger,
  boolean: (value) => typeof value === "boolean",
};

const KEYWORDS: Readonly<Record<string, Check>> = {
  $schema: ignored,
  title: ignored,
  description: ignored,
  default: ignored,
  examples: ignored,
  type: (types, value, path) =>
    when(
      [types].flat().some((type) => TYPES[type as string]!(value)),
      path,
      `no ${String(types)}`,
    ),
  enum: (words, value, path) => when((words as unknown[]).includes(value), path, "not in enum"),
  const: (word, value, path) => when(word === value, path, `not ${String(word)}`),
  pattern: (pattern, value, path) =>
    when(
      typeof value !== "string" || new RegExp(pattern as string).test(value),
      path,
      `not like ${String(pattern)}`,
    ),
  minLength: (least, value, path) =>
    when(typeof value !== "string" || value.length >= (least as number), path, "too short"),
  minimum: (least, value, path) =>
    when(typeof value !== "number" || value >= (least as number), path, "too small"),
  exclusiveMinimum: (least, value, path) =>
    when(typeof value !== "number" || value > (least as number), path, "too small"),
  maximum: (most, value, path) =>
    when(typeof value !== "number" || value <= (most as number), path, "too large"),
  minItems: (least, value, path) =>
    when(!Array.isArray(value) || value.length >= (least as number), path, "too few"),
  maxItems: (most, value, path) =>
    when(!Array.isArray(value) || value.length <= (most as number), path, "too many"),
  items: (item, value, path) =>
    Array.isArray(value)
      ? value.flatMap((each, k) => schemaFaults(item as Schema, each, `${path}[${k}]`))
      : [],
  prefixItems: (items, value, path) =>
    Array.isArray(value)
      ? (items as Schema[]).flatMap((item, k) => schemaFaults(item, value[k], `${path}[${k}]`))
      : [],
  anyOf: (schemas, value, path) =>
    when(
      (schemas as Schema[]).some((schema) => schemaFaults(schema, value, path).length === 0),
      path,
      "fits none",
    ),
  allOf: (schemas, value, path) =>
    (schemas as Schema[]).flatMap((schema) => schemaFaults(schema, value, path)),
  if: (condition, value, path, schema) => {
    const branch = schemaFaults(condition as Schema, value, path).length === 0 ? "then" : "else";
    return branch in schema ? schemaFaults(schema[branch] as Schema, value, path) : [];
  },
  // Looked at by `if`.
  then: ignored,
  else: ignored,
  required: (names, value, path) =>
    isObject(value)
      ? (names as string[]).flatMap((name) => when(name in value, path, `${name} is missing`))
      : [],
  properties: (properties, value, path) =>
    isObject(value)
      ? Object.entries(properties as Record<string, Schema>).flatMap(([name, schema]) =>
          name in value ? schemaFaults(schema, value[name], `${path}.${name}`) : [],
        )
      : [],
  propertyNames: (names, value, path) =>
    isObject(value)
      ? Object.keys(value).flatMap((name) => schemaFaults(names as Schema, name, `${path}.${name}`))
      : [],
  additionalProperties: (rest, value, path, schema) =>
    isObject(value)
      ? Object.entries(value)
          .filter(([name]) => !(name in ((schema["properties"] as object | undefined) ?? {})))
          .flatMap(([name, each]) =>
            rest === false
              ? [`${path}.${name}: unknown`]
              : schemaFaults(rest as Schema, each, `${path}.${name}`),
          )
      : [],
};
