/** Random calls: for every call a way to draw its arguments, mostly sensible, sometimes absurd. */
import type { CallData, Origin } from "../../../sim/chain/calls/call.ts";
import {
  CALL_NAMES,
  type Call,
  type CallArguments,
  type CallName,
} from "../../../sim/chain/calls/dispatch.ts";
import { coldkeyHash } from "../../../sim/chain/keys/swapColdkey.ts";
import { ORDERS_CHAIN_ID, type LimitOrder, type SignedOrder } from "../../../sim/chain/orders/order.ts";
import type { NetworkState } from "../../../sim/chain/state/network.ts";

export const COLDKEYS = [1, 2, 3, 4, 5, 6];
export const HOTKEYS = [101, 102, 103, 104, 105, 106, 107, 108];
const U64_MAX = 0xffff_ffff_ffff_ffffn;

/** Draws from a seed; the same seed gives the same calls on the same states. */
export class Draw {
  private state: number;

  constructor(seed: number) {
    this.state = (seed ^ 0x9e37_79b9) >>> 0 || 1;
  }

  /** 0 .. below - 1. */
  below(below: number): number {
    this.state ^= this.state << 13;
    this.state >>>= 0;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    this.state >>>= 0;
    return this.state % below;
  }

  one<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }

  chance(of: number): boolean {
    return this.below(of) === 0;
  }

  list<T>(most: number, draw: () => T): T[] {
    return Array.from({ length: this.below(most + 1) }, draw);
  }
}

/** What arguments are drawn from. */
interface Context {
  readonly draw: Draw;
  readonly state: NetworkState;
}

const amount = ({ draw }: Context): bigint =>
  draw.chance(12)
    ? draw.one([0n, 1n, 499n, 500n, 2_000_000n, U64_MAX])
    : BigInt(1 + draw.below(1_000_000)) * draw.one([1_000n, 1_000_000n, 100_000_000n]);
const netuid = ({ draw }: Context): number => (draw.chance(20) ? draw.below(8) : 1 + draw.below(3));
const anyNetuid = ({ draw }: Context): number => draw.below(4);
const hotkey = ({ draw }: Context): number => (draw.chance(40) ? 777 : draw.one(HOTKEYS));
const coldkey = ({ draw }: Context): number => (draw.chance(40) ? 7 + draw.below(3) : draw.one(COLDKEYS));
const flag = ({ draw }: Context): boolean => draw.chance(2);
const u16 = ({ draw }: Context): number => (draw.chance(2) ? draw.below(65_536) : draw.below(40));
const small = ({ draw }: Context): number => draw.below(12);
const price = ({ draw }: Context): bigint =>
  draw.one([0n, 1_000n, 900_000_000n, 999_000_000n, 1_000_000_000n, 1_001_000_000n, 1_200_000_000n, U64_MAX]);
const orNull =
  <T>(value: (c: Context) => T) =>
  (c: Context): T | null =>
    c.draw.chance(3) ? null : value(c);
const blocks = ({ draw }: Context): bigint => BigInt(draw.below(12));
const proportion = ({ draw }: Context): bigint => (U64_MAX / 16n) * BigInt(draw.below(17));
const laterBlock = ({ draw, state }: Context): number => state.block + draw.below(500_000);
const uidList = ({ draw }: Context): number[] => draw.list(4, () => draw.below(6));
const valueList = ({ draw }: Context): number[] => draw.list(4, () => draw.below(65_536));
const version = (): bigint => 0n;

/** Equal lists of uids and values most of the time. */
const weights = (c: Context): { dests: number[]; weights: number[]; versionKey: bigint } => {
  const dests = uidList(c);
  return {
    dests,
    weights: c.draw.chance(9) ? valueList(c) : dests.map(() => c.draw.below(65_536)),
    versionKey: 0n,
  };
};

const setting =
  <V>(value: (c: Context) => V) =>
  (c: Context) => ({ netuid: anyNetuid(c), value: value(c) });
const global =
  <V>(value: (c: Context) => V) =>
  (c: Context) => ({ value: value(c) });
