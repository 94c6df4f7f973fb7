/** The summary of a report about a sweep: five findings, each from the values of the first metric. */
import { capital, metricTitle, withUnit } from "../../charts/sweeps/axis.ts";
import { crossingsAlong, pointsText, summaryText } from "../../charts/sweeps/responses.ts";
import { elasticities, rankCorrelations, strengthOf } from "../../data/sweeps/sensitivity.ts";
import {
  type Axis,
  centreOf,
  describePoint,
  extentOf,
  type Outcome,
  pointAt,
  type SweepStudy,
} from "../../data/sweeps/study.ts";
import { FEWEST_REPLICAS, pairedDifference } from "../../metrics/uncertainty.ts";
import { formatFigure } from "../../text/figures.ts";
import { countOf, formatPercent, joinWords } from "../../text/format.ts";
import type { Headline } from "../report.ts";

/** What kind of sweep it is: that decides its charts. */
export type DesignKind = "replicas" | "one" | "two" | "many" | "drawn";

export function designOf({ axes }: SweepStudy): DesignKind {
  if (axes.some(({ drawn }) => drawn)) return "drawn";
  if (axes.length === 0) return "replicas";
  if (axes.length === 1) return "one";
  return axes.length === 2 ? "two" : "many";
}

interface Known {
  readonly mean: number;
  readonly point: number;
}

/**
 * @param level that the first metric is read against; null = none
 * @param isAsked whether somebody asked for it: where sides are compared, their difference says more than a level of one
 */
export function sweepHeadlines(study: SweepStudy, level: number | null, isAsked: boolean): Headline[] {
  const [metric] = study.metrics;
  if (metric === undefined) return [completeness(study)];
  const [outcome] = study.outcomes(metric) as [Outcome];
  const known = outcome.summaries.flatMap(({ mean }, point): Known[] =>
    mean === null ? [] : [{ mean, point }],
  );
  if (known.length === 0) return [completeness(study)];
  return [
    completeness(study),
    rangeHeadline(study, outcome, known),
    influence(study, outcome, known),
    level === null || (study.comparisons.length > 1 && !isAsked)
      ? contrast(study, outcome, known)
      : crossing(study, outcome, known, level),
    noise(outcome, known),
  ];
}

const nameOf = ({ metric, label }: Outcome): string =>
  `${metricTitle(metric)}${label === null ? "" : ` of ${label}`}`;

function completeness(study: SweepStudy): Headline {
  const { done, failed, missing } = study.cells;
  const total = done + failed + missing;
  const holes = [
    ...(failed > 0 ? [`${failed} failed${commonCause(study)}`] : []),
    ...(missing > 0 ? [`${missing} ${missing === 1 ? "has" : "have"} not run yet`] : []),
  ];
  return {
    figure: `${done} of ${total}`,
    label: "cells finished",
    sentence: `${capital(pointsText(study))}: ${holes.length === 0 ? "all cells finished" : joinWords(holes)}.`,
    definition:
      "A cell is one run: the scenario with one set of values and one seed. Points count with the cells that finished.",
  };
}

/** The value that all failures share and no finished cell has, where there is one. */
function commonCause({ failures, axes, points }: SweepStudy): string {
  const failed = new Set(failures.map(({ point }) => point));
  for (const axis of axes) {
    const levels = new Set([...failed].map((point) => axis.levelOf[point]!));
    const isCause =
      levels.size === 1 && points.every((_, point) => failed.has(point) === levels.has(axis.levelOf[point]!));
    if (isCause) return `, all at ${axis.label} ${axis.levels[[...levels][0]!]!.text}`;
  }
  return "";
}

