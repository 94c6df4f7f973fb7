import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { VariantCase } from "../../../kernels/variants/case.ts";
import { VARIANTS } from "../../../kernels/variants/names.ts";
import type { VariantSettings } from "../../../kernels/variants/settings.ts";
import { simulateVariant } from "../../../kernels/variants/simulate.ts";
import { newCase, settingsOf } from "./cases.ts";

/** No sum of whole stakes meets this share, so that no result hangs on the rounding of a tie. */
const KAPPA = 0.487_654_321;

interface Story {
  readonly stakes: number[][];
  readonly weights: number[][][];
  readonly bondReset: VariantCase["bondReset"];
}

const story: fc.Arbitrary<Story> = fc
  .record({
    epochs: fc.integer({ min: 1, max: 6 }),
    validators: fc.integer({ min: 1, max: 5 }),
    servers: fc.integer({ min: 1, max: 4 }),
  })
  .chain(({ epochs, validators, servers }) => {
    const exactly = (length: number) => ({ minLength: length, maxLength: length });
    const weight = fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.nat(1000) });
    return fc.record({
      stakes: fc.array(
        fc
          .array(fc.integer({ min: 0, max: 997 }), exactly(validators))
          .filter((row) => row.some((s) => s > 0)),
        exactly(epochs),
      ),
      weights: fc.array(fc.array(fc.array(weight, exactly(servers)), exactly(validators)), exactly(epochs)),
      bondReset: fc.option(fc.record({ server: fc.nat(servers - 1), epoch: fc.nat(epochs - 1) })),
    });
  });

const build = ({ stakes, weights, bondReset }: Story) => newCase(stakes, weights, { bondReset });
const penalty = fc.constantFrom(0, 0.3, 0.99, 1);
const settings = (variant: string, bondsPenalty: number, changes: Partial<VariantSettings> = {}) =>
  settingsOf(variant, bondsPenalty, { kappa: KAPPA, ...changes });

function row(values: Float64Array, epoch: number, length: number): number[] {
  return [...values.subarray(epoch * length, (epoch + 1) * length)];
}
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, bound: number, scale = 1): void {
  expect(found.length).toBe(expected.length);
  for (let k = 0; k < found.length; k++)
    if (!(Math.abs(found[k]! - expected[k]!) <= bound * scale))
      throw new Error(`element ${k}: ${found[k]} is not within ${bound * scale} of ${expected[k]}`);
}

/** A fixed rotation: element k of the result is the element `by` further on. */
const rotated = <T>(values: readonly T[], by: number): T[] => [...values.slice(by), ...values.slice(0, by)];

