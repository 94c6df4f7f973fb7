/** Random arguments for every call of the chain: a call without an entry here does not compile. */
import type { Call, CallArguments, CallName } from "../../../../sim/chain/calls/dispatch.ts";
import { CALL_NAMES } from "../../../../sim/chain/calls/dispatch.ts";
import { crowdloanAccount, leaseColdkey } from "../../../../sim/chain/accounts/derived.ts";
import { subnetAccount } from "../../../../sim/chain/accounts/accounts.ts";
import { coldkeyHash } from "../../../../sim/chain/keys/swapColdkey.ts";
import { ORDERS_CHAIN_ID, type LimitOrder, type SignedOrder } from "../../../../sim/chain/orders/order.ts";
import type { AccountId, NetworkState } from "../../../../sim/chain/state/network.ts";
import { SYMBOLS } from "../../../../sim/chain/networks/symbols.ts";
import { revealHash, type Reveal } from "../../../../sim/chain/weights/hashCommits.ts";
import type { Draw } from "./draw.ts";

const COLDKEYS = [1, 2, 3, 4, 5, 6];
const HOTKEYS = Array.from({ length: 24 }, (_, i) => 101 + i);

interface Source {
  readonly draw: Draw;
  readonly state: NetworkState;
  /** The signer's hotkey where the call is a validator's. */
  readonly signer: AccountId;
}

type Generators = { readonly [Name in CallName]: (source: Source) => CallArguments[Name] };

const coldkey = ({ draw }: Source): AccountId =>
  draw.chance(97)
    ? draw.pick(COLDKEYS)
    : draw.pick([subnetAccount(1), crowdloanAccount(0), leaseColdkey(0), 9_999]);
/** Mostly one of a few, so that calls meet what earlier calls did. */
const hotkey = ({ draw }: Source): AccountId => {
  if (draw.chance(2)) return draw.pick([1, subnetAccount(1)]);
  return draw.pick(draw.chance(70) ? HOTKEYS.slice(0, 5) : HOTKEYS);
};
const ownHotkey = (source: Source): AccountId => {
  const own = source.state.ownedHotkeys.get(source.signer) ?? [];
  return own.length > 0 && source.draw.chance(80) ? source.draw.pick(own) : hotkey(source);
};
const netuid = ({ draw }: Source): number => draw.pick([0, 1, 1, 1, 2, 2, 3, 4, 7]);
const u16 = ({ draw }: Source): number =>
  draw.pick([0, 1, 100, 1_638, 5_000, 11_796, 32_767, 60_000, 65_535]);
const small = ({ draw }: Source): number => draw.int(20);
const flag = ({ draw }: Source): boolean => draw.chance(50);
const amount = ({ draw }: Source): bigint => draw.amount();
const blocks = ({ draw }: Source): bigint => BigInt(draw.pick([0, 1, 2, 5, 10, 100, 7_200]));
const price = ({ draw }: Source): bigint =>
  draw.pick([0n, 1n, 500_000_000n, 1_000_000_000n, 3_000_000_000n, 10n ** 13n]);

const number = (source: Source) => ({ netuid: netuid(source), value: u16(source) });
const rao = (source: Source) => ({ netuid: netuid(source), value: amount(source) });
const toggle = (source: Source) => ({ netuid: netuid(source), value: flag(source) });
const globalBlocks = (source: Source) => ({ value: blocks(source) });
const globalNumber = (source: Source) => ({ value: u16(source) });
const nothing = () => ({});

const uids = (source: Source): number[] => source.draw.list(5, () => source.draw.int(6));
const weightsOf = (source: Source) => {
  const dests = uids(source);
  return { dests, weights: dests.map(() => u16(source)), versionKey: BigInt(source.draw.int(3)) };
};

/** Reveals come from a small set, so that a later reveal meets an earlier commit. */
const reveal = ({ draw }: Source): Reveal => ({
  netuid: draw.pick([1, 2]),
  mechanism: draw.chance(90) ? 0 : 1,
  uids: [draw.int(3)],
  values: [1],
  salt: [1],
  versionKey: 2n,
});
const revealArguments = (source: Source) => {
  const { mechanism, ...rest } = reveal(source);
  return { ...rest, mecid: mechanism };
};
const commitOf = (source: Source) => {
  const sent = reveal(source);
  return { netuid: sent.netuid, mecid: sent.mechanism, commitHash: revealHash(source.signer, sent) };
};

