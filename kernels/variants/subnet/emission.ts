/** Shares in doubles as whole rao. */

/** Doubles up to 1 are whole in this scale but for those below 2^-27, whose last bits are worth less than 2^-80. */
const TWO_80 = 1_208_925_819_614_629_174_706_176;

/**
 * The floor of each share of an amount, as the chain rounds (spec/epoch.md 8, step 4); together never more than the
 * amount, also where the shares add up to a little more than 1.
 * @param shares 0..1
 * @param amount rao
 */
export function floorShares(shares: Float64Array, amount: bigint): BigUint64Array {
  const parts = new BigUint64Array(shares.length);
  let left = amount;
  for (let k = 0; k < shares.length; k++) {
    const part = (BigInt(Math.floor(shares[k]! * TWO_80)) * amount) >> 80n;
    parts[k] = part < left ? part : left;
    left -= parts[k]!;
  }
  return parts;
}

/** Rao of an epoch by uid. */
export interface EmissionSplit {
  readonly server: BigUint64Array;
  readonly validator: BigUint64Array;
  readonly combined: BigUint64Array;
}

/**
 * Incentive and dividends as rao: each counts as much as the chain lets it (spec/epoch.md 8, step 2), so that each side
 * gets about half, and one side all where the other has nothing.
 * @returns null where there is neither
 */
export function splitEmission(
  incentive: Float64Array,
  dividends: Float64Array,
  rao: bigint,
): EmissionSplit | null {
  let total = 0;
  for (let uid = 0; uid < incentive.length; uid++) total += incentive[uid]! + dividends[uid]!;
  if (!(total > 0)) return null;
  // Both sides in one list, so that together they are never more than the emission.
  const parts = floorShares(
    Float64Array.from([...incentive, ...dividends], (value) => value / total),
    rao,
  );
  return {
    server: parts.slice(0, incentive.length),
    validator: parts.slice(incentive.length),
    combined: floorShares(
      incentive.map((value, uid) => (value + dividends[uid]!) / total),
      rao,
    ),
  };
}
