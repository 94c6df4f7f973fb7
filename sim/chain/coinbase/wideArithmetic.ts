/** The block's arithmetic with big integers: for any values, and what the fast form is compared with. */
import type { Chain } from "../chain.ts";
import { ROOT, type Netuid } from "../state/network.ts";
import { decayBurnPrices } from "../subnets/burnPrice.ts";
import { cell, priceOf } from "../swap/books.ts";
import type { CoinbaseArithmetic } from "./arithmetic.ts";
import { alphaIssuance, eligibleSubnets, emitToSubnets, shareInputOf } from "./emission.ts";
import { nextMovingPrice } from "./movingPrice.ts";
import { movingPriceOf, subnetShares } from "./shares.ts";
import { rootProportion, taoWeightFraction } from "./terms.ts";

function emit(chain: Chain, credit: bigint): Netuid[] {
  const { state, protocol } = chain;
  const eligible = eligibleSubnets(state);
  const inputs = eligible.map((netuid) => shareInputOf(state, netuid));
  const { emissions, rootSellFlag } = subnetShares(inputs, credit, protocol.rules.shares(inputs, chain));
  emitToSubnets(chain, eligible, emissions, rootSellFlag, credit);
  return eligible;
}

/** Moving price and stored root proportion of one subnet. */
export function updatePrice({ state, journal }: Chain, netuid: Netuid, taoWeight: bigint): void {
  const { columns, block, parameters } = state;
  const next = nextMovingPrice(
    priceOf(state, netuid),
    movingPriceOf(shareInputOf(state, netuid)),
    parameters.subnetMovingAlpha,
    BigInt(block),
    BigInt(columns.firstEmissionBlock[netuid] ?? 0),
    cell(columns, "emaPriceHalvingBlocks", netuid),
  );
  journal.set(columns.movingPrice, netuid, next);
  const proportion = rootProportion(cell(columns, "tao", ROOT), alphaIssuance(columns, netuid), taoWeight);
  journal.set(columns.rootProportion, netuid, proportion);
}

export const WIDE_ARITHMETIC: CoinbaseArithmetic = {
  decayBurns: decayBurnPrices,
  emit,
  updatePrices(chain, eligible) {
    const taoWeight = taoWeightFraction(chain.state.parameters.taoWeight);
    for (const netuid of eligible) updatePrice(chain, netuid, taoWeight);
  },
  // The claims themselves are written with big integers.
  claimRows: () => () => false,
};
