import { InputError } from "../../sim/errors.ts";
import {
  openTrace,
  type RunEnvironment,
  type RunManifest,
  type Trace,
  type TraceBatch,
} from "../../sim/trace/index.ts";
import { displayText } from "../text/labels.ts";
import type { NeuronMatrix, SubnetRun } from "./subnet-run.ts";
import { type NeuronColumns, SubnetAccumulator } from "./subnet-accumulator.ts";

/** Everything that a report reads of one run directory. */
export interface ReportRun {
  /** `null` when the run did not end. */
  readonly manifest: RunManifest | null;
  readonly environment: RunEnvironment | null;
  /** In the order of the scenario's `compare:`, then by netuid. */
  readonly subnets: readonly SubnetRun[];
}

/**
 * Reads the tables of a run, batch by batch.
 *
 * @param directory a run directory.
 * @param runLabel put before the names of its comparisons, for reports over several runs; `null` for one.
 * @throws InputError when the directory is no run or holds no epoch.
 */
export async function readReportRun(directory: string, runLabel: string | null = null): Promise<ReportRun> {
  const run = await readRunOf(await openTrace(directory), runLabel);
  if (run.subnets.length === 0)
    throw new InputError(`${directory}: no epoch in this run, so there is nothing to report`);
  return run;
}

/** The same of a run that is open; it may have no epochs. */
export async function readRunOf(trace: Trace, runLabel: string | null): Promise<ReportRun> {
  const subnets = trace.has("subnets") ? await readSubnets(trace, runLabel) : [];
  return { manifest: trace.manifest, environment: trace.environment, subnets };
}

async function readSubnets(trace: Trace, runLabel: string | null): Promise<SubnetRun[]> {
  const subnets = new Map<string, SubnetAccumulator>();
  for await (const batch of trace.batches("subnets")) {
    const column = columnsOf(batch);
    const [n, block] = [column.numbers("n"), column.bigints("block")];
    const [emission, stake] = [column.bigints("emission"), column.bigints("stake")];
    for (const { key, from, to, comparison, netuid, epoch } of spansOf(batch)) {
      for (let row = from; row < to; row++) {
        let subnet = subnets.get(key);
        if (subnet === undefined) {
          subnet = new SubnetAccumulator(comparison, netuid);
          subnets.set(key, subnet);
        }
        subnet.addEpoch(epoch, n[row]!, block[row]!, emission[row]!, stake[row]!);
      }
    }
  }
  for await (const batch of trace.batches("neurons")) addNeurons(batch, subnets);
  const bonds = await lastMatrix(
    trace,
    "bonds",
    "bond",
    (key, epoch) => subnets.get(key)?.lastEpoch === epoch,
  );
  const weights = await lastMatrix(trace, "weights", "weight", () => true);
  const several = new Set([...subnets.values()].map((subnet) => subnet.netuid)).size > 1;
  const begun = [...subnets].filter(([, subnet]) => subnet.hasNeurons);
  return begun.map(([key, subnet]) => {
    const name = displayText(subnet.comparison, 40);
    const label = [
      ...(runLabel === null ? [] : [runLabel]),
      name,
      ...(several ? [`subnet ${subnet.netuid}`] : []),
    ];
    return subnet.finish({
      label: label.join(" / "),
      bonds: bonds.get(key)?.matrix() ?? NO_ENTRIES,
      weights: weights.get(key)?.matrix() ?? NO_ENTRIES,
    });
  });
}

