import type { SweepStudy } from "../../data/sweeps/study.ts";

/** A value that a metric is read against: a line in its curves, a contour in its maps. */
export interface MetricLevel {
  /** Null = the first one of the sweep. */
  readonly metric: string | null;
  /** In the unit of the sweep's tables. */
  readonly value: number;
}

/** The level of a metric: the one that is asked for, else 0 where it takes both signs, as a profit does; else none. */
export function levelOf(study: SweepStudy, metric: string, asked: readonly MetricLevel[]): number | null {
  const isFirst = metric === study.metrics[0];
  const found = asked.find((level) => level.metric === metric || (level.metric === null && isFirst));
  if (found !== undefined) return found.value * study.unitOf(metric).factor;
  const means = study
    .outcomes(metric)
    .flatMap(({ summaries }) => summaries.flatMap(({ mean }) => mean ?? []));
  return means.some((mean) => mean < 0) && means.some((mean) => mean > 0) ? 0 : null;
}
