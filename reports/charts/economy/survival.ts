import { BLOCKS_PER_DAY, type EconomyRun, subnetsBySize } from "../../data/economy/economy-run.ts";
import type { Life } from "../../data/economy/lives.ts";
import { sampleIndices } from "../../data/selection.ts";
import { numberColumn } from "../../data/table.ts";
import {
  hazardAfter,
  medianSurvival,
  shareNeverPaid,
  survivalCurve,
  type SurvivalStep,
} from "../../metrics/survival.ts";
import { countOf, formatCount, formatPercent, formatSignificant } from "../../text/format.ts";
import type { Chart } from "../chart.ts";
import { rangeFromZero } from "../scale.ts";
import { seriesLinesPanel } from "../series-lines.ts";
import { MOST_POINTS, NAMED } from "./common.ts";

const DAYS_SINCE = { title: "Days since registration", format: ",~r" };

/** The time after immunity whose hazard is told. */
const WINDOW = BLOCKS_PER_DAY;

/** How long those who registered kept their UID, by subnet; nothing where no registration was seen. */
export function survival(economy: EconomyRun): Chart[] {
  const sizes = subnetsBySize(economy);
  const rank = (netuid: number): number => (sizes.includes(netuid) ? sizes.indexOf(netuid) : sizes.length);
  const subnets = [...economy.lives]
    .filter(([, { lives }]) => lives.length > 0)
    .sort(([a], [b]) => rank(a) - rank(b) || a - b)
    .map(([netuid, { lives, before, immunity }]) => ({
      netuid,
      lives,
      before,
      immunity,
      steps: survivalCurve(lives),
      longest: lives.reduce((most, { blocks }) => Math.max(most, blocks), 0),
    }));
  if (subnets.length === 0) return [];
  const shown = subnets.slice(0, NAMED);
  const times = timesOf(shown);
  const lines = shown.map(({ netuid, steps, longest }, color) => ({
    label: `Subnet ${netuid}`,
    color,
    values: times.map((time) => (time > longest ? null : survivalAt(steps, time))),
  }));
  const lives = subnets.flatMap((subnet) => subnet.lives);
  const immunities = [...new Set(shown.flatMap(({ immunity }) => immunity ?? []))];
  const left = subnets.length - shown.length;
  return [
    {
      id: "survival",
      title: titleOf(lives),
      description: `Part of the neurons that still have their UID so long after registration (M32, Kaplan-Meier): those that registered during the run, in subnets whose neurons are traced, ${countOf(lives.length, "registration")}; ${formatCount(subnets.reduce((sum, { before }) => sum + before, 0))} that were there at the first epoch are left out. Whoever has the UID when the run or the subnet ends counts as at risk until then. Times are those of epochs; who comes and goes between two is not seen.${paidText(lives)}${hazardText(subnets)}${immunities.length > 0 ? " Dotted is the end of immunity, as the scenario sets it at the beginning." : ""}${left > 0 ? ` The ${NAMED} subnets with the largest pools of ${subnets.length}; the data has all.` : ""}`,
      panels: [
        seriesLinesPanel({
          title: null,
          epochs: times.map((time) => time / BLOCKS_PER_DAY),
          x: DAYS_SINCE,
          lines,
          band: null,
          tips: times.map((time, i) =>
            [
              `${daysText(time)} after registration`,
              ...lines.map(({ label, values }) => `${label}: ${formatPercent(values[i]!)}`),
            ].join("\n"),
          ),
          range: rangeFromZero(1),
          moments: immunities
            .filter((immunity) => immunity <= times.at(-1)!)
            .map((immunity) => ({ at: immunity / BLOCKS_PER_DAY, tip: "immunity ends" })),
          yTitle: "Still registered",
          yFormat: ".0%",
          steps: true,
        }),
      ],
      table: {
        columns: [
          numberColumn("netuid", "Subnet"),
          numberColumn("days", "Days since registration", formatSignificant),
          numberColumn("at_risk", "Registered until then"),
          numberColumn("lost", "Lost the UID then"),
          numberColumn("survival", "Still registered", formatPercent),
        ],
        rows: subnets.flatMap((subnet) => [
          [subnet.netuid, 0, subnet.lives.length, 0, 1],
          ...subnet.steps.map(({ blocks, atRisk, ended, survival: part }) => [
            subnet.netuid,
            blocks / BLOCKS_PER_DAY,
            atRisk,
            ended,
            part,
          ]),
        ]),
      },
    },
  ];
}

/** Blocks since registration at which a line steps or ends, thinned out to what a plot can show. */
function timesOf(
  subnets: readonly { readonly steps: readonly SurvivalStep[]; readonly longest: number }[],
): number[] {
  const all = new Set([
    0,
    ...subnets.flatMap(({ steps, longest }) => [...steps.map(({ blocks }) => blocks), longest]),
  ]);
  const sorted = [...all].sort((a, b) => a - b);
  return sampleIndices(sorted.length, MOST_POINTS).map((index) => sorted[index]!);
}

const survivalAt = (steps: readonly SurvivalStep[], time: number): number =>
  steps.findLast(({ blocks }) => blocks <= time)?.survival ?? 1;

const daysText = (blocks: number): string => {
  const days = Math.round((blocks / BLOCKS_PER_DAY) * 100) / 100;
  return `${formatSignificant(days)} ${days === 1 ? "day" : "days"}`;
};

function titleOf(lives: readonly Life[]): string {
  const median = medianSurvival(survivalCurve(lives));
  if (median !== null) return `Half of those who register lose their UID within ${daysText(median)}`;
  const lost = lives.filter(({ ended }) => ended).length;
  return `${lost === 0 ? "None" : formatCount(lost)} of ${countOf(lives.length, "registration")} lost the UID again by the end`;
}

function paidText(lives: readonly Life[]): string {
  const never = shareNeverPaid(lives.map(({ emission }) => emission));
  return never === 0 ? " All were paid in at least one epoch." : ` ${formatPercent(never)} were never paid.`;
}

/** Hazard over all subnets whose immunity is known. */
function hazardText(
  subnets: readonly { readonly lives: readonly Life[]; readonly immunity: number | null }[],
): string {
  // Immunity differs by subnet: lives are counted from its end.
  const after = subnets.flatMap(({ lives, immunity }) =>
    immunity === null ? [] : lives.map(({ blocks, ended }) => ({ blocks: blocks - immunity, ended })),
  );
  const hazard = hazardAfter(after, 0, WINDOW);
  return hazard === null
    ? ""
    : ` Of those that were registered when immunity ended, ${formatPercent(hazard)} lost the UID in the day after.`;
}
