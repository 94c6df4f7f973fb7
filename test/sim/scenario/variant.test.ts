import { describe, expect, test } from "vitest";
import { settingsOfChoice } from "../../../kernels/variants/subnet/choice.ts";
import { loadAnyScenario, type ResolvedScenario } from "../../../sim/scenario/index.ts";
import { libraryPath } from "../run/economy/files.ts";
import { loadText, NEURONS, scenarioText } from "./files.ts";

const withVariant = (variant: string, more = ""): ResolvedScenario =>
  loadText(`${scenarioText(NEURONS, more)}variant: ${variant}\n`);
const choice = (variant: string) => withVariant(variant).comparisons[0]!.variant!.choice;

function settings(variant: string, hyperparameters = "{}") {
  const text = scenarioText(`${NEURONS}\n    hyperparameters: ${hyperparameters}`);
  const [plan] = loadText(`${text}variant: ${variant}\n`).comparisons;
  return settingsOfChoice(plan!.variant!.choice, plan!.hyperparameters);
}

/** What is said about a variant, without the file. */
function refusal(variant: string, more = ""): string {
  try {
    withVariant(variant, more);
  } catch (error) {
    return (error as Error).message.replaceAll(/^\S*s\.yaml/gm, "s.yaml");
  }
  throw new Error(`${variant} was accepted`);
}

