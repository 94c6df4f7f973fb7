import * as fc from "fast-check";

/** Lists of u64 amounts. */
export const amounts = fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { minLength: 1, maxLength: 60 });

/** Lists in which somebody holds something. */
export const held = amounts.filter((list) => list.some((amount) => amount > 0n));

/** Sum of the list. */
export const total = (list: readonly bigint[]): bigint => list.reduce((sum, amount) => sum + amount, 0n);
