import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { apr, rootApr } from "../../../reports/metrics/apr.ts";
import { apyDaily, apyHourly, apyRealised } from "../../../reports/metrics/apy.ts";
import {
  nominatorPerThousand,
  nominatorReturn,
  realYield,
  returnInTao,
} from "../../../reports/metrics/nominator-return.ts";
import { networkRootApr, parityDay, rootProportion } from "../../../reports/metrics/root-versus-alpha.ts";

const TAO = 1_000_000_000n;
const daily = fc.double({ min: 1e-12, max: 0.05, noNaN: true });

test("M40 root APR of the public snapshot: 983 TAO a day on 5,437,066 TAO is 6.6 %", () => {
  expect(rootApr(983n * TAO, 5_437_066n * TAO)).toBeCloseTo(0.066, 4);
  expect(rootApr(1n, 0n)).toBeNull();
  expect(apr([0.001, 0.002], 2)).toBeCloseTo(0.003 * 182.5, 15);
  expect(apr([0.001], 0)).toBeNull();
});

describe("M41 and M42", () => {
  test("worked", () => {
    expect(apyDaily(0.001)).toBeCloseTo(1.001 ** 365 - 1, 12);
    expect(apyHourly(0.001)).toBeCloseTo((1 + 0.001 / 24) ** 8760 - 1, 11);
    expect(apyRealised([0.5, 1], 2)).toBeCloseTo(2, 12);
    expect(apyRealised([], 7300)).toBeNull();
    expect(apyRealised([-1], 7300)).toBeNull();
  });

  test("APR <= daily <= hourly; small yields are not lost; constant rewards compound per epoch", () => {
    fc.assert(
      fc.property(daily, (d) => {
        expect(apyDaily(d)).toBeGreaterThanOrEqual(365 * d * (1 - 1e-12));
        expect(apyHourly(d)).toBeGreaterThanOrEqual(apyDaily(d) * (1 - 1e-12));
        expect(apyRealised([d, d, d], 365)).toBeCloseTo(apyDaily(d), 6);
      }),
    );
    expect(apyDaily(1e-18)).toBeCloseTo(365e-18, 30);
  });
});

describe("M43 to M45", () => {
  test("worked", () => {
    const takes = { take: 0.18, childkeyTake: 0.1, throughChildkeys: 0.5 };
    expect(nominatorReturn(1, takes)).toBeCloseTo(0.5 * 0.82 + 0.5 * 0.9 * 0.82, 15);
    expect(returnInTao(0.1, -0.1)).toBeCloseTo(-0.01, 15);
    expect(nominatorPerThousand(0.0005, 0.18)).toBeCloseTo(0.41, 15);
    expect(realYield(0.21, 0.1)).toBeCloseTo(0.1, 15);
    expect(realYield(0.1, 0.1)).toBe(0);
  });

  test("no take leaves all, a full take nothing, and takes never add", () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(daily, part, part, part, (d, take, childkeyTake, throughChildkeys) => {
        const left = nominatorReturn(d, { take, childkeyTake, throughChildkeys });
        expect(left).toBeGreaterThanOrEqual(0);
        expect(left).toBeLessThanOrEqual(d * (1 - take) + 1e-15);
        expect(nominatorReturn(d, { take: 0, childkeyTake, throughChildkeys: 0 })).toBe(d);
        expect(nominatorReturn(d, { take: 1, childkeyTake, throughChildkeys })).toBe(0);
      }),
    );
  });
});

describe("M46 root versus alpha", () => {
  test("worked: 6M TAO at 0.18 against 3.5M alpha is 0.2358", () => {
    expect(rootProportion(0.18, 6_000_000n * TAO, 2_000_000n * TAO, 1_500_000n * TAO)).toBeCloseTo(0.2358, 4);
    expect(rootProportion(0.18, 0n, 0n, 0n)).toBeNull();
    expect(rootProportion(0.5, 2n, 1n, 0n)).toBe(0.5);
  });

  test("parity between samples", () => {
    const samples = [
      { day: 0, proportion: 0.7 },
      { day: 10, proportion: 0.6 },
      { day: 20, proportion: 0.4 },
    ];
    expect(parityDay(samples)).toBeCloseTo(15, 12);
    expect(parityDay(samples.slice(0, 2))).toBeNull();
    expect(parityDay([{ day: 3, proportion: 0.5 }])).toBe(3);
  });

  test("network root APR adds up over subnets", () => {
    const subnet = { rootProportion: 0.25, price: 0.02, alphaPerBlock: 1 };
    const one = networkRootApr([subnet], 6e6)!;
    expect(one).toBeCloseTo((365 * 7200 * 0.41 * 0.25 * 0.02) / 6e6, 15);
    expect(networkRootApr([subnet, subnet, subnet], 6e6)).toBeCloseTo(3 * one, 15);
    expect(networkRootApr([subnet], 0)).toBeNull();
  });
});
