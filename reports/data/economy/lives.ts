/** How long neurons kept their UID: what the table `neurons` says, epoch by epoch. */
import type { RunManifest, Trace } from "../../../sim/trace/index.ts";
import type { Lifetime } from "../../metrics/survival.ts";

/** A registration during the run, as the epochs of its subnet saw it. */
export interface Life extends Lifetime {
  /** Emission of the neuron over all these epochs, rao. */
  readonly emission: bigint;
}

/** One subnet whose neurons are traced. */
export interface SubnetLives {
  /** Neurons at its first traced epoch, whose registration nobody saw. */
  readonly before: number;
  /** Registrations after that, in the order in which they ended; those that outlive the run or the subnet come last. */
  readonly lives: readonly Life[];
  /** Blocks after its registration in which a neuron is safe, as the scenario sets them for this subnet; null where it does not. */
  readonly immunity: number | null;
}

/** By netuid, ascending. */
export type Lives = ReadonlyMap<number, SubnetLives>;

export const NO_LIVES: Lives = new Map();

interface Open {
  readonly since: number;
  /** Whether its registration was seen. */
  readonly seen: boolean;
  emission: bigint;
}

/** Gathers the rows of one subnet, one epoch after the other. */
class SubnetReader {
  readonly #dissolved: readonly number[];
  readonly #lives: Life[] = [];
  #open = new Map<string, Open>();
  #now = new Map<string, Open>();
  #block: number | null = null;
  #last: number | null = null;
  #before = 0;

  /** @param dissolved blocks in which a subnet of this netuid was dissolved */
  constructor(dissolved: readonly number[]) {
    this.#dissolved = dissolved;
  }

  add(block: number, uid: number, hotkey: string, emission: bigint): void {
    if (block !== this.#block) {
      this.#close();
      this.#block = block;
    }
    const key = `${uid} ${hotkey}`;
    const life = this.#open.get(key) ?? { since: block, seen: this.#last !== null, emission: 0n };
    life.emission += emission;
    this.#now.set(key, life);
  }

  finish(immunity: number | null): SubnetLives {
    this.#close();
    for (const life of this.#open.values()) this.#end(life, this.#last!, false);
    return { before: this.#before, lives: this.#lives, immunity };
  }

  /** Ends those that an epoch has no more. */
  #close(): void {
    if (this.#block === null) return;
    const [block, last] = [this.#block, this.#last];
    if (last === null) this.#before = this.#now.size;
    else {
      // Whoever was in a subnet that was dissolved has not lost the place to anybody.
      const dissolved = this.#dissolved.some((when) => when > last && when <= block);
      for (const [key, life] of this.#open)
        if (!this.#now.has(key)) this.#end(life, dissolved ? last : block, !dissolved);
    }
    this.#open = this.#now;
    this.#now = new Map();
    this.#last = block;
  }

  #end({ seen, since, emission }: Open, block: number, ended: boolean): void {
    if (seen) this.#lives.push({ blocks: block - since, ended, emission });
  }
}

/**
 * Reads the table `neurons` batch by batch. A registration lasts from the first epoch that has the hotkey at the UID to
 * the first that has not; one that comes and goes between two epochs is not seen.
 *
 * @param dissolvedIn blocks in which a subnet of a comparison was dissolved
 */
export async function readLives(
  trace: Trace,
  dissolvedIn: (comparison: string, netuid: number) => readonly number[],
): Promise<Map<string, Lives>> {
  const readers = new Map<string, Map<number, SubnetReader>>();
  if (!trace.has("neurons")) return new Map();
  for await (const batch of trace.batches("neurons")) {
    const [comparisons, hotkeys] = [batch.labels("comparison"), batch.labels("hotkey")];
    const [comparison, netuid, uid, hotkey] = ["comparison", "netuid", "uid", "hotkey"].map(
      (name) => batch.column(name) as ArrayLike<number>,
    ) as [ArrayLike<number>, ArrayLike<number>, ArrayLike<number>, ArrayLike<number>];
    const [block, emission] = ["block", "emission"].map(
      (name) => batch.column(name) as ArrayLike<bigint>,
    ) as [ArrayLike<bigint>, ArrayLike<bigint>];
    for (let row = 0; row < batch.rows; row++) {
      const name = comparisons[comparison[row]!]!;
      let subnets = readers.get(name);
      if (subnets === undefined) readers.set(name, (subnets = new Map<number, SubnetReader>()));
      let reader = subnets.get(netuid[row]!);
      if (reader === undefined) {
        reader = new SubnetReader(dissolvedIn(name, netuid[row]!));
        subnets.set(netuid[row]!, reader);
      }
      reader.add(Number(block[row]!), uid[row]!, hotkeys[hotkey[row]!]!, emission[row]!);
    }
  }
  return new Map(
    [...readers].map(([name, subnets]) => [
      name,
      new Map(
        [...subnets]
          .sort(([a], [b]) => a - b)
          .map(([id, reader]) => [id, reader.finish(immunityOf(trace.manifest, id))]),
      ),
    ]),
  );
}

/** What the scenario says; null where it compares, for each side can have its own. */
function immunityOf(manifest: RunManifest | null, netuid: number): number | null {
  const scenario = manifest?.scenario as
    | {
        readonly compare?: unknown;
        readonly network?: {
          readonly subnets?: readonly {
            readonly netuid?: number;
            readonly hyperparameters?: { readonly immunity_period?: unknown };
          }[];
        };
      }
    | undefined;
  if (scenario === undefined || scenario.compare !== undefined) return null;
  const subnet = scenario.network?.subnets?.find((one) => one.netuid === netuid);
  const blocks = subnet?.hyperparameters?.immunity_period;
  return typeof blocks === "number" ? blocks : null;
}
