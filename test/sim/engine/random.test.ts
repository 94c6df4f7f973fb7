import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openStream, RandomStream } from "../../../sim/engine/random.ts";

/** Tyche-i as its paper describes it, written for comparison. */
function tychei(seed: string, count: number): number[] {
  let [a, b, c, d] = [0, 0, 2654435769 | 0, 1367130551];
  const next = (): number => {
    b = ((b << 25) | (b >>> 7)) ^ c;
    c = (c - d) | 0;
    d = ((d << 24) | (d >>> 8)) ^ a;
    a = (a - b) | 0;
    b = ((b << 20) | (b >>> 12)) ^ c;
    c = (c - d) | 0;
    d = ((d << 16) | (c >>> 16)) ^ a;
    a = (a - b) | 0;
    return a;
  };
  for (let k = 0; k < seed.length + 20; k++) {
    b ^= k < seed.length ? seed.charCodeAt(k) : 0;
    next();
  }
  return Array.from({ length: count }, next);
}

describe("random streams", () => {
  test("are tychei, seeded by seed, entity and purpose", () => {
    const stream = openStream("7", "subnet-1/miner-3", "stake");
    const draws = Array.from({ length: 100 }, () => stream.int32());
    expect(draws).toEqual(tychei("7/subnet-1/miner-3/stake", 100));
    // Known answers, so that a change of the library is seen even if it changes its algorithm.
    expect(draws.slice(0, 3)).toEqual([-1322860349, 963425811, 15706876]);
  });

  test("do not depend on what others draw", () => {
    const alone = openStream("1", "a", "x");
    const expected = [alone.uint32(), alone.uint32()];
    const again = openStream("1", "a", "x");
    openStream("1", "b", "x").uint32();
    expect([again.uint32(), again.uint32()]).toEqual(expected);
    expect(openStream("1", "b", "x").uint32()).not.toBe(expected[0]);
    expect(openStream("2", "a", "x").uint32()).not.toBe(expected[0]);
    expect(openStream("1", "a", "y").uint32()).not.toBe(expected[0]);
  });

  test("continue from a saved state that went through JSON", () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(200), (name, before) => {
        const stream = RandomStream.open(name);
        for (let k = 0; k < before; k++) stream.int32();
        const restored = RandomStream.restore(
          JSON.parse(JSON.stringify(stream.save())) as ReturnType<RandomStream["save"]>,
        );
        for (let k = 0; k < 20; k++) expect(restored.int32()).toBe(stream.int32());
      }),
    );
  });

  test("keep bounded draws in range and even", () => {
    const stream = openStream("0", "test", "below");
    const counts = [0, 0, 0, 0, 0, 0, 0];
    for (let k = 0; k < 70_000; k++) counts[stream.below(7)]!++;
    // Five standard deviations around 10000.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(463);
    expect(stream.below(1)).toBe(0);
    expect(() => stream.below(0)).toThrow(RangeError);
    expect(() => stream.below(2 ** 32 + 1)).toThrow(RangeError);
    expect(() => stream.below(1.5)).toThrow(RangeError);
  });

  test("draw uniform doubles from 53 bits", () => {
    const words = tychei("0/test/uniform", 2).map((word) => word >>> 0);
    const stream = openStream("0", "test", "uniform");
    expect(stream.uniform()).toBe(((words[0]! >>> 5) * 2 ** 26 + (words[1]! >>> 6)) / 2 ** 53);
    const draws = Array.from({ length: 100_000 }, () => stream.uniform());
    expect(draws.every((draw) => draw >= 0 && draw < 1)).toBe(true);
    const sum = draws.reduce((a, b) => a + b, 0);
    expect(Math.abs(sum / 100_000 - 0.5)).toBeLessThan(0.005);
  });

  test("say yes as often as asked", () => {
    const stream = openStream("0", "test", "chance");
    let yes = 0;
    for (let k = 0; k < 30_000; k++) yes += Number(stream.chance(1, 3));
    expect(Math.abs(yes - 10_000)).toBeLessThan(409);
    expect(stream.chance(0, 5)).toBe(false);
    expect(stream.chance(5, 5)).toBe(true);
  });
});
