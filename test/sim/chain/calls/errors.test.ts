import { describe, expect, it } from "vitest";
import { openWorld } from "../world.ts";
import { CASES } from "./error-cases.ts";
import { ERROR_NAMES } from "./error-names.ts";

/** Names of spec/calls.md 21 that the chain itself never raises, so they are not names of the simulator. */
const NEVER_RAISED = ["AddStakeBurnRateLimitExceeded", "MaxWeightExceeded", "StakingRateLimitExceeded"];
/** A name that pool.md has and the list has not. */
const NOT_LISTED = ["Swap.ReservesOutOfBalance"];

const names = Object.keys(CASES);

describe("error names", () => {
  it("are those of spec/calls.md 21", () => {
    const known = [...names.filter((name) => !NOT_LISTED.includes(name)), ...NEVER_RAISED];
    expect(known.sort((a, b) => (a < b ? -1 : 1))).toEqual([...ERROR_NAMES].sort((a, b) => (a < b ? -1 : 1)));
  });

  it("are out of reach only where the case says why", () => {
    expect(
      Object.entries(CASES).flatMap(([name, reach]) => (typeof reach === "function" ? [] : [name])),
    ).toEqual([
      "ColdkeySwapAlreadyDisputed",
      "LeaseNetuidNotFound",
      "Swap.InsufficientLiquidity",
      "Swap.ReservesOutOfBalance",
      "Crowdloan.CallUnavailable",
      "Orders.ArithmeticOverflow",
      "Orders.SwapReturnedZero",
    ]);
  });

  for (const [name, reach] of Object.entries(CASES))
    if (typeof reach === "function")
      it(`${name} is met by a call`, () => {
        expect(reach(openWorld())).toBe(name);
      });
});
