/** A rule of the chain outside of the epoch, changed in the compiled file. */
export interface ChainMutation {
  readonly name: string;
  /** Below sim/chain, compiled. */
  readonly file: string;
  /** Stands in the compiled file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** What `yumasim check` may name first. */
  readonly column: RegExp;
}

export const CHAIN_MUTATIONS: readonly ChainMutation[] = [
  {
    name: "a registration does not raise the price",
    file: "subnets/burnPrice.js",
    find: "max(mult, U64F64.one)",
    replace: "U64F64.one",
    column: /^(pools\.burn|events\.amount|accounts\.balance|calls\..*)$/,
  },
  {
    name: "a take is of 65,536",
    file: "coinbase/dividends.js",
    find: "safeDiv(U96F32, whole(BigInt(take)), whole(65535n))",
    replace: "safeDiv(U96F32, whole(BigInt(take)), whole(65536n))",
    column: /^(stakes|accounts|pools|blocks|emission)\./,
  },
  {
    name: "parents contribute with all their stake",
    file: "coinbase/dividends.js",
    find: "weighted(alpha, root, proportionOf(proportion), taoWeight)",
    replace: "weighted(alpha, root, U96F32.one, taoWeight)",
    column: /^(stakes|accounts|pools|blocks|emission)\./,
  },
  {
    name: "hotkeys keep no take",
    file: "coinbase/payout.js",
    find: "saturatingMul(U96F32, takeFraction(delegateTake(chain, hotkey)), dividend)",
    replace: "0n",
    column: /^(stakes|accounts|pools|blocks|emission)\./,
  },
  {
    name: "the fee of a trade is of 65,536",
    file: "swap/pool.js",
    find: "saturatingDiv(U64F64, q64(rate), q64(65535n))",
    replace: "saturatingDiv(U64F64, q64(rate), q64(65536n))",
    column: /^(calls|pools|stakes|accounts|blocks|events|metrics)\./,
  },
  {
    name: "a parent keeps the stake weight that it gave",
    file: "staking/stakeWeight.js",
    find: "saturatingSub(U96F32, whole, given)",
    replace: "whole",
    column: /^(stakes|accounts|pools|blocks|events|metrics|emission)\./,
  },
  {
    name: "an epoch runs a block late",
    file: "coinbase/schedule.js",
    find: "(columns.lastEpochBlock[netuid] ?? 0) >= tempo",
    replace: "(columns.lastEpochBlock[netuid] ?? 0) > tempo",
    column: /^(events|stakes|accounts|pools|blocks|calls|emission)(\.|$)/,
  },
];
