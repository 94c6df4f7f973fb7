/** claimRoot, setRootClaimType and the root origin's claim settings (spec/calls.md 8). */
import { rootOnly, signed, type Handlers } from "../calls/call.ts";
import { netuidParametersOf } from "../state/genesis.ts";
import type { Netuid, RootClaimType } from "../state/network.ts";
import { claimRootDividends } from "./rootClaims.ts";
import { indexRootStaker } from "./stake.ts";

export interface ClaimCalls {
  claimRoot: { readonly subnets: readonly Netuid[] };
  setRootClaimType: { readonly newRootClaimType: RootClaimType };
  sudoSetNumRootClaims: { readonly newValue: number };
  /** Rao. */
  sudoSetRootClaimThreshold: { readonly netuid: Netuid; readonly newValue: bigint };
}

/** Most automatic claims per block. */
const MAX_ROOT_CLAIMS = 50;
/** Highest threshold of a claim, rao. */
const MAX_CLAIM_THRESHOLD = 10_000_000n;
const MAX_CLAIM_SUBNETS = 5;

/** A set: without repetitions, ascending. */
const asSet = (netuids: readonly Netuid[]): Netuid[] => [...new Set(netuids)].sort((a, b) => a - b);

export const claimCalls: Handlers<ClaimCalls> = {
  claimRoot: signed((chain, coldkey, { subnets }) => {
    const chosen = asSet(subnets);
    if (chosen.length === 0 || chosen.length > MAX_CLAIM_SUBNETS) return "InvalidSubnetNumber";
    indexRootStaker(chain, coldkey);
    return claimRootDividends(chain, coldkey, chosen);
  }),
  setRootClaimType: signed((chain, coldkey, { newRootClaimType: type }) => {
    const { state, journal } = chain;
    if (type.kind === "KeepSubnets" && type.subnets.length === 0) return "InvalidSubnetNumber";
    journal.mapSet(
      state.rootClaimTypes,
      coldkey,
      type.kind === "KeepSubnets" ? { kind: type.kind, subnets: asSet(type.subnets) } : type,
    );
    indexRootStaker(chain, coldkey);
    return null;
  }),
  sudoSetNumRootClaims: rootOnly(({ state, journal }, { newValue }) => {
    if (newValue > MAX_ROOT_CLAIMS) return "InvalidNumRootClaim";
    journal.set(state.parameters, "numRootClaim", newValue);
    return null;
  }),
  sudoSetRootClaimThreshold: ({ state, journal }, origin, { netuid, newValue }) => {
    if (origin !== "root" && state.subnets.get(netuid)?.owner !== origin.signed) return "BadOrigin";
    if (newValue > MAX_CLAIM_THRESHOLD) return "InvalidRootClaimThreshold";
    journal.set(netuidParametersOf(journal, state, netuid), "rootClaimThreshold", newValue << 32n);
    return null;
  },
};
