import type { SubnetRun } from "../data/subnet-run.ts";
import { validatorUids } from "../data/subnet-run.ts";
import { numberColumn, textColumn } from "../data/table.ts";
import { redistributedShare } from "../metrics/distance.ts";
import { formatPercent, formatTokens, raoToDecimal } from "../text/format.ts";
import { neuronFullName, neuronLabels } from "../text/labels.ts";
import type { Chart, Panel, PanelSpec, Row } from "./chart.ts";
import { rangeFromZero } from "./scale.ts";

/** Validators that gain or lose most, drawn as bars. */
const MOST_ROWS = 20;

/** What each validator gains or loses over the run when another rule is in force: a panel per other run. */
export function dividendsMoved(subnets: readonly SubnetRun[]): Chart {
  const [base, ...others] = subnets as [SubnetRun, ...SubnetRun[]];
  const changes = others.map((other) => ({ other, rows: changesOf(base, other) }));
  const most = Math.max(
    0,
    ...changes.flatMap(({ rows }) => rows.map((row) => Math.abs(Number(row.change) / 1e9))),
  );
  return {
    id: "dividends-moved",
    title: titleOfLargest(base, changes),
    description:
      `Alpha for dividends over the whole run, before take: the other run less ${base.label}, for the ${MOST_ROWS} validators that it changes most. ` +
      "What changes hands is half the sum of the absolute differences of their shares.",
    panels: changes.map(({ other, rows }) =>
      barsPanel(rows.slice(0, MOST_ROWS), most, others.length > 1 ? other.label : null),
    ),
    table: {
      columns: [
        textColumn("comparison", "Run"),
        numberColumn("uid", "Uid"),
        textColumn("hotkey", "Hotkey"),
        numberColumn("dividends_alpha_base", `Alpha, ${base.label}`),
        numberColumn("dividends_alpha", "Alpha, this run"),
        numberColumn("change_alpha", "Change, alpha"),
        numberColumn("change_ratio", "Change", formatPercent),
      ],
      rows: changes.flatMap(({ other, rows }) =>
        rows.map((row) => [
          other.label,
          row.uid,
          row.hotkey,
          raoToDecimal(row.before),
          raoToDecimal(row.before + row.change),
          raoToDecimal(row.change),
          relative(row),
        ]),
      ),
    },
  };
}

interface Change {
  readonly uid: number;
  readonly hotkey: string;
  readonly label: string;
  readonly before: bigint;
  readonly change: bigint;
}

function changesOf(base: SubnetRun, other: SubnetRun): Change[] {
  const labels = neuronLabels(base.hotkeys);
  const uids = [...new Set([...validatorUids(base), ...validatorUids(other)])].filter(
    (uid) => uid < base.n && uid < other.n,
  );
  return uids
    .map((uid) => ({
      uid,
      hotkey: base.hotkeys[uid]!,
      label: labels[uid]!,
      before: base.validatorEmission[uid]!,
      change: other.validatorEmission[uid]! - base.validatorEmission[uid]!,
    }))
    .sort((a, b) => Math.abs(Number(b.change)) - Math.abs(Number(a.change)) || a.uid - b.uid);
}

function relative(row: Change): number | null {
  return row.before > 0n ? Number(row.change) / Number(row.before) : null;
}

/** Of several runs, what the one that changes most does. */
function titleOfLargest(
  base: SubnetRun,
  changes: readonly { other: SubnetRun; rows: readonly Change[] }[],
): string {
  const [largest] = [...changes].sort((a, b) => (movedShare(b.rows) ?? 0) - (movedShare(a.rows) ?? 0));
  return titleOf(base, largest!.other, largest!.rows);
}

function movedShare(rows: readonly Change[]): number | null {
  return redistributedShare(
    rows.map((row) => row.before),
    rows.map((row) => row.before + row.change),
  );
}

function titleOf(base: SubnetRun, other: SubnetRun, rows: readonly Change[]): string {
  const moved = movedShare(rows);
  if (moved === null || moved === 0) return `${other.label} pays every validator what ${base.label} does`;
  const gains = [...rows].sort((a, b) => Number(b.change - a.change));
  const [top] = gains;
  const bottom = gains.at(-1)!;
  return `Against ${base.label}, ${other.label} moves ${formatPercent(moved)} of dividends: ${top!.label} gains ${formatTokens(top!.change)} alpha, ${bottom.label} loses ${formatTokens(-bottom.change)}`;
}

/** The labels of an axis to both sides of zero, every other step. */
function bothWays(ticks: readonly number[]): number[] {
  const positive = ticks.filter(
    (tick, i) => tick > 0 && (ticks.length < 4 || (ticks.length - 1 - i) % 2 === 0),
  );
  return [...positive.map((tick) => -tick).reverse(), 0, ...positive];
}

function barsPanel(rows: readonly Change[], most: number, title: string | null): Panel {
  const range = rangeFromZero(most);
  const ordered = [...rows].sort((a, b) => Number(b.change - a.change) || a.uid - b.uid);
  return {
    title,
    height: Math.max(3, ordered.length) * 19,
    labelRoom: 24,
    datasets: {
      changes: ordered.map((row): Row => ({
        neuron: row.label,
        change: Number(row.change) / 1e9,
        direction: row.change >= 0n ? "gains" : "loses",
        tip: [
          neuronFullName(row.uid, row.hotkey),
          `Change: ${formatTokens(row.change)} alpha (${formatPercent(relative(row))})`,
          `Before: ${formatTokens(row.before)} alpha`,
        ].join("\n"),
      })),
    },
    spec: ({ theme, data }): PanelSpec => ({
      layer: [
        {
          data: data("changes"),
          mark: { type: "bar", cornerRadiusEnd: 2, height: { band: 0.72 } },
          encoding: {
            y: {
              field: "neuron",
              type: "nominal",
              title: null,
              scale: { domain: ordered.map((row) => row.label) },
              axis: { labelLimit: 150, labelColor: theme.foreground, grid: false },
            },
            x: {
              field: "change",
              type: "quantitative",
              title: "Change in dividends over the run, alpha",
              scale: { domain: [-range.high, range.high], nice: false },
              axis: {
                format: `+${range.numberFormat}`,
                values: bothWays(range.ticks),
                grid: true,
                domain: false,
                labelFlush: false,
              },
            },
            color: {
              field: "direction",
              type: "nominal",
              legend: null,
              scale: { domain: ["gains", "loses"], range: [theme.categorical[0]!, theme.categorical[1]!] },
            },
            tooltip: { field: "tip", type: "nominal" },
          },
        },
      ],
    }),
  };
}