function addNeurons(batch: TraceBatch, subnets: ReadonlyMap<string, SubnetAccumulator>): void {
  const column = columnsOf(batch);
  const hotkeys = batch.labels("hotkey");
  const [uid, hotkey] = [column.numbers("uid"), column.numbers("hotkey")];
  const columns: NeuronColumns = {
    alphaStake: column.bigints("alpha_stake"),
    taoStake: column.bigints("tao_stake"),
    stakeWeight: column.numbers("stake_weight"),
    consensusRaw: column.bigints("consensus_raw"),
    incentiveRaw: column.bigints("incentive_raw"),
    dividendsRaw: column.bigints("dividends_raw"),
    validatorTrustRaw: column.bigints("validator_trust_raw"),
    active: column.numbers("active"),
    permit: column.numbers("validator_permit"),
    serverEmission: column.bigints("server_emission"),
    validatorEmission: column.bigints("validator_emission"),
  };
  for (const { key, from, to, epoch } of spansOf(batch)) {
    // A run that was cut off may have neurons of an epoch that `subnets` does not hold yet.
    const subnet = subnets.get(key);
    if (subnet === undefined || epoch > subnet.lastEpoch) continue;
    for (let row = from; row < to; row++) {
      subnet.addNeuron(epoch, uid[row]!, hotkeys[hotkey[row]!]!, columns, row);
    }
  }
}

/** Collects the entries of the latest epoch that a table holds for a subnet. */
class LatestEntries {
  #epoch = -1;
  #rows: number[] = [];
  #columns: number[] = [];
  #values: number[] = [];

  add(epoch: number, row: number, column: number, value: number): void {
    if (epoch !== this.#epoch) {
      this.#epoch = epoch;
      this.#rows = [];
      this.#columns = [];
      this.#values = [];
    }
    this.#rows.push(row);
    this.#columns.push(column);
    this.#values.push(value);
  }

  matrix(): NeuronMatrix {
    return {
      rows: Uint16Array.from(this.#rows),
      columns: Uint16Array.from(this.#columns),
      values: Uint16Array.from(this.#values),
    };
  }
}

const NO_ENTRIES: NeuronMatrix = {
  rows: new Uint16Array(0),
  columns: new Uint16Array(0),
  values: new Uint16Array(0),
};

async function lastMatrix(
  trace: Trace,
  table: string,
  valueColumn: string,
  wanted: (key: string, epoch: number) => boolean,
): Promise<Map<string, LatestEntries>> {
  const entries = new Map<string, LatestEntries>();
  if (!trace.has(table)) return entries;
  for await (const batch of trace.batches(table)) {
    const column = columnsOf(batch);
    const [validator, miner] = [column.numbers("validator_uid"), column.numbers("miner_uid")];
    const value = column.numbers(valueColumn);
    for (const { key, from, to, epoch } of spansOf(batch)) {
      if (!wanted(key, epoch)) continue;
      let found = entries.get(key);
      if (found === undefined) {
        found = new LatestEntries();
        entries.set(key, found);
      }
      for (let row = from; row < to; row++) found.add(epoch, validator[row]!, miner[row]!, value[row]!);
    }
  }
  return entries;
}

/** Rows `from` to before `to` of a batch, which belong to one epoch of one subnet. */
interface Span {
  readonly from: number;
  readonly to: number;
  /** Tells the subnets of a run apart. */
  readonly key: string;
  readonly comparison: string;
  readonly netuid: number;
  readonly epoch: number;
}

/** The rows of a batch by the keys with which every row of every table starts: rows of a subnet's epoch stand together. */
function* spansOf(batch: TraceBatch): Generator<Span> {
  const column = columnsOf(batch);
  const labels = batch.labels("comparison");
  const [comparison, netuid, epoch] = [
    column.numbers("comparison"),
    column.numbers("netuid"),
    column.numbers("epoch"),
  ];
  for (let from = 0, to = 0; from < batch.rows; from = to) {
    while (
      to < batch.rows &&
      epoch[to] === epoch[from] &&
      comparison[to] === comparison[from] &&
      netuid[to] === netuid[from]
    ) {
      to++;
    }
    const name = labels[comparison[from]!]!;
    const subnet = netuid[from]!;
    yield {
      from,
      to,
      key: JSON.stringify([name, subnet]),
      comparison: name,
      netuid: subnet,
      epoch: epoch[from]!,
    };
  }
}

/** Columns with the type that the trace schema gives them. */
function columnsOf(batch: TraceBatch) {
  return {
    numbers: (name: string) => batch.column(name) as ArrayLike<number>,
    bigints: (name: string) => batch.column(name) as ArrayLike<bigint>,
  };
}
