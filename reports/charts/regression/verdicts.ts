import { type ComparedCase, tablesOf } from "../../data/regression.ts";
import { textColumn } from "../../data/table.ts";
import { countOf, joinWords } from "../../text/format.ts";
import type { Chart, PanelSpec, Row } from "../chart.ts";

/** What became of one thing that was compared, in the order of the legend. */
const VERDICTS = ["equal", "within tolerance", "differs", "on one side only", "new"] as const;

type Verdict = (typeof VERDICTS)[number];

/** Told by more than a colour. */
const SIGNS: Readonly<Record<Verdict, string>> = {
  equal: "=",
  "within tolerance": "≈",
  differs: "≠",
  "on one side only": "∅",
  new: "+",
};

/** What is compared beside tables. */
const WHOLE = "run as a whole";
const EXPECTATIONS = "expectations";

interface Cell {
  readonly label: string;
  readonly what: string;
  readonly verdict: Verdict;
  readonly note: string;
}

/** Which tables of which scenarios are equal: a cell for each. */
export function verdicts(cases: readonly ComparedCase[]): Chart {
  const cells = cases.flatMap(cellsOf);
  const columns = [WHOLE, ...tablesOf(cases), EXPECTATIONS].filter((name) =>
    cells.some(({ what }) => what === name),
  );
  const shown = VERDICTS.filter((verdict) => cells.some((cell) => cell.verdict === verdict));
  return {
    id: "verdicts",
    title: titleOf(cases),
    description:
      "A cell for every table that a scenario writes. = equal to the last bit; ≈ equal within the tolerances of the scenario; ≠ at least one value differs; " +
      "∅ only one side has the table; + the baseline was written for the first time. No cell: the scenario has no such table. " +
      `“${WHOLE}” is what the two sides are told apart by before any table is looked at: the scenario, its seed, its input files.`,
    panels: [
      {
        title: null,
        height: Math.max(2, cases.length) * 20,
        labelRoom: 8,
        datasets: {
          cells: cells.map(({ label, what, verdict, note }): Row => ({
            label,
            what,
            verdict,
            sign: SIGNS[verdict],
            tip: `${label}\n${what}: ${verdict}${note === "" ? "" : `\n${note}`}`,
          })),
        },
        spec: ({ theme, data }): PanelSpec => {
          const colors: Readonly<Record<Verdict, string>> = {
            equal: theme.band,
            "within tolerance": theme.categorical[4]!,
            differs: theme.categorical[1]!,
            "on one side only": theme.categorical[3]!,
            new: theme.categorical[5]!,
          };
          const x = {
            field: "what",
            type: "nominal" as const,
            title: null,
            scale: { domain: columns },
            axis: { labelAngle: -60, labelLimit: 150, labelOverlap: false, domain: false, ticks: false },
          };
          const y = {
            field: "label",
            type: "nominal" as const,
            title: null,
            scale: { domain: cases.map(({ label }) => label) },
            axis: { labelLimit: 130, grid: false },
          };
          return {
            layer: [
              {
                data: data("cells"),
                mark: { type: "rect" as const, stroke: theme.background, strokeWidth: 2 },
                encoding: {
                  x,
                  y,
                  color: {
                    field: "verdict",
                    type: "nominal" as const,
                    scale: { domain: shown, range: shown.map((verdict) => colors[verdict]) },
                    legend: {
                      title: null,
                      orient: "top" as const,
                      columns: 3,
                      symbolType: "square" as const,
                    },
                  },
                  tooltip: { field: "tip", type: "nominal" as const },
                },
              },
              {
                data: data("cells"),
                mark: {
                  type: "text" as const,
                  baseline: "middle" as const,
                  fontWeight: "bold" as const,
                  tooltip: null,
                },
                encoding: {
                  x,
                  y,
                  text: { field: "sign", type: "nominal" as const },
                  // Dark on the bright colours, whatever the theme.
                  color: {
                    value: "#1b1f24",
                    condition: { test: "datum.verdict === 'equal'", value: theme.foreground },
                  },
                },
              },
            ],
          };
        },
      },
    ],
    table: {
      columns: [
        textColumn("case", "Compared"),
        textColumn("what", "What"),
        textColumn("verdict", "Verdict"),
        textColumn("note", "Note"),
      ],
      rows: cells.map(({ label, what, verdict, note }) => [label, what, verdict, note]),
    },
  };
}

function cellsOf({ label, comparison, check }: ComparedCase): Cell[] {
  const cells: Cell[] = [];
  const add = (what: string, verdict: Verdict, note = ""): void => {
    cells.push({ label, what, verdict, note });
  };
  if (comparison === null) add(WHOLE, "new");
  else {
    add(WHOLE, comparison.notes.length === 0 ? "equal" : "differs", comparison.notes.join("; "));
    for (const { table, same, exact } of comparison.tables) {
      const lonely = comparison.notes.some((note) => note.startsWith("only ") && note.endsWith(` ${table}`));
      add(
        table,
        lonely ? "on one side only" : !same ? "differs" : exact ? "equal" : "within tolerance",
        comparison.spread
          .filter((one) => one.table === table)
          .map(({ column }) => column ?? "rows")
          .join(", "),
      );
    }
  }
  const expectations = check?.expectations ?? [];
  const missed = expectations.filter(({ met }) => !met);
  if (expectations.length > 0)
    add(
      EXPECTATIONS,
      missed.length === 0 ? "equal" : "differs",
      missed.length === 0 ? "all are met" : `missed: ${missed.map(({ metric }) => metric).join(", ")}`,
    );
  return cells;
}

/** At most this many names stand in a title. */
const MOST_NAMES = 3;

function titleOf(cases: readonly ComparedCase[]): string {
  const odd = cases.filter(
    ({ comparison, passed, check }) => comparison?.same === false || (!passed && check !== null),
  );
  const [only] = cases;
  if (only !== undefined && only.check === null) {
    const tables = only.comparison?.tables ?? [];
    const different = tables.filter(({ same }) => !same).length;
    return different === 0
      ? `Both runs are equal in all of ${countOf(tables.length, "table")}`
      : `The runs differ in ${different} of ${countOf(tables.length, "table")}`;
  }
  if (odd.length === 0) return `All of ${countOf(cases.length, "scenario")} as expected`;
  const names = odd.slice(0, MOST_NAMES).map(({ label }) => label);
  const rest = odd.length - names.length;
  const verb = odd.length === 1 ? "is" : "are";
  return `${joinWords(rest > 0 ? [...names, countOf(rest, "other")] : names)} ${verb} not as before, of ${countOf(cases.length, "scenario")}`;
}
