/** Units in which measures are given. Yields and inflation are ratios per year: 0.05 is 5 % a year. */
export type Unit =
  | "ratio"
  | "ratio per year"
  | "count"
  | "count per day"
  | "nats"
  | "rao"
  | "TAO"
  | "alpha"
  | "TAO per alpha"
  | "blocks"
  | "epochs"
  | "days"
  | "as the input";

/** Sections of the catalogue of measures. */
export type MetricSection =
  | "Concentration and decentralisation"
  | "Consensus quality and attacks"
  | "Yield"
  | "Emission, supply and distribution"
  | "Market microstructure"
  | "Macro and health";

/** What a measure is. Stands beside the functions that compute it; documents and reports take their words from here. */
export interface MetricDefinition {
  /** "M1". */
  readonly id: string;
  readonly name: string;
  readonly section: MetricSection;
  /** For a reader of a report who asks what the number says; whole sentences. */
  readonly text: string;
  /** In plain characters; several are separated by semicolons. */
  readonly formula: string;
  /** Of the results, in the order of `formula` where there are several. */
  readonly units: readonly Unit[];
  /** Where the measure is undefined, and what it is at its limits. */
  readonly edges: string;
  readonly reference: string;
  /** What it is computed from: columns of a trace as `table.column`, and what the caller has to know besides. */
  readonly inputs: string;
  /** Exported functions by module. */
  readonly functions: Readonly<Record<string, readonly string[]>>;
}
