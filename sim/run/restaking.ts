import { InputError } from "../errors.ts";
import type { Restaking } from "../scenario/index.ts";

const U64_MAX = 0xffff_ffff_ffff_ffffn;

/**
 * The stakes after what an epoch paid was staked. Every rao is: what rounding down leaves goes to the first that it is staked on.
 * @param stake rao per uid before; not written to
 * @param paid rao per uid
 * @throws InputError when a stake outgrows 64 bits
 */
export function restaked(
  stake: BigUint64Array,
  paid: BigUint64Array,
  restaking: readonly Restaking[],
): BigUint64Array {
  const after = stake.slice();
  const add = (uid: number, rao: bigint): void => {
    const sum = after[uid]! + rao;
    if (sum > U64_MAX)
      throw new InputError(`restake: the stake of uid ${uid} outgrows 64 bits; run fewer epochs`);
    after[uid] = sum;
  };
  for (const { from, to } of restaking) {
    const own = new Set(to);
    let others = 0n;
    for (const uid of from)
      if (own.has(uid)) add(uid, paid[uid]!);
      else others += paid[uid]!;
    if (others === 0n) continue;
    const total = to.reduce((sum, uid) => sum + stake[uid]!, 0n);
    const parts = to.map((uid) =>
      total === 0n ? others / BigInt(to.length) : (others * stake[uid]!) / total,
    );
    const left = parts.reduce((rest, part) => rest - part, others);
    to.forEach((uid, at) => add(uid, at === 0 ? parts[at]! + left : parts[at]!));
  }
  return after;
}
