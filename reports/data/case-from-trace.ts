import { InputError } from "../../sim/errors.ts";
import type { Trace, TraceBatch } from "../../sim/trace/index.ts";
import { displayText } from "../text/labels.ts";
import type { CaseRun, FormulaRun } from "./case-run.ts";

/** More lines than this cannot be told apart in a small plot. */
const MOST_LINES = 6;

const TWO_32 = 4_294_967_296;

/** Half of an emission goes to validators. */
const VALIDATOR_PART = 0.5;

/**
 * A run of few neurons as a case, its comparisons as formulas. Validators are the neurons that set weights, servers those
 * that are weighed.
 * @throws InputError for a run that is no case: one without epochs, or with too many neurons to be looked at one by one
 */
export async function caseFromTrace(trace: Trace): Promise<CaseRun> {
  const { manifest, directory } = trace;
  const [subnets, neurons, weights, bonds] = await Promise.all(
    ["subnets", "neurons", "weights", "bonds"].map((table) => trace.read(table)),
  );
  if (manifest === null || subnets!.rows === 0)
    throw new InputError(`${directory}: the report of cases needs a run that ended, with epochs`);
  const shape = shapeOf(directory, neurons!, weights!, manifest.completedEpochs);
  const first = manifest.comparisons[0]!;
  const stakes = stakesOf(shape, subnets!, neurons!, first);
  return {
    id: manifest.name,
    title: manifest.title,
    description: manifest.description,
    epochs: shape.epochs,
    validators: shape.validators.map((uid) => shape.names[uid]!),
    servers: shape.servers.map((uid) => shape.names[uid]!),
    base: 0,
    stakes,
    weights: weightsOf(shape, weights!, first),
    validatorEmission: (VALIDATOR_PART * Number(subnets!.column("emission")[0])) / 1e9,
    formulas: manifest.comparisons.map((name) => formulaOf(shape, name, neurons!, bonds!)),
  };
}

interface Shape {
  readonly epochs: number;
  readonly validators: readonly number[];
  readonly servers: readonly number[];
  /** By uid. */
  readonly names: readonly string[];
}

function shapeOf(directory: string, neurons: TraceBatch, weights: TraceBatch, epochs: number): Shape {
  const validators = ascending(weights.column("validator_uid"));
  const servers = ascending(weights.column("miner_uid"));
  if (validators.length > MOST_LINES || servers.length > MOST_LINES || validators.length === 0)
    throw new InputError(
      `${directory}: the report of cases shows 1 to ${MOST_LINES} validators and servers one by one; this run has ${validators.length} and ${servers.length}: try --template consensus`,
    );
  const labels = neurons.labels("hotkey");
  const [uids, hotkeys] = [neurons.column("uid"), neurons.column("hotkey")];
  const names: string[] = [];
  for (let row = 0; row < neurons.rows; row++)
    names[Number(uids[row])] ??= displayText(labels[Number(hotkeys[row])]!, 30);
  return { epochs, validators, servers, names };
}

const ascending = (values: Iterable<number | bigint> | ArrayLike<number | bigint>): number[] =>
  [...new Set(Array.from(values as ArrayLike<number | bigint>, Number))].sort((a, b) => a - b);

/** Calls `visit` for every row of a comparison. */
function forRows(batch: TraceBatch, comparison: string, visit: (row: number, epoch: number) => void): void {
  const labels = batch.labels("comparison");
  const [names, epochs] = [batch.column("comparison"), batch.column("epoch")];
  for (let row = 0; row < batch.rows; row++)
    if (labels[Number(names[row])] === comparison) visit(row, Number(epochs[row]));
}