const timelock = (source: Source) => ({
  netuid: netuid(source),
  mecid: source.draw.int(2),
  commit: { uids: [source.draw.int(4)], values: [7], versionKey: 2n },
  revealRound: source.state.block + source.draw.int(12) - 1,
  availableAt: source.draw.chance(80) ? null : source.state.block + source.draw.int(30),
  commitRevealVersion: source.draw.chance(95) ? 4 : 3,
});

const children = (source: Source) =>
  source.draw.list(6, () => ({
    proportion: source.draw.pick([1n, 1n << 62n, 1n << 63n, 0xffff_ffff_ffff_ffffn]),
    hotkey: hotkey(source),
  }));

const order = (source: Source): LimitOrder => ({
  signer: source.draw.pick(COLDKEYS),
  hotkey: hotkey(source),
  netuid: source.draw.pick([0, 1, 1, 2]),
  orderType: source.draw.pick(["LimitBuy", "TakeProfit", "StopLoss"] as const),
  amount: amount(source),
  limitPrice: price(source),
  expiry: source.draw.chance(95) ? 10 ** 12 : 0,
  feeRate: source.draw.pick([0n, 1_000_000n, 999_999_999n]),
  feeRecipient: coldkey(source),
  relayers: source.draw.chance(70) ? null : [source.draw.pick(COLDKEYS), source.draw.pick(COLDKEYS)],
  maxSlippage: source.draw.chance(70) ? null : 50_000_000n,
  partialFillsEnabled: flag(source),
  chainId: source.draw.chance(97) ? ORDERS_CHAIN_ID : 1,
});

const signedOrder = (source: Source): SignedOrder => {
  const content = order(source);
  return {
    order: content,
    signedBy: source.draw.chance(97) ? content.signer : 3,
    partialFill: source.draw.chance(80) ? null : amount(source),
  };
};

const inner = (source: Source): { call: string; args: unknown } => {
  const { call, args } = randomArguments(source, source.draw.pick(CALL_NAMES));
  return { call, args };
};

const loanId = (source: Source) => ({
  crowdloanId: source.draw.int(Math.max(1, source.state.nextCrowdloanId + 1)),
});

