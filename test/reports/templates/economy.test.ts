import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Chart } from "../../../reports/charts/chart.ts";
import { themeOf } from "../../../reports/charts/theme.ts";
import { readEconomies } from "../../../reports/data/economy/read.ts";
import { compileWithoutData } from "../../../reports/render/compile.ts";
import { chartForExport, panelForScreen } from "../../../reports/render/compose.ts";
import { renderSvg } from "../../../reports/render/svg.ts";
import { chartsOf, type Report } from "../../../reports/templates/report.ts";
import type { Trace } from "../../../sim/trace/index.ts";
import { exampleTrace, reportAbout } from "../example-economy.ts";
import { settled } from "../settled.ts";

const SCHEMA = createRequire(import.meta.url).resolve("vega-lite/vega-lite-schema.json");
const MOST_ROWS = 5000;

let folder = "";
let trace: Trace;
let report: Report;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yumasim-economy-report-"));
  trace = await exampleTrace(folder, [
    "trace.neurons=[2]",
    "report={text: Above., sections: [{title: Own, charts: [{metrics: [issuance]}, {table: pools, column: price, by: netuid, scale: log}]}]}",
  ]);
  report = await reportAbout([trace]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const chartNamed = (id: string): Chart => chartsOf(report).find((chart) => chart.id === id)!;

const column = ({ table }: Chart, name: string): (string | number | null)[] => {
  const at = table.columns.findIndex((one) => one.name === name);
  expect(at, name).toBeGreaterThanOrEqual(0);
  return table.rows.map((row) => row[at]!);
};

describe("the report about an economy", () => {
  test("is the usual one, begins with five figures, and has a chart for every question", () => {
    expect(report.headlines).toHaveLength(5);
    expect(chartsOf(report).map(({ id }) => id)).toEqual([
      "issuance",
      "emission-by-role-over-time",
      "tao-in",
      "prices",
      "price-sum",
      "pools",
      "slippage",
      "exit-value",
      "root-proportion",
      "yields",
      "subnet-shares",
      "net-subsidy",
      "registrations",
      "survival",
      "stake-lorenz",
      "wealth",
      "stake-concentration",
      "fees",
      "scenario-metrics",
      "conservation",
      "own-1-1",
      "own-1-2",
    ]);
    expect(report.text).toEqual(["Above."]);
    expect(report.tables.map(({ id }) => id)).toEqual(["subnets", "calls", "errors", "happenings"]);
    for (const text of [
      ...report.headlines.flatMap((headline) => Object.values(headline) as string[]),
      ...chartsOf(report).flatMap(({ title, description }) => [title, description]),
    ])
      expect(text).not.toMatch(/NaN|undefined|Infinity|null|\[object|e[+−-]\d/);
  });

  test("all its charts compile without a warning in both themes and are valid, with rows that a plot can show", async () => {
    const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: false });
    const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, "utf8")) as object);
    for (const chart of chartsOf(report)) {
      const spec = chartForExport(chart, themeOf("light", "export"));
      expect(
        validate(JSON.parse(JSON.stringify(spec))),
        `${chart.id}: ${JSON.stringify(validate.errors?.slice(0, 3))}`,
      ).toBe(true);
      for (const row of chart.table.rows) expect(row, chart.id).toHaveLength(chart.table.columns.length);
      for (const panel of chart.panels) {
        for (const theme of ["light", "dark"] as const)
          compileWithoutData(panelForScreen(panel, themeOf(theme, "screen")));
        const rows = Object.values(panel.datasets).flat();
        expect(rows.length, chart.id).toBeLessThanOrEqual(MOST_ROWS);
        for (const row of rows)
          for (const value of Object.values(row))
            if (typeof value === "number") expect(Number.isFinite(value), JSON.stringify(row)).toBe(true);
      }
    }
  });

  test("the drawing of every chart is the one that was looked at", async () => {
    for (const chart of chartsOf(report)) {
      const svg = await renderSvg(chartForExport(chart, themeOf("light", "export")));
      await expect(settled(svg)).toMatchFileSnapshot(`../render/snapshots/economy/${chart.id}.svg`);
    }
  });

  test("what the charts say is what the trace says", async () => {
    const [economy] = await readEconomies(trace, null);
    const rao = (text: string | number | null): bigint => BigInt(String(text).replace(".", ""));
    const sum = (values: readonly (string | number | null)[]): bigint =>
      values.reduce((all: bigint, value) => all + rao(value), 0n);
    const minted = economy!.network.amounts("minted").reduce((all, amount) => all + amount, 0n);
    const split = ["injected_tao", "bought_tao", "unspent_tao"].map((name) =>
      sum(column(chartNamed("tao-in"), name)),
    );
    expect(split[0]! + split[1]! + split[2]!).toBe(minted);
    expect(sum(column(chartNamed("issuance"), "minted_tao"))).toBe(minted);
    const shares = column(chartNamed("emission-by-role-over-time"), "share") as number[];
    const days = new Set(column(chartNamed("emission-by-role-over-time"), "to_day"));
    expect(shares.reduce((all, share) => all + share, 0)).toBeCloseTo(days.size, 9);
    const subnets = column(chartNamed("subnet-shares"), "share_of_tao") as number[];
    expect(subnets.reduce((all, share) => all + share, 0)).toBeCloseTo(
      new Set(column(chartNamed("subnet-shares"), "to_day")).size,
      9,
    );
    const subsidy = (name: string): bigint => sum(column(chartNamed("net-subsidy"), name));
    expect(subsidy("liquidity_tao")).toBe(split[0]);
    expect(subsidy("chain_buys_tao")).toBe(split[1]);
    const netOf = (row: readonly (string | number | null)[]): bigint => {
      const [, given, bought, sold, flow, net] = row.map(rao) as [
        bigint,
        bigint,
        bigint,
        bigint,
        bigint,
        bigint,
      ];
      return net - (given + bought - sold + (flow < 0n ? flow : 0n));
    };
    for (const row of chartNamed("net-subsidy").table.rows) expect(netOf(row)).toBe(0n);
    for (const [netuid, staked, spot, exit] of chartNamed("exit-value").table.rows as number[][]) {
      const pool = economy!.pools.subnets.get(netuid!)!;
      expect(staked).toBe(pool.tokens("staked_alpha").at(-1));
      expect(spot).toBeCloseTo(staked! * pool.numbers("price").at(-1)!, 9);
      expect(exit).toBeGreaterThan(0);
      expect(exit).toBeLessThan(spot!);
      // A nearly balanced pool pays T a / (A + a).
      const [tao, alpha] = [pool.tokens("tao").at(-1)!, pool.tokens("alpha_in").at(-1)!];
      expect(exit! / ((tao * staked!) / (alpha + staked!))).toBeCloseTo(1, 1);
    }
    // Put back at every epoch, a yield is more than the sum of its parts.
    const table = report.tables.find(({ id }) => id === "subnets")!.table;
    const at = (name: string): number => table.columns.findIndex((one) => one.name === name);
    const earning = table.rows.filter((row) => Number(row[at("dividend_apr")]) > 0);
    expect(earning.length).toBeGreaterThan(0);
    for (const row of earning)
      expect(row[at("realised_apy")]).toBeGreaterThan(row[at("dividend_apr")] as number);
    expect(chartNamed("conservation").title).toMatch(/^All TAO is accounted for/);
  });

  test("a subnet whose neurons are traced has the report of a subnet, too", async () => {
    const consensus = await reportAbout([trace], "consensus", 2);
    expect(consensus.subtitle).toMatch(/^Subnet 2 · /);
    expect(chartsOf(consensus).map(({ id }) => id)).toContain("incentive-over-time");
    await expect(reportAbout([trace], "consensus", 1)).rejects.toThrow(
      "has no epochs of subnet 1; there are subnets 2",
    );
  });

  test("of a run that compares, it shows every network with anchors of its own", async () => {
    const compared = await exampleTrace(join(folder, "compared"), [
      'compare=[{name: one, set: {}}, {name: two, set: {"network.subnets[0].price": 0.5}}]',
    ]);
    const both = await reportAbout([compared], "economy");
    const ids = chartsOf(both).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(both.sections[0]!.title).toMatch(/^one: /);
    expect(both.sections.at(-1)!.title).toMatch(/^two: /);
  });
});