describe("a variant", () => {
  test("is a name in either spelling, or a formula with settings", () => {
    expect(choice("yuma2b")).toEqual({ formula: "yuma2b", base: "chain", liquid: {} });
    expect(choice("YUMA3_LIQUID")).toEqual({ formula: "yuma3-liquid", base: "chain", liquid: {} });
    expect(
      choice("{ formula: yuma3, settings: charts, bond_penalty: 99 %, liquid_alpha: true, alpha_low: 5 % }"),
    ).toEqual({
      formula: "yuma3",
      base: "charts",
      bondsPenalty: 0.99,
      liquidAlpha: true,
      liquid: { alphaLow: 0.05 },
    });
  });

  test("is absent by default", () => {
    expect(loadText(scenarioText(NEURONS)).comparisons[0]!.variant).toBeUndefined();
  });

  test("takes from the hyperparameters what it does not say", () => {
    const hyperparameters =
      "{ kappa: 40 %, bonds_penalty: 20 %, bonds_moving_average: 70 %, alpha_low: 10 %, alpha_high: 30 %, alpha_sigmoid_steepness: 500 }";
    const found = settings("yuma3-liquid", hyperparameters);
    expect(found.kappa).toBe(26_214 / 65_535);
    expect(found.bondsPenalty).toBe(13_107 / 65_535);
    expect(found.bondsRate).toBeCloseTo(0.3, 15);
    expect(found.liquidAlpha).toEqual({
      alphaLow: 6553 / 65_535,
      alphaHigh: 19_660 / 65_535,
      steepness: 5,
      consensusMode: "CURRENT",
      effectiveWeights: false,
    });
    expect(settings("yuma2", "{ liquid_alpha: true }").liquidAlpha).toBeNull();
    expect(settings("yuma3", "{ liquid_alpha: true }").liquidAlpha).not.toBeNull();
    expect(settings("{ formula: yuma2, bond_moving_avg: 0.9 }").bondsRate).toBeCloseTo(0.1, 15);
  });

  test("can have the consensus of a paper, whose settings it then takes", () => {
    expect(
      settings(
        "{ formula: yuma1, consensus_method: mean_reduction, consensus_steps: 60, consensus_smoothing: 95 % }",
      ),
    ).toMatchObject({ consensusMethod: "mean_reduction", consensusSteps: 60, consensusSmoothing: 0.95 });
    expect(
      settings("{ formula: yuma1, consensus_method: trust, kappa: 60 %, trust_temperature: 20 }"),
    ).toMatchObject({ consensusMethod: "trust", kappa: 0.6, trustTemperature: 20 });
    expect(refusal("{ formula: yuma1, consensus_steps: 2 }")).toContain(
      "variant.consensus_steps: has no effect with consensus_method: sorted; it is a setting of mean_reduction",
    );
    expect(refusal("{ formula: yuma1, consensus_method: trust, consensus_smoothing: 0 }")).toContain(
      "has no effect with consensus_method: trust",
    );
    expect(refusal("{ formula: yuma1, consensus_method: mean_reduction, trust_temperature: 1 }")).toContain(
      "it is a setting of trust",
    );
    expect(refusal("{ formula: yuma1, consensus_method: mean_reduction, kappa: 40 % }")).toContain(
      "variant.kappa: has no effect with consensus_method: mean_reduction",
    );
    expect(refusal("{ formula: yuma1, consensus_method: mean_reduction, consensus_steps: 1001 }")).toContain(
      "variant.consensus_steps: found 1001",
    );
  });

  test("or from the published charts", () => {
    const found = settings("{ formula: yuma2, settings: charts }", "{ kappa: 40 %, bonds_penalty: 20 % }");
    expect(found).toMatchObject({ kappa: 0.5, bondsRate: 0.9, bondsPenalty: 13_107 / 65_535 });
  });

  test("differs between comparisons", () => {
    const compare =
      "compare: [{ name: chain, set: {} }, { name: b, set: { variant: yuma2b } }, { name: c, set: { variant: { formula: yuma2c, decay_rate: 20 % } } }]\n";
    const { comparisons } = loadText(scenarioText(NEURONS, compare));
    expect(comparisons.map(({ variant }) => variant?.choice.formula)).toEqual([
      undefined,
      "yuma2b",
      "yuma2c",
    ]);
  });

  test("reads weights as they are written", () => {
    const rows = "    weights: { validator-0: { miner-0: 0.7, miner-1: 0.3 } }";
    const [plan] = loadText(`${scenarioText(`${NEURONS}\n${rows}`)}variant: yuma1\n`).comparisons;
    expect(plan!.variant!.submitted).toEqual([[0.7, 0.3], [], [], []]);
    expect([...plan!.weights.values]).toEqual([65_535, 28_086]);
  });

  test("computes the subnets of an economy", () => {
    const scenario = loadAnyScenario(libraryPath("weight-copying.yaml"), { set: ["variant=yuma2"] });
    if (!("kind" in scenario)) throw new Error("no economy");
    expect(scenario.plans.map(({ variant }) => variant?.formula)).toEqual(["yuma2", "yuma2"]);
  });

  test.each([
    [
      "yuma4",
      'variant: found "yuma4"; allowed: yuma1, yuma2, yuma2a, yuma2b, yuma2c, yuma3, yuma3-liquid; did you mean yuma1?',
    ],
    ["{ formula: yuma2, bonds_penalty: 1 }", "unknown key; allowed here: formula, settings, bond_penalty,"],
    [
      "{ formula: yuma2, bonds_rate: 0.1, bond_moving_avg: 0.9 }",
      "variant.bonds_rate: stands beside bond_moving_avg",
    ],
    [
      "{ formula: yuma2, decay_rate: 0.1 }",
      "variant.decay_rate: has no effect in yuma2; it is a setting of yuma2c",
    ],
    ["{ formula: yuma3-liquid, liquid_alpha: false }", "variant.liquid_alpha: is what makes yuma3-liquid"],
    ["{ formula: yuma2c, liquid_alpha: true }", "variant.liquid_alpha: has no effect in yuma2c"],
    [
      "{ formula: yuma2, alpha_low: 0.1 }",
      "variant.alpha_low: has no effect in yuma2 without liquid_alpha: true",
    ],
    [
      "{ formula: yuma3, liquid_alpha_consensus_mode: LATEST }",
      'found "LATEST"; allowed: CURRENT, PREVIOUS, MIXED',
    ],
    ["{ settings: charts }", "variant.formula: missing"],
    ["[yuma1]", "variant: found a list"],
  ])("%s is refused", (variant, message) => {
    const said = refusal(variant);
    expect(said).toContain(message);
    expect(said).toMatch(/^s\.yaml:\d+:\d+: /);
  });
});
