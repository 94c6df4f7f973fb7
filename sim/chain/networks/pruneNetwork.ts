/** Which subnet makes room when the limit is reached, and taking a subnet off the chain (spec/subnets.md 4). */
import { forgetCallerStamps } from "../admin/stamps.ts";
import type { Chain } from "../chain.ts";
import { movingPriceOf } from "../coinbase/shares.ts";
import { ROOT, type Netuid, type NetworkState } from "../state/network.ts";
import { dissolveSubnet } from "../subnets/dissolve.ts";

interface Candidate {
  readonly netuid: Netuid;
  /** Moving price, U64F64. */
  readonly price: bigint;
  readonly registeredAt: number;
}

/** Lower price first, then the older subnet, then the lower netuid. */
const before = (a: Candidate, b: Candidate): boolean =>
  a.price !== b.price
    ? a.price < b.price
    : a.registeredAt !== b.registeredAt
      ? a.registeredAt < b.registeredAt
      : a.netuid < b.netuid;

/** The subnet to prune; undefined where all are immune. */
export function networkToPrune(state: NetworkState): Netuid | undefined {
  let chosen: Candidate | undefined;
  for (const netuid of state.netuids) {
    const subnet = state.subnets.get(netuid);
    if (netuid === ROOT || subnet === undefined) continue;
    if (BigInt(state.block) < BigInt(subnet.registeredAt) + state.parameters.networkImmunityPeriod) continue;
    const { mechanism, movingPrice } = state.columns;
    const price = movingPriceOf({
      mechanism: mechanism[netuid] ?? 0,
      movingPrice: movingPrice[netuid] ?? 0n,
    });
    const candidate = { netuid, price, registeredAt: subnet.registeredAt };
    if (chosen === undefined || before(candidate, chosen)) chosen = candidate;
  }
  return chosen?.netuid;
}

/** Dissolves an existing subnet with everything that hangs on it. */
export function removeNetwork(chain: Chain, netuid: Netuid): void {
  const { state, journal } = chain;
  const leaseId = state.subnets.get(netuid)?.leaseId ?? null;
  dissolveSubnet(chain, netuid);
  if (leaseId !== null) journal.mapDelete(state.leases, leaseId);
  journal.mapDelete(state.symbols, netuid);
  journal.mapDelete(state.raoRecycledForRegistration, netuid);
  forgetCallerStamps(chain, netuid);
}