function rangeHeadline(study: SweepStudy, outcome: Outcome, known: readonly Known[]): Headline {
  const least = known.reduce((best, one) => (one.mean < best.mean ? one : best));
  const most = known.reduce((best, one) => (one.mean > best.mean ? one : best));
  const summary = (point: number): string => summaryText(outcome.summaries[point]!);
  const definition = `Mean of ${metricTitle(outcome.metric)} over the replicas of a point${study.replicas >= FEWEST_REPLICAS ? "; in brackets its 95% interval (Student's t)" : ""}.`;
  if (known.length === 1)
    return {
      figure: withUnit(formatFigure(least.mean), outcome.unit),
      label: nameOf(outcome),
      sentence: `${capital(nameOf(outcome))} is ${summary(least.point)} on average.`,
      definition,
    };
  return {
    figure: withUnit(`${formatFigure(least.mean)} to ${formatFigure(most.mean)}`, outcome.unit),
    label: nameOf(outcome),
    sentence: `${capital(nameOf(outcome))} is least at ${describePoint(study, least.point)} (${summary(least.point)}) and greatest at ${describePoint(study, most.point)} (${summary(most.point)}).`,
    definition,
  };
}

/** What the outcome follows: the seed, the strongest parameter, or the only one. */
function influence(study: SweepStudy, outcome: Outcome, known: readonly Known[]): Headline {
  const design = designOf(study);
  if (design === "replicas") return replicasHeadline(outcome);
  if (design === "drawn") return rankHeadline(study, outcome);
  return design === "one" ? shapeHeadline(study, outcome, known) : strongestHeadline(study, outcome);
}

function replicasHeadline({ summaries, values, unit }: Outcome): Headline {
  const { band, n } = summaries[0]!;
  const finite = values[0]!.filter((value) => Number.isFinite(value));
  const [least, most] = extentOf(finite);
  const { low, high } = band ?? { low: least, high: most };
  return {
    figure: withUnit(`${formatFigure(low)} to ${formatFigure(high)}`, unit),
    label: band === null ? "least to greatest replica" : "nine of ten replicas",
    sentence: `Over ${countOf(n, "replica")} it lies between ${formatFigure(least)} and ${formatFigure(most)}.`,
    definition:
      "The values at 5 and 95% (type 7) of the replicas, from five on; else the least and the greatest.",
  };
}

function rankHeadline(study: SweepStudy, outcome: Outcome): Headline {
  const ranked = rankCorrelations(study, outcome).filter(({ correlation }) => correlation !== null);
  const [first, second] = ranked;
  if (first === undefined) return spanHeadline(study, outcome);
  return {
    figure: formatFigure(first.correlation),
    label: `rank correlation with ${first.axis.label}`,
    sentence:
      second === undefined
        ? `${capital(nameOf(outcome))} ${(first.correlation ?? 0) > 0 ? "tends to rise" : "tends to fall"} with ${first.axis.label}, the only parameter of numbers.`
        : `Of ${countOf(ranked.length, "parameter")} ${nameOf(outcome)} follows ${first.axis.label} most, then ${second.axis.label} (${formatFigure(second.correlation)}).`,
    definition:
      "Spearman's rank correlation over all points: 1 or −1 where the outcome rises or falls throughout.",
  };
}

/** How an outcome goes along the only axis. */
function shapeHeadline(study: SweepStudy, outcome: Outcome, known: readonly Known[]): Headline {
  const [axis] = study.axes as [Axis];
  if (axis.kind === "labels") return spanHeadline(study, outcome);
  const along = axis.levels.flatMap((level, at) => {
    const one = known.find(({ point }) => axis.levelOf[point] === at);
    return one === undefined ? [] : [{ ...one, text: level.text }];
  });
  const [first, last] = [along[0]!, along.at(-1)!];
  const change = last.mean - first.mean;
  const peak = along.reduce((best, one) => (one.mean > best.mean ? one : best));
  const dip = along.reduce((best, one) => (one.mean < best.mean ? one : best));
  const direction = (from: Known, to: Known): number => clearDirection(outcome, from.point, to.point);
  const rises = direction(first, peak) > 0 && direction(last, peak) > 0;
  const falls = direction(first, dip) < 0 && direction(last, dip) < 0;
  const whole = direction(first, last);
  const shape =
    rises && falls
      ? `goes up and down: greatest at ${axis.label} ${peak.text}, least at ${dip.text}`
      : rises
        ? `turns: greatest at ${axis.label} ${peak.text}, less at both ends`
        : falls
          ? `turns: least at ${axis.label} ${dip.text}, more at both ends`
          : whole === 0
            ? `shows no clear change with ${axis.label}`
            : `${whole > 0 ? "rises" : "falls"} with ${axis.label}${along.slice(1).some((to, k) => direction(along[k]!, to) === -whole) ? ", with steps back" : ""}`;
  return {
    figure: `${change > 0 ? "+" : ""}${withUnit(formatFigure(change), outcome.unit)}`,
    label: `from ${axis.label} ${first.text} to ${last.text}`,
    sentence: `${capital(nameOf(outcome))} ${shape}.`,
    definition:
      "The difference of the means at both ends of the range. From five replicas on a change counts when the 95% interval of the differences seed by seed leaves 0 out.",
  };
}

