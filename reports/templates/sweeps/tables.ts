/** The tables of a report about a sweep. */
import { outcomeTitle } from "../../charts/sweeps/axis.ts";
import { summaryText } from "../../charts/sweeps/responses.ts";
import { describePoint, type SweepStudy } from "../../data/sweeps/study.ts";
import { type Cell, numberColumn, proseColumn, textColumn } from "../../data/table.ts";
import { countOf } from "../../text/format.ts";
import { displayText } from "../../text/labels.ts";
import type { TableSection } from "../report.ts";

/** Rows of a table that are for reading; all values are in `cells.arrow`. */
const MOST_ROWS = 100;

/** Where each metric is least and greatest, with everything that was varied; null where there are no numbers. */
export function extremesTable(study: SweepStudy): TableSection | null {
  const { file } = study;
  const rows = study.metrics.flatMap((metric) =>
    study.outcomes(metric).flatMap(({ label, unit, summaries }): Cell[][] => {
      const known = summaries.flatMap(({ mean }, point) => (mean === null ? [] : [{ mean, point }]));
      if (known.length === 0) return [];
      const least = known.reduce((best, one) => (one.mean < best.mean ? one : best));
      const greatest = known.reduce((best, one) => (one.mean > best.mean ? one : best));
      const own = ownPoint(study);
      return [
        ...(known.length === 1
          ? [{ which: "the only point", point: least.point }]
          : [
              { which: "least", point: least.point },
              { which: "greatest", point: greatest.point },
            ]),
        ...(own === null ? [] : [{ which: "the scenario itself", point: own }]),
      ].map(({ which, point }) => [
        outcomeTitle({ metric, unit }),
        label ?? "base",
        which,
        summaryText(summaries[point]!),
        summaries[point]!.n,
        ...file.paths.map((_, path) => study.points[point]![path] ?? ""),
      ]);
    }),
  );
  if (rows.length === 0) return null;
  return {
    id: "extremes",
    title: "Least and greatest values",
    description: `The points with the least and the greatest mean, with all that is varied as the scenario writes it${study.replicas >= 5 ? "; in brackets the 95% interval of the mean" : ""}.`,
    table: {
      columns: [
        proseColumn("metric", "Metric"),
        textColumn("comparison", "Comparison"),
        textColumn("which", "Which"),
        proseColumn("mean", "Mean"),
        numberColumn("replicas", "Replicas"),
        ...study.pathLabels.map((label, k) => proseColumn(`path_${k + 1}`, label)),
      ],
      rows: rows.slice(0, MOST_ROWS),
    },
  };
}

/** The point at which every axis has the scenario's own value; null where the sweep has none. */
export function ownPoint({ axes, points }: SweepStudy): number | null {
  if (axes.length === 0 || axes.some(({ own }) => own === null)) return null;
  const found = points.findIndex((_, point) => axes.every(({ own, levelOf }) => levelOf[point] === own));
  return found < 0 ? null : found;
}

/** The cells that failed and why; null where none did. */
export function failuresTable(study: SweepStudy): TableSection | null {
  const { failures } = study;
  if (failures.length === 0) return null;
  return {
    id: "failures",
    title: "Failed cells",
    description: `${failures.length > MOST_ROWS ? `The first ${MOST_ROWS} of ${countOf(failures.length, "cell")} that failed` : countOf(failures.length, "cell that failed", "cells that failed")}; the same yumasim sweep tries them again.`,
    table: {
      columns: [proseColumn("point", "Point"), textColumn("seed", "Seed"), proseColumn("error", "Why")],
      rows: failures
        .slice(0, MOST_ROWS)
        .map(({ point, seed, error }) => [describePoint(study, point), seed, error]),
    },
  };
}

/** Every path that the sweep names, and what it takes. */
export function variedTable({ file, points }: SweepStudy): TableSection {
  return {
    id: "varied",
    title: "What varies",
    description: "Every path that sweep: names, and what the scenario itself says there.",
    table: {
      columns: [
        proseColumn("path", "Path"),
        textColumn("part", "Part"),
        numberColumn("values", "Values"),
        proseColumn("first", "First"),
        proseColumn("last", "Last"),
        proseColumn("own", "The scenario itself"),
      ],
      rows:
        file.paths.length === 0
          ? [["nothing but the seed", "replicas", 1, null, null, null]]
          : file.paths.map((path, k): Cell[] => {
              const values = [...new Set(points.map((texts) => texts[k] ?? ""))];
              return [
                path,
                file.parts[k]!,
                values.length,
                displayText(values[0] ?? "", 60),
                displayText(values.at(-1) ?? "", 60),
                file.own[k] === null ? "says nothing" : displayText(file.own[k]!, 60),
              ];
            }),
    },
  };
}
