import type { JsonValue } from "../json.ts";
import type { ReportSettings } from "../report-settings.ts";

/** What `run.json` says about a table. */
export interface TableDigest {
  readonly rows: number;
  readonly batches: number;
  /** Of the bytes of the `.arrow` file, lower-case hexadecimal. */
  readonly sha256: string;
}

/** A file that the scenario named, as it was written there, and the digest of its bytes. */
export interface InputDigest {
  readonly path: string;
  readonly sha256: string;
}

/** The layout of run directories that this version writes and reads. */
export const RUN_FORMAT = "yumasim-run/1";

/** `run.json`: what the run was and what came out; the same bytes on every machine for the exact arithmetic. */
export interface RunManifest {
  readonly format: typeof RUN_FORMAT;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** The scenario after defaults and overrides. */
  readonly scenario: JsonValue;
  /** sha256 of the scenario as canonical JSON (members sorted, no blanks). */
  readonly scenarioHash: string;
  readonly seed: string;
  readonly protocol: string;
  /**
   * `exact`: the chain's fixed point, to the bit. `float64`: at least one comparison's epochs come from a Yuma variant in
   * doubles (see `variants`), the same bits on every machine. `float32`: an approximation, whose last bits depend on the
   * device.
   */
  readonly arithmetic: "exact" | "float64" | "float32";
  /** Which comparisons a Yuma variant computed, and its settings; absent: none. The others follow the protocol. */
  readonly variants?: Readonly<Record<string, VariantRecord>>;
  readonly engineVersion: string;
  /** Of the exact kernel; null for a run in float32. */
  readonly kernelSha256: string | null;
  readonly inputs: readonly InputDigest[];
  /** What the scenario says about its report; it does not decide the run. */
  readonly report?: ReportSettings;
  /** Names of the sets of overrides that ran side by side. */
  readonly comparisons: readonly string[];
  /** Epochs that the scenario asks for; 0 for an economy, whose subnets have epochs of their own. */
  readonly epochs: number;
  /** Epochs that the tables hold: fewer than `epochs` when the run was stopped. */
  readonly completedEpochs: number;
  readonly tables: Readonly<Record<string, TableDigest>>;
  /** Only of a run of a whole economy. */
  readonly economy?: EconomyRecord;
}

/** The Yuma variant of a comparison. */
export interface VariantRecord {
  readonly formula: string;
  /** What decides its epochs, under the names of a scenario; an economy lists what the scenario fixes. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
}

/** What `run.json` says of a whole economy. */
export interface EconomyRecord {
  readonly plans: readonly {
    readonly comparison: string;
    /** The run began after this block. */
    readonly startBlock: number;
    readonly blocks: number;
    /** Subnets beside root at the beginning. */
    readonly subnets: number;
    /** All agents, those included who came later. */
    readonly agents: number;
  }[];
  readonly expectations: readonly ExpectationResult[];
}

/** What became of an expectation of the scenario. */
export interface ExpectationResult {
  readonly comparison: string;
  readonly metric: string;
  readonly operator: string;
  readonly value: number;
  readonly found: number;
  readonly met: boolean;
}

/** `environment.json`: what may differ between machines. */
export interface RunEnvironment {
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
  readonly backend: BackendRecord;
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly wallSeconds: number;
}

/** What was asked to compute the epochs, and what did. */
export interface BackendRecord {
  readonly asked: string;
  readonly ran: string;
  /** The graphics adapter; null for a backend without one. */
  readonly adapter: string | null;
  /** The driver of the adapter. */
  readonly driver: string | null;
  /** What executes the kernel, for example "wasm" or "fused-encoder". */
  readonly executor: string;
  /** Why another backend ran than the one asked for; null when it did not. */
  readonly fallback: string | null;
}

export const RUN_FILE = "run.json";
export const ENVIRONMENT_FILE = "environment.json";
