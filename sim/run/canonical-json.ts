import { createHash } from "node:crypto";
import { isJsonObject, type JsonValue } from "../json.ts";

/** JSON with sorted members and no blanks: equal values have equal text. Members are ordered by UTF-16 code units. */
export function canonicalJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${(value as readonly JsonValue[]).map(canonicalJson).join(",")}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name] ?? null)}`);
  return `{${members.join(",")}}`;
}

/** Lower-case hexadecimal sha256 of the canonical JSON, as UTF-8. */
export function jsonDigest(value: JsonValue): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}
