import { describe, expect, it } from "vitest";
import type { EpochOutput } from "../../../kernels/epoch.ts";
import { ExactKernel } from "../../../kernels/exact/kernel.ts";
import { randomEpoch } from "./random-epochs.ts";
import { referenceEpoch } from "./reference.ts";

/** `SOAK=100000 npx vitest run test/kernels/exact/random` compares that many epochs instead of a few thousand. */
const SOAK = Number(process.env["SOAK"] ?? 0);

/** The first column in which two epochs differ, or null. */
function difference(left: EpochOutput, right: EpochOutput): string | null {
  const columns = (output: EpochOutput): Record<string, ArrayLike<number | bigint>> => {
    const { bonds, ...rest } = output;
    return { ...rest, bondOffsets: bonds.offsets, bondUids: bonds.uids, bondValues: bonds.values };
  };
  const others = columns(right);
  for (const [name, values] of Object.entries(columns(left))) {
    const other = others[name] as ArrayLike<number | bigint>;
    if (values.length !== other.length) return `${name}: ${values.length} and ${other.length} values`;
    for (let k = 0; k < values.length; k++)
      if (values[k] !== other[k]) return `${name}[${k}]: ${values[k]} and ${other[k]}`;
  }
  return null;
}

describe("random epochs at the edges of the types", () => {
  it("gives what the plain BigInt epoch gives", () => {
    const kernel = new ExactKernel();
    const found: string[] = [];
    for (let seed = 0; seed < (SOAK || 1500) / 5; seed++) {
      const input = randomEpoch(seed, seed % 10 === 0 ? 60 : 12);
      const unequal = difference(kernel.runEpoch(input), referenceEpoch(input));
      if (unequal !== null) found.push(`seed ${seed}: ${unequal}`);
    }
    expect(found.slice(0, 10)).toEqual([]);
  }, 3_600_000);

  it.each([true, false])(
    "gives the same on the fast and on the scalar path (plain inputs: %s)",
    (plain) => {
      const kernel = new ExactKernel();
      const found: string[] = [];
      let fast = 0;
      const count = SOAK || 2000;
      for (let seed = 0; seed < count; seed++) {
        const input = randomEpoch(seed, seed % 8 === 0 ? 300 : 40, plain);
        const subnet = kernel.load(input);
        // A second step starts from normalised rows and a guess, a third from other bonds.
        for (let step = 0; step < 3; step++) {
          const path = subnet.step();
          const output = subnet.read();
          if (path === "fast") {
            fast++;
            subnet.stepScalar();
            const unequal = difference(output, subnet.read());
            if (unequal !== null) found.push(`seed ${seed}, step ${step}: ${unequal}`);
            subnet.step();
          }
          if (step === 1) subnet.commitBonds();
        }
        subnet.free();
      }
      expect(found.slice(0, 10)).toEqual([]);
      expect(fast).toBeGreaterThan(plain ? count : count / 4);
    },
    3_600_000,
  );
});
