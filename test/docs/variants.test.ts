import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { VARIANTS } from "../../kernels/variants/names.ts";
import { newEpochState } from "../../kernels/variants/state.ts";
import { runVariantEpoch } from "../../kernels/variants/epoch.ts";
import { VARIATION_NAMES } from "../../kernels/variants/variations.ts";
import { settingsOf, totalsOf } from "../kernels/variants/cases.ts";

const text = readFileSync(new URL("../../docs/variants.md", import.meta.url), "utf8");

/** A table as the formatter writes it: cells padded to the width of their column. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, k) => Math.max(3, ...[head, ...rows].map((row) => (row[k] ?? name).length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, k) => cell.padEnd(widths[k]!)).join(" | ")} |`;
  return [line(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...rows.map(line)].join(
    "\n",
  );
}

test("the worked epoch is what the kernel computes", () => {
  const state = newEpochState({ rows: 3, columns: 2, validators: 3, firstServer: 0 });
  state.stakes.set([0.4, 0.35, 0.25]);
  state.submitted.values.set([0.7, 0.3, 0.6, 0.4, 0.1, 0.9]);
  runVariantEpoch(state, settingsOf("yuma2a", 1));
  const shown = (value: number) => value.toFixed(4);
  const rowsOf = (values: Float64Array) =>
    [0, 1, 2].map((i) => `${shown(values[2 * i]!)}, ${shown(values[2 * i + 1]!)}`);
  const rows = [
    ["s", ...[...state.shares].map(shown)],
    ["w", ...rowsOf(state.weights.values)],
    ["x", ...rowsOf(state.clipped.values)],
    ["B", ...rowsOf(state.bonds.values)],
    ["D", ...[...state.dividends].map(shown)],
  ];
  expect(text).toContain(table(["", "A", "B", "C"], rows));
  const servers = [
    ["q", ...[...state.consensus].map(shown)],
    ["R", ...[...state.ranks].map(shown)],
    ["I", ...[...state.incentives].map(shown)],
  ];
  expect(text).toContain(table(["", "server 1", "server 2"], servers));
});

test("the rates are what the cases give", () => {
  const rows = [0.9, 0.5, 0.1].map((rate) => [
    `${rate}`,
    `${Math.round((1 - rate) * 10) / 10}`,
    ...["yuma2", "yuma2a", "yuma2b"].map((variant) =>
      totalsOf(2, settingsOf(variant, 0.99, { bondsRate: rate }))[1]!.toFixed(2),
    ),
  ]);
  const head = ["`bonds_rate`", "`bond_moving_avg`", "`yuma2`", "`yuma2a`", "`yuma2b`"];
  expect(text).toContain(table(head, rows));
});

test("the totals are what the cases give", () => {
  const rows = VARIANTS.map((variant) => [
    `\`${variant}\``,
    ...[2, 8].flatMap((id) => totalsOf(id, settingsOf(variant, 0.99)).map((total) => total.toFixed(3))),
  ]);
  const head = ["variant", "case 2: A", "B", "C", "case 8: A", "B", "C"];
  expect(text).toContain(table(head, rows));
});

test("every variation is named", () => {
  for (const name of VARIATION_NAMES) expect(text).toContain(`\`${name}\``);
});
