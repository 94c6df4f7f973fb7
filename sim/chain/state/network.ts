/**
 * The state of a whole network as plain data: `structuredClone` forks it, `v8.serialize` stores it. Amounts are rao
 * (bigint), blocks are numbers, raw fixed-point values name their type. Changes go through the journal only.
 */
import type { SubnetColumns } from "./columns.ts";
import type { GlobalParameters, NetuidParameters, SubnetParameters } from "./parameters.ts";
import type { PalletState } from "./pallets.ts";
import type { NetuidRow } from "./netuidRow.ts";
import type { SparseRows } from "../../../kernels/epoch.ts";

/** An account: coldkey, hotkey or technical account. Numbers order as the chain orders accounts. */
export type AccountId = number;
export type Netuid = number;
export const ROOT: Netuid = 0;

/** A decimal float of a share pool: mantissa * 10^exponent (spec/staking.md 2.1). Never changed in place. */
export interface ShareFloat {
  readonly mantissa: bigint;
  readonly exponent: bigint;
}

/** The stake of one hotkey on one subnet (spec/staking.md 2). */
export interface SharePool {
  /** TotalHotkeyAlpha, rao. */
  value: bigint;
  denominator: ShareFloat;
  /** By coldkey. A zero share is not kept. */
  shares: Map<AccountId, ShareFloat>;
}

export interface Hotkey {
  owner: AccountId;
  /** Stored delegate take, u16; null = none, then the compiled default counts. */
  take: number | null;
  /** Block of the last change of the take, 0 = never. */
  takeSetAt: number;
}

/** A part (u64 of 2^64 - 1) of the stake weight of a parent, and the child or parent it links to. */
export interface ChildLink {
  readonly proportion: bigint;
  readonly hotkey: AccountId;
}

export interface PendingChildren {
  readonly children: readonly ChildLink[];
  readonly cooldownBlock: number;
}

/** What becomes of root dividends at a claim. */
export type RootClaimType =
  | { readonly kind: "Swap" }
  | { readonly kind: "Keep" }
  | { readonly kind: "KeepSubnets"; readonly subnets: readonly Netuid[] };

/** A lock or an aggregate of locks. Never changed in place. */
export interface LockState {
  /** Alpha that may not leave, rao. */
  readonly mass: bigint;
  /** U64F64. */
  readonly conviction: bigint;
  readonly lastBlock: number;
}

/** The lock of a coldkey: there is at most one per subnet. */
export interface Lock extends LockState {
  readonly hotkey: AccountId;
}

/** Sums of locks (spec/governance-and-accounts.md 9.1). */
export interface LockAggregates {
  perpetual: Map<AccountId, LockState>;
  decaying: Map<AccountId, LockState>;
  ownerPerpetual: LockState | null;
  ownerDecaying: LockState | null;
}

/** One validator's weights as sent: parallel lists. Replaced as a whole, never changed in place. */
export interface WeightRow {
  readonly uids: Uint16Array;
  readonly values: Uint16Array;
}

/** A hash commit (spec/weights.md 3). */
export interface HashCommit {
  /** Hexadecimal blake2b-256. */
  readonly hash: string;
  readonly epoch: number;
  readonly block: number;
}

/** A timelock commit, its payload known to the simulator (spec/weights.md 4 and 7). */
export interface TimelockCommit {
  readonly hotkey: AccountId;
  readonly block: number;
  readonly revealRound: number;
  /** First block at whose start the payload can be read. */
  readonly availableAt: number;
  readonly uids: readonly number[];
  readonly values: readonly number[];
  readonly versionKey: bigint;
}

/** What a subnet keeps per mechanism; arrays are indexed by uid and have room for MaxAllowedUids. */
export interface Mechanism {
  lastUpdate: BigUint64Array;
  incentive: Uint16Array;
  /** By uid; null = no weights. */
  weights: (WeightRow | null)[];
  /** As the last epoch stored them: one row per uid that there was then. */
  bonds: SparseRows;
  hashCommits: Map<AccountId, HashCommit[]>;
  /** By commit epoch. */
  timelockCommits: Map<number, TimelockCommit[]>;
}

/** The registered neurons; arrays are indexed by uid and have room for MaxAllowedUids. */
export interface Neurons {
  count: number;
  /** By uid. */
  hotkeys: AccountId[];
  uidOf: Map<AccountId, number>;
  blockAtRegistration: BigUint64Array;
  validatorPermit: Uint8Array;
  active: Uint8Array;
  /** Rao of the last epoch. */
  emission: BigUint64Array;
  consensus: Uint16Array;
  dividends: Uint16Array;
  validatorTrust: Uint16Array;
  stakeWeight: Uint16Array;
}

