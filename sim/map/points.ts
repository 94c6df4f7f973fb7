/** Points of the map: one epoch each, in one kernel that keeps what neighbours share. */
import type { EpochColumns, ExactSubnet } from "../../kernels/exact/subnet.ts";
import type { ExactKernel } from "../../kernels/exact/kernel.ts";
import { NO_COMMIT } from "../../kernels/epoch.ts";
import { NEURONS, type Samples, SERVERS, VALIDATORS, weightsRow } from "./network.ts";

/** Rao that each epoch of the map distributes. */
const EMISSION = 1_000_000_000n;

/** What a point gives: rao of the majority and of all. */
export interface Retention {
  readonly major: number;
  readonly total: number;
}

/** The epoch input of a network besides its rows (golden/epoch.md, "Epoch input"). */
export function mapColumns(samples: Samples, bondsPenalty: number, kappa: number): EpochColumns {
  return {
    n: NEURONS,
    block: 1n,
    tempo: 65534,
    activityCutoff: 910_201n,
    lastMechanismStepBlock: 0n,
    kappa,
    bondsPenalty,
    bondsMovingAverage: 900_000n,
    yuma3: false,
    liquidAlpha: false,
    alphaLow: 45875,
    alphaHigh: 58982,
    alphaSigmoidSteepness: 1000,
    maxAllowedValidators: VALIDATORS,
    stakeThreshold: 0n,
    taoWeight: 0n,
    commitReveal: false,
    ownerUid: null,
    raoEmission: EMISSION,
    alphaStake: samples.stakes,
    taoStake: new BigUint64Array(NEURONS),
    lastUpdate: new BigUint64Array(NEURONS).fill(1n),
    blockAtRegistration: new BigUint64Array(NEURONS),
    commitBlocks: new BigUint64Array(NEURONS).fill(NO_COMMIT),
    validatorPermit: Uint8Array.from({ length: NEURONS }, (_, uid) => Number(uid < VALIDATORS)),
  };
}

/** Uids of the servers, in order: what every validator weighs. */
const SERVER_UIDS = Uint16Array.from({ length: SERVERS }, (_, k) => VALIDATORS + k);

/**
 * A network in the kernel, to be asked for one point after another. Rows are made once per weight and sent only when
 * they change. Rows of servers, which weigh themselves in the chain's experiment, are left out: without a permit they
 * have no effect.
 */
export class MapNetwork {
  readonly #samples: Samples;
  readonly #subnet: ExactSubnet;
  /** Rows per weight percent, of the side that it was asked for. */
  readonly #minorRows = new Map<number, Uint16Array[]>();
  #majorWeight = Number.NaN;

  constructor(kernel: ExactKernel, samples: Samples, bondsPenalty: number, kappa: number) {
    this.#samples = samples;
    const none = {
      offsets: new Uint32Array(NEURONS + 1),
      uids: new Uint16Array(0),
      values: new Uint16Array(0),
    };
    this.#subnet = kernel.load({ ...mapColumns(samples, bondsPenalty, kappa), weights: none, bonds: none });
  }

  /** One epoch with these parts of weight, in percent, on the own side. */
  retention(majorWeight: number, minorWeight: number): Retention {
    const { majorValidators } = this.#samples;
    if (majorWeight !== this.#majorWeight) {
      for (let i = 0; i < majorValidators; i++) this.#send(i, weightsRow(this.#samples, i, majorWeight));
      this.#majorWeight = majorWeight;
    }
    let validator = majorValidators;
    for (const row of this.#rowsOfMinority(minorWeight)) this.#send(validator++, row);
    this.#subnet.step();
    return this.#read();
  }

  free(): void {
    this.#subnet.free();
  }

  #send(validator: number, row: Uint16Array): void {
    this.#subnet.setWeightsRow(validator, SERVER_UIDS, row);
  }

  #rowsOfMinority(weight: number): Uint16Array[] {
    let rows = this.#minorRows.get(weight);
    if (rows === undefined) {
      rows = [];
      for (let i = this.#samples.majorValidators; i < VALIDATORS; i++)
        rows.push(weightsRow(this.#samples, i, weight));
      this.#minorRows.set(weight, rows);
    }
    return rows;
  }

  #read(): Retention {
    const { majorServers, majorValidators } = this.#samples;
    // Low words alone: an epoch distributes 10^9 rao at most.
    const words = new Uint32Array(this.#subnet.readEmission().buffer);
    let major = 0;
    let total = 0;
    for (let uid = 0; uid < NEURONS; uid++) {
      const rao = words[2 * uid] as number;
      total += rao;
      const isMajor = uid < VALIDATORS ? uid < majorValidators : uid < VALIDATORS + majorServers;
      if (isMajor) major += rao;
    }
    return { major, total };
  }
}
