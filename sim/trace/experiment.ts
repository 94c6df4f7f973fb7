/** What a paired experiment leaves: two tables beside those of the pair, and experiment.json with everything that came out. */
import type { ColumnSchema, TableSchema } from "./schema.ts";

export const EXPERIMENT_FORMAT = "yumasim-experiment/1";
export const EXPERIMENT_FILE = "experiment.json";

const KEYS: readonly ColumnSchema[] = [
  {
    name: "comparison",
    type: "label",
    unit: "none",
    description: "name of the set of overrides under `compare:`",
    source: "",
  },
  {
    name: "replica",
    type: "uint32",
    unit: "none",
    description: "replica k has the seed <seed>/k",
    source: "",
  },
];

const METRIC: readonly ColumnSchema[] = [
  { name: "metric", type: "label", unit: "none", description: "name of the metric", source: "" },
  {
    name: "value",
    type: "float64",
    unit: "none",
    description: "its value; NaN where there is none",
    source: "",
  },
];

export const EXPERIMENT: TableSchema = {
  name: "experiment",
  description: "every metric at the end of the run, one row per comparison, replica and metric",
  columns: [...KEYS, ...METRIC],
};

export const PATHS: TableSchema = {
  name: "paths",
  description: "metrics over time, one row per comparison, replica, sample and metric",
  columns: [
    ...KEYS,
    { name: "block", type: "uint64", unit: "blocks", description: "block of the sample", source: "" },
    ...METRIC,
  ],
};

/** The tables that an experiment adds to a run directory. */
export const EXPERIMENT_TABLES: readonly TableSchema[] = [EXPERIMENT, PATHS];

/** Mean over the replicas with its 95 % interval (Student's t); null where there is none: no value, or one replica. */
export interface Estimate {
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Replicas that have a value. */
  readonly count: number;
}

export type Estimates = Readonly<Record<string, Estimate>>;

/** M28 for one attack, replica by replica against the control with the same seed. In `unit` of the result. */
export interface AttackEconomics {
  readonly attack: string;
  /** Attacker's exit value less that in the control. */
  readonly profit: Estimate;
  /** What it spent for good, more than in the control, and the forgone yield. */
  readonly cost: Estimate;
  /** Profit over cost; no value where nothing was spent. */
  readonly roi: Estimate;
  /** Stake at the beginning and the most free TAO taken out of balances. */
  readonly capital: Estimate;
  /** By role: its wealth in the control less that under attack. */
  readonly damage: Estimates;
  readonly damageTotal: Estimate;
  /** Damage to all roles over cost. */
  readonly griefing: Estimate;
  /** Days until the recovery metric stays within 1 % of the control; null where none is asked for. */
  readonly recoveryDays: Estimate | null;
  /** Replicas in which it did not come back before the end. */
  readonly neverRecovered: number;
}

/** A metric over time: mean and the 5 % and 95 % quantiles over the replicas. */
export interface MetricPath {
  readonly metric: string;
  /** Days since the beginning, or epochs of a single subnet. */
  readonly times: readonly number[];
  readonly comparisons: readonly {
    readonly name: string;
    readonly mean: readonly (number | null)[];
    readonly low: readonly (number | null)[];
    readonly high: readonly (number | null)[];
  }[];
}

export interface StrengthCurve {
  readonly label: string;
  readonly attack: string;
  readonly metric: string;
  /** As the scenario writes them. */
  readonly values: readonly string[];
  readonly estimates: readonly Estimate[];
  readonly monotone: "rising" | "falling" | "any";
  /** Whether the means move that way; true where any will do. */
  readonly isMonotone: boolean;
  readonly because: string | null;
  /** Whether the first value came out as the control did, bit for bit; null = it was not asked. */
  readonly zeroIsControl: boolean | null;
}

export interface BreakEven {
  readonly label: string;
  readonly attack: string;
  readonly metric: string;
  readonly unit: string | null;
  /** Null: the metric has one sign in the whole range. */
  readonly value: number | null;
  /** The bracket: the metric has different signs at its ends. */
  readonly low: number | null;
  readonly high: number | null;
  readonly from: number;
  readonly to: number;
  /** Every value that was looked at, ascending, with the mean of the metric. */
  readonly points: readonly { readonly value: number; readonly mean: number | null }[];
}

/** agrees: the whole interval does; unclear: a part of it; disagrees: nothing of it. */
export type Verdict = "agrees" | "unclear" | "disagrees";

export interface PublishedResult {
  readonly says: string;
  readonly metric: string;
  readonly comparison: string;
  readonly operator: "==" | "<" | "<=" | ">" | ">=";
  readonly value: number;
  readonly tolerance: number;
  readonly unit: string | null;
  readonly evidence: "P" | "R" | "D" | "2";
  readonly source: string;
  readonly ours: Estimate;
  readonly verdict: Verdict;
  /** Whether the scenario expects us to agree. */
  readonly expected: boolean;
  readonly disagreement: string | null;
}

export interface ExperimentResult {
  readonly format: typeof EXPERIMENT_FORMAT;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly entry: number;
  readonly question: string;
  readonly finding: string | null;
  readonly kind: "economy" | "subnet";
  /** Of wealth: TAO at exit value, or alpha that neurons were paid. */
  readonly unit: "TAO" | "alpha";
  readonly protocol: string;
  readonly engineVersion: string;
  readonly seed: string;
  readonly replicas: number;
  readonly control: string;
  /** Attacks that have another control. */
  readonly controls?: Readonly<Record<string, string>>;
  readonly attacks: readonly string[];
  readonly attacker: readonly string[];
  readonly roles: Readonly<Record<string, readonly string[]>>;
  /** Metrics for tables and charts, the most important one first. */
  readonly show: readonly string[];
  readonly comparisons: readonly { readonly name: string; readonly metrics: Estimates }[];
  /** Attack less control, replica by replica. */
  readonly differences: readonly { readonly attack: string; readonly metrics: Estimates }[];
  readonly economics: readonly AttackEconomics[];
  readonly paths: readonly MetricPath[];
  readonly strength: StrengthCurve | null;
  readonly breakEven: BreakEven | null;
  readonly published: readonly PublishedResult[];
  readonly checks: readonly { readonly name: string; readonly passed: boolean; readonly detail: string }[];
  /** Whether every check passed and every published line came out as the scenario expects. */
  readonly passed: boolean;
}
