import type { EpochInput } from "../epoch.ts";
import { type Backend, type BackendName, type BackendReport, openBackend } from "./backends.ts";
import { type BatchShape, layOut } from "./batch.ts";
import type { DeviceLimits, DevicePipeline } from "./library.ts";
import { keepsBonds, type Network, prepareNetwork } from "./network.ts";
import { type FloatEpochOutput, readOutput } from "./output.ts";
import { compilePipeline, type EpochPipeline, type PipelineKey } from "./pipeline.ts";
import { activity } from "./stake.ts";

/** How epochs follow each other in a run. */
export interface EpochSteps {
  /** Consecutive epochs, at least 1. */
  readonly epochs: number;
  /** `every`: each output has its bonds; `last`: only the last, which moves less data. */
  readonly bonds: "every" | "last";
}

/** Entries (networks x validators x neurons) of a launch; wider batches are split. 64 MiB per matrix. */
const ENTRIES_PER_LAUNCH = 1 << 24;
/** Epochs of a launch: what is planned once grows with them. */
const EPOCHS_PER_LAUNCH = 64;
/** Compiled pipelines that are kept; the one not used for longest is closed. */
const PIPELINES_KEPT = 32;

/**
 * Float32 epochs of many networks at a time on one backend. Open it, use it, close it: it holds device memory.
 * The results follow the exact kernel within the tolerances of docs/gpu.md and never go back into exact state.
 */
export class FloatKernel {
  readonly #backend: Backend;
  readonly #pipelines = new Map<string, EpochPipeline>();
  #executor: string | null = null;

  private constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** @throws BackendUnavailable */
  static async open(name: BackendName): Promise<FloatKernel> {
    return new FloatKernel(await openBackend(name));
  }

  /** What the epochs ran on. */
  get report(): BackendReport {
    const { name, adapter } = this.#backend;
    return {
      backend: name,
      adapter: adapter === null ? null : [adapter.vendor, adapter.architecture].filter(Boolean).join(" "),
      driver: adapter === null ? null : [adapter.device, adapter.description].filter(Boolean).join(", "),
      executor: this.#executor,
      fallback: null,
    };
  }

  /** Of the graphics device; null without one. */
  get limits(): DeviceLimits | null {
    return this.#backend.limits;
  }

  /** Largest number of entries (validators x neurons) of one network that fits. */
  get largestNetwork(): number {
    const { limits } = this.#backend;
    const bytes =
      limits === null ? Infinity : Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);
    return Math.min(ENTRIES_PER_LAUNCH, Math.floor(bytes / 4));
  }

  /**
   * Runs consecutive epochs of each network, a tempo apart, each from the results of the one before.
   * @returns per network, per epoch
   * @throws RangeError when a network is larger than the device allows
   */
  async run(inputs: readonly EpochInput[], steps: EpochSteps): Promise<FloatEpochOutput[][]> {
    const outputs: FloatEpochOutput[][] = inputs.map(() => []);
    let current = [...inputs];
    for (let done = 0; done < steps.epochs;) {
      const networks = current.map(prepareNetwork);
      const epochs = Math.min(steps.epochs - done, EPOCHS_PER_LAUNCH, ...networks.map(steadyEpochs));
      await this.#launch(networks, epochs, steps.bonds === "every", outputs);
      done += epochs;
      current = current.map((input, k) => ({
        ...input,
        block: input.block + BigInt(epochs * input.tempo),
        lastMechanismStepBlock: input.block + BigInt((epochs - 1) * input.tempo),
        validatorPermit: networks[k]!.standing.newPermit,
        bonds: outputs[k]?.at(-1)?.bonds ?? input.bonds,
      }));
      if (steps.bonds === "last" && done < steps.epochs) {
        for (const all of outputs) all.push({ ...all.pop()!, bonds: null });
      }
    }
    return outputs;
  }

  /** Releases pipelines, buffers and the device. */
  async close(): Promise<void> {
    for (const pipeline of this.#pipelines.values()) await pipeline.close();
    this.#pipelines.clear();
    await this.#backend.close();
  }

  async #launch(
    networks: readonly Network[],
    epochs: number,
    everyBonds: boolean,
    outputs: readonly FloatEpochOutput[][],
  ): Promise<void> {
    for (const group of groupAlike(networks, this.largestNetwork)) {
      const members = group.members.map((k) => networks[k]!);
      const pipeline = await this.#pipeline({ ...group.shape, ...group.kind, epochs, everyBonds });
      const result = await pipeline.launch(layOut(members, group.shape, group.kind.ordered));
      this.#backend.check();
      verifyBackend(this.#backend.name, pipeline.pipeline);
      this.#executor = pipeline.pipeline.executorKind;
      members.forEach((network, b) => {
        for (let epoch = 0; epoch < epochs; epoch++) {
          outputs[group.members[b]!]!.push(readOutput(network, result, b, epoch));
        }
      });
    }
  }

  async #pipeline(key: PipelineKey): Promise<EpochPipeline> {
    const name = JSON.stringify(key);
    const known = this.#pipelines.get(name);
    const pipeline = known ?? compilePipeline(this.#backend.device, this.#backend.library, key);
    this.#pipelines.delete(name);
    this.#pipelines.set(name, pipeline);
    if (this.#pipelines.size > PIPELINES_KEPT) {
      const [oldest, unused] = this.#pipelines.entries().next().value!;
      this.#pipelines.delete(oldest);
      await unused.close();
    }
    return pipeline;
  }
}

