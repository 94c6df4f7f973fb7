/** Compiled defaults of runtime 425: what counts while nothing is stored (spec/subnets.md 11, spec/calls.md 19). */
import { NOT_STARTED, type U32Column, type U64Column } from "../state/columns.ts";
import type { GlobalParameters, NetuidParameters, SubnetParameters } from "../state/parameters.ts";

export const globalDefaults = (): GlobalParameters => ({
  taoWeight: 971_718_665_099_567_868n,
  subnetOwnerCut: 11_796,
  subnetMovingAlpha: 12_885n,
  stakeThreshold: 0n,
  maxEpochsPerBlock: 2,
  adminFreezeWindow: 10,
  ownerHyperparamRateLimit: 2,
  subnetLimit: 128,
  networkRateLimit: 7_200n,
  networkImmunityPeriod: 1_296_000n,
  networkRegistrationStartBlock: 0,
  networkMinLockCost: 1_000_000_000_000n,
  networkLockReductionInterval: 100_800n,
  startCallDelay: 0n,
  maxMechanismCount: 2,
  minDelegateTake: 0,
  maxDelegateTake: 11_796,
  minChildkeyTake: 0,
  maxChildkeyTake: 11_796,
  txRateLimit: 1_000n,
  txDelegateTakeRateLimit: 216_000n,
  txChildkeyTakeRateLimit: 216_000n,
  pendingChildKeyCooldown: 7_200n,
  nominatorMinRequiredStake: 0n,
  ckBurn: 0n,
  unlockRate: 934_866n,
  maturityRate: 934_866n,
  numRootClaim: 5,
  commitRevealVersion: 4,
  coldkeySwapAnnouncementDelay: 36_000n,
  coldkeySwapReannouncementDelay: 7_200n,
  taoInRefundDeploymentBlock: 0,
  taoFlowCutoff: 0n,
  taoFlowSmoothingFactor: 29_597_889_189_277n,
  taoFlowNormalizationExponent: 1n << 64n,
  netTaoFlowEnabled: true,
});

export const subnetDefaults = (): SubnetParameters => ({
  activityCutoffFactorMilli: 13_889,
  maxAllowedUids: 256,
  maxAllowedValidators: 128,
  immunityPeriod: 4_096,
  immuneOwnerUidsLimit: 1,
  kappa: 32_767,
  bondsMovingAverage: 900_000n,
  bondsPenalty: 65_535,
  bondsResetOn: false,
  yuma3On: false,
  liquidAlphaOn: false,
  alphaLow: 45_875,
  alphaHigh: 58_982,
  alphaSigmoidSteepness: 1_000,
  weightsVersionKey: 0n,
  weightsSetRateLimit: 100n,
  minAllowedWeights: 1_024,
  commitRevealWeightsEnabled: true,
  revealPeriodEpochs: 1,
  burnIncreaseMult: 23_242_897_532_874_035_200n,
  maxRegistrationsPerBlock: 1,
  targetRegistrationsPerInterval: 2,
  ownerCutAutoLockEnabled: false,
  transferToggle: true,
});

/** What a newly registered subnet writes over the defaults (spec/subnets.md 1.1). */
export const newSubnetParameters = (): SubnetParameters => ({
  ...subnetDefaults(),
  maxAllowedValidators: 64,
  minAllowedWeights: 1,
  immunityPeriod: 5_000,
  yuma3On: true,
});

/** The root network as its migration writes it (spec/calls.md 19). */
export const rootParameters = (): SubnetParameters => ({
  ...subnetDefaults(),
  maxAllowedUids: 64,
  maxAllowedValidators: 64,
  minAllowedWeights: 0,
  targetRegistrationsPerInterval: 1,
});

/** Tempo of the root network, blocks. */
export const ROOT_TEMPO = 100;

export const netuidDefaults = (): NetuidParameters => ({
  recycleOrBurn: null,
  minNonImmuneUids: 10,
  minAllowedUids: 64,
  minChildkeyTake: 0,
  rootClaimThreshold: 500_000n << 32n,
  votingPowerTrackingEnabled: false,
  votingPowerDisableAt: 0,
  votingPowerEmaAlpha: 3_570_000_000_000_000n,
  votingPower: new Map(),
  childkeyTakes: new Map(),
  autoStake: new Map(),
  registrations: 0,
});

/** Columns of a subnet before anything is stored for it; the others are 0. */
export const COLUMN_DEFAULTS: {
  readonly u64: Readonly<Partial<Record<U64Column, bigint>>>;
  readonly u32: Readonly<Partial<Record<U32Column, number>>>;
} = {
  u64: {
    burn: 100_000_000n,
    minBurn: 500_000n,
    maxBurn: 100_000_000_000n,
    emaPriceHalvingBlocks: 201_600n,
    quoteWeight: 500_000_000_000_000_000n,
  },
  u32: {
    tempo: 360,
    feeRate: 33,
    burnHalfLife: 360,
    registrationAllowed: 1,
    emissionEnabled: 1,
    firstEmissionBlock: NOT_STARTED,
  },
};
