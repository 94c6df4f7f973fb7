/** What the tables of a trace hold of one epoch; columns as sim/trace/tables.ts defines them. */
import type { EpochInput, EpochOutput, SparseRows } from "../../kernels/epoch.ts";
import type { VariantOutput } from "../../kernels/variants/subnet/kernel.ts";
import type { ColumnValues, RowValues } from "../trace/index.ts";
import { rowRange } from "./sparse-rows.ts";

/** Some rows of one table. */
export interface TableRows {
  readonly rows: number;
  readonly values: RowValues;
}

/** The columns that every table starts with: the same value in all rows of an epoch. */
export interface EpochKeys {
  /** Position of the comparison in the scenario. */
  readonly comparison: number;
  readonly epoch: number;
  readonly block: bigint;
  readonly netuid: number;
}

const U16_MAX = 65535;
const U64_MAX = 0xffff_ffff_ffff_ffffn;

function total(amounts: BigUint64Array): bigint {
  let sum = 0n;
  for (const amount of amounts) sum += amount;
  return sum;
}

/** The key columns as values of a table. */
function keyColumns(keys: EpochKeys): RowValues {
  return { comparison: keys.comparison, epoch: keys.epoch, block: keys.block, netuid: keys.netuid };
}

/** Alpha stake plus TAO stake times the TAO weight, whose product the chain takes with 32 fraction bits. */
function combinedStake({ taoWeight, alphaStake, taoStake }: EpochInput): bigint {
  const taoWeightRaw = (taoWeight << 32n) / U64_MAX;
  const stake = total(alphaStake) + ((total(taoStake) * taoWeightRaw) >> 32n);
  return stake > U64_MAX ? U64_MAX : stake;
}

/** The row of `subnets`. */
export function subnetRow(keys: EpochKeys, input: EpochInput, output: EpochOutput): TableRows {
  const { newValidatorPermit, active } = output;
  let activeValidators = 0;
  let validatorPermits = 0;
  for (let uid = 0; uid < input.n; uid++) {
    if (newValidatorPermit[uid] === 0) continue;
    validatorPermits++;
    const hasStake = input.alphaStake[uid] !== 0n || input.taoStake[uid] !== 0n;
    if (active[uid] !== 0 && hasStake) activeValidators++;
  }
  return {
    rows: 1,
    values: {
      ...keyColumns(keys),
      n: input.n,
      emission: total(output.emission),
      server_emission: total(output.serverEmission),
      validator_emission: total(output.validatorEmission),
      stake: combinedStake(input),
      active_validators: activeValidators,
      validator_permits: validatorPermits,
      weights_entries: input.weights.uids.length,
      bonds_entries: output.bonds.uids.length,
    },
  };
}

/** Of which epoch the rows of neurons are. */
export interface NeuronsNow {
  readonly keys: EpochKeys;
  readonly stakes: Pick<EpochInput, "alphaStake" | "taoStake">;
  readonly output: EpochOutput;
}

/**
 * The rows of `neurons`, one per uid, as `now` has them when they are read: a subnet makes them once. What has to be
 * computed or copied is so when it is asked for, since a metric needs a column or two.
 * @param hotkeys position of each uid's label
 */
export function neuronRows(hotkeys: Int32Array, now: () => NeuronsNow): TableRows {
  return { rows: hotkeys.length, values: new NeuronColumns(hotkeys, now) };
}

/** A class, and no object of getters: each of those would have a shape of its own, which takes long to collect. */
class NeuronColumns implements RowValues {
  readonly [column: string]: ColumnValues;
  readonly hotkey: Int32Array;
  readonly #now: () => NeuronsNow;

  constructor(hotkeys: Int32Array, now: () => NeuronsNow) {
    this.hotkey = hotkeys;
    this.#now = now;
  }

