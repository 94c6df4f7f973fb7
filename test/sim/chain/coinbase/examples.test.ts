import { describe, expect, it } from "vitest";
import { splitAmongParents, splitDividends, takeFraction } from "../../../../sim/chain/coinbase/dividends.ts";
import { blockEmission } from "../../../../sim/chain/coinbase/issuance.ts";
import { movingRate, nextMovingPrice } from "../../../../sim/chain/coinbase/movingPrice.ts";
import { movingPriceOf, sharesByMovingPrice, subnetShares } from "../../../../sim/chain/coinbase/shares.ts";
import {
  participantsSplit,
  rootProportion,
  subnetTerms,
  taoWeightFraction,
} from "../../../../sim/chain/coinbase/terms.ts";
import { adjustedWeight, HALF_WEIGHT, poolPrice, alphaForTao } from "../../../../sim/chain/swap/pool.ts";

const TAO = 1_000_000_000n;
const TAO_WEIGHT = taoWeightFraction(3_320_413_933_267_719_290n);

describe("worked examples of spec/emission.md 13", () => {
  it("1: the curve", () => {
    expect(
      [10_499_999_999_999_999n, 10_500_000_000_000_000n, 15_750_000_000_000_000n].map(blockEmission),
    ).toEqual([TAO, TAO / 2n, TAO / 4n]);
    expect(blockEmission(20_999_999_999_999_999n)).toBe(0n);
  });

  it("2: shares by moving price and by what miners were paid", () => {
    const subnets = [107_374_182n, 214_748_364n, 42_949_672n].map((movingPrice, i) => ({
      netuid: i + 1,
      mechanism: 1,
      movingPrice,
      minerBurned: i === 1 ? 1n << 31n : 0n,
      emissionEnabled: i !== 2,
    }));
    expect(sharesByMovingPrice(subnets)).toEqual([
      7_686_143_387_906_576_091n,
      7_686_143_387_906_576_091n,
      3_074_457_297_896_399_432n,
    ]);
    const { emissions, rootSellFlag } = subnetShares(subnets, TAO / 2n);
    expect(emissions).toEqual([1_073_741_824_000_000_000n, 1_073_741_824_000_000_000n, 0n]);
    expect(rootSellFlag).toBe(false);
  });

  it("3: terms, injection and participants of one subnet", () => {
    const pool = { tao: 50_000n * TAO, alpha: 2_000_000n * TAO, quoteWeight: HALF_WEIGHT };
    const alphaOut = 1_500_000n * TAO;
    const rootTao = 6_000_000n * TAO;
    expect(rootProportion(rootTao, pool.alpha + alphaOut, TAO_WEIGHT)).toBe(1_012_787_047n);
    const input = {
      alphaIn: pool.alpha,
      alphaOut,
      price: poolPrice(pool),
      taoEmission: 1_073_741_824_000_000_000n,
    };
    const terms = subnetTerms(input, rootTao, TAO_WEIGHT);
    expect(terms).toMatchObject({
      alphaIn: 1_012_787_047_000_000_000n,
      taoIn: 25_319_676_080_676_855n,
      excess: 1_048_422_147_919_323_145n,
    });
    const [tao, alpha, excess] = [terms.taoIn >> 32n, terms.alphaIn >> 32n, terms.excess >> 32n];
    expect([tao, alpha, excess]).toEqual([5_895_196n, 235_807_860n, 244_104_803n]);
    const quoteWeight = adjustedWeight(pool, tao, alpha);
    expect(quoteWeight).toBe(499_999_999_999_997_500n);
    const bought = alphaForTao({ ...pool, quoteWeight: quoteWeight ?? 0n }, excess);
    expect(bought).toBe(9_764_144_450n);
    expect([pool.tao + excess + tao, pool.alpha - bought + alpha]).toEqual([
      50_000_249_999_999n,
      1_999_990_471_663_410n,
    ]);
    const issuance = pool.alpha - bought + alpha + alphaOut + bought + TAO;
    const proportion = rootProportion(rootTao, issuance, TAO_WEIGHT);
    expect(proportion).toBe(1_012_786_774n);
    expect(participantsSplit(TAO << 32n, 11_796n, proportion)).toEqual({
      ownerCut: 179_995_422n,
      root: 96_681_736n,
      server: 410_002_288n,
      validator: 313_320_552n,
    });
  });

  it("4: a moving price that does not move", () => {
    const raw = 107_374_182n;
    // The block of the first emission counts: 720,001 blocks later 720,002 have passed.
    expect(movingRate(12_885n, 720_002n, 201_600n)).toBe(43_234_911_903_140n);
    const old = movingPriceOf({ mechanism: 1, movingPrice: raw });
    expect(nextMovingPrice((1n << 64n) / 40n, old, 12_885n, 720_002n, 1n, 201_600n)).toBe(raw);
  });

  it("5: dividends of a child and its parent", () => {
    const parent = { hotkey: 2, proportion: 1n << 63n, alpha: 4_000n * TAO, root: 0n, foreign: true };
    const { paid } = splitAmongParents(
      1,
      1_000n,
      1_000n * TAO,
      [parent],
      takeFraction(11_796),
      0n,
      TAO_WEIGHT,
    );
    expect(paid).toEqual([
      [2, 546n],
      [1, 453n],
    ]);
  });

  it("6: alpha and root dividends", () => {
    const inputs = [
      { dividend: 600n << 32n, alpha: 1_000n * TAO, root: 10_000n * TAO },
      { dividend: 400n << 32n, alpha: 3_000n * TAO, root: 0n },
    ];
    const split = splitDividends(inputs, 1_000n, 300n, TAO_WEIGHT);
    expect(split.alpha).toEqual([1_498_244_405_000n, 2_796_722_890_000n]);
    expect(split.root).toEqual([1_288_490_188_800n, 0n]);
  });
});
