/**
 * The economy's hot part: what a block does to every subnet, on columns of 64-bit integers (spec/emission.md 3 to 7 and
 * 10, spec/pool.md 2). Exact where it answers; where a value is outside the ordinary range it says so, and the caller
 * computes with big integers.
 */
import { instantiateKernel, type KernelExports } from "./module.ts";

/** Columns of 64 bits, in the order of the buffer; mirrored in assembly/economy/layout.ts. Unsigned, but for the last four. */
export const WORD_COLUMNS = 29;
/** Columns of 32 bits, behind them. */
export const HALF_WORD_COLUMNS = 16;

/** Bytes of the buffer of all columns for `capacity` netuids. */
export const slabBytes = (capacity: number): number => capacity * (WORD_COLUMNS * 8 + HALF_WORD_COLUMNS * 4);

interface EconomyExports extends KernelExports {
  economyCreate(capacity: number): number;
  economyPointer(economy: number, index: number): number;
  economyCredit(economy: number): bigint;
  economySetCredit(economy: number, credit: bigint): void;
  economyStakeGain(economy: number): bigint;
  economyEligibleCount(economy: number): number;
  economyDecayBurns(economy: number): void;
  economyTerms(economy: number, minted: bigint, taoWeight: bigint, ownerCut: number): number;
  economyInject(economy: number, from: number): number;
  economyEmit(economy: number): void;
  economyPrices(
    economy: number,
    from: number,
    count: number,
    block: number,
    taoWeight: bigint,
    movingAlpha: bigint,
  ): number;
  economyClaimRow(economy: number): number;
  economyPower(x: bigint, dx: bigint, en: bigint, ed: bigint): bigint;
  economySetAmount(position: number, amount: bigint): void;
  economySumFloors(rate: bigint, from: number, to: number): bigint;
}

const SLAB = 0;
const FACTORS = 1;
const TAO_IN = 2;
const ALPHA_IN = 3;
const EXCESS = 4;
const ELIGIBLE = 5;
const CLAIM_POOL = 6;
const CLAIM_HAS = 7;
const CLAIM_RATES = 8;
const CLAIM_THRESHOLDS = 9;
const CLAIMED = 10;

/** Words of a row's share pool, mirrored in assembly/economy/claims.ts. */
const POOL_WORDS = 9;

/** A decimal float in normal form, not zero, the exponent within 100 of 0. */
export interface DecimalFloat {
  readonly mantissa: bigint;
  readonly exponent: bigint;
}

/** The root stake that a row of claims grows. */
export interface ClaimPool {
  /** Stake of all coldkeys on the hotkey, rao, 1 .. 2^62. */
  readonly value: bigint;
  readonly denominator: DecimalFloat;
  readonly share: DecimalFloat;
}

/** What prices read beside the columns. */
export interface PriceParameters {
  readonly block: number;
  /** U96F32. */
  readonly taoWeight: bigint;
  /** I96F32. */
  readonly movingAlpha: bigint;
}

/** What a block's emission reads beside the columns. */
export interface EmissionParameters {
  /** Minted TAO, rao. */
  readonly minted: bigint;
  /** U96F32. */
  readonly taoWeight: bigint;
  /** u16 of 65535. */
  readonly ownerCut: number;
}

/** What one subnet's pool is to get, whole rao. */
export interface Injection {
  readonly tao: bigint;
  readonly alpha: bigint;
  /** TAO that buys alpha. */
  readonly excess: bigint;
}

/** Numbers by netuid, for at most as many netuids as there is room for. */
export interface ByNetuid {
  /** 1 where there is a number. */
  readonly has: Uint8Array;
  readonly low: BigUint64Array;
}

