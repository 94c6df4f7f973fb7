import { createHash } from "node:crypto";
import { isJsonObject, type JsonObject, type JsonValue } from "../json.ts";

/** Texts of values that were written before, for values of which many have parts in common; the parts never change. */
export type KnownTexts = WeakMap<object, string>;

/**
 * JSON with sorted members and no blanks: equal values have equal text. Members are ordered by UTF-16 code units.
 * @param known is asked for the texts of objects and arrays, and is given them
 */
export function canonicalJson(value: JsonValue, known?: KnownTexts): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  let text = known?.get(value);
  if (text === undefined) {
    text = isJsonObject(value) ? ofObject(value, known) : ofArray(value, known);
    known?.set(value, text);
  }
  return text;
}

function ofArray(values: readonly JsonValue[], known: KnownTexts | undefined): string {
  return `[${Array.from(values, (value) => canonicalJson(value, known)).join(",")}]`;
}

function ofObject(value: JsonObject, known: KnownTexts | undefined): string {
  const names = Object.keys(value).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const members = Array.from(
    names,
    (name) => `${JSON.stringify(name)}:${canonicalJson(value[name] ?? null, known)}`,
  );
  return `{${members.join(",")}}`;
}

/** Lower-case hexadecimal sha256 of the canonical JSON, as UTF-8. @param known as `canonicalJson` */
export function jsonDigest(value: JsonValue, known?: KnownTexts): string {
  return createHash("sha256").update(canonicalJson(value, known)).digest("hex");
}
