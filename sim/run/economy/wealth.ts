/** What accounts own, in TAO at present prices. */
import { balanceOf, ROOT, type AccountId, type NetworkState } from "../../chain/index.ts";
import { sharePoolValue } from "../../chain/staking/sharePool.ts";
import { priceOf } from "../../chain/swap/books.ts";

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
