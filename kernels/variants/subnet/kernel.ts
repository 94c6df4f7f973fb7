/** The epoch of a subnet of the chain by one of the Yuma formulas instead of the chain's own. */
import type { EpochInput, EpochOutput, SparseRows } from "../../epoch.ts";
import { ExactKernel } from "../../exact/kernel.ts";
import { resetBonds, runVariantEpoch } from "../epoch.ts";
import type { VariantSettings } from "../settings.ts";
import { type EpochState, newEpochState } from "../state.ts";
import { settingsOfChoice, type VariantChoice } from "./choice.ts";
import { splitEmission } from "./emission.ts";
import { type CountedWeight, countedWeights } from "./masks.ts";
import { formerUids, type Seats, type VariantMemory } from "./memory.ts";

/** What an epoch computes, with the bonds in the formula's own unit beside their u16 image. */
export interface VariantOutput extends EpochOutput {
  /** In the order of the entries of `bonds`: 0..1, and for yuma2c the part of 2^64. */
  readonly bondLevels: Float64Array;
}

/** What a caller can say of an epoch beside its input. */
export interface VariantEpoch {
  /** Tells the mechanisms of a network apart, each of which keeps bonds of its own. Default: there is one. */
  readonly place?: string;
  /** By uid. Default: the same neurons in every epoch. */
  readonly hotkeys?: readonly number[];
  /** Weights as submitted, in the order of the entries of `input.weights`, which are rounded. Default: those. */
  readonly weights?: ArrayLike<number>;
  /** Uids whose bonds are wiped before the epoch; yuma2c and yuma3 do, the others keep theirs. */
  readonly bondResets?: readonly number[];
}

const U16_MAX = 65_535;
const TWO_32 = 4_294_967_296;
const TWO_64 = 18_446_744_073_709_551_616;

/**
 * Epochs by one formula in doubles. Who may vote, who is active and what the stakes are is the chain's own, computed by
 * the exact kernel, and so are the masks on weights; consensus, incentive, bonds, dividends and what is paid come from
 * the formula. With the settings of the charts everybody who sets weights votes, as there are no permits in them. Bonds
 * of the input are not read: the formula keeps its own between epochs.
 */
export class VariantKernel {
  readonly #choice: VariantChoice;
  readonly #exact = new ExactKernel();
  readonly #memories: Map<string, VariantMemory>;

  /** @param memories what `save` gave; without it nothing has run */
  constructor(choice: VariantChoice, memories: readonly (readonly [string, VariantMemory])[] = []) {
    this.#choice = choice;
    this.#memories = new Map(memories);
  }

