/** A rule of the chain outside of the epoch, changed in the compiled file. */
export interface ChainMutation {
  readonly name: string;
  /** Below sim/chain, compiled. */
  readonly file: string;
  /** Stands in the compiled file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** The scenario that guards the rule, below scenarios/regression. */
  readonly scenario:
    | "economy"
    | "childkeys"
    | "registration"
    | "root"
    | "flows"
    | "calls/calls"
    | "calls/keys"
    | "calls/months"
    | "calls/owners"
    | "calls/refused"
    | "calls/trading";
  /** What `yumasim check` may name first; a table and a point where rows were added or are gone. */
  readonly column: RegExp;
}

export const CHAIN_MUTATIONS: readonly ChainMutation[] = [
  {
    name: "a registration does not raise the price",
    file: "subnets/burnPrice.js",
    find: "max(mult, U64F64.one)",
    replace: "U64F64.one",
    scenario: "economy",
    column: /^(pools\.burn|events\.amount|accounts\.balance|calls\..*)$/,
  },
  {
    name: "a take is of 65,536",
    file: "coinbase/dividends.js",
    find: "safeDiv(U96F32, whole(BigInt(take)), whole(65535n))",
    replace: "safeDiv(U96F32, whole(BigInt(take)), whole(65536n))",
    scenario: "economy",
    column: /^(stakes|accounts|pools|blocks|emission)\./,
  },
  {
    name: "parents contribute with all their stake",
    file: "coinbase/dividends.js",
    find: "weighted(alpha, root, proportionOf(proportion), taoWeight)",
    replace: "weighted(alpha, root, U96F32.one, taoWeight)",
    scenario: "childkeys",
    column: /^(stakes|accounts|pools|blocks|emission)\./,
  },
  {
    name: "hotkeys keep no take",
    file: "coinbase/payout.js",
    find: "saturatingMul(U96F32, takeFraction(delegateTake(chain, hotkey)), dividend)",
    replace: "0n",
    scenario: "economy",
    column: /^(stakes|accounts|pools|blocks|emission)\./,
  },
  {
    name: "the fee of a trade is of 65,536",
    file: "swap/pool.js",
    find: "saturatingDiv(U64F64, q64(rate), q64(65535n))",
    replace: "saturatingDiv(U64F64, q64(rate), q64(65536n))",
    scenario: "economy",
    column: /^(calls|pools|stakes|accounts|blocks|events|metrics|emission)\./,
  },
  {
    name: "a parent keeps the stake weight that it gave",
    file: "staking/stakeWeight.js",
    find: "saturatingSub(U96F32, whole, given)",
    replace: "whole",
    scenario: "childkeys",
    column: /^(stakes|accounts|pools|blocks|events|metrics|emission)\./,
  },
  {
    name: "an epoch runs a block late",
    file: "coinbase/schedule.js",
    find: "(columns.lastEpochBlock[netuid] ?? 0) >= tempo",
    replace: "(columns.lastEpochBlock[netuid] ?? 0) > tempo",
    scenario: "economy",
    column: /^(events|stakes|accounts|pools|blocks|calls|emission)(\.|$)/,
  },
  {
    name: "the neuron that earns most is replaced",
    file: "registration/pruneUid.js",
    find: "? a.emission < b.emission",
    replace: "? a.emission > b.emission",
    scenario: "registration",
    column: /^(calls|accounts|pools|stakes)\./,
  },
  {
    name: "among equals the youngest neuron is replaced",
    file: "registration/pruneUid.js",
    find: "? a.registered < b.registered",
    replace: "? a.registered > b.registered",
    scenario: "registration",
    column: /^(calls|accounts|pools|stakes)\./,
  },
  {
    name: "immunity lasts a block longer",
    file: "registration/pruneUid.js",
    find: "< BigInt(parameters.immunityPeriod)",
    replace: "<= BigInt(parameters.immunityPeriod)",
    scenario: "registration",
    column: /^(calls|accounts|pools|stakes)\./,
  },
  {
    name: "what a registration bought is not destroyed",
    file: "registration/registerNeuron.js",
    find: 'lower(journal, state.columns, "alphaOut", netuid, bought.paidOut);',
    replace: "",
    scenario: "economy",
    column: /^(events|pools|emission)\./,
  },
  {
    name: "the owner's own miners are paid",
    file: "coinbase/payout.js",
    find: "(ownedBySubnetOwner || hotkey === subnet.ownerHotkey)",
    replace: "false",
    scenario: "registration",
    column: /^(blocks|pools|emission|stakes)\./,
  },
  {
    name: "a block mints a rao less",
    file: "coinbase/issuance.js",
    find: "BASE_EMISSION >> BigInt(halvingsAt(issuance))",
    replace: "(BASE_EMISSION - 1n) >> BigInt(halvingsAt(issuance))",
    scenario: "economy",
    column: /^blocks\.(block_emission|issuance)$/,
  },
  {
    name: "a fee is rounded up",
    file: "fees/fee.js",
    find: "perbillMulNearest(WEIGHT_FEE, weight)",
    replace: "perbillMulNearest(WEIGHT_FEE, weight) + 1n",
    scenario: "childkeys",
    column: /^calls\.fee$/,
  },
  {
    name: "a trade pays a rao more",
    file: "swap/pool.js",
    find: "const payout = (reserve, e) => toU64(",
    replace: "const payout = (reserve, e) => 1n + toU64(",
    scenario: "economy",
    column: /^(pools|stakes|accounts|emission)\./,
  },
  {
    name: "a rate of root dividends is rounded up",
    file: "staking/rootClaims.js",
    find: "safeDiv(I96F32, fromInteger(I96F32, amount), fromInteger(I96F32, rootStake))",
    replace: "safeDiv(I96F32, fromInteger(I96F32, amount), fromInteger(I96F32, rootStake)) + 1n",
    scenario: "root",
    column: /^(blocks|pools|stakes|accounts|claims)\./,
  },
  {
    name: "new root stake claims what it did not earn",
    file: "staking/rootClaims.js",
    find: "addU128(claimed, earned)",
    replace: "claimed",
    scenario: "root",
    column: /^(blocks|pools|stakes|accounts|claims)\./,
  },
  {
    name: "root stake counts in full for dividends",
    file: "coinbase/dividends.js",
    find: "const tao = mul(whole(root), taoWeight)",
    replace: "const tao = whole(root)",
    scenario: "childkeys",
    column: /^(emission|blocks|pools|stakes)\./,
  },
  {
    name: "root dividends are sold at any prices",
    file: "coinbase/shares.js",
    find: "priceSum > U64F64.one",
    replace: "true",
    scenario: "economy",
    column: /^(pools|emission|blocks)\./,
  },
  {
    name: "weights may be set a block later",
    file: "weights/setWeights.js",
    find: ">= subnet.parameters.weightsSetRateLimit",
    replace: "> subnet.parameters.weightsSetRateLimit",
    scenario: "childkeys",
    column: /^calls\./,
  },
  {
    name: "who never set a take has none",
    file: "staking/takes.js",
    find: "?.take ?? chain.protocol.constants.defaultDelegateTake",
    replace: "?.take ?? 0",
    scenario: "childkeys",
    column: /^(emission|stakes|pools|accounts)\./,
  },
  {
    name: "a stake is rounded up",
    file: "staking/sharePool.js",
    find: "return worth === null ? 0n : toWhole(worth)",
    replace: "return worth === null ? 0n : toWhole(worth) + 1n",
    scenario: "childkeys",
    column: /^(stakes|accounts)\./,
  },
  {
    name: "children take nothing of what they earn for their parents",
    file: "coinbase/payout.js",
    find: "takeFraction(childkeyTake(state, hotkey, netuid))",
    replace: "0n",
    scenario: "calls/calls",
    column: /^(stakes|accounts|pools|blocks|emission)\./,
  },
  {
    name: "CKBurn takes nothing",
    file: "coinbase/payout.js",
    find: "state.parameters.ckBurn",
    replace: "0n",
    scenario: "calls/calls",
    column: /^(stakes|accounts|pools|blocks|emission)\./,
  },
  {
    name: "a child keeps the stake that it gave to a child of its own",
    file: "coinbase/dividends.js",
    find: "part = sub(part, proportionOf(proportion))",
    replace: "void proportion",
    scenario: "calls/calls",
    column: /^(stakes|accounts|pools|blocks|emission)\./,
  },
  {
    name: "small nominations stay",
    file: "staking/removeStake.js",
    find: "held === 0n || held >= worth",
    replace: "true",
    scenario: "calls/calls",
    column: /^(stakes|accounts|pools|blocks|emission|events)(\.|$)/,
  },
  {
    name: "root dividends are claimed below the threshold",
    file: "staking/rootClaims.js",
    find: "owed < threshold || ",
    replace: "",
    scenario: "calls/calls",
    column: /^(stakes|accounts|pools|blocks|events)(\.|$)/,
  },
  {
    name: "weights need no permit",
    file: "weights/setWeights.js",
    find: "neurons.validatorPermit[uid] === 1",
    replace: "true",
    scenario: "calls/calls",
    column: /^calls\./,
  },
  {
    name: "weights need no stake",
    file: "weights/setWeights.js",
    find: "weight >= stakeThreshold << 64n",
    replace: "true",
    scenario: "calls/calls",
    column: /^calls\./,
  },
  {
    name: "the least stake is a rao more",
    file: "staking/checks.js",
    find: "return minStake + fee",
    replace: "return minStake + fee + 1n",
    scenario: "calls/calls",
    column: /^calls\./,
  },
  {
    name: "a silent validator is active twice as long",
    file: "epoch/epochInput.js",
    find: "(factorMilli * tempo) / 1_000",
    replace: "(factorMilli * tempo) / 500",
    scenario: "calls/calls",
    column: /^(stakes|accounts|pools|blocks|emission)\./,
  },
  {
    name: "locks do not decay",
    file: "locks/roll.js",
    find: "mass = saturatingMul(U64F64, massFactor, whole) >> 64n",
    replace: "void mass",
    scenario: "calls/calls",
    column: /^pools\.locked_alpha$/,
  },
  {
    name: "locks for ever decay",
    file: "locks/roll.js",
    find: "if (!perpetual)",
    replace: "if (true)",
    scenario: "calls/calls",
    column: /^pools\.locked_alpha$/,
  },
  {
    name: "locked alpha can be sold",
    file: "locks/touch.js",
    find: "return subU64(coldkeyAlpha(state, coldkey, netuid), locked)",
    replace: "return coldkeyAlpha(state, coldkey, netuid)",
    scenario: "calls/calls",
    column: /^calls\./,
  },
  {
    name: "a crowdloan takes more than it asked for",
    file: "crowdloan/crowdloans.js",
    find: "min(amount, room)",
    replace: "amount",
    scenario: "calls/calls",
    column: /^(calls|accounts|blocks)\./,
  },
  {
    name: "what a lease gives back is rounded up",
    file: "leases/leases.js",
    find: "saturatingMul(U64F64, share, fromInteger(U64F64, amount)) >> 64n",
    replace: "(saturatingMul(U64F64, share, fromInteger(U64F64, amount)) >> 64n) + 1n",
    scenario: "calls/calls",
    column: /^(accounts|stakes|blocks)\./,
  },
  {
    name: "the contributors' cut of a lease is rounded down",
    file: "leases/dividends.js",
    find: " + 99n",
    replace: "",
    scenario: "calls/calls",
    column: /^stakes\./,
  },
];
