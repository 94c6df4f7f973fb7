import { InputError } from "../../../sim/errors.ts";
import { didYouMean } from "../../../sim/nearest.ts";
import { capital, metricTitle } from "../../charts/sweeps/axis.ts";
import { isMappable } from "../../charts/sweeps/heat-panel.ts";
import { mapChart, type MappedOutcome } from "../../charts/sweeps/maps.ts";
import { replicasChart } from "../../charts/sweeps/replicas.ts";
import { linesChart, pointsText, responseChart, slicesChart } from "../../charts/sweeps/responses.ts";
import { rankChart, scatterChart } from "../../charts/sweeps/scatter.ts";
import { tornadoChart } from "../../charts/sweeps/tornado.ts";
import type { Chart } from "../../charts/chart.ts";
import { elasticities, strengthOf } from "../../data/sweeps/sensitivity.ts";
import type { Axis, SweepStudy } from "../../data/sweeps/study.ts";
import { countOf, joinWords } from "../../text/format.ts";
import { displayText } from "../../text/labels.ts";
import type { ManifestEntry, Report, Section } from "../report.ts";
import type { Template } from "../template.ts";
import { type DesignKind, designOf, sweepHeadlines } from "./headlines.ts";
import { levelOf, type MetricLevel } from "./levels.ts";
import { extremesTable, failuresTable, variedTable } from "./tables.ts";

/** Metrics that have charts; all have their rows in the table of extremes. */
const MOST_METRICS = 8;

/** Reports of sweeps are made from the directory of a sweep, which is no run. */
export const sweepTemplate: Template = {
  name: "sweep",
  isUsualFor: () => false,
  build: (runs) => {
    const directory = runs[0]?.trace.directory ?? "";
    throw new InputError(
      `${directory}: holds a run, and no sweep; yumasim sweep of a scenario with sweep: makes one`,
    );
  },
};

/**
 * The report about a sweep: what follows what, where it turns, how sure that is.
 * @throws InputError for a level of a metric that the sweep does not have
 */
export function sweepReport(study: SweepStudy, levels: readonly MetricLevel[] = []): Report {
  const { file, metrics } = study;
  for (const { metric } of levels)
    if (metric !== null && !metrics.includes(metric))
      throw new InputError(
        `--level ${metric}: no such metric${didYouMean(metric, metrics)}; metrics: ${metrics.join(", ") || "none"}`,
      );
  const design = designOf(study);
  const shown = metrics.slice(0, MOST_METRICS);
  const level = (metric: string): number | null => levelOf(study, metric, levels);
  const extremes = extremesTable(study);
  const failures = failuresTable(study);
  return {
    title: displayText(file.title || file.name),
    subtitle: [
      "Sweep",
      pointsText(study),
      ...(study.comparisons.length > 1
        ? [study.comparisons.map((name) => displayText(name, 40)).join(", ")]
        : []),
      ...(file.backend === "exact"
        ? []
        : [`approximate: computed on ${displayText(file.backend, 20)} in float32`]),
    ].join(" · "),
    description: descriptionOf(study, design),
    headlines: sweepHeadlines(
      study,
      metrics[0] === undefined ? null : level(metrics[0]),
      levels.some(({ metric }) => metric === null || metric === metrics[0]),
    ),
    sections: shown.map((metric): Section => ({
      id: `metric-${metric}`,
      title: capital(metricTitle(metric)),
      charts: chartsAbout(study, design, metric, level(metric)),
      ...(metric === shown.at(-1) && metrics.length > shown.length
        ? {
            text: [
              `Not drawn, but in the table of least and greatest values: ${joinWords(metrics.slice(MOST_METRICS).map(metricTitle))}.`,
            ],
          }
        : {}),
    })),
    tables: [...(extremes ? [extremes] : []), ...(failures ? [failures] : []), variedTable(study)],
    manifest: manifestOf(study),
    definitions: [],
  };
}

