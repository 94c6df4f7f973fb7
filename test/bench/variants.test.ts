import { expect, test } from "vitest";
import { benchVariants } from "../../bench/variants.ts";

test("the variants give the same bits as ever, in under 0.1 s", () => {
  const found = benchVariants(10);
  expect(found.epochs).toBe(6720);
  // Changes only with the arithmetic, in the commit that says why.
  expect(found.sha256).toBe("33fc0cdc06c16ebde7f66ece08c1699adbdc0b38a2898f3c98323ae378fd716b");
  expect(found.msMin).toBeLessThan(100);
});
