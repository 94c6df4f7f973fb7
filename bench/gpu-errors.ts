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

async function vectorErrors(kernel: FloatKernel): Promise<Errors> {
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

async function sequenceErrors(kernel: FloatKernel): Promise<Errors> {
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

const row = (cells: readonly string[]): void => void process.stdout.write(`| ${cells.join(" | ")} |\n`);
const figures = (errors: Errors): string[] => FIELDS.map((field) => errors[field].toExponential(1));

const asked = process.argv.slice(2);
const names: readonly BackendName[] =
  asked.length === 0 ? BACKENDS : BACKENDS.filter((name) => asked.includes(name));
row(["backend", "cases", ...FIELDS]);
row(["---", "---", ...FIELDS.map(() => "---")]);
for (const name of names) {
  const kernel = await FloatKernel.open(name);
  const { adapter } = kernel.report;
  const label = adapter === null ? name : `${name} (${adapter})`;
  row([label, "vectors", ...figures(await vectorErrors(kernel))]);
  row([label, "200 epochs", ...figures(await sequenceErrors(kernel))]);
  await kernel.close();
}
