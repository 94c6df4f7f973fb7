/**
 * What must hold in every block, by running totals, always on (spec/emission.md 11). A violation is a bug of the
 * simulator: it stops the run and names the block.
 */
import type { Chain } from "./chain.ts";
import { sharePoolValue } from "./staking/sharePool.ts";
import { ROOT, type Netuid, type NetworkState, type SharePool, type Subnet } from "./state/network.ts";
import { cell } from "./swap/books.ts";

export class InvariantViolation extends Error {
  override readonly name: string = "InvariantViolation";
}

/** Subnets whose alpha books are checked per block beside those with an epoch: all come round. */
const SUBNETS_PER_BLOCK = 4;

function violated(state: NetworkState, what: string): never {
  throw new InvariantViolation(`block ${state.block}: ${what}`);
}

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

/** The values of a pool's shares together are at most the pool's. */
function checkShares(state: NetworkState, netuid: Netuid, hotkey: number, pool: SharePool): void {
  let sum = 0n;
  for (const coldkey of pool.shares.keys()) sum += sharePoolValue(pool, coldkey);
  if (sum > pool.value)
    violated(
      state,
      `shares of hotkey ${hotkey} on subnet ${netuid} are worth ${sum}, its pool ${pool.value} rao`,
    );
}

/** Checks every share pool: for tests and the end of a run, the cost grows with stakes. */
export function checkAllShares(state: NetworkState): void {
  for (const [netuid, subnet] of state.subnets)
    for (const [hotkey, pool] of subnet.pools) checkShares(state, netuid, hotkey, pool);
}

/** Checks the books after a block step. */
export function checkInvariants({ state }: Chain): void {
  const { columns, block, netuids } = state;
  if (state.accountsTotal !== state.balancesIssuance)
    violated(
      state,
      `accounts hold ${state.accountsTotal} rao, the issuance counter says ${state.balancesIssuance}`,
    );
  const turn = (block * SUBNETS_PER_BLOCK) % netuids.length;
  for (const [i, netuid] of netuids.entries()) {
    const itsTurn = i >= turn && i < turn + SUBNETS_PER_BLOCK;
    if (itsTurn || columns.lastMechanismStepBlock[netuid] === block) checkAlpha(state, netuid);
  }
}