  get comparison(): ColumnValues {
    return this.#now().keys.comparison;
  }
  get epoch(): ColumnValues {
    return this.#now().keys.epoch;
  }
  get block(): ColumnValues {
    return this.#now().keys.block;
  }
  get netuid(): ColumnValues {
    return this.#now().keys.netuid;
  }
  get uid(): ColumnValues {
    return Uint16Array.from(this.hotkey, (_, uid) => uid);
  }
  get alpha_stake(): ColumnValues {
    return this.#now().stakes.alphaStake;
  }
  get tao_stake(): ColumnValues {
    return this.#now().stakes.taoStake;
  }
  get stake_weight(): ColumnValues {
    return this.#now().output.stakeWeight;
  }
  get stake_weight_ratio(): ColumnValues {
    return ratios(this.#now().output.stakeWeight);
  }
  get consensus(): ColumnValues {
    return this.#now().output.consensus;
  }
  get consensus_ratio(): ColumnValues {
    return ratios(this.#now().output.consensus);
  }
  get consensus_raw(): ColumnValues {
    return this.#now().output.consensusRaw;
  }
  get incentive(): ColumnValues {
    return this.#now().output.incentive;
  }
  get incentive_ratio(): ColumnValues {
    return ratios(this.#now().output.incentive);
  }
  get incentive_raw(): ColumnValues {
    return this.#now().output.incentiveRaw;
  }
  get dividends(): ColumnValues {
    return this.#now().output.dividends;
  }
  get dividends_ratio(): ColumnValues {
    return ratios(this.#now().output.dividends);
  }
  get dividends_raw(): ColumnValues {
    return this.#now().output.dividendsRaw;
  }
  get validator_trust(): ColumnValues {
    return this.#now().output.validatorTrust;
  }
  get validator_trust_ratio(): ColumnValues {
    return ratios(this.#now().output.validatorTrust);
  }
  get validator_trust_raw(): ColumnValues {
    return this.#now().output.validatorTrustRaw;
  }
  get active(): ColumnValues {
    return this.#now().output.active;
  }
  get validator_permit(): ColumnValues {
    return this.#now().output.newValidatorPermit;
  }
  get server_emission(): ColumnValues {
    return this.#now().output.serverEmission;
  }
  get validator_emission(): ColumnValues {
    return this.#now().output.validatorEmission;
  }
  get emission(): ColumnValues {
    return this.#now().output.emission;
  }
}

function ratios(values: Uint16Array): Float64Array {
  const shares = new Float64Array(values.length);
  for (let k = 0; k < shares.length; k++) shares[k] = (values[k] ?? 0) / U16_MAX;
  return shares;
}

/** The rows of `bonds`: the stored entries above zero, in their stored order. A variant's have a ratio of their own. */
export function bondRows(keys: EpochKeys, output: EpochOutput | VariantOutput): TableRows {
  const { bonds } = output;
  const levels = "bondLevels" in output ? output.bondLevels : undefined;
  const isKept = (k: number): boolean => (levels?.[k] ?? bonds.values[k] ?? 0) > 0;
  let rows = 0;
  for (let k = 0; k < bonds.values.length; k++) if (isKept(k)) rows++;
  const validatorUid = new Uint16Array(rows);
  const minerUid = new Uint16Array(rows);
  const bond = new Uint16Array(rows);
  const ratio = new Float64Array(rows);
  let at = 0;
  forEachEntry(bonds, (uid, k) => {
    if (!isKept(k)) return;
    validatorUid[at] = uid;
    minerUid[at] = bonds.uids[k] ?? 0;
    bond[at] = bonds.values[k] ?? 0;
    ratio[at] = levels?.[k] ?? (bond[at] ?? 0) / U16_MAX;
    at++;
  });
  return {
    rows,
    values: {
      ...keyColumns(keys),
      validator_uid: validatorUid,
      miner_uid: minerUid,
      bond,
      bond_ratio: ratio,
    },
  };
}

/**
 * The rows of `weights`: all stored entries, in their stored order.
 * @param submitted the weights before they were rounded, where a variant reads those
 */
export function weightRows(
  keys: EpochKeys,
  weights: SparseRows,
  submitted: ArrayLike<number> = weights.values,
): TableRows {
  const rows = weights.uids.length;
  const validatorUid = new Uint16Array(rows);
  const ratio = new Float64Array(rows);
  const sums = rowSums(weights, submitted);
  forEachEntry(weights, (uid, k) => {
    validatorUid[k] = uid;
    ratio[k] = sums[uid] === 0 ? 0 : (submitted[k] ?? 0) / (sums[uid] ?? 0);
  });
  return {
    rows,
    values: {
      ...keyColumns(keys),
      validator_uid: validatorUid,
      miner_uid: weights.uids,
      weight: weights.values,
      weight_ratio: ratio,
    },
  };
}

function rowSums(rows: SparseRows, values: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(rows.offsets.length - 1);
  forEachEntry(rows, (uid, k) => {
    sums[uid] = (sums[uid] ?? 0) + (values[k] ?? 0);
  });
  return sums;
}

/** Visits the entries in stored order. @param visit takes the uid of the row and the position of the entry */
function forEachEntry(rows: SparseRows, visit: (uid: number, position: number) => void): void {
  for (let uid = 0; uid + 1 < rows.offsets.length; uid++) {
    const [start, end] = rowRange(rows, uid);
    for (let k = start; k < end; k++) visit(uid, k);
  }
}
