import type { EpochInput, EpochOutput, SparseRows } from "../epoch.ts";
import type { LaunchResult } from "./pipeline.ts";
import type { Network } from "./network.ts";

/** What a float epoch computes; indexed by uid, ratios unless said otherwise. */
export interface FloatEpochOutput {
  /** Share of all stake above the threshold; exact before it became a double. */
  readonly stakeWeight: Float64Array;
  /** Share of the stake of active validators; exact before it became a double. */
  readonly activeStake: Float64Array;
  readonly consensus: Float64Array;
  readonly incentive: Float64Array;
  readonly dividends: Float64Array;
  readonly validatorTrust: Float64Array;
  /** 0 or 1, exact. */
  readonly active: Uint8Array;
  /** 0 or 1, exact. */
  readonly newValidatorPermit: Uint8Array;
  /** Shares of the epoch's emission. spec/epoch.md 8. */
  readonly serverShare: Float64Array;
  readonly validatorShare: Float64Array;
  readonly combinedShare: Float64Array;
  /** Rows to store as u16, in the order the chain stores them; null where the caller did not ask for them. */
  readonly bonds: SparseRows | null;
}

const RAW_ONE = 4294967296;

/** Takes one network of a launch apart. `epoch` counts within the launch. */
export function readOutput(
  network: Network,
  result: LaunchResult,
  b: number,
  epoch: number,
): FloatEpochOutput {
  const { input, standing, rows } = network;
  const { n } = input;
  const neurons = (values: Float32Array): Float64Array => Float64Array.from(values.subarray(0, n));
  const validators = (values: Float32Array): Float64Array => {
    const spread = new Float64Array(n);
    rows.forEach((uid, i) => (spread[uid] = values[i]!));
    return spread;
  };
  const stakeWeight = Float64Array.from(standing.share, (raw) => Number(raw) / RAW_ONE);
  const activeStake = Float64Array.from(standing.activeStake, (raw) => Number(raw) / RAW_ONE);
  const incentive = neurons(result.incentive[b]!);
  const dividends = validators(result.dividends[epoch]![b]!);
  const everyBonds = result.bonds.length === result.dividends.length;
  const stored = everyBonds ? epoch : epoch === result.dividends.length - 1 ? 0 : -1;
  return {
    stakeWeight,
    activeStake,
    consensus: neurons(result.consensus[b]!),
    incentive,
    dividends,
    validatorTrust: validators(result.trust[b]!),
    active: standing.active,
    newValidatorPermit: standing.newPermit,
    ...emissionShares(incentive, dividends, activeStake, stakeWeight),
    bonds: stored < 0 ? null : bondRows(network, result.bonds[stored]![b]!, result.peaks[b]!),
  };
}

/** spec/epoch.md 8, steps 1 to 3. In doubles on the host: two vectors that were read back anyway. */
function emissionShares(
  incentive: Float64Array,
  dividends: Float64Array,
  activeStake: Float64Array,
  stakeWeight: Float64Array,
): Pick<FloatEpochOutput, "serverShare" | "validatorShare" | "combinedShare"> {
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const total = sum(incentive) + sum(dividends);
  if (total > 0) {
    const serverShare = incentive.map((value) => value / total);
    const validatorShare = dividends.map((value) => value / total);
    return {
      serverShare,
      validatorShare,
      combinedShare: serverShare.map((x, uid) => x + validatorShare[uid]!),
    };
  }
  const validatorShare = sum(activeStake) > 0 ? activeStake : stakeWeight;
  return { serverShare: new Float64Array(incentive.length), validatorShare, combinedShare: validatorShare };
}

/** Rows keep the order of the weights where liquid alpha averaged them, and ascend otherwise. spec/epoch.md 7.6, 9. */
function bondRows(network: Network, entries: readonly Float32Array[], peak: number): SparseRows {
  const { input, rows, unsorted } = network;
  const { n } = input;
  const offsets = new Uint32Array(n + 1);
  const uids = new Uint16Array(rows.length * n);
  const values = new Uint16Array(rows.length * n);
  let size = 0;
  const store = (target: number, entry: number): void => {
    if (entry === 0) return;
    uids[size] = target;
    values[size] = Math.abs(entry) - 1;
    size++;
  };
  let i = 0;
  for (let uid = 0; uid < n; uid++) {
    if (rows[i] === uid) {
      const row = entries[i]!;
      if (unsorted[i] === 1 && peak > 0) {
        const { offsets: starts, uids: order } = input.weights;
        for (let k = starts[uid]!; k < starts[uid + 1]!; k++) {
          if (order[k]! < n) store(order[k]!, row[order[k]!]!);
        }
      } else {
        for (let target = 0; target < n; target++) store(target, row[target]!);
      }
      i++;
    }
    offsets[uid + 1] = size;
  }
  return { offsets, uids: uids.slice(0, size), values: values.slice(0, size) };
}

/** The same numbers in the form of the exact kernel: ratios floored to I32F32 and u16, shares to rao. Approximate as they are. */
export function toEpochOutput(input: EpochInput, output: FloatEpochOutput): EpochOutput {
  const proportions = (ratios: Float64Array): Uint16Array =>
    Uint16Array.from(ratios, (ratio) => Math.min(Math.floor(ratio * 65535), 65535));
  const raw = (ratios: Float64Array): BigInt64Array =>
    BigInt64Array.from(ratios, (ratio) => BigInt(Math.floor(ratio * RAW_ONE)));
  const rao = (shares: Float64Array): BigUint64Array =>
    BigUint64Array.from(shares, (share) => (BigInt(Math.floor(share * RAW_ONE)) * input.raoEmission) >> 32n);
  if (output.bonds === null) throw new Error("this float epoch was run without its bonds");
  return {
    stakeWeight: proportions(output.stakeWeight),
    consensus: proportions(output.consensus),
    incentive: proportions(output.incentive),
    dividends: proportions(output.dividends),
    validatorTrust: proportions(output.validatorTrust),
    active: output.active,
    newValidatorPermit: output.newValidatorPermit,
    serverEmission: rao(output.serverShare),
    validatorEmission: rao(output.validatorShare),
    emission: rao(output.combinedShare),
    bonds: output.bonds,
    consensusRaw: raw(output.consensus),
    incentiveRaw: raw(output.incentive),
    dividendsRaw: raw(output.dividends),
    validatorTrustRaw: raw(output.validatorTrust),
    activeStakeRaw: raw(output.activeStake),
  };
}
