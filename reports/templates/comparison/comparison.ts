import { InputError } from "../../../sim/errors.ts";
import type { Chart } from "../../charts/chart.ts";
import { courses, differencesOverTime } from "../../charts/comparison/courses.ts";
import { differences } from "../../charts/comparison/differences.ts";
import { dividendsConcentrationOverTime } from "../../charts/dividends-concentration-over-time.ts";
import { dividendsMoved } from "../../charts/dividends-moved.ts";
import { dividendsPerThousand } from "../../charts/dividends-per-thousand.ts";
import { DAYS } from "../../charts/economy/common.ts";
import { type Arm, armsOf, type Candidate, compare, type Compared } from "../../data/comparison/arms.ts";
import { economyMeasures } from "../../data/comparison/economy-measures.ts";
import { SUBNET_MEASURES } from "../../data/comparison/subnet-measures.ts";
import type { EconomyRun } from "../../data/economy/economy-run.ts";
import { readEconomies } from "../../data/economy/read.ts";
import { readRunOf } from "../../data/from-trace.ts";
import type { SubnetRun } from "../../data/subnet-run.ts";
import { countOf, joinWords } from "../../text/format.ts";
import { displayProse, displayText } from "../../text/labels.ts";
import { definitionsOf } from "../definitions.ts";
import { manifestEntries } from "../manifest.ts";
import type { Report, Section } from "../report.ts";
import { comparesItself, isEconomyRun, type RunSource, type Template } from "../template.ts";
import { economyCourses } from "./economy-courses.ts";
import { comparisonHeadlines } from "./headlines.ts";
import { comparisonTables, expectationsTable } from "./tables.ts";

/** Runs, or the comparisons of one run, side by side with their differences. */
export const comparisonTemplate: Template = {
  name: "comparison",
  isUsualFor: (runs) => runs.every(isEconomyRun) && (runs.length > 1 || runs.some(comparesItself)),
  build: async (runs, { netuid }) => {
    const economies = runs.filter(isEconomyRun).length;
    if (economies === runs.length) return await economyComparison(runs);
    if (economies === 0) return await subnetComparison(runs, netuid);
    throw new InputError(
      "runs of whole economies and runs of epochs have nothing in common to compare; give runs of one kind",
    );
  },
};

async function economyComparison(runs: readonly RunSource[]): Promise<Report> {
  const candidates: Candidate<EconomyRun>[] = [];
  for (const { trace, label } of runs)
    for (const economy of await readEconomies(trace, label)) candidates.push(candidateOf(economy, runs));
  const arms = armsOf(candidates);
  needsTwo(arms);
  const economies = candidates.map(({ network }) => network);
  const compared = compare(arms, economyMeasures(economies));
  const { network, metrics } = economyCourses(economies);
  const charts = (list: readonly (Chart | null | false)[]): Chart[] =>
    list.filter((chart) => chart !== false && chart !== null);
  return {
    ...reportHead(runs, arms, compared),
    sections: [
      { id: "differences-section", title: "Differences", charts: [differences(arms, compared)] },
      {
        id: "courses-section",
        title: "Over time",
        charts: charts([
          courses("network-courses", titleOfCourses(arms, "the network"), arms, network, DAYS),
          differencesOverTime(
            "network-differences",
            `The network less what it is under ${arms[0]!.label}`,
            arms,
            network,
            DAYS,
          ),
          metrics.length > 0 &&
            courses("metric-courses", titleOfCourses(arms, "the scenario's metrics"), arms, metrics, DAYS),
          metrics.length > 0 &&
            differencesOverTime(
              "metric-differences",
              `The scenario's metrics less what they are under ${arms[0]!.label}`,
              arms,
              metrics,
              DAYS,
            ),
        ]),
      },
    ],
    tables: [...comparisonTables(arms, compared), ...expectationsTable(arms)],
  };
}

