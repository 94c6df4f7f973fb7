/** Sums up what blocks and epochs do between two samples of a trace, exact to the rao. */
import {
  blockStep,
  type Chain,
  type EpochPayout,
  type Netuid,
  type NetworkState,
  ROOT,
} from "../../chain/index.ts";
import { mintable } from "../../chain/coinbase/issuance.ts";
import { NOT_STARTED, type SubnetColumns } from "../../chain/state/columns.ts";

/** Sums of one subnet since its last row; rao where not said otherwise. */
export interface SubnetSums {
  taoInjected: bigint;
  taoBought: bigint;
  rootSoldTao: bigint;
  alphaInjected: bigint;
  alphaEmitted: bigint;
  owner: bigint;
  miners: bigint;
  validators: bigint;
  take: bigint;
  nominators: bigint;
  root: bigint;
  burned: bigint;
  recycled: bigint;
  /** Epochs that were paid out. */
  epochs: number;
  /** Sum over these of what the stakers got, take included, per stake that earned; a ratio. */
  dividendYield: number;
  registrations: number;
  registrationTao: bigint;
}

/** Sums of the whole network since its last row, rao. */
export interface NetworkSums {
  minted: bigint;
  /** Of it, what no subnet took: it went back to the emission curve. */
  unspent: bigint;
  fees: bigint;
}

/** Everything that a ledger needs to go on, as plain data. */
export interface SavedLedger {
  readonly network: NetworkSums;
  readonly subnets: readonly (readonly [Netuid, SubnetSums])[];
  readonly perBlock: readonly Float64Array[];
  readonly blocks: number;
  /** Block whose root sales are in the sums. */
  readonly countedRootSales: number;
  readonly epochs: readonly (readonly [Netuid, number])[];
}

const emptyNetwork = (): NetworkSums => ({ minted: 0n, unspent: 0n, fees: 0n });

const emptySubnet = (): SubnetSums => ({
  taoInjected: 0n,
  taoBought: 0n,
  rootSoldTao: 0n,
  alphaInjected: 0n,
  alphaEmitted: 0n,
  owner: 0n,
  miners: 0n,
  validators: 0n,
  take: 0n,
  nominators: 0n,
  root: 0n,
  burned: 0n,
  recycled: 0n,
  epochs: 0,
  dividendYield: 0,
  registrations: 0,
  registrationTao: 0n,
});

/** What every block gives to a subnet: at most 10^9 rao each, so that doubles hold the sums of many blocks exactly. */
const PER_BLOCK = ["taoInjected", "taoBought", "alphaInjected", "alphaEmitted", "recycled"] as const;
const PER_BLOCK_COLUMNS = [
  "taoInEmission",
  "excessTao",
  "alphaInEmission",
  "alphaOutEmission",
  "alphaRecycled",
] as const;
const RECYCLED = PER_BLOCK.indexOf("recycled");
/** Blocks after which the doubles are emptied: 10^9 rao each are far below 2^53. */
const MOST_BLOCKS = 1_000_000;
const TWO_32 = 4_294_967_296;

/** Halves of a column's 64-bit words: reading them makes no bigint. */
interface Halves {
  readonly columns: SubnetColumns;
  readonly words: readonly Uint32Array[];
}

/**
 * Moves a chain block by block and keeps the books of it.
 *
 * PERF: five additions per subnet and block on doubles; bigints only where an epoch pays or root dividends are sold.
 */
export class Ledger {
  #network: NetworkSums;
  readonly #subnets: Map<Netuid, SubnetSums>;
  /** By name of PER_BLOCK, then by netuid. */
  #perBlock: Float64Array[];
  /** Blocks that are in `#perBlock`. */
  #blocks: number;
  #countedRootSales: number;
  /** Epochs so far, by netuid. */
  readonly #epochs: Map<Netuid, number>;
  #halves: Halves | null = null;
  #recycled = new BigUint64Array(0);
  /** Room for the netuids that take part in a block. */
  #eligible = new Uint16Array(0);
  /** What payouts of the present block recycled, by netuid: it is not the root part that the block recycled. */
  readonly #paidRecycled = new Map<Netuid, bigint>();

  constructor(saved: SavedLedger | null) {
    this.#network = saved?.network ?? emptyNetwork();
    this.#subnets = new Map(saved?.subnets);
    this.#perBlock = saved?.perBlock.map((sums) => sums.slice()) ?? [];
    this.#blocks = saved?.blocks ?? 0;
    this.#countedRootSales = saved?.countedRootSales ?? -1;
    this.#epochs = new Map(saved?.epochs);
  }

