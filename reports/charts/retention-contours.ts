import { type GuaranteeMap, quotedStake, shareOf, type StakeGuarantee } from "../data/guarantee-map.ts";
import { numberColumn } from "../data/table.ts";
import { formatPercent, joinWords } from "../text/format.ts";
import type { Chart, Panel, PanelSpec, Row } from "./chart.ts";

/** Weights of the cabal at which names stand on their lines, by turns so that neighbours do not touch. */
const LABEL_HEIGHTS = [5, 14, 23];

/** Where an honest side keeps exactly its share, over the weights that both sides spend on themselves. */
export function retentionContours(map: GuaranteeMap): Chart {
  return {
    id: "retention-contours",
    title: titleOf(map),
    description:
      "A line for each honest stake, where the honest side's share of the emission is its share of the stake (M20). To the right of its line an honest side keeps its " +
      "share or gains; to the left the cabal gains. The cabal holds the rest of the stake. Read across: against a cabal that gives itself so much, " +
      "the honest side must give itself that much. The rightmost point of a line is the required honest utility (M21)." +
      unheldSentence(map),
    panels: [contourPanel(map)],
    table: {
      columns: [
        numberColumn("honest_stake", "Honest stake", formatPercent),
        numberColumn("cabal_weight", "Cabal's weight on itself", formatPercent),
        numberColumn("honest_weight", "Honest weight on itself that is enough", formatPercent),
      ],
      rows: map.stakes.flatMap((stake) =>
        stake.contourPercent.map((weight, k) => [
          shareOf(stake.majorStakePercent),
          shareOf(map.options.weights[k]!),
          shareOf(weight),
        ]),
      ),
    },
  };
}

function titleOf(map: GuaranteeMap): string {
  const stake = quotedStake(map);
  const honest = formatPercent(shareOf(stake.majorStakePercent));
  if (stake.requiredPercent === null) return `An honest ${honest} of stake cannot hold every cabal`;
  return `An honest ${honest} of stake holds every cabal once it gives itself ${formatPercent(shareOf(stake.requiredPercent))} of its weight`;
}

/** Which stakes have a line with gaps, or none. */
function unheldSentence({ stakes }: GuaranteeMap): string {
  const unheld = stakes.filter((stake) => stake.contourPercent.includes(null));
  if (unheld.length === 0) return "";
  const names = unheld.map((stake) => formatPercent(shareOf(stake.majorStakePercent)));
  return ` Where the line of ${joinWords(names)} is missing, no weight is enough.`;
}

function contourPanel(map: GuaranteeMap): Panel {
  const { weights } = map.options;
  const quoted = quotedStake(map);
  const pointsOf = (stake: StakeGuarantee): Row[] =>
    stake.contourPercent.map((weight, k) => ({
      stake: shareOf(stake.majorStakePercent),
      honest: shareOf(weight),
      cabal: shareOf(weights[k]!),
    }));
  const others = map.stakes.filter((stake) => stake !== quoted);
  const labels = map.stakes.flatMap((stake, i) => {
    const height = LABEL_HEIGHTS[i % LABEL_HEIGHTS.length]!;
    const k = weights.findIndex((weight, at) => weight >= height && stake.contourPercent[at] !== null);
    const weight = stake.contourPercent[k];
    if (weight === undefined || weight === null) return [];
    return [
      { honest: weight / 100, cabal: weights[k]! / 100, label: formatPercent(stake.majorStakePercent / 100) },
    ];
  });
  return {
    title: null,
    height: 440,
    labelRoom: 16,
    datasets: {
      contours: others.flatMap(pointsOf),
      quoted: pointsOf(quoted),
      labels,
      tips: map.stakes.flatMap((stake) =>
        stake.contourPercent.flatMap((weight, k): Row[] =>
          weight === null
            ? []
            : [{ honest: weight / 100, cabal: weights[k]! / 100, tip: tipOf(stake, weights[k]!, weight) }],
        ),
      ),
    },
    spec: ({ theme, data }): PanelSpec => {
      const axis = (title: string) => ({
        type: "quantitative" as const,
        title,
        scale: { domain: [0, 1], nice: false },
        axis: { format: ".0%", values: [0, 0.2, 0.4, 0.6, 0.8, 1], grid: true, labelFlush: false },
      });
      const x = { ...axis("Honest side's weight on itself"), field: "honest" };
      const y = { ...axis("Cabal's weight on itself"), field: "cabal" };
      // A contour can turn back: its points follow each other by the cabal's weight, not from left to right.
      const order = { field: "cabal", type: "quantitative" as const };
      return {
        layer: [
          {
            data: data("contours"),
            mark: { type: "line" as const, strokeWidth: 1.75, tooltip: null },
            encoding: {
              x,
              y,
              order,
              detail: { field: "stake", type: "quantitative" as const },
              color: {
                field: "stake",
                type: "quantitative" as const,
                scale: { domain: [0.5, 1], range: [theme.sequential[3]!, theme.sequential[5]!] },
                legend: null,
              },
            },
          },
          {
            data: data("quoted"),
            mark: { type: "line" as const, strokeWidth: 3, color: theme.categorical[1]!, tooltip: null },
            encoding: { x, y, order },
          },
          ...[true, false].map((halo) => ({
            data: data("labels"),
            mark: {
              type: "text" as const,
              fontSize: 11.5,
              baseline: "middle" as const,
              // The line is broken behind its name.
              ...(halo
                ? { stroke: theme.background, strokeWidth: 5, strokeJoin: "round" as const }
                : { color: theme.foreground }),
              tooltip: null,
            },
            encoding: { x, y, text: { field: "label", type: "nominal" as const } },
          })),
          {
            data: data("tips"),
            mark: { type: "point" as const, filled: true, size: 50, opacity: 0 },
            encoding: { x, y, tooltip: { field: "tip", type: "nominal" as const } },
          },
        ],
      };
    },
  };
}

function tipOf(stake: StakeGuarantee, cabal: number, honest: number): string {
  return [
    `Honest stake ${formatPercent(stake.majorStakePercent / 100)}`,
    `The cabal gives itself ${formatPercent(cabal / 100)}`,
    `Honest weight on itself that is enough: ${formatPercent(honest / 100)}`,
  ].join("\n");
}
