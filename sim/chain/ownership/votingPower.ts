/** Voting power: a moving average of the stake of validators that hold a permit (spec/governance-and-accounts.md 8). */
import type { Chain } from "../chain.ts";
import { min, PERQUINTILL, U64_MAX } from "../numbers/integers.ts";
import type { AccountId, NetworkState, Subnet } from "../state/network.ts";
import type { NetuidParameters } from "../state/parameters.ts";

/** What an epoch says of a neuron. */
export interface VotingNeuron {
  readonly hotkey: AccountId;
  /** Whether it got a permit in this epoch. */
  readonly permit: boolean;
  /** Stake weight as a whole number of rao, summed over mechanisms. */
  readonly stake: bigint;
}

/** (alpha * stake + (10^18 - alpha) * previous) / 10^18 with one division. */
export const nextVotingPower = (stake: bigint, previous: bigint, alpha: bigint): bigint =>
  min(U64_MAX, (alpha * stake + (PERQUINTILL - alpha) * previous) / PERQUINTILL);

function updateOne(chain: Chain, record: NetuidParameters, { hotkey, permit, stake }: VotingNeuron): void {
  const { state, journal } = chain;
  const { votingPower, votingPowerEmaAlpha: alpha } = record;
  if (!permit) {
    journal.mapDelete(votingPower, hotkey);
    return;
  }
  const previous = votingPower.get(hotkey) ?? 0n;
  const next = nextVotingPower(stake, previous, alpha);
  const { stakeThreshold } = state.parameters;
  if (next < stakeThreshold && previous >= stakeThreshold) journal.mapDelete(votingPower, hotkey);
  else if (next > 0n) journal.mapSet(votingPower, hotkey, next);
}

/** Whether a subnet records voting power at all. */
export const tracksVotingPower = ({ netuidParameters }: NetworkState, { netuid }: Subnet): boolean =>
  netuidParameters.get(netuid)?.votingPowerTrackingEnabled === true;

/** After every epoch of a subnet that tracks voting power. */
export function updateVotingPower(chain: Chain, subnet: Subnet, neurons: readonly VotingNeuron[]): void {
  const { state, journal } = chain;
  const record = state.netuidParameters.get(subnet.netuid);
  if (record?.votingPowerTrackingEnabled !== true) return;
  if (record.votingPowerDisableAt > 0 && state.block >= record.votingPowerDisableAt) {
    journal.set(record, "votingPower", new Map());
    journal.set(record, "votingPowerTrackingEnabled", false);
    journal.set(record, "votingPowerDisableAt", 0);
    return;
  }
  for (const neuron of neurons) updateOne(chain, record, neuron);
  for (const hotkey of record.votingPower.keys())
    if (!subnet.neurons.uidOf.has(hotkey)) journal.mapDelete(record.votingPower, hotkey);
}
