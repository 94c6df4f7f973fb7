/** The charts of an experiment: what was found by comparison, by strength, over time, and who gains and loses. */
import type { AttackEconomics, Estimate, ExperimentResult, MetricPath } from "../../sim/trace/index.ts";
import { numberColumn, textColumn } from "../data/table.ts";
import { BLOCKS_PER_DAY } from "../metrics/time.ts";
import { formatEstimate, formatFigure, formatFigures } from "../text/figures.ts";
import { displayText } from "../text/labels.ts";
import type { Chart } from "./chart.ts";
import { bandLinesPanel } from "./band-lines.ts";
import { intervalDotsPanel } from "./interval-dots.ts";
import { waterfallPanel } from "./waterfall.ts";

/** A metric's name for readers: `copier_rate` -> `copier rate`. */
export const metricTitle = (name: string): string => displayText(name.replaceAll("_", " "), 80);

/** More lines than this in one picture are a tangle. */
const MOST_LINES = 6;

const MOST_WATERFALLS = 2;
const MOST_DAMAGES = 4;

/** What dots and lines are. */
const dotsAre = ({ replicas }: ExperimentResult): string =>
  replicas === 1
    ? "One replica, so no intervals."
    : "Dots are means over the replicas, lines their 95% intervals (Student's t).";

const estimateColumns = [
  numberColumn("mean", "Mean", formatFigure),
  numberColumn("low", "Low end of the 95% interval", formatFigure),
  numberColumn("high", "High end", formatFigure),
  numberColumn("replicas", "Replicas"),
];
const estimateCells = ({ mean, low, high, count }: Estimate) => [mean, low, high, count];

/** All but the controls that single attacks have besides, which say little of their own. */
export function shownComparisons({
  comparisons,
  control,
  controls = {},
}: ExperimentResult): ExperimentResult["comparisons"] {
  const besides = Object.values(controls);
  return comparisons.filter(({ name }) => name === control || !besides.includes(name));
}

/** Metrics for all comparisons, a panel for each metric. */
export function metricsByComparison(result: ExperimentResult, metrics: readonly string[]): Chart {
  const comparisons = shownComparisons(result);
  const names = comparisons.map(({ name }) => displayText(name, 40));
  const [first = ""] = metrics;
  const values = formatFigures(comparisons.map(({ metrics: all }) => all[first]!.mean));
  return {
    id: "metrics-by-comparison",
    title: `${capital(metricTitle(first))}: ${endsOf(comparisons.map(({ name }, at) => `${displayText(name, 40)} ${values[at]!}`))}`,
    description: `${dotsAre(result)} Grey is the control.`,
    panels: metrics.map((metric) =>
      intervalDotsPanel({
        title: metrics.length > 1 ? capital(metricTitle(metric)) : null,
        categories: names,
        estimates: comparisons.map(({ metrics: all }) => all[metric]!),
        categoryTitle: null,
        valueTitle: capital(metricTitle(metric)),
        lines: [],
        joined: false,
        controls: [0],
      }),
    ),
    table: {
      columns: [textColumn("metric", "Metric"), textColumn("comparison", "Comparison"), ...estimateColumns],
      rows: metrics.flatMap((metric) =>
        comparisons.map(({ name, metrics: all }) => [metric, name, ...estimateCells(all[metric]!)]),
      ),
    },
  };
}

/** The outcome at several strengths of the attack; null where the experiment has none. */
export function strengthCurve(result: ExperimentResult): Chart | null {
  const { strength, unit } = result;
  if (strength === null) return null;
  const { label, metric, values, estimates } = strength;
  const what = metric === "profit" ? `Profit (${unit})` : capital(metricTitle(metric));
  const ends = formatFigures([estimates[0]!.mean, estimates.at(-1)!.mean]);
  return {
    id: "strength",
    title: `${what} from ${ends[0]} to ${ends[1]} by ${displayText(label, 100)}`,
    description: `${dotsAre(result)}${metric === "profit" ? " The dashed line is no profit and no loss." : ""}`,
    panels: [
      intervalDotsPanel({
        title: null,
        categories: values.map((value) => displayText(value, 20)),
        estimates,
        categoryTitle: capital(displayText(label, 100)),
        valueTitle: what,
        lines: metric === "profit" ? [0] : [],
        joined: true,
        controls: [],
      }),
    ],
    table: {
      columns: [textColumn("value", capital(label)), ...estimateColumns],
      rows: values.map((value, at) => [value, ...estimateCells(estimates[at]!)]),
    },
  };
}

/** A metric over time, control and attacks, with the range of the replicas. */
export function pathChart(result: ExperimentResult, path: MetricPath): Chart {
  const shown = new Set(shownComparisons(result).map(({ name }) => name));
  const comparisons = path.comparisons.filter(({ name }) => shown.has(name));
  const title =
    path.metric === "attacker_wealth"
      ? `Attacker's wealth, ${result.unit}`
      : capital(metricTitle(path.metric));
  const last = formatFigures(comparisons.map(({ mean }) => mean.at(-1) ?? null));
  const ends = comparisons.map(({ name }, at) => `${displayText(name, 40)} ${last[at]!}`);
  const band = result.replicas >= 5;
  const time = timeAxis(result, path.times);
  return {
    id: `path-${path.metric.replaceAll("_", "-")}`,
    title: `${title} ends at ${endsOf(ends)}`,
    description: `${result.replicas === 1 ? "One replica" : `Means over ${result.replicas} replicas`}${band ? "; shaded is the range from the 5% to the 95% quantile" : ""}.${
      comparisons.length > MOST_LINES
        ? ` The first ${MOST_LINES} of ${comparisons.length} comparisons; the data has all.`
        : ""
    }`,
    panels: [
      bandLinesPanel({
        times: time.times,
        xTitle: time.title,
        yTitle: title,
        series: comparisons.slice(0, MOST_LINES).map(({ name, mean, low, high }) => ({
          label: displayText(name, 40),
          mean,
          low,
          high,
        })),
        band,
      }),
    ],
    table: {
      columns: [
        numberColumn("time", time.title),
        textColumn("comparison", "Comparison"),
        numberColumn("mean", "Mean", formatFigure),
        numberColumn("low", "5% quantile", formatFigure),
        numberColumn("high", "95% quantile", formatFigure),
      ],
      rows: comparisons.flatMap(({ name, mean, low, high }) =>
        time.times.map((when, at) => [when, name, mean[at]!, low[at]!, high[at]!]),
      ),
    },
  };
}