const GENERATORS: Generators = {
  addStake: (s) => ({ hotkey: hotkey(s), netuid: netuid(s), amountStaked: amount(s) }),
  addStakeLimit: (s) => ({
    hotkey: hotkey(s),
    netuid: netuid(s),
    amountStaked: amount(s),
    limitPrice: price(s),
    allowPartial: flag(s),
  }),
  addStakeBurn: (s) => ({
    hotkey: hotkey(s),
    netuid: netuid(s),
    amount: amount(s),
    limit: flag(s) ? null : price(s),
  }),
  removeStake: (s) => ({ hotkey: hotkey(s), netuid: netuid(s), amountUnstaked: amount(s) }),
  removeStakeLimit: (s) => ({
    hotkey: hotkey(s),
    netuid: netuid(s),
    amountUnstaked: amount(s),
    limitPrice: price(s),
    allowPartial: flag(s),
  }),
  removeStakeFullLimit: (s) => ({
    hotkey: hotkey(s),
    netuid: netuid(s),
    limitPrice: flag(s) ? null : price(s),
  }),
  unstakeAll: (s) => ({ hotkey: hotkey(s) }),
  unstakeAllAlpha: (s) => ({ hotkey: hotkey(s) }),
  moveStake: (s) => ({
    originHotkey: hotkey(s),
    destinationHotkey: hotkey(s),
    originNetuid: netuid(s),
    destinationNetuid: netuid(s),
    alphaAmount: amount(s),
  }),
  transferStake: (s) => ({
    destinationColdkey: coldkey(s),
    hotkey: hotkey(s),
    originNetuid: netuid(s),
    destinationNetuid: netuid(s),
    alphaAmount: amount(s),
  }),
  swapStake: (s) => ({
    hotkey: hotkey(s),
    originNetuid: netuid(s),
    destinationNetuid: netuid(s),
    alphaAmount: amount(s),
  }),
  swapStakeLimit: (s) => ({
    hotkey: hotkey(s),
    originNetuid: netuid(s),
    destinationNetuid: netuid(s),
    alphaAmount: amount(s),
    limitPrice: price(s),
    allowPartial: flag(s),
  }),
  recycleAlpha: (s) => ({ hotkey: hotkey(s), amount: amount(s), netuid: netuid(s) }),
  burnAlpha: (s) => ({ hotkey: hotkey(s), amount: amount(s), netuid: netuid(s) }),
  increaseTake: (s) => ({ hotkey: ownHotkey(s), take: u16(s) }),
  decreaseTake: (s) => ({ hotkey: ownHotkey(s), take: u16(s) }),
  setChildkeyTake: (s) => ({ hotkey: ownHotkey(s), netuid: netuid(s), take: u16(s) }),
  setChildren: (s) => ({ hotkey: ownHotkey(s), netuid: netuid(s), children: children(s) }),
  claimRoot: (s) => ({ subnets: s.draw.list(6, () => netuid(s)) }),
  setRootClaimType: (s) => ({
    newRootClaimType: s.draw.pick([
      { kind: "Swap" as const },
      { kind: "Keep" as const },
      { kind: "KeepSubnets" as const, subnets: s.draw.list(3, () => netuid(s)) },
    ]),
  }),
  sudoSetNumRootClaims: (s) => ({ newValue: s.draw.int(60) }),
  sudoSetRootClaimThreshold: (s) => ({ netuid: netuid(s), newValue: amount(s) }),
  lockStake: (s) => ({ hotkey: hotkey(s), netuid: netuid(s), amount: amount(s) }),
  moveLock: (s) => ({ destinationHotkey: hotkey(s), netuid: netuid(s) }),
  setPerpetualLock: (s) => ({ netuid: netuid(s), enabled: flag(s) }),
  setRejectLockedAlpha: (s) => ({ enabled: flag(s) }),
  setWeights: (s) => ({ netuid: netuid(s), ...weightsOf(s) }),
  setMechanismWeights: (s) => ({ netuid: netuid(s), mecid: s.draw.int(3), ...weightsOf(s) }),
  batchSetWeights: (s) => {
    const netuids = s.draw.list(3, () => netuid(s));
    return {
      netuids,
      weights: netuids.map(() => uids(s).map((uid) => [uid, u16(s)] as const)),
      versionKeys: netuids.map(() => 2n),
    };
  },
  commitWeights: commitOf,
  commitMechanismWeights: commitOf,
  batchCommitWeights: (s) => {
    const commits = s.draw.list(3, () => commitOf(s));
    return { netuids: commits.map((one) => one.netuid), commitHashes: commits.map((one) => one.commitHash) };
  },
  revealWeights: revealArguments,
  revealMechanismWeights: revealArguments,
  batchRevealWeights: (s) => {
    const reveals = s.draw.list(3, () => reveal(s));
    return {
      netuid: s.draw.pick([1, 2]),
      uidsList: reveals.map((one) => one.uids),
      valuesList: reveals.map((one) => one.values),
      saltsList: reveals.map((one) => one.salt),
      versionKeys: reveals.map((one) => one.versionKey),
    };
  },
  commitTimelockedWeights: timelock,
  commitTimelockedMechanismWeights: timelock,
  commitCrv3MechanismWeights: timelock,
  burnedRegister: (s) => ({ netuid: netuid(s), hotkey: hotkey(s) }),
  register: (s) => ({ netuid: netuid(s), hotkey: hotkey(s) }),
  registerLimit: (s) => ({ netuid: netuid(s), hotkey: hotkey(s), limitPrice: amount(s) }),
  rootRegister: (s) => ({ hotkey: hotkey(s) }),
  registerNetwork: (s) => ({ hotkey: ownHotkey(s) }),
  registerNetworkWithIdentity: (s) => ({ hotkey: ownHotkey(s), identity: null }),
  startCall: (s) => ({ netuid: netuid(s) }),
  dissolveNetwork: (s) => ({ netuid: netuid(s) }),
  rootDissolveNetwork: (s) => ({ netuid: netuid(s) }),
  updateSymbol: (s) => ({ netuid: netuid(s), symbol: s.draw.pick(SYMBOLS) }),
  tryAssociateHotkey: (s) => ({ hotkey: hotkey(s) }),
  setColdkeyAutoStakeHotkey: (s) => ({ netuid: netuid(s), hotkey: hotkey(s) }),
  setAutoParentDelegationEnabled: (s) => ({ hotkey: ownHotkey(s), enabled: flag(s) }),
  swapHotkey: (s) => ({ hotkey: ownHotkey(s), newHotkey: hotkey(s), netuid: flag(s) ? null : netuid(s) }),
  swapHotkeyV2: (s) => ({
    hotkey: ownHotkey(s),
    newHotkey: hotkey(s),
    netuid: flag(s) ? null : netuid(s),
    keepStake: flag(s),
  }),
  announceColdkeySwap: (s) => ({ newColdkeyHash: coldkeyHash(s.draw.pick([11, 12, 13])) }),
  swapColdkeyAnnounced: (s) => ({ newColdkey: s.draw.pick([11, 12, 13]) }),
  disputeColdkeySwap: nothing,
  clearColdkeySwapAnnouncement: nothing,
  swapColdkey: (s) => ({ oldColdkey: coldkey(s), newColdkey: s.draw.pick([1, 11, 12]), swapCost: amount(s) }),
  resetColdkeySwap: (s) => ({ coldkey: coldkey(s) }),
  scheduleSwapColdkey: (s) => ({ newColdkey: coldkey(s) }),
  setTempo: (s) => ({ netuid: netuid(s), tempo: s.draw.pick([3, 4, 8, 20, 60_000]) }),
  triggerEpoch: (s) => ({ netuid: netuid(s) }),
  setActivityCutoffFactor: (s) => ({
    netuid: netuid(s),
    factorMilli: s.draw.pick([999, 1_000, 13_889, 50_001]),
  }),
  sudoSetSnOwnerHotkey: (s) => ({ netuid: netuid(s), hotkey: hotkey(s) }),
  sudoSetSubnetOwnerHotkey: (s) => ({ netuid: netuid(s), hotkey: hotkey(s) }),
  sudoTrimToMaxAllowedUids: (s) => ({ netuid: netuid(s), maxN: s.draw.int(18) }),
  sudoSetMechanismCount: (s) => ({ netuid: netuid(s), mechanismCount: s.draw.int(4) }),
  sudoSetMechanismEmissionSplit: (s) => ({
    netuid: netuid(s),
    maybeSplit: s.draw.pick([null, [65_535], [30_000, 35_535], [1, 2, 3], []]),
  }),
  enableVotingPowerTracking: (s) => ({ netuid: netuid(s) }),
  disableVotingPowerTracking: (s) => ({ netuid: netuid(s) }),
  sudoSetVotingPowerEmaAlpha: (s) => ({ netuid: netuid(s), alpha: amount(s) }),
  sudoSetActivityCutoff: number,
  sudoSetAdjustmentAlpha: rao,
  sudoSetMaxDifficulty: rao,
  sudoSetRho: number,
  sudoSetServingRateLimit: rao,
  sudoSetAlphaSigmoidSteepness: (s) => ({
    netuid: netuid(s),
    value: s.draw.pick([-1_000, 0, 1_000, 32_767]),
  }),
  sudoSetAlphaValues: (s) => ({ netuid: netuid(s), alphaLow: u16(s), alphaHigh: u16(s) }),
  sudoSetBondsMovingAverage: (s) => ({
    netuid: netuid(s),
    value: s.draw.pick([0n, 900_000n, 975_000n, 1_000_000n]),
  }),
  sudoSetBondsPenalty: number,
  sudoSetBondsResetEnabled: toggle,
  sudoSetBurnHalfLife: (s) => ({ netuid: netuid(s), value: s.draw.pick([0, 1, 10, 360, 36_100]) }),
  sudoSetBurnIncreaseMult: (s) => ({
    netuid: netuid(s),
    value: s.draw.pick([0n, 1n << 64n, 5n << 63n, 3n << 64n, 4n << 64n]),
  }),
  sudoSetCommitRevealWeightsEnabled: toggle,
  sudoSetCommitRevealWeightsInterval: (s) => ({ netuid: netuid(s), value: s.draw.pick([0, 1, 2, 3, 101]) }),
  sudoSetImmunityPeriod: (s) => ({ netuid: netuid(s), value: s.draw.pick([0, 5, 12, 65_535]) }),
  sudoSetLiquidAlphaEnabled: toggle,
  sudoSetMaxAllowedUids: (s) => ({ netuid: netuid(s), value: s.draw.pick([3, 8, 16, 64, 256, 300]) }),
  sudoSetMaxBurn: rao,
  sudoSetMinAllowedWeights: (s) => ({ netuid: netuid(s), value: small(s) }),
  sudoSetMinBurn: rao,
  sudoSetMinChildkeyTakePerSubnet: number,
  sudoSetOwnerCutEnabled: toggle,
  sudoSetOwnerCutAutoLockEnabled: toggle,
  sudoSetOwnerImmuneNeuronLimit: (s) => ({ netuid: netuid(s), value: small(s) }),
  sudoSetRecycleOrBurn: (s) => ({ netuid: netuid(s), value: s.draw.pick(["Recycle", "Burn"] as const) }),
  sudoSetToggleTransfer: toggle,
  sudoSetWeightsVersionKey: (s) => ({ netuid: netuid(s), value: BigInt(s.draw.int(3)) }),
  sudoSetYuma3Enabled: toggle,
  sudoSetAdjustmentInterval: number,
  sudoSetDifficulty: rao,
  sudoSetMinDifficulty: rao,
  sudoSetEmaPriceHalvingPeriod: (s) => ({ netuid: netuid(s), value: blocks(s) }),
  sudoSetKappa: number,
  sudoSetMaxAllowedValidators: (s) => ({ netuid: netuid(s), value: small(s) }),
  sudoSetMaxRegistrationsPerBlock: (s) => ({ netuid: netuid(s), value: small(s) }),
  sudoSetTargetRegistrationsPerInterval: (s) => ({ netuid: netuid(s), value: small(s) }),
  sudoSetMinAllowedUids: (s) => ({ netuid: netuid(s), value: s.draw.int(6) }),
  sudoSetMinNonImmuneUids: (s) => ({ netuid: netuid(s), value: s.draw.int(6) }),
  sudoSetNetworkPowRegistrationAllowed: toggle,
  sudoSetNetworkRegistrationAllowed: (s) => ({ netuid: netuid(s), value: s.draw.chance(90) }),
  sudoSetSubnetEmissionEnabled: (s) => ({ netuid: netuid(s), value: s.draw.chance(90) }),
  sudoSetSubtokenEnabled: (s) => ({ netuid: s.draw.pick([1, 2, 3]), value: s.draw.chance(90) }),
  sudoSetTempo: (s) => ({ netuid: s.draw.pick([1, 2, 3, 7]), value: s.draw.pick([0, 1, 4, 8, 20]) }),
  sudoSetWeightsSetRateLimit: (s) => ({ netuid: netuid(s), value: BigInt(s.draw.int(4)) }),
  sudoSetRaoRecycled: rao,
  sudoSetNetworkRateLimit: (s) => ({ value: BigInt(s.draw.int(20)) }),
  sudoSetNetworkImmunityPeriod: (s) => ({ value: BigInt(s.draw.int(100)) }),
  sudoSetNetworkMinLockCost: (s) => ({ value: s.draw.pick([1_000_000n, 1_000_000_000n, 10n ** 12n]) }),
  sudoSetLockReductionInterval: globalBlocks,
  sudoSetSubnetLimit: (s) => ({ value: 2 + s.draw.int(4) }),
  sudoSetStartCallDelay: (s) => ({ value: BigInt(s.draw.int(5)) }),
  sudoSetSubnetOwnerCut: globalNumber,
  sudoSetStakeThreshold: (s) => ({ value: s.draw.pick([0n, 0n, 1_000n, 10n ** 10n]) }),
  sudoSetNominatorMinRequiredStake: (s) => ({
    value: s.draw.pick([0n, 1_000_000n, 10_000_000n, 10n ** 10n]),
  }),
  sudoSetDefaultTake: globalNumber,
  sudoSetMinDelegateTake: (s) => ({ value: s.draw.pick([0, 10, 5_898]) }),
  sudoSetMinChildkeyTake: (s) => ({ value: s.draw.pick([0, 10, 5_898]) }),
  sudoSetMaxChildkeyTake: globalNumber,
  sudoSetTxRateLimit: globalBlocks,
  sudoSetTxDelegateTakeRateLimit: globalBlocks,
  sudoSetTxChildkeyTakeRateLimit: globalBlocks,
  setPendingChildkeyCooldown: globalBlocks,
  sudoSetCkBurn: (s) => ({ value: s.draw.pick([0n, 1n << 62n, 0xffff_ffff_ffff_ffffn]) }),
  sudoSetSubnetMovingAlpha: (s) => ({ value: s.draw.pick([0n, 12_885n, 1n << 31n, 1n << 32n]) }),
  sudoSetAdminFreezeWindow: (s) => ({ value: s.draw.int(3) }),
  sudoSetOwnerHparamRateLimit: (s) => ({ value: s.draw.int(3) }),
  sudoSetMaxEpochsPerBlock: (s) => ({ value: s.draw.int(4) }),
  sudoSetMaxMechanismCount: (s) => ({ value: s.draw.int(18) }),
  sudoSetCommitRevealVersion: (s) => ({ value: s.draw.chance(90) ? 4 : 3 }),
  sudoSetColdkeySwapAnnouncementDelay: globalBlocks,
  sudoSetColdkeySwapReannouncementDelay: globalBlocks,
  sudoSetTaoFlowCutoff: (s) => ({ value: amount(s) }),
  sudoSetTaoFlowSmoothingFactor: (s) => ({ value: amount(s) }),
  sudoSetNetTaoFlowEnabled: (s) => ({ value: flag(s) }),
  sudoSetTaoFlowNormalizationExponent: (s) => ({ value: s.draw.pick([1n << 64n, 3n << 63n, 3n << 64n]) }),
  sudoSetTotalIssuance: (s) => ({ value: amount(s) }),
  "Swap.setFeeRate": (s) => ({ netuid: netuid(s), rate: s.draw.pick([0, 33, 10_000, 10_001]) }),
  "Swap.addLiquidity": nothing,
  "Swap.removeLiquidity": nothing,
  "Swap.modifyPosition": nothing,
  "Swap.toggleUserLiquidity": nothing,
  "Swap.disableLp": nothing,
  "Crowdloan.create": (s) => {
    const withCall = flag(s);
    return {
      deposit: 10_000_000_000n,
      minContribution: s.draw.pick([100_000_000n, 1_000_000_000n]),
      cap: s.draw.pick([20_000_000_000n, 100_000_000_000n]),
      end: s.state.block + 50_400 + s.draw.int(10),
      call: withCall
        ? s.draw.chance(70)
          ? { call: "registerLeasedNetwork", args: { emissionsShare: s.draw.int(101), endBlock: null } }
          : inner(s)
        : null,
      targetAddress: withCall ? null : coldkey(s),
    };
  },
  "Crowdloan.contribute": (s) => ({ ...loanId(s), amount: s.draw.pick([1_000_000_000n, 90_000_000_000n]) }),
  "Crowdloan.withdraw": loanId,
  "Crowdloan.finalize": loanId,
  "Crowdloan.refund": loanId,
  "Crowdloan.dissolve": loanId,
  "Crowdloan.updateMinContribution": (s) => ({ ...loanId(s), newMinContribution: amount(s) }),
  "Crowdloan.updateEnd": (s) => ({ ...loanId(s), newEnd: s.state.block + 50_395 + s.draw.int(10) }),
  "Crowdloan.updateCap": (s) => ({ ...loanId(s), newCap: amount(s) }),
  "Crowdloan.setMaxContribution": (s) => ({ ...loanId(s), newMaxContribution: flag(s) ? null : amount(s) }),
  registerLeasedNetwork: (s) => ({ emissionsShare: s.draw.int(101), endBlock: null }),
  terminateLease: (s) => ({ leaseId: s.draw.int(2), hotkey: ownHotkey(s) }),
  "LimitOrders.executeOrders": (s) => ({ orders: s.draw.list(3, () => signedOrder(s)), shouldFail: flag(s) }),
  "LimitOrders.executeBatchedOrders": (s) => ({
    netuid: s.draw.pick([1, 1, 2]),
    orders: s.draw.list(4, () => {
      const one = signedOrder(s);
      return { ...one, order: { ...one.order, netuid: 1 } };
    }),
  }),
  "LimitOrders.cancelOrder": (s) => ({ order: order(s) }),
  "LimitOrders.setPalletStatus": (s) => ({ enabled: s.draw.chance(90) }),
  "Balances.transferAllowDeath": (s) => ({ dest: coldkey(s), value: amount(s) }),
  "Balances.transferKeepAlive": (s) => ({ dest: coldkey(s), value: amount(s) }),
  "Balances.transferAll": (s) => ({ dest: coldkey(s), keepAlive: s.draw.chance(90) }),
  "Utility.batch": (s) => ({ calls: s.draw.list(3, () => inner(s)) }),
  "Utility.batchAll": (s) => ({ calls: s.draw.list(3, () => inner(s)) }),
  "Utility.forceBatch": (s) => ({ calls: s.draw.list(3, () => inner(s)) }),
  "Proxy.proxy": (s) => ({
    real: s.draw.pick([1, 2, leaseColdkey(0), leaseColdkey(1)]),
    forceProxyType: null,
    call: inner(s),
  }),
};

