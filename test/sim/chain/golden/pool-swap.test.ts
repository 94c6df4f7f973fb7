import { expect, it } from "vitest";
import { POOL_SWAP_FAMILY } from "../../../../sim/eval/families/pool-swap.ts";
import { checkFamily } from "./vectors.ts";

it("computes every pool-swap vector bit for bit", async () => {
  expect(await checkFamily(POOL_SWAP_FAMILY)).toBe(3612);
});
