import { expect, it } from "vitest";
import { BLOCK_EMISSION_FAMILY } from "../../../../sim/eval/families/block-emission.ts";
import { checkFamily } from "./vectors.ts";

it("computes every block-emission vector bit for bit", async () => {
  expect(await checkFamily(BLOCK_EMISSION_FAMILY)).toBe(1526);
});
