import type { VariantCase } from "./case.ts";
import type { Matrix } from "./matrix.ts";
import type { VariantSettings } from "./settings.ts";
import type { EpochState, Layout } from "./state.ts";

/**
 * Validators x servers; or, for the defects that only it shows, the square of the chain: everybody a row and a column,
 * validators first, in which servers hold no stake and nobody weighs validators.
 */
export function chooseLayout(
  { validators, servers }: VariantCase,
  { compat, squareMatrices }: VariantSettings,
): Layout {
  const n = validators + servers;
  return compat && squareMatrices
    ? { rows: n, columns: n, validators, firstServer: validators }
    : { rows: validators, columns: servers, validators, firstServer: 0 };
}

/** Puts stakes and weights of one epoch of the case where the epoch reads them. */
export function submitEpoch(story: VariantCase, epoch: number, state: EpochState): void {
  const { validators, servers, stakes, weights } = story;
  const { columns, values } = state.submitted;
  for (let i = 0; i < validators; i++) {
    state.stakes[i] = stakes[epoch * validators + i]!;
    const from = (epoch * validators + i) * servers;
    const to = i * columns + state.layout.firstServer;
    for (let j = 0; j < servers; j++) values[to + j] = weights[from + j]!;
  }
}

/** Copies the validators x servers block of a matrix into `out`, starting at `to`. */
export function copyBlock(
  { columns, values }: Matrix,
  { validators, servers }: VariantCase,
  { firstServer }: Layout,
  out: Float64Array,
  to: number,
): void {
  for (let i = 0; i < validators; i++)
    for (let j = 0; j < servers; j++) out[to + i * servers + j] = values[i * columns + firstServer + j]!;
}

/** Copies the first `length` elements from `first` on into `out`, starting at `to`. */
export function copySlice(
  vector: Float64Array,
  first: number,
  length: number,
  out: Float64Array,
  to: number,
): void {
  for (let k = 0; k < length; k++) out[to + k] = vector[first + k]!;
}