/** Combined stake, tokens. */
function stakesOf(
  { epochs, validators }: Shape,
  subnets: TraceBatch,
  neurons: TraceBatch,
  comparison: string,
): Float64Array {
  const [alphaSums, taoSums, totals] = [
    new Float64Array(epochs),
    new Float64Array(epochs),
    new Float64Array(epochs),
  ];
  const [alpha, tao, uid] = [
    neurons.column("alpha_stake"),
    neurons.column("tao_stake"),
    neurons.column("uid"),
  ];
  forRows(neurons, comparison, (row, epoch) => {
    alphaSums[epoch]! += Number(alpha[row]);
    taoSums[epoch]! += Number(tao[row]);
  });
  const stake = subnets.column("stake");
  forRows(subnets, comparison, (row, epoch) => {
    totals[epoch] = Number(stake[row]);
  });
  const place = new Map(validators.map((one, i) => [one, i]));
  const stakes = new Float64Array(epochs * validators.length);
  forRows(neurons, comparison, (row, epoch) => {
    const i = place.get(Number(uid[row]));
    if (i === undefined) return;
    // The table of subnets holds alpha + TAO x TAO weight, so the weight itself follows from it.
    const weight = taoSums[epoch]! > 0 ? (totals[epoch]! - alphaSums[epoch]!) / taoSums[epoch]! : 0;
    stakes[epoch * validators.length + i] = (Number(alpha[row]) + weight * Number(tao[row])) / 1e9;
  });
  return stakes;
}

/** Rows stay in force until they are set again, so what an epoch does not list is as before. */
function weightsOf(
  { epochs, validators, servers }: Shape,
  weights: TraceBatch,
  comparison: string,
): Float64Array {
  const pairs = validators.length * servers.length;
  const values = new Float64Array(epochs * pairs).fill(Number.NaN);
  const [from, to, ratio] = [
    weights.column("validator_uid"),
    weights.column("miner_uid"),
    weights.column("weight_ratio"),
  ];
  const listed = new Map<number, Float64Array>();
  forRows(weights, comparison, (row, epoch) => {
    const now = listed.get(epoch) ?? new Float64Array(pairs).fill(Number.NaN);
    listed.set(epoch, now);
    const i = validators.indexOf(Number(from[row]));
    // A validator with a row gives nothing to whom it does not name.
    for (let j = 0; j < servers.length; j++)
      if (Number.isNaN(now[i * servers.length + j])) now[i * servers.length + j] = 0;
    now[i * servers.length + servers.indexOf(Number(to[row]))] = Number(ratio[row]);
  });
  let inForce = new Float64Array(pairs).fill(Number.NaN);
  for (let epoch = 0; epoch < epochs; epoch++) {
    inForce = (listed.get(epoch) as Float64Array<ArrayBuffer> | undefined) ?? inForce;
    values.set(inForce, epoch * pairs);
  }
  return values;
}

function formulaOf(
  { epochs, validators, servers }: Shape,
  name: string,
  neurons: TraceBatch,
  bonds: TraceBatch,
): FormulaRun {
  const [rows, columns] = [
    new Map(validators.map((uid, i) => [uid, i])),
    new Map(servers.map((uid, j) => [uid, j])),
  ];
  const dividends = new Float64Array(epochs * validators.length);
  const incentives = new Float64Array(epochs * servers.length);
  const [uid, dividendsRaw, incentiveRaw] = [
    neurons.column("uid"),
    neurons.column("dividends_raw"),
    neurons.column("incentive_raw"),
  ];
  forRows(neurons, name, (row, epoch) => {
    const [i, j] = [rows.get(Number(uid[row])), columns.get(Number(uid[row]))];
    if (i !== undefined) dividends[epoch * validators.length + i] = Number(dividendsRaw[row]) / TWO_32;
    if (j !== undefined) incentives[epoch * servers.length + j] = Number(incentiveRaw[row]) / TWO_32;
  });
  const levels = new Float64Array(epochs * validators.length * servers.length);
  const [from, to, ratio] = [
    bonds.column("validator_uid"),
    bonds.column("miner_uid"),
    bonds.column("bond_ratio"),
  ];
  forRows(bonds, name, (row, epoch) => {
    const [i, j] = [rows.get(Number(from[row])), columns.get(Number(to[row]))];
    if (i !== undefined && j !== undefined)
      levels[(epoch * validators.length + i) * servers.length + j] = Number(ratio[row]);
  });
  return { name, dividends, incentives, bonds: levels };
}
