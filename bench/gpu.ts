/** Float epochs against the exact kernel: what a batch costs from input to output on each backend. */
import { ExactKernel } from "../kernels/exact/kernel.ts";
import { BACKENDS, type BackendName } from "../kernels/gpu/backends.ts";
import type { Formula } from "../kernels/gpu/formula.ts";
import { FloatKernel } from "../kernels/gpu/kernel.ts";
import { BackendUnavailable } from "../kernels/gpu/unavailable.ts";
import { denseNetwork } from "./gpu-networks.ts";
import { timeMedians } from "./gpu-median.ts";

const SIZE = { neurons: 256, validators: 64 };
/** Epochs of a launch when the same weights stand for long. */
const MANY = 16;
/** More than this is not measured. */
const LONGEST_SECONDS = 60;

/** Microseconds per network and epoch. */
export interface BatchTiming {
  /** One epoch per launch. */
  readonly single: number;
  /** Sixteen; null where that would take too long to measure. */
  readonly many: number | null;
}

/** Times a batch on an open kernel, after a launch that compiles. */
export async function timeBatch(
  kernel: FloatKernel,
  networks: number,
  formula: Formula,
  repetitions: number,
): Promise<BatchTiming> {
  const inputs = Array.from({ length: networks }, (_, k) => denseNetwork(1 + (k % 16), SIZE, formula));
  const best = async (epochs: number): Promise<number> => {
    // Compiles; against a batch this large, compiling does not show.
    if (networks <= 64) await kernel.run(inputs, { epochs, bonds: "last" });
    let fastest = Infinity;
    for (let k = 0; k < repetitions; k++) {
      const start = performance.now();
      await kernel.run(inputs, { epochs, bonds: "last" });
      fastest = Math.min(fastest, performance.now() - start);
    }
    return (fastest * 1000) / (networks * epochs);
  };
  const single = await best(1);
  // A large batch on a software adapter would take minutes.
  const many = (single * networks * MANY) / 1e6 > LONGEST_SECONDS ? null : await best(MANY);
  return { single, many };
}

/** The same for the exact kernel: a load, a step and a result per epoch; for many epochs, steps on what is loaded. */
export function timeExact(formula: Formula, repetitions: number): BatchTiming {
  const kernel = new ExactKernel();
  const input = denseNetwork(1, SIZE, formula);
  kernel.runEpoch(input);
  let single = Infinity;
  let many = Infinity;
  for (let k = 0; k < repetitions; k++) {
    const start = performance.now();
    kernel.runEpoch(input);
    single = Math.min(single, performance.now() - start);
    const subnet = kernel.load(input);
    const loaded = performance.now();
    for (let epoch = 0; epoch < MANY; epoch++) subnet.step();
    many = Math.min(many, (performance.now() - loaded) / MANY);
    subnet.free();
  }
  return { single: single * 1000, many: many * 1000 };
}

const figure = (microseconds: number | null): string => microseconds?.toFixed(1) ?? "-";

/** Opens a backend, or says why it cannot be. */
async function open(
  name: BackendName,
  print: (cells: readonly string[]) => void,
): Promise<FloatKernel | null> {
  try {
    return await FloatKernel.open(name);
  } catch (error) {
    if (!(error instanceof BackendUnavailable)) throw error;
    print([name, "skipped:", error.reason]);
    return null;
  }
}

/** Prints the comparison. `effort` below 1 leaves out the largest batch. */
export async function benchBackends(
  effort: number,
  print: (cells: readonly string[]) => void,
): Promise<void> {
  const batches = effort < 1 ? [1, 16] : [1, 64, 1024];
  const formulas: Formula[] = effort < 1 ? ["fixed"] : ["fixed", "original", "liquid"];
  print(["256 / 64", "formula", "networks", "us, 1/launch", `us, ${MANY}/launch`, "times exact", "executor"]);
  const exact = new Map(formulas.map((formula) => [formula, timeExact(formula, 50)]));
  for (const [formula, { single, many }] of exact)
    print(["exact", formula, "1", single.toFixed(1), figure(many), "1", "wasm"]);
  for (const name of BACKENDS) {
    const kernel = await open(name, print);
    if (kernel === null) continue;
    for (const formula of formulas) {
      // The largest batch is timed for one formula: the others scale alike.
      for (const networks of formula === "fixed" ? batches : batches.slice(0, 2)) {
        const { single, many } = await timeBatch(kernel, networks, formula, networks > 64 ? 1 : 5);
        const reference = exact.get(formula)!;
        print([
          name,
          formula,
          String(networks),
          single.toFixed(1),
          figure(many),
          (single / reference.single).toFixed(1),
          kernel.report.executor ?? "",
        ]);
      }
    }
    const { bisection, counting } = await timeMedians(name, effort < 1 ? 2 : 5);
    print([
      name,
      "median",
      "16",
      `bisection ${bisection.toFixed(1)} ms`,
      `counting ${counting.toFixed(1)} ms`,
    ]);
    await kernel.close();
  }
}