/** One WASM instance that holds the columns of one block at a time. */
export class ExactEconomy {
  readonly capacity: number;
  readonly #exports: EconomyExports;
  readonly #handle: number;
  readonly #slab: Uint8Array;
  readonly #factors: BigUint64Array;
  readonly #claimPool: BigUint64Array;
  readonly #claimHas: Uint8Array;
  readonly #claimRates: BigUint64Array;
  /** Of root claims, by netuid: the least claim, rao with 32 fraction bits. */
  readonly claimThresholds: BigUint64Array;
  /** What counts as claimed after a row of claims, by netuid, rao. */
  readonly claimed: BigUint64Array;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.#exports = instantiateKernel() as EconomyExports;
    this.#handle = this.#exports.economyCreate(capacity);
    // Nothing else allocates in this instance, so the memory does not move from here on.
    const { buffer } = this.#exports.memory;
    this.#slab = new Uint8Array(buffer, this.#pointer(SLAB), slabBytes(capacity));
    this.#factors = new BigUint64Array(buffer, this.#pointer(FACTORS), capacity);
    this.#claimPool = new BigUint64Array(buffer, this.#pointer(CLAIM_POOL), POOL_WORDS);
    this.#claimHas = new Uint8Array(buffer, this.#pointer(CLAIM_HAS), capacity);
    this.#claimRates = new BigUint64Array(buffer, this.#pointer(CLAIM_RATES), capacity);
    this.claimThresholds = new BigUint64Array(buffer, this.#pointer(CLAIM_THRESHOLDS), capacity);
    this.claimed = new BigUint64Array(buffer, this.#pointer(CLAIMED), capacity);
  }

  #pointer(index: number): number {
    return this.#exports.economyPointer(this.#handle, index);
  }

  #wordAt(list: number, position: number): bigint {
    const address = this.#pointer(list) + position * 8;
    return new BigUint64Array(this.#exports.memory.buffer, address, 1)[0] ?? 0n;
  }

  /** Takes over all columns. */
  load(slab: ArrayBuffer): void {
    this.#slab.set(new Uint8Array(slab));
  }

