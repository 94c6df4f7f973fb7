import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { BASE_EMISSION, HALVING_THRESHOLDS, MAX_SUPPLY } from "../../../../sim/chain/coinbase/issuance.ts";
import { issuanceAt, supplyCurve } from "../../../../sim/chain/coinbase/supplyCurve.ts";
import { runEconomy } from "../../../../sim/run/index.ts";
import { isEconomy, loadAnyScenario } from "../../../../sim/scenario/index.ts";
import { openTrace, type TraceBatch } from "../../../../sim/trace/index.ts";
import { freshDirectory, libraryPath } from "./files.ts";

/** A threshold's run, by block. */
interface ThresholdRun {
  /** Rao. */
  readonly issuance: bigint[];
  /** Rao that the next block mints. */
  readonly emission: bigint[];
  /** The metrics at the end. */
  readonly metrics: Record<string, number>;
}

const runs: ThresholdRun[] = [];
let expected: readonly boolean[] = [];

const textsOf = (table: TraceBatch, column: string): string[] => {
  const labels = table.labels(column);
  return Array.from(
    table.column(column) as ArrayLike<number | bigint>,
    (label) => labels[Number(label)] ?? "",
  );
};

const amounts = (table: TraceBatch, column: string): bigint[] =>
  Array.from(table.column(column) as ArrayLike<bigint>);

/** Values of the rows of one comparison. */
function ofRun<T>(table: TraceBatch, name: string, values: readonly T[]): T[] {
  const comparisons = textsOf(table, "comparison");
  return values.filter((_, row) => comparisons[row] === name);
}

beforeAll(async () => {
  const scenario = loadAnyScenario(libraryPath("halvings.yaml"));
  if (!isEconomy(scenario)) throw new Error("no economy");
  const outDir = join(freshDirectory(), "run");
  const { expectations } = await runEconomy(scenario, { outDir });
  expected = expectations.map(({ met }) => met);
  const trace = await openTrace(outDir);
  const blocks = await trace.read("blocks");
  const metrics = await trace.read("metrics");
  for (const { comparison } of scenario.plans)
    runs.push({
      issuance: ofRun(blocks, comparison, amounts(blocks, "issuance")),
      emission: ofRun(blocks, comparison, amounts(blocks, "block_emission")),
      metrics: Object.fromEntries(
        ofRun(
          metrics,
          comparison,
          textsOf(metrics, "metric").map((metric, row) => [metric, Number(metrics.column("value")[row])]),
        ),
      ),
    });
});

test("one run before each of the 30 thresholds, all as the scenario expects", () => {
  expect(runs).toHaveLength(HALVING_THRESHOLDS.length);
  expect(expected).toHaveLength(3 * 30);
  expect(expected.every((met) => met)).toBe(true);
});

test("every run reaches its threshold exactly, and from there on blocks mint half as much", () => {
  for (const [k, { issuance, emission }] of runs.entries()) {
    const threshold = HALVING_THRESHOLDS[k] ?? 0n;
    const before = BASE_EMISSION >> BigInt(k);
    const after = BASE_EMISSION >> BigInt(k + 1);
    expect(emission).toEqual([before, before, before, after, after, after, after]);
    const expectedIssuance = [-3n, -2n, -1n].map((blocks) => threshold + blocks * before);
    for (let blocks = 0n; blocks <= 3n; blocks++) expectedIssuance.push(threshold + blocks * after);
    expect(issuance).toEqual(expectedIssuance);
  }
});

test("the supply ends 0.02 TAO below 21 million", () => {
  const { issuance, emission } = runs.at(-1) ?? { issuance: [], emission: [] };
  expect(emission.at(-1)).toBe(0n);
  expect(MAX_SUPPLY - (issuance.at(-1) ?? 0n)).toBe(19_557_774n);
});

test("the corners that the runs show lie on the curve by arithmetic", () => {
  const eras = supplyCurve();
  for (const { issuance, metrics } of runs) {
    const blocks = Math.round((metrics["curve_years"] ?? NaN) * 365.25 * 7_200);
    const reached = issuanceAt(eras, BigInt(blocks));
    // The curve from nothing meets a threshold within one emission, and so does a run that starts on it.
    expect(Number(reached - (issuance.at(-1) ?? 0n))).toBeLessThan(Number(BASE_EMISSION));
    expect(reached).toBeGreaterThanOrEqual(issuance.at(-1) ?? 0n);
  }
});

test("docs/chain.md shows the table and the corners of the curve", () => {
  const page = readFileSync(new URL("../../../../docs/chain.md", import.meta.url), "utf8");
  const shown = [...page.matchAll(/^\| (\d+) +\| ([\d,.]+) +\| ([\d.]+) +\| ([\d,]+) +\| ([\d.]+) +\|$/gm)];
  const tao = (rao: bigint): string => `${rao / BASE_EMISSION}.${`${rao % BASE_EMISSION}`.padStart(9, "0")}`;
  const eras = supplyCurve();
  const table = HALVING_THRESHOLDS.map((threshold, k) => {
    const { firstBlock, blocks } = eras[k] ?? { firstBlock: 0n, blocks: 0n };
    const end = firstBlock + blocks;
    return [
      `${k + 1}`,
      tao(threshold),
      tao(BASE_EMISSION >> BigInt(k + 1)),
      `${end}`,
      (Number(end) / 7_200 / 365.25).toFixed(1),
    ];
  });
  expect(shown.map((row) => row.slice(1).map((cell) => cell.replaceAll(",", "")))).toEqual(table);
});
