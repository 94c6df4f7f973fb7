/**
 * What must hold in every block, by running totals, always on (spec/emission.md 11). A violation is a bug of the
 * simulator: it stops the run and names the block.
 */
import type { Chain } from "./chain.ts";
import { sharePoolValue } from "./staking/sharePool.ts";
import {
  ROOT,
  type AccountId,
  type Netuid,
  type NetworkState,
  type ShareFloat,
  type SharePool,
  type Subnet,
} from "./state/network.ts";
import { cell } from "./swap/books.ts";
import { violated } from "./violation.ts";

/** Shares whose values are added up per block: cheap beside the smallest block, and all pools come round. */
const SHARES_PER_BLOCK = 2;

/**
 * Alpha of a subnet that no part of the books holds: what floors left over. It may only grow, but for the rao or two
 * per epoch that the two halves of an epoch round differently.
 */
export function alphaDust({ columns }: NetworkState, subnet: Subnet): bigint {
  const { netuid } = subnet;
  return (
    cell(columns, "alphaOut", netuid) +
    subnet.childkeyBurned -
    subnet.stakedAlpha -
    (columns.claimableAlpha[netuid] ?? 0n) -
    cell(columns, "pendingServer", netuid) -
    cell(columns, "pendingValidator", netuid) -
    cell(columns, "pendingRoot", netuid) -
    cell(columns, "pendingOwnerCut", netuid) -
    cell(columns, "protocolAlpha", netuid) -
    cell(columns, "alphaBurned", netuid)
  );
}

/** The dust that a network started with: an imported one can lack alpha in its books. */
const startingDust = new WeakMap<Subnet, bigint>();

function checkAlpha(state: NetworkState, netuid: Netuid): void {
  const subnet = state.subnets.get(netuid);
  if (subnet === undefined || netuid === ROOT) return;
  const dust = alphaDust(state, subnet);
  const start = startingDust.get(subnet);
  if (start === undefined) startingDust.set(subnet, dust < 0n ? dust : 0n);
  else if (dust < start)
    violated(state, `subnet ${netuid} has given out ${start - dust} rao of alpha more than it issued`);
}

/** The values of a pool's shares together are at most the pool's, and `slack` above it. */
function checkShares(
  state: NetworkState,
  netuid: Netuid,
  hotkey: AccountId,
  pool: SharePool,
  slack: bigint,
): void {
  let sum = 0n;
  for (const coldkey of pool.shares.keys()) sum += sharePoolValue(pool, coldkey);
  if (sum > pool.value + slack)
    violated(
      state,
      `shares of hotkey ${hotkey} on subnet ${netuid} are worth ${sum}, its pool ${pool.value} rao`,
    );
}

const wholeShares = ({ mantissa, exponent }: ShareFloat): bigint =>
  exponent >= 0n ? mantissa : mantissa / 10n ** -exponent;

/** Shares below which a pool counts as drained: what subtractions left of them says nothing any more. */
const DRAINED = 10n ** 9n;
/** A millionth of the value, as a shift: more than 21 digits lose while a pool shrinks to the bound above. */
const SHARE_SLACK = 20n;

interface LocatedPool {
  readonly netuid: Netuid;
  readonly hotkey: AccountId;
  readonly pool: SharePool;
}

function* allPools({ subnets }: NetworkState): Generator<LocatedPool, undefined> {
  for (const [netuid, { pools }] of subnets)
    for (const [hotkey, pool] of pools) yield { netuid, hotkey, pool };
}

/** A round through all share pools of a network, a few shares per block. */
class PoolRound {
  #pools: Iterator<LocatedPool, undefined> | undefined;
  /** Shares that were looked at before their block. */
  #ahead = 0;

  /** The next pool, where it is time for one. */
  next(state: NetworkState): LocatedPool | undefined {
    this.#ahead -= SHARES_PER_BLOCK;
    if (this.#ahead > 0) return undefined;
    this.#pools ??= allPools(state);
    const { value } = this.#pools.next();
    if (value === undefined) this.#pools = undefined;
    this.#ahead = value?.pool.shares.size ?? 0;
    return value;
  }
}

const rounds = new WeakMap<NetworkState, PoolRound>();

/** Checks a share pool, if it is time. Shares and their sum are rounded apart, as on the chain: hence the slack. */
function checkNextPool(state: NetworkState): void {
  let round = rounds.get(state);
  if (round === undefined) {
    round = new PoolRound();
    rounds.set(state, round);
  }
  const located = round.next(state);
  if (located === undefined) return;
  const { netuid, hotkey, pool } = located;
  if (wholeShares(pool.denominator) < DRAINED) return;
  checkShares(state, netuid, hotkey, pool, (pool.value >> SHARE_SLACK) + BigInt(pool.shares.size));
}

/** Checks every share pool, to the rao: for tests, the cost grows with stakes. */
export function checkAllShares(state: NetworkState): void {
  for (const [netuid, subnet] of state.subnets)
    for (const [hotkey, pool] of subnet.pools) checkShares(state, netuid, hotkey, pool, 0n);
}

/** Checks the books after a block step. */
export function checkInvariants({ state }: Chain): void {
  const { columns, block, netuids } = state;
  if (state.accountsTotal !== state.balancesIssuance)
    violated(
      state,
      `accounts hold ${state.accountsTotal} rao, the issuance counter says ${state.balancesIssuance}`,
    );
  // Alpha books by turns, and where an epoch was paid out.
  const turn = block % netuids.length;
  for (let i = 0; i < netuids.length; i++) {
    const netuid = netuids[i] ?? ROOT;
    if (i === turn || columns.lastMechanismStepBlock[netuid] === block) checkAlpha(state, netuid);
  }
  checkNextPool(state);
}
