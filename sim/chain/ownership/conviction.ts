/** Who has the most conviction on a subnet, and the change of owner that follows (spec/governance-and-accounts.md 9.6, 10). */
import type { Chain } from "../chain.ts";
import { fromInteger, saturatingAdd, U64F64 } from "../numbers/fixed.ts";
import { U128_MAX } from "../numbers/integers.ts";
import {
  aggregateOf,
  rolledAggregate,
  setAggregate,
  addToAggregate,
  type Bucket,
} from "../locks/aggregates.ts";
import { hasPlace } from "../registration/pruneUid.ts";
import { seatNeuron } from "../registration/registerNeuron.ts";
import type { AccountId, NetworkState, Subnet } from "../state/network.ts";
import { cell } from "../swap/books.ts";

const KINDS = [true, false] as const;
/** Conviction must reach the tenth part of SubnetAlphaOut. */
const MAJORITY_FACTOR = 10n;

const general = (hotkey: AccountId, perpetual: boolean): Bucket => ({ hotkey, owner: false, perpetual });

function conviction(state: NetworkState, subnet: Subnet, buckets: readonly Bucket[]): bigint {
  return buckets.reduce(
    (sum, bucket) => saturatingAdd(U64F64, sum, rolledAggregate(state, subnet, bucket).conviction),
    0n,
  );
}

/** The conviction of a hotkey at the present block, U64F64. */
export function hotkeyConviction(state: NetworkState, subnet: Subnet, hotkey: AccountId): bigint {
  const buckets = KINDS.map((perpetual) => general(hotkey, perpetual));
  if (subnet.ownerHotkey === hotkey)
    buckets.push(...KINDS.map((perpetual) => ({ hotkey, owner: true, perpetual })));
  return conviction(state, subnet, buckets);
}

/** Hotkeys with an aggregate, the owner hotkey where an owner aggregate is stored. */
function hotkeysWithConviction({ lockAggregates, ownerHotkey }: Subnet): AccountId[] {
  const hotkeys = new Set([...lockAggregates.perpetual.keys(), ...lockAggregates.decaying.keys()]);
  const owned = lockAggregates.ownerPerpetual !== null || lockAggregates.ownerDecaying !== null;
  if (owned && ownerHotkey !== null) hotkeys.add(ownerHotkey);
  return [...hotkeys].sort((a, b) => a - b);
}

/** All conviction of a subnet, U64F64. */
export function totalConviction(state: NetworkState, subnet: Subnet): bigint {
  const { perpetual, decaying } = subnet.lockAggregates;
  const buckets = [
    ...[...perpetual.keys()].sort((a, b) => a - b).map((hotkey) => general(hotkey, true)),
    ...[...decaying.keys()].sort((a, b) => a - b).map((hotkey) => general(hotkey, false)),
    ...KINDS.map((kind) => ({ hotkey: subnet.ownerHotkey ?? 0, owner: true, perpetual: kind })),
  ];
  return conviction(state, subnet, buckets);
}

/** The hotkey with the most conviction; the largest account among equals. */
export function kingOf(state: NetworkState, subnet: Subnet): AccountId | undefined {
  let king: AccountId | undefined;
  let most = -1n;
  for (const hotkey of hotkeysWithConviction(subnet)) {
    const own = hotkeyConviction(state, subnet, hotkey);
    if (own >= most) {
      king = hotkey;
      most = own;
    }
  }
  return king;
}

/** Whether the locks of a subnet are many and old enough to choose its owner. */
function maturedMajority({ state, protocol }: Chain, subnet: Subnet): boolean {
  const alphaOut = cell(state.columns, "alphaOut", subnet.netuid);
  if (alphaOut === 0n) return false;
  if (state.block < subnet.registeredAt + protocol.constants.ownershipChangeMinAge) return false;
  const tenfold = totalConviction(state, subnet) * MAJORITY_FACTOR;
  return (tenfold > U128_MAX ? U128_MAX : tenfold) >= fromInteger(U64F64, alphaOut);
}

/** The sums of the old owner become general ones, those of the king the owner's. */
function exchangeAggregates(chain: Chain, subnet: Subnet, king: AccountId, perpetual: boolean): void {
  const { state } = chain;
  const nothing = { mass: 0n, conviction: 0n, lastBlock: state.block };
  const former = subnet.ownerHotkey;
  const ownerBucket: Bucket = { hotkey: king, owner: true, perpetual };
  const kings = aggregateOf(subnet, general(king, perpetual));
  const kingsRolled = rolledAggregate(state, subnet, general(king, perpetual));
  if (former !== null && aggregateOf(subnet, ownerBucket) !== undefined) {
    const owners = rolledAggregate(state, subnet, { hotkey: former, owner: true, perpetual });
    setAggregate(chain, subnet, ownerBucket, nothing);
    addToAggregate(chain, subnet, general(former, perpetual), owners);
  }
  if (kings === undefined) return;
  setAggregate(chain, subnet, general(king, perpetual), nothing);
  addToAggregate(chain, subnet, ownerBucket, kingsRolled);
}

/** When the epoch slot of a subnet is used: conviction may make another coldkey its owner. */
export function changeOwnerByConviction(chain: Chain, subnet: Subnet): void {
  const { state, journal } = chain;
  if (!maturedMajority(chain, subnet)) return;
  const king = kingOf(state, subnet);
  const owner = king === undefined ? undefined : state.hotkeys.get(king)?.owner;
  if (king === undefined || owner === undefined || owner === subnet.owner) return;
  if (!subnet.neurons.uidOf.has(king)) {
    if (!hasPlace(state, subnet)) return;
    seatNeuron(chain, subnet, king);
  }
  for (const perpetual of KINDS) exchangeAggregates(chain, subnet, king, perpetual);
  journal.set(subnet, "owner", owner);
  journal.set(subnet, "ownerHotkey", king);
}
