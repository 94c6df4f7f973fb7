/** How far float epochs lie from exact ones, field by field. */
import type { SparseRows } from "../kernels/epoch.ts";
import type { FloatEpochOutput } from "../kernels/gpu/output.ts";

export const FIELDS = ["incentive", "dividends", "consensus", "validatorTrust", "bonds"] as const;
export type Field = (typeof FIELDS)[number];
export type Errors = Record<Field, number>;

/** The exact results, as ratios. */
export type Exact = Record<Exclude<Field, "bonds">, Float64Array> & { readonly bonds: SparseRows };

export const noErrors = (): Errors => ({
  incentive: 0,
  dividends: 0,
  consensus: 0,
  validatorTrust: 0,
  bonds: 0,
});

/** Absolute tolerances; `neurons` decides between the two of the ratios. */
export function tolerance(field: Field, neurons: number): number {
  if (field === "bonds") return 2e-5;
  return neurons >= 4096 ? 5e-6 : 2e-6;
}

export function ratios(raw: Iterable<bigint | string>): Float64Array {
  return Float64Array.from(raw, (value) => Number(BigInt(value)) / 4294967296);
}

/** Largest absolute difference per field; NaN counts as infinite. */
export function errorsOf(output: FloatEpochOutput, exact: Exact): Errors {
  const errors = noErrors();
  const note = (field: Field, difference: number): void => {
    errors[field] = Math.max(errors[field], Number.isNaN(difference) ? Infinity : Math.abs(difference));
  };
  for (const field of FIELDS) {
    if (field === "bonds") continue;
    if (output[field].length !== exact[field].length) note(field, Infinity);
    output[field].forEach((value, uid) => note(field, value - exact[field][uid]!));
  }
  if (output.bonds !== null) {
    const n = exact.bonds.offsets.length - 1;
    for (let uid = 0; uid < n; uid++) {
      const expected = rowOf(exact.bonds, uid);
      const found = rowOf(output.bonds, uid);
      for (const target of new Set([...expected.keys(), ...found.keys()])) {
        note("bonds", ((found.get(target) ?? 0) - (expected.get(target) ?? 0)) / 65535);
      }
    }
  }
  return errors;
}

export function worse(a: Errors, b: Errors): Errors {
  const errors = noErrors();
  for (const field of FIELDS) errors[field] = Math.max(a[field], b[field]);
  return errors;
}

function rowOf({ offsets, uids, values }: SparseRows, uid: number): Map<number, number> {
  const row = new Map<number, number>();
  for (let k = offsets[uid]!; k < offsets[uid + 1]!; k++) row.set(uids[k]!, values[k]!);
  return row;
}
