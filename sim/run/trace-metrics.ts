/** Numbers that are read from the trace of a run. */
import { InputError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import type { MetricText } from "../scenario/index.ts";
import type { TableColumns, Trace, TraceBatch } from "../trace/index.ts";
import { tableSchema, TRACE_TABLES } from "../trace/schema.ts";
import { greatest, least, mean, type RowsToNumber, rowsToNumber, total } from "./row-statistics.ts";

/** Tables of a run, on disk or in memory. */
type Tables = Pick<Trace, "has" | "batches" | "read">;

/** Values by comparison and metric. A metric without rows is NaN. */
export type MetricValues = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The comparisons of a run with the values of the named metrics. */
export async function readMetrics(
  trace: Tables,
  comparisons: readonly string[],
  definitions: Readonly<Record<string, MetricText>>,
  names: readonly string[],
): Promise<MetricValues> {
  const values: Record<string, Record<string, number>> = Object.fromEntries(
    comparisons.map((comparison) => [comparison, {}]),
  );
  const isEconomy = trace.has("metrics");
  if (isEconomy) await readSamples(trace, names, values);
  else
    for (const name of names) {
      const definition = definitions[name];
      if (!definition) throw unknownMetric(name, Object.keys(definitions));
      for (const [comparison, value] of await readColumn(trace, name, definition))
        values[comparison] = { ...values[comparison], [name]: value };
    }
  return values;
}

function unknownMetric(name: string, known: readonly string[]): InputError {
  return new InputError(
    `no metric ${name}${didYouMean(name, known)}; metrics: ${known.join(", ") || "none"}`,
  );
}

/** A metric epoch by epoch, of a run of one subnet with one comparison; none where no epoch has rows. */
export async function readSeries(
  trace: Tables,
  definitions: Readonly<Record<string, MetricText>>,
  name: string,
): Promise<number[]> {
  const definition = definitions[name];
  if (!definition) throw unknownMetric(name, Object.keys(definitions));
  const [numbers = []] = (await epochNumbers(trace, name, definition)).values();
  return numbers.map(([, value]) => value);
}

/** The last sample of each metric of an economy. */
async function readSamples(
  trace: Tables,
  names: readonly string[],
  values: Record<string, Record<string, number>>,
): Promise<void> {
  for await (const batch of trace.batches("metrics")) {
    const [comparisons, metrics] = [batch.labels("comparison"), batch.labels("metric")];
    for (const name of names) if (!metrics.includes(name)) throw unknownMetric(name, metrics);
    const columns = [batch.column("comparison"), batch.column("metric"), batch.column("value")] as const;
    for (let row = 0; row < batch.rows; row++) {
      const metric = metrics[Number(columns[1][row])] ?? "";
      if (!names.includes(metric)) continue;
      const comparison = comparisons[Number(columns[0][row])] ?? "";
      values[comparison] = { ...values[comparison], [metric]: Number(columns[2][row]) };
    }
  }
}

/** `table.column` of all that holds numbers. */
const NUMERIC = TRACE_TABLES.flatMap((schema) =>
  schema.columns.filter(({ type }) => type !== "label").map((one) => `${schema.name}.${one.name}`),
);

/** Where a metric finds its numbers. */
interface Source {
  readonly table: string;
  readonly column: string;
  /** A second column of the table, for a statistic that is about two; null for any other. */
  readonly other: string | null;
}

/** Where a metric finds its numbers. @throws InputError for a column that no table has, or that holds no numbers */
function sourceOf(name: string, { column: path, of, rows }: MetricText): Source {
  const [table = "", column = ""] = path.split(".");
  const other = typeof rows === "object" && "correlation" in rows ? rows.correlation : null;
  for (const one of other === null ? [path] : [path, `${table}.${other}`])
    if (!NUMERIC.includes(one))
      throw new InputError(`metric ${name}: no column ${one} with numbers${didYouMean(one, NUMERIC)}`);
  const hasHotkeys = tableSchema(table).columns.some((one) => one.name === "hotkey");
  if (of !== undefined && !hasHotkeys)
    throw new InputError(`metric ${name}: table ${table} has no neurons to choose from with of: ${of}`);
  return { table, column, other };
}

/** How a metric comes out of the rows of a trace. */
export interface MetricReading extends Source {
  readonly name: string;
  /** By position of a label: whether rows of that neuron count; null = all rows do. */
  readonly isMember: readonly boolean[] | null;
  /** The rows of one epoch as a number. */
  readonly ofRows: RowsToNumber;
  /** The numbers of all epochs as one. */
  readonly ofEpochs: (numbers: EpochNumbers) => number;
  /** The one epoch that counts; null = all do. */
  readonly onlyEpoch: "last" | number | null;
}

/**
 * How a metric is read.
 * @param hotkeys labels of the neurons
 * @throws InputError for a name that is no metric, or neurons that are not there
 */
export function metricReading(
  definitions: Readonly<Record<string, MetricText>>,
  name: string,
  hotkeys: readonly string[],
): MetricReading {
  const definition = definitions[name];
  if (!definition) throw unknownMetric(name, Object.keys(definitions));
  const { of, epochs } = definition;
  return {
    name,
    ...sourceOf(name, definition),
    isMember: of === undefined ? null : members(name, hotkeys, of),
    ofRows: rowsToNumber(definition.rows),
    ofEpochs: (numbers) => overEpochs(epochs, numbers),
    onlyEpoch: typeof epochs === "number" || epochs === "last" ? epochs : null,
  };
}

/** What has to be kept of a trace for metrics to be read from it. @throws InputError for a name that is no metric */
export function metricColumns(
  definitions: Readonly<Record<string, MetricText>>,
  names: readonly string[],
): TableColumns {
  const kept = new Map<string, Set<string>>();
  for (const name of names) {
    const definition = definitions[name];
    if (!definition) throw unknownMetric(name, Object.keys(definitions));
    const { table, column, other } = sourceOf(name, definition);
    const columns = kept.get(table) ?? new Set(["comparison", "epoch"]);
    kept.set(table, columns.add(column));
    if (other !== null) columns.add(other);
    if (definition.of !== undefined) columns.add("hotkey");
  }
  return kept;
}

/** @throws InputError for a metric whose column no trace of a subnet has */
export function checkMetrics(definitions: Readonly<Record<string, MetricText>>): void {
  for (const [name, definition] of Object.entries(definitions)) sourceOf(name, definition);
}

/** The number of every epoch that has rows, ascending. */
export type EpochNumbers = readonly (readonly [epoch: number, value: number])[];

/** A metric of every comparison. */
async function readColumn(trace: Tables, name: string, metric: MetricText): Promise<Map<string, number>> {
  const numbers = await epochNumbers(trace, name, metric);
  return new Map(
    Array.from(numbers, ([comparison, list]) => [
      comparison,
      list.length === 0 ? NaN : overEpochs(metric.epochs, list),
    ]),
  );
}

/** The numbers of the rows of one epoch. */
interface RowNumbers {
  readonly list: number[];
  /** Of the second column. */
  readonly others: number[];
}

/** The number of every epoch that has rows, ascending, by comparison. */
async function epochNumbers(
  trace: Tables,
  name: string,
  metric: MetricText,
): Promise<Map<string, EpochNumbers>> {
  const { table, column, other } = sourceOf(name, metric);
  const { of } = metric;
  const batch = await trace.read(table, [
    "comparison",
    "epoch",
    column,
    ...(other === null || other === column ? [] : [other]),
    ...(of === undefined ? [] : ["hotkey"]),
  ]);
  const wanted = of === undefined ? () => true : memberTest(name, batch, of);
  const comparisons = batch.labels("comparison");
  const epochs = batch.column("epoch");
  const positions = batch.column("comparison");
  const array = batch.column(column);
  const otherArray = other === null ? null : batch.column(other);
  const rows = new Map<string, Map<number, RowNumbers>>();
  for (let row = 0; row < batch.rows; row++) {
    if (!wanted(row)) continue;
    const comparison = comparisons[Number(positions[row])] ?? "";
    const byEpoch = rows.get(comparison) ?? new Map<number, RowNumbers>();
    rows.set(comparison, byEpoch);
    const epoch = Number(epochs[row]);
    const numbers = byEpoch.get(epoch) ?? { list: [], others: [] };
    byEpoch.set(epoch, numbers);
    numbers.list.push(Number(array[row]));
    if (otherArray !== null) numbers.others.push(Number(otherArray[row]));
  }
  const ofRows = rowsToNumber(metric.rows);
  return new Map(
    comparisons.map((comparison) => {
      const byEpoch = rows.get(comparison) ?? new Map<number, RowNumbers>();
      const ordered = [...byEpoch]
        .sort(([a], [b]) => a - b)
        .map(([epoch, { list, others }]) => [epoch, ofRows(list, others)] as const);
      return [comparison, ordered];
    }),
  );
}

/** Per label whether it is that neuron, or one of the group of that name: `miner` has `miner-0`, `miner-1`. */
function members(name: string, hotkeys: readonly string[], of: string): boolean[] {
  const isMember: boolean[] = [];
  for (const hotkey of hotkeys)
    isMember.push(
      hotkey === of || (hotkey.startsWith(`${of}-`) && /^\d+$/.test(hotkey.slice(of.length + 1))),
    );
  if (!isMember.includes(true))
    throw new InputError(`metric ${name}: of: ${of} is no neuron and no group${didYouMean(of, hotkeys)}`);
  return isMember;
}

/** Whether a row is about neurons of that name. */
function memberTest(name: string, batch: TraceBatch, of: string): (row: number) => boolean {
  const isMember = members(name, batch.labels("hotkey"), of);
  const positions = batch.column("hotkey");
  return (row) => isMember[Number(positions[row])] ?? false;
}

/** One number of those of all epochs; NaN for a first epoch that is not among them. */
function overEpochs(how: MetricText["epochs"], numbers: EpochNumbers): number {
  if (typeof how === "number") return numbers.find(([epoch]) => epoch === how)?.[1] ?? NaN;
  if (typeof how === "string") return EPOCH_STATISTICS[how](numbers.map(([, value]) => value));
  const isThere = (value: number): boolean =>
    "first_above" in how ? value > how.first_above : value < how.first_below;
  return numbers.find(([, value]) => isThere(value))?.[0] ?? NaN;
}

/** Part of the steps from one epoch to the next in which the number changes; NaN where there is no step. */
const changes = (values: readonly number[]): number =>
  values.slice(1).filter((value, step) => value !== values[step]).length / (values.length - 1);

const EPOCH_STATISTICS: Readonly<
  Record<Extract<MetricText["epochs"], string>, (values: readonly number[]) => number>
> = {
  last: (values) => values.at(-1) ?? NaN,
  first: (values) => values[0] ?? NaN,
  sum: total,
  mean,
  min: least,
  max: greatest,
  changes,
};
