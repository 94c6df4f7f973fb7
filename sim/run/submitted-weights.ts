import type { WeightRow } from "../scenario/index.ts";

/** Weights as the scenario submits them, by validator, without the rounding of the chain's storage. */
export class SubmittedWeights {
  readonly #rows: (readonly number[])[];
  #values: Float64Array | null = null;

  /** @param rows by uid */
  constructor(rows: readonly (readonly number[])[]) {
    this.#rows = [...rows];
  }

  replace(rows: readonly WeightRow[]): void {
    for (const { uid, submitted } of rows) this.#rows[uid] = submitted;
    if (rows.length > 0) this.#values = null;
  }

  /** All rows, one after the other, like the entries of the stored ones. */
  values(): Float64Array {
    this.#values ??= Float64Array.from(this.#rows.flat());
    return this.#values;
  }
}