/**
 * gpu.js falls back without a word; a result from elsewhere than asked is an error here.
 * @throws Error that names both
 */
export function verifyBackend(
  asked: BackendName,
  pipeline: Pick<DevicePipeline, "backend" | "executorKind" | "fallbackReason">,
): void {
  const { backend, executorKind, fallbackReason } = pipeline;
  // The reference executor is how `cpu` runs; on the others it is a fallback.
  if (backend === asked && (asked === "cpu" || executorKind.startsWith("fused"))) return;
  const reason = fallbackReason ?? "no reason given";
  throw new Error(`asked for the backend ${asked}, but gpu.js ran ${backend} (${executorKind}): ${reason}`);
}

/** How many epochs from this one have the same permits, activity and masks, so that they can share a launch. */
function steadyEpochs(network: Network): number {
  const { input, standing } = network;
  const permits = standing.newPermit;
  if (standing.permit.some((permit, uid) => permit !== permits[uid])) return 1;
  for (let epoch = 1; epoch < EPOCHS_PER_LAUNCH; epoch++) {
    const block = input.block + BigInt(epoch * input.tempo);
    const next = { ...input, block, lastMechanismStepBlock: block - BigInt(input.tempo) };
    if (activity(input, block).some((now, uid) => now !== standing.active[uid])) return epoch;
    if (input.blockAtRegistration.some((registration) => !keepsBonds(next, registration))) return epoch;
  }
  return EPOCHS_PER_LAUNCH;
}

interface Group {
  readonly kind: Pick<PipelineKey, "formula" | "ordered">;
  readonly shape: BatchShape;
  /** Indices of the networks. */
  readonly members: readonly number[];
}

/**
 * Networks of one formula and of similar size share a launch, each padded to a common size; as many as fit.
 * @throws RangeError when one alone does not fit
 */
export function groupAlike(networks: readonly Network[], largestNetwork: number): Group[] {
  const alike = new Map<
    string,
    { kind: Group["kind"]; size: Omit<BatchShape, "networks">; members: number[] }
  >();
  networks.forEach((network, k) => {
    const kind = { formula: network.formula, ordered: network.unsorted.includes(1) };
    const size = {
      validators: padded(network.rows.length, 4, 16),
      neurons: padded(network.input.n, 8, 64),
    };
    const key = JSON.stringify([kind, size]);
    const group = alike.get(key);
    if (group === undefined) alike.set(key, { kind, size, members: [k] });
    else group.members.push(k);
  });
  return [...alike.values()].flatMap(({ kind, size, members }) => {
    const fit = Math.floor(largestNetwork / (size.validators * size.neurons));
    if (fit < 1) {
      throw new RangeError(
        `a network of ${size.validators} validators and ${size.neurons} neurons does not fit the device: at most ${largestNetwork} entries`,
      );
    }
    const groups: Group[] = [];
    for (let start = 0; start < members.length; start += fit) {
      const part = members.slice(start, start + fit);
      groups.push({ kind, shape: { ...size, networks: part.length }, members: part });
    }
    return groups;
  });
}

/** Doubles from `smallest` to four times `step`, then grows by `step`: few shapes to compile, little padding. */
function padded(size: number, smallest: number, step: number): number {
  let bound = smallest;
  while (bound < size && bound < 4 * step) bound *= 2;
  return size <= bound ? bound : Math.ceil(size / step) * step;
}
