import type { VariantCase } from "../../../kernels/variants/case.ts";
import { findVariant, VARIANTS } from "../../../kernels/variants/names.ts";
import { dividendsPer1000Tao, percentVersusBase } from "../../../kernels/variants/payout.ts";
import { chartSettings } from "../../../kernels/variants/settings.ts";
import { simulateVariant, type VariantRun } from "../../../kernels/variants/simulate.ts";
import { InputError } from "../../errors.ts";
import type { JsonObject, JsonValue } from "../../json.ts";
import type { EvalCase, EvalFamily } from "../family.ts";
import { booleanMember, expectMembers } from "../members.ts";
import { CaseLibrary } from "../variant/cases.ts";
import { numberMember } from "../variant/numbers.ts";
import { type ChosenSettings, chooseSettings } from "../variant/options.ts";
import { variantOut } from "../variant/out.ts";
import { readStory } from "../variant/story.ts";
import { firstVariantDifference, TOLERANCE } from "../variant/tolerance.ts";

const MEMBERS = ["case", "version", "bond_penalty"] as const;
const OPTIONAL = ["options", "compat"] as const;

/** One case under one Yuma formula, in the members of a run of golden/yuma-simulation.md. */
export const VARIANT_FAMILY: EvalFamily = {
  name: "variant",
  backends: ["float64"],
  indexedByUid: false,
  tolerance: () => TOLERANCE,
  open: async () => {
    const library = new CaseLibrary();
    return { prepare: (line) => readLine(line, library) };
  },
};

function readLine(line: JsonObject, library: CaseLibrary): EvalCase {
  const { in: input } = expectMembers(line, ["in"]);
  const present =
    typeof input === "object" && input !== null ? OPTIONAL.filter((name) => Object.hasOwn(input, name)) : [];
  const members = expectMembers(input, [...MEMBERS, ...present], "in");
  const { version, options, compat } = members;
  const variant = typeof version === "string" ? findVariant(version) : undefined;
  if (variant === undefined)
    throw new InputError(`in.version: found ${JSON.stringify(version)}; allowed: ${VARIANTS.join(", ")}`);
  const chart = chartSettings(variant, numberMember(members.bond_penalty, "in.bond_penalty", 0, 1));
  const { settings, payout } = chooseSettings(chart, options);
  return new VariantEvalCase(readCase(members.case, library), {
    payout,
    settings: { ...settings, compat: compat === undefined ? false : booleanMember(compat, "in.compat") },
  });
}

function readCase(value: JsonValue | undefined, library: CaseLibrary): VariantCase {
  return typeof value === "number" ? library.get(value) : readStory(value, "in.case");
}

class VariantEvalCase implements EvalCase {
  readonly n: number;
  readonly #story: VariantCase;
  readonly #chosen: ChosenSettings;
  #run: VariantRun | undefined;

  constructor(story: VariantCase, chosen: ChosenSettings) {
    this.n = story.validators + story.servers;
    this.#story = story;
    this.#chosen = chosen;
  }

  run(): void {
    this.#run = simulateVariant(this.#story, this.#chosen.settings);
  }

  out(): JsonObject {
    const totals = dividendsPer1000Tao(this.#story, this.#finished.dividends, this.#chosen.payout);
    return variantOut(
      this.#story,
      this.#finished,
      totals,
      percentVersusBase(totals, this.#story.baseValidator),
    );
  }

  difference(expected: JsonValue): ReturnType<typeof firstVariantDifference> {
    return firstVariantDifference(expected, {
      out: this.out(),
      compat: this.#chosen.settings.compat,
      servers: this.#story.servers,
      quotients: this.#finished.quotients,
    });
  }

  get #finished(): VariantRun {
    if (!this.#run) throw new Error("the case has not been run");
    return this.#run;
  }
}
