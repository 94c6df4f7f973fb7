import type { EvalFamily } from "../family.ts";

/** What the list of families shows, and how one is loaded. A new family is one file and one entry here. */
export interface FamilyEntry {
  readonly name: string;
  readonly description: string;
  load(): Promise<EvalFamily>;
}

/** All families by name, in the order in which help lists them. */
export const FAMILIES: readonly FamilyEntry[] = [
  {
    name: "epoch",
    description: "one epoch of one subnet",
    load: async () => (await import("./epoch.ts")).EPOCH_FAMILY,
  },
  {
    name: "variant",
    description: "a case of stakes and weights under one Yuma formula",
    load: async () => (await import("./variant.ts")).VARIANT_FAMILY,
  },
  {
    name: "block-emission",
    description: "the issuance curve and what a block mints",
    load: async () => (await import("./block-emission.ts")).BLOCK_EMISSION_FAMILY,
  },
  {
    name: "subnet-shares",
    description: "shares of TAO, moving prices, root proportions",
    load: async () => (await import("./subnet-shares.ts")).SUBNET_SHARES_FAMILY,
  },
  {
    name: "coinbase",
    description: "emission to subnets, payouts, runs with scripted epochs",
    load: async () => (await import("./coinbase.ts")).COINBASE_FAMILY,
  },
  {
    name: "pool-swap",
    description: "the weighted pool: prices, trades, limits",
    load: async () => (await import("./pool-swap.ts")).POOL_SWAP_FAMILY,
  },
  {
    name: "share-pool",
    description: "share pools and their decimal floats",
    load: async () => (await import("./share-pool.ts")).SHARE_POOL_FAMILY,
  },
  {
    name: "staking",
    description: "staking calls, root claims, locks, children, takes",
    load: async () => (await import("./staking.ts")).STAKING_FAMILY,
  },
  {
    name: "chain-yuma",
    description: "a run of a network with real epochs",
    load: async () => (await import("./chain-yuma.ts")).CHAIN_YUMA_FAMILY,
  },
  {
    name: "economy-numbers",
    description: "fixed point and transcendental functions",
    load: async () => (await import("./economy-numbers.ts")).ECONOMY_NUMBERS_FAMILY,
  },
];
