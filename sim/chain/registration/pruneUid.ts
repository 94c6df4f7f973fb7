/** Which uid a registration replaces on a full subnet (spec/subnets.md 7). */
import type { NetworkState, Subnet } from "../state/network.ts";
import { netuidDefaults } from "../protocol/defaults.ts";

/** A neuron as the choice sees it. */
interface Candidate {
  readonly uid: number;
  /** Emission of the last epoch, rao. */
  readonly emission: bigint;
  readonly registered: bigint;
}

/** Smaller emission first, then the older registration, then the lower uid. */
const before = (a: Candidate, b: Candidate): boolean =>
  a.emission !== b.emission
    ? a.emission < b.emission
    : a.registered !== b.registered
      ? a.registered < b.registered
      : a.uid < b.uid;

/** Uids that cannot be replaced: the owner's oldest ones up to the limit, the official owner hotkey before all. */
export function immortalUids(
  state: NetworkState,
  { owner, ownerHotkey, neurons, parameters }: Subnet,
): number[] {
  const limit = parameters.immuneOwnerUidsLimit;
  const registered = (uid: number): bigint => neurons.blockAtRegistration[uid] ?? 0n;
  const owned = (owner === null ? [] : (state.ownedHotkeys.get(owner) ?? []))
    .flatMap((hotkey) => neurons.uidOf.get(hotkey) ?? [])
    .sort((a, b) => (registered(a) === registered(b) ? a - b : registered(a) < registered(b) ? -1 : 1))
    .slice(0, limit);
  const official = ownerHotkey === null ? undefined : neurons.uidOf.get(ownerHotkey);
  if (official === undefined || owned.includes(official)) return owned;
  return [official, ...owned].slice(0, limit);
}

/** Whether a neuron is too young to be replaced while there are others. */
export const isImmune = (state: NetworkState, { neurons, parameters }: Subnet, uid: number): boolean =>
  BigInt(state.block) - (neurons.blockAtRegistration[uid] ?? 0n) < BigInt(parameters.immunityPeriod);

/** The uid to replace; undefined where nobody can be. */
export function uidToPrune(state: NetworkState, subnet: Subnet): number | undefined {
  const immortal = new Set(immortalUids(state, subnet));
  const { neurons } = subnet;
  let free = 0;
  let mortal: Candidate | undefined;
  let immune: Candidate | undefined;
  for (let uid = 0; uid < neurons.count; uid++) {
    if (immortal.has(uid)) continue;
    const candidate = {
      uid,
      emission: neurons.emission[uid] ?? 0n,
      registered: neurons.blockAtRegistration[uid] ?? 0n,
    };
    if (isImmune(state, subnet, uid)) {
      if (immune === undefined || before(candidate, immune)) immune = candidate;
    } else {
      free += 1;
      if (mortal === undefined || before(candidate, mortal)) mortal = candidate;
    }
  }
  const { minNonImmuneUids } = state.netuidParameters.get(subnet.netuid) ?? netuidDefaults();
  return (free > minNonImmuneUids ? mortal : immune)?.uid;
}

/** Whether a hotkey can get a uid now: there is room, or somebody to replace. */
export const hasPlace = (state: NetworkState, subnet: Subnet): boolean =>
  subnet.parameters.maxAllowedUids !== 0 &&
  (subnet.neurons.count < subnet.parameters.maxAllowedUids || uidToPrune(state, subnet) !== undefined);
