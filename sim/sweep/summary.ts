/** The tables over the cells of a sweep: one row per cell, and one per point and metric. */
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  type CellOutcome,
  type ColumnSchema,
  quantityOf,
  readRecord,
  type SweepCell,
  type SweepFile,
  sweepLayout,
  type TableSchema,
  TraceWriter,
} from "../trace/index.ts";
import { statistics } from "./statistics.ts";

const column = (
  name: string,
  type: ColumnSchema["type"],
  unit: string,
  description: string,
): ColumnSchema => ({
  name,
  type,
  unit,
  description,
  source: "",
});

/** A cell and what became of it, null where it failed before it had a record. */
interface Row {
  readonly index: number;
  readonly cell: SweepCell;
  readonly outcome: CellOutcome | null;
}

/** A column per varied path: numbers where all of its values are numbers of one unit, else texts. */
interface ParameterColumn {
  readonly schema: ColumnSchema;
  readonly texts: readonly string[];
  readonly values: (cells: readonly SweepCell[]) => Float64Array | Int32Array;
}

function parameterColumn({ paths, cells }: SweepFile, position: number): ParameterColumn {
  const name = paths[position] ?? "";
  const texts = cells.map((cell) => cell.values[position] ?? "");
  const quantities = texts.map(quantityOf);
  const unit = quantities[0]?.unit;
  if (quantities.every((quantity) => quantity !== null && quantity.unit === unit))
    return {
      schema: column(name, "float64", unit ?? "none", `value of ${name}`),
      texts: [],
      values: (some) =>
        Float64Array.from(some, (cell) => quantityOf(cell.values[position] ?? "")?.number ?? NaN),
    };
  const known = [...new Set(texts)];
  const positions = new Map(known.map((text, index) => [text, index]));
  return {
    schema: column(name, "label", "none", `value of ${name}`),
    texts: known,
    values: (some) => Int32Array.from(some, (cell) => positions.get(cell.values[position] ?? "") ?? 0),
  };
}

/** Comparisons and metrics of the cells that are done, in the order of the first of them. */
function measured(rows: readonly Row[]): { comparisons: string[]; metrics: string[] } {
  const done = rows.flatMap(({ outcome }) => (outcome?.status === "done" ? [outcome.metrics] : []));
  const comparisons = [...new Set(done.flatMap((metrics) => Object.keys(metrics)))];
  const metrics = [...new Set(done.flatMap((all) => Object.values(all).flatMap((one) => Object.keys(one))))];
  const ordered = (names: string[]): string[] => names.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return { comparisons: ordered(comparisons), metrics: ordered(metrics) };
}

const valueOf = ({ outcome }: Row, comparison: string, metric: string): number =>
  outcome?.metrics[comparison]?.[metric] ?? NaN;

/**
 * Writes `cells.arrow` and `summary.arrow` from what became of all cells; the same bytes whoever ran them.
 * @param known what need not be read from the records, by identity
 * @returns their paths
 */
export async function writeSummary(
  directory: string,
  file: SweepFile,
  known: ReadonlyMap<string, CellOutcome> = new Map(),
): Promise<string[]> {
  const rows = file.cells.map((cell, index): Row => ({
    index,
    cell,
    outcome: known.get(cell.id) ?? readRecord(directory, cell.id),
  }));
  const parameters = file.paths.map((_, position) => parameterColumn(file, position));
  const tables = [cellsTable(rows, parameters, file), summaryTable(rows, parameters, file)];
  const folder = join(sweepLayout(directory).temporary, "summary");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (const { schema, labels, count, values } of tables) {
    const writer = await TraceWriter.create(folder, {
      tables: [schema],
      metadata: new Map([
        ["engine_version", file.engineVersion],
        ["sweep", file.name],
        ["backend", file.backend],
      ]),
      labels,
    });
    writer.append(schema.name, count, values);
    await writer.finish();
    const path = join(directory, `${schema.name}.arrow`);
    await rename(join(folder, `${schema.name}.arrow`), path);
    paths.push(path);
  }
  await rm(folder, { recursive: true });
  return paths;
}

interface SummaryTable {
  readonly schema: TableSchema;
  readonly labels: Record<string, readonly string[]>;
  readonly count: number;
  readonly values: Record<string, Float64Array | Int32Array | Uint32Array>;
}

/** Collects columns with their texts. */
class TableBuilder {
  readonly #columns: ColumnSchema[] = [];
  readonly #labels: Record<string, readonly string[]> = {};
  readonly #values: Record<string, Float64Array | Int32Array | Uint32Array> = {};

  add(
    schema: ColumnSchema,
    values: Float64Array | Int32Array | Uint32Array,
    texts: readonly string[] = [],
  ): this {
    this.#columns.push(schema);
    this.#values[schema.name] = values;
    if (schema.type === "label") this.#labels[schema.name] = texts;
    return this;
  }

  /** A column of texts. */
  texts(name: string, description: string, all: readonly string[]): this {
    const known = [...new Set(all)];
    const positions = new Map(known.map((text, index) => [text, index]));
    const values = Int32Array.from(all, (text) => positions.get(text) ?? 0);
    return this.add(column(name, "label", "none", description), values, known);
  }

