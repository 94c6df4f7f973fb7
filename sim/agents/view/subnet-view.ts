import { ROOT, type AccountId, type Netuid, type NetworkState } from "../../chain/index.ts";
import { hotkeyAlpha } from "../../chain/staking/stake.ts";
import type { Neurons, Subnet } from "../../chain/state/network.ts";
import type { SubnetParameters } from "../../chain/state/parameters.ts";
import { priceOf } from "../../chain/swap/books.ts";

const TWO_32 = 4_294_967_296;
const TWO_64 = 18_446_744_073_709_551_616;
const U16 = 65_535;

/** TAO per alpha as a plain number, for decisions and reports; the chain computes with the exact one. */
export const priceNumber = (state: NetworkState, netuid: Netuid): number =>
  Number(priceOf(state, netuid)) / TWO_64;

/**
 * One subnet as everybody can read it on chain, like a metagraph. Per-neuron values take a uid and are ratios where the
 * chain stores a u16 proportion. Nothing can be changed through it.
 */
export class SubnetView {
  readonly netuid: Netuid;
  readonly #state: NetworkState;
  readonly #subnet: Subnet;

  constructor(state: NetworkState, subnet: Subnet) {
    this.netuid = subnet.netuid;
    this.#state = state;
    this.#subnet = subnet;
    Object.freeze(this);
  }

  get #neurons(): Neurons {
    return this.#subnet.neurons;
  }

  /** Blocks between epochs. */
  get tempo(): number {
    return this.#state.columns.tempo[this.netuid] ?? 0;
  }

  /** Block whose step ran, or was to run, the last epoch. */
  get lastEpochBlock(): number {
    return this.#state.columns.lastEpochBlock[this.netuid] ?? 0;
  }

  /** Block in which the next epoch is due. */
  get nextEpochBlock(): number {
    const pending = this.#state.columns.pendingEpochAt[this.netuid] ?? 0;
    return pending > 0 ? pending : this.lastEpochBlock + this.tempo;
  }

  /** TAO per alpha. */
  get price(): number {
    return priceNumber(this.#state, this.netuid);
  }

  /** TAO per alpha, the slow average that emission follows. */
  get movingPrice(): number {
    return Number(this.#state.columns.movingPrice[this.netuid] ?? 0n) / TWO_32;
  }

  /** TAO in the pool, rao. */
  get tao(): bigint {
    return this.#state.columns.tao[this.netuid] ?? 0n;
  }

  /** Alpha in the pool, rao. */
  get alphaIn(): bigint {
    return this.#state.columns.alphaIn[this.netuid] ?? 0n;
  }

  /** Alpha outside the pool, rao. */
  get alphaOut(): bigint {
    return this.#state.columns.alphaOut[this.netuid] ?? 0n;
  }

  /** TAO that the last block put into the pool, rao. */
  get taoEmission(): bigint {
    return this.#state.columns.taoInEmission[this.netuid] ?? 0n;
  }

  /** Alpha for participants in the last block, rao. */
  get alphaEmission(): bigint {
    return this.#state.columns.alphaOutEmission[this.netuid] ?? 0n;
  }

  /** Price of a registration, rao. */
  get burn(): bigint {
    return this.#state.columns.burn[this.netuid] ?? 0n;
  }

  get owner(): AccountId | null {
    return this.#subnet.owner;
  }

  get ownerHotkey(): AccountId | null {
    return this.#subnet.ownerHotkey;
  }

  /** Block in which the subnet was registered. */
  get registeredAt(): number {
    return this.#subnet.registeredAt;
  }

  /** Whether its alpha can be traded. */
  get tradable(): boolean {
    return this.#state.columns.subtokenEnabled[this.netuid] === 1;
  }

  /** Hyperparameters under the chain's names; a copy. */
  get hyperparameters(): Readonly<SubnetParameters> {
    return Object.freeze({ ...this.#subnet.parameters });
  }

  /** Number of neurons; uids are 0 .. count - 1. */
  get count(): number {
    return this.#neurons.count;
  }

  /** Undefined when the hotkey is not registered. */
  uidOf(hotkey: AccountId): number | undefined {
    return this.#neurons.uidOf.get(hotkey);
  }

  hotkey(uid: number): AccountId | undefined {
    return this.#neurons.hotkeys[uid];
  }

  coldkey(uid: number): AccountId | undefined {
    const hotkey = this.hotkey(uid);
    return hotkey === undefined ? undefined : this.#state.hotkeys.get(hotkey)?.owner;
  }

  /** Alpha staked to the neuron, rao. */
  alphaStake(uid: number): bigint {
    const hotkey = this.hotkey(uid);
    return hotkey === undefined ? 0n : hotkeyAlpha(this.#state, hotkey, this.netuid);
  }

  /** TAO staked to the neuron's hotkey on root, rao. */
  taoStake(uid: number): bigint {
    const hotkey = this.hotkey(uid);
    return hotkey === undefined ? 0n : hotkeyAlpha(this.#state, hotkey, ROOT);
  }

  /** Share of the subnet's stake at the last epoch. */
  stakeWeight(uid: number): number {
    return (this.#neurons.stakeWeight[uid] ?? 0) / U16;
  }

  consensus(uid: number): number {
    return (this.#neurons.consensus[uid] ?? 0) / U16;
  }

  incentive(uid: number): number {
    return (this.#subnet.mechanisms[0]?.incentive[uid] ?? 0) / U16;
  }

  dividends(uid: number): number {
    return (this.#neurons.dividends[uid] ?? 0) / U16;
  }

  validatorTrust(uid: number): number {
    return (this.#neurons.validatorTrust[uid] ?? 0) / U16;
  }

  /** Alpha that the last epoch paid, rao. */
  emission(uid: number): bigint {
    return this.#neurons.emission[uid] ?? 0n;
  }

  validatorPermit(uid: number): boolean {
    return this.#neurons.validatorPermit[uid] === 1;
  }

  active(uid: number): boolean {
    return this.#neurons.active[uid] === 1;
  }

  /** Block in which the neuron registered. */
  neuronRegisteredAt(uid: number): number {
    return Number(this.#neurons.blockAtRegistration[uid] ?? 0n);
  }

  /** Block in which the neuron last set or committed weights. */
  lastUpdate(uid: number): number {
    return Number(this.#subnet.mechanisms[0]?.lastUpdate[uid] ?? 0n);
  }

  /** The weights of a validator that are in force: [uid, weight] as stored. What is committed and not revealed is not here. */
  weights(uid: number): readonly (readonly [uid: number, weight: number])[] {
    const row = this.#subnet.mechanisms[0]?.weights[uid];
    if (row === null || row === undefined) return [];
    return Array.from(row.uids, (target, at) => [target, row.values[at] ?? 0] as const);
  }
}
