import { requiredUtility } from "../charts/required-utility.ts";
import { retentionContours } from "../charts/retention-contours.ts";
import {
  type GuaranteeMap,
  quotedStake,
  shareOf,
  type StakeGuarantee,
  worstCabalWeight,
} from "../data/guarantee-map.ts";
import { numberColumn } from "../data/table.ts";
import { countOf, formatCount, formatNumber, formatPercent } from "../text/format.ts";
import { displayText } from "../text/labels.ts";
import { definitionsOf } from "./definitions.ts";
import type { Headline, ManifestEntry, Report, TableSection } from "./report.ts";

/** Percent that the cabal gives itself in the example that sources quote. */
const QUOTED_CABAL_WEIGHT = 30;

/** The report about the consensus guarantee map: which honest majorities hold which cabals. */
export function guaranteesReport(map: GuaranteeMap): Report {
  const { weights } = map.options;
  return {
    title: "Consensus guarantees",
    subtitle: [
      countOf(map.stakes.length, "honest stake"),
      `${formatCount(weights.length)} × ${formatCount(weights.length)} weights of both sides`,
      countOf(map.stakes.length * weights.length * weights.length, "network"),
    ].join(" · "),
    description:
      "An honest majority and a cabal share a subnet: 64 validators and 448 miners, each side with its part of both by its stake. Either side spends a part of its weight " +
      "on its own miners and the rest on the other's. One epoch from empty bonds says what part of the emission, dividends and incentive together, the honest side gets.",
    headlines: headlinesOf(map),
    sections: [
      { id: "contours", title: "Retention contours", charts: [retentionContours(map)] },
      { id: "required", title: "Required honest utility", charts: [requiredUtility(map)] },
    ],
    tables: [requiredTable(map)],
    manifest: manifestOf(map),
    definitions: definitionsOf(["M20", "M21"]),
  };
}

function headlinesOf(map: GuaranteeMap): Headline[] {
  const quoted = quotedStake(map);
  const example = exampleHeadline(map, quoted);
  return [
    requiredHeadline(map, quoted),
    ...(example === null ? [] : [example]),
    disagreementHeadline(quoted),
  ];
}

function requiredHeadline(map: GuaranteeMap, stake: StakeGuarantee): Headline {
  const honest = formatPercent(shareOf(stake.majorStakePercent));
  const required = shareOf(stake.requiredPercent);
  return {
    figure: required === null ? "none" : formatPercent(required),
    label: `required honest utility at ${honest} of the stake`,
    sentence:
      required === null
        ? `With ${honest} of the stake, no weight that the honest side gives itself keeps its share against every cabal.`
        : `With ${honest} of the stake, an honest side that gives itself at least ${formatPercent(required)} of its weight loses to no cabal; the worst one gives itself ${formatPercent(shareOf(worstCabalWeight(map, stake)))}.`,
    definition:
      "The largest weight on its contour (M21), over all weights that the cabal may give itself; linear between the points of the grid.",
  };
}

/** A cabal that gives itself a modest part; `null` when the grid does not have that weight. */
function exampleHeadline({ options }: GuaranteeMap, stake: StakeGuarantee): Headline | null {
  const column = options.weights.indexOf(QUOTED_CABAL_WEIGHT);
  if (column === -1) return null;
  const enough = shareOf(stake.contourPercent[column] ?? null);
  const cabal = `a cabal with ${formatPercent(shareOf(100 - stake.majorStakePercent))} of the stake that gives itself ${formatPercent(QUOTED_CABAL_WEIGHT / 100)}`;
  return {
    figure: enough === null ? "none" : formatPercent(enough),
    label: `is enough against a cabal that gives itself ${formatPercent(QUOTED_CABAL_WEIGHT / 100)}`,
    sentence:
      enough === null
        ? `No weight holds ${cabal}.`
        : `The honest side holds ${cabal} once it gives itself ${formatPercent(enough)}.`,
    definition: "One point of the contour (M20): where the honest share of the emission is the honest stake.",
  };
}

function disagreementHeadline(stake: StakeGuarantee): Headline {
  return {
    figure: formatNumber(stake.averageWeightDeviation, 2),
    label: "average weight deviation",
    sentence: `How far the validators of both sides disagree at ${formatPercent(shareOf(stake.majorStakePercent))} of the stake, each side with all its weight on itself.`,
    definition:
      "The stake-weighted mean absolute deviation of a miner's weights from their mean, summed over miners and divided by the sum of the means.",
  };
}

function requiredTable(map: GuaranteeMap): TableSection {
  return {
    id: "required-table",
    title: "Table of required utilities",
    description:
      "By honest stake. Margin is the required utility less the stake, in points of percent; a dash where no weight is enough against some cabal.",
    table: {
      columns: [
        numberColumn("honest_stake", "Honest stake", formatPercent),
        numberColumn("required_utility", "Required honest utility", formatPercent),
        numberColumn("margin_points", "Margin, points", (value) => formatNumber(value, 1)),
        numberColumn("worst_cabal_weight", "Worst cabal's weight on itself", formatPercent),
        numberColumn("average_weight_deviation", "Average weight deviation", (value) =>
          formatNumber(value, 3),
        ),
      ],
      rows: map.stakes.map((stake) => [
        shareOf(stake.majorStakePercent),
        shareOf(stake.requiredPercent),
        stake.requiredPercent === null ? null : stake.requiredPercent - stake.majorStakePercent,
        shareOf(worstCabalWeight(map, stake)),
        stake.averageWeightDeviation,
      ]),
    },
  };
}

function manifestOf({ options, engineVersion }: GuaranteeMap): ManifestEntry[] {
  const proportion = (value: number): string => `${formatNumber(value / 65535, 4)} (${value} of 65535)`;
  return [
    { name: "Seed", text: displayText(options.seed, 300) },
    { name: "Source of random sizes", text: displayText(options.source, 300) },
    { name: "Weight deviation", text: `${options.weightDeviation}, of a mean of 1, inside a side` },
    { name: "Kappa", text: proportion(options.kappa) },
    { name: "Bonds penalty", text: proportion(options.bondsPenalty) },
    { name: "Engine version", text: displayText(engineVersion, 300) },
  ];
}
