import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RecordBatchReader } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTrace } from "../../../sim/trace/index.ts";
import { type BuiltCommand, buildCommand, finished } from "../cli/built-command.ts";
import { contents, GRID, sweepScenario } from "./sweeps.ts";

let command: BuiltCommand;
let reference: Record<string, string>;
beforeAll(async () => {
  command = await buildCommand();
  writeFileSync(join(command.folder, "grid.yaml"), sweepScenario(GRID));
  expect(await sweep("one", "--workers", "1")).toMatchObject({ code: 0, computed: 60, failed: 0 });
  reference = contents(inFolder("one"));
});
afterAll(() => command.remove());

const inFolder = (name: string): string => join(command.folder, name);

interface Outcome {
  readonly code: number | null;
  readonly stderr: string;
  readonly computed?: number;
  readonly skipped?: number;
  readonly failed?: number;
  readonly cells?: number;
}

async function sweep(out: string, ...options: string[]): Promise<Outcome> {
  const { code, stdout, stderr } = await command.run([
    "sweep",
    "grid.yaml",
    "--out",
    out,
    "--json",
    ...options,
  ]);
  return { code, stderr, ...(stdout === "" ? {} : (JSON.parse(stdout) as object)) };
}

/** The rows of a table as objects. */
function rowsOf(path: string): Record<string, unknown>[] {
  const rows: Record<string, unknown>[] = [];
  for (const batch of RecordBatchReader.from(readFileSync(path)))
    for (const row of batch) rows.push({ ...row.toJSON() });
  return rows;
}

test.each(["2", "3"])("%s workers leave the same bytes as one", async (workers) => {
  expect(await sweep(`workers-${workers}`, "--workers", workers)).toMatchObject({ code: 0, computed: 60 });
  expect(contents(inFolder(`workers-${workers}`))).toEqual(reference);
});

test("the tables hold parameters, metrics and what the replicas come to", () => {
  const cells = rowsOf(inFolder("one/cells.arrow"));
  expect(cells).toHaveLength(60);
  expect(cells[59]).toMatchObject({
    cell: 59,
    point: 14,
    replica: 3,
    seed: "0/3",
    "subnets[0].hyperparameters.kappa": 0.7,
    "subnets[0].hyperparameters.bonds_penalty": "100 %",
    status: "done",
    error: "",
  });
  const summary = rowsOf(inFolder("one/summary.arrow"));
  expect(summary).toHaveLength(15 * 2);
  const values = cells.filter(({ point }) => point === 3).map(({ small }) => small as number);
  const row = summary.find(({ point, metric }) => point === 3 && metric === "small");
  const mean = values.reduce((sum, value) => sum + value, 0) / 4;
  expect(row).toMatchObject({ values: 4, failed: 0, comparison: "base" });
  expect(row?.["mean"]).toBeCloseTo(mean, 12);
  expect(row?.["minimum"]).toBe(Math.min(...values));
  expect(row?.["maximum"]).toBe(Math.max(...values));
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 3);
  expect(row?.["mean_high"]).toBeCloseTo(mean + (3.182446305283708 * deviation) / 2, 10);
});

test("a cell's metric is what a run of its own has", async () => {
  const cells = rowsOf(inFolder("one/cells.arrow"));
  const [cell] = cells.filter(({ point, replica }) => point === 4 && replica === 2);
  const set = ["subnets[0].hyperparameters.kappa=0.4", "subnets[0].hyperparameters.bonds_penalty=50 %"];
  const { code } = await command.run([
    "run",
    "grid.yaml",
    "--seed",
    "0/2",
    "--no-report",
    "--out",
    "alone",
    ...set.flatMap((one) => ["--set", one]),
  ]);
  expect(code).toBe(0);
  const neurons = await (await openTrace(inFolder("alone"))).read("neurons", ["uid", "dividends_ratio"]);
  const [uids, dividends] = [neurons.column("uid"), neurons.column("dividends_ratio")];
  const small = Array.from(uids, Number).flatMap((uid, row) => (uid === 1 ? [Number(dividends[row])] : []));
  expect(small).toHaveLength(6);
  expect(cell?.["small"]).toBe(small.reduce((sum, value) => sum + value, 0) / 6);
});