function chartsAbout(study: SweepStudy, design: DesignKind, metric: string, level: number | null): Chart[] {
  const drawn = (charts: readonly (Chart | null)[]): Chart[] => charts.filter((chart) => chart !== null);
  switch (design) {
    case "replicas":
      return [replicasChart(study, metric, level)];
    case "one":
      return [responseChart(study, metric, level)];
    case "two":
      return drawn([
        linesChart(study, metric, level),
        mapOver(study, study.axes, metric, level),
        tornadoChart(study, study.outcomes(metric)),
      ]);
    case "many":
      return drawn([
        slicesChart(study, metric, level),
        tornadoChart(study, study.outcomes(metric)),
        mapOver(study, strongestAxes(study, metric), metric, level),
      ]);
    case "drawn":
      return drawn([scatterChart(study, metric, level), rankChart(study, metric)]);
  }
  return design satisfies never;
}

/** A map over the first two of some axes: of the first comparison, and of what the others differ from it. */
function mapOver(
  study: SweepStudy,
  axes: readonly Axis[],
  metric: string,
  level: number | null,
): Chart | null {
  const [first, second] = axes;
  if (first === undefined || second === undefined || !isMappable(first, second)) return null;
  const [x, y] = first.kind === "labels" && second.kind === "numbers" ? [second, first] : [first, second];
  const mapped: MappedOutcome[] = [
    { outcome: study.outcomes(metric)[0]!, level },
    ...study.differences(metric).map((outcome) => ({ outcome, level: 0 })),
  ];
  return mapChart(study, [x, y], mapped, "map");
}

/** The two axes of numbers that move a metric most, then the others. */
function strongestAxes(study: SweepStudy, metric: string): Axis[] {
  const ranked = elasticities(study, study.outcomes(metric)[0]!)
    .filter((one) => strengthOf(one) >= 0)
    .map(({ axis }) => axis);
  return [...ranked, ...study.axes.filter((axis) => !ranked.includes(axis))];
}

function descriptionOf(study: SweepStudy, design: DesignKind): string {
  const names = joinWords(
    study.axes.map(({ label, companions }) =>
      companions.length === 0 ? label : `${label} together with ${joinWords(companions)}`,
    ),
  );
  const what: Record<DesignKind, string> = {
    replicas: `The same scenario ${study.replicas} times, each with another seed.`,
    one: `Everything as in the scenario, but for ${names}.`,
    two: `Every value of ${study.axes[0]?.label} with every value of ${study.axes[1]?.label}.`,
    many: `Every value of ${names} with every other. Curves move one at a time, the others staying at the centre.`,
    drawn: `${countOf(study.points.length, "point")} at which ${names} take values drawn by chance or spread evenly.`,
  };
  const { failed, missing } = study.cells;
  const holes = [
    ...(failed > 0 ? [`${countOf(failed, "cell")} FAILED`] : []),
    ...(missing > 0 ? [`${countOf(missing, "cell")} ${missing === 1 ? "has" : "have"} not run yet`] : []),
  ];
  return [
    what[design],
    ...(holes.length > 0 ? [`${capital(joinWords(holes))}: what follows is of the others.`] : []),
  ].join(" ");
}

function manifestOf({ file, cells, replicas }: SweepStudy): ManifestEntry[] {
  const seeds = [...new Set(file.cells.map(({ seed }) => seed))].map((seed) => displayText(seed, 60));
  return [
    { name: "Scenario", text: displayText(file.name) },
    {
      name: "Cells",
      text: `${cells.done} done, ${cells.failed} failed, ${cells.missing} missing, of ${file.cells.length}`,
    },
    { name: "Replicas", text: String(replicas) },
    { name: "Seeds", text: seeds.length > 2 ? `${seeds[0]} to ${seeds.at(-1)}` : joinWords(seeds) },
    { name: "Backend", text: displayText(file.backend, 40) },
    { name: "Kept of each cell", text: file.keep === "traces" ? "its trace and all metrics" : "metrics" },
    { name: "Engine version", text: displayText(file.engineVersion, 40) },
  ];
}
