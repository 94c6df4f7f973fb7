/** The root claims of one coldkey on one hotkey, on all subnets, in one call of the exact kernel (spec/staking.md 10.4). */
import type { ExactEconomy } from "../../../kernels/exact/economy.ts";
import type { Chain } from "../chain.ts";
import { claimedRow } from "../staking/claimRecords.ts";
import { ROOT, type AccountId, type NetworkState, type ShareFloat } from "../state/network.ts";
import { rowReserve } from "../state/netuidRow.ts";
import type { ClaimRow } from "./arithmetic.ts";
import { economyOf } from "./instances.ts";

const AMOUNT_LIMIT = 1n << 62n;
const U64_LIMIT = 1n << 64n;
const LOWER = 100_000_000_000_000_000_000n;
const UPPER = 1_000_000_000_000_000_000_000n;

const ordinaryFloat = ({ mantissa, exponent }: ShareFloat): boolean =>
  mantissa > LOWER && mantissa <= UPPER && exponent > -100n && exponent < 100n;

/** Hands the least claims of all subnets to the kernel. @returns whether they are ordinary */
function loadThresholds({ claimThresholds }: ExactEconomy, state: NetworkState): boolean {
  for (const netuid of state.netuids) {
    const threshold = state.netuidParameters.get(netuid)?.rootClaimThreshold ?? 0n;
    if (threshold < 0n || threshold >= U64_LIMIT) return false;
    claimThresholds[netuid] = threshold;
  }
  return true;
}

/** Claims by swap; false, and nothing changed, where the claims have to be made with big integers. */
export function claimRows(chain: Chain): ClaimRow {
  const { state, journal, protocol } = chain;
  const { columns } = state;
  const economy = economyOf(columns.capacity);
  if (!loadThresholds(economy, state)) return () => false;
  /** Whether the kernel has the columns as they are: only claims that it left to others change them meanwhile. */
  let loaded = false;

  const claim = (hotkey: AccountId, coldkey: AccountId): boolean => {
    const root = state.subnets.get(ROOT);
    const pool = root?.pools.get(hotkey);
    const share = pool?.shares.get(coldkey);
    const record = state.rootClaims.get(hotkey);
    // Without root stake or rates nothing is owed.
    if (root === undefined || pool === undefined || share === undefined || record === undefined) return true;
    const { value, denominator } = pool;
    if (!ordinaryFloat(denominator) || !ordinaryFloat(share) || value === 0n || value >= AMOUNT_LIMIT)
      return false;
    if ((state.rootClaimTypes.get(coldkey)?.kind ?? "Swap") !== "Swap") return false;
    const { rates, claimed } = record;
    const earlier = claimed.get(coldkey);
    if (rates.high !== null || (earlier?.high ?? null) !== null || state.totalStake >= AMOUNT_LIMIT)
      return false;
    if (!loaded) economy.load(columns.slab);
    economy.loadClaims(rates, earlier);
    const before = { value, denominator, share };
    const after = economy.claimRow(before, state.totalStake, protocol.constants.existentialDeposit);
    if (after === null) return false;
    loaded = true;
    // Without a sale nothing changes.
    if (after === before) return true;
    journal.keep(columns.slab);
    economy.store(columns.slab);
    const row = earlier ?? claimedRow(chain, hotkey, coldkey);
    rowReserve(journal, row, columns.capacity);
    journal.keep(row.has.buffer);
    journal.keep(row.low.buffer);
    for (let netuid = 0; netuid < rates.has.length; netuid++)
      if (rates.has[netuid] === 1) row.has[netuid] = 1;
    row.low.set(economy.claimed);
    journal.set(root, "stakedAlpha", root.stakedAlpha + after.value - value);
    journal.set(pool, "value", after.value);
    journal.set(pool, "denominator", after.denominator);
    journal.mapSet(pool.shares, coldkey, after.share);
    return true;
  };

  return (hotkey, coldkey) => {
    const done = claim(hotkey, coldkey);
    loaded &&= done;
    return done;
  };
}