describe("shards", () => {
  test.each([1, 4, 7])("%i of them, gathered in any order, leave the same bytes", async (count) => {
    // From the last to the first, each into a directory of its own.
    const parts = Array.from({ length: count }, (_, index) => `shard-${count}-${index}`).reverse();
    let cells = 0;
    for (const part of parts) {
      const index = part.split("-").at(-1) ?? "";
      const outcome = await sweep(part, "--workers", "2", "--shard", `${index}/${count}`);
      expect(outcome).toMatchObject({ code: 0 });
      cells += outcome.cells ?? 0;
      expect(existsSync(inFolder(`${part}/summary.arrow`))).toBe(false);
    }
    expect(cells).toBe(60);
    const { code, stderr } = await command.run(["sweep", "gather", `gathered-${count}`, ...parts]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(contents(inFolder(`gathered-${count}`))).toEqual(reference);
  });

  test("holes are refused, and what to run again is said", async () => {
    await sweep("holes", "--shard", "0/3");
    await sweep("holes", "--shard", "2/3");
    const { code, stdout } = await command.run(["sweep", "gather", "holes"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^\d+ of 60 cells are missing in holes; nothing was gathered\.\n/);
    expect(stdout).toContain("runs its missing cells only: --shard 1/3\n");
    expect(existsSync(inFolder("holes/summary.arrow"))).toBe(false);
    expect(await sweep("holes")).toMatchObject({ code: 0 });
    expect(contents(inFolder("holes"))).toEqual(reference);
  });
});

test("a sweep that is killed 20 times ends in the same bytes and runs no finished cell again", async () => {
  const out = inFolder("killed");
  const stored = new Map<string, string>();
  const remember = (): void => {
    for (const name of existsSync(join(out, "cells")) ? readdirSync(join(out, "cells")) : []) {
      if (!name.endsWith(".json")) continue;
      const { ino, mtimeMs } = statSync(join(out, "cells", name));
      const before = stored.get(name);
      // Computed again, it would be a new file.
      if (before !== undefined) expect(`${ino} ${mtimeMs}`, name).toBe(before);
      stored.set(name, `${ino} ${mtimeMs}`);
    }
  };
  const countCells = (): number =>
    existsSync(join(out, "cells"))
      ? readdirSync(join(out, "cells")).filter((name) => name.endsWith(".json")).length
      : 0;
  let kills = 0;
  let kept = 0;
  for (let attempt = 0; kills < 20; attempt++) {
    // When all cells are there, some are taken away, as if they had been lost.
    if (stored.size === 60)
      for (const name of [...stored.keys()].slice(0, 45)) {
        rmSync(join(out, "cells", name));
        stored.delete(name);
      }
    const startedAt = Date.now();
    const child = command.start(["sweep", "grid.yaml", "--out", "killed", "--workers", "2", "--quiet"]);
    const end = finished(child);
    // A third of the kills comes at some moment of the start, the others while cells are stored. Drawn once for all.
    const delay = (attempt * 7919) % 1500;
    const early = attempt % 3 === 0;
    const before = stored.size;
    const timer = setInterval(() => {
      if (early ? Date.now() - startedAt > delay : countCells() > before + (attempt % 5))
        child.kill("SIGKILL");
    }, 1);
    const { code } = await end;
    clearInterval(timer);
    if (code === null) kills++;
    if (code === null && countCells() > before) kept++;
    remember();
  }
  // Kills in the middle of the work, not only before it.
  expect(kept).toBeGreaterThan(8);
  expect(await sweep("killed")).toMatchObject({ code: 0 });
  remember();
  expect(contents(out)).toEqual(reference);
}, 300_000);

test("Ctrl-C stores what is under way, ends with 130, and the same command goes on", async () => {
  const child = command.start(["sweep", "grid.yaml", "--out", "stopped", "--workers", "1"]);
  const end = finished(child);
  while (!existsSync(inFolder("stopped/cells"))) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill("SIGINT");
  const { code, stdout } = await end;
  expect(code).toBe(130);
  expect(stdout).toMatch(/^Stopped after \d+ of 60 cells; the same command goes on\.\n/);
  const outcome = await sweep("stopped");
  expect(outcome).toMatchObject({ code: 0 });
  expect(outcome.skipped).toBeGreaterThan(0);
  expect((outcome.skipped ?? 0) + (outcome.computed ?? 0)).toBe(60);
  expect(contents(inFolder("stopped"))).toEqual(reference);
});

test("traces are kept where that is asked, and failures are rows", async () => {
  writeFileSync(
    inFolder("fails.yaml"),
    sweepScenario(`  keep: traces
  zip:
    subnets[0].hyperparameters.kappa: [0.4, 1.5, 0.6]
    subnets[0].neurons[1].alpha_stake: [100 alpha, 200 alpha, 300 alpha]`),
  );
  const { code, stdout } = await command.run(["sweep", "fails.yaml", "--out", "fails"]);
  expect(code).toBe(1);
  expect(stdout).toContain("3 cells: 3 run, 1 FAILED");
  const cells = rowsOf(inFolder("fails/cells.arrow"));
  expect(cells.map(({ status }) => status)).toEqual(["done", "failed", "done"]);
  expect(cells[1]?.["error"]).toMatch(
    /^fails\.yaml:\d+:\d+: subnets\[0\]\.hyperparameters\.kappa: found 1\.5/,
  );
  expect(cells[1]?.["small"]).toBeNaN();
  const trace = await openTrace(inFolder(`fails/traces/${cells[2]?.["id"] as string}`));
  expect(trace.manifest?.completedEpochs).toBe(6);
  expect(readdirSync(inFolder("fails/traces"))).toHaveLength(2);
});

test("another directory's content is left alone", async () => {
  writeFileSync(inFolder("other.yaml"), sweepScenario("  keep: [spread]\n  replicas: 2"));
  const { code, stderr } = await command.run(["sweep", "other.yaml", "--out", "one"]);
  expect(code).toBe(2);
  expect(stderr).toContain("one: holds a sweep with other metrics");
  expect(contents(inFolder("one"))).toEqual(reference);
  const wrong = await command.run(["sweep", "gather", "."]);
  expect(wrong).toMatchObject({ code: 2, stdout: "" });
});

test("a float backend is part of what a cell is, and everything says so", async () => {
  const outcome = await sweep("float", "--backend", "cpu");
  expect(outcome).toMatchObject({ code: 0, computed: 60, backend: { asked: "cpu", ran: "cpu" } });
  const read = (name: string): unknown => JSON.parse(readFileSync(inFolder(`float/${name}`), "utf8"));
  expect(read("sweep.json")).toMatchObject({ backend: "cpu" });
  expect(read("environment.json")).toMatchObject({ backend: { ran: "cpu", fallback: null } });
  const rows = rowsOf(inFolder("float/cells.arrow"));
  expect(new Set(rows.map(({ backend, arithmetic }) => `${String(backend)} ${String(arithmetic)}`))).toEqual(
    new Set(["cpu float32"]),
  );
  const exact = rowsOf(inFolder("one/cells.arrow"));
  expect(exact[0]).toMatchObject({ backend: "exact", arithmetic: "exact" });
  for (const [k, row] of rows.entries()) {
    expect(row["small"]).toBeCloseTo(exact[k]?.["small"] as number, 4);
    expect(row["id"]).not.toBe(exact[k]?.["id"]);
  }
  const again = await command.run(["sweep", "grid.yaml", "--out", "float", "--backend", "cpu"]);
  expect(again.stdout).toMatch(/^60 cells: 0 run, 60 found finished\nfloat32 on cpu: approximate/);
  const { code, stderr } = await command.run(["sweep", "grid.yaml", "--out", "float"]);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr:
      "float: holds a sweep on the backend cpu; choose another --out, or run all cells again with --force\n",
  });
}, 60_000);

