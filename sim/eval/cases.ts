import { InputError } from "../errors.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import type { EvalCase, Evaluator } from "./family.ts";
import type { InputLine } from "./lines.ts";
import { shown } from "./members.ts";

/** A line that can be computed. */
export interface UnderstoodLine {
  readonly name: string | number;
  readonly case: EvalCase;
  /** The line's own `out`; undefined when it has none. */
  readonly expected: JsonValue | undefined;
}

/** A line that was understood, or the reason why it was not. */
export type ParsedLine = UnderstoodLine | { readonly name: string | number; readonly error: string };

/** Reads one line for an evaluator. Without a `name` the line's number stands for it. */
export function parseLine(evaluator: Evaluator, line: InputLine): ParsedLine {
  let name: string | number = line.number;
  try {
    const members = parseObject(line.text);
    if (Object.hasOwn(members, "name")) {
      if (typeof members.name !== "string")
        throw new InputError(`name: found ${shown(members.name)}; allowed: text`);
      name = members.name;
    }
    const { name: _name, out: expected, ...input } = members;
    return { name, case: evaluator.prepare(input), expected };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { name, error: error.message };
  }
}

function parseObject(text: string | null): JsonObject {
  if (text === null) throw new InputError("the line is longer than 500 MB");
  if (text.trim() === "") throw new InputError("the line is empty; allowed: a JSON object");
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new InputError(`not JSON: ${(error as SyntaxError).message}`, { cause: error });
  }
  if (!isJsonObject(value)) throw new InputError("the line is not a JSON object");
  return value;
}
