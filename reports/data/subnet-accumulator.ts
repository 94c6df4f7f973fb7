import type { NeuronMatrix, SubnetRun } from "./subnet-run.ts";

/** The columns of the table `neurons` that a report reads, one value per row. */
export interface NeuronColumns {
  readonly alphaStake: ArrayLike<bigint>;
  readonly taoStake: ArrayLike<bigint>;
  readonly stakeWeight: ArrayLike<number>;
  readonly consensusRaw: ArrayLike<bigint>;
  readonly incentiveRaw: ArrayLike<bigint>;
  readonly dividendsRaw: ArrayLike<bigint>;
  readonly validatorTrustRaw: ArrayLike<bigint>;
  readonly active: ArrayLike<number>;
  readonly permit: ArrayLike<number>;
  readonly serverEmission: ArrayLike<bigint>;
  readonly validatorEmission: ArrayLike<bigint>;
}

/** Gathers the rows of one subnet of one comparison, epoch after epoch. Give it all epochs first, then the neurons. */
export class SubnetAccumulator {
  readonly comparison: string;
  readonly netuid: number;
  /** Most neurons of any epoch: a subnet of an economy fills up while it runs. */
  #n = 0;
  readonly #epochs: number[] = [];
  readonly #blocks: bigint[] = [];
  readonly #emissionByEpoch: bigint[] = [];
  readonly #stakeByEpoch: bigint[] = [];
  readonly #hotkeys: string[] = [];
  #incentive = new BigInt64Array(0);
  #dividends = new BigInt64Array(0);
  #serverEmission = new BigUint64Array(0);
  #validatorEmission = new BigUint64Array(0);
  #dividendYield = new Float64Array(0);
  /** Of the epoch that is being gathered; of the last one in the end. */
  #now = columnsFor(0);
  #epochIndex = -1;

  constructor(comparison: string, netuid: number) {
    this.comparison = comparison;
    this.netuid = netuid;
  }

  /** The last epoch that was added. */
  get lastEpoch(): number {
    return this.#epochs.at(-1)!;
  }

  /** Whether any neuron was added. */
  get hasNeurons(): boolean {
    return this.#epochIndex >= 0;
  }

  /** An epoch of `n` neurons of the table `subnets`; `emission` and `stake` in rao. Epochs come in ascending order. */
  addEpoch(epoch: number, n: number, block: bigint, emission: bigint, stake: bigint): void {
    this.#n = Math.max(this.#n, n);
    this.#epochs.push(epoch);
    this.#blocks.push(block);
    this.#emissionByEpoch.push(emission);
    this.#stakeByEpoch.push(stake);
  }

  /** One row of the table `neurons`. The rows of an epoch come together, epochs in ascending order. */
  addNeuron(epoch: number, uid: number, hotkey: string, columns: NeuronColumns, row: number): void {
    if (this.#incentive.length === 0) {
      this.#incentive = new BigInt64Array(this.#epochs.length * this.#n);
      this.#dividends = new BigInt64Array(this.#epochs.length * this.#n);
      this.#serverEmission = new BigUint64Array(this.#n);
      this.#validatorEmission = new BigUint64Array(this.#n);
      this.#dividendYield = new Float64Array(this.#n);
      this.#now = columnsFor(this.#n);
    }
    if (this.#epochs[this.#epochIndex] !== epoch) {
      this.#closeEpoch();
      this.#epochIndex++;
    }
    const at = this.#epochIndex * this.#n + uid;
    this.#hotkeys[uid] = hotkey;
    this.#incentive[at] = columns.incentiveRaw[row]!;
    this.#dividends[at] = columns.dividendsRaw[row]!;
    this.#serverEmission[uid]! += columns.serverEmission[row]!;
    this.#validatorEmission[uid]! += columns.validatorEmission[row]!;
    this.#now.alphaStake[uid] = columns.alphaStake[row]!;
    this.#now.taoStake[uid] = columns.taoStake[row]!;
    this.#now.stakeWeight[uid] = columns.stakeWeight[row]!;
    this.#now.consensus[uid] = columns.consensusRaw[row]!;
    this.#now.validatorTrust[uid] = columns.validatorTrustRaw[row]!;
    this.#now.permit[uid] = columns.permit[row]!;
    this.#now.active[uid] = columns.active[row]!;
    this.#now.validatorEmission[uid] = columns.validatorEmission[row]!;
  }

  /** What was gathered. */
  finish(rest: { label: string; bonds: NeuronMatrix; weights: NeuronMatrix }): SubnetRun {
    this.#closeEpoch();
    // A run that was cut off may lack the neurons of its last epochs.
    const epochs = this.#epochIndex + 1;
    const { alphaStake, taoStake, stake, stakeWeight, consensus, validatorTrust, permit, active } = this.#now;
    return {
      label: rest.label,
      netuid: this.netuid,
      n: this.#n,
      hotkeys: this.#hotkeys,
      epochs: this.#epochs.slice(0, epochs),
      blocks: this.#blocks.slice(0, epochs),
      incentive: this.#incentive.subarray(0, epochs * this.#n),
      dividends: this.#dividends.subarray(0, epochs * this.#n),
      emissionByEpoch: this.#emissionByEpoch.slice(0, epochs),
      serverEmission: this.#serverEmission,
      validatorEmission: this.#validatorEmission,
      dividendYield: this.#dividendYield,
      last: {
        alphaStake,
        taoStake,
        stake,
        stakeWeight,
        consensus,
        validatorTrust,
        permit,
        active,
        bonds: rest.bonds,
        weights: rest.weights,
      },
    };
  }

  /** Combined stake needs the sums of the whole epoch, so it waits until all rows of the epoch are there. */
  #closeEpoch(): void {
    if (this.#epochIndex < 0) return;
    const { alphaStake, taoStake, stake, validatorEmission } = this.#now;
    const alphaSum = alphaStake.reduce((sum, amount) => sum + amount, 0n);
    const taoSum = taoStake.reduce((sum, amount) => sum + amount, 0n);
    // The table holds alpha + TAO x TAO weight of all neurons, so the weight itself follows from it.
    const weighedTao = this.#stakeByEpoch[this.#epochIndex]! - alphaSum;
    for (let uid = 0; uid < this.#n; uid++) {
      const fromTao = taoSum > 0n && weighedTao > 0n ? (taoStake[uid]! * weighedTao) / taoSum : 0n;
      stake[uid] = alphaStake[uid]! + fromTao;
      if (stake[uid]! > 0n)
        this.#dividendYield[uid]! += Number(validatorEmission[uid]!) / Number(stake[uid]!);
    }
  }
}

/** What is kept of the neurons of one epoch. */
const columnsFor = (n: number) => ({
  alphaStake: new BigUint64Array(n),
  taoStake: new BigUint64Array(n),
  stake: new BigUint64Array(n),
  stakeWeight: new Uint16Array(n),
  consensus: new BigInt64Array(n),
  validatorTrust: new BigInt64Array(n),
  permit: new Uint8Array(n),
  active: new Uint8Array(n),
  validatorEmission: new BigUint64Array(n),
});
