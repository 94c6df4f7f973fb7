/** Time weights of calls, as rao of their part of the fee (spec/governance-and-accounts.md 2.1). One call per line. */
import type { CallName } from "../calls/dispatch.ts";

/** Rao for the call part; the time weight is 2000 times that, picoseconds. */
const CALL_FEES: { readonly [Name in CallName]?: bigint } = {
  addStake: 1_532_032n,
  addStakeLimit: 1_626_502n,
  removeStake: 1_284_599n,
  removeStakeLimit: 1_357_848n,
  removeStakeFullLimit: 1_364_646n,
  moveStake: 695_530n,
  transferStake: 666_770n,
  swapStake: 2_158_510n,
  swapStakeLimit: 2_259_758n,
  unstakeAll: 88_415n,
  unstakeAllAlpha: 2_137_936n,
  recycleAlpha: 548_570n,
  burnAlpha: 434_482n,
  addStakeBurn: 1_746_154n,
  lockStake: 420_498n,
  moveLock: 549_910n,
  claimRoot: 469_500n,
  setRootClaimType: 234_142n,
  register: 2_049_936n,
  burnedRegister: 2_043_408n,
  registerLimit: 2_764_600n,
  rootRegister: 1_089_467n,
  registerNetwork: 3_038_562n,
  registerLeasedNetwork: 3_417_299n,
  startCall: 182_227n,
  swapHotkey: 7_846_019n,
  swapHotkeyV2: 2_537_650n,
  announceColdkeySwap: 223_624n,
  swapColdkeyAnnounced: 1_356_578n,
  setChildkeyTake: 214_435n,
  setChildren: 1_684_500n,
  tryAssociateHotkey: 200_168n,
  setColdkeyAutoStakeHotkey: 166_926n,
  setTempo: 248_204n,
  triggerEpoch: 221_270n,
  "Crowdloan.create": 317_414n,
  "Crowdloan.contribute": 295_804n,
  "Crowdloan.withdraw": 280_130n,
  "Crowdloan.finalize": 165_754n,
  "Crowdloan.dissolve": 333_470n,
  "Crowdloan.refund": 80_352n,
  "LimitOrders.cancelOrder": 69_911n,
  "LimitOrders.executeOrders": 743_384n,
  "LimitOrders.executeBatchedOrders": 1_312_359n,
};

/** Of calls whose weight is not known: about that of one that changes a parameter. */
const OTHER_CALL_FEE = 200_000n;

/** Calls that cost nothing, also where they fail. */
const FREE_CALLS: ReadonlySet<string> = new Set<CallName>([
  "setWeights",
  "setMechanismWeights",
  "batchSetWeights",
  "commitWeights",
  "commitMechanismWeights",
  "batchCommitWeights",
  "revealWeights",
  "revealMechanismWeights",
  "batchRevealWeights",
  "commitTimelockedWeights",
  "commitTimelockedMechanismWeights",
  "commitCrv3MechanismWeights",
  "increaseTake",
  "decreaseTake",
]);

export const isFree = (call: string): boolean => FREE_CALLS.has(call);

/** Picoseconds per rao of fee. */
const WEIGHT_PER_RAO = 2_000n;

/** Time weight of a call by its name, picoseconds. */
export const callWeight = (call: string): bigint =>
  ((CALL_FEES as Readonly<Record<string, bigint | undefined>>)[call] ?? OTHER_CALL_FEE) * WEIGHT_PER_RAO;