/** The sign of the change between two points; 0 where replicas leave it open. */
function clearDirection({ values, summaries }: Outcome, from: number, to: number): number {
  const { n, mean, interval } = pairedDifference(values[from]!, values[to]!);
  if (n < FEWEST_REPLICAS || interval === null)
    return Math.sign(mean ?? summaries[to]!.mean! - summaries[from]!.mean!);
  return interval.low > 0 ? 1 : interval.high < 0 ? -1 : 0;
}

/** The parameter that moves an outcome most, by its elasticity or, among labels, by its range. */
function strongestHeadline(study: SweepStudy, outcome: Outcome): Headline {
  const [strongest, second] = elasticities(study, outcome).filter((one) => strengthOf(one) >= 0);
  if (strongest === undefined || second === undefined || strengthOf(strongest) === 0)
    return spanHeadline(study, outcome);
  const step = [strongest.down, strongest.up].find(
    (one) => Math.abs(one?.elasticity ?? -1) === strengthOf(strongest),
  )!;
  return {
    figure: `${formatFigure(step.elasticity)}% for 1%`,
    label: `elasticity by ${strongest.axis.label}`,
    sentence: `${capital(nameOf(outcome))} follows ${strongest.axis.label} most, then ${second.axis.label} (${formatFigure(strengthOf(second))}% for 1%, without its sign).`,
    definition:
      "(dM/M)/(dp/p) from the centre to the next value, all others staying; the centre is the scenario's own value or the middle one.",
  };
}

/** By how much the axis that moves it most moves an outcome, all others at the centre. */
function spanHeadline(study: SweepStudy, outcome: Outcome): Headline {
  const centre = centreOf(study);
  const spans = study.axes
    .map((axis, position) => {
      const means = axis.levels.flatMap((_, at) => {
        const point = pointAt(
          study,
          centre.map((own, k) => (k === position ? at : own)),
        );
        return point === null ? [] : (outcome.summaries[point]!.mean ?? []);
      });
      return { axis, span: means.length === 0 ? 0 : extentOf(means)[1] - extentOf(means)[0] };
    })
    .sort((a, b) => b.span - a.span);
  const [{ axis, span }] = spans as [(typeof spans)[number]];
  return {
    figure: withUnit(formatFigure(span), outcome.unit),
    label: `between values of ${axis.label}`,
    sentence: `${capital(axis.label)} moves ${nameOf(outcome)} by ${formatFigure(span)}${spans.length > 1 ? ", more than any other" : ""}.`,
    definition: "Greatest less least mean over the values of the parameter, all others at the centre.",
  };
}