/** What one subnet holds beside its columns. Root has one too. */
export interface Subnet {
  netuid: Netuid;
  registeredAt: number;
  owner: AccountId | null;
  ownerHotkey: AccountId | null;
  /** Lock cost that was paid, rao. */
  locked: bigint;
  leaseId: number | null;
  /** Counters of root registrations. */
  registrationsThisBlock: number;
  registrationsThisInterval: number;
  parameters: SubnetParameters;
  neurons: Neurons;
  mechanisms: Mechanism[];
  /** u16 parts summing to 65535; null = even. */
  mechanismSplit: readonly number[] | null;
  /** Averages of TAO flows, I64F64; they move only where the protocol shares by flow. */
  flowEma: {
    readonly user: bigint;
    readonly protocol: bigint;
    /** Average of the user average; only where the protocol lets flows mature. */
    readonly matured?: bigint;
  };
  /** Running total of all stake, rao. */
  stakedAlpha: bigint;
  /**
   * Running total of what CKBurn recycled, rao. Dividends are only proportions, so this alpha is paid out all the
   * same: SubnetAlphaOut then falls below its parts, as on the chain.
   */
  childkeyBurned: bigint;
  /** Stake by hotkey. */
  pools: Map<AccountId, SharePool>;
  /** Links by parent and by child. */
  children: Map<AccountId, readonly ChildLink[]>;
  parents: Map<AccountId, readonly ChildLink[]>;
  pendingChildren: Map<AccountId, PendingChildren>;
  /** Block of the last successful setChildren by hotkey. */
  childrenSetAt: Map<AccountId, number>;
  /** Dividends of the last epoch by hotkey, rao. */
  alphaDividends: Map<AccountId, bigint>;
  rootDividends: Map<AccountId, bigint>;
  /** By coldkey. */
  locks: Map<AccountId, Lock>;
  /** Coldkeys whose lock does not decay. */
  perpetualLocks: Map<AccountId, true>;
  lockAggregates: LockAggregates;
}

/** What the root stakers of a hotkey can claim (spec/staking.md 10): all subnets side by side, as claims read them. */
export interface RootClaims {
  /** Alpha per root rao that is claimable, I96F32, not negative. */
  readonly rates: NetuidRow;
  /** Claimed already, by coldkey, rao (u128). */
  readonly claimed: Map<AccountId, NetuidRow>;
}

/** Coldkeys that stake on root, in the chain's index order (removal swaps with the last). */
export interface RootStakers {
  list: AccountId[];
  indexOf: Map<AccountId, number>;
}

export interface NetworkState extends PalletState {
  /** The block being executed, or the last one executed. */
  block: number;
  /** Counter of the emission curve, rao. */
  totalIssuance: bigint;
  /** Sum of all balances as the mints and burns say, rao. */
  balancesIssuance: bigint;
  /** Sum of all balances as the accounts say, rao; must equal `balancesIssuance`. */
  accountsTotal: bigint;
  totalStake: bigint;
  /** Bar of the emission gate, U64F64; moves only where the protocol has that gate, 0 = never looked for. */
  emissionBar: bigint;
  /** Receiver of fees; null = nobody. */
  blockAuthor: AccountId | null;
  lastLockCost: bigint;
  /** Block of the last registration of a subnet, 0 = never. */
  lastNetworkRegistration: number;
  parameters: GlobalParameters;
  /** Free TAO, rao; the subnets' technical accounts are in `columns.account`. */
  balances: Map<AccountId, bigint>;
  hotkeys: Map<AccountId, Hotkey>;
  /** Hotkeys by owning coldkey. */
  ownedHotkeys: Map<AccountId, readonly AccountId[]>;
  /** Hotkeys a coldkey staked to, in order of first stake; never shortened. */
  stakingHotkeys: Map<AccountId, readonly AccountId[]>;
  rootClaimTypes: Map<AccountId, RootClaimType>;
  rootStakers: RootStakers;
  /** By hotkey. */
  rootClaims: Map<AccountId, RootClaims>;
  /** Hotkeys that owe or owed root dividends somewhere: the others need no look at every subnet. */
  claimableHotkeys: Map<AccountId, true>;
  /** Coldkeys that accept locked alpha. */
  acceptsLockedAlpha: Map<AccountId, true>;
  /** Existing subnets in ascending netuid, root included. */
  netuids: readonly Netuid[];
  columns: SubnetColumns;
  subnets: Map<Netuid, Subnet>;
  /** What survives the dissolving of a subnet, by netuid. */
  netuidParameters: Map<Netuid, NetuidParameters>;
  /** Block stamps of rate limits, by a key that names limit, subnet and caller. */
  rateLimitStamps: Map<string, number>;
}
