/**
 * The block's arithmetic on the exact kernel. What lies outside the kernel's ordinary range is done with big integers:
 * one pool where that is enough, else the whole block.
 *
 * PERF: the cost grows with subnets, about a microsecond each; two copies of the columns per block are nothing beside it.
 */
import type { Chain } from "../chain.ts";
import type { Netuid } from "../state/network.ts";
import { burnDecayFactor } from "../subnets/burnPrice.ts";
import type { CoinbaseArithmetic } from "./arithmetic.ts";
import { claimRows } from "./claimRow.ts";
import { destroyCredit, inject } from "./emission.ts";
import { economyOf } from "./instances.ts";
import { sharesByMovingPrice } from "./shares.ts";
import { taoWeightFraction } from "./terms.ts";
import { updatePrice, WIDE_ARITHMETIC } from "./wideArithmetic.ts";

/** The factors of the last block: half-lives hardly ever change. */
let halfLives = new Uint32Array(0);
let factors = new BigUint64Array(0);

/** Decay factors by netuid, Q32. One is no decay. */
function decayFactors({ state }: Chain): BigUint64Array {
  const { burnHalfLife } = state.columns;
  if (state.block <= 1) return new BigUint64Array(burnHalfLife.length).fill(1n << 32n);
  const known =
    halfLives.length === burnHalfLife.length &&
    halfLives.every((halfLife, i) => halfLife === burnHalfLife[i]);
  if (!known) {
    halfLives = burnHalfLife.slice();
    factors = BigUint64Array.from(burnHalfLife, (halfLife) =>
      halfLife === 0 ? 1n << 32n : burnDecayFactor(halfLife),
    );
  }
  return factors;
}

function decayBurns(chain: Chain): void {
  const { slab, capacity } = chain.state.columns;
  const economy = economyOf(capacity);
  economy.load(slab);
  economy.decayBurns(decayFactors(chain));
  economy.store(slab);
}

function emit(chain: Chain, credit: bigint): readonly Netuid[] {
  const { state, journal, protocol } = chain;
  const { columns, parameters } = state;
  const economy = economyOf(columns.capacity);
  economy.load(columns.slab);
  const ordinary =
    protocol.rules.shares === sharesByMovingPrice &&
    economy.terms({
      minted: credit,
      taoWeight: taoWeightFraction(parameters.taoWeight),
      ownerCut: parameters.subnetOwnerCut,
    });
  if (!ordinary) return WIDE_ARITHMETIC.emit(chain, credit);
  const eligible = economy.eligible();
  for (
    let position = economy.inject(0);
    position < eligible.length;
    position = economy.inject(position + 1)
  ) {
    economy.store(columns.slab);
    economy.credit = inject(chain, eligible[position] ?? 0, economy.injection(position), economy.credit);
    economy.load(columns.slab);
  }
  economy.emit();
  economy.store(columns.slab);
  journal.set(state, "totalStake", state.totalStake + economy.spent);
  journal.set(state, "accountsTotal", state.accountsTotal + economy.spent);
  destroyCredit(chain, economy.credit);
  return eligible;
}

function updatePrices(chain: Chain, eligible: readonly Netuid[]): void {
  const { columns, parameters, block } = chain.state;
  const economy = economyOf(columns.capacity);
  const taoWeight = taoWeightFraction(parameters.taoWeight);
  const read = { block, taoWeight, movingAlpha: parameters.subnetMovingAlpha };
  economy.load(columns.slab);
  for (
    let position = economy.prices(eligible, 0, read);
    position < eligible.length;
    position = economy.prices(eligible, position + 1, read)
  ) {
    economy.store(columns.slab);
    updatePrice(chain, eligible[position] ?? 0, taoWeight);
    economy.load(columns.slab);
  }
  economy.store(columns.slab);
}

export const FAST_ARITHMETIC: CoinbaseArithmetic = { decayBurns, emit, updatePrices, claimRows };
