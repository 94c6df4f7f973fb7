/** Numbers that are read from the trace of a run. */
import { InputError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import type { MetricText } from "../scenario/index.ts";
import type { TableColumns, Trace, TraceBatch } from "../trace/index.ts";
import { tableSchema, TRACE_TABLES } from "../trace/schema.ts";

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

/** Where a metric finds its column. @throws InputError for a column that no table has, or that holds no numbers */
function columnOf(name: string, { column: path, of }: MetricText): { table: string; column: string } {
  const [table = "", column = ""] = path.split(".");
  if (!NUMERIC.includes(path))
    throw new InputError(`metric ${name}: no column ${path} with numbers${didYouMean(path, NUMERIC)}`);
  const hasHotkeys = tableSchema(table).columns.some((one) => one.name === "hotkey");
  if (of !== undefined && !hasHotkeys)
    throw new InputError(`metric ${name}: table ${table} has no neurons to choose from with of: ${of}`);
  return { table, column };
}

/** How a metric comes out of the rows of a trace. */
export interface MetricReading {
  readonly name: string;
  readonly table: string;
  readonly column: string;
  /** By position of a label: whether rows of that neuron count; null = all rows do. */
  readonly isMember: readonly boolean[] | null;
  /** The rows of one epoch as a number. */
  readonly ofRows: Statistic;
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
    ...columnOf(name, definition),
    isMember: of === undefined ? null : members(name, hotkeys, of),
    ofRows: ROW_STATISTICS[definition.rows],
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
    const { table, column } = columnOf(name, definition);
    const columns = kept.get(table) ?? new Set(["comparison", "epoch"]);
    kept.set(table, columns.add(column));
    if (definition.of !== undefined) columns.add("hotkey");
  }
  return kept;
}

/** @throws InputError for a metric whose column no trace of a subnet has */
export function checkMetrics(definitions: Readonly<Record<string, MetricText>>): void {
  for (const [name, definition] of Object.entries(definitions)) columnOf(name, definition);
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

/** The number of every epoch that has rows, ascending, by comparison. */
async function epochNumbers(
  trace: Tables,
  name: string,
  metric: MetricText,
): Promise<Map<string, EpochNumbers>> {
  const { table, column } = columnOf(name, metric);
  const { of } = metric;
  const batch = await trace.read(table, [
    "comparison",
    "epoch",
    column,
    ...(of === undefined ? [] : ["hotkey"]),
  ]);
  const wanted = of === undefined ? () => true : memberTest(name, batch, of);
  const comparisons = batch.labels("comparison");
  const epochs = batch.column("epoch");
  const positions = batch.column("comparison");
  const array = batch.column(column);
  const rows = new Map<string, Map<number, number[]>>();
  for (let row = 0; row < batch.rows; row++) {
    if (!wanted(row)) continue;
    const comparison = comparisons[Number(positions[row])] ?? "";
    const byEpoch = rows.get(comparison) ?? new Map<number, number[]>();
    rows.set(comparison, byEpoch);
    const epoch = Number(epochs[row]);
    const list = byEpoch.get(epoch) ?? [];
    byEpoch.set(epoch, list);
    list.push(Number(array[row]));
  }
  return new Map(
    comparisons.map((comparison) => {
      const byEpoch = rows.get(comparison) ?? new Map<number, number[]>();
      const ordered = [...byEpoch]
        .sort(([a], [b]) => a - b)
        .map(([epoch, list]) => [epoch, ROW_STATISTICS[metric.rows](list)] as const);
      return [comparison, ordered];
    }),
  );
}

/** Per label whether it is that neuron, or one of the group of that name: `miner` has `miner-0`, `miner-1`. */
function members(name: string, hotkeys: readonly string[], of: string): boolean[] {
  const isMember = hotkeys.map(
    (hotkey) => hotkey === of || (hotkey.startsWith(`${of}-`) && /^\d+$/.test(hotkey.slice(of.length + 1))),
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

const total = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0);
const least = (list: readonly number[]): number => list.reduce((a, b) => (b < a ? b : a), Infinity);
const greatest = (list: readonly number[]): number => list.reduce((a, b) => (b > a ? b : a), -Infinity);

/** Mean absolute difference of all pairs over twice the mean; NaN where all are 0. */
function gini(list: readonly number[]): number {
  const sorted = [...list].sort((a, b) => a - b);
  const weighted = sorted.reduce((sum, value, index) => sum + (2 * index + 1 - sorted.length) * value, 0);
  return weighted / (sorted.length * total(sorted));
}

type Statistic = (list: readonly number[]) => number;

const ROW_STATISTICS: Readonly<Record<MetricText["rows"], Statistic>> = {
  sum: total,
  mean: (list) => total(list) / list.length,
  min: least,
  max: greatest,
  count: (list) => list.filter((value) => value !== 0).length,
  gini,
};

/** One number of those of all epochs; NaN for a first epoch that is not among them. */
function overEpochs(how: MetricText["epochs"], numbers: EpochNumbers): number {
  if (typeof how === "number") return numbers.find(([epoch]) => epoch === how)?.[1] ?? NaN;
  if (typeof how === "string") return EPOCH_STATISTICS[how](numbers.map(([, value]) => value));
  const isThere = (value: number): boolean =>
    "first_above" in how ? value > how.first_above : value < how.first_below;
  return numbers.find(([, value]) => isThere(value))?.[0] ?? NaN;
}

const EPOCH_STATISTICS: Readonly<Record<Extract<MetricText["epochs"], string>, Statistic>> = {
  last: (values) => values.at(-1) ?? NaN,
  first: (values) => values[0] ?? NaN,
  sum: total,
  mean: (values) => total(values) / values.length,
  min: least,
  max: greatest,
};
