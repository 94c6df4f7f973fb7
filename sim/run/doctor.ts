import { type EpochInput, NO_COMMIT, type SparseRows } from "../../kernels/epoch.ts";
import { ExactKernel } from "../../kernels/exact/kernel.ts";
import { BACKENDS, type BackendName, type BackendReport } from "../../kernels/gpu/backends.ts";
import type { DeviceLimits } from "../../kernels/gpu/library.ts";
import { BackendUnavailable } from "../../kernels/gpu/unavailable.ts";

/** What `yumasim doctor` says about a backend. */
export type Diagnosis = AvailableBackend | MissingBackend;

export interface AvailableBackend {
  readonly backend: "exact" | BackendName;
  readonly available: true;
  /** What ran the self-test. */
  readonly report: Omit<BackendReport, "backend">;
  /** Of the graphics device; null without one. */
  readonly limits: DeviceLimits | null;
  /** Largest difference of a ratio from the chain's value in the self-test. */
  readonly worstError: number;
  readonly passed: boolean;
}

export interface MissingBackend {
  readonly backend: BackendName;
  readonly available: false;
  readonly reason: string;
  /** What would make it available. */
  readonly remedy: string;
}

/** A u16 step of a bond. */
const TOLERANCE = 2e-5;

/** Tries every backend. */
export async function diagnose(): Promise<Diagnosis[]> {
  const diagnoses: Diagnosis[] = [diagnoseExact()];
  for (const name of BACKENDS) diagnoses.push(await diagnoseFloat(name));
  return diagnoses;
}

function diagnoseExact(): Diagnosis {
  const kernel = new ExactKernel();
  const passed = SELF_TESTS.every(({ input, dividends }) => {
    const output = kernel.runEpoch(input);
    return dividends.every((raw, uid) => output.dividendsRaw[uid] === raw);
  });
  return {
    backend: "exact",
    available: true,
    report: { adapter: null, driver: null, executor: "wasm", fallback: null },
    limits: null,
    worstError: passed ? 0 : Infinity,
    passed,
  };
}

async function diagnoseFloat(name: BackendName): Promise<Diagnosis> {
  try {
    const { FloatKernel } = await import("../../kernels/gpu/kernel.ts");
    const kernel = await FloatKernel.open(name);
    try {
      const inputs = SELF_TESTS.map(({ input }) => input);
      const outputs = await kernel.run(inputs, { epochs: 1, bonds: "last" });
      const worstError = Math.max(
        ...SELF_TESTS.flatMap(({ dividends }, k) =>
          dividends.map((raw, uid) =>
            Math.abs((outputs[k]?.[0]?.dividends[uid] ?? NaN) - Number(raw) / 4294967296),
          ),
        ),
      );
      const { backend: _backend, ...report } = kernel.report;
      const passed = worstError <= TOLERANCE;
      return { backend: name, available: true, report, limits: kernel.limits, worstError, passed };
    } finally {
      await kernel.close();
    }
  } catch (error) {
    if (!(error instanceof BackendUnavailable)) throw error;
    return { backend: name, available: false, reason: error.reason, remedy: error.remedy };
  }
}

function rows(lists: readonly (readonly (readonly [number, number])[])[]): SparseRows {
  const offsets = Uint32Array.from([0, ...lists.map((_, k) => lists.slice(0, k + 1).flat().length)]);
  const entries = lists.flat();
  return {
    offsets,
    uids: Uint16Array.from(entries, ([uid]) => uid),
    values: Uint16Array.from(entries, ([, value]) => value),
  };
}

/** The common set-up of spec/epoch.md 13. */
const BASE: EpochInput = {
  n: 4,
  block: 10_000n,
  tempo: 360,
  activityCutoff: 5000n,
  lastMechanismStepBlock: 9640n,
  kappa: 32767,
  bondsPenalty: 65535,
  bondsMovingAverage: 900_000n,
  yuma3: false,
  liquidAlpha: false,
  alphaLow: 45875,
  alphaHigh: 58982,
  alphaSigmoidSteepness: 1000,
  maxAllowedValidators: 64,
  stakeThreshold: 0n,
  taoWeight: 0n,
  commitReveal: false,
  ownerUid: null,
  alphaStake: BigUint64Array.from([600_000_000_000n, 400_000_000_000n, 0n, 0n]),
  taoStake: new BigUint64Array(4),
  lastUpdate: BigUint64Array.from([9990n, 9990n, 9000n, 9000n]),
  blockAtRegistration: BigUint64Array.from([100n, 100n, 200n, 300n]),
  commitBlocks: new BigUint64Array(4).fill(NO_COMMIT),
  validatorPermit: Uint8Array.from([1, 1, 0, 0]),
  weights: rows([
    [
      [2, 65535],
      [3, 32768],
    ],
    [
      [2, 65535],
      [3, 65535],
    ],
    [],
    [],
  ]),
  bonds: rows([[], [], [], []]),
  raoEmission: 1_000_000n,
};

const HELD = rows([
  [
    [2, 10_000],
    [3, 20_000],
  ],
  [[2, 5000]],
  [],
  [],
]);

/** The worked examples A, B and C of spec/epoch.md 13 with the dividends that the chain computes, raw I32F32. */
const SELF_TESTS: readonly { readonly input: EpochInput; readonly dividends: readonly bigint[] }[] = [
  { input: BASE, dividends: [2_761_046_392n, 1_533_920_903n] },
  { input: { ...BASE, yuma3: true, bonds: HELD }, dividends: [3_440_915_325n, 854_051_970n] },
  {
    input: { ...BASE, yuma3: true, liquidAlpha: true, bonds: HELD },
    dividends: [2_895_710_194n, 1_399_257_101n],
  },
];
