/**
 * The tables of worst errors in docs/gpu.md, as Markdown: `node dist/bench/gpu-errors.js [backend...]` from the root of the
 * repository. Vectors: every case of test/golden/epoch-*.jsonl.gz. Sequences: 200 epochs of three networks of 64 / 16.
 */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { SparseRows } from "../kernels/epoch.ts";
import { ExactKernel } from "../kernels/exact/kernel.ts";
import { BACKENDS, type BackendName } from "../kernels/gpu/backends.ts";
import { FloatKernel } from "../kernels/gpu/kernel.ts";
import { epochInput } from "../sim/eval/families/epoch-lines.ts";
import type { JsonObject } from "../sim/json.ts";
import { type Errors, errorsOf, FIELDS, noErrors, ratios, worse } from "./gpu-comparison.ts";
import { denseNetwork } from "./gpu-networks.ts";
import { exactRatios, exactSequence } from "./gpu-sequence.ts";

const FILES = ["edge", "edge2", "random-small", "random-256", "random-large", "chain"];

interface Expected {
  readonly [column: string]: string[] | [number, number][][];
}

function rowsOf(lists: readonly (readonly [number, number])[][]): SparseRows {
  const offsets = new Uint32Array(lists.length + 1);
  lists.forEach((row, uid) => (offsets[uid + 1] = offsets[uid]! + row.length));
  return {
    offsets,
    uids: Uint16Array.from(lists.flat(), ([uid]) => uid),
    values: Uint16Array.from(lists.flat(), ([, value]) => value),
  };
}

/** Worst errors over all epoch vectors. */
export async function vectorErrors(kernel: FloatKernel): Promise<Errors> {
  let errors = noErrors();
  for (const file of FILES) {
    const text = gunzipSync(readFileSync(`test/golden/epoch-${file}.jsonl.gz`)).toString("utf8");
    const cases = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as JsonObject);
    const inputs = cases.map(({ name: _name, out: _out, ...input }) => epochInput(input));
    const outputs = await kernel.run(inputs, { epochs: 1, bonds: "last" });
    cases.forEach((one, k) => {
      const out = one["out"] as unknown as Expected;
      const raw = (column: string): Float64Array => ratios(out[column] as string[]);
      const exact = {
        incentive: raw("incentive_raw"),
        dividends: raw("dividends_raw"),
        consensus: raw("consensus_raw"),
        validatorTrust: raw("validator_trust_raw"),
        bonds: rowsOf(out["bonds"] as [number, number][][]),
      };
      errors = worse(errors, errorsOf(outputs[k]![0]!, exact));
    });
  }
  return errors;
}

/** Worst errors of 200 consecutive epochs of three networks, one per formula. */
export async function sequenceErrors(kernel: FloatKernel): Promise<Errors> {
  const exact = new ExactKernel();
  const size = { neurons: 64, validators: 16 };
  const inputs = (["original", "fixed", "liquid"] as const).map((formula, k) =>
    denseNetwork(11 + k, size, formula),
  );
  const outputs = await kernel.run(inputs, { epochs: 200, bonds: "every" });
  return inputs
    .flatMap((input, k) =>
      exactSequence(exact, input, 200).map((expected, epoch) =>
        errorsOf(outputs[k]![epoch]!, exactRatios(expected)),
      ),
    )
    .reduce(worse);
}

/** A line of the table. */
export function errorRow(kernel: FloatKernel, cases: string, errors: Errors): string {
  const { backend, adapter } = kernel.report;
  const label = adapter === null ? backend : `${backend} (${adapter})`;
  return `| ${[label, cases, ...FIELDS.map((field) => errors[field].toExponential(1))].join(" | ")} |`;
}

async function printTable(names: readonly BackendName[]): Promise<void> {
  process.stdout.write(`| ${["backend", "cases", ...FIELDS].join(" | ")} |\n`);
  process.stdout.write(`|${" --- |".repeat(2 + FIELDS.length)}\n`);
  for (const name of names) {
    const kernel = await FloatKernel.open(name);
    process.stdout.write(`${errorRow(kernel, "vectors", await vectorErrors(kernel))}\n`);
    process.stdout.write(`${errorRow(kernel, "200 epochs", await sequenceErrors(kernel))}\n`);
    await kernel.close();
  }
}

if (process.argv[1]?.endsWith("gpu-errors.js") === true) {
  const asked = process.argv.slice(2);
  await printTable(asked.length === 0 ? BACKENDS : BACKENDS.filter((name) => asked.includes(name)));
}
