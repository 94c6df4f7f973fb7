import { expect, it } from "vitest";
import { CHAIN_YUMA_FAMILY } from "../../../../sim/eval/families/chain-yuma.ts";
import { checkFamily } from "./vectors.ts";

it("computes every chain-yuma vector bit for bit", async () => {
  expect(await checkFamily(CHAIN_YUMA_FAMILY)).toBe(415);
});
