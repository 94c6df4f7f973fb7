import type { ColumnSpread } from "../../../sim/trace/index.ts";
import {
  blocksOf,
  columnLabel,
  type DifferingCase,
  formatPart,
  inOrderOfArrival,
  unitOf,
} from "../../data/regression.ts";
import { numberColumn, textColumn } from "../../data/table.ts";
import type { Chart, PanelSpec, Row } from "../chart.ts";
import { endLabels } from "../end-labels.ts";
import { LABEL_SIZE, labelRoom, spreadLabels } from "../label-placement.ts";
import { logRange } from "../scale.ts";

const MOST_LINES = 6;

const HEIGHT = 260;

/** A course of sizes: the points at which a size is known and not zero. */
interface Line {
  readonly spread: ColumnSpread;
  readonly points: readonly { readonly block: number; readonly relative: number; readonly largest: string }[];
}

/**
 * How large the differences are over time; null where no size is known: of texts, of rows that one side lacks, of digests.
 * @param id of the case
 */
export function sizesOfDifferences(one: DifferingCase, id: string): Chart | null {
  const lines = linesOf(one);
  const all = lines.flatMap(({ points }) => points.map(({ relative }) => relative));
  if (all.length === 0) return null;
  const range = logRange(all);
  const [first, last] = blocksOf(one);
  const labels = lines.map(({ spread }) => columnLabel(spread));
  const ends = lines.map(({ points }) => points.at(-1)!);
  const places = spreadLabels(
    ends.map(({ relative }) => Math.log10(relative)),
    { low: Math.log10(range.low), high: Math.log10(range.high), height: HEIGHT, gap: LABEL_SIZE + 3 },
  ).map((power) => 10 ** power);
  return {
    id: `sizes-${id}`,
    title: titleOf(one, lines),
    description:
      `The largest difference of a column in a block as a part of the larger of the two values, on a logarithmic axis; 1 is a value that one side has and that is 0 on the other. ` +
      `Drawn are the ${lines.length === 1 ? "column" : `${lines.length} columns`} with numbers that part first, one of those that hold the same value in other units. Differences in the unit of the column are in the table.`,
    panels: [
      {
        title: null,
        height: HEIGHT,
        labelRoom: labelRoom(labels),
        datasets: {
          points: lines.flatMap(({ spread, points }, series) =>
            points.map(({ block, relative, largest }): Row => ({
              block,
              series,
              relative,
              tip: `${columnLabel(spread)}\nblock ${block}\n${formatPart(relative)} of the larger value, ${largest} ${unitOf(spread.table, spread.column)}`.trim(),
            })),
          ),
          labels: ends.map(({ relative }, series): Row => ({
            block: last,
            series,
            value: relative,
            place: places[series]!,
            label: labels[series]!,
          })),
        },
        spec: (context): PanelSpec => {
          const { theme, data } = context;
          const x = {
            field: "block",
            type: "quantitative" as const,
            title: "Block",
            scale: { domain: [first, Math.max(last, first + 1)], nice: false, zero: false },
            axis: { format: ",d", tickCount: 5, tickMinStep: 1 },
          };
          const y = {
            type: "quantitative" as const,
            title: "Largest difference / larger value",
            scale: { type: "log" as const, domain: [range.low, range.high], nice: false },
            axis: { format: "~g", values: [...range.ticks] },
          };
          const color = {
            field: "series",
            type: "nominal" as const,
            legend: null,
            scale: {
              domain: lines.map((_, at) => at),
              range: lines.map((_, at) => theme.categorical[at % theme.categorical.length]!),
            },
          };
          return {
            layer: [
              {
                data: data("points"),
                mark: { type: "line" as const, strokeWidth: 1.2, tooltip: null },
                encoding: { x, y: { ...y, field: "relative" }, color },
              },
              {
                data: data("points"),
                mark: { type: "point" as const, filled: true, size: 26, opacity: 1 },
                encoding: {
                  x,
                  y: { ...y, field: "relative" },
                  color,
                  tooltip: { field: "tip", type: "nominal" as const },
                },
              },
              ...endLabels(context, { x, y, color }),
            ],
          };
        },
      },
    ],
    table: {
      columns: [
        textColumn("table", "Table"),
        textColumn("column", "Column"),
        numberColumn("block", "Block"),
        textColumn("unit", "Unit"),
        numberColumn("largest", "Largest difference"),
        numberColumn("relative", "Of the larger value", formatPart),
      ],
      rows: lines.flatMap(({ spread: { table, column }, points }) =>
        points.map(({ block, relative, largest }) => [
          table,
          column ?? "",
          block,
          unitOf(table, column) || null,
          largest,
          relative,
        ]),
      ),
    },
  };
}

/** A value is in a table in several units: raw, as u16, as a ratio. */
const UNIT_SUFFIX = /_(?:raw|ratio|u16)$/;

function linesOf(one: DifferingCase): Line[] {
  const known = new Set<string>();
  const lines: Line[] = [];
  for (const spread of inOrderOfArrival(one)) {
    const stem = columnLabel(spread).replace(UNIT_SUFFIX, "");
    if (spread.column === null || known.has(stem)) continue;
    const points = spread.course.flatMap(({ firstBlock, relative, largest }) =>
      relative === null || largest === null || relative === 0
        ? []
        : [{ block: Number(firstBlock), relative, largest }],
    );
    if (points.length === 0) continue;
    known.add(stem);
    lines.push({ spread, points });
    if (lines.length === MOST_LINES) break;
  }
  return lines;
}

function titleOf({ label, check }: DifferingCase, lines: readonly Line[]): string {
  const about = check === null ? "" : `${label}: `;
  const course = lines[0]!;
  const [from, to] = [course.points[0]!, course.points.at(-1)!];
  const name = columnLabel(course.spread);
  const [start, end] = [formatPart(from.relative), formatPart(to.relative)];
  if (from === to) return `${about}${name} is off by ${start} in block ${from.block}`;
  if (start === end)
    return `${about}${name} is off by ${start} in block ${from.block} and still in block ${to.block}`;
  return `${about}${name} is off by ${start} in block ${from.block} and by ${end} in block ${to.block}`;
}
