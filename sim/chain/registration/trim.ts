/** Lowering the number of uids of a subnet (spec/subnets.md 9). */
import type { Chain, Outcome } from "../chain.ts";
import type { AccountId, Mechanism, Neurons, Subnet, WeightRow } from "../state/network.ts";
import { MAX_UIDS } from "../state/genesis.ts";
import { immortalUids, isImmune } from "./pruneUid.ts";
import { renumbered } from "./sparseRows.ts";

/** From this percentage of protected neurons on nothing is trimmed. */
const MAX_PROTECTED_PERCENT = 80;

/** The uids that stay, ascending: unprotected ones go from the smallest emission up, the higher uid among equals first. */
function keptUids({ neurons }: Subnet, isProtected: readonly boolean[], most: number): number[] {
  const emission = (uid: number): bigint => neurons.emission[uid] ?? 0n;
  const byEmission = Array.from({ length: neurons.count }, (_, uid) => uid).sort((a, b) =>
    emission(a) === emission(b) ? a - b : emission(a) > emission(b) ? -1 : 1,
  );
  let surplus = neurons.count - most;
  const removed = new Set<number>();
  for (const uid of byEmission.toReversed())
    if (surplus > 0 && isProtected[uid] !== true) {
      removed.add(uid);
      surplus -= 1;
    }
  return Array.from({ length: neurons.count }, (_, uid) => uid).filter((uid) => !removed.has(uid));
}

/** The kept elements of a column in their new places, the rest 0. */
function compacted<A extends BigUint64Array | Uint16Array | Uint8Array>(
  column: A,
  kept: readonly number[],
): A {
  const compact = column.slice() as A;
  const zero = typeof column[0] === "bigint" ? 0n : 0;
  for (let i = 0; i < column.length; i++) {
    const uid = kept[i];
    compact[i] = (uid === undefined ? zero : column[uid]) as never;
  }
  return compact;
}

function renumberedRow(row: WeightRow | null, newUid: ReadonlyMap<number, number>): WeightRow | null {
  if (row === null) return null;
  const entries = [...row.uids].flatMap((target, i) => {
    const uid = newUid.get(target);
    return uid === undefined ? [] : [[uid, row.values[i] ?? 0] as const];
  });
  return {
    uids: Uint16Array.from(entries, ([uid]) => uid),
    values: Uint16Array.from(entries, ([, value]) => value),
  };
}

function trimMechanism({ journal }: Chain, mechanism: Mechanism, kept: readonly number[]): void {
  const newUid = new Map(kept.map((uid, i) => [uid, i]));
  journal.set(mechanism, "lastUpdate", compacted(mechanism.lastUpdate, kept));
  journal.set(mechanism, "incentive", compacted(mechanism.incentive, kept));
  const rows: (WeightRow | null)[] = Array.from({ length: MAX_UIDS }, () => null);
  for (const [i, uid] of kept.entries()) rows[i] = renumberedRow(mechanism.weights[uid] ?? null, newUid);
  journal.set(mechanism, "weights", rows);
  journal.set(mechanism, "bonds", renumbered(mechanism.bonds, kept));
}

function trimmedNeurons(neurons: Neurons, kept: readonly number[]): Neurons {
  const hotkeys = kept
    .map((uid) => neurons.hotkeys[uid])
    .filter((key): key is AccountId => key !== undefined);
  return {
    count: hotkeys.length,
    hotkeys,
    uidOf: new Map(hotkeys.map((hotkey, uid) => [hotkey, uid])),
    blockAtRegistration: compacted(neurons.blockAtRegistration, kept),
    validatorPermit: compacted(neurons.validatorPermit, kept),
    active: compacted(neurons.active, kept),
    emission: compacted(neurons.emission, kept),
    consensus: compacted(neurons.consensus, kept),
    dividends: compacted(neurons.dividends, kept),
    validatorTrust: compacted(neurons.validatorTrust, kept),
    stakeWeight: compacted(neurons.stakeWeight, kept),
  };
}

/** Sets MaxAllowedUids to `most` and removes the neurons above it. Errors: TrimmingWouldExceedMaxImmunePercentage. */
export function trimToMaxAllowedUids(chain: Chain, subnet: Subnet, most: number): Outcome {
  const { state, journal } = chain;
  const { neurons } = subnet;
  if (neurons.count > most) {
    const immortal = new Set(immortalUids(state, subnet));
    const isProtected = Array.from(
      { length: neurons.count },
      (_, uid) => immortal.has(uid) || isImmune(state, subnet, uid),
    );
    const count = Math.min(isProtected.filter(Boolean).length, most);
    if (Math.floor((count * 100) / most) >= MAX_PROTECTED_PERCENT)
      return "TrimmingWouldExceedMaxImmunePercentage";
    const kept = keptUids(subnet, isProtected, most);
    for (const mechanism of subnet.mechanisms) trimMechanism(chain, mechanism, kept);
    journal.set(subnet, "neurons", trimmedNeurons(neurons, kept));
  }
  journal.set(subnet.parameters, "maxAllowedUids", most);
  return null;
}