/** Epochs of a subnet, days of an economy, and blocks where an experiment is over within a few hours. */
function timeAxis({ kind }: ExperimentResult, times: readonly number[]) {
  if (kind !== "economy") return { times, title: "Epoch" };
  if ((times.at(-1) ?? 0) > 0.5) return { times, title: "Days" };
  return { times: times.map((days) => Math.round(days * BLOCKS_PER_DAY)), title: "Blocks" };
}

/** Who gains and loses by attacking: all attacks beside each other, and how the profit of the first ones comes about. */
export function profitCharts(result: ExperimentResult): Chart[] {
  const paid = result.economics.filter(({ cost }) => cost.mean !== null && cost.mean !== 0);
  const waterfalls = paid.slice(0, MOST_WATERFALLS).map((one) => profitWaterfall(result, one));
  return waterfalls.length === result.economics.length ? waterfalls : [profitByAttack(result), ...waterfalls];
}

/** Profit of each attack, with its interval. */
function profitByAttack(result: ExperimentResult): Chart {
  const { economics, unit } = result;
  const shown = formatFigures(economics.map(({ profit }) => profit.mean));
  return {
    id: "profits",
    title: `Profit: ${endsOf(economics.map(({ attack }, at) => `${displayText(attack, 40)} ${shown[at]!}`))} ${unit}`,
    description: `${dotsAre(result)} Wealth at exit value under attack less that in the control (M28).`,
    panels: [
      intervalDotsPanel({
        title: null,
        categories: economics.map(({ attack }) => displayText(attack, 40)),
        estimates: economics.map(({ profit }) => profit),
        categoryTitle: null,
        valueTitle: `Profit, ${unit}`,
        lines: [0],
        joined: false,
        controls: [],
      }),
    ],
    table: {
      columns: [textColumn("attack", "Attack"), ...estimateColumns],
      rows: economics.map(({ attack, profit }) => [attack, ...estimateCells(profit)]),
    },
  };
}

/** What one attack brings in and costs, and what is left. */
function profitWaterfall(result: ExperimentResult, economics: AttackEconomics): Chart {
  const { attack, profit, cost } = economics;
  const gained = profit.mean === null || cost.mean === null ? null : profit.mean + cost.mean;
  const steps = [
    { label: "gained", from: 0, to: gained ?? 0 },
    { label: "cost", from: gained ?? 0, to: profit.mean ?? 0 },
    { label: "profit", from: 0, to: profit.mean ?? 0 },
  ];
  return {
    id: `profit-${slug(attack)}`,
    title: `${capital(displayText(attack, 60))}: profit of ${formatEstimate(profit)} ${result.unit}`,
    description: `Means over the replicas, attack less control (M28). Gained is profit and cost together.`,
    panels: [waterfallPanel({ title: null, steps, yTitle: result.unit })],
    table: {
      columns: [textColumn("part", "Part"), numberColumn("amount", `Amount, ${result.unit}`, formatFigure)],
      rows: [
        ["gained", gained],
        ["cost", cost.mean],
        ["profit", profit.mean],
      ],
    },
  };
}

/** What each role lost to each attack; null where no role counts. */
export function damageByRole(result: ExperimentResult): Chart | null {
  const roles = Object.keys(result.roles);
  if (roles.length === 0) return null;
  const total = result.economics[0]!.damageTotal;
  return {
    id: "damage",
    title: `All roles together lost ${formatEstimate(total)} ${result.unit} to ${displayText(result.economics[0]!.attack, 60)}`,
    description: `${dotsAre(result)} Wealth in the control less wealth under attack; below 0 a role gains.${
      result.economics.length > MOST_DAMAGES
        ? ` The first ${MOST_DAMAGES} of ${result.economics.length} attacks; the data has all.`
        : ""
    }`,
    panels: result.economics.slice(0, MOST_DAMAGES).map(({ attack, damage }) =>
      intervalDotsPanel({
        title: result.economics.length > 1 ? displayText(attack, 60) : null,
        categories: roles.map(metricTitle),
        estimates: roles.map((role) => damage[role]!),
        categoryTitle: null,
        valueTitle: `Damage, ${result.unit}`,
        lines: [0],
        joined: false,
        controls: [],
      }),
    ),
    table: {
      columns: [textColumn("attack", "Attack"), textColumn("role", "Role"), ...estimateColumns],
      rows: result.economics.flatMap(({ attack, damage }) =>
        roles.map((role) => [attack, role, ...estimateCells(damage[role]!)]),
      ),
    },
  };
}

/** A list that fits into a title: the first and the last where there are many. */
const endsOf = (texts: readonly string[]): string =>
  texts.length <= 4 ? texts.join(", ") : `${texts[0]!}, ${texts[1]!} to ${texts.at(-1)!}`;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Lower-case words joined by hyphens. */
const slug = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
