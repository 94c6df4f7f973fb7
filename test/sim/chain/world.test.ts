import { expect, it } from "vitest";
import { openWorld } from "./world.ts";

it("opens a network whose books agree", () => {
  const { state } = openWorld();
  expect(state.netuids).toEqual([0, 1, 2]);
  expect(state.accountsTotal).toBe(state.balancesIssuance);
  expect(state.subnets.get(1)?.neurons.hotkeys).toEqual([101, 102, 103]);
  expect(state.subnets.get(2)?.neurons.hotkeys).toEqual([102, 101, 103]);
});
