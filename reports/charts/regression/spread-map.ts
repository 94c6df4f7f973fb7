import type { ColumnSpread, SpreadPoint } from "../../../sim/trace/index.ts";
import {
  blocksOf,
  columnLabel,
  type DifferingCase,
  formatPart,
  inOrderOfArrival,
  unitOf,
} from "../../data/regression.ts";
import { numberColumn, textColumn } from "../../data/table.ts";
import { countOf, formatCount } from "../../text/format.ts";
import type { Chart, PanelSpec, Row } from "../chart.ts";

/** Rows of the picture; the table of columns has all. */
const MOST_COLUMNS = 30;

/** A cell is at least this part of the width, so that it can be seen. */
const NARROWEST = 1 / 120;

/** Which columns differ in which blocks: the way that a difference takes through the tables. @param id of the case */
export function spreadMap(one: DifferingCase, id: string): Chart {
  const columns = inOrderOfArrival(one);
  const shown = columns.slice(0, MOST_COLUMNS);
  const hidden = columns.length - shown.length;
  const [first, last] = blocksOf(one);
  const half = cellWidth(columns, last - first) / 2;
  const cells = shown.flatMap((column) =>
    column.course.map(({ firstBlock, lastBlock, rows, of, ...point }) => ({
      share: rows === null ? null : rows / of,
      cell: {
        column: columnLabel(column),
        from: Number(firstBlock) - half,
        to: Number(lastBlock) + half,
        tip: tipOf(column, { firstBlock, lastBlock, rows, of, ...point }),
      },
    })),
  );
  const known = cells.flatMap(({ cell, share }): Row[] => (share === null ? [] : [{ ...cell, share }]));
  const unknown = cells.flatMap(({ cell, share }): Row[] => (share === null ? [cell] : []));
  return {
    id: `spread-${id}`,
    title: titleOf(one, columns),
    description:
      "A row for every column with a difference, the one that parts first on top; a cell for every block in which it differs, the darker, the larger the part of its rows. " +
      "Grey: the baseline keeps only digests of the column, so that the rows cannot be counted." +
      (hidden > 0
        ? ` The first ${MOST_COLUMNS} columns are drawn, ${countOf(hidden, "column")} more are in the table of columns.`
        : ""),
    panels: [
      {
        title: null,
        height: Math.max(3, shown.length) * 17,
        labelRoom: 96,
        datasets: { known, unknown },
        spec: ({ theme, data }): PanelSpec => {
          const mark = { type: "rect" as const, clip: true };
          const place = {
            x: {
              field: "from",
              type: "quantitative" as const,
              title: "Block",
              scale: { domain: [first - half, last + half], nice: false, zero: false },
              axis: { format: ",d", tickCount: 5, tickMinStep: 1 },
            },
            x2: { field: "to" },
            y: {
              field: "column",
              type: "nominal" as const,
              title: null,
              scale: { domain: shown.map(columnLabel) },
              axis: { labelLimit: 180, grid: false },
            },
            tooltip: { field: "tip", type: "nominal" as const },
          };
          return {
            layer: [
              { data: data("unknown"), mark: { ...mark, color: theme.other }, encoding: place },
              {
                data: data("known"),
                mark,
                encoding: {
                  ...place,
                  color: {
                    field: "share",
                    type: "quantitative" as const,
                    scale: { domain: [0, 1], range: theme.sequential.slice(1), nice: false },
                    legend:
                      known.length === 0
                        ? null
                        : {
                            title: "Rows that differ",
                            orient: "top" as const,
                            direction: "horizontal" as const,
                            gradientLength: 140,
                            gradientThickness: 10,
                            format: ".0%",
                            values: [0, 0.5, 1],
                          },
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
        textColumn("table", "Table"),
        textColumn("column", "Column"),
        numberColumn("first_block", "First block"),
        numberColumn("last_block", "Last block"),
        numberColumn("rows", "Rows that differ"),
        numberColumn("of", "Rows in the block"),
        textColumn("unit", "Unit"),
        numberColumn("largest", "Largest difference"),
        numberColumn("relative", "Of the larger value", formatPart),
      ],
      rows: columns.flatMap((column) =>
        column.course.map(({ firstBlock, lastBlock, rows, of, largest, relative }) => [
          column.table,
          column.column ?? "(rows)",
          firstBlock,
          lastBlock,
          rows,
          of,
          unitOf(column.table, column.column) || null,
          largest,
          relative,
        ]),
      ),
    },
  };
}

/** The distance of the two blocks with a difference that are nearest to each other, within what can be seen. */
function cellWidth(columns: readonly ColumnSpread[], range: number): number {
  const blocks = [
    ...new Set(columns.flatMap(({ course }) => course.map((point) => Number(point.firstBlock)))),
  ];
  blocks.sort((a, b) => a - b);
  const least = blocks.slice(1).reduce((gap, block, i) => Math.min(gap, block - blocks[i]!), Infinity);
  return Math.max(1, Math.min(least, range / 20), range * NARROWEST);
}

function tipOf(column: ColumnSpread, point: SpreadPoint): string {
  const { firstBlock, lastBlock, rows, of, largest, relative } = point;
  const unit = unitOf(column.table, column.column);
  const lines = [
    columnLabel(column),
    firstBlock === lastBlock ? `block ${firstBlock}` : `blocks ${firstBlock} to ${lastBlock}`,
    rows === null ? "differs; how many rows is not known" : `${formatCount(rows)} of ${countOf(of, "row")}`,
  ];
  if (largest !== null)
    lines.push(
      `by at most ${largest}${unit === "" ? "" : ` ${unit}`}${relative === null ? "" : `, ${formatPart(relative)} of the larger value`}`,
    );
  return lines.join("\n");
}

function titleOf({ label, check, comparison }: DifferingCase, columns: readonly ColumnSpread[]): string {
  const tables = new Set(columns.map(({ table }) => table)).size;
  const what = check === null ? "The difference" : `${label}: the difference`;
  const reach =
    columns.length === 1
      ? `stays in ${columnLabel(columns[0]!)}`
      : `reaches ${countOf(columns.length, "column")} of ${countOf(tables, "table")}`;
  return `${what} begins in ${comparison.first.column === null ? `the rows of ${comparison.first.table}` : columnLabel(comparison.first)} and ${reach}`;
}
