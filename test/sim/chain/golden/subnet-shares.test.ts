import { expect, it } from "vitest";
import { SUBNET_SHARES_FAMILY } from "../../../../sim/eval/families/subnet-shares.ts";
import { checkFamily } from "./vectors.ts";

it("computes every subnet-shares vector bit for bit", async () => {
  expect(await checkFamily(SUBNET_SHARES_FAMILY)).toBe(630);
});
