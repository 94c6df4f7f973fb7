import { describe, expect, it } from "vitest";
import { type EpochInput, NO_COMMIT } from "../../../kernels/epoch.ts";
import { ExactKernel } from "../../../kernels/exact/kernel.ts";
import { liquidRate } from "./reference.ts";
import { fromSparseRows, toSparseRows } from "./vectors.ts";

/** The common set-up of spec/epoch.md 13, examples A to E. */
const BASE: EpochInput = {
  n: 4,
  block: 10000n,
  tempo: 360,
  activityCutoff: 5000n,
  lastMechanismStepBlock: 9640n,
  kappa: 32767,
  bondsPenalty: 65535,
  bondsMovingAverage: 900_000n,
  yuma3: false,
  liquidAlpha: false,
  alphaLow: 45875,
  alphaHigh: 58982,
  alphaSigmoidSteepness: 1000,
  maxAllowedValidators: 64,
  stakeThreshold: 0n,
  taoWeight: 0n,
  commitReveal: false,
  ownerUid: null,
  raoEmission: 1_000_000n,
  alphaStake: BigUint64Array.of(600_000_000_000n, 400_000_000_000n, 0n, 0n),
  taoStake: new BigUint64Array(4),
  lastUpdate: BigUint64Array.of(9990n, 9990n, 9000n, 9000n),
  blockAtRegistration: BigUint64Array.of(100n, 100n, 200n, 300n),
  commitBlocks: new BigUint64Array(4).fill(NO_COMMIT),
  validatorPermit: Uint8Array.of(1, 1, 0, 0),
  weights: toSparseRows([
    [
      [2, 65535],
      [3, 32768],
    ],
    [
      [2, 65535],
      [3, 65535],
    ],
    [],
    [],
  ]),
  bonds: toSparseRows([[], [], [], []]),
};

const OLD_BONDS = toSparseRows([
  [
    [2, 10000],
    [3, 20000],
  ],
  [[2, 5000]],
  [],
  [],
]);

const kernel = new ExactKernel();
const run = (change: Partial<EpochInput>) => kernel.runEpoch({ ...BASE, ...change });