function crossing(study: SweepStudy, outcome: Outcome, known: readonly Known[], level: number): Headline {
  const above = known.filter(({ mean }) => mean > level).length;
  const share = `above ${formatFigure(level)} at ${above} of ${countOf(known.length, "point")}`;
  const definition =
    "Where the means change sides, by straight lines between neighbouring values; the bracket is what is known (M28).";
  const axes = study.axes.filter(({ kind }) => kind === "numbers");
  for (const axis of designOf(study) === "drawn" ? [] : axes) {
    const [first, ...more] = crossingsAlong(study, outcome, axis, level);
    if (first === undefined) continue;
    return {
      figure: withUnit(formatFigure(first.at), axis.unit),
      label: `${axis.label} where ${nameOf(outcome)} is ${formatFigure(level)}`,
      sentence: `It lies between ${formatFigure(first.low)} and ${formatFigure(first.high)}${more.length > 0 ? `, and there ${more.length === 1 ? "is another" : `are ${more.length} more`}` : ""}; ${nameOf(outcome)} is ${share}.`,
      definition,
    };
  }
  return {
    figure: `${above} of ${known.length}`,
    label: `${known.length === 1 ? "point" : "points"} above ${formatFigure(level)}`,
    sentence: `${capital(nameOf(outcome))} is ${share}.`,
    definition,
  };
}

/** What the second comparison does to the first; where there is one only, the middle of all points. */
function contrast(study: SweepStudy, outcome: Outcome, known: readonly Known[]): Headline {
  const [difference] = study.differences(outcome.metric);
  const means = difference?.summaries.flatMap(({ mean }) => mean ?? []) ?? [];
  if (difference !== undefined && means.length > 0) {
    const above = means.filter((mean) => mean > 0).length;
    const [least, most] = extentOf(means);
    return {
      figure: `${above} of ${means.length}`,
      label: `${means.length === 1 ? "point" : "points"} with ${difference.label} above 0`,
      sentence: `In ${metricTitle(outcome.metric)} ${difference.label} goes from ${formatFigure(least)} to ${formatFigure(most)}.`,
      definition: "Differences seed by seed, and their mean at each point.",
    };
  }
  const sorted = known.map(({ mean }) => mean).sort((a, b) => a - b);
  const median = (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.floor(sorted.length / 2)]!) / 2;
  const high = known.filter(({ mean }) => mean > median).length;
  if (known.length === 1) {
    const { median: middle } = outcome.summaries[known[0]!.point]!;
    return {
      figure: withUnit(formatFigure(middle), outcome.unit),
      label: "median replica",
      sentence: `Half of the replicas lie above ${formatFigure(middle)}.`,
      definition: "The quantile at 50% (type 7).",
    };
  }
  return {
    figure: withUnit(formatFigure(median), outcome.unit),
    label: "median point",
    sentence: `${capital(nameOf(outcome))} is above it at ${high} of ${countOf(known.length, "point")}.`,
    definition: "The middle of the means of all points, each counting once.",
  };
}

/** How much of the differences seeds make. */
function noise(outcome: Outcome, known: readonly Known[]): Headline {
  const groups = known
    .map(({ point }) => outcome.values[point]!.filter((value) => Number.isFinite(value)))
    .filter(({ length }) => length > 1);
  if (groups.length === 0)
    return {
      figure: "1",
      label: "run per point",
      sentence: "How much of a difference is chance is not known; replicas: 5 or more would tell.",
      definition: "A replica is the same point with another seed.",
    };
  const squares = (values: readonly number[]): number => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  };
  const [within, total] = [groups.reduce((sum, group) => sum + squares(group), 0), squares(groups.flat())];
  const { interval, mean } = outcome.summaries[known[0]!.point]!;
  if (known.length === 1)
    return {
      figure:
        interval === null
          ? "–"
          : `± ${withUnit(formatFigure((interval.high - interval.low) / 2), outcome.unit)}`,
      label: "95% interval of the mean",
      sentence:
        interval === null
          ? `${countOf(groups[0]!.length, "replica")} are too few for an interval.`
          : `The mean of ${formatFigure(mean)} is known to ${mean === 0 ? "that" : formatPercent(Math.abs((interval.high - interval.low) / 2 / mean!))}; four times as many replicas halve it.`,
      definition: "Student's t; half of the width of the interval.",
    };
  const share = total === 0 ? 0 : within / total;
  return {
    figure: formatPercent(share),
    label: "of all variation is chance",
    sentence: `${formatPercent(1 - share)} of the variation of ${nameOf(outcome)} lies between points, the rest between seeds at the same point.`,
    definition:
      "Sum of squares around the mean of each point over the sum of squares around the mean of all values.",
  };
}
