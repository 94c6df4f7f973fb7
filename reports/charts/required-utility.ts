import { type GuaranteeMap, quotedStake, shareOf } from "../data/guarantee-map.ts";
import { numberColumn } from "../data/table.ts";
import { formatPercent, joinWords } from "../text/format.ts";
import type { Chart, Panel, PanelSpec, Row } from "./chart.ts";

/** The weight that an honest side must give itself so that no cabal gains, by its stake. */
export function requiredUtility(map: GuaranteeMap): Chart {
  return {
    id: "required-honest-utility",
    title: titleOf(map),
    description:
      "Required honest utility (M21): the weight on itself from which on an honest side keeps its share of the emission whatever the cabal does. " +
      "The dashed line is the stake itself, which is about enough where all validators of a side set the same weights. " +
      "At a point above it a side must give itself more than its share of the stake.",
    panels: [requiredPanel(map)],
    table: {
      columns: [
        numberColumn("honest_stake", "Honest stake", formatPercent),
        numberColumn("required_utility", "Required honest utility", formatPercent),
      ],
      rows: map.stakes.map((stake) => [shareOf(stake.majorStakePercent), shareOf(stake.requiredPercent)]),
    },
  };
}

function titleOf(map: GuaranteeMap): string {
  const held = map.stakes.flatMap(({ majorStakePercent: stake, requiredPercent: required }) =>
    required === null ? [] : [{ stake, required }],
  );
  if (held.length === 0) return "No weight is enough at any of the stakes";
  const least = held.reduce((low, entry) => (entry.required < low.required ? entry : low));
  const unheld = map.stakes
    .filter((stake) => stake.requiredPercent === null)
    .map((stake) => formatPercent(stake.majorStakePercent / 100));
  const none = unheld.length === 0 ? "" : `; at ${joinWords(unheld)} no weight is enough`;
  return `The least that any honest side must give itself is ${formatPercent(least.required / 100)}, at ${formatPercent(least.stake / 100)} of the stake${none}`;
}

function requiredPanel(map: GuaranteeMap): Panel {
  const quoted = quotedStake(map);
  const points = map.stakes.flatMap((stake): Row[] =>
    stake.requiredPercent === null
      ? []
      : [
          {
            stake: stake.majorStakePercent / 100,
            required: stake.requiredPercent / 100,
            quoted: stake === quoted,
            label: formatPercent(stake.requiredPercent / 100),
            tip: `Honest stake ${formatPercent(stake.majorStakePercent / 100)}\nRequired honest utility ${formatPercent(stake.requiredPercent / 100)}`,
          },
        ],
  );
  const stakes = map.stakes.map((stake) => stake.majorStakePercent / 100);
  const quarter = Math.floor(stakes.length / 4);
  const figures = [...stakes, ...points.map((point) => point["required"] as number)];
  const low = Math.floor(Math.min(...figures) * 10) / 10;
  const ticks = Array.from({ length: Math.round((1 - low) * 10) + 1 }, (_, i) => 1 - i / 10).reverse();
  return {
    title: null,
    height: 300,
    labelRoom: 24,
    datasets: {
      points,
      // Names of all points would touch on a narrow page; the table has them.
      ends: points.filter((point, i) => point["quoted"] !== true && (i === 0 || i === points.length - 1)),
      quoted: points.filter((point) => point["quoted"] === true),
      same: stakes.map((stake): Row => ({ stake, required: stake })),
      name: stakes
        .slice(quarter, quarter + 1)
        .map((stake): Row => ({ stake, required: stake, label: "the stake itself" })),
    },
    spec: ({ theme, data }): PanelSpec => {
      const x = {
        field: "stake",
        type: "quantitative" as const,
        title: "Honest share of the stake",
        scale: { domain: [low, 1], nice: false, zero: false },
        axis: { format: ".0%", values: ticks, labelFlush: false },
      };
      const y = {
        field: "required",
        type: "quantitative" as const,
        title: "Required honest utility",
        scale: { domain: [low, 1], nice: false, zero: false },
        axis: { format: ".0%", values: ticks },
      };
      return {
        layer: [
          {
            data: data("same"),
            mark: {
              type: "line" as const,
              strokeDash: [4, 3],
              strokeWidth: 1,
              color: theme.muted,
              tooltip: null,
            },
            encoding: { x, y },
          },
          {
            data: data("name"),
            mark: {
              type: "text" as const,
              align: "left" as const,
              dx: 10,
              dy: 14,
              fontSize: 11,
              color: theme.muted,
              tooltip: null,
            },
            encoding: { x, y, text: { field: "label", type: "nominal" as const } },
          },
          {
            data: data("points"),
            mark: { type: "line" as const, strokeWidth: 2, color: theme.categorical[0]!, tooltip: null },
            encoding: { x, y },
          },
          {
            data: data("points"),
            mark: { type: "point" as const, filled: true, size: 70, opacity: 1 },
            encoding: {
              x,
              y,
              color: {
                field: "quoted",
                type: "nominal" as const,
                scale: { domain: [false, true], range: [theme.categorical[0]!, theme.categorical[1]!] },
                legend: null,
              },
              tooltip: { field: "tip", type: "nominal" as const },
            },
          },
          // The line falls towards the quoted stake: below it is room.
          ...[
            { name: "ends", dy: -13 },
            { name: "quoted", dy: 16 },
          ].map(({ name, dy }) => ({
            data: data(name),
            mark: { type: "text" as const, dy, fontSize: 11, color: theme.foreground, tooltip: null },
            encoding: { x, y, text: { field: "label", type: "nominal" as const } },
          })),
        ],
      };
    },
  };
}
