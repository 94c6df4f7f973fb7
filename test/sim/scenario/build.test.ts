import { parse } from "yaml";
import { describe, expect, test } from "vitest";
import { buildScenario, isEconomy } from "../../../sim/scenario/index.ts";
import { writeFiles } from "./files.ts";
import { economyText, loadEconomyText } from "./economy/texts.ts";

const value = (more = ""): Record<string, unknown> =>
  parse(economyText(more), { merge: true }) as Record<string, unknown>;

describe("a scenario that is built in code", () => {
  test("is the one that a file of the same text holds", () => {
    const more = "compare: [{ name: low, set: { 'network.subnets[0].price': 0.01 } }]";
    const built = buildScenario(value(more), { name: "s", seed: "3", set: ["horizon=3 hours"] });
    const read = loadEconomyText(economyText(more), { seed: "3", set: ["horizon=3 hours"] });
    expect(built).toEqual(read);
  });

  test.each([
    [{ horizon: 5 }, "scenario: horizon: found 5, a number without a unit"],
    [{ network: { subnets: [{ tao: "1 TAO", price: -1 }] } }, "scenario: network.subnets[0].price: "],
    [{ title: () => "T" }, "scenario: title: found a function, which is no plain data"],
    [{ variables: { a: { b: Symbol("s") } } }, "scenario: variables.a.b: found a symbol"],
  ])("is refused with the path of what is wrong: %o", (part, said) => {
    expect(() => buildScenario({ ...value(), ...part })).toThrow(said);
  });

  test("may extend a file", () => {
    const directory = writeFiles({ "base.yaml": economyText() });
    const built = buildScenario({ extends: "base.yaml", title: "Mine" }, { directory, name: "s" });
    expect(built.title).toBe("Mine");
    expect(isEconomy(built) && built.plans[0]!.subnets.length).toBe(2);
  });

  test("may not hold itself, but the same part twice", () => {
    const circle: Record<string, unknown> = value();
    circle["variables"] = circle;
    expect(() => buildScenario(circle)).toThrow("scenario: variables: holds itself");
    const subnet = { tao: "100 TAO" };
    expect(() =>
      buildScenario({
        ...value(),
        network: { subnets: [subnet, subnet] },
        populations: [{ name: "d", role: "delegator", strategy: "sticky" }],
      }),
    ).not.toThrow();
  });
});
