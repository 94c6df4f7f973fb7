import { expect, it } from "vitest";
import { swap, type Pool } from "../../../../sim/chain/swap/engine.ts";
import {
  adjustedWeight,
  expScaled,
  HALF_WEIGHT,
  poolPrice,
  taoForAlpha,
} from "../../../../sim/chain/swap/pool.ts";
import { poolPower } from "../../../../sim/chain/swap/power.ts";

const TAO = 1_000_000_000n;
const Q = 1_000_000_000_000_000_000n;
const POOL: Pool = {
  mechanism: 1,
  tao: 50_000n * TAO,
  alpha: 2_000_000n * TAO,
  quoteWeight: HALF_WEIGHT,
  feeRate: 33n,
  initialised: true,
};
const TILTED: Pool = { ...POOL, quoteWeight: 510_000_000_000_000_000n };
const [MAX, MIN] = [10n ** 15n, 1_000n];

it("spec/pool.md 11.1 to 11.3: prices and full trades at two weights", () => {
  expect(poolPrice(POOL)).toBe(461_168_601_842_738_790n);
  expect(swap(POOL, "buy", 1_000n * TAO, MAX, false)).toMatchObject({
    fee: 503_547_722n,
    paidIn: 999_496_452_278n,
    paidOut: 39_196_326_309_349n,
  });
  expect(swap(POOL, "sell", 1_000n * TAO, MIN, false)).toMatchObject({
    fee: 503_547_722n,
    paidIn: 999_496_452_278n,
    paidOut: 24_974_930_129n,
  });
  expect(poolPrice(TILTED)).toBe(443_083_558_633_219_621n);
  expect(swap(TILTED, "buy", 1_000n * TAO, MAX, false)).toMatchObject({ paidOut: 40_779_756_185_333n });
  expect(swap(TILTED, "sell", 1_000n * TAO, MIN, false)).toMatchObject({ paidOut: 23_995_756_160n });
});

it("spec/pool.md 11.4: trades that reach their limit", () => {
  expect(swap(POOL, "buy", 10_000n * TAO, 26_000_000n, false)).toMatchObject({
    paidIn: 990_195_135_927n,
    fee: 498_861_706n,
    paidOut: 38_838_648_618_127n,
  });
  expect(swap(POOL, "sell", 1_000_000n * TAO, 24_000_000n, false)).toMatchObject({
    paidIn: 41_241_452_319_315n,
    fee: 20_777_501_855n,
    paidOut: 1_010_205_144_336n,
  });
});

it("spec/pool.md 11.5 to 11.7: the power function and the weight adjustment", () => {
  expect(expScaled(1_000n * TAO, TAO, true, HALF_WEIGHT)).toBe(18_428_315_757_951_599_997n);
  expect(taoForAlpha({ ...POOL, alpha: 1_000n * TAO }, TAO)).toBe(49_950_049_950n);
  expect(poolPower(1_000n * TAO, 1_001n * TAO, 49n * 10n ** 16n, 51n * 10n ** 16n, 256n, Q)).toBe(
    999_040_156_702_967_335n,
  );
  expect(adjustedWeight(POOL, TAO, 0n)).toBe(500_004_999_950_000_499n);
});