describe("the worked examples of spec/epoch.md 13", () => {
  it("common results", () => {
    const out = run({});
    expect([...out.activeStakeRaw]).toEqual([2576980377n, 1717986918n, 0n, 0n]);
    expect([...out.consensusRaw]).toEqual([0n, 0n, 2863296966n, 1431670329n]);
    expect([...out.incentiveRaw]).toEqual([0n, 0n, 2761037029n, 1533930266n]);
    expect([...out.incentive]).toEqual([0, 0, 42129, 23405]);
    expect([...out.validatorTrust]).toEqual([65534, 54612, 0, 0]);
    expect([...out.consensus]).toEqual([0, 0, 43689, 21845]);
    expect([...out.stakeWeight]).toEqual([39320, 26213, 0, 0]);
  });

  it("A: yuma3 off, then the epoch after it", () => {
    const first = run({});
    expect([...first.dividendsRaw]).toEqual([2761046392n, 1533920903n, 0n, 0n]);
    expect([...first.serverEmission]).toEqual([0n, 0n, 321427n, 178572n]);
    expect([...first.validatorEmission]).toEqual([321428n, 178571n, 0n, 0n]);
    expect([...first.emission]).toEqual([321428n, 178571n, 321427n, 178572n]);
    expect(fromSparseRows(first.bonds)).toEqual([
      [
        [2, 65535],
        [3, 65535],
      ],
      [
        [2, 32767],
        [3, 43689],
      ],
      [],
      [],
    ]);
    const second = run({ bonds: first.bonds });
    expect([...second.dividendsRaw]).toEqual([2761065211n, 1533902084n, 0n, 0n]);
    expect([...second.validatorEmission]).toEqual([321430n, 178569n, 0n, 0n]);
    expect(second.bonds).toEqual(first.bonds);
  });

  it("B: yuma3 on", () => {
    const out = run({ yuma3: true, bonds: OLD_BONDS });
    expect([...out.dividendsRaw]).toEqual([3440915325n, 854051970n, 0n, 0n]);
    expect([...out.validatorEmission]).toEqual([400575n, 99424n, 0n, 0n]);
    expect(fromSparseRows(out.bonds).slice(0, 2)).toEqual([
      [
        [2, 13368],
        [3, 20184],
      ],
      [
        [2, 7776],
        [3, 2184],
      ],
    ]);
  });

  it("C: liquid alpha", () => {
    const out = run({ yuma3: true, liquidAlpha: true, bonds: OLD_BONDS });
    expect([...out.dividendsRaw]).toEqual([2895710194n, 1399257101n, 0n, 0n]);
    expect([...out.validatorEmission]).toEqual([337105n, 162894n, 0n, 0n]);
    expect(fromSparseRows(out.bonds).slice(0, 2)).toEqual([
      [
        [2, 33628],
        [3, 21294],
      ],
      [
        [2, 24474],
        [3, 15321],
      ],
    ]);
  });

  it("D: a weight that goes takes the bond with it", () => {
    const out = run({
      yuma3: true,
      liquidAlpha: true,
      bonds: OLD_BONDS,
      weights: toSparseRows([[[2, 65535]], [[2, 65535]], [], []]),
    });
    expect([...out.incentiveRaw]).toEqual([0n, 0n, 1n << 32n, 0n]);
    expect([...out.dividendsRaw]).toEqual([2608814664n, 1686152631n, 0n, 0n]);
    expect([...out.serverEmission]).toEqual([0n, 0n, 500000n, 0n]);
    expect([...out.validatorEmission]).toEqual([303705n, 196294n, 0n, 0n]);
    expect(fromSparseRows(out.bonds)).toEqual([[[2, 48949]], [[2, 47455]], [], []]);
  });

  it("E: an entry behind a larger uid is read as 0", () => {
    const out = run({
      yuma3: true,
      liquidAlpha: true,
      bonds: OLD_BONDS,
      weights: toSparseRows([
        [
          [3, 32768],
          [2, 65535],
        ],
        [
          [2, 65535],
          [3, 65535],
        ],
        [],
        [],
      ]),
    });
    expect([...out.validatorEmission]).toEqual([337434n, 162565n, 0n, 0n]);
    expect(fromSparseRows(out.bonds)[0]).toEqual([
      [3, 21294],
      [2, 33785],
    ]);
  });

  it("F: without weights stake decides", () => {
    const out = run({ weights: toSparseRows([[], [], [], []]) });
    expect([...out.validatorEmission]).toEqual([599999n, 399999n, 0n, 0n]);
    expect([...out.serverEmission]).toEqual([0n, 0n, 0n, 0n]);
    const inactive = run({ weights: toSparseRows([[], [], [], []]), block: 1_000_000n });
    expect([...inactive.validatorEmission]).toEqual([599999n, 399999n, 0n, 0n]);
  });

  it("H: among equal stakes the lower uid loses its permit", () => {
    const stakes = { alphaStake: BigUint64Array.of(10n, 10n, 10n, 0n), maxAllowedValidators: 2 };
    expect([...run(stakes).newValidatorPermit]).toEqual([0, 1, 1, 0]);
  });

  it("J: active up to the cutoff", () => {
    const lastUpdate = BigUint64Array.of(5000n, 9990n, 9000n, 9000n);
    expect(run({ lastUpdate }).active[0]).toBe(1);
    expect(run({ lastUpdate, block: 10001n }).active[0]).toBe(0);
  });

  it("L: weights and bonds towards a later registration go", () => {
    const registered = (block: bigint) => BigUint64Array.of(100n, 100n, 200n, block);
    const consensus = (lastUpdate: bigint) =>
      run({
        blockAtRegistration: registered(9990n),
        lastUpdate: BigUint64Array.of(lastUpdate, lastUpdate, 9000n, 9000n),
      }).consensusRaw[3];
    expect(consensus(9990n)).toBe(0n);
    expect(consensus(9991n)).toBe(1431670329n);
    const bonds = toSparseRows([[[3, 20000]], [], [], []]);
    const weights = toSparseRows([[[2, 65535]], [[2, 65535]], [], []]);
    const left = (block: bigint) =>
      fromSparseRows(run({ yuma3: true, bonds, weights, blockAtRegistration: registered(block) }).bonds)[0];
    expect(left(9640n)).toContainEqual([3, 17999]);
    expect(left(9641n)?.map(([uid]) => uid)).toEqual([2]);
  });

  it("spec/weights.md 9.10 and 9.11: pending commits mask columns, and count as activity", () => {
    // Uid 0 committed at 1100 and 1300, uid 1 weighs nothing; a cutoff that keeps both active.
    const seen = (registered: bigint, commitBlock: bigint) =>
      run({
        commitReveal: true,
        block: 2000n,
        lastUpdate: BigUint64Array.of(1300n, 1300n, 9000n, 9000n),
        blockAtRegistration: BigUint64Array.of(100n, 100n, 200n, registered),
        commitBlocks: BigUint64Array.of(commitBlock, NO_COMMIT, NO_COMMIT, NO_COMMIT),
        weights: toSparseRows([[[3, 65535]], [], [], []]),
      }).consensusRaw[3];
    expect(seen(1200n, 1100n)).toBe(0n);
    expect(seen(1200n, NO_COMMIT)).toBe(1n << 32n);
    expect(seen(1100n, 1100n)).toBe(1n << 32n);

    const active = (block: bigint) =>
      run({ block, lastUpdate: BigUint64Array.of(1100n, 1100n, 0n, 0n) }).active[0];
    expect([active(6100n), active(6101n)]).toEqual([1, 0]);
  });

  it("G: at the boundary of kappa exactly half is enough", () => {
    /** Two validators, of which the first alone weighs uid 2 and the second alone uid 3. */
    const consensusOf = (first: bigint, second: bigint) => {
      const out = run({
        alphaStake: BigUint64Array.of(first, second, 0n, 0n),
        weights: toSparseRows([[[2, 65535]], [[3, 65535]], [], []]),
      });
      expect([...out.activeStakeRaw]).toEqual([first, second, 0n, 0n]);
      return out.consensusRaw[2];
    };
    // The stakes sum to 2^32, so that the shares are the stakes.
    expect(consensusOf(2_147_450_879n, 2_147_516_417n)).toBe(1n << 32n);
    expect(consensusOf(2_147_450_878n, 2_147_516_418n)).toBe(0n);
    expect(consensusOf(1n << 31n, 1n << 31n)).toBe(1n << 32n);
  });

  it("I: rates of liquid alpha", () => {
    const half = 1n << 31n;
    expect(liquidRate(BASE, 1n << 32n, 0n, 0n)).toBe(3_859_754_218n);
    expect(liquidRate(BASE, half, 0n, half)).toBe(3_012_258_989n);
    expect(liquidRate(BASE, 429_496_729n, half, 858_993_459n)).toBe(3_237_528_797n);

    // The kernel keeps its rates to itself; a new bond on a weight of one is the rate, as u16.
    const out = run({
      yuma3: true,
      liquidAlpha: true,
      bondsPenalty: 0,
      weights: toSparseRows([[[2, 65535]], [[3, 65535]], [], []]),
    });
    const rateAsU16 = Number((3_859_754_218n * 65535n) >> 32n);
    // Uid 3 has no majority, so its consensus is 0 and the weight of uid 1 stands a whole one above it.
    expect([...out.consensusRaw]).toEqual([0n, 0n, 1n << 32n, 0n]);
    expect(fromSparseRows(out.bonds)[1]).toEqual([[3, rateAsU16]]);
  });
});
