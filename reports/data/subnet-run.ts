/**
 * What the charts of one subnet need from a trace: a few dense columns over epochs, sums over the run, and the state
 * after the last epoch. Built once from the trace tables, batch by batch, and read by all charts.
 */

/** Non-zero entries of a matrix of neurons: entry k is (`rows[k]`, `columns[k]`) = `values[k]`. */
export interface NeuronMatrix {
  /** Uid of the validator. */
  readonly rows: Uint16Array;
  /** Uid of the miner. */
  readonly columns: Uint16Array;
  /** As the chain stores them: u16. */
  readonly values: Uint16Array;
}

/** One subnet under one set of overrides of one run. Arrays without another note hold one value per uid. */
export interface SubnetRun {
  /** Name that charts use for it; unique in a report. */
  readonly label: string;
  readonly netuid: number;
  /** Number of neurons. */
  readonly n: number;
  readonly hotkeys: readonly string[];
  /** Epoch numbers, ascending. */
  readonly epochs: readonly number[];
  /** Block of every epoch. */
  readonly blocks: readonly bigint[];
  /** I32F32 bits, `[index of epoch * n + uid]`. */
  readonly incentive: BigInt64Array;
  /** I32F32 bits, `[index of epoch * n + uid]`. */
  readonly dividends: BigInt64Array;
  /** Rao distributed by every epoch. */
  readonly emissionByEpoch: readonly bigint[];
  /** Rao over the whole run, for incentive. */
  readonly serverEmission: BigUint64Array;
  /** Rao over the whole run, for dividends. */
  readonly validatorEmission: BigUint64Array;
  /** Sum over epochs of (rao for dividends / rao of combined stake at that epoch). */
  readonly dividendYield: Float64Array;
  /** After the last epoch. */
  readonly last: {
    /** Rao. */
    readonly alphaStake: BigUint64Array;
    /** Rao. */
    readonly taoStake: BigUint64Array;
    /** Rao: alpha stake + TAO stake x TAO weight, rounded down. */
    readonly stake: BigUint64Array;
    /** u16 proportion. */
    readonly stakeWeight: Uint16Array;
    /** I32F32 bits. */
    readonly consensus: BigInt64Array;
    /** I32F32 bits. */
    readonly validatorTrust: BigInt64Array;
    /** 0 or 1. */
    readonly permit: Uint8Array;
    /** 0 or 1. */
    readonly active: Uint8Array;
    readonly bonds: NeuronMatrix;
    /** Rows in force at the last epoch. */
    readonly weights: NeuronMatrix;
  };
}

const I32F32_ONE = 2 ** 32;

/** I32F32 bits as a number. */
export function ratioOfBits(bits: bigint): number {
  return Number(bits) / I32F32_ONE;
}

/** The values of one epoch of an epoch-major column, one per uid. */
export function atEpoch(subnet: SubnetRun, column: BigInt64Array, epochIndex: number): BigInt64Array {
  return column.subarray(epochIndex * subnet.n, (epochIndex + 1) * subnet.n);
}

/** Index of the last epoch. */
export function lastEpochIndex(subnet: SubnetRun): number {
  return subnet.epochs.length - 1;
}

/** Uids with a validator permit after the last epoch and stake weight, largest combined stake first. */
export function validatorUids(subnet: SubnetRun): number[] {
  const { permit, stake, stakeWeight } = subnet.last;
  const validators = uidsWhere(
    subnet,
    (uid) => permit[uid] === 1 && (stakeWeight[uid]! > 0 || stake[uid]! > 0n),
  );
  return validators.sort((a, b) => compareDescending(stake[a]!, stake[b]!) || a - b);
}

function compareDescending(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a > b ? -1 : 1;
}

/** Uids that compete for incentive: those without a permit after the last epoch, and those with incentive in the run. */
export function minerUids(subnet: SubnetRun): number[] {
  const validators = new Set(validatorUids(subnet));
  return uidsWhere(subnet, (uid) => !validators.has(uid) || subnet.serverEmission[uid]! > 0n);
}

/** The amounts of the given uids, in their order. */
export function pick(column: BigInt64Array | BigUint64Array, uids: readonly number[]): bigint[] {
  return uids.map((uid) => column[uid]!);
}

function uidsWhere(subnet: SubnetRun, test: (uid: number) => boolean): number[] {
  const uids: number[] = [];
  for (let uid = 0; uid < subnet.n; uid++) if (test(uid)) uids.push(uid);
  return uids;
}
