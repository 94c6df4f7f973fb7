/** For every error name of the chain: a call that meets it, or why none can. */
import { subnetAccount } from "../../../../sim/chain/accounts/accounts.ts";
import type { ChainError } from "../../../../sim/chain/errors.ts";
import { accountBytes } from "../../../../sim/chain/hashing/accountBytes.ts";
import { coldkeyHash } from "../../../../sim/chain/keys/swapColdkey.ts";
import { ORDERS_CHAIN_ID, type LimitOrder, type SignedOrder } from "../../../../sim/chain/orders/order.ts";
import { commitHash } from "../../../../sim/chain/weights/commitHash.ts";
import { revealWeights } from "../../../../sim/chain/weights/hashCommits.ts";
import {
  ALICE,
  ALICE_HOT,
  BOB,
  BOB_HOT,
  CAROL,
  CAROL_HOT,
  DAVE,
  POOR,
  STRANGE_HOT,
  TAO,
  type World,
} from "../world.ts";

/** A case answers what the decisive call answered. */
export type Case = ((world: World) => ChainError | "ok") | { readonly never: string };

const never = (reason: string): Case => ({ never: reason });

const weights = (uids: readonly number[], values: readonly number[] = uids.map(() => 1)) => ({
  netuid: 1,
  dests: uids,
  weights: values,
  versionKey: 0n,
});

const REVEAL = { netuid: 2, uids: [1], values: [5], salt: [7], versionKey: 0n };

const hashOf = (account: number): string =>
  commitHash({ ...REVEAL, account: accountBytes(account), mechanism: 0 });

const timelock = (world: World, netuid: number, revealRound = world.state.block + 10) => ({
  netuid,
  commit: { uids: [1], values: [5], versionKey: 0n },
  revealRound,
  availableAt: null,
  commitRevealVersion: 4,
});

/** Bob's sale or purchase on subnet 1, executable by anybody. */
export const order = (changes: Partial<LimitOrder> = {}): SignedOrder => {
  const content: LimitOrder = {
    signer: BOB,
    hotkey: BOB_HOT,
    netuid: 1,
    orderType: "LimitBuy",
    amount: 10n * TAO,
    limitPrice: 1_000n * TAO,
    expiry: 1_000_000_000_000,
    feeRate: 0n,
    feeRecipient: CAROL,
    relayers: null,
    maxSlippage: null,
    partialFillsEnabled: false,
    chainId: ORDERS_CHAIN_ID,
    ...changes,
  };
  return { order: content, signedBy: content.signer, partialFill: null };
};

const execute = (world: World, signed: SignedOrder): ChainError | "ok" =>
  world.try(DAVE, "LimitOrders.executeOrders", { orders: [signed], shouldFail: true });

const executeBatch = (world: World, orders: readonly SignedOrder[], netuid = 1): ChainError | "ok" =>
  world.try(DAVE, "LimitOrders.executeBatchedOrders", { netuid, orders });

const loan = (world: World) => ({
  deposit: 10n * TAO,
  minContribution: TAO,
  cap: 100n * TAO,
  end: world.state.block + 60_000,
  call: null,
  targetAddress: CAROL as number | null,
});

/** Dave's crowdloan for carol. */
function openLoan(world: World): void {
  world.ok(DAVE, "Crowdloan.create", loan(world));
}

function openFullLoan(world: World): void {
  openLoan(world);
  world.ok(ALICE, "Crowdloan.contribute", { crowdloanId: 0, amount: 90n * TAO });
}

/** A leased subnet of dave that ends 1,000 blocks from now. */
function openLease(world: World, endBlock: number | null): void {
  world.wait(100_000);
  world.ok(DAVE, "Crowdloan.create", {
    ...loan(world),
    cap: 5_000n * TAO,
    call: { call: "registerLeasedNetwork", args: { emissionsShare: 30, endBlock } },
    targetAddress: null,
  });
  world.ok(ALICE, "Crowdloan.contribute", { crowdloanId: 0, amount: 4_990n * TAO });
  world.ok(DAVE, "Crowdloan.finalize", { crowdloanId: 0 });
}

const finalizeLease = (world: World, args: unknown): ChainError | "ok" => {
  world.ok(DAVE, "Crowdloan.create", {
    ...loan(world),
    call: { call: "registerLeasedNetwork", args },
    targetAddress: null,
  });
  world.ok(ALICE, "Crowdloan.contribute", { crowdloanId: 0, amount: 90n * TAO });
  return world.try(DAVE, "Crowdloan.finalize", { crowdloanId: 0 });
};

/** Locks everything alice has on subnet 1. */
function lockAll(world: World): void {
  world.ok(ALICE, "lockStake", { hotkey: BOB_HOT, netuid: 1, amount: 40n * TAO });
}

const announce = (world: World, coldkey: number, next: number): ChainError | "ok" =>
  world.try(coldkey, "announceColdkeySwap", { newColdkeyHash: coldkeyHash(next) });

/** Announces, waits and swaps to `next`. */
function swapTo(world: World, next: number): ChainError | "ok" {
  announce(world, DAVE, next);
  world.wait(36_000);
  return world.try(DAVE, "swapColdkeyAnnounced", { newColdkey: next });
}

/** Sets a parameter of a subnet that no call of the test needs to go through. */
function tune(
  world: World,
  netuid: number,
  changes: Partial<ReturnType<World["subnet"]>["parameters"]>,
): void {
  Object.assign(world.subnet(netuid).parameters, changes);
}

