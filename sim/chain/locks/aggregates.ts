/** The sums of locks per hotkey and of the subnet's owner (spec/governance-and-accounts.md 9.1). */
import type { Chain } from "../chain.ts";
import { U64F64, saturatingAdd } from "../numbers/fixed.ts";
import { addU64, subU64 } from "../numbers/integers.ts";
import type { AccountId, LockState, NetworkState, Subnet } from "../state/network.ts";
import { rollLock } from "./roll.ts";

/** The aggregate that a lock counts in. */
export interface Bucket {
  readonly hotkey: AccountId;
  readonly owner: boolean;
  readonly perpetual: boolean;
}

/** The bucket of a lock of `coldkey` on `hotkey`, by the present roles. */
export const bucketOf = (subnet: Subnet, coldkey: AccountId, hotkey: AccountId): Bucket => ({
  hotkey,
  owner: subnet.ownerHotkey === hotkey,
  perpetual: subnet.perpetualLocks.has(coldkey),
});

const emptyAt = (lastBlock: number): LockState => ({ mass: 0n, conviction: 0n, lastBlock });

export function aggregateOf({ lockAggregates }: Subnet, bucket: Bucket): LockState | undefined {
  if (bucket.owner)
    return (bucket.perpetual ? lockAggregates.ownerPerpetual : lockAggregates.ownerDecaying) ?? undefined;
  return (bucket.perpetual ? lockAggregates.perpetual : lockAggregates.decaying).get(bucket.hotkey);
}

/** Stores an aggregate; one without mass and conviction is removed. */
export function setAggregate({ journal }: Chain, subnet: Subnet, bucket: Bucket, value: LockState): void {
  const kept = value.mass === 0n && value.conviction === 0n ? null : value;
  const { lockAggregates } = subnet;
  if (bucket.owner) journal.set(lockAggregates, bucket.perpetual ? "ownerPerpetual" : "ownerDecaying", kept);
  else {
    const map = bucket.perpetual ? lockAggregates.perpetual : lockAggregates.decaying;
    if (kept === null) journal.mapDelete(map, bucket.hotkey);
    else journal.mapSet(map, bucket.hotkey, kept);
  }
}

/** The aggregate rolled to the present block; empty where there is none. */
export const rolledAggregate = (
  { block, parameters }: NetworkState,
  subnet: Subnet,
  bucket: Bucket,
): LockState =>
  rollLock(aggregateOf(subnet, bucket) ?? emptyAt(block), block, parameters, bucket.perpetual, bucket.owner);

/** Rolls the aggregate, adds, and rolls again (the owner rule). */
export function addToAggregate(chain: Chain, subnet: Subnet, bucket: Bucket, amount: LockState): void {
  const rolled = rolledAggregate(chain.state, subnet, bucket);
  const sum = {
    mass: addU64(rolled.mass, amount.mass),
    conviction: saturatingAdd(U64F64, rolled.conviction, amount.conviction),
    lastBlock: Math.max(rolled.lastBlock, amount.lastBlock),
  };
  const { block, parameters } = chain.state;
  setAggregate(chain, subnet, bucket, rollLock(sum, block, parameters, bucket.perpetual, bucket.owner));
}

/** Rolls the aggregate and subtracts. */
export function subtractFromAggregate(
  chain: Chain,
  subnet: Subnet,
  bucket: Bucket,
  mass: bigint,
  conviction: bigint,
): void {
  const rolled = rolledAggregate(chain.state, subnet, bucket);
  setAggregate(chain, subnet, bucket, {
    mass: subU64(rolled.mass, mass),
    conviction: subU64(rolled.conviction, conviction),
    lastBlock: rolled.lastBlock,
  });
}
