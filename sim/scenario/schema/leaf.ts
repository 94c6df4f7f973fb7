import { z } from "zod";
import { Unfit } from "../units.ts";

/** JSON Schema keywords that an editor understands. */
export type EditorSchema = Readonly<Record<string, unknown>>;

/** A schema that reads unknown input. */
export type Reading<T> = z.ZodType<T>;

/** A value that `parse` reads; `editor` is what an editor checks beforehand, `description` what it shows. */
export function leaf<T>(parse: (value: unknown) => T, description: string, editor: EditorSchema): Reading<T> {
  return z
    .unknown()
    .transform((value, context): T => {
      try {
        return parse(value);
      } catch (error) {
        if (!(error instanceof Unfit)) throw error;
        context.issues.push({ code: "custom", message: error.message, input: value });
        return z.NEVER;
      }
    })
    .meta({ ...editor, description });
}

/** The schemas that `either` chooses from, by the schema that it made; the JSON Schema generator lists them. */
export const alternativesOf = new WeakMap<object, readonly z.ZodType[]>();

/** A value that is read by the one schema that `choose` picks for it, so that errors speak of that one alone. */
export function either<T>(
  choose: (value: unknown) => Reading<T>,
  alternatives: readonly z.ZodType[],
  description: string,
): Reading<T> {
  const schema = z
    .unknown()
    .transform((value, context): T => {
      let chosen: Reading<T>;
      try {
        chosen = choose(value);
      } catch (error) {
        if (!(error instanceof Unfit)) throw error;
        context.issues.push({ code: "custom", message: error.message, input: value });
        return z.NEVER;
      }
      const result = chosen.safeParse(value);
      if (result.success) return result.data;
      for (const issue of result.error.issues)
        context.issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
      return z.NEVER;
    })
    .meta({ description });
  alternativesOf.set(schema, alternatives);
  return schema;
}

/** Whether a value is a mapping. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * A mapping that knows all its keys. Its issue about unknown ones carries the known ones as message, for the error to
 * list and to suggest from.
 */
export function mapping<S extends z.ZodRawShape>(shape: S): z.ZodObject<S, z.core.$strict> {
  const known = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? known : undefined),
  });
}