  save(): SavedLedger {
    return {
      network: this.#network,
      subnets: [...this.#subnets],
      perBlock: this.#perBlock,
      blocks: this.#blocks,
      countedRootSales: this.#countedRootSales,
      epochs: [...this.#epochs],
    };
  }

  /** Advances the chain by one block. */
  step(chain: Chain): void {
    const { state } = chain;
    this.#countRootSales(state);
    const minted = mintable(state.totalIssuance, state.balancesIssuance);
    const issuance = state.totalIssuance;
    const recycledBefore = this.#keepRecycled(state.columns);
    this.#paidRecycled.clear();
    blockStep(chain);
    this.#network.minted += minted;
    this.#network.unspent += minted - (state.totalIssuance - issuance);
    this.#countBlock(state, recycledBefore);
  }

  /** A copy of what was recycled so far, in a buffer of its own that every block uses again. */
  #keepRecycled({ alphaRecycled, capacity }: SubnetColumns): Uint32Array {
    if (this.#recycled.length !== capacity) this.#recycled = new BigUint64Array(capacity);
    this.#recycled.set(alphaRecycled);
    return new Uint32Array(this.#recycled.buffer);
  }

  /** An epoch was paid out. */
  payout(payout: EpochPayout): void {
    const sums = this.#of(payout.netuid);
    for (const part of ["owner", "miners", "validators", "take", "nominators", "root", "burned"] as const)
      sums[part] += payout[part];
    sums.recycled += payout.recycled;
    sums.epochs++;
    const { validators, nominators, stake, netuid, recycled } = payout;
    if (stake > 0n) sums.dividendYield += Number(validators + nominators) / Number(stake);
    if (recycled > 0n) this.#paidRecycled.set(netuid, (this.#paidRecycled.get(netuid) ?? 0n) + recycled);
  }

  /** Counts the epochs of a subnet, from 0. */
  nextEpoch(netuid: Netuid): number {
    const epoch = this.#epochs.get(netuid) ?? 0;
    this.#epochs.set(netuid, epoch + 1);
    return epoch;
  }

  /** A call paid a fee. */
  fee(rao: bigint): void {
    this.#network.fees += rao;
  }

  /** A neuron was registered. */
  registration(netuid: Netuid, price: bigint): void {
    const sums = this.#of(netuid);
    sums.registrations++;
    sums.registrationTao += price;
  }

  /** The sums of the network; they begin anew. */
  takeNetwork(): NetworkSums {
    const sums = this.#network;
    this.#network = emptyNetwork();
    return sums;
  }

  /** The sums of all subnets that exist or got something, ascending by netuid; they begin anew. */
  takeSubnets(state: NetworkState): readonly (readonly [Netuid, SubnetSums])[] {
    this.#countRootSales(state);
    this.#emptyDoubles();
    const netuids = new Set([...state.netuids.filter((netuid) => netuid !== ROOT), ...this.#subnets.keys()]);
    const taken = [...netuids]
      .sort((a, b) => a - b)
      .map((netuid) => [netuid, this.#subnets.get(netuid) ?? emptySubnet()] as const);
    this.#subnets.clear();
    return taken;
  }

  #of(netuid: Netuid): SubnetSums {
    let sums = this.#subnets.get(netuid);
    if (sums === undefined) {
      sums = emptySubnet();
      this.#subnets.set(netuid, sums);
    }
    return sums;
  }

  /** Root dividends are sold at the end of a block step and by calls, so they are counted when the block is over. */
  #countRootSales({ block, columns, netuids }: NetworkState): void {
    if (this.#countedRootSales === block) return;
    this.#countedRootSales = block;
    // Most blocks sell nothing: looking at halves makes no bigints.
    const halves = new Uint32Array(columns.slab, columns.rootSellTao.byteOffset, 2 * columns.capacity);
    for (const netuid of netuids)
      if ((halves[2 * netuid]! | halves[2 * netuid + 1]!) !== 0)
        this.#of(netuid).rootSoldTao += columns.rootSellTao[netuid] ?? 0n;
  }

  #countBlock({ columns, netuids }: NetworkState, recycledBefore: Uint32Array): void {
    const words = this.#wordsOf(columns);
    const { firstEmissionBlock, subtokenEnabled, registrationAllowed } = columns;
    const eligible = this.#eligible;
    let count = 0;
    for (const netuid of netuids)
      if (
        netuid !== ROOT &&
        firstEmissionBlock[netuid] !== NOT_STARTED &&
        subtokenEnabled[netuid] === 1 &&
        registrationAllowed[netuid] === 1
      )
        eligible[count++] = netuid;
    for (let column = 0; column < RECYCLED; column++) {
      const [sums, halves] = [this.#perBlock[column]!, words[column]!];
      for (let i = 0; i < count; i++) {
        const netuid = eligible[i]!;
        sums[netuid]! += word(halves, netuid);
      }
    }
    // A payout recycles on a subnet that takes part or not; it is booked there.
    const [recycled, after] = [this.#perBlock[RECYCLED]!, words[RECYCLED]!];
    for (const netuid of netuids) recycled[netuid]! += difference(after, recycledBefore, netuid);
    for (const [netuid, paid] of this.#paidRecycled)
      if (netuid < recycled.length) recycled[netuid]! -= Number(paid);
    if (++this.#blocks === MOST_BLOCKS) this.#emptyDoubles();
  }

  #wordsOf(columns: SubnetColumns): readonly Uint32Array[] {
    if (this.#halves?.columns === columns) return this.#halves.words;
    const { capacity } = columns;
    if ((this.#perBlock[0]?.length ?? 0) < capacity) {
      this.#emptyDoubles();
      this.#perBlock = PER_BLOCK.map(() => new Float64Array(capacity));
    }
    this.#eligible = new Uint16Array(capacity);
    const words = PER_BLOCK_COLUMNS.map(
      (name) => new Uint32Array(columns.slab, columns[name].byteOffset, 2 * capacity),
    );
    this.#halves = { columns, words };
    return words;
  }

  #emptyDoubles(): void {
    this.#perBlock.forEach((values, column) => {
      values.forEach((value, netuid) => {
        if (value !== 0) this.#of(netuid)[PER_BLOCK[column]!] += BigInt(value);
      });
      values.fill(0);
    });
    this.#blocks = 0;
  }
}

/** A word that is below 2^53. */
const word = (halves: Uint32Array, position: number): number =>
  halves[2 * position]! + halves[2 * position + 1]! * TWO_32;

/** Of two words of any size that are close to each other. */
const difference = (after: Uint32Array, before: Uint32Array, position: number): number =>
  after[2 * position]! -
  before[2 * position]! +
  (after[2 * position + 1]! - before[2 * position + 1]!) * TWO_32;