function randomArguments(source: Source, call: CallName): { call: CallName; args: CallArguments[CallName] } {
  return { call, args: GENERATORS[call](source) };
}

/** Calls that change the world for everybody come seldom. */
const RARE: ReadonlySet<CallName> = new Set<CallName>([
  "dissolveNetwork",
  "rootDissolveNetwork",
  "swapColdkey",
  "disputeColdkeySwap",
  "announceColdkeySwap",
  "sudoSetNominatorMinRequiredStake",
  "unstakeAll",
  "unstakeAllAlpha",
  "Balances.transferAll",
  "registerNetwork",
  "registerNetworkWithIdentity",
  "sudoSetMinAllowedUids",
  "sudoTrimToMaxAllowedUids",
]);

/** Calls of the root origin beside those of parameters. */
const ROOT_CALLS: ReadonlySet<CallName> = new Set<CallName>([
  "dissolveNetwork",
  "rootDissolveNetwork",
  "swapColdkey",
  "resetColdkeySwap",
  "setPendingChildkeyCooldown",
  "LimitOrders.setPalletStatus",
  "Swap.setFeeRate",
]);

const HOTKEY_CALLS = /[wW]eights$/;

/** A call of a random kind, signer and content. */
export function randomCall(draw: Draw, state: NetworkState): Call {
  let name = draw.pick(CALL_NAMES);
  if (RARE.has(name) && draw.chance(80)) name = "addStake";
  const signsAsHotkey = HOTKEY_CALLS.test(name) && !name.startsWith("sudo");
  const owners = [...state.subnets.values()].flatMap(({ owner }) => owner ?? []);
  const signer = signsAsHotkey
    ? draw.pick(HOTKEYS.slice(0, draw.chance(80) ? 3 : HOTKEYS.length))
    : name.startsWith("sudo") && owners.length > 0
      ? draw.pick(owners)
      : draw.pick(COLDKEYS);
  const byRoot = (name.startsWith("sudo") || ROOT_CALLS.has(name)) && draw.chance(60);
  const { call, args } = randomArguments({ draw, state, signer }, name);
  return { call, args, origin: byRoot ? "root" : { signed: signer } } as Call;
}
