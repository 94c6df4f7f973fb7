/**
 * Non-negative integer amounts in any one unit: rao, or raw fixed-point shares. Every measure of concentration
 * is scale invariant, so the unit does not matter as long as it is the same for all.
 */
export type Amounts = BigUint64Array | BigInt64Array | readonly bigint[];

/**
 * Sum of all amounts, exact.
 *
 * @throws RangeError when an amount is negative, naming its index.
 */
export function sumAmounts(amounts: Amounts): bigint {
  let sum = 0n;
  for (let i = 0; i < amounts.length; i++) {
    const amount = amounts[i]!;
    if (amount < 0n) throw new RangeError(`amount must not be negative; index ${i} has ${amount}`);
    sum += amount;
  }
  return sum;
}

/** The amounts in ascending order; the input is left alone. */
export function ascending(amounts: Amounts): BigInt64Array | BigUint64Array | bigint[] {
  // A typed array sorts numerically by itself; a plain array needs the comparator.
  if (amounts instanceof BigUint64Array || amounts instanceof BigInt64Array) return amounts.slice().sort();
  return [...amounts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** A quotient below this has fewer digits than a number holds. */
const FEW_DIGITS = 2n ** 64n;

/**
 * `numerator / denominator` as a number, from exact integers.
 *
 * The quotient is taken with 96 binary digits after the point, or with 352 where that leaves too few, before it is rounded:
 * sums far above 2^53 and one rao of all that there is lose nothing that a number could have held.
 */
export function ratioOf(numerator: bigint, denominator: bigint): number {
  const quotient = (numerator << 96n) / denominator;
  if (quotient >= FEW_DIGITS || quotient <= -FEW_DIGITS || numerator === 0n)
    return Number(quotient) / 2 ** 96;
  return Number((numerator << 352n) / denominator) / 2 ** 352;
}

/** The amount of every entity as a share of their sum; `null` when the sum is 0. */
export function sharesOf(amounts: Amounts): Float64Array | null {
  const sum = sumAmounts(amounts);
  if (sum === 0n) return null;
  const shares = new Float64Array(amounts.length);
  for (let i = 0; i < amounts.length; i++) shares[i] = ratioOf(amounts[i]!, sum);
  return shares;
}
