import type { Chain } from "../chain.ts";
import type { AccountId, Netuid } from "../state/network.ts";

/**
 * Claims what one hotkey owes one coldkey on all subnets (spec/staking.md 10.4). Never fails: where a claim would, or
 * where it does not know, it answers false and changes nothing.
 */
export type ClaimRow = (hotkey: AccountId, coldkey: AccountId) => boolean;

/** What of the block step touches every subnet in every block. */
export interface CoinbaseArithmetic {
  /** Lowers the registration prices (spec/subnets.md 6.1). */
  decayBurns(chain: Chain): void;
  /** Spends the minted credit and creates the alpha of the block; answers the eligible subnets (spec/emission.md 3 to 7). */
  emit(chain: Chain, credit: bigint): readonly Netuid[];
  /** Moving prices and stored root proportions of the eligible subnets (spec/emission.md 10). */
  updatePrices(chain: Chain, eligible: readonly Netuid[]): void;
  /** Prepares the automatic root claims of a block; nothing but claims happens while they are made. */
  readonly claimRows: (chain: Chain) => ClaimRow;
}