const swapHotkeyArguments = { hotkey: CAROL_HOT, newHotkey: STRANGE_HOT, netuid: 1, keepStake: false };

/** A pool with almost no TAO on subnet 1. */
function drainTao(world: World): void {
  world.state.columns.tao[1] = 999_999n;
}

export const CASES: Readonly<Record<ChainError, Case>> = {
  AccountRejectsLockedAlpha: (w) => {
    lockAll(w);
    return w.try(ALICE, "transferStake", {
      destinationColdkey: DAVE,
      hotkey: ALICE_HOT,
      originNetuid: 1,
      destinationNetuid: 1,
      alphaAmount: 10_000n * TAO,
    });
  },
  ActiveLockExists: (w) => {
    // A lock without a staking list cannot be made by calls: the list is never shortened.
    w.subnet(1).locks.set(55, {
      hotkey: BOB_HOT,
      mass: TAO,
      conviction: 0n,
      lastBlock: w.state.block + 36_000,
    });
    return swapTo(w, 55);
  },
  ActivityCutoffFactorMilliOutOfBounds: (w) =>
    w.try(ALICE, "setActivityCutoffFactor", { netuid: 1, factorMilli: 999 }),
  ActivityCutoffTooLow: (w) => w.try(ALICE, "sudoSetActivityCutoff", { netuid: 1, value: 359 }),
  AdminActionProhibitedDuringWeightsWindow: (w) => {
    w.state.block += 355;
    return w.try(ALICE, "sudoSetImmunityPeriod", { netuid: 1, value: 7 });
  },
  AlphaHighTooLow: (w) => {
    w.ok("root", "sudoSetLiquidAlphaEnabled", { netuid: 1, value: true });
    return w.try(ALICE, "sudoSetAlphaValues", { netuid: 1, alphaLow: 1_637, alphaHigh: 1_637 });
  },
  AlphaLowOutOfRange: (w) => {
    w.ok("root", "sudoSetLiquidAlphaEnabled", { netuid: 1, value: true });
    return w.try(ALICE, "sudoSetAlphaValues", { netuid: 1, alphaLow: 2_001, alphaHigh: 2_000 });
  },
  AmountTooLow: (w) => w.try(ALICE, "addStake", { hotkey: BOB_HOT, netuid: 1, amountStaked: 2_000_000n }),
  AnnouncedColdkeyHashDoesNotMatch: (w) => {
    announce(w, DAVE, 55);
    return w.try(DAVE, "swapColdkeyAnnounced", { newColdkey: 56 });
  },
  AutoEpochAlreadyImminent: (w) => {
    w.state.block += 351;
    return w.try(ALICE, "triggerEpoch", { netuid: 1 });
  },
  BadOrigin: (w) => w.try(BOB, "sudoSetImmunityPeriod", { netuid: 1, value: 7 }),
  BeneficiaryDoesNotOwnHotkey: (w) => {
    openLease(w, w.state.block + 101_000);
    w.wait(1_000);
    return w.try(DAVE, "terminateLease", { leaseId: 0, hotkey: ALICE_HOT });
  },
  CallFiltered: (w) =>
    w.try(ALICE, "Utility.batch", { calls: [{ call: "Utility.batchAll", args: { calls: [] } }] }),
  CannotAffordLockCost: (w) => {
    w.wait(50_000);
    return w.try(POOR, "registerNetwork", { hotkey: STRANGE_HOT });
  },
  CannotBurnOrRecycleOnRootSubnet: (w) =>
    w.try(ALICE, "burnAlpha", { hotkey: ALICE_HOT, amount: 1n, netuid: 0 }),
  CanNotSetRootNetworkWeights: (w) => {
    tune(w, 0, { commitRevealWeightsEnabled: false });
    return w.try(ALICE_HOT, "setWeights", { ...weights([0]), netuid: 0 });
  },
  CannotUseSystemAccount: (w) => w.try(DAVE, "burnedRegister", { netuid: 1, hotkey: subnetAccount(1) }),
  ChildParentInconsistency: (w) => {
    // Without the token lists apply at once.
    w.state.columns.subtokenEnabled[1] = 0;
    const link = (hotkey: number) => [{ proportion: 5n, hotkey }];
    w.ok(ALICE, "setChildren", { hotkey: ALICE_HOT, netuid: 1, children: link(BOB_HOT) });
    return w.try(BOB, "setChildren", { hotkey: BOB_HOT, netuid: 1, children: link(ALICE_HOT) });
  },
  ColdKeyAlreadyAssociated: (w) => swapTo(w, BOB),
  ColdkeySwapAlreadyDisputed: never("gate 3 answers ColdkeySwapDisputed first"),
  ColdkeySwapAnnounced: (w) => {
    announce(w, DAVE, 55);
    return w.try(DAVE, "Balances.transferAllowDeath", { dest: ALICE, value: 1n });
  },
  ColdkeySwapAnnouncementNotFound: (w) => w.try(DAVE, "clearColdkeySwapAnnouncement", {}),
  ColdkeySwapClearTooEarly: (w) => {
    announce(w, DAVE, 55);
    w.wait(43_199);
    return w.try(DAVE, "clearColdkeySwapAnnouncement", {});
  },
  ColdkeySwapDisputed: (w) => {
    announce(w, DAVE, 55);
    w.ok(DAVE, "disputeColdkeySwap", {});
    return w.try(DAVE, "disputeColdkeySwap", {});
  },
  ColdkeySwapReannouncedTooEarly: (w) => {
    announce(w, DAVE, 55);
    w.wait(43_199);
    return announce(w, DAVE, 56);
  },
  ColdkeySwapTooEarly: (w) => {
    announce(w, DAVE, 55);
    w.wait(35_999);
    return w.try(DAVE, "swapColdkeyAnnounced", { newColdkey: 55 });
  },
  CommitRevealDisabled: (w) => w.try(ALICE_HOT, "commitWeights", { netuid: 1, commitHash: "00" }),
  CommitRevealEnabled: (w) => w.try(BOB_HOT, "setWeights", { ...weights([0]), netuid: 2 }),
  CommittingWeightsTooFast: (w) => {
    w.ok(BOB_HOT, "commitWeights", { netuid: 2, commitHash: "00" });
    w.wait(99);
    return w.try(BOB_HOT, "commitWeights", { netuid: 2, commitHash: "00" });
  },
  DelegateTakeTooHigh: (w) => w.try(ALICE, "decreaseTake", { hotkey: ALICE_HOT, take: 11_797 }),
  DelegateTakeTooLow: (w) => {
    w.ok(ALICE, "decreaseTake", { hotkey: ALICE_HOT, take: 100 });
    return w.try(ALICE, "increaseTake", { hotkey: ALICE_HOT, take: 100 });
  },
  DelegateTxRateLimitExceeded: (w) => {
    w.ok(ALICE, "decreaseTake", { hotkey: ALICE_HOT, take: 100 });
    w.wait(216_000);
    return w.try(ALICE, "increaseTake", { hotkey: ALICE_HOT, take: 101 });
  },
  Deprecated: (w) => w.try(DAVE, "scheduleSwapColdkey", { newColdkey: 55 }),
  DuplicateChild: (w) =>
    w.try(ALICE, "setChildren", {
      hotkey: ALICE_HOT,
      netuid: 1,
      children: [
        { proportion: 1n, hotkey: BOB_HOT },
        { proportion: 2n, hotkey: BOB_HOT },
      ],
    }),
  DuplicateUids: (w) => w.try(ALICE_HOT, "setWeights", weights([1, 1])),
  DynamicTempoBlockedByCommitReveal: (w) => w.try(BOB, "triggerEpoch", { netuid: 2 }),
  EpochTriggerAlreadyPending: (w) => {
    w.ok(ALICE, "triggerEpoch", { netuid: 1 });
    return w.try(ALICE, "triggerEpoch", { netuid: 1 });
  },
  ExpectedBeneficiaryOrigin: (w) => {
    openLease(w, null);
    return w.try(ALICE, "terminateLease", { leaseId: 0, hotkey: ALICE_HOT });
  },
  ExpiredWeightCommit: (w) => {
    // Calls meet gate 4c first; the inner routine is asked directly.
    w.ok(BOB_HOT, "commitWeights", { netuid: 2, commitHash: hashOf(BOB_HOT) });
    w.state.columns.epochIndex[2] = 9;
    return revealWeights(w.chain, BOB_HOT, { ...REVEAL, mechanism: 0 }) ?? "ok";
  },
  FirstEmissionBlockNumberAlreadySet: (w) => w.try(ALICE, "startCall", { netuid: 1 }),
  HotKeyAccountNotExists: (w) =>
    w.try(ALICE, "addStake", { hotkey: STRANGE_HOT, netuid: 1, amountStaked: TAO }),
  HotKeyAlreadyRegisteredInSubNet: (w) => w.try(ALICE, "burnedRegister", { netuid: 1, hotkey: ALICE_HOT }),
  HotKeyNotRegisteredInSubNet: (w) => w.try(STRANGE_HOT, "setWeights", weights([0])),
  HotKeySetTxRateLimitExceeded: (w) => {
    w.ok(CAROL, "swapHotkeyV2", swapHotkeyArguments);
    w.wait(1_000);
    return w.try(CAROL, "swapHotkeyV2", { ...swapHotkeyArguments, netuid: 2 });
  },
  HotKeySwapOnSubnetIntervalNotPassed: (w) => {
    w.ok(CAROL, "swapHotkeyV2", swapHotkeyArguments);
    w.wait(7_200);
    return w.try(CAROL, "swapHotkeyV2", { ...swapHotkeyArguments, hotkey: STRANGE_HOT, newHotkey: 778 });
  },
  IncorrectCommitRevealVersion: (w) =>
    w.try(BOB_HOT, "commitTimelockedWeights", { ...timelock(w, 2), commitRevealVersion: 3 }),
  IncorrectWeightVersionKey: (w) => {
    w.ok(ALICE, "sudoSetWeightsVersionKey", { netuid: 1, value: 5n });
    return w.try(ALICE_HOT, "setWeights", { ...weights([0]), versionKey: 4n });
  },
  InputLengthsUnequal: (w) => w.try(BOB_HOT, "batchCommitWeights", { netuids: [2], commitHashes: [] }),
  InsufficientBalance: (w) => {
    w.chain.state.balances.set(POOR, 500n);
    w.chain.state.columns.burn[1] = 500n;
    return w.try(POOR, "burnedRegister", { netuid: 1, hotkey: STRANGE_HOT });
  },
  InsufficientLiquidity: (w) => {
    w.state.columns.alphaIn[1] = 999_999n;
    return w.try(ALICE, "addStake", { hotkey: ALICE_HOT, netuid: 1, amountStaked: TAO });
  },
  InsufficientStakeForLock: (w) =>
    w.try(ALICE, "lockStake", { hotkey: ALICE_HOT, netuid: 1, amount: 1_000_000n * TAO }),
  InvalidChild: (w) =>
    w.try(ALICE, "setChildren", {
      hotkey: ALICE_HOT,
      netuid: 1,
      children: [{ proportion: 1n, hotkey: ALICE_HOT }],
    }),
  InvalidChildkeyTake: (w) => w.try(ALICE, "setChildkeyTake", { hotkey: ALICE_HOT, netuid: 1, take: 11_797 }),
  InvalidIdentity: (w) => {
    w.wait(50_000);
    const text = "x".repeat(257);
    return w.try(DAVE, "registerNetworkWithIdentity", {
      hotkey: STRANGE_HOT,
      identity: {
        subnetName: text,
        githubRepo: "",
        subnetContact: "",
        subnetUrl: "",
        discord: "",
        description: "",
        logoUrl: "",
        additional: "",
      },
    });
  },
  InvalidLeaseBeneficiary: (w) => {
    // The creator finalizes, so only an inner batch of another signer could be somebody else.
    openLoan(w);
    w.state.finalizingCrowdloan = 0;
    return w.try(ALICE, "registerLeasedNetwork", { emissionsShare: 30, endBlock: null });
  },
  InvalidNumRootClaim: (w) => w.try("root", "sudoSetNumRootClaims", { newValue: 51 }),
  InvalidRevealCommitHashNotMatch: (w) => {
    w.ok(BOB_HOT, "commitWeights", { netuid: 2, commitHash: "00" });
    return revealWeights(w.chain, BOB_HOT, { ...REVEAL, mechanism: 0 }) ?? "ok";
  },
  InvalidRevealRound: (w) => w.try(BOB_HOT, "commitTimelockedWeights", timelock(w, 2, w.state.block - 1)),
  InvalidRootClaimThreshold: (w) =>
    w.try("root", "sudoSetRootClaimThreshold", { netuid: 1, newValue: 10_000_001n }),
  InvalidSubnetNumber: (w) => w.try(ALICE, "claimRoot", { subnets: [] }),
  InvalidValue: (w) => w.try("root", "sudoSetMechanismCount", { netuid: 1, mechanismCount: 0 }),
  InvalidVotingPowerEmaAlpha: (w) =>
    w.try("root", "sudoSetVotingPowerEmaAlpha", { netuid: 1, alpha: 1_000_000_000_000_000_001n }),
  LeaseCannotEndInThePast: (w) => finalizeLease(w, { emissionsShare: 30, endBlock: w.state.block }),
  LeaseDoesNotExist: (w) => w.try(DAVE, "terminateLease", { leaseId: 7, hotkey: ALICE_HOT }),
  LeaseHasNoEndBlock: (w) => {
    openLease(w, null);
    return w.try(DAVE, "terminateLease", { leaseId: 0, hotkey: ALICE_HOT });
  },
  LeaseHasNotEnded: (w) => {
    openLease(w, w.state.block + 101_000);
    return w.try(DAVE, "terminateLease", { leaseId: 0, hotkey: ALICE_HOT });
  },
  LeaseNetuidNotFound: never("never raised in practice: the registration before it answers the netuid"),
  LiquidAlphaDisabled: (w) =>
    w.try(ALICE, "sudoSetAlphaValues", { netuid: 1, alphaLow: 2_000, alphaHigh: 3_000 }),
  LockHotkeyMismatch: (w) => {
    lockAll(w);
    return w.try(ALICE, "lockStake", { hotkey: ALICE_HOT, netuid: 1, amount: 1n });
  },
  MechanismDoesNotExist: (w) => w.try(ALICE_HOT, "setMechanismWeights", { ...weights([0]), mecid: 1 }),
  NeedWaitingMoreBlocksToStarCall: (w) => {
    w.ok("root", "sudoSetStartCallDelay", { value: 10n });
    w.wait(50_000);
    w.ok(DAVE, "registerNetwork", { hotkey: STRANGE_HOT });
    w.wait(9);
    return w.try(DAVE, "startCall", { netuid: 3 });
  },
  NetworkTxRateLimitExceeded: (w) => {
    w.wait(50_000);
    w.ok(DAVE, "registerNetwork", { hotkey: STRANGE_HOT });
    w.wait(7_199);
    return w.try(DAVE, "registerNetworkWithIdentity", { hotkey: 778, identity: null });
  },
  NeuronNoValidatorPermit: (w) => w.try(CAROL_HOT, "setWeights", weights([0, 1])),
  NewColdKeyIsHotkey: (w) => swapTo(w, ALICE_HOT),
  NewHotKeyIsSameWithOld: (w) =>
    w.try(CAROL, "swapHotkeyV2", { ...swapHotkeyArguments, newHotkey: CAROL_HOT }),
  NewHotKeyNotCleanForRootSwap: (w) => {
    w.ok(CAROL, "tryAssociateHotkey", { hotkey: STRANGE_HOT });
    w.ok(CAROL, "addStake", { hotkey: STRANGE_HOT, netuid: 0, amountStaked: TAO });
    return w.try(CAROL, "swapHotkey", { hotkey: CAROL_HOT, newHotkey: STRANGE_HOT, netuid: null });
  },
  NoExistingLock: (w) => w.try(ALICE, "moveLock", { destinationHotkey: BOB_HOT, netuid: 1 }),
  NoNeuronIdAvailable: (w) => {
    tune(w, 1, { maxAllowedUids: 3, immunityPeriod: 1 });
    return w.try(DAVE, "burnedRegister", { netuid: 1, hotkey: STRANGE_HOT });
  },
  NonAssociatedColdKey: (w) => w.try(DAVE, "increaseTake", { hotkey: ALICE_HOT, take: 1 }),
  NotEnoughBalanceToPaySwapColdKey: (w) => announce(w, POOR, 55),
  NotEnoughBalanceToPaySwapHotKey: (w) => {
    w.ok(POOR, "tryAssociateHotkey", { hotkey: STRANGE_HOT });
    return w.try(POOR, "swapHotkey", { hotkey: STRANGE_HOT, newHotkey: 778, netuid: null });
  },
  NotEnoughBalanceToStake: (w) =>
    w.try(POOR, "addStake", { hotkey: ALICE_HOT, netuid: 1, amountStaked: TAO }),
  NotEnoughStakeToSetChildkeys: (w) => {
    w.ok("root", "sudoSetStakeThreshold", { value: 10_000_000n * TAO });
    return w.try(CAROL, "setChildren", {
      hotkey: CAROL_HOT,
      netuid: 1,
      children: [{ proportion: 1n, hotkey: BOB_HOT }],
    });
  },
  NotEnoughStakeToSetWeights: (w) => {
    w.ok("root", "sudoSetStakeThreshold", { value: 10_000_000n * TAO });
    return w.try(CAROL_HOT, "setWeights", weights([2]));
  },
  NotEnoughStakeToWithdraw: (w) =>
    w.try(ALICE, "removeStakeLimit", {
      hotkey: ALICE_HOT,
      netuid: 1,
      amountUnstaked: 10_000n * TAO,
      limitPrice: 1_000n,
      allowPartial: true,
    }),
  NoWeightsCommitFound: (w) => w.try(BOB_HOT, "revealWeights", REVEAL),
  Overflow: (w) => {
    w.state.nextLeaseId = 0xffff_ffff;
    return finalizeLease(w, { emissionsShare: 30, endBlock: null });
  },
  ProportionOverflow: (w) =>
    w.try(ALICE, "setChildren", {
      hotkey: ALICE_HOT,
      netuid: 1,
      children: [
        { proportion: 1n, hotkey: BOB_HOT },
        { proportion: 0xffff_ffff_ffff_ffffn, hotkey: CAROL_HOT },
      ],
    }),
  RegistrationNotPermittedOnRootSubnet: (w) =>
    w.try(DAVE, "burnedRegister", { netuid: 0, hotkey: STRANGE_HOT }),
  RegistrationPriceLimitExceeded: (w) =>
    w.try(DAVE, "registerLimit", { netuid: 1, hotkey: STRANGE_HOT, limitPrice: 1n }),
  RevealPeriodTooLarge: (w) => w.try(ALICE, "sudoSetCommitRevealWeightsInterval", { netuid: 1, value: 101 }),
  RevealPeriodTooSmall: (w) => w.try(ALICE, "sudoSetCommitRevealWeightsInterval", { netuid: 1, value: 0 }),
  RevealTooEarly: (w) => {
    w.ok(BOB_HOT, "commitWeights", { netuid: 2, commitHash: hashOf(BOB_HOT) });
    return w.try(BOB_HOT, "revealWeights", REVEAL);
  },
  RootNetworkDoesNotExist: (w) => {
    w.state.subnets.delete(0);
    return w.try(ALICE, "rootRegister", { hotkey: ALICE_HOT });
  },
  SameAutoStakeHotkeyAlreadySet: (w) => {
    w.ok(DAVE, "setColdkeyAutoStakeHotkey", { netuid: 1, hotkey: ALICE_HOT });
    return w.try(DAVE, "setColdkeyAutoStakeHotkey", { netuid: 1, hotkey: ALICE_HOT });
  },
  SameNetuid: (w) =>
    w.try(ALICE, "swapStake", { hotkey: ALICE_HOT, originNetuid: 1, destinationNetuid: 1, alphaAmount: TAO }),
  SettingWeightsTooFast: (w) => {
    w.ok(ALICE_HOT, "setWeights", weights([1]));
    w.wait(99);
    return w.try(ALICE_HOT, "setWeights", weights([1]));
  },
  SlippageTooHigh: (w) =>
    w.try(ALICE, "addStakeLimit", {
      hotkey: ALICE_HOT,
      netuid: 1,
      amountStaked: 900n * TAO,
      limitPrice: 3n * TAO,
      allowPartial: false,
    }),
  StakeTooLowForRoot: (w) => {
    tune(w, 0, { maxAllowedUids: 1 });
    w.ok(ALICE, "rootRegister", { hotkey: ALICE_HOT });
    w.subnet(0).registrationsThisBlock = 0;
    return w.try(BOB, "rootRegister", { hotkey: BOB_HOT });
  },
  StakeUnavailable: (w) => {
    lockAll(w);
    return w.try(ALICE, "removeStake", { hotkey: ALICE_HOT, netuid: 1, amountUnstaked: 10_000n * TAO });
  },
  SubnetLimitReached: (w) => {
    w.wait(50_000);
    w.ok("root", "sudoSetSubnetLimit", { value: 2 });
    return w.try(DAVE, "registerNetwork", { hotkey: STRANGE_HOT });
  },
  SubnetNotExists: (w) => w.try(DAVE, "burnedRegister", { netuid: 77, hotkey: STRANGE_HOT }),
  SubNetRegistrationDisabled: (w) => {
    w.ok("root", "sudoSetNetworkRegistrationAllowed", { netuid: 1, value: false });
    return w.try(DAVE, "burnedRegister", { netuid: 1, hotkey: STRANGE_HOT });
  },
  SubtokenDisabled: (w) => {
    w.ok("root", "sudoSetSubtokenEnabled", { netuid: 1, value: false });
    return w.try(ALICE, "addStake", { hotkey: ALICE_HOT, netuid: 1, amountStaked: TAO });
  },
  SymbolAlreadyInUse: (w) => w.try(ALICE, "updateSymbol", { netuid: 1, symbol: "β" }),
  SymbolDoesNotExist: (w) => w.try(ALICE, "updateSymbol", { netuid: 1, symbol: "dollar" }),
  TempoOutOfBounds: (w) => w.try(ALICE, "setTempo", { netuid: 1, tempo: 359 }),
  TooManyChildren: (w) =>
    w.try(ALICE, "setChildren", {
      hotkey: ALICE_HOT,
      netuid: 1,
      children: [1, 2, 3, 4, 5, 6].map((i) => ({ proportion: 1n, hotkey: 500 + i })),
    }),
  TooManyRegistrationsThisBlock: (w) => {
    w.ok(ALICE, "rootRegister", { hotkey: ALICE_HOT });
    return w.try(BOB, "rootRegister", { hotkey: BOB_HOT });
  },
  TooManyRegistrationsThisInterval: (w) => {
    for (const hotkey of [ALICE_HOT, BOB_HOT, CAROL_HOT]) {
      w.ok(ALICE, "rootRegister", { hotkey });
      w.subnet(0).registrationsThisBlock = 0;
    }
    return w.try(DAVE, "rootRegister", { hotkey: STRANGE_HOT });
  },
  TooManyUIDsPerMechanism: (w) => w.try("root", "sudoSetMechanismCount", { netuid: 1, mechanismCount: 2 }),
  TooManyUnrevealedCommits: (w) => {
    w.ok("root", "sudoSetWeightsSetRateLimit", { netuid: 2, value: 0n });
    for (let i = 0; i < 10; i++) w.ok(BOB_HOT, "commitWeights", { netuid: 2, commitHash: `0${i}` });
    return w.try(BOB_HOT, "commitWeights", { netuid: 2, commitHash: "ff" });
  },
  TransferDisallowed: (w) => {
    w.ok(ALICE, "sudoSetToggleTransfer", { netuid: 1, value: false });
    return w.try(ALICE, "transferStake", {
      destinationColdkey: DAVE,
      hotkey: ALICE_HOT,
      originNetuid: 1,
      destinationNetuid: 1,
      alphaAmount: TAO,
    });
  },
  TrimmingWouldExceedMaxImmunePercentage: (w) => {
    const { minAllowedUids } = w.state.netuidParameters.get(1) ?? { minAllowedUids: 0 };
    if (minAllowedUids !== 64) throw new Error("the default of MinAllowedUids changed");
    tune(w, 1, { immunityPeriod: 65_535 });
    w.state.columns.burnHalfLife[1] = 1;
    for (let i = 0; i < 62; i++) {
      w.state.columns.burn[1] = 500_000n;
      w.ok(DAVE, "burnedRegister", { netuid: 1, hotkey: 1_000 + i });
    }
    return w.try(ALICE, "sudoTrimToMaxAllowedUids", { netuid: 1, maxN: 64 });
  },
  TxChildkeyTakeRateLimitExceeded: (w) => {
    w.ok(ALICE, "setChildkeyTake", { hotkey: ALICE_HOT, netuid: 1, take: 1 });
    w.wait(215_999);
    return w.try(ALICE, "setChildkeyTake", { hotkey: ALICE_HOT, netuid: 1, take: 2 });
  },
  TxRateLimitExceeded: (w) => {
    w.ok(ALICE, "sudoSetImmunityPeriod", { netuid: 1, value: 7 });
    w.wait(719);
    return w.try(ALICE, "sudoSetImmunityPeriod", { netuid: 1, value: 8 });
  },
  UidsLengthExceedUidsInSubNet: (w) => w.try(ALICE_HOT, "setWeights", weights([0, 1, 2, 3])),
  UidVecContainInvalidOne: (w) => w.try(ALICE_HOT, "setWeights", weights([1, 9])),
  VotingPowerTrackingNotEnabled: (w) => w.try(ALICE, "disableVotingPowerTracking", { netuid: 1 }),
  WeightVecLengthIsLow: (w) => {
    w.ok(ALICE, "sudoSetMinAllowedWeights", { netuid: 1, value: 8 });
    return w.try(ALICE_HOT, "setWeights", weights([1, 2]));
  },
  WeightVecNotEqualSize: (w) => w.try(ALICE_HOT, "setWeights", weights([1, 2], [1])),

  "Swap.Deprecated": (w) => w.try(ALICE, "Swap.addLiquidity", {}),
  "Swap.FeeRateTooHigh": (w) => w.try("root", "Swap.setFeeRate", { netuid: 1, rate: 10_001 }),
  "Swap.InsufficientLiquidity": never("cannot happen: the amounts of pool.md 4 never exceed the reserve"),
  "Swap.MechanismDoesNotExist": (w) => w.try("root", "Swap.setFeeRate", { netuid: 77, rate: 1 }),
  "Swap.PriceLimitExceeded": (w) =>
    w.try(ALICE, "addStakeLimit", {
      hotkey: ALICE_HOT,
      netuid: 1,
      amountStaked: TAO,
      limitPrice: 1_000n,
      allowPartial: true,
    }),
  "Swap.ReservesOutOfBalance": never(
    "only a one-time migration sets prices of pools (pool.md 7); the vectors cover it",
  ),
  "Swap.ReservesTooLow": (w) => {
    w.state.columns.alphaIn[1] = 999_999n;
    return w.try(DAVE, "burnedRegister", { netuid: 1, hotkey: STRANGE_HOT });
  },
  "Swap.SwapInputTooLarge": (w) => {
    drainTao(w);
    w.state.columns.tao[1] = 1n;
    return w.try(DAVE, "burnedRegister", { netuid: 1, hotkey: STRANGE_HOT });
  },

  "Admin.BondsMovingAverageMaxReached": (w) =>
    w.try(ALICE, "sudoSetBondsMovingAverage", { netuid: 1, value: 975_001n }),
  "Admin.Deprecated": (w) => w.try("root", "sudoSetTotalIssuance", { value: 1n }),
  "Admin.InvalidValue": (w) => w.try(ALICE, "sudoSetBurnHalfLife", { netuid: 1, value: 0 }),
  "Admin.MaxAllowedUidsGreaterThanDefaultMaxAllowedUids": (w) =>
    w.try(ALICE, "sudoSetMaxAllowedUids", { netuid: 1, value: 257 }),
  "Admin.MaxAllowedUIdsLessThanCurrentUIds": (w) => {
    w.ok("root", "sudoSetMinAllowedUids", { netuid: 1, value: 1 });
    return w.try(ALICE, "sudoSetMaxAllowedUids", { netuid: 1, value: 2 });
  },
  "Admin.MaxAllowedUidsLessThanMinAllowedUids": (w) =>
    w.try(ALICE, "sudoSetMaxAllowedUids", { netuid: 1, value: 63 }),
  "Admin.MaxValidatorsLargerThanMaxUIds": (w) =>
    w.try("root", "sudoSetMaxAllowedValidators", { netuid: 1, value: 257 }),
  "Admin.MinAllowedUidsGreaterThanCurrentUids": (w) =>
    w.try("root", "sudoSetMinAllowedUids", { netuid: 1, value: 3 }),
  "Admin.MinAllowedUidsGreaterThanMaxAllowedUids": (w) =>
    w.try("root", "sudoSetMinAllowedUids", { netuid: 1, value: 256 }),
  "Admin.NegativeSigmoidSteepness": (w) =>
    w.try(ALICE, "sudoSetAlphaSigmoidSteepness", { netuid: 1, value: -1 }),
  "Admin.NotPermittedOnRootSubnet": (w) =>
    w.try("root", "sudoSetSubnetEmissionEnabled", { netuid: 0, value: true }),
  "Admin.POWRegistrationDisabled": (w) =>
    w.try("root", "sudoSetNetworkPowRegistrationAllowed", { netuid: 1, value: true }),
  "Admin.SubnetDoesNotExist": (w) => w.try("root", "sudoSetKappa", { netuid: 77, value: 1 }),
  "Admin.ValueNotInBounds": (w) => w.try(ALICE, "sudoSetMinBurn", { netuid: 1, value: TAO }),

  "Crowdloan.AlreadyFinalized": (w) => {
    openFullLoan(w);
    w.ok(DAVE, "Crowdloan.finalize", { crowdloanId: 0 });
    return w.try(DAVE, "Crowdloan.finalize", { crowdloanId: 0 });
  },
  "Crowdloan.BlockDurationTooLong": (w) =>
    w.try(DAVE, "Crowdloan.create", { ...loan(w), end: w.state.block + 432_001 }),
  "Crowdloan.BlockDurationTooShort": (w) =>
    w.try(DAVE, "Crowdloan.create", { ...loan(w), end: w.state.block + 50_399 }),
  "Crowdloan.CallUnavailable": never(
    "the simulator keeps the call inside the crowdloan, so it cannot be gone",
  ),
  "Crowdloan.CannotEndInPast": (w) => w.try(DAVE, "Crowdloan.create", { ...loan(w), end: w.state.block }),
  "Crowdloan.CapNotRaised": (w) => {
    openLoan(w);
    return w.try(DAVE, "Crowdloan.finalize", { crowdloanId: 0 });
  },
  "Crowdloan.CapRaised": (w) => {
    openFullLoan(w);
    return w.try(BOB, "Crowdloan.contribute", { crowdloanId: 0, amount: TAO });
  },
  "Crowdloan.CapTooLow": (w) => w.try(DAVE, "Crowdloan.create", { ...loan(w), cap: 10n * TAO }),
  "Crowdloan.ContributionPeriodEnded": (w) => {
    openLoan(w);
    w.wait(60_000);
    return w.try(BOB, "Crowdloan.contribute", { crowdloanId: 0, amount: TAO });
  },
  "Crowdloan.ContributionTooLow": (w) => {
    openLoan(w);
    return w.try(BOB, "Crowdloan.contribute", { crowdloanId: 0, amount: TAO - 1n });
  },
  "Crowdloan.DepositCannotBeWithdrawn": (w) => {
    openLoan(w);
    return w.try(DAVE, "Crowdloan.withdraw", { crowdloanId: 0 });
  },
  "Crowdloan.DepositTooLow": (w) => w.try(DAVE, "Crowdloan.create", { ...loan(w), deposit: 10n * TAO - 1n }),
  "Crowdloan.InsufficientBalance": (w) => w.try(POOR, "Crowdloan.create", loan(w)),
  "Crowdloan.InvalidCrowdloanId": (w) => w.try(DAVE, "Crowdloan.withdraw", { crowdloanId: 5 }),
  "Crowdloan.InvalidFinalizationConfig": (w) =>
    w.try(DAVE, "Crowdloan.create", { ...loan(w), targetAddress: null }),
  "Crowdloan.InvalidOrigin": (w) => {
    openFullLoan(w);
    return w.try(ALICE, "Crowdloan.finalize", { crowdloanId: 0 });
  },
  "Crowdloan.MaxContributionReached": (w) => {
    openLoan(w);
    w.ok(DAVE, "Crowdloan.setMaxContribution", { crowdloanId: 0, newMaxContribution: 10n * TAO });
    return w.try(DAVE, "Crowdloan.contribute", { crowdloanId: 0, amount: TAO });
  },
  "Crowdloan.MaxContributorsReached": (w) => {
    openLoan(w);
    const record = w.state.crowdloans.get(0);
    if (record !== undefined) record.contributorsCount = 500;
    return w.try(DAVE, "Crowdloan.contribute", { crowdloanId: 0, amount: TAO });
  },
  "Crowdloan.MaximumContributionTooLow": (w) => {
    openLoan(w);
    return w.try(DAVE, "Crowdloan.setMaxContribution", {
      crowdloanId: 0,
      newMaxContribution: 10n * TAO - 1n,
    });
  },
  "Crowdloan.MinimumContributionTooHigh": (w) => {
    openLoan(w);
    w.ok(DAVE, "Crowdloan.setMaxContribution", { crowdloanId: 0, newMaxContribution: 10n * TAO });
    return w.try(DAVE, "Crowdloan.updateMinContribution", {
      crowdloanId: 0,
      newMinContribution: 10n * TAO + 1n,
    });
  },
  "Crowdloan.MinimumContributionTooLow": (w) =>
    w.try(DAVE, "Crowdloan.create", { ...loan(w), minContribution: 99_999_999n }),
  "Crowdloan.NoContribution": (w) => {
    openLoan(w);
    return w.try(BOB, "Crowdloan.withdraw", { crowdloanId: 0 });
  },
  "Crowdloan.NotReadyToDissolve": (w) => {
    openFullLoan(w);
    return w.try(DAVE, "Crowdloan.dissolve", { crowdloanId: 0 });
  },
  "Crowdloan.Overflow": (w) => {
    w.state.nextCrowdloanId = 0xffff_ffff;
    return w.try(DAVE, "Crowdloan.create", loan(w));
  },

  "Orders.ArithmeticOverflow": never("a quotient above 2^64 needs more alpha to be sold than a u64 holds"),
  "Orders.ChainIdMismatch": (w) => execute(w, order({ chainId: 1 })),
  "Orders.DuplicateOrderInBatch": (w) => executeBatch(w, [order(), order()]),
  "Orders.IncorrectPartialFillAmount": (w) =>
    execute(w, { ...order({ relayers: [DAVE], partialFillsEnabled: true }), partialFill: 0n }),
  "Orders.InvalidSignature": (w) => execute(w, { ...order(), signedBy: ALICE }),
  "Orders.LimitOrdersDisabled": (w) => {
    w.ok("root", "LimitOrders.setPalletStatus", { enabled: false });
    return execute(w, order());
  },
  "Orders.OrderAlreadyProcessed": (w) => {
    execute(w, order());
    return execute(w, order());
  },
  "Orders.OrderCancelled": (w) => {
    w.ok(BOB, "LimitOrders.cancelOrder", { order: order().order });
    return execute(w, order());
  },
  "Orders.OrderExpired": (w) => execute(w, order({ expiry: w.state.block * 12_000 - 1 })),
  "Orders.OrderNetUidMismatch": (w) => executeBatch(w, [order()], 2),
  "Orders.PalletHotkeyNotRegistered": (w) => {
    for (const [hotkey, { owner }] of w.state.hotkeys) if (owner > 1_000_000) w.state.hotkeys.delete(hotkey);
    return w.try("root", "LimitOrders.setPalletStatus", { enabled: true });
  },
  "Orders.PartialFillsNotEnabled": (w) => execute(w, { ...order({ relayers: [DAVE] }), partialFill: TAO }),
  "Orders.PriceConditionNotMet": (w) => execute(w, order({ limitPrice: 1n })),
  "Orders.RelayerMissMatch": (w) => execute(w, order({ relayers: [ALICE] })),
  "Orders.RelayerRequiredForPartialFill": (w) =>
    execute(w, { ...order({ partialFillsEnabled: true }), partialFill: TAO }),
  "Orders.RootNetUidNotAllowed": (w) => executeBatch(w, [], 0),
  "Orders.SwapReturnedZero": never(
    "a trade that gives nothing is refused before: Swap.ReservesTooLow or AmountTooLow",
  ),
  "Orders.Unauthorized": (w) => w.try(ALICE, "LimitOrders.cancelOrder", { order: order().order }),
  "Orders.ZeroShareInBatch": (w) =>
    executeBatch(w, [order(), order({ signer: CAROL, hotkey: CAROL_HOT, amount: 1n })]),

  "Proxy.NotProxy": (w) =>
    w.try(BOB, "Proxy.proxy", {
      real: ALICE,
      forceProxyType: null,
      call: { call: "clearColdkeySwapAnnouncement", args: {} },
    }),
  "Token.BelowMinimum": (w) => w.try(ALICE, "Balances.transferAllowDeath", { dest: 4_321, value: 499n }),
  "Token.FundsUnavailable": (w) => w.try(POOR, "Balances.transferAllowDeath", { dest: ALICE, value: 1n }),
  "Token.NotExpendable": (w) => {
    const all = w.state.balances.get(DAVE) ?? 0n;
    return w.try(DAVE, "Balances.transferKeepAlive", { dest: ALICE, value: all - 499n });
  },
};
