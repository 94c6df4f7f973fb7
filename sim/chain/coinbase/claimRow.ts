/** The root claims of one coldkey on one hotkey, on all subnets, in one call of the exact kernel (spec/staking.md 10.4). */
import { MOST_CLAIMS } from "../../../kernels/exact/economy.ts";
import type { Chain } from "../chain.ts";
import { ROOT, type AccountId, type ShareFloat, type Subnet } from "../state/network.ts";
import { economyOf } from "./instances.ts";

const RATE_LIMIT = 1n << 40n;
const AMOUNT_LIMIT = 1n << 62n;
const U64_LIMIT = 1n << 64n;
const LOWER = 100_000_000_000_000_000_000n;
const UPPER = 1_000_000_000_000_000_000_000n;

const ordinaryFloat = ({ mantissa, exponent }: ShareFloat): boolean =>
  mantissa > LOWER && mantissa <= UPPER && exponent > -100n && exponent < 100n;

/** The subnets of the current row and the claimed amounts of its hotkey, by position. */
const subnets: Subnet[] = [];
const claimedBy: (Map<AccountId, bigint> | undefined)[] = [];

/** Claims by swap; false, and nothing changed, where the claims have to be made with big integers. */
export function claimRow(chain: Chain, hotkey: AccountId, coldkey: AccountId): boolean {
  const { state, journal, protocol } = chain;
  const root = state.subnets.get(ROOT);
  const pool = root?.pools.get(hotkey);
  const share = pool?.shares.get(coldkey);
  // Without root stake nothing is owed.
  if (root === undefined || pool === undefined || share === undefined) return true;
  const { value, denominator } = pool;
  if (!ordinaryFloat(denominator) || !ordinaryFloat(share) || value === 0n || value >= AMOUNT_LIMIT)
    return false;
  if ((state.rootClaimTypes.get(coldkey)?.kind ?? "Swap") !== "Swap") return false;
  if (state.netuids.length > MOST_CLAIMS || state.totalStake >= AMOUNT_LIMIT) return false;
  const { columns } = state;
  const economy = economyOf(columns.capacity);
  const { claimNetuids, claimRates, claimThresholds, claimed, claimPaid } = economy;
  let count = 0;
  // One look-up per pass: the memory that they wait for is then fetched for several subnets at once.
  for (const netuid of state.netuids) {
    const subnet = state.subnets.get(netuid);
    const rate = subnet?.rootRates.get(hotkey);
    if (subnet === undefined || rate === undefined) continue;
    if (netuid === ROOT || rate < 0n || rate >= RATE_LIMIT) return false;
    claimNetuids[count] = netuid;
    claimRates[count] = rate;
    subnets[count] = subnet;
    count += 1;
  }
  for (let i = 0; i < count; i++) claimedBy[i] = subnets[i]?.rootClaimed.get(hotkey);
  for (let i = 0; i < count; i++) {
    const earlier = claimedBy[i]?.get(coldkey) ?? 0n;
    if (earlier >= AMOUNT_LIMIT) return false;
    claimed[i] = earlier;
  }
  for (let i = 0; i < count; i++) {
    const threshold = state.netuidParameters.get(claimNetuids[i] ?? ROOT)?.rootClaimThreshold ?? 0n;
    if (threshold < 0n || threshold >= U64_LIMIT) return false;
    claimThresholds[i] = threshold;
  }
  economy.load(columns.slab);
  const before = { value, denominator, share };
  const after = economy.claimRow(count, before, state.totalStake, protocol.constants.existentialDeposit);
  if (after === null) return false;
  // Without a sale nothing changes.
  if (after === before) return true;
  journal.keep(columns.slab);
  economy.store(columns.slab);
  for (let i = 0; i < count; i++) {
    const subnet = subnets[i];
    if (subnet === undefined) continue;
    let amounts = claimedBy[i];
    if (amounts === undefined) {
      amounts = new Map();
      journal.mapSet(subnet.rootClaimed, hotkey, amounts);
    }
    journal.mapSet(amounts, coldkey, claimed[i] ?? 0n);
    const paid = claimPaid[i] ?? 0n;
    if (paid > 0n) journal.set(subnet, "claimableAlpha", subnet.claimableAlpha - paid);
  }
  journal.set(root, "stakedAlpha", root.stakedAlpha + after.value - value);
  journal.set(pool, "value", after.value);
  journal.set(pool, "denominator", after.denominator);
  journal.mapSet(pool.shares, coldkey, after.share);
  return true;
}
