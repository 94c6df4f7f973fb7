import { signed } from "../../charts/comparison/differences.ts";
import { type Arm, type Compared, relative } from "../../data/comparison/arms.ts";
import type { EconomyRun } from "../../data/economy/economy-run.ts";
import { type Cell, numberColumn, type TableColumn, textColumn } from "../../data/table.ts";
import { formatSignificant } from "../../text/format.ts";
import type { TableSection } from "../report.ts";

/** Every measure on every side, with its difference from the first. */
export function comparisonTables<T>(
  arms: readonly Arm<T>[],
  compared: readonly Compared<T>[],
): TableSection[] {
  const [base, ...others] = arms;
  return [
    {
      id: "measures",
      title: "Table of measures",
      description: `Values at the end or over the whole run, as the last column defines them; differences are from ${base!.label}. The data of the chart above has intervals.`,
      table: {
        columns: [
          textColumn("measure", "Measure"),
          ...arms.map((arm, i) => textColumn(`value_${i + 1}`, arm.label)),
          ...others.map((arm, i): TableColumn => ({
            ...textColumn(`difference_${i + 2}`, arm.label),
            group: "Difference",
          })),
          textColumn("definition", "Definition"),
        ],
        rows: compared.map((one): Cell[] => [
          one.measure.label,
          ...one.values.map(({ mean }) => one.measure.format(mean)),
          ...others.map((_, i) => signed(relative(one, one.differences[i + 1]?.mean ?? null))),
          one.measure.definition,
        ]),
      },
    },
  ];
}

/** What the scenario expects, and what came out on every side; nothing where it expects nothing. */
export function expectationsTable(arms: readonly Arm<EconomyRun>[]): TableSection[] {
  const rows = arms.flatMap(({ label, replicas }) =>
    replicas.flatMap(({ expectations, seed }) =>
      expectations.map(({ metric, operator, value, found, met }): Cell[] => [
        met ? "holds" : "fails",
        label,
        seed,
        metric,
        `${operator} ${value}`,
        found,
      ]),
    ),
  );
  if (rows.length === 0) return [];
  return [
    {
      id: "expectations",
      title: "What the scenario expects",
      description: "Metrics at the end of each run against what the author of the scenario expects of them.",
      table: {
        columns: [
          textColumn("outcome", "Outcome"),
          textColumn("side", "Side"),
          textColumn("seed", "Seed"),
          textColumn("metric", "Metric"),
          textColumn("expected", "Expected"),
          numberColumn("found", "Found", formatSignificant),
        ],
        rows,
      },
    },
  ];
}
