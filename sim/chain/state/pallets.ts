/** State of the smaller pallets and of what hangs on accounts alone: swaps of keys, proxies, crowdloans, leases, orders. */
import type { CallData } from "../calls/call.ts";
import type { AccountId, Netuid } from "./network.ts";

/** An announced swap of a coldkey (spec/governance-and-accounts.md 6). */
export interface ColdkeySwapAnnouncement {
  /** Hexadecimal blake2b-256 of the new coldkey's 32 bytes. */
  readonly newColdkeyHash: string;
  /** First block in which it can be executed. */
  readonly executableAt: number;
}

/** What a proxy may sign for another account. */
export type ProxyType = "Any" | "SubnetLeaseBeneficiary";

export interface ProxyGrant {
  readonly delegate: AccountId;
  readonly proxyType: ProxyType;
}

/** A crowdloan (spec/governance-and-accounts.md 11). Amounts in rao. */
export interface Crowdloan {
  readonly creator: AccountId;
  readonly deposit: bigint;
  /** Technical account that holds what was raised. */
  readonly funds: AccountId;
  /** Exactly one of the two is set. */
  readonly call: CallData | null;
  readonly target: AccountId | null;
  minContribution: bigint;
  /** Null = no maximum. */
  maxContribution: bigint | null;
  /** First block without contributions. */
  end: number;
  cap: bigint;
  raised: bigint;
  finalized: boolean;
  contributorsCount: number;
  contributions: Map<AccountId, bigint>;
}

/** A leased subnet (spec/governance-and-accounts.md 12). */
export interface Lease {
  readonly beneficiary: AccountId;
  readonly coldkey: AccountId;
  readonly hotkey: AccountId;
  /** Percent of the owner cut that the contributors get. */
  readonly emissionsShare: number;
  /** Null = endless. */
  readonly endBlock: number | null;
  readonly netuid: Netuid;
  /** Lock cost and proxy deposit, rao. */
  readonly cost: bigint;
  /** Part of every contributor but the beneficiary, U64F64. */
  readonly shares: Map<AccountId, bigint>;
  /** Alpha that waits for a payout, rao. */
  accumulated: bigint;
}

/** What the chain keeps of a limit order that it has seen (spec/governance-and-accounts.md 13). */
export type OrderStatus =
  | { readonly kind: "PartiallyFilled"; readonly filled: bigint }
  | { readonly kind: "Fulfilled" }
  | { readonly kind: "Cancelled" };

export interface PalletState {
  coldkeySwapAnnouncements: Map<AccountId, ColdkeySwapAnnouncement>;
  /** Coldkeys whose swap is disputed. */
  coldkeySwapDisputes: Map<AccountId, true>;
  /** Root hotkeys that do not become parents on new subnets. */
  autoParentDelegationOff: Map<AccountId, true>;
  /** Reserved TAO by account, rao; not part of the free balance. */
  reserved: Map<AccountId, bigint>;
  /** By the account that is acted for. */
  proxies: Map<AccountId, readonly ProxyGrant[]>;
  symbols: Map<Netuid, string>;
  /** Statistic: nominal registration costs, rao. */
  raoRecycledForRegistration: Map<Netuid, bigint>;
  /** Parameters without effect on the economy: they are stored and read back (spec/subnets.md 11.1). */
  inertParameters: Map<string, bigint | number | boolean>;
  crowdloans: Map<number, Crowdloan>;
  nextCrowdloanId: number;
  /** The crowdloan that is being finalized, while its call runs. */
  finalizingCrowdloan: number | null;
  leases: Map<number, Lease>;
  nextLeaseId: number;
  limitOrdersEnabled: boolean;
  /** By `orderKey`. */
  orders: Map<string, OrderStatus>;
}

/** Nothing of all that, as on a fresh chain. */
export const emptyPallets = (): PalletState => ({
  coldkeySwapAnnouncements: new Map(),
  coldkeySwapDisputes: new Map(),
  autoParentDelegationOff: new Map(),
  reserved: new Map(),
  proxies: new Map(),
  symbols: new Map(),
  raoRecycledForRegistration: new Map(),
  inertParameters: new Map(),
  crowdloans: new Map(),
  nextCrowdloanId: 0,
  finalizingCrowdloan: null,
  leases: new Map(),
  nextLeaseId: 0,
  limitOrdersEnabled: false,
  orders: new Map(),
});
