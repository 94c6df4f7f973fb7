/**
 * The block step: everything that happens at the start of a block, before its calls, in the chain's order
 * (spec/emission.md 1).
 */
import type { Chain } from "../chain.ts";
import { addU64 } from "../numbers/integers.ts";
import { resetRegistrationCounters } from "../registration/rootRegister.ts";
import { applyPendingChildren } from "../staking/children.ts";
import { runAutoRootClaims } from "../staking/rootClaims.ts";
import { revealTimelockedWeights } from "../weights/timelockCommits.ts";
import { checkInvariants } from "../invariants.ts";
import type { CoinbaseArithmetic } from "./arithmetic.ts";
import { FAST_ARITHMETIC } from "./fastArithmetic.ts";
import { mintable } from "./issuance.ts";
import { payOutEpoch } from "./payout.ts";
import { drainDueSubnets } from "./schedule.ts";

/** Mints the TAO of the block; the answer is the credit that the coinbase spends. */
function mintBlockEmission({ state, journal }: Chain): bigint {
  const minted = mintable(state.totalIssuance, state.balancesIssuance);
  journal.set(state, "totalIssuance", addU64(state.totalIssuance, minted));
  journal.set(state, "balancesIssuance", addU64(state.balancesIssuance, minted));
  return minted;
}

/** Runs and pays out the epochs of the block. */
function runDueEpochs(chain: Chain): void {
  for (const drained of drainDueSubnets(chain)) {
    const subnet = chain.state.subnets.get(drained.netuid);
    if (subnet !== undefined) payOutEpoch(chain, subnet, drained);
  }
}

/** Children whose waiting time ended, on the subnets whose epoch slot was used in this block. */
function applyMaturedChildren(chain: Chain): void {
  const { state } = chain;
  for (const netuid of state.netuids) {
    const subnet = state.subnets.get(netuid);
    if (subnet !== undefined && state.columns.lastEpochBlock[netuid] === state.block)
      applyPendingChildren(chain, subnet);
  }
}

/**
 * Advances the chain to its next block and does what the block does before its calls. It is never undone, so its hot
 * parts write past the journal.
 * @param arithmetic computes what touches every subnet; all of them give the same bits
 */
export function blockStep(chain: Chain, arithmetic: CoinbaseArithmetic = FAST_ARITHMETIC): void {
  const { state, journal } = chain;
  journal.set(state, "block", state.block + 1);
  resetRegistrationCounters(chain);
  arithmetic.decayBurns(chain);
  const credit = mintBlockEmission(chain);
  revealTimelockedWeights(chain);
  state.columns.rootSellTao.fill(0n);
  const eligible = arithmetic.emit(chain, credit);
  runDueEpochs(chain);
  arithmetic.updatePrices(chain, eligible);
  applyMaturedChildren(chain);
  runAutoRootClaims(chain, arithmetic.claimRows);
  checkInvariants(chain);
}
