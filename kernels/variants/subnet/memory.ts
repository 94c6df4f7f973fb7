/** What a formula remembers of a subnet between two epochs. Plain data, so that a checkpoint can hold it. */

/** Who sits at which uid: a neuron is its hotkey and the block at which it registered. */
export interface Seats {
  /** By uid. */
  readonly hotkeys: readonly number[];
  /** By uid. */
  readonly registered: BigUint64Array;
}

/** Bonds and weights after an epoch; both hold one number per row and column. */
export interface VariantMemory {
  readonly seats: Seats;
  /** Uids of the validators, ascending. */
  readonly rows: readonly number[];
  /** Uids that any of them weighed so far, ascending. */
  readonly columns: readonly number[];
  /** In the formula's own unit. */
  readonly bonds: Float64Array;
  /** Normalised. */
  readonly weights: Float64Array;
  /** By column; quantised. */
  readonly consensus: Float64Array;
  /** Whether any epoch has written bonds. */
  readonly hasBonds: boolean;
}

/**
 * Where each neuron sat before: the uid of the same hotkey with the same registration, or its own uid where only the
 * hotkey changed (a swap). -1: it is new.
 */
export function formerUids(before: Seats, now: Seats): Int32Array {
  const former = new Int32Array(now.hotkeys.length).fill(-1);
  if (isSame(before, now)) return former.map((_, uid) => uid);
  const uidOf = new Map(before.hotkeys.map((hotkey, uid) => [hotkey, uid]));
  const present = new Set(now.hotkeys);
  now.hotkeys.forEach((hotkey, uid) => {
    const registered = now.registered[uid];
    const same = uidOf.get(hotkey);
    if (same !== undefined && before.registered[same] === registered) former[uid] = same;
    else if (
      same === undefined &&
      before.registered[uid] === registered &&
      !present.has(before.hotkeys[uid] ?? -1)
    )
      former[uid] = uid;
  });
  return former;
}

function isSame(before: Seats, now: Seats): boolean {
  return (
    before.hotkeys.length === now.hotkeys.length &&
    before.hotkeys.every(
      (hotkey, uid) => hotkey === now.hotkeys[uid] && before.registered[uid] === now.registered[uid],
    )
  );
}