const nothing = (): Record<string, never> => ({});
const reveal = (c: Context) => ({
  netuid: netuid(c),
  uids: uidList(c),
  values: valueList(c),
  salt: valueList(c),
  versionKey: version(),
});
const timelock = (c: Context) => ({
  netuid: netuid(c),
  commit: { uids: uidList(c), values: valueList(c), versionKey: version() },
  revealRound: c.state.block + c.draw.below(4),
  availableAt: c.draw.chance(2) ? null : c.state.block + c.draw.below(20),
});
const move = (c: Context) => ({
  originNetuid: anyNetuid(c),
  destinationNetuid: anyNetuid(c),
  alphaAmount: amount(c),
});
const loan = (c: Context) => ({ crowdloanId: c.draw.below(3) });

const order = (c: Context): LimitOrder => ({
  signer: coldkey(c),
  hotkey: hotkey(c),
  netuid: netuid(c),
  orderType: c.draw.one(["LimitBuy", "TakeProfit", "StopLoss"]),
  amount: amount(c),
  limitPrice: price(c),
  expiry: c.state.block * 12_000 + c.draw.below(1_000_000) - 10_000,
  feeRate: c.draw.one([0n, 1_000_000n, 500_000_000n]),
  feeRecipient: coldkey(c),
  relayers: c.draw.chance(2) ? null : [coldkey(c)],
  maxSlippage: c.draw.chance(2) ? null : 10_000_000n,
  partialFillsEnabled: flag(c),
  chainId: c.draw.chance(20) ? 1 : ORDERS_CHAIN_ID,
});
const signedOrder = (c: Context): SignedOrder => {
  const drawn = order(c);
  return {
    order: drawn,
    signedBy: c.draw.chance(20) ? coldkey(c) : drawn.signer,
    partialFill: c.draw.chance(3) ? amount(c) : null,
  };
};
const batch = (c: Context) => ({
  calls: c.draw.list(3, (): CallData => {
    const { call, args } = randomCall(c.draw, c.state, false);
    return { call, args } as CallData;
  }),
});

