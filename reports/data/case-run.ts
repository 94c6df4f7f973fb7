/** A few validators and servers, epoch by epoch, under one formula or several: what the report of cases shows. */

/** What one formula made of the case. The epoch is the first dimension of every array. */
export interface FormulaRun {
  /** Name of the comparison. */
  readonly name: string;
  /** epochs x validators: shares of all dividends. */
  readonly dividends: Float64Array;
  /** epochs x servers: shares of all incentive. */
  readonly incentives: Float64Array;
  /** epochs x validators x servers, in the formula's own unit. */
  readonly bonds: Float64Array;
}

export interface CaseRun {
  /** Anchor: lower-case words joined by hyphens. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly epochs: number;
  readonly validators: readonly string[];
  readonly servers: readonly string[];
  /** Index of the validator that the others are compared with. */
  readonly base: number;
  /** epochs x validators: tokens. */
  readonly stakes: Float64Array;
  /** epochs x validators x servers: parts of the row, not a number where a validator has set none. */
  readonly weights: Float64Array;
  /** Tokens that an epoch pays to all validators together. */
  readonly validatorEmission: number;
  /** At least one. */
  readonly formulas: readonly FormulaRun[];
}

/** Dividends per 1,000 tokens of stake, per epoch; 0 without stake (M25). @returns epochs x validators */
export function dividendsPerThousand(
  { epochs, validators, stakes, validatorEmission }: CaseRun,
  { dividends }: FormulaRun,
): Float64Array {
  return Float64Array.from({ length: epochs * validators.length }, (_, at) =>
    stakes[at]! > 0 ? (1000 * dividends[at]! * validatorEmission) / stakes[at]! : 0,
  );
}

/** Sum over all epochs. @returns per validator */
export function totalsPerThousand(run: CaseRun, formula: FormulaRun): number[] {
  const perEpoch = dividendsPerThousand(run, formula);
  const count = run.validators.length;
  return run.validators.map((_, i) => {
    let total = 0;
    for (let epoch = 0; epoch < run.epochs; epoch++) total += perEpoch[epoch * count + i]!;
    return total;
  });
}

/** Share of dividends less share of stake. @returns epochs x validators */
export function relativeDividends(
  { epochs, validators, stakes }: CaseRun,
  { dividends }: FormulaRun,
): Float64Array {
  const count = validators.length;
  const relative = new Float64Array(epochs * count);
  for (let epoch = 0; epoch < epochs; epoch++) {
    let all = 0;
    for (let i = 0; i < count; i++) all += stakes[epoch * count + i]!;
    for (let at = epoch * count; at < (epoch + 1) * count; at++)
      relative[at] = dividends[at]! - (all > 0 ? stakes[at]! / all : 0);
  }
  return relative;
}

/** Each bond as a part of all bonds on its server; 0 where there are none. @returns epochs x validators x servers */
export function normalisedBonds(
  { epochs, validators, servers }: CaseRun,
  { bonds }: FormulaRun,
): Float64Array {
  const [rows, columns] = [validators.length, servers.length];
  const normalised = new Float64Array(bonds.length);
  for (let epoch = 0; epoch < epochs; epoch++)
    for (let j = 0; j < columns; j++) {
      const place = (i: number): number => (epoch * rows + i) * columns + j;
      let all = 0;
      for (let i = 0; i < rows; i++) all += bonds[place(i)]!;
      if (all > 0) for (let i = 0; i < rows; i++) normalised[place(i)] = bonds[place(i)]! / all;
    }
  return normalised;
}

/** One column of a table of epochs. @param at position in each epoch, of `width` */
export function seriesOf(values: Float64Array, epochs: number, width: number, at: number): number[] {
  return Array.from({ length: epochs }, (_, epoch) => values[epoch * width + at]!);
}
