import { expect, test } from "vitest";
import { monthScenario } from "../../bench/month-scenario.ts";
import { loadEconomyText } from "../sim/scenario/economy/texts.ts";

test("the month that is timed has 32 subnets, 2,000 agents and 30 days", () => {
  const [plan] = loadEconomyText(monthScenario("30 days")).plans;
  expect([plan!.subnets.length, plan!.agents.length, plan!.blocks]).toEqual([32, 2_000, 216_000]);
  expect(new Set(plan!.agents.map(({ strategy }) => strategy)).size).toBeGreaterThan(10);
});
