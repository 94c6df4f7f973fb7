/**
 * What a scenario is once it has been read: everything that a run needs, with all random draws made.
 * Money is rao, time is blocks, proportions are u16 (x stands for x / 65535).
 */
import type { EpochHyperparameters, SparseRows } from "../../kernels/epoch.ts";
import type { VariantChoice } from "../../kernels/variants/subnet/choice.ts";
import type { JsonValue } from "../json.ts";
import type { ReportSettings } from "../report-settings.ts";

/** A file that the scenario named, and that had a part in its result. */
export interface ScenarioInput {
  /** As the scenario writes it, so the same on every machine. */
  readonly path: string;
  /** Lower-case hexadecimal digest of the bytes of the file as stored (compressed, if it is). */
  readonly sha256: string;
}

/** A named set of chain rules. */
export type Protocol = "subtensor-425";

/** A scenario after defaults, overrides, imports and draws. */
export interface ResolvedScenario {
  /** Lower-case words joined by hyphens; names the default output directory. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly seed: string;
  readonly protocol: Protocol;
  readonly epochs: number;
  /** The scenario after defaults and overrides; amounts and 64-bit integers are decimal strings. What `run.json` stores and hashes. */
  readonly canonical: JsonValue;
  readonly inputs: readonly ScenarioInput[];
  /** What the scenario says about its report; it does not decide the run. */
  readonly report?: ReportSettings;
  /** At least one; one per entry of `compare:`, in its order. */
  readonly comparisons: readonly SubnetPlan[];
}

/** Rows of weights that one validator sets, already scaled as the chain stores them (spec/weights.md 1). */
export interface WeightRow {
  /** The validator that sets the row. */
  readonly uid: number;
  /** Targets in the order in which they are sent. */
  readonly uids: Uint16Array;
  readonly values: Uint16Array;
  /** The values before they were scaled and rounded. */
  readonly submitted: readonly number[];
}

/** What changes between two epochs; an absent member is unchanged. Arrays hold one value per uid. */
export interface EpochChanges {
  /** Rao. */
  readonly alphaStake?: BigUint64Array;
  /** Rao. */
  readonly taoStake?: BigUint64Array;
  /** Each replaces the whole row of its uid. */
  readonly weightRows?: readonly WeightRow[];
  /** Blocks. */
  readonly lastUpdate?: BigUint64Array;
  /** Uids on whom all bonds are wiped. */
  readonly bondResets?: readonly number[];
}

/** Neurons that stake what they are paid. */
export interface Restaking {
  /** Whose emission is staked. */
  readonly from: readonly number[];
  /** On whom: one of `from` that is among them stakes on itself, what the others are paid is divided in proportion to the stakes. */
  readonly to: readonly number[];
}

/** A formula, and what it reads that the chain does not store. */
export interface VariantPlan {
  readonly choice: VariantChoice;
  /** By uid, in the order of the rows of `weights`: weights as submitted, before they were scaled and rounded. */
  readonly submitted: readonly (readonly number[])[];
}

/** One subnet under one set of overrides: its state before epoch 0 and what happens to it before each epoch. */
export interface SubnetPlan {
  /** Name of the set of overrides; "base" when the scenario has no `compare:`. */
  readonly comparison: string;
  /** The formula that takes the place of the chain's epoch, if one does. */
  readonly variant?: VariantPlan;
  readonly netuid: number;
  /** Number of neurons. */
  readonly n: number;
  /** A label per uid: the SS58 address of a metagraph, or "validator-0", "miner-3". */
  readonly hotkeys: readonly string[];
  readonly hyperparameters: EpochHyperparameters;
  readonly ownerUid: number | null;
  /** Rao distributed by each epoch; 0 where `emissionOfStake` says how much. */
  readonly raoEmission: bigint;
  /** Part of all alpha stake that each epoch distributes instead, 0..1. */
  readonly emissionOfStake?: number;
  /** Epoch e runs at `firstEpochBlock + e * tempo`. */
  readonly firstEpochBlock: bigint;
  /** Block of the epoch before epoch 0; 0 = there was none. */
  readonly lastMechanismStepBlock: bigint;
  /** Rao per uid before epoch 0. */
  readonly alphaStake: BigUint64Array;
  /** Rao of root stake per uid before epoch 0. */
  readonly taoStake: BigUint64Array;
  /** Block per uid. */
  readonly lastUpdate: BigUint64Array;
  /** Block per uid. */
  readonly blockAtRegistration: BigUint64Array;
  /** 0 or 1 per uid. */
  readonly validatorPermit: Uint8Array;
  readonly weights: SparseRows;
  readonly bonds: SparseRows;
  /** Where what is paid by an epoch is staked before the next; absent: nowhere. */
  readonly restaking?: readonly Restaking[];
  /** What changes before epoch `epoch` (0, 1, ...) runs. Pure; `{}` = nothing. */
  changesBefore(epoch: number): EpochChanges;
}
