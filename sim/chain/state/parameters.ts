/** Everything that a call can change and a rule reads (spec/subnets.md 11). */
import type { AccountId } from "./network.ts";

/** Parameters of the whole network (spec/subnets.md 11.2). */
export interface GlobalParameters {
  /** u64 of 2^64 - 1. */
  taoWeight: bigint;
  /** u16 of 65535. */
  subnetOwnerCut: number;
  /** I96F32. */
  subnetMovingAlpha: bigint;
  /** Rao. */
  stakeThreshold: bigint;
  maxEpochsPerBlock: number;
  /** Blocks. */
  adminFreezeWindow: number;
  /** Tempos. */
  ownerHyperparamRateLimit: number;
  subnetLimit: number;
  /** Blocks. */
  networkRateLimit: bigint;
  networkImmunityPeriod: bigint;
  networkRegistrationStartBlock: number;
  /** Rao. */
  networkMinLockCost: bigint;
  /** Blocks. */
  networkLockReductionInterval: bigint;
  startCallDelay: bigint;
  maxMechanismCount: number;
  /** u16 of 65535, each. */
  minDelegateTake: number;
  maxDelegateTake: number;
  minChildkeyTake: number;
  maxChildkeyTake: number;
  /** Blocks. */
  txRateLimit: bigint;
  txDelegateTakeRateLimit: bigint;
  txChildkeyTakeRateLimit: bigint;
  pendingChildKeyCooldown: bigint;
  /** Millionths of the minimum stake. */
  nominatorMinRequiredStake: bigint;
  /** u64 of 2^64 - 1. */
  ckBurn: bigint;
  /** Blocks. */
  unlockRate: bigint;
  maturityRate: bigint;
  /** Automatic root claims per block. */
  numRootClaim: number;
  commitRevealVersion: number;
  /** Blocks. */
  coldkeySwapAnnouncementDelay: bigint;
  coldkeySwapReannouncementDelay: bigint;
  /** Subnets registered after this block count their pool's alpha when they are dissolved. */
  taoInRefundDeploymentBlock: number;
  /** The flow rule, used only where the protocol shares by flow: I64F64, u64 of 2^63 - 1, U64F64. */
  taoFlowCutoff: bigint;
  taoFlowSmoothingFactor: bigint;
  taoFlowNormalizationExponent: bigint;
  netTaoFlowEnabled: boolean;
}

/** Parameters of one subnet that dissolving deletes and that are not columns (spec/subnets.md 11.1). */
export interface SubnetParameters {
  activityCutoffFactorMilli: number;
  maxAllowedUids: number;
  maxAllowedValidators: number;
  immunityPeriod: number;
  immuneOwnerUidsLimit: number;
  /** u16 of 65535. */
  kappa: number;
  /** Parts per million. */
  bondsMovingAverage: bigint;
  /** u16 of 65535. */
  bondsPenalty: number;
  bondsResetOn: boolean;
  yuma3On: boolean;
  liquidAlphaOn: boolean;
  /** u16 of 65535, each. */
  alphaLow: number;
  alphaHigh: number;
  /** i16, 100 = a slope of one. */
  alphaSigmoidSteepness: number;
  weightsVersionKey: bigint;
  /** Blocks. */
  weightsSetRateLimit: bigint;
  minAllowedWeights: number;
  commitRevealWeightsEnabled: boolean;
  revealPeriodEpochs: number;
  /** U64F64. */
  burnIncreaseMult: bigint;
  /** Root network only. */
  maxRegistrationsPerBlock: number;
  targetRegistrationsPerInterval: number;
  ownerCutAutoLockEnabled: boolean;
  transferToggle: boolean;
}

/** A stored childkey take and the block of its last setting. */
export interface ChildkeyTake {
  /** u16 of 65535. */
  readonly take: number;
  readonly setAt: number;
}

/** Parameters of a netuid that survive dissolving; the owner-cut switch is a column (spec/subnets.md 1.1). */
export interface NetuidParameters {
  /** null = never chosen: burns. */
  recycleOrBurn: "Recycle" | "Burn" | null;
  minNonImmuneUids: number;
  minAllowedUids: number;
  minChildkeyTake: number;
  /** I96F32 rao. */
  rootClaimThreshold: bigint;
  votingPowerTrackingEnabled: boolean;
  /** 0 = none pending. */
  votingPowerDisableAt: number;
  /** Parts of 10^18. */
  votingPowerEmaAlpha: bigint;
  /** By hotkey. */
  votingPower: Map<AccountId, bigint>;
  /** By hotkey. Setting one needs no subnet, but dissolving one deletes them. */
  childkeyTakes: Map<AccountId, ChildkeyTake>;
  /** Hotkey that gets the mining incentive of a coldkey. */
  autoStake: Map<AccountId, AccountId>;
  registrations: number;
}
