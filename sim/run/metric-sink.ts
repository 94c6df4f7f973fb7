/** Metrics that are taken while a run goes on, so that nothing of its trace has to be kept. */
import type { MetricText } from "../scenario/index.ts";
import type { RowValues, TraceOptions, TraceSink } from "../trace/index.ts";
import { metricReading, type MetricReading, type MetricValues } from "./trace-metrics.ts";

/** A metric and its numbers of the epochs so far, by the position of the comparison. */
interface Measured extends MetricReading {
  readonly byComparison: Map<number, (readonly [epoch: number, value: number])[]>;
  /** The rows that count, by the labels of the table's rows: those of a comparison are the same in all epochs. */
  readonly members: { readonly hotkeys: object; readonly rows: readonly number[] }[];
  /** Whether the table had any row at all, as one on disk has. */
  hasRows: boolean;
}

/** Tables to which every epoch adds rows. */
const EVERY_EPOCH: ReadonlySet<string> = new Set(["subnets", "neurons"]);

/** Takes the rows of a run and keeps a number per metric and epoch; the values are those that its trace would give. */
export class MetricSink implements TraceSink {
  readonly #epochs: number;
  readonly #metrics: readonly Measured[];

  /**
   * @param epochs of the run
   * @throws InputError for a name that is no metric, or neurons that are not there
   */
  constructor(
    definitions: Readonly<Record<string, MetricText>>,
    names: readonly string[],
    labels: TraceOptions["labels"],
    epochs: number,
  ) {
    this.#epochs = epochs;
    this.#metrics = Array.from(names, (name) => ({
      ...metricReading(definitions, name, labels["hotkey"] ?? []),
      byComparison: new Map(),
      members: [],
      hasRows: false,
    }));
  }

  wants(table: string, epoch: number): boolean {
    // The first rows say that there are any.
    const isSeldom = EVERY_EPOCH.has(table) && epoch > 0;
    return this.#metrics.some(
      (metric) => metric.table === table && (!isSeldom || this.#counts(metric, epoch)),
    );
  }

  append(table: string, rows: number, values: RowValues): void {
    if (rows === 0) return;
    const epoch = Number(values["epoch"]);
    for (const metric of this.#metrics) {
      if (metric.table !== table) continue;
      metric.hasRows = true;
      if (!this.#counts(metric, epoch)) continue;
      const wanted = this.#rowsOf(metric, values["hotkey"]);
      const count = wanted?.length ?? rows;
      if (count === 0) continue;
      const numbersOf = (name: string): number[] => {
        const column = values[name];
        if (column === undefined) throw new Error(`table ${table}: no values for ${name}`);
        return Array.from({ length: count }, (_, k) =>
          Number(typeof column === "object" ? column[wanted?.[k] ?? k] : column),
        );
      };
      const others = metric.other === null ? [] : numbersOf(metric.other);
      const number = metric.ofRows(numbersOf(metric.column), others);
      this.#listOf(metric, Number(values["comparison"])).push([epoch, number]);
    }
  }

  async endEpoch(): Promise<void> {}

  /** By comparison and metric; NaN where no row was about a metric. */
  values(comparisons: readonly string[]): MetricValues {
    return Object.fromEntries(
      Array.from(comparisons, (comparison, position) => [
        comparison,
        Object.fromEntries(
          this.#metrics.flatMap(({ name, byComparison, hasRows, ofEpochs }) => {
            const list = byComparison.get(position);
            return hasRows ? [[name, list === undefined ? NaN : ofEpochs(list)]] : [];
          }),
        ),
      ]),
    );
  }

  /** Whether rows of an epoch decide a metric. Those of the last one may be all, in a table that has some of it. */
  #counts({ table, onlyEpoch }: Measured, epoch: number): boolean {
    if (onlyEpoch === null || (onlyEpoch === "last" && !EVERY_EPOCH.has(table))) return true;
    return epoch === (onlyEpoch === "last" ? this.#epochs - 1 : onlyEpoch);
  }

  #listOf({ byComparison }: Measured, comparison: number): (readonly [epoch: number, value: number])[] {
    const known = byComparison.get(comparison);
    if (known !== undefined) return known;
    const list: (readonly [epoch: number, value: number])[] = [];
    byComparison.set(comparison, list);
    return list;
  }

  /** The rows that a metric is about; undefined = all. */
  #rowsOf(metric: Measured, hotkeys: RowValues[string] | undefined): readonly number[] | undefined {
    const { name, isMember, members } = metric;
    if (isMember === null) return undefined;
    if (typeof hotkeys !== "object") throw new Error(`metric ${name}: the rows have no neurons`);
    for (const known of members) if (known.hotkeys === hotkeys) return known.rows;
    const rows: number[] = [];
    for (let row = 0; row < hotkeys.length; row++)
      if (isMember[Number(hotkeys[row])] === true) rows.push(row);
    members.push({ hotkeys, rows });
    return rows;
  }
}
