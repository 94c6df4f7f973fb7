import type { Difference, ShownValue } from "../../../sim/trace/index.ts";
import {
  columnLabel,
  type ComparedCase,
  type DifferingCase,
  formatPart,
  inOrderOfArrival,
  knowledgeOf,
  unitOf,
} from "../../data/regression.ts";
import { type Cell, numberColumn, type TableColumn, textColumn } from "../../data/table.ts";
import { displayText } from "../../text/labels.ts";
import type { TableSection } from "../report.ts";

/** A column of text that a page does not cut to the length of a name. */
function wideColumn(name: string, title: string, group?: string): TableColumn {
  return {
    ...textColumn(name, title),
    ...(group !== undefined && { group }),
    format: (value) => (value === null || value === "" ? "–" : displayText(String(value), 120)),
  };
}

/** What became of every scenario. */
export function casesTable(cases: readonly ComparedCase[]): TableSection {
  return {
    id: "cases",
    title: "Scenarios",
    description: "What became of every scenario; rows are those that this version writes.",
    table: {
      columns: [
        wideColumn("scenario", "Scenario"),
        textColumn("verdict", "Verdict"),
        numberColumn("tables", "Tables"),
        numberColumn("tables_that_differ", "Tables that differ"),
        numberColumn("columns_that_differ", "Columns that differ"),
        numberColumn("rows", "Rows compared"),
        numberColumn("expectations_missed", "Expectations missed"),
        wideColumn("notes", "The run as a whole"),
        wideColumn("file", "File"),
      ],
      rows: cases.map(({ label, comparison, check, passed }): Cell[] => [
        label,
        verdictOf(comparison, passed, check?.updated ?? false),
        comparison?.tables.length ?? null,
        comparison?.tables.filter(({ same }) => !same).length ?? null,
        comparison?.spread.filter(({ column }) => column !== null).length ?? null,
        comparison?.tables.reduce((sum, { rows }) => sum + rows, 0) ?? null,
        check?.expectations.filter(({ met }) => !met).length ?? null,
        comparison?.notes.join("; ") ?? "",
        check?.scenario ?? "",
      ]),
    },
  };
}

function verdictOf(comparison: ComparedCase["comparison"], passed: boolean, updated: boolean): string {
  if (comparison === null) return passed ? "new" : "new, misses";
  if (!comparison.same) return updated ? "moved" : "differs";
  if (!passed) return "misses";
  return comparison.tables.every(({ exact }) => exact) ? "equal" : "within tolerance";
}

/** Where each case parts first: the place and both values. */
export function firstDifferencesTable(cases: readonly DifferingCase[]): TableSection {
  const [before, after] = sidesOf(cases);
  return {
    id: "first-differences",
    title: "First differences",
    description:
      "The earliest difference of each; in its block, the one that the protocol computes first. Values are as they lie in the table: in decimal, the same bits in " +
      "hexadecimal, and the fraction that a fixed-point number stands for. A dash: not known, since a baseline may keep only digests of a column.",
    table: {
      columns: [
        wideColumn("case", "Compared"),
        textColumn("table", "Table"),
        wideColumn("column", "Column"),
        numberColumn("block", "Block"),
        numberColumn("epoch", "Epoch"),
        wideColumn("netuid", "netuid"),
        wideColumn("uid", "uid"),
        ...(["before", "after"] as const).flatMap((side, at) => [
          wideColumn(`${side}_decimal`, "Decimal", [before, after][at]),
          wideColumn(`${side}_hexadecimal`, "Hexadecimal", [before, after][at]),
          { ...numberColumn(`${side}_fraction`, "Fraction", fractionText), group: at === 0 ? before : after },
        ]),
        wideColumn("row", "Row"),
        textColumn("comparison", "Comparison"),
        wideColumn("source", "Computed by"),
      ],
      rows: cases.map(({ label, comparison: { first } }): Cell[] => [
        label,
        first.table,
        first.column ?? "(the row)",
        first.block,
        first.epoch,
        first.row?.["netuid"] ?? null,
        first.row?.["uid"] ?? null,
        ...valueCells(first, first.before),
        ...valueCells(first, first.after),
        otherKeys(first),
        first.comparison,
        first.source,
      ]),
    },
  };
}

/** All that the fraction says: a difference may be in its last digits. */
function fractionText(value: number | null): string {
  return value === null ? "–" : String(value);
}

/** Names of the sides; of several cases, those that all have. */
function sidesOf(cases: readonly ComparedCase[]): readonly [string, string] {
  return cases[0]?.sides ?? ["before", "now"];
}

function otherKeys({ row }: Difference): string {
  const others = Object.entries(row ?? {}).filter(([name]) => name !== "netuid" && name !== "uid");
  return others.map(([name, value]) => `${name} ${displayText(value, 60)}`).join(", ");
}

