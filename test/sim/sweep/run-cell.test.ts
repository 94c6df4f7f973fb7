import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openEpochBackend, readMetrics, type RunBackend } from "../../../sim/run/index.ts";
import { loadSweep } from "../../../sim/sweep/cells.ts";
import type { NamedCell } from "../../../sim/sweep/cell.ts";
import { cellContext } from "../../../sim/sweep/context.ts";
import { type CellRecord, openTrace } from "../../../sim/trace/index.ts";
import { identifyCell, runCells } from "../../../sim/sweep/run-cell.ts";
import { contents, sweepScenario } from "./sweeps.ts";

const folder = mkdtempSync(join(tmpdir(), "yumasim-cells-"));
afterAll(() => rmSync(folder, { recursive: true }));

const REPLICAS = `  keep: KEEP
  grid:
    subnets[0].hyperparameters.kappa: [0.4, 0.6]
    subnets[0].hyperparameters.yuma3: [false, true]
  replicas: 3`;

const ECONOMY = `title: A few hours
protocol: subtensor-425
horizon: 200 blocks
network:
  subnets:
    - { netuid: 1, owner: owner, tao: 1000 TAO, price: 0.02, hyperparameters: { tempo: 20 } }
populations:
  - { name: owner, role: owner, count: 1, strategy: extracting, parameters: { every: 50 blocks } }
  - name: chaser
    role: delegator
    count: 2
    balance: { distribution: log-normal, median: 50 TAO, sigma: 1.2 }
    strategy: yield-chasing
    parameters: { every: 60 blocks }
metrics:
  wealth: wealth("chaser")
sweep:
  keep: KEEP
  replicas: 2
`;

/** Runs the cells of a sweep, together or one by one. @returns the directory */
async function run(
  name: string,
  text: string,
  size: number,
  backendName: Exclude<RunBackend, "auto"> = "exact",
): Promise<string> {
  const path = join(folder, "s.yaml");
  writeFileSync(path, text);
  const { source, cells } = loadSweep(path, {});
  const directory = join(folder, name);
  mkdirSync(directory);
  const context = await cellContext(path, source, directory, {
    keep: source.text.sweep!.keep,
    backend: backendName,
  });
  const backend = await openEpochBackend(backendName);
  const named: NamedCell[] = [];
  for (const task of cells) named.push({ id: (await identifyCell(context, task)).id, task });
  for (let start = 0; start < named.length; start += size)
    await runCells(context, backend, named.slice(start, start + size), "test");
  await backend.close();
  return directory;
}

function records(directory: string): CellRecord[] {
  const cells = join(directory, "cells");
  return readdirSync(cells)
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) => JSON.parse(readFileSync(join(cells, name), "utf8")) as CellRecord);
}

const kept = (text: string, keep: string): string => text.replace("KEEP", keep);

describe("cells side by side", () => {
  test.each(["traces", "[small, spread]"])("keep %s: the same bytes as one by one", async (keep) => {
    const text = sweepScenario(kept(REPLICAS, keep));
    const alone = await run(`alone-${keep}`, text, 1);
    const together = await run(`together-${keep}`, text, 12);
    expect(records(alone)).toHaveLength(12);
    expect(contents(together)).toEqual(contents(alone));
  });

  test("keep metrics: nothing but records reaches the disk, with the values of kept traces", async () => {
    for (const [name, text, metrics] of [
      ["study", sweepScenario(REPLICAS), "[small, spread]"],
      ["economy", ECONOMY, "[wealth]"],
    ] as const) {
      const traced = await run(`${name}-traced`, kept(text, "traces"), 12);
      const measured = await run(`${name}-measured`, kept(text, metrics), 12);
      // The folder of unfinished files holds nothing but the empty one of this writer.
      expect(
        readdirSync(measured, { recursive: true }).filter((path) => !/^(cells|tmp)/.test(String(path))),
      ).toEqual([]);
      expect(readdirSync(join(measured, "tmp"), { recursive: true })).toEqual(["test"]);
      const values = (directory: string) => records(directory).map(({ id, metrics }) => [id, metrics]);
      expect(values(measured)).toEqual(values(traced));
      const { source } = loadSweep(join(folder, "s.yaml"), {});
      for (const { id, metrics: stored } of records(traced)) {
        const trace = await openTrace(join(traced, "traces", id));
        const names = source.text.sweep!.keep as readonly string[];
        expect(await readMetrics(trace, Object.keys(stored), source.text.metrics, names)).toEqual(stored);
      }
      expect(records(measured)[0]?.status).toBe("done");
    }
  });

  test("one that breaks takes no other with it", async () => {
    const text = sweepScenario(`  keep: [gone, spread]
  zip:
    subnets[0].neurons[1].name: [small, other-name, small]
    subnets[0].hyperparameters.kappa: [0.4, 0.5, 0.6]`).replace(
      "  spread:",
      "  gone: { column: neurons.emission, of: small }\n  spread:",
    );
    const found = records(await run("breaks", text, 3));
    expect(found.filter(({ status }) => status === "done")).toHaveLength(2);
    expect(found.find(({ status }) => status === "failed")?.error).toContain(
      "of: small is no neuron and no group",
    );
  });
});

test.each(["a", "b", "c", "d"])(
  "a draw that does not fit fails the cells that draw it; seed %s",
  async (seed) => {
    const text = sweepScenario("  keep: [small]\n  replicas: 12")
      .replace("epochs: 6", `epochs: 6\nseed: ${seed}`)
      .replace("uniform, min: 500 alpha, max: 700 alpha", "pareto, min: 10000000000 alpha, shape: 1");
    const found = records(await run(`unfit-${seed}`, text, 12));
    const failed = found.filter(({ status }) => status === "failed");
    expect(found).toHaveLength(12);
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.length).toBeLessThan(12);
    for (const { error } of failed) expect(error).toContain("more than 64 bits hold");
    expect(contents(await run(`unfit-alone-${seed}`, text, 1))).toEqual(
      contents(join(folder, `unfit-${seed}`)),
    );
  },
);

describe("on a float backend", () => {
  test.each(["webasm", "cpu"] as const)(
    "%s: cells say so, follow the exact ones, and are the same side by side as alone",
    async (backend) => {
      const text = sweepScenario(kept(REPLICAS, "[small]"));
      const exact = new Map(
        records(await run(`exact-${backend}`, text, 12)).map((record) => [
          JSON.stringify(record.scenario),
          record,
        ]),
      );
      const directory = await run(`float-${backend}`, text, 12, backend);
      expect(contents(await run(`float-alone-${backend}`, text, 1, backend))).toEqual(contents(directory));
      for (const record of records(directory)) {
        const other = exact.get(JSON.stringify(record.scenario))!;
        expect(record).toMatchObject({ backend, arithmetic: "float32", status: "done" });
        expect(other).toMatchObject({ backend: "exact", arithmetic: "exact" });
        expect(record.id).not.toBe(other.id);
        expect(record.metrics["base"]?.["small"]).toBeCloseTo(other.metrics["base"]!["small"]!, 4);
      }
    },
  );

  test("an economy is refused", async () => {
    const found = records(await run("float-economy", kept(ECONOMY, "[wealth]"), 2, "cpu"));
    expect(found.map(({ status }) => status)).toEqual(["failed", "failed"]);
    expect(found[0]?.error).toMatch(/economy are computed exactly; leave out --backend cpu/);
    expect(existsSync(join(folder, "float-economy/traces"))).toBe(false);
  });
});