/** Draws the arguments of every call. */
const ARGUMENTS: { readonly [Name in CallName]: (c: Context) => CallArguments[Name] } = {
  addStake: (c) => ({ hotkey: hotkey(c), netuid: anyNetuid(c), amountStaked: amount(c) }),
  addStakeLimit: (c) => ({
    hotkey: hotkey(c),
    netuid: anyNetuid(c),
    amountStaked: amount(c),
    limitPrice: price(c),
    allowPartial: flag(c),
  }),
  addStakeBurn: (c) => ({
    hotkey: hotkey(c),
    netuid: anyNetuid(c),
    amount: amount(c),
    limit: orNull(price)(c),
  }),
  removeStake: (c) => ({ hotkey: hotkey(c), netuid: anyNetuid(c), amountUnstaked: amount(c) }),
  removeStakeLimit: (c) => ({
    hotkey: hotkey(c),
    netuid: anyNetuid(c),
    amountUnstaked: amount(c),
    limitPrice: price(c),
    allowPartial: flag(c),
  }),
  removeStakeFullLimit: (c) => ({ hotkey: hotkey(c), netuid: anyNetuid(c), limitPrice: orNull(price)(c) }),
  unstakeAll: (c) => ({ hotkey: hotkey(c) }),
  unstakeAllAlpha: (c) => ({ hotkey: hotkey(c) }),
  moveStake: (c) => ({ ...move(c), originHotkey: hotkey(c), destinationHotkey: hotkey(c) }),
  transferStake: (c) => ({ ...move(c), destinationColdkey: coldkey(c), hotkey: hotkey(c) }),
  swapStake: (c) => ({ ...move(c), hotkey: hotkey(c) }),
  swapStakeLimit: (c) => ({ ...move(c), hotkey: hotkey(c), limitPrice: price(c), allowPartial: flag(c) }),
  recycleAlpha: (c) => ({ hotkey: hotkey(c), amount: amount(c), netuid: anyNetuid(c) }),
  burnAlpha: (c) => ({ hotkey: hotkey(c), amount: amount(c), netuid: anyNetuid(c) }),
  increaseTake: (c) => ({ hotkey: hotkey(c), take: c.draw.below(12_000) }),
  decreaseTake: (c) => ({ hotkey: hotkey(c), take: c.draw.below(12_000) }),
  setChildkeyTake: (c) => ({ hotkey: hotkey(c), netuid: anyNetuid(c), take: c.draw.below(12_000) }),
  setChildren: (c) => ({
    hotkey: hotkey(c),
    netuid: netuid(c),
    children: c.draw.list(3, () => ({ proportion: proportion(c), hotkey: hotkey(c) })),
  }),
  claimRoot: (c) => ({ subnets: c.draw.list(3, () => anyNetuid(c)) }),
  setRootClaimType: (c) => ({
    newRootClaimType: c.draw.one([
      { kind: "Swap" },
      { kind: "Keep" },
      { kind: "KeepSubnets", subnets: c.draw.list(2, () => anyNetuid(c)) },
    ] as const),
  }),
  sudoSetNumRootClaims: (c) => ({ newValue: c.draw.below(60) }),
  sudoSetRootClaimThreshold: (c) => ({ netuid: anyNetuid(c), newValue: BigInt(c.draw.below(20_000_000)) }),
  lockStake: (c) => ({ hotkey: hotkey(c), netuid: netuid(c), amount: amount(c) }),
  moveLock: (c) => ({ destinationHotkey: hotkey(c), netuid: netuid(c) }),
  setPerpetualLock: (c) => ({ netuid: netuid(c), enabled: flag(c) }),
  setRejectLockedAlpha: (c) => ({ enabled: flag(c) }),
  setWeights: (c) => ({ netuid: netuid(c), ...weights(c) }),
  setMechanismWeights: (c) => ({ netuid: netuid(c), mecid: c.draw.below(3), ...weights(c) }),
  batchSetWeights: (c) => {
    const netuids = c.draw.list(2, () => netuid(c));
    return {
      netuids,
      weights: netuids.map(() => c.draw.list(3, () => [c.draw.below(6), c.draw.below(65_536)] as const)),
      versionKeys: netuids.map(version),
    };
  },
  commitWeights: (c) => ({ netuid: netuid(c), commitHash: `${c.draw.below(4)}`.padStart(64, "0") }),
  commitMechanismWeights: (c) => ({
    netuid: netuid(c),
    mecid: c.draw.below(3),
    commitHash: `${c.draw.below(4)}`.padStart(64, "0"),
  }),
  batchCommitWeights: (c) => ({
    netuids: [netuid(c)],
    commitHashes: [`${c.draw.below(4)}`.padStart(64, "0")],
  }),
  revealWeights: reveal,
  revealMechanismWeights: (c) => ({ ...reveal(c), mecid: c.draw.below(3) }),
  batchRevealWeights: (c) => {
    const { netuid: subnet, uids, values, salt, versionKey } = reveal(c);
    return {
      netuid: subnet,
      uidsList: [uids],
      valuesList: [values],
      saltsList: [salt],
      versionKeys: [versionKey],
    };
  },
  commitTimelockedWeights: (c) => ({ ...timelock(c), commitRevealVersion: 4 }),
  commitTimelockedMechanismWeights: (c) => ({
    ...timelock(c),
    mecid: c.draw.below(3),
    commitRevealVersion: 4,
  }),
  commitCrv3MechanismWeights: (c) => ({ ...timelock(c), mecid: c.draw.below(3) }),
  burnedRegister: (c) => ({ netuid: netuid(c), hotkey: hotkey(c) }),
  register: (c) => ({ netuid: netuid(c), hotkey: hotkey(c) }),
  registerLimit: (c) => ({ netuid: netuid(c), hotkey: hotkey(c), limitPrice: amount(c) }),
  rootRegister: (c) => ({ hotkey: hotkey(c) }),
  registerNetwork: (c) => ({ hotkey: hotkey(c) }),
  registerNetworkWithIdentity: (c) => ({ hotkey: hotkey(c), identity: null }),
  startCall: (c) => ({ netuid: anyNetuid(c) }),
  dissolveNetwork: (c) => ({ netuid: anyNetuid(c) }),
  rootDissolveNetwork: (c) => ({ netuid: anyNetuid(c) }),
  updateSymbol: (c) => ({ netuid: anyNetuid(c), symbol: c.draw.one(["α", "β", "?"]) }),
  tryAssociateHotkey: (c) => ({ hotkey: hotkey(c) }),
  setColdkeyAutoStakeHotkey: (c) => ({ netuid: netuid(c), hotkey: hotkey(c) }),
  setAutoParentDelegationEnabled: (c) => ({ hotkey: hotkey(c), enabled: flag(c) }),
  swapHotkey: (c) => ({ hotkey: hotkey(c), newHotkey: hotkey(c), netuid: orNull(anyNetuid)(c) }),
  swapHotkeyV2: (c) => ({
    hotkey: hotkey(c),
    newHotkey: hotkey(c),
    netuid: orNull(anyNetuid)(c),
    keepStake: flag(c),
  }),
  announceColdkeySwap: (c) => ({ newColdkeyHash: coldkeyHash(7 + c.draw.below(3)) }),
  swapColdkeyAnnounced: (c) => ({ newColdkey: 7 + c.draw.below(3) }),
  disputeColdkeySwap: nothing,
  clearColdkeySwapAnnouncement: nothing,
  swapColdkey: (c) => ({ oldColdkey: coldkey(c), newColdkey: 7 + c.draw.below(3), swapCost: amount(c) }),
  resetColdkeySwap: (c) => ({ coldkey: coldkey(c) }),
  scheduleSwapColdkey: (c) => ({ newColdkey: coldkey(c) }),
  setTempo: (c) => ({ netuid: anyNetuid(c), tempo: 4 + c.draw.below(20) }),
  triggerEpoch: (c) => ({ netuid: anyNetuid(c) }),
  setActivityCutoffFactor: (c) => ({ netuid: anyNetuid(c), factorMilli: c.draw.below(60_000) }),
  sudoSetSnOwnerHotkey: (c) => ({ netuid: anyNetuid(c), hotkey: hotkey(c) }),
  sudoSetSubnetOwnerHotkey: (c) => ({ netuid: anyNetuid(c), hotkey: hotkey(c) }),
  sudoTrimToMaxAllowedUids: (c) => ({ netuid: anyNetuid(c), maxN: c.draw.below(20) }),
  sudoSetMechanismCount: (c) => ({ netuid: anyNetuid(c), mechanismCount: c.draw.below(4) }),
  sudoSetMechanismEmissionSplit: (c) => ({
    netuid: anyNetuid(c),
    maybeSplit: c.draw.one([null, [65_535], [40_000, 25_535], [1, 2]]),
  }),
  enableVotingPowerTracking: (c) => ({ netuid: anyNetuid(c) }),
  disableVotingPowerTracking: (c) => ({ netuid: anyNetuid(c) }),
  sudoSetVotingPowerEmaAlpha: (c) => ({ netuid: anyNetuid(c), alpha: amount(c) }),
  sudoSetActivityCutoff: setting(u16),
  sudoSetAdjustmentAlpha: setting(amount),
  sudoSetMaxDifficulty: setting(amount),
  sudoSetRho: setting(u16),
  sudoSetServingRateLimit: setting(blocks),
  sudoSetAlphaSigmoidSteepness: setting(({ draw }) => draw.below(4_000) - 1_000),
  sudoSetAlphaValues: (c) => ({ netuid: anyNetuid(c), alphaLow: u16(c), alphaHigh: u16(c) }),
  sudoSetBondsMovingAverage: setting(({ draw }) => BigInt(draw.below(1_000_001))),
  sudoSetBondsPenalty: setting(u16),
  sudoSetBondsResetEnabled: setting(flag),
  sudoSetBurnHalfLife: setting(u16),
  sudoSetBurnIncreaseMult: setting(({ draw }) => BigInt(draw.below(5)) << 64n),
  sudoSetCommitRevealWeightsEnabled: setting(flag),
  sudoSetCommitRevealWeightsInterval: setting(small),
  sudoSetImmunityPeriod: setting(u16),
  sudoSetLiquidAlphaEnabled: setting(flag),
  sudoSetMaxAllowedUids: setting(({ draw }) => draw.below(300)),
  sudoSetMaxBurn: setting(amount),
  sudoSetMinAllowedWeights: setting(small),
  sudoSetMinBurn: setting(amount),
  sudoSetMinChildkeyTakePerSubnet: setting(({ draw }) => draw.below(12_000)),
  sudoSetOwnerCutEnabled: setting(flag),
  sudoSetOwnerCutAutoLockEnabled: setting(flag),
  sudoSetOwnerImmuneNeuronLimit: setting(small),
  sudoSetRecycleOrBurn: setting(({ draw }) => draw.one(["Recycle", "Burn"] as const)),
  sudoSetToggleTransfer: setting(flag),
  sudoSetWeightsVersionKey: setting(version),
  sudoSetYuma3Enabled: setting(flag),
  sudoSetAdjustmentInterval: setting(u16),
  sudoSetDifficulty: setting(amount),
  sudoSetMinDifficulty: setting(amount),
  sudoSetEmaPriceHalvingPeriod: setting(blocks),
  sudoSetKappa: setting(u16),
  sudoSetMaxAllowedValidators: setting(small),
  sudoSetMaxRegistrationsPerBlock: setting(small),
  sudoSetTargetRegistrationsPerInterval: setting(small),
  sudoSetMinAllowedUids: setting(small),
  sudoSetMinNonImmuneUids: setting(small),
  sudoSetNetworkPowRegistrationAllowed: setting(flag),
  sudoSetNetworkRegistrationAllowed: setting(({ draw }) => !draw.chance(4)),
  sudoSetSubnetEmissionEnabled: setting(({ draw }) => !draw.chance(4)),
  sudoSetSubtokenEnabled: setting(({ draw }) => !draw.chance(4)),
  sudoSetTempo: setting(({ draw }) => draw.below(12)),
  sudoSetWeightsSetRateLimit: setting(blocks),
  sudoSetRaoRecycled: setting(amount),
  sudoSetNetworkRateLimit: global(blocks),
  sudoSetNetworkImmunityPeriod: global(blocks),
  sudoSetNetworkMinLockCost: global(amount),
  sudoSetLockReductionInterval: global(blocks),
  sudoSetSubnetLimit: global(({ draw }) => 2 + draw.below(4)),
  sudoSetStartCallDelay: global(blocks),
  sudoSetSubnetOwnerCut: global(u16),
  sudoSetStakeThreshold: global(amount),
  sudoSetNominatorMinRequiredStake: global(({ draw }) => BigInt(draw.below(20_000_000))),
  sudoSetDefaultTake: global(u16),
  sudoSetMinDelegateTake: global(small),
  sudoSetMinChildkeyTake: global(small),
  sudoSetMaxChildkeyTake: global(u16),
  sudoSetTxRateLimit: global(blocks),
  sudoSetTxDelegateTakeRateLimit: global(blocks),
  sudoSetTxChildkeyTakeRateLimit: global(blocks),
  setPendingChildkeyCooldown: global(blocks),
  sudoSetCkBurn: global(proportion),
  sudoSetSubnetMovingAlpha: global(({ draw }) => BigInt(draw.below(1 << 30))),
  sudoSetAdminFreezeWindow: global(({ draw }) => draw.below(3)),
  sudoSetOwnerHparamRateLimit: global(({ draw }) => draw.below(3)),
  sudoSetMaxEpochsPerBlock: global(({ draw }) => draw.below(4)),
  sudoSetMaxMechanismCount: global(({ draw }) => draw.below(18)),
  sudoSetCommitRevealVersion: global(() => 4),
  sudoSetColdkeySwapAnnouncementDelay: global(blocks),
  sudoSetColdkeySwapReannouncementDelay: global(blocks),
  sudoSetTaoFlowCutoff: global(amount),
  sudoSetTaoFlowSmoothingFactor: global(amount),
  sudoSetNetTaoFlowEnabled: global(flag),
  sudoSetTaoFlowNormalizationExponent: global(({ draw }) => BigInt(draw.below(4)) << 63n),
  sudoSetTotalIssuance: global(amount),
  "Swap.setFeeRate": (c) => ({ netuid: anyNetuid(c), rate: c.draw.below(12_000) }),
  "Swap.addLiquidity": nothing,
  "Swap.removeLiquidity": nothing,
  "Swap.modifyPosition": nothing,
  "Swap.toggleUserLiquidity": nothing,
  "Swap.disableLp": nothing,
  "Crowdloan.create": (c) => {
    const lease = c.draw.chance(2);
    return {
      deposit: 10_000_000_000n + amount(c),
      minContribution: 100_000_000n,
      cap: 20_000_000_000n + amount(c) * 2n,
      end: laterBlock(c),
      call: lease
        ? { call: "registerLeasedNetwork", args: { emissionsShare: c.draw.below(101), endBlock: null } }
        : null,
      targetAddress: lease ? null : coldkey(c),
    };
  },
  "Crowdloan.contribute": (c) => ({ ...loan(c), amount: amount(c) * 100n }),
  "Crowdloan.withdraw": loan,
  "Crowdloan.finalize": loan,
  "Crowdloan.refund": loan,
  "Crowdloan.dissolve": loan,
  "Crowdloan.updateMinContribution": (c) => ({ ...loan(c), newMinContribution: amount(c) }),
  "Crowdloan.updateEnd": (c) => ({ ...loan(c), newEnd: laterBlock(c) }),
  "Crowdloan.updateCap": (c) => ({ ...loan(c), newCap: amount(c) * 100n }),
  "Crowdloan.setMaxContribution": (c) => ({ ...loan(c), newMaxContribution: orNull(amount)(c) }),
  registerLeasedNetwork: (c) => ({ emissionsShare: c.draw.below(101), endBlock: null }),
  terminateLease: (c) => ({ leaseId: c.draw.below(2), hotkey: hotkey(c) }),
  "LimitOrders.executeOrders": (c) => ({ orders: c.draw.list(3, () => signedOrder(c)), shouldFail: flag(c) }),
  "LimitOrders.executeBatchedOrders": (c) => ({
    netuid: netuid(c),
    orders: c.draw.list(3, () => signedOrder(c)),
  }),
  "LimitOrders.cancelOrder": (c) => ({ order: order(c) }),
  "LimitOrders.setPalletStatus": (c) => ({ enabled: flag(c) }),
  "Balances.transferAllowDeath": (c) => ({ dest: coldkey(c), value: amount(c) }),
  "Balances.transferKeepAlive": (c) => ({ dest: coldkey(c), value: amount(c) }),
  "Balances.transferAll": (c) => ({ dest: coldkey(c), keepAlive: flag(c) }),
  "Utility.batch": batch,
  "Utility.batchAll": batch,
  "Utility.forceBatch": batch,
  "Proxy.proxy": (c) => ({
    real: coldkey(c),
    forceProxyType: null,
    call: { call: "setTempo", args: { netuid: anyNetuid(c), tempo: 4 + c.draw.below(20) } },
  }),
};

/** Calls that move alpha or TAO are drawn as often as all others together. */
const OFTEN: readonly CallName[] = [
  "addStake",
  "addStakeLimit",
  "removeStake",
  "removeStakeLimit",
  "moveStake",
  "transferStake",
  "swapStake",
  "unstakeAll",
  "burnedRegister",
  "setWeights",
  "claimRoot",
  "lockStake",
];
const SINGLE = CALL_NAMES.filter((name) => !name.startsWith("Utility."));

/** A call by a coldkey, a hotkey or the root origin. */
export function randomCall(draw: Draw, state: NetworkState, batches = true): Call {
  const names = draw.chance(2) ? OFTEN : batches ? CALL_NAMES : SINGLE;
  const call = draw.one(names);
  const signer = /weights/i.test(call) ? HOTKEYS : COLDKEYS;
  const origin: Origin = draw.chance(4) && !OFTEN.includes(call) ? "root" : { signed: draw.one(signer) };
  const args = ARGUMENTS[call]({ draw, state });
  return { call, origin, args } as Call;
}
