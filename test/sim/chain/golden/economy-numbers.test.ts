import { expect, it } from "vitest";
import { ECONOMY_NUMBERS_FAMILY } from "../../../../sim/eval/families/economy-numbers.ts";
import { checkFamily } from "./vectors.ts";

it("computes every economy-numbers vector bit for bit", async () => {
  expect(await checkFamily(ECONOMY_NUMBERS_FAMILY)).toBe(1260);
});
