/** Putting a hotkey on a uid (spec/subnets.md 8). */
import type { Chain } from "../chain.ts";
import type { SparseRows } from "../../../kernels/epoch.ts";
import type { AccountId, Mechanism, Subnet } from "../state/network.ts";
import { withoutRow } from "./sparseRows.ts";

/** What a fresh neuron has not earned yet. */
const EARNED = ["consensus", "dividends", "validatorTrust", "stakeWeight", "validatorPermit"] as const;

function startNeuron({ state, journal }: Chain, subnet: Subnet, uid: number, hotkey: AccountId): void {
  const { neurons } = subnet;
  const now = BigInt(state.block);
  journal.set(neurons.hotkeys, uid, hotkey);
  journal.mapSet(neurons.uidOf, hotkey, uid);
  journal.set(neurons.blockAtRegistration, uid, now);
  journal.set(neurons.active, uid, 1);
  journal.set(neurons.emission, uid, 0n);
  for (const name of EARNED) journal.set(neurons[name], uid, 0);
  for (const { lastUpdate, incentive } of subnet.mechanisms) {
    journal.set(lastUpdate, uid, now);
    journal.set(incentive, uid, 0);
  }
}

/** Adds a neuron behind the last one; its uid is the answer. */
export function appendNeuron(chain: Chain, subnet: Subnet, hotkey: AccountId): number {
  const { neurons } = subnet;
  const uid = neurons.count;
  chain.journal.push(neurons.hotkeys, hotkey);
  startNeuron(chain, subnet, uid, hotkey);
  chain.journal.set(neurons, "count", uid + 1);
  return uid;
}

/** Nobody's weight counts for the new neuron: in every row the value for the uid becomes 0. */
function forgetWeightsFor({ journal }: Chain, { weights }: Mechanism, uid: number): void {
  for (const [row, list] of weights.entries()) {
    const at = list?.uids.indexOf(uid) ?? -1;
    if (list === null || at < 0) continue;
    const values = Uint16Array.from(list.values);
    values[at] = 0;
    journal.set(weights, row, { uids: list.uids, values });
  }
}

/** Replaces the neuron on `uid`; the old hotkey keeps its stake. */
export function replaceNeuron(chain: Chain, subnet: Subnet, uid: number, hotkey: AccountId): void {
  const { journal } = chain;
  const { neurons } = subnet;
  const former = neurons.hotkeys[uid];
  // Official owner hotkeys are never replaced; the choice of the uid excludes them already.
  if (former === undefined || former === subnet.ownerHotkey) return;
  journal.mapDelete(neurons.uidOf, former);
  for (const mechanism of subnet.mechanisms) {
    journal.set(mechanism.weights, uid, null);
    const bonds: SparseRows = withoutRow(mechanism.bonds, uid);
    journal.set(mechanism, "bonds", bonds);
    forgetWeightsFor(chain, mechanism, uid);
  }
  startNeuron(chain, subnet, uid, hotkey);
}