async function subnetComparison(runs: readonly RunSource[], netuid: number | null): Promise<Report> {
  const candidates: Candidate<SubnetRun>[] = [];
  for (const { trace, label } of runs)
    for (const subnet of (await readRunOf(trace, label)).subnets) {
      if (netuid !== null && subnet.netuid !== netuid) continue;
      const { manifest } = trace;
      // The run's own name comes before that of the comparison.
      const comparison = label === null ? subnet.label : subnet.label.slice(label.length + 3);
      candidates.push({
        kind: JSON.stringify([manifest?.name ?? label, comparison]),
        seed: manifest?.seed ?? "",
        label: subnet.label,
        kindLabel: comparison,
        network: subnet,
      });
    }
  const arms = armsOf(candidates);
  needsTwo(arms);
  const compared = compare(arms, SUBNET_MEASURES);
  // Charts per neuron show the first replica of every side.
  const firsts = arms.map(({ label, replicas }) => ({ ...replicas[0]!, label }));
  const sameNeurons = firsts.every(
    (one) => one.n === firsts[0]!.n && one.hotkeys.every((hotkey, uid) => hotkey === firsts[0]!.hotkeys[uid]),
  );
  const perNeuron: Section = {
    id: "neurons-section",
    title: "Validator by validator",
    ...(arms[0]!.replicas.length > 1 && { text: ["The first replica of every side."] }),
    charts: [
      ...(sameNeurons ? [dividendsMoved(firsts)] : []),
      dividendsPerThousand(firsts),
      dividendsConcentrationOverTime(firsts),
    ],
  };
  return {
    ...reportHead(runs, arms, compared),
    sections: [
      { id: "differences-section", title: "Differences", charts: [differences(arms, compared)] },
      perNeuron,
    ],
    tables: comparisonTables(arms, compared),
  };
}

function candidateOf(economy: EconomyRun, runs: readonly RunSource[]): Candidate<EconomyRun> {
  const several = new Set(runs.map(({ trace }) => trace.manifest?.name)).size > 1;
  const kindLabel =
    several || economy.comparison === "base"
      ? `${displayText(economy.scenario, 40)} / ${economy.comparison}`
      : economy.comparison;
  return {
    kind: JSON.stringify([economy.scenario, economy.comparison]),
    seed: economy.seed,
    label: economy.label,
    kindLabel,
    network: economy,
  };
}

function needsTwo(arms: readonly Arm<unknown>[]): void {
  if (arms.length < 2)
    throw new InputError(
      `a comparison needs two sides; found ${arms[0]?.label ?? "none"}: give several runs, or a run of a scenario with compare:`,
    );
}

const MEASURES = ["M1", "M3", "M8", "M25", "M26", "M40", "M50", "M52", "M58", "M73"];

function reportHead<T>(
  runs: readonly RunSource[],
  arms: readonly Arm<T>[],
  compared: readonly Compared<T>[],
): Omit<Report, "sections" | "tables"> {
  const titles = [...new Set(runs.map(({ trace }) => trace.manifest?.title ?? ""))].filter(
    (title) => title !== "",
  );
  const replicas = arms[0]!.replicas.length;
  return {
    title: displayText(
      titles.length === 1 ? titles[0]! : `Comparison of ${joinWords(arms.map(({ label }) => label))}`,
    ),
    subtitle: [
      `${joinWords(arms.map(({ label }) => label))} side by side`,
      ...(replicas > 1 ? [countOf(replicas, "replica")] : []),
    ].join(" · "),
    description: displayProse(
      titles.length === 1 ? (runs[0]!.trace.manifest?.description ?? "") : `${titles.join("; ")}.`,
    ),
    headlines: comparisonHeadlines(arms, compared),
    manifest: manifestEntries(runs.map(({ trace }) => trace)),
    definitions: definitionsOf(MEASURES),
  };
}

const titleOfCourses = (arms: readonly Arm<unknown>[], what: string): string =>
  `Over time: ${what} under ${joinWords(arms.slice(0, 6).map(({ label }) => label))}`;
