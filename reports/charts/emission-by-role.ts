import { groupEqual, topUids } from "../data/selection.ts";
import type { SubnetRun } from "../data/subnet-run.ts";
import { numberColumn, textColumn } from "../data/table.ts";
import { ratioOf, sumAmounts } from "../metrics/amounts.ts";
import { countOf, formatPercent, formatTokens, raoToDecimal } from "../text/format.ts";
import { describePerRun } from "../text/per-run.ts";
import type { Chart, PanelSpec, Row } from "./chart.ts";
import { rangeFromZero } from "./scale.ts";

/** Neurons of a role that are drawn on their own: the best paid, the next ones, the rest. */
const SLICES = [1, 9] as const;

/** A part of the emission of a run. */
interface Slice {
  readonly name: string;
  readonly rao: bigint;
  readonly neurons: number;
}

/** Who got the emission of the whole run: best-paid, next and other miners and validators. */
export function emissionByRole(subnets: readonly SubnetRun[]): Chart {
  const groups = groupEqual(subnets, ({ serverEmission, validatorEmission }) => [
    serverEmission,
    validatorEmission,
  ]);
  const split = groups.map((group) => ({
    ...group,
    slices: slicesOf(group.subnet),
    total: totalOf(group.subnet),
  }));
  const slices = split[0]!.slices.map((slice, i) => ({ name: slice.name, i }));
  // A column of the legend per role: the best paid, the next and the others below each other.
  const legendOrder = slices.flatMap(({ i }) => (i < slices.length / 2 ? [i, i + slices.length / 2] : []));
  const names = legendOrder.map((i) => slices[i]!.name);
  const most = Math.max(...split.map(({ total }) => Number(total) / 1e9));
  const range = rangeFromZero(most);
  return {
    id: "emission-by-role",
    title: titleOf(split),
    description:
      "Alpha that the epochs of the run gave to hotkeys, for incentive (miners) and for dividends (validators, before take). " +
      "Each role is ordered by what a neuron got over the run. The owner's part is taken before an epoch and is not in here (M50).",
    panels: [
      {
        title: null,
        height: Math.max(2, split.length) * 62,
        labelRoom: 20,
        datasets: {
          slices: split.flatMap(({ label, slices, total }) => {
            let start = 0;
            return slices.map((slice, order): Row => {
              const size = Number(slice.rao) / 1e9;
              const share = total === 0n ? null : ratioOf(slice.rao, total);
              const row = {
                run: label,
                part: slice.name,
                order,
                start,
                end: start + size,
                middle: start + size / 2,
                share,
                text: share !== null && share >= 0.05 ? formatPercent(Math.round(share * 1000) / 1000) : "",
                tip: `${label}\n${slice.name} (${countOf(slice.neurons, "neuron")}): ${formatTokens(slice.rao)} alpha, ${formatPercent(share)}`,
              };
              start += size;
              return row;
            });
          }),
        },
        spec: ({ theme, interactive, data }): PanelSpec => {
          const y = {
            field: "run",
            type: "nominal" as const,
            title: null,
            scale: { domain: split.map(({ label }) => label), paddingInner: 0.3, paddingOuter: 0.15 },
            axis: { labelLimit: 150, labelPadding: 8, labelColor: theme.foreground, grid: false },
          };
          const x = {
            type: "quantitative" as const,
            title: "Alpha over the run",
            scale: { domain: [range.low, range.high], nice: false },
            axis: { format: range.numberFormat, values: [...range.ticks], grid: true, domain: false },
          };
          return {
            layer: [
              {
                data: data("slices"),
                mark: { type: "bar", stroke: theme.background, strokeWidth: 1 },
                encoding: {
                  y,
                  x: { ...x, field: "start" },
                  x2: { field: "end" },
                  color: {
                    field: "part",
                    type: "nominal",
                    scale: { domain: names, range: legendOrder.map((i) => sliceColors(theme.name)[i]!) },
                    legend: {
                      title: null,
                      orient: "top",
                      direction: "horizontal",
                      columns: 2,
                      symbolType: "square",
                    },
                  },
                  tooltip: { field: "tip", type: "nominal" },
                },
              },
              {
                data: data("slices"),
                mark: { type: "text", fontSize: 11.5, baseline: "middle", tooltip: null },
                encoding: {
                  y,
                  x: { ...x, field: "middle" },
                  text: { field: "text", type: "nominal" },
                  // On a page the width is the reader's: a label that its bar cannot hold is left out.
                  opacity: interactive
                    ? { value: 1, condition: { test: "datum.share * width < 44", value: 0 } }
                    : { value: 1 },
                  color: {
                    field: "part",
                    type: "nominal",
                    scale: { domain: names, range: legendOrder.map((i) => sliceTextColors(theme.name)[i]!) },
                    legend: null,
                  },
                },
              },
            ],
            resolve: { scale: { color: "independent" } },
          };
        },
      },
    ],
    table: {
      columns: [
        textColumn("comparison", "Run"),
        textColumn("part", "Part"),
        numberColumn("neurons", "Neurons"),
        numberColumn("emission_alpha", "Alpha over the run"),
        numberColumn("share", "Share", formatPercent),
      ],
      rows: split.flatMap(({ label, slices, total }) =>
        slices.map((slice) => [
          label,
          slice.name,
          slice.neurons,
          raoToDecimal(slice.rao),
          total === 0n ? null : ratioOf(slice.rao, total),
        ]),
      ),
    },
  };
}

