import { expect, it } from "vitest";
import { SHARE_POOL_FAMILY } from "../../../../sim/eval/families/share-pool.ts";
import { checkFamily } from "./vectors.ts";

it("computes every share-pool vector bit for bit", async () => {
  expect(await checkFamily(SHARE_POOL_FAMILY)).toBe(1070);
});
