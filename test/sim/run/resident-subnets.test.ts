import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ExactKernel } from "../../../kernels/exact/kernel.ts";
import { type EpochBackend, openEpochBackend } from "../../../sim/run/backends.ts";
import { measureScenarios } from "../../../sim/run/measure.ts";
import { runScenariosOn } from "../../../sim/run/run-scenario.ts";
import { readMetrics } from "../../../sim/run/trace-metrics.ts";
import { buildScenario, type MetricText, type ResolvedScenario } from "../../../sim/scenario/index.ts";
import { openTrace } from "../../../sim/trace/index.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "yumasim-resident-"));
});
afterAll(() => rm(directory, { recursive: true }));

const STAKE = { distribution: "pareto", min: "100 alpha", shape: 1.2 };

/** Stakes, weights and bonds that change, and neurons that nobody weighs. */
function scenario(subnet: object, compare: object[] = []): ResolvedScenario {
  return buildScenario({
    title: "A subnet on which much happens",
    protocol: "subtensor-425",
    epochs: 12,
    ...(compare.length > 0 && { compare }),
    subnets: [
      {
        netuid: 1,
        emission: "100 alpha",
        neurons: [
          { name: "large", count: 9, alpha_stake: STAKE, weights: { good: 9, bad: 1 } },
          {
            name: "small",
            count: 4,
            alpha_stake: { by_epoch: { 0: "90 alpha", 6: "900 alpha" } },
            weights: { by_epoch: { 0: { good: 1, bad: 9 }, 4: { bad: 1 }, 8: { good: 2, bad: 5, late: 1 } } },
          },
          { name: "good", count: 11 },
          { name: "bad", count: 7 },
          { name: "late", count: 2 },
        ],
        ...subnet,
      },
    ],
  }) as ResolvedScenario;
}

const SUBNETS: [string, object, object[]?][] = [
  ["plain", {}],
  ["yuma3", { hyperparameters: { yuma3: true } }],
  [
    "liquid alpha, weights that drift",
    { hyperparameters: { yuma3: true, liquid_alpha: true }, drift: { shared: 0.1, own: 0.2 } },
  ],
  [
    "bonds that are wiped",
    {
      hyperparameters: { yuma3: true },
      bond_resets: [
        { epoch: 3, neuron: "good-2" },
        { epoch: 8, neuron: "bad" },
      ],
    },
  ],
  [
    "values that only the plain path takes",
    { hyperparameters: { kappa: "100 %", bonds_moving_average: "0 %" } },
  ],
  [
    "emission by stake, part of which is staked again",
    {
      emission: { of_stake: "1 %" },
      neurons: [
        { name: "large", count: 3, alpha_stake: STAKE, weights: { good: 9, small: 1 }, restake: "large" },
        { name: "small", count: 4, alpha_stake: STAKE, weights: { good: 1, small: 2 } },
        { name: "good", count: 9, restake: "small" },
      ],
    },
  ],
  ["weights sent once, late", { set_weights: "on-change", delays: { small: 2 } }],
  [
    "comparisons",
    {},
    [
      { name: "a", set: { "subnets[0].hyperparameters.yuma3": true } },
      { name: "b", set: { "subnets[0].hyperparameters.bonds_penalty": "0 %" } },
    ],
  ],
];

const EPOCHS: readonly MetricText["epochs"][] = [
  "last",
  "first",
  "sum",
  "mean",
  "min",
  "max",
  "changes",
  0,
  5,
  40,
  { first_above: 0.1 },
  { first_below: 0.1 },
];

/** A second column of each table. */
const OTHERS: Readonly<Record<string, string>> = {
  neurons: "incentive_ratio",
  bonds: "miner_uid",
  weights: "miner_uid",
  subnets: "stake",
};

/** Sends everything afresh to a kernel that keeps nothing. */
function forgetful(): EpochBackend {
  const kernel = new ExactKernel();
  return {
    arithmetic: "exact",
    kernelSha256: null,
    epochs: {
      kind: "batched",
      longestStretch: 1,
      run: async (inputs) => inputs.map((input) => [kernel.runEpoch(input)]),
    },
    record: () => ({
      asked: "exact",
      ran: "exact",
      adapter: null,
      driver: null,
      executor: "wasm",
      fallback: null,
    }),
    close: async () => {},
  };
}

async function tables(outDir: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const name of (await readdir(outDir)).filter((one) => one.endsWith(".arrow")))
    files[name] = (await readFile(join(outDir, name))).toString("base64");
  return files;
}

describe.each(SUBNETS)("a subnet that stays in the kernel: %s", (name, subnet, compare = []) => {
  const folder = (kind: string): string => join(directory, `${kind}-${name.replaceAll(/\W/g, "-")}`);

  test("the same bytes as one that is sent afresh before every epoch", async () => {
    for (const [kind, backend] of [
      ["resident", await openEpochBackend("exact")],
      ["afresh", forgetful()],
    ] as const)
      await runScenariosOn(backend, [{ scenario: scenario(subnet, compare), outDir: folder(kind) }]);
    const found = await tables(folder("resident"));
    expect(Object.keys(found)).toHaveLength(4);
    expect(found).toEqual(await tables(folder("afresh")));
  });

  test("metrics that are taken on the way are those of its trace", async () => {
    const columns = [
      "neurons.dividends_ratio",
      "neurons.emission",
      "neurons.active",
      "neurons.block",
      "bonds.bond",
      "weights.weight_ratio",
      "subnets.emission",
      "subnets.bonds_entries",
    ];
    const definitions: Record<string, MetricText> = {};
    for (const column of columns)
      for (const rows of [
        ...(["sum", "mean", "min", "max", "count", "gini", "entropy", "leader"] as const),
        { top: 3 },
        { correlation: OTHERS[column.split(".")[0]!]! },
      ])
        for (const epochs of EPOCHS) {
          const name = `${column} ${JSON.stringify(rows)} ${JSON.stringify(epochs)}`;
          definitions[name] = { column, rows, epochs };
          if (column.startsWith("neurons"))
            definitions[`${name} small`] = { column, rows, epochs, of: "small" };
        }
    const names = Object.keys(definitions);
    const run = scenario(subnet, compare);
    const backend = await openEpochBackend("exact");
    await runScenariosOn(backend, [{ scenario: run, outDir: folder("trace") }]);
    const comparisons = run.comparisons.map(({ comparison }) => comparison);
    const expected = await readMetrics(await openTrace(folder("trace")), comparisons, definitions, names);
    const [found] = await measureScenarios(backend, [run], definitions, names);
    expect(found).toEqual(expected);
    expect(Object.keys(found![comparisons[0]!]!)).toEqual(names);
  });
});
