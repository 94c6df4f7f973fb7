/** A story told in stakes and weights: who holds what, and who weighs whom, in every epoch. */
export interface VariantCase {
  readonly epochs: number;
  readonly validators: number;
  readonly servers: number;
  /** Index of the validator that percentages are relative to. */
  readonly baseValidator: number;
  /** At the start of this epoch the bonds on this server are wiped; null: never. */
  readonly bondReset: { readonly server: number; readonly epoch: number } | null;
  /** The case itself asks for this payout. */
  readonly winnerTakesAll: boolean;
  /** epochs x validators, any unit; 0 or more, not all 0 in any epoch. */
  readonly stakes: Float64Array;
  /** epochs x validators x servers, as submitted: 0 or more. */
  readonly weights: Float64Array;
}
