import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { VariantCase } from "../../../kernels/variants/case.ts";
import { InputError } from "../../errors.ts";
import type { JsonObject } from "../../json.ts";
import { readStory } from "./story.ts";

/** The 24 cases as the package ships them, found from the sources and from dist/. */
function readCaseFile(): { readonly cases: readonly JsonObject[] } {
  for (const path of ["../../../scenarios/cases", "../../../../scenarios/cases"]) {
    const file = fileURLToPath(new URL(`${path}/yuma-cases.json`, import.meta.url));
    if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as { cases: JsonObject[] };
  }
  throw new Error("scenarios/cases/yuma-cases.json is missing beside the program");
}

/** The texts of a case. */
export interface CaseWords {
  readonly label: string;
  /** What it is for. */
  readonly probes: string;
  readonly validators: readonly string[];
  readonly servers: readonly string[];
}

/** The 24 cases that researchers compare Yuma formulas with, each read once. */
export class CaseLibrary {
  readonly #cases = new Map<number, VariantCase>();
  readonly #raw = new Map(readCaseFile().cases.map((found) => [found.id as number, found]));

  get ids(): readonly number[] {
    return [...this.#raw.keys()];
  }

  /** What a case is called, and what it is for. @throws InputError for an id that no case has */
  words(id: number): CaseWords {
    this.get(id);
    const { label, probes, validators, servers } = this.#raw.get(id) as unknown as CaseWords;
    return { label, probes, validators, servers };
  }

  /** @throws InputError for an id that no case has */
  get(id: number): VariantCase {
    const known = this.#cases.get(id);
    if (known) return known;
    const raw = this.#raw.get(id);
    if (!raw) throw new InputError(`in.case: found ${id}; allowed: an id 1..${this.#raw.size}, or a case`);
    const story = readStory(raw, `case ${id}`);
    this.#cases.set(id, story);
    return story;
  }
}