  /** What is carried over to later epochs, by place. */
  save(): readonly (readonly [string, VariantMemory])[] {
    return [...this.#memories];
  }

  /** One epoch. `input.bonds` has no effect. */
  runEpoch(input: EpochInput, epoch: VariantEpoch = {}): VariantOutput {
    const { place = "", hotkeys = indices(input.n), weights = input.weights.values } = epoch;
    const settings = settingsOfChoice(this.#choice, input);
    // Without weights the exact kernel answers what no formula decides: permits, activity, stakes, and what is paid
    // where nobody is weighed.
    const frame = this.#exact.runEpoch({ ...input, weights: noRows(input.n), bonds: noRows(input.n) });
    const seats: Seats = { hotkeys: [...hotkeys], registered: input.blockAtRegistration.slice() };
    const voters = this.#choice.base === "charts" ? weighing(input) : permitted(input);
    const counted = countedWeights(input, voters, weights);
    const before = this.#memories.get(place) ?? null;
    const table = new EpochTable(voters, counted, before, seats);
    const { state } = table;
    if (settings.bondResets) for (const uid of epoch.bondResets ?? []) table.resetBonds(settings, uid);
    const stakeOf = this.#choice.base === "charts" ? activeStake : votingStake;
    table.rows.forEach((uid, i) => {
      state.stakes[i] = stakeOf(input, frame, uid);
    });
    const paying = table.columns.length > 0 && state.stakes.some((stake) => stake > 0);
    if (paying) runVariantEpoch(state, settings);
    const keepers = this.#choice.base === "charts" ? voters : frame.newValidatorPermit;
    this.#memories.set(place, table.memory(seats, keepers));
    return outputOf(input, frame, table, paying, keepers, settings);
  }
}

/** Who votes on the chain: 1 per uid with a permit before the epoch, the owner always. */
const permitted = ({ ownerUid, validatorPermit }: EpochInput): Uint8Array =>
  validatorPermit.map((permit, uid) => Number(permit !== 0 || uid === ownerUid));

/** Who votes in the published charts: everybody who sets weights, whatever the stake. */
const weighing = ({ n, weights: { offsets } }: EpochInput): Uint8Array =>
  Uint8Array.from(indices(n), (uid) => Number(offsets[uid + 1]! > offsets[uid]!));

/** The matrices of an epoch: validators with a permit by everybody that they weigh or ever weighed. */
class EpochTable {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly state: EpochState;
  readonly #columnOf: ReadonlyMap<number, number>;

  /** @param voters 1 per uid that has a row */
  constructor(
    voters: Uint8Array,
    counted: readonly CountedWeight[],
    before: VariantMemory | null,
    now: Seats,
  ) {
    const former = before === null ? null : formerUids(before.seats, now);
    const uids = indices(voters.length);
    this.rows = uids.filter((uid) => voters[uid] === 1);
    const weighed = new Set(counted.map(({ to }) => to));
    const known = new Set(before?.columns);
    this.columns = uids.filter((uid) => weighed.has(uid) || known.has(former?.[uid] ?? -1));
    this.#columnOf = new Map(this.columns.map((uid, at) => [uid, at]));
    const size = { rows: this.rows.length, columns: this.columns.length };
    this.state = newEpochState({ ...size, validators: size.rows, firstServer: 0 });
    const rowOf = new Map(this.rows.map((uid, at) => [uid, at]));
    for (const { from, to, weight } of counted)
      this.state.submitted.values[rowOf.get(from)! * size.columns + this.#columnOf.get(to)!] = weight;
    if (before !== null && former !== null) this.#carryOver(before, former);
  }

  /** Takes over what the neurons that are still there had; a subnet of new neurons alone begins afresh. */
  #carryOver(before: VariantMemory, former: Int32Array): void {
    const { state } = this;
    const rowBefore = new Map(before.rows.map((uid, at) => [uid, at]));
    const columnBefore = new Map(before.columns.map((uid, at) => [uid, at]));
    const columns = this.columns.map((uid) => columnBefore.get(former[uid]!) ?? -1);
    let kept = 0;
    this.rows.forEach((uid, i) => {
      const from = rowBefore.get(former[uid]!);
      if (from === undefined) return;
      kept++;
      columns.forEach((column, j) => {
        if (column < 0) return;
        const [at, was] = [i * columns.length + j, from * before.columns.length + column];
        state.bonds.values[at] = before.bonds[was]!;
        state.previousWeights.values[at] = before.weights[was]!;
      });
    });
    columns.forEach((column, j) => {
      if (column >= 0) state.previousConsensus[j] = before.consensus[column]!;
    });
    state.hasWeights = kept > 0;
    state.hasBonds = kept > 0 && before.hasBonds;
  }

  resetBonds(settings: VariantSettings, uid: number): void {
    const column = this.#columnOf.get(uid);
    if (column !== undefined) resetBonds(this.state, settings, column);
  }

  /** What the next epoch starts from. @param keepers 1 per uid that keeps its bonds (spec/epoch.md 9) */
  memory(seats: Seats, keepers: Uint8Array): VariantMemory {
    const { bonds, previousWeights, previousConsensus, hasBonds } = this.state;
    const width = this.columns.length;
    const kept = this.rows.flatMap((uid, i) => (keepers[uid] === 1 ? [i] : []));
    const rowsOf = (values: Float64Array): Float64Array => {
      const out = new Float64Array(kept.length * width);
      kept.forEach((i, at) => out.set(values.subarray(i * width, (i + 1) * width), at * width));
      return out;
    };
    return {
      seats,
      rows: kept.map((i) => this.rows[i]!),
      columns: this.columns,
      bonds: rowsOf(bonds.values),
      weights: rowsOf(previousWeights.values),
      consensus: previousConsensus.slice(),
      hasBonds,
    };
  }
}

/** Combined stake, rao. */
const combinedStake = ({ alphaStake, taoStake, taoWeight }: EpochInput, uid: number): number =>
  Number(alphaStake[uid]) + Number(taoStake[uid]) * (Number(taoWeight) / TWO_64);

/** Stake that counts on the chain: that of active validators with a permit and enough stake. */
const votingStake = (input: EpochInput, { activeStakeRaw }: EpochOutput, uid: number): number =>
  activeStakeRaw[uid]! > 0n ? combinedStake(input, uid) : 0;

/** Stake that counts without permits: that of everybody who is active and has enough of it. */
const activeStake = (input: EpochInput, { active }: EpochOutput, uid: number): number => {
  const stake = combinedStake(input, uid);
  return active[uid] === 1 && stake >= Number(input.stakeThreshold) ? stake : 0;
};

function outputOf(
  input: EpochInput,
  frame: EpochOutput,
  table: EpochTable,
  isPaying: boolean,
  keepers: Uint8Array,
  settings: VariantSettings,
): VariantOutput {
  const bonds = bondsOf(input.n, table, keepers, settings);
  if (!isPaying) return { ...frame, ...bonds };
  const { n } = input;
  const { state, rows, columns } = table;
  const spread = (uids: readonly number[], values: Float64Array): Float64Array => {
    const out = new Float64Array(n);
    uids.forEach((uid, at) => {
      out[uid] = values[at]!;
    });
    return out;
  };
  const consensus = spread(columns, state.consensus);
  const incentive = spread(columns, state.incentives);
  const dividends = spread(rows, state.dividends);
  const trust = spread(rows, state.validatorTrust);
  const split = splitEmission(incentive, dividends, input.raoEmission);
  return {
    ...frame,
    consensus: toU16(consensus),
    incentive: toU16(incentive),
    dividends: toU16(dividends),
    validatorTrust: toU16(trust),
    consensusRaw: toRaw(consensus),
    incentiveRaw: toRaw(incentive),
    dividendsRaw: toRaw(dividends),
    validatorTrustRaw: toRaw(trust),
    ...(split !== null && {
      serverEmission: split.server,
      validatorEmission: split.validator,
      emission: split.combined,
    }),
    ...bonds,
  };
}

/** u16 proportions as the chain stores them: floor(x * 65535), at most 65535. */
const toU16 = (values: Float64Array): Uint16Array =>
  Uint16Array.from(values, (value) => Math.min(Math.floor(value * U16_MAX), U16_MAX));

/** floor(x * 2^32): the columns of a result that the exact kernel gives in fixed point. */
const toRaw = (values: Float64Array): BigInt64Array =>
  BigInt64Array.from(values, (value) => BigInt(Math.floor(value * TWO_32)));

/** Bonds of those who keep theirs; entries of 0 are left out. */
function bondsOf(
  n: number,
  { rows, columns, state }: EpochTable,
  keepers: Uint8Array,
  { variant }: VariantSettings,
): { readonly bonds: SparseRows; readonly bondLevels: Float64Array } {
  const scale = variant === "yuma2c" ? TWO_64 : 1;
  const offsets = new Uint32Array(n + 1);
  const uids: number[] = [];
  const levels: number[] = [];
  const rowOf = new Map(rows.map((uid, at) => [uid, at]));
  for (let uid = 0; uid < n; uid++) {
    const row = rowOf.get(uid);
    if (row !== undefined && keepers[uid] === 1)
      columns.forEach((column, j) => {
        const level = state.bonds.values[row * columns.length + j]! / scale;
        if (level <= 0) return;
        uids.push(column);
        levels.push(level);
      });
    offsets[uid + 1] = uids.length;
  }
  const bondLevels = Float64Array.from(levels);
  return { bonds: { offsets, uids: Uint16Array.from(uids), values: toU16(bondLevels) }, bondLevels };
}

const indices = (n: number): number[] => Array.from({ length: n }, (_, index) => index);

const noRows = (n: number): SparseRows => ({
  offsets: new Uint32Array(n + 1),
  uids: new Uint16Array(0),
  values: new Uint16Array(0),
});
