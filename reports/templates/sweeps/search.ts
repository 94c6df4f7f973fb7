import type { SearchStudy } from "../../data/sweeps/search.ts";
import { capital, metricTitle, outcomeTitle, withUnit } from "../../charts/sweeps/axis.ts";
import { progressChart, searchedChart } from "../../charts/sweeps/search.ts";
import { type Cell, numberColumn, proseColumn } from "../../data/table.ts";
import { formatFigure } from "../../text/figures.ts";
import { countOf, joinWords } from "../../text/format.ts";
import { displayText } from "../../text/labels.ts";
import type { Headline, Report } from "../report.ts";

/** The report about a search: what was found, how well it is known, and the way there. */
export function searchReport(study: SearchStudy): Report {
  const { file, axes, points } = study;
  const names = joinWords(axes.map(({ label }) => label));
  return {
    title: displayText(file.title || file.name),
    subtitle: [
      `Search of a ${file.find}`,
      countOf(points.length, "point"),
      ...(file.replicas > 1 ? [`${file.replicas} replicas each`] : []),
    ].join(" · "),
    description: `${capital(file.find)} of ${metricTitle(file.metric)}${study.level === null ? "" : ` with ${formatFigure(study.level)}`} over ${names}${file.comparison === null ? "" : ` in ${displayText(file.comparison, 40)}`}, by ${methodOf(study)}.`,
    headlines: headlinesOf(study),
    sections:
      points.length === 0
        ? []
        : [{ id: "search", title: "The search", charts: [searchedChart(study), progressChart(study)] }],
    tables: [pointsTable(study)],
    manifest: [
      { name: "Scenario", text: displayText(file.name) },
      { name: "Searched", text: axes.map(({ path }) => path).join(", ") },
      { name: "Seed", text: displayText(file.seed, 60) },
      { name: "Engine version", text: displayText(file.engineVersion, 40) },
    ],
    definitions: [],
  };
}

function methodOf({ file, axes }: SearchStudy): string {
  if (file.find === "crossing") return "bisection";
  return axes.length === 1 ? "golden section" : "Nelder and Mead's simplex";
}

function headlinesOf(study: SearchStudy): Headline[] {
  const { file, axes, answer, bracket, points } = study;
  const failed = points.filter(({ value }) => value === null).length;
  const evaluations: Headline = {
    figure: String(points.length),
    label: points.length === 1 ? "point" : "points",
    sentence: `${capital(methodOf(study))} asked for ${countOf(points.length * file.replicas, "run")}${failed > 0 ? `; ${countOf(failed, "point")} gave no number` : ""}.`,
    definition: "A point is one set of values; its value is the mean over its replicas.",
  };
  const known = points.flatMap(({ value }) => value ?? []);
  const range: Headline[] =
    known.length === 0
      ? []
      : [
          {
            figure: withUnit(
              `${formatFigure(Math.min(...known))} to ${formatFigure(Math.max(...known))}`,
              file.unit,
            ),
            label: metricTitle(file.metric),
            sentence: "The least and the greatest value that the search came across.",
            definition: "Of all points that gave a number; outside the range there may be others.",
          },
        ];
  if (answer === null)
    return [
      {
        figure: "none",
        label: file.find,
        sentence:
          file.find === "crossing"
            ? `Both ends of the range lie on the same side of ${formatFigure(study.level)}: there is no crossing, or an even number of them.`
            : "No point gave a number.",
        definition: "Bisection needs ends on different sides (M28).",
      },
      evaluations,
      ...range,
    ];
  return [
    {
      figure: axes.map(({ unit }, k) => withUnit(formatFigure(answer.places[k]!), unit)).join(", "),
      label: `${joinWords(axes.map(({ label }) => label))} at the ${file.find}`,
      sentence: `There ${metricTitle(file.metric)} is ${withUnit(formatFigure(answer.value), study.unit)}.`,
      definition: "The point that the search ended at (M28).",
    },
    ...(bracket === null
      ? []
      : [
          {
            figure: withUnit(formatFigure(bracket.high - bracket.low), axes[0]!.unit),
            label: "width of the bracket",
            sentence: `The ${file.find} lies between ${formatFigure(bracket.low)} and ${formatFigure(bracket.high)}.`,
            definition:
              file.find === "crossing"
                ? "The nearest points with values on both sides (M28)."
                : "The neighbours of the answer among the points; so it is if there is one valley.",
          },
        ]),
    {
      figure: file.settled ? "settled" : "NOT SETTLED",
      label: `to ${formatFigure(100 * file.within)}% of the range`,
      sentence: file.settled
        ? "The answer is known as well as was asked."
        : "The search ended before the answer was known as well as was asked: raise optimise.most.",
      definition: "within: the part of the range to which the answer is to be known.",
    },
    evaluations,
    ...range,
  ];
}

/** Every point, with the values as the scenario writes them. */
function pointsTable({ file, axes, points, unit }: SearchStudy): Report["tables"][number] {
  const paths = Object.keys(file.path[0]?.values ?? {});
  return {
    id: "points",
    title: "All points",
    description: "In the order in which the search asked for them.",
    table: {
      columns: [
        numberColumn("step", "Step"),
        ...axes.map(({ path }, k) => proseColumn(`path_${k + 1}`, path)),
        numberColumn("metric", outcomeTitle({ metric: file.metric, unit }), formatFigure),
      ],
      rows: file.path.map(({ values }, k): Cell[] => [
        k + 1,
        ...paths.map((path) => values[path] ?? ""),
        points[k]!.value,
      ]),
    },
  };
}
