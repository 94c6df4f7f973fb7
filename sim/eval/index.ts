import { InputError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { FAMILIES } from "./families/index.ts";
import type { EvalFamily } from "./family.ts";

export { benchLines } from "./bench.ts";
export { checkLines, evaluateLines, type EvalSummary, type WriteAnswer } from "./evaluate.ts";
export { FAMILIES } from "./families/index.ts";
export type { EvalCase, EvalFamily, Evaluator } from "./family.ts";
export { checkSources, type InputLine, readLines } from "./lines.ts";

/**
 * Loads a family by name and checks that the backend computes it.
 * @param backend undefined: the family's default
 * @returns the family and the backend
 * @throws InputError
 */
export async function openFamily(
  name: string,
  backend?: string,
): Promise<{ readonly family: EvalFamily; readonly backend: string }> {
  const names = FAMILIES.map((entry) => entry.name);
  const entry = FAMILIES.find((candidate) => candidate.name === name);
  if (!entry) {
    throw new InputError(`no family ${name}; known: ${names.join(", ")}${didYouMean(name, names)}`);
  }
  const family = await entry.load();
  if (backend === undefined) return { family, backend: family.backends[0] };
  if (!family.backends.includes(backend))
    throw new InputError(`family ${name}: no backend ${backend}; available: ${family.backends.join(", ")}`);
  return { family, backend };
}