test("auto says what it chose and why, and is then the same as naming it", async () => {
  const { code, stderr } = await command.run(["sweep", "grid.yaml", "--out", "auto", "--backend", "auto"]);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: "backend: exact (fewer than 256 networks at a time (60))\n",
  });
  expect(contents(inFolder("auto"))).toEqual(reference);
});

describe("a scenario with strategies of its own", () => {
  const STRATEGY = `export const buying = {
  name: "buying",
  role: "trader",
  summary: "buys once",
  parameters: { part: { kind: "ratio", initial: 0.5, least: 0, most: 1, description: "Part of its TAO." } },
  hotkeys: () => 1,
  begin: () => ({}),
  wake: (view, _random, _state, { part }) => ({
    submissions: [
      {
        call: {
          call: "addStake",
          origin: { signed: view.agent.coldkey },
          args: {
            hotkey: view.agent.hotkeys[0],
            netuid: 1,
            amountStaked: (view.balance() * BigInt(Math.round(part * 100))) / 100n,
          },
        },
      },
    ],
    state: {},
    nextWake: null,
  }),
};
`;
  const scenario = (keep: string): string => `title: A buyer
protocol: subtensor-425
horizon: 10 blocks
strategies: [buying.mjs]
network: { subnets: [{ netuid: 1, tao: 1000 TAO }] }
populations: [{ name: buyer, role: trader, balance: 9 TAO, strategy: buying }]
metrics:
  price: price(1)
sweep:
  keep: ${keep}
  grid: { "populations[0].parameters.part": [0.1, 0.5, 0.9] }
`;

  test.each(["[price]", "traces"])("is swept on every worker once that is allowed, keep %s", async (keep) => {
    const name = keep === "traces" ? "own-traces" : "own-values";
    writeFileSync(inFolder("buying.mjs"), STRATEGY);
    writeFileSync(inFolder(`${name}.yaml`), scenario(keep));
    const own = (...options: string[]) =>
      command.run(["sweep", `${name}.yaml`, "--out", name, "--json", "--workers", "2", ...options]);
    expect(await own()).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("allow it with --allow-code") as string,
    });
    const { code, stdout, stderr } = await own("--allow-code");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ cells: 3, computed: 3, failed: 0 });
    const prices = rowsOf(inFolder(`${name}/cells.arrow`)).map(({ price }) => price as number);
    expect(new Set(prices).size).toBe(3);
    // The cells of other strategies are other cells.
    expect(JSON.parse((await own("--allow-code")).stdout)).toMatchObject({ computed: 0, skipped: 3 });
    writeFileSync(inFolder("buying.mjs"), STRATEGY.replace("100n", "200n"));
    expect(JSON.parse((await own("--allow-code", "--force")).stdout)).toMatchObject({
      computed: 3,
      failed: 0,
    });
  });

  test("is searched, too", async () => {
    writeFileSync(inFolder("buying.mjs"), STRATEGY);
    writeFileSync(
      inFolder("own-search.yaml"),
      scenario("[price]").replace(
        /sweep:[^]*/,
        `optimise:
  metric: price
  find: maximum
  over: { "populations[0].parameters.part": { from: 0.1, to: 0.9 } }
  within: 0.2
`,
      ),
    );
    const search = (...options: string[]) =>
      command.run([
        "sweep",
        "optimise",
        "own-search.yaml",
        "--out",
        "own-search",
        "--workers",
        "1",
        ...options,
      ]);
    expect((await search()).code).toBe(2);
    expect(await search("--allow-code")).toMatchObject({ code: 0, stderr: "" });
  });
});
