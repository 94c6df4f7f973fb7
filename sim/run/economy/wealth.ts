/** What accounts own, in TAO at present prices. */
import { balanceOf, isError, ROOT, type AccountId, type NetworkState } from "../../chain/index.ts";
import { sharePoolValue } from "../../chain/staking/sharePool.ts";
import { coldkeyAlpha } from "../../chain/staking/stake.ts";
import { poolOf, priceOf } from "../../chain/swap/books.ts";
import { simSwap } from "../../chain/swap/engine.ts";

/** Worth of all stakes by coldkey, rao; each stake rounded down. */
export function stakeValues(state: NetworkState): Map<AccountId, bigint> {
  const values = new Map<AccountId, bigint>();
  for (const netuid of state.netuids) {
    const subnet = state.subnets.get(netuid);
    if (subnet === undefined) continue;
    const price = netuid === ROOT ? 1n << 64n : priceOf(state, netuid);
    for (const pool of subnet.pools.values())
      for (const coldkey of pool.shares.keys()) {
        const worth = (sharePoolValue(pool, coldkey) * price) >> 64n;
        values.set(coldkey, (values.get(coldkey) ?? 0n) + worth);
      }
  }
  return values;
}

/** Free TAO and worth of all stakes, rao. */
export const wealthOf = (
  state: NetworkState,
  stakes: ReadonlyMap<AccountId, bigint>,
  coldkey: AccountId,
): bigint => balanceOf(state, coldkey) + (stakes.get(coldkey) ?? 0n);

/**
 * Exit value (M66), rao: free TAO, stake on root, and what the pools would pay now if all alpha of these coldkeys were sold at
 * once, one order per subnet, after fee and slippage. Where a pool would not take the order it pays nothing.
 * @param netuids whose stakes count; all by default
 */
export function exitWealth(
  state: NetworkState,
  coldkeys: readonly AccountId[],
  netuids: readonly number[] = state.netuids,
): bigint {
  let total = coldkeys.reduce((sum, coldkey) => sum + balanceOf(state, coldkey), 0n);
  for (const netuid of netuids) {
    const alpha = coldkeys.reduce((sum, coldkey) => sum + coldkeyAlpha(state, coldkey, netuid), 0n);
    if (alpha === 0n) continue;
    if (netuid === ROOT) total += alpha;
    else {
      const sold = simSwap(poolOf(state, netuid), "sell", alpha);
      total += isError(sold) ? 0n : sold.paidOut;
    }
  }
  return total;
}