  /** Gives all columns back. */
  store(slab: ArrayBuffer): void {
    new Uint8Array(slab).set(this.#slab);
  }

  /** Lowers every registration price by its factor (Q32, by netuid) and clamps it. */
  decayBurns(factors: BigUint64Array): void {
    this.#factors.set(factors);
    this.#exports.economyDecayBurns(this.#handle);
  }

  /** Computes what every eligible subnet gets; no column changes. @returns false outside the ordinary range */
  terms({ minted, taoWeight, ownerCut }: EmissionParameters): boolean {
    return this.#exports.economyTerms(this.#handle, minted, taoWeight, ownerCut) === 1;
  }

  /** The eligible netuids, ascending. */
  eligible(): number[] {
    const count = this.#exports.economyEligibleCount(this.#handle);
    return [...new Uint32Array(this.#exports.memory.buffer, this.#pointer(ELIGIBLE), count)];
  }

  /** Injects into the eligible subnets from a position on. @returns the first position that is left to the caller */
  inject(from: number): number {
    return this.#exports.economyInject(this.#handle, from);
  }

  /** What the subnet at a position is to get. */
  injection(position: number): Injection {
    return {
      tao: this.#wordAt(TAO_IN, position),
      alpha: this.#wordAt(ALPHA_IN, position),
      excess: this.#wordAt(EXCESS, position),
    };
  }

  /** Minted TAO that is not spent yet. */
  get credit(): bigint {
    return BigInt.asUintN(64, this.#exports.economyCredit(this.#handle));
  }

  set credit(credit: bigint) {
    this.#exports.economySetCredit(this.#handle, credit);
  }

  /** What `inject` has spent: total stake and the accounts grew by it. */
  get spent(): bigint {
    return BigInt.asUintN(64, this.#exports.economyStakeGain(this.#handle));
  }

  /** Creates the alpha of the block in all eligible subnets. */
  emit(): void {
    this.#exports.economyEmit(this.#handle);
  }

  /**
   * Takes over what a row of claims reads.
   * @param rates alpha per root rao, 32 fraction bits
   * @param claimed what counts as claimed, rao
   */
  loadClaims(rates: ByNetuid, claimed: ByNetuid | undefined): void {
    // Rows may end early.
    this.#claimHas.fill(0).set(rates.has);
    this.#claimRates.set(rates.low);
    this.claimed.fill(0n);
    if (claimed !== undefined) this.claimed.set(claimed.low);
  }

  /**
   * Claims on the row's subnets, ascending; all is sold and staked on root.
   * @param totalStake the network's, below 2^63 rao
   * @returns the root stake afterwards; null, and the columns are to be loaded anew, where a value is not ordinary
   */
  claimRow(pool: ClaimPool, totalStake: bigint, deposit: bigint): ClaimPool | null {
    const words = this.#claimPool;
    const { denominator, share } = pool;
    words[0] = pool.value;
    words[1] = denominator.mantissa;
    words[2] = denominator.mantissa >> 64n;
    words[3] = denominator.exponent;
    words[4] = share.mantissa;
    words[5] = share.mantissa >> 64n;
    words[6] = share.exponent;
    words[7] = totalStake;
    words[8] = deposit;
    const sales = this.#exports.economyClaimRow(this.#handle);
    if (sales < 0) return null;
    return sales === 0 ? pool : { value: words[0], denominator: this.#floatAt(1), share: this.#floatAt(4) };
  }

  #floatAt(word: number): DecimalFloat {
    const [low, high, exponent] = this.#claimPool.subarray(word, word + 3);
    return {
      mantissa: ((high ?? 0n) << 64n) | (low ?? 0n),
      exponent: BigInt.asIntN(64, exponent ?? 0n),
    };
  }

  /**
   * Moving prices and root proportions of the listed subnets from a position on.
   * @returns the first position that is left to the caller
   */
  prices(netuids: readonly number[], from: number, parameters: PriceParameters): number {
    const { buffer } = this.#exports.memory;
    new Uint32Array(buffer, this.#pointer(ELIGIBLE), netuids.length).set(netuids);
    const { block, taoWeight, movingAlpha } = parameters;
    return this.#exports.economyPrices(this.#handle, from, netuids.length, block, taoWeight, movingAlpha);
  }
}

let sharedInstance: EconomyExports | undefined;

/** The instance of functions that keep no columns. */
function shared(): EconomyExports {
  sharedInstance ??= instantiateKernel() as EconomyExports;
  return sharedInstance;
}

/**
 * floor(10^18 * (x / (x + dx))^(en / ed)) for a trade that is small beside the reserve: 0 < dx <= x / 128, x below
 * 2^62, weights above 0 and at most 10^18.
 * @returns null where the result is too close to a whole number to be told, or a weight too far from the other
 */
export function exactPower(x: bigint, dx: bigint, en: bigint, ed: bigint): bigint | null {
  const value = shared().economyPower(x, dx, en, ed);
  return value === -1n ? null : value;
}

const MOST_AMOUNTS = 256;
const AMOUNT_LIMIT = 1n << 48n;
const RATE_LIMIT = 1n << 40n;

/**
 * A growing list of amounts, and sums of floor(rate * amount / 2^32) over a part of it. There is one list at a time per
 * thread: making one forgets the one before.
 */
export class FlooredSums {
  readonly #amounts: bigint[] = [];
  #fits = true;

  get length(): number {
    return this.#amounts.length;
  }

  push(amount: bigint): void {
    const position = this.#amounts.length;
    this.#fits &&= position < MOST_AMOUNTS && amount < AMOUNT_LIMIT;
    if (this.#fits) shared().economySetAmount(position, amount);
    this.#amounts.push(amount);
  }

  /** The sum over the amounts from a position on. @param rate not negative, 32 fraction bits */
  sum(rate: bigint, from: number): bigint {
    const to = this.#amounts.length;
    if (from === to) return 0n;
    if (this.#fits && rate < RATE_LIMIT) return BigInt.asUintN(64, shared().economySumFloors(rate, from, to));
    let sum = 0n;
    for (let i = from; i < to; i++) sum += (rate * (this.#amounts[i] ?? 0n)) >> 32n;
    return sum;
  }
}