function slicesOf(subnet: SubnetRun): Slice[] {
  return [
    ...roleSlices("miner", subnet.serverEmission),
    ...roleSlices("validator", subnet.validatorEmission),
  ];
}

function roleSlices(role: string, emission: BigUint64Array): Slice[] {
  const uids = Array.from(emission, (_, uid) => uid);
  const ordered = topUids(uids, (uid) => Number(emission[uid]!), uids.length);
  const [first, next] = SLICES;
  const cut = (name: string, from: number, to: number): Slice => {
    const members = ordered.slice(from, to);
    return { name, rao: sumAmounts(members.map((uid) => emission[uid]!)), neurons: members.length };
  };
  return [
    cut(`Top ${role}`, 0, first),
    cut(`Next ${next} ${role}s`, first, first + next),
    cut(`Other ${role}s`, first + next, ordered.length),
  ];
}

function totalOf(subnet: SubnetRun): bigint {
  return sumAmounts(subnet.serverEmission) + sumAmounts(subnet.validatorEmission);
}

function titleOf(split: readonly { label: string; slices: readonly Slice[]; total: bigint }[]): string {
  const first = split[0]!;
  if (first.total === 0n) return "The epochs of this run emitted nothing";
  const [validator, miner] = [SLICES.length + 1, 0].map((index) =>
    describePerRun(
      split.map(({ label, slices, total }) => {
        const value = total === 0n ? null : ratioOf(slices[index]!.rao, total);
        return { label, value, text: formatPercent(value) };
      }),
    ),
  );
  return `Of all emission, the top validator gets ${validator}; the top miner gets ${miner}`;
}

/** Miners in blues, validators in oranges: dark for the best paid, light for the rest. */
function sliceColors(theme: "light" | "dark"): string[] {
  return theme === "light"
    ? ["#075a8c", "#3f97cc", "#b5d5ea", "#a34700", "#e08a3c", "#f6d3ad"]
    : ["#a8d5f2", "#4a9fd3", "#1d5679", "#ffcf9c", "#dd8a3e", "#7d4515"];
}

function sliceTextColors(theme: "light" | "dark"): string[] {
  const [dark, light] = ["#12161b", "#ffffff"];
  return theme === "light" ? [light, dark, dark, light, dark, dark] : [dark, dark, light, dark, dark, light];
}
