import { didYouMean } from "../../nearest.ts";
import type { WeightRow } from "../types.ts";
import { Unfit } from "../units.ts";
import type { Timeline } from "./timeline.ts";

/** One neuron and everything that the scenario says about it. */
export interface Neuron {
  readonly label: string;
  /** Rao. */
  alphaStake: Timeline<bigint>;
  /** Rao. */
  taoStake: Timeline<bigint>;
  weights: Timeline<WeightRow>;
  /** Whether it sends its weights again before every epoch. */
  readonly refreshes: boolean;
  readonly registeredAt: bigint;
  /** Undefined = as if an epoch had just run. */
  readonly permit: boolean | undefined;
}

/** The names of the neurons of a subnet, and those that stand for several. */
export class NeuronNames {
  /** By uid. */
  readonly labels: readonly string[];
  private readonly groups: ReadonlyMap<string, readonly number[]>;
  private readonly uidByLabel: ReadonlyMap<string, number>;

  constructor(labels: readonly string[], groups: ReadonlyMap<string, readonly number[]>) {
    this.labels = labels;
    this.groups = groups;
    this.uidByLabel = new Map(labels.map((label, uid) => [label, uid]));
  }

  get n(): number {
    return this.labels.length;
  }

  /** The uid of a label or of a uid written in digits; throws Unfit if there is none. */
  uid(name: string): number {
    const uid = this.uidByLabel.get(name);
    if (uid !== undefined) return uid;
    if (/^\d{1,9}$/.test(name)) {
      if (Number(name) < this.n) return Number(name);
      throw new Unfit(`there is no uid ${name}; the subnet has uids 0 to ${this.n - 1}`);
    }
    const known = [...this.groups.keys(), ...this.uidByLabel.keys()];
    const some = known.slice(0, 8).join(", ");
    throw new Unfit(
      `there is no neuron ${JSON.stringify(name)}; known: ${some}${known.length > 8 ? ", ..." : ""}, or a uid${didYouMean(name, known)}`,
    );
  }

  /** The uids of a group, or the one of a label or number. */
  uids(name: string): readonly number[] {
    return this.groups.get(name) ?? [this.uid(name)];
  }

  /** Whether the name stands for a group rather than for one neuron. */
  isGroup(name: string): boolean {
    return this.groups.has(name) && !this.uidByLabel.has(name);
  }
}

/** The neurons of a subnet by uid, and the names that stand for them. */
export class Neurons {
  readonly list: readonly Neuron[];
  readonly #names: NeuronNames;

  constructor(list: readonly Neuron[], names: NeuronNames) {
    this.list = list;
    this.#names = names;
  }

  get n(): number {
    return this.list.length;
  }

  /** Labels by uid. */
  get labels(): readonly string[] {
    return this.#names.labels;
  }

  /** The uid of a label or of a uid written in digits; throws Unfit if there is none. */
  uid(name: string): number {
    return this.#names.uid(name);
  }

  /** The uids of a group, or the one of a label or number. */
  uids(name: string): readonly number[] {
    return this.#names.uids(name);
  }

  /** Whether the name stands for a group rather than for one neuron. */
  isGroup(name: string): boolean {
    return this.#names.isGroup(name);
  }
}
