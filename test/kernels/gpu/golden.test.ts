import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { FloatKernel } from "../../../kernels/gpu/kernel.ts";
import { type EpochVector, readVectors, toSparseRows, vectorInput } from "../exact/vectors.ts";
import { describeBackends } from "./available.ts";
import { type Exact, errorsOf, FIELDS, ratios, tolerance } from "../../../bench/gpu-comparison.ts";

// A software adapter on a busy machine is slow.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

const FILES = [
  "epoch-edge.jsonl.gz",
  "epoch-edge2.jsonl.gz",
  "epoch-random-small.jsonl.gz",
  "epoch-random-256.jsonl.gz",
  "epoch-random-large.jsonl.gz",
  "epoch-chain.jsonl.gz",
];

export function exactOf({ out }: EpochVector): Exact {
  const raw = (member: string): Float64Array => ratios(out[member] as string[]);
  return {
    incentive: raw("incentive_raw"),
    dividends: raw("dividends_raw"),
    consensus: raw("consensus_raw"),
    validatorTrust: raw("validator_trust_raw"),
    bonds: toSparseRows(out.bonds as [number, number][][]),
  };
}

describeBackends("the chain's epoch vectors in float32", (backend) => {
  let kernel: FloatKernel;
  beforeAll(async () => {
    kernel = await FloatKernel.open(backend);
  });
  afterAll(() => kernel.close());

  test.each(FILES)("%s: every case within the tolerances, permits and activity equal", async (file) => {
    const vectors = readVectors(file);
    const outputs = await kernel.run(vectors.map(vectorInput), {
      epochs: 1,
      bonds: "last",
    });
    expect(kernel.report.backend).toBe(backend);
    const wrong = vectors.flatMap((vector, k) => {
      const output = outputs[k]![0]!;
      const errors = errorsOf(output, exactOf(vector));
      const far = FIELDS.filter((field) => !(errors[field] <= tolerance(field, vector.n))).map(
        (field) => `${vector.name}: ${field} is off by ${errors[field]}`,
      );
      for (const [field, member] of [
        ["active", "active"],
        ["newValidatorPermit", "new_validator_permit"],
      ] as const) {
        if (output[field].some((value, uid) => value !== Number(vector.out[member]![uid])))
          far.push(`${vector.name}: ${field} differs`);
      }
      return far;
    });
    expect(wrong.slice(0, 20)).toEqual([]);
    expect(vectors.length).toBeGreaterThan(0);
  });
});
