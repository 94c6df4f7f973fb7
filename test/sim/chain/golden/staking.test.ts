import { expect, it } from "vitest";
import { STAKING_FAMILY } from "../../../../sim/eval/families/staking.ts";
import { checkFamily } from "./vectors.ts";

it("computes every staking vector bit for bit", async () => {
  expect(await checkFamily(STAKING_FAMILY)).toBe(1030);
});
