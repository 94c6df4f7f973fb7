import { runScenario } from "../../sim/run/index.ts";
import type { ResolvedScenario, SubnetPlan } from "../../sim/scenario/types.ts";
import type { EpochHyperparameters, SparseRows } from "../../kernels/epoch.ts";

/** Names and size of an example run. */
export interface ExampleRun {
  readonly validators: number;
  readonly miners: number;
  readonly epochs: number;
  readonly comparisons: readonly string[];
  readonly title?: string;
  readonly description?: string;
  /** Name of a neuron. */
  readonly hotkey?: (uid: number) => string;
}

const HYPERPARAMETERS: EpochHyperparameters = {
  tempo: 360,
  activityCutoff: 5000n,
  kappa: 32767,
  bondsPenalty: 65535,
  bondsMovingAverage: 900000n,
  yuma3: false,
  liquidAlpha: false,
  alphaLow: 45875,
  alphaHigh: 58982,
  alphaSigmoidSteepness: 1000,
  maxAllowedValidators: 64,
  stakeThreshold: 1_000_000_000n,
  taoWeight: 3320413933267719290n,
  commitReveal: false,
};

/** A resolved scenario of a small subnet, made without the scenario reader and without chance. */
export function exampleScenario(example: ExampleRun): ResolvedScenario {
  return {
    name: "example",
    title: example.title ?? "A small subnet",
    description: example.description ?? "Validators of unlike stake that weigh miners of unlike quality.",
    seed: "1",
    protocol: "subtensor-425",
    epochs: example.epochs,
    canonical: { comparisons: [...example.comparisons] },
    inputs: [],
    comparisons: example.comparisons.map((comparison, i) => plan(example, comparison, i > 0)),
  };
}

/** Runs an example with the exact kernel and writes its trace. */
export async function writeExampleRun(example: ExampleRun, outDir: string): Promise<string> {
  await runScenario(exampleScenario(example), { outDir });
  return outDir;
}

function plan(example: ExampleRun, comparison: string, yuma3: boolean): SubnetPlan {
  const { validators, miners } = example;
  const n = validators + miners;
  const uids = Array.from({ length: n }, (_, uid) => uid);
  const isValidator = (uid: number): boolean => uid < validators;
  const name =
    example.hotkey ?? ((uid) => (isValidator(uid) ? `validator-${uid}` : `miner-${uid - validators}`));
  return {
    comparison,
    netuid: 7,
    n,
    hotkeys: uids.map(name),
    hyperparameters: { ...HYPERPARAMETERS, yuma3 },
    ownerUid: null,
    raoEmission: 147_600_000_000n,
    firstEpochBlock: 1000n,
    lastMechanismStepBlock: 640n,
    alphaStake: BigUint64Array.from(uids, (uid) =>
      isValidator(uid) ? 900_000_000_000_000n / BigInt(uid + 1) : 0n,
    ),
    taoStake: BigUint64Array.from(uids, (uid) => (isValidator(uid) ? BigInt(uid) * 50_000_000_000_000n : 0n)),
    lastUpdate: new BigUint64Array(n).fill(990n),
    blockAtRegistration: new BigUint64Array(n),
    validatorPermit: Uint8Array.from(uids, (uid) => (isValidator(uid) ? 1 : 0)),
    weights: rows(n, (uid) => (isValidator(uid) ? weightsOf(example, uid, 0) : new Map())),
    bonds: rows(n, () => new Map()),
    changesBefore: (epoch) => {
      const lastUpdate = new BigUint64Array(n).fill(BigInt(990 + 360 * epoch));
      if (epoch !== Math.floor(example.epochs / 2) || epoch === 0) return { lastUpdate };
      const weightRows = uids.filter(isValidator).map((uid) => {
        const row = weightsOf(example, uid, 3);
        return {
          uid,
          uids: Uint16Array.from(row.keys()),
          values: Uint16Array.from(row.values()),
          submitted: [...row.values()],
        };
      });
      return { lastUpdate, weightRows };
    },
  };
}

/** Quality falls with the number of the miner, turned by `shift`; every third validator sees it differently. */
function weightsOf({ validators, miners }: ExampleRun, uid: number, shift: number): Map<number, number> {
  const row = new Map<number, number>();
  for (let miner = 0; miner < miners; miner++) {
    const rank = (miner + shift + (uid % 3 === 2 ? 2 : 0)) % miners;
    if ((miner * 7 + uid) % 11 !== 0)
      row.set(validators + miner, Math.max(1, Math.floor(65535 / (1 + rank))));
  }
  return row;
}

function rows(n: number, rowOf: (uid: number) => ReadonlyMap<number, number>): SparseRows {
  const offsets = new Uint32Array(n + 1);
  const uids: number[] = [];
  const values: number[] = [];
  for (let uid = 0; uid < n; uid++) {
    for (const [target, value] of rowOf(uid)) {
      uids.push(target);
      values.push(value);
    }
    offsets[uid + 1] = uids.length;
  }
  return { offsets, uids: Uint16Array.from(uids), values: Uint16Array.from(values) };
}