  build(name: string, description: string, count: number): SummaryTable {
    const schema = { name, description, columns: this.#columns };
    return { schema, labels: this.#labels, count, values: this.#values };
  }
}

function cellsTable(
  rows: readonly Row[],
  parameters: readonly ParameterColumn[],
  { backend }: SweepFile,
): SummaryTable {
  const cells = rows.map(({ cell }) => cell);
  const counts = (numbers: readonly number[]): Uint32Array => Uint32Array.from(numbers);
  const table = new TableBuilder()
    .add(column("cell", "uint32", "count", "position in the sweep"), counts(rows.map(({ index }) => index)))
    .add(column("point", "uint32", "count", "number of the point"), counts(cells.map(({ point }) => point)))
    .add(
      column("replica", "uint32", "count", "number of the replica"),
      counts(cells.map(({ replica }) => replica)),
    )
    .texts(
      "seed",
      "seed of the run",
      cells.map(({ seed }) => seed),
    )
    .texts(
      "id",
      "identity of the cell: the hash of what it runs",
      cells.map(({ id }) => id),
    );
  for (const { schema, texts, values } of parameters) table.add(schema, values(cells), texts);
  table
    .texts(
      "backend",
      "what computed the epochs; all but exact are approximate",
      rows.map(() => backend),
    )
    .texts(
      "arithmetic",
      "exact, float64 (a Yuma variant) or float32 (a float backend)",
      rows.map(({ outcome }) => outcome?.arithmetic ?? ""),
    )
    .texts(
      "status",
      "done or failed",
      rows.map(({ outcome }) => outcome?.status ?? "failed"),
    )
    .texts(
      "error",
      "why it failed",
      rows.map(({ outcome }) => outcome?.error ?? ""),
    );
  const { comparisons, metrics } = measured(rows);
  for (const metric of metrics)
    for (const comparison of comparisons) {
      const name = comparisons.length === 1 ? metric : `${metric} (${comparison})`;
      table.add(
        column(name, "float64", "none", `${metric} of comparison ${comparison}`),
        Float64Array.from(rows, (row) => valueOf(row, comparison, metric)),
      );
    }
  return table.build("cells", "one row per cell of the sweep", rows.length);
}

function summaryTable(
  rows: readonly Row[],
  parameters: readonly ParameterColumn[],
  { backend }: SweepFile,
): SummaryTable {
  const points = new Map<number, Row[]>();
  for (const row of rows) {
    const list = points.get(row.cell.point) ?? [];
    points.set(row.cell.point, list);
    list.push(row);
  }
  const { comparisons, metrics } = measured(rows);
  const lines = [...points.values()].flatMap((replicas) =>
    comparisons.flatMap((comparison) =>
      metrics.map((metric) => ({
        comparison,
        metric,
        first: replicas[0]!.cell,
        arithmetic: replicas[0]!.outcome?.arithmetic ?? "",
        failed: replicas.filter(({ outcome }) => outcome?.status !== "done").length,
        found: statistics(replicas.map((row) => valueOf(row, comparison, metric))),
      })),
    ),
  );
  const cells = lines.map(({ first }) => first);
  const table = new TableBuilder().add(
    column("point", "uint32", "count", "number of the point"),
    Uint32Array.from(cells, ({ point }) => point),
  );
  for (const { schema, texts, values } of parameters) table.add(schema, values(cells), texts);
  table
    .texts(
      "comparison",
      "name of the set of overrides under compare:; base without one",
      lines.map(({ comparison }) => comparison),
    )
    .texts(
      "backend",
      "what computed the epochs; all but exact are approximate",
      lines.map(() => backend),
    )
    .texts(
      "arithmetic",
      "exact, float64 (a Yuma variant) or float32 (a float backend)",
      lines.map(({ arithmetic }) => arithmetic),
    )
    .texts(
      "metric",
      "name of the metric",
      lines.map(({ metric }) => metric),
    )
    .add(
      column("values", "uint32", "count", "replicas that gave a number"),
      Uint32Array.from(lines, ({ found }) => found.count),
    )
    .add(
      column("failed", "uint32", "count", "replicas that failed"),
      Uint32Array.from(lines, ({ failed }) => failed),
    );
  const numbers: [string, string, (line: (typeof lines)[number]) => number][] = [
    ["mean", "mean over the replicas", ({ found }) => found.mean],
    ["deviation", "standard deviation of the sample (n - 1)", ({ found }) => found.deviation],
    [
      "mean_low",
      "lower end of the 95 % confidence interval of the mean (Student's t)",
      ({ found }) => found.low,
    ],
    [
      "mean_high",
      "upper end of the 95 % confidence interval of the mean (Student's t)",
      ({ found }) => found.high,
    ],
    ["minimum", "least value", ({ found }) => found.minimum],
    ["quantile_05", "value at 5 %", ({ found }) => found.quantiles[0]],
    ["quantile_25", "value at 25 %", ({ found }) => found.quantiles[1]],
    ["median", "value at 50 %", ({ found }) => found.quantiles[2]],
    ["quantile_75", "value at 75 %", ({ found }) => found.quantiles[3]],
    ["quantile_95", "value at 95 %", ({ found }) => found.quantiles[4]],
    ["maximum", "greatest value", ({ found }) => found.maximum],
  ];
  for (const [name, description, read] of numbers)
    table.add(column(name, "float64", "none", description), Float64Array.from(lines, read));
  return table.build("summary", "one row per point, comparison and metric, over the replicas", lines.length);
}