describe.each(VARIANTS)("%s", (variant) => {
  test("outputs are in their ranges", () => {
    fc.assert(
      fc.property(story, penalty, fc.boolean(), (told, bondsPenalty, winnerTakesAll) => {
        const built = build(told);
        const { epochs, validators, servers } = built;
        const run = simulateVariant(built, settings(variant, bondsPenalty, { winnerTakesAll }));
        for (let epoch = 0; epoch < epochs; epoch++) {
          const incentives = row(run.incentives, epoch, servers);
          const unpaid = run.unpaidEpochs.includes(epoch);
          expect(total(incentives)).toBeCloseTo(unpaid ? 0 : 1, 12);
          for (const incentive of incentives) expect(incentive).toBeGreaterThanOrEqual(0);

          const dividends = row(run.dividends, epoch, validators);
          for (const dividend of dividends) expect(dividend).toBeGreaterThanOrEqual(0);
          if (unpaid) expect(total(dividends)).toBe(0);
          expect(total(dividends)).toBeLessThan(1);
          // Some validator stands behind every rank, so whoever earns pays dividends.
          if (!unpaid && !winnerTakesAll) expect(total(dividends)).toBeGreaterThan(0.9);

          for (const q of row(run.consensus, epoch, servers)) {
            expect(Number.isInteger(Math.round(q * 65_535 * 1e6) / 1e6)).toBe(true);
            expect(q).toBeGreaterThanOrEqual(0);
            expect(q).toBeLessThanOrEqual(1);
          }
          for (const trust of row(run.validatorTrust, epoch, validators)) {
            expect(trust).toBeGreaterThanOrEqual(0);
            if (variant !== "yuma2b") expect(trust).toBeLessThanOrEqual(1 + 1e-12);
          }
          const pairs = validators * servers;
          const bonds = row(run.bonds, epoch, pairs);
          const highest = variant === "yuma2c" ? 18_446_744_073_709_551_616 : 1 + 1e-12;
          for (const bond of bonds) {
            expect(bond).toBeGreaterThanOrEqual(0);
            expect(bond).toBeLessThanOrEqual(highest);
          }
          if (variant !== "yuma2c" && variant !== "yuma3" && variant !== "yuma3-liquid")
            for (let j = 0; j < servers; j++)
              expect(total(bonds.filter((_, at) => at % servers === j))).toBeLessThanOrEqual(1 + 1e-9);
          if (run.rates !== null && epoch > 0)
            for (const rate of row(run.rates, epoch - 1, pairs))
              if (run.undefinedConsensusEpochs.includes(epoch)) expect(rate).toBe(0);
              else {
                expect(rate).toBeGreaterThanOrEqual(0.025);
                expect(rate).toBeLessThanOrEqual(0.3);
              }
        }
      }),
    );
  });

  test("does not depend on the order of validators and servers", () => {
    fc.assert(
      fc.property(story, penalty, fc.nat(4), fc.nat(3), (told, bondsPenalty, byValidator, byServer) => {
        const { validators, servers, epochs } = build(told);
        const i = byValidator % validators;
        const j = byServer % servers;
        const turned = newCase(
          told.stakes.map((stakes) => rotated(stakes, i)),
          told.weights.map((rows) => rotated(rows, i).map((weights) => rotated(weights, j))),
          {
            bondReset: told.bondReset && {
              ...told.bondReset,
              server: (told.bondReset.server + servers - j) % servers,
            },
          },
        );
        const plain = simulateVariant(build(told), settings(variant, bondsPenalty));
        const found = simulateVariant(turned, settings(variant, bondsPenalty));
        // The order of a sum may move the quantised consensus by one step of 1.5e-5.
        for (let epoch = 0; epoch < epochs; epoch++) {
          expectClose(
            row(found.dividends, epoch, validators),
            rotated(row(plain.dividends, epoch, validators), i),
            1e-4,
          );
          expectClose(
            row(found.incentives, epoch, servers),
            rotated(row(plain.incentives, epoch, servers), j),
            1e-4,
          );
        }
        expect(found.undefinedConsensusEpochs).toEqual(plain.undefinedConsensusEpochs);
        expect(found.unpaidEpochs).toEqual(plain.unpaidEpochs);
      }),
    );
  });

  test("does not depend on the unit of stake", () => {
    fc.assert(
      fc.property(story, penalty, fc.integer({ min: -40, max: 40 }), (told, bondsPenalty, exponent) => {
        const unit = 2 ** exponent;
        const scaled = { ...told, stakes: told.stakes.map((stakes) => stakes.map((s) => s * unit)) };
        // Powers of two change no bit of a share.
        expect(simulateVariant(build(scaled), settings(variant, bondsPenalty))).toEqual(
          simulateVariant(build(told), settings(variant, bondsPenalty)),
        );
      }),
    );
  });

  // Not so for a liquid rate, which jumps where a weight crosses its bond: 1e-6 more of a weight may move it by 0.2.
  const steady = variant === "yuma3-liquid" ? [] : [variant];
  test.each(steady)("does not depend on the scale of weight rows", () => {
    fc.assert(
      fc.property(story, penalty, fc.integer({ min: 1, max: 20 }), (told, bondsPenalty, exponent) => {
        const scaled = {
          ...told,
          weights: told.weights.map((rows) =>
            rows.map((weights, k) => (k % 2 === 0 ? weights.map((w) => w * 2 ** exponent) : weights)),
          ),
        };
        const plain = simulateVariant(build(told), settings(variant, bondsPenalty));
        const found = simulateVariant(build(scaled), settings(variant, bondsPenalty));
        // The 1e-6 in the divisor and one step of the quantised consensus remain.
        expectClose(found.incentives, plain.incentives, 2e-4);
        expectClose(found.dividends, plain.dividends, 2e-3);
      }),
    );
  });

  test("is the same in a square matrix as long as there is a majority", () => {
    fc.assert(
      fc.property(story, penalty, (told, bondsPenalty) => {
        const plain = simulateVariant(build(told), settings(variant, bondsPenalty));
        fc.pre(plain.undefinedConsensusEpochs.length === 0);
        const square = simulateVariant(build(told), settings(variant, bondsPenalty, { compat: true }));
        expect(square).toEqual(plain);
      }),
    );
  });
});

test("a bond reset empties one column, in yuma2c and yuma3 alone", () => {
  const stakes = [
    [3, 1],
    [3, 1],
  ];
  const weights = [
    [
      [1, 1],
      [1, 2],
    ],
    [
      [0, 1],
      [0, 1],
    ],
  ];
  for (const variant of VARIANTS) {
    const wiped = simulateVariant(
      newCase(stakes, weights, { bondReset: { server: 0, epoch: 1 } }),
      settingsOf(variant, 0),
    );
    const kept = simulateVariant(newCase(stakes, weights), settingsOf(variant, 0));
    const resets = ["yuma2c", "yuma3", "yuma3-liquid"].includes(variant);
    expect(wiped.bonds[4] === 0 && wiped.bonds[6] === 0, variant).toBe(resets || variant === "yuma1");
    if (!resets) expect(wiped).toEqual(kept);
    else expect(kept.bonds[4]).toBeGreaterThan(0);
    const off = simulateVariant(
      newCase(stakes, weights, { bondReset: { server: 0, epoch: 1 } }),
      settingsOf(variant, 0, { bondResets: false }),
    );
    expect(off).toEqual(kept);
  }
});
