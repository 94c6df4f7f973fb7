import { describe, expect, it } from "vitest";
import { ExactKernel } from "../../../kernels/exact/kernel.ts";
import { firstDifference, readVectors, vectorInput } from "./vectors.ts";

const FILES: readonly [string, number][] = [
  ["epoch-edge.jsonl.gz", 728],
  ["epoch-edge2.jsonl.gz", 20],
  ["epoch-random-small.jsonl.gz", 1180],
  ["epoch-random-256.jsonl.gz", 23],
  ["epoch-random-large.jsonl.gz", 7],
  ["epoch-chain.jsonl.gz", 680],
];

describe("the chain's epoch vectors", () => {
  const kernel = new ExactKernel();
  it.each(FILES)("%s: %i cases, every output equal", (file, cases) => {
    const vectors = readVectors(file);
    expect(vectors).toHaveLength(cases);
    const paths = { fast: 0, scalar: 0 };
    const differences = vectors.flatMap((vector) => {
      const subnet = kernel.load(vectorInput(vector));
      const path = subnet.step();
      const difference = firstDifference(subnet.read(), vector);
      subnet.stepScalar();
      const scalarDifference = firstDifference(subnet.read(), vector);
      subnet.free();
      paths[path]++;
      return [
        ...(difference === null ? [] : [`${vector.name}, ${path} path: ${difference}`]),
        ...(scalarDifference === null ? [] : [`${vector.name}, scalar path: ${scalarDifference}`]),
      ];
    });
    expect(differences.slice(0, 20)).toEqual([]);
    expect(paths.fast).toBeGreaterThan(cases / 3);
  });
});
