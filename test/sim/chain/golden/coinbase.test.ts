import { expect, it } from "vitest";
import { COINBASE_FAMILY } from "../../../../sim/eval/families/coinbase.ts";
import { checkFamily } from "./vectors.ts";

it("computes every coinbase vector bit for bit", async () => {
  expect(await checkFamily(COINBASE_FAMILY)).toBe(1824);
});