function valueCells(difference: Difference, value: ShownValue | null): Cell[] {
  if (value === null) return [knowledgeOf(difference) === "digest" ? "" : "none", "", null];
  return [value.decimal, value.hex ?? "", value.ratio];
}

/** How far the differences of every column reach. */
export function columnsTable(cases: readonly DifferingCase[]): TableSection {
  return {
    id: "columns",
    title: "Columns that differ",
    description:
      "In the order in which they begin to differ. Rows: how many differ in all blocks; a dash where the baseline keeps only digests. The largest difference is in the unit of the column.",
    table: {
      columns: [
        wideColumn("case", "Compared"),
        wideColumn("column", "Column"),
        textColumn("unit", "Unit"),
        numberColumn("rows", "Rows"),
        numberColumn("blocks", "Blocks"),
        numberColumn("first_block", "First block"),
        numberColumn("last_block", "Last block"),
        numberColumn("largest", "Largest difference"),
        numberColumn("relative", "Of the larger value", formatPart),
      ],
      rows: cases.flatMap((one) =>
        inOrderOfArrival(one).map((spread): Cell[] => [
          one.label,
          columnLabel(spread),
          unitOf(spread.table, spread.column) || null,
          spread.rows,
          spread.blocks,
          spread.firstBlock,
          spread.lastBlock,
          spread.largest,
          spread.course.reduce<number | null>(
            (most, { relative }) =>
              relative !== null && (most === null || relative > most) ? relative : most,
            null,
          ),
        ]),
      ),
    },
  };
}

/** What the scenarios expect, whatever their baselines say. */
export function expectationsTable(cases: readonly ComparedCase[]): TableSection {
  return {
    id: "expectations",
    title: "Expectations",
    description: "What scenarios say under expect:, and what was found at the end of the run.",
    table: {
      columns: [
        wideColumn("scenario", "Scenario"),
        textColumn("comparison", "Comparison"),
        wideColumn("metric", "Metric"),
        textColumn("operator", "Must be"),
        numberColumn("value", "Value"),
        numberColumn("found", "Found"),
        textColumn("met", "Met"),
      ],
      rows: cases.flatMap(({ label, check }) =>
        (check?.expectations ?? []).map(({ comparison, metric, operator, value, found, met }): Cell[] => [
          label,
          comparison,
          metric,
          // A sign alone would be a formula in a spreadsheet.
          WORDS[operator] ?? operator,
          value,
          Number.isNaN(found) ? null : found,
          met ? "yes" : "no",
        ]),
      ),
    },
  };
}

const WORDS: Readonly<Record<string, string>> = {
  "<": "below",
  "<=": "at most",
  ">": "above",
  ">=": "at least",
  "==": "equal to",
};

/** The baselines that `--update` writes anew, and what moves in them. */
export function movesTable(cases: readonly ComparedCase[], updated: boolean): TableSection {
  return {
    id: "moves",
    title: updated ? "What --update moved" : "What --update would move",
    description: updated
      ? "The baselines that were written anew. Commit them with a message that says why these columns move."
      : "The baselines that the same command with --update writes anew. What moves and is not meant is a fault.",
    table: {
      columns: [
        wideColumn("file", "File"),
        wideColumn("columns", "Columns"),
        numberColumn("number", "Number of columns"),
        numberColumn("first_block", "From block"),
        numberColumn("last_block", "To block"),
        wideColumn("notes", "The run as a whole"),
      ],
      rows: cases.filter(moves).map(({ check, comparison }): Cell[] => {
        const spread = comparison?.spread ?? [];
        return [
          check?.baseline ?? "",
          movedColumns(comparison),
          comparison === null ? null : spread.length,
          extreme(
            spread.map(({ firstBlock }) => firstBlock),
            (a, b) => a < b,
          ),
          extreme(
            spread.map(({ lastBlock }) => lastBlock),
            (a, b) => a > b,
          ),
          comparison?.notes.join("; ") ?? "",
        ];
      }),
    },
  };
}

function movedColumns(comparison: ComparedCase["comparison"]): string {
  if (comparison === null) return "all: there was no baseline";
  if (comparison.spread.length > 0) return comparison.spread.map(columnLabel).join(", ");
  return comparison.same ? "values within the tolerances" : "none";
}

/** Whether an update writes another baseline: small differences that a tolerance lets pass move it, too. */
export function moves({ comparison }: ComparedCase): boolean {
  return comparison === null || !comparison.same || comparison.tables.some(({ exact }) => !exact);
}

function extreme(blocks: readonly string[], wins: (a: bigint, b: bigint) => boolean): string | null {
  if (blocks.length === 0) return null;
  return blocks.reduce((best, block) => (wins(BigInt(block), BigInt(best)) ? block : best));
}
