/**
 * The block step: everything that happens at the start of a block, before its calls, in the chain's order
 * (spec/emission.md 1).
 */
import type { Chain } from "../chain.ts";
import { addU64 } from "../numbers/integers.ts";
import { applyPendingChildren } from "../staking/children.ts";
import { runAutoRootClaims } from "../staking/rootClaims.ts";
import { ROOT, type Netuid } from "../state/network.ts";
import { cell, priceOf } from "../swap/books.ts";
import { decayBurnPrices } from "../subnets/burnPrice.ts";
import { alphaIssuance, eligibleSubnets, emitToSubnets, shareInputOf } from "./emission.ts";
import { mintable } from "./issuance.ts";
import { nextMovingPrice } from "./movingPrice.ts";
import { payOutEpoch } from "./payout.ts";
import { drainDueSubnets } from "./schedule.ts";
import { movingPriceOf, subnetShares } from "./shares.ts";
import { rootProportion, taoWeightFraction } from "./terms.ts";

/** Mints the TAO of the block; the answer is the credit that the coinbase spends. */
function mintBlockEmission({ state, journal }: Chain): bigint {
  const minted = mintable(state.totalIssuance, state.balancesIssuance);
  journal.set(state, "totalIssuance", addU64(state.totalIssuance, minted));
  journal.set(state, "balancesIssuance", addU64(state.balancesIssuance, minted));
  return minted;
}

function runCoinbase(chain: Chain, eligible: readonly Netuid[], credit: bigint): void {
  const { state, journal, protocol } = chain;
  for (const netuid of state.netuids) journal.set(state.columns.rootSellTao, netuid, 0n);
  const inputs = eligible.map((netuid) => shareInputOf(state, netuid));
  const { emissions, rootSellFlag } = subnetShares(inputs, credit, protocol.rules.shares);
  emitToSubnets(chain, eligible, emissions, rootSellFlag, credit);
  for (const drained of drainDueSubnets(chain)) {
    const subnet = state.subnets.get(drained.netuid);
    if (subnet !== undefined) payOutEpoch(chain, subnet, drained);
  }
}

/** Moving prices of the eligible subnets, after everything the block did to the pools. */
function updateMovingPrices({ state, journal }: Chain, eligible: readonly Netuid[]): void {
  const { columns, block, parameters } = state;
  for (const netuid of eligible) {
    const next = nextMovingPrice(
      priceOf(state, netuid),
      movingPriceOf(shareInputOf(state, netuid)),
      parameters.subnetMovingAlpha,
      BigInt(block),
      BigInt(columns.firstEmissionBlock[netuid] ?? 0),
      cell(columns, "emaPriceHalvingBlocks", netuid),
    );
    journal.set(columns.movingPrice, netuid, next);
  }
}

/** Root proportions for display. */
function storeRootProportions({ state, journal }: Chain, eligible: readonly Netuid[]): void {
  const { columns } = state;
  const taoWeight = taoWeightFraction(state.parameters.taoWeight);
  for (const netuid of eligible) {
    const issuance = alphaIssuance(columns, netuid);
    journal.set(
      columns.rootProportion,
      netuid,
      rootProportion(cell(columns, "tao", ROOT), issuance, taoWeight),
    );
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

/** Advances the chain to its next block and does what the block does before its calls. */
export function blockStep(chain: Chain): void {
  const { state, journal } = chain;
  journal.set(state, "block", state.block + 1);
  decayBurnPrices(chain);
  const credit = mintBlockEmission(chain);
  const eligible = eligibleSubnets(state);
  runCoinbase(chain, eligible, credit);
  updateMovingPrices(chain, eligible);
  storeRootProportions(chain, eligible);
  applyMaturedChildren(chain);
  runAutoRootClaims(chain);
}
