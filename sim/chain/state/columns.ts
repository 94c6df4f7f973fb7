/**
 * What the block step reads and writes of every subnet in every block: struct of arrays over one buffer, indexed by
 * netuid, so that the WASM coinbase takes it over with one copy and a fork copies it with one more.
 */

/** u64. Rao, unless said otherwise. */
const U64_COLUMNS = [
  /** SubnetTAO. */
  "tao",
  /** SubnetAlphaIn. */
  "alphaIn",
  /** SubnetAlphaOut. */
  "alphaOut",
  /** Quote weight of the pool, parts of 10^18. */
  "quoteWeight",
  /** TAO on the subnet's technical account. */
  "account",
  "pendingServer",
  "pendingValidator",
  "pendingRoot",
  "pendingOwnerCut",
  /** Of the last block in which the subnet was eligible. */
  "taoInEmission",
  "alphaInEmission",
  "alphaOutEmission",
  "excessTao",
  /** TAO that root claims sold in this block. */
  "rootSellTao",
  /** Alpha that chain buys took; it belongs to nobody. */
  "protocolAlpha",
  /** Registration price and its bounds. */
  "burn",
  "minBurn",
  "maxBurn",
  /** Withheld part of the last epoch's miner emission, U96F32 (at most one). */
  "minerBurned",
  /** Stored root proportion, U96F32 (at most one). For display. */
  "rootProportion",
  /** Traded TAO, low and high half of a u128. */
  "volumeLow",
  "volumeHigh",
  /** Alpha burned and recycled since genesis. */
  "alphaBurned",
  "alphaRecycled",
  /** Blocks. */
  "emaPriceHalvingBlocks",
] as const;

/** i64. */
const I64_COLUMNS = [
  /** Moving price, I96F32 raw; prices above one never enter it, so 64 bits hold it. */
  "movingPrice",
  /** TAO that users moved in and out since genesis, rao. */
  "taoFlow",
  /** TAO that the protocol moved in and out since genesis, rao. */
  "protocolFlow",
  /** Running total of the alpha that root stakers can claim or could have claimed, rao. */
  "claimableAlpha",
] as const;

/** u32; blocks fit for 1,600 years. */
const U32_COLUMNS = [
  /** 0 or 1. */
  "exists",
  /** 1 = dynamic pool; everything else trades 1:1. */
  "mechanism",
  /** 0 or 1: the pool has traded, so its weight is its own. */
  "poolInitialised",
  /** Of 65535. */
  "feeRate",
  /** NOT_STARTED before the start call. */
  "firstEmissionBlock",
  /** 0 or 1, each. */
  "subtokenEnabled",
  "registrationAllowed",
  "emissionEnabled",
  "ownerCutEnabled",
  /** Blocks. */
  "tempo",
  "lastEpochBlock",
  /** 0 = none. */
  "pendingEpochAt",
  "blocksSinceLastStep",
  "epochIndex",
  /** Block of the last executed epoch, 0 = never. */
  "lastMechanismStepBlock",
  /** Blocks. */
  "burnHalfLife",
] as const;

/** In `firstEmissionBlock`: the start call has not been made. */
export const NOT_STARTED = 0xffff_ffff;

export type U64Column = (typeof U64_COLUMNS)[number];
export type I64Column = (typeof I64_COLUMNS)[number];
export type U32Column = (typeof U32_COLUMNS)[number];

export type SubnetColumns = { readonly [C in U64Column]: BigUint64Array } & {
  readonly [C in I64Column]: BigInt64Array;
} & { readonly [C in U32Column]: Uint32Array } & {
  /** The buffer under all columns, in the order of this file: u64, i64, u32. */
  readonly slab: ArrayBuffer;
  /** Netuids 0 .. capacity - 1 have a place. */
  readonly capacity: number;
};

const WORD = 8;

/** Columns for `capacity` netuids (rounded up to even), all zero but the owner-cut switch. */
export function createColumns(capacity: number): SubnetColumns {
  const rows = capacity + (capacity % 2);
  const words = U64_COLUMNS.length + I64_COLUMNS.length + U32_COLUMNS.length / 2;
  const columns = viewColumns(new ArrayBuffer(words * rows * WORD), rows);
  columns.ownerCutEnabled.fill(1);
  return columns;
}

function viewColumns(slab: ArrayBuffer, capacity: number): SubnetColumns {
  const columns: Record<string, BigUint64Array | BigInt64Array | Uint32Array> = {};
  let offset = 0;
  for (const name of U64_COLUMNS) {
    columns[name] = new BigUint64Array(slab, offset, capacity);
    offset += capacity * WORD;
  }
  for (const name of I64_COLUMNS) {
    columns[name] = new BigInt64Array(slab, offset, capacity);
    offset += capacity * WORD;
  }
  for (const name of U32_COLUMNS) {
    columns[name] = new Uint32Array(slab, offset, capacity);
    offset += (capacity * WORD) / 2;
  }
  return { ...columns, slab, capacity } as unknown as SubnetColumns;
}

/** The same rows with room for `capacity` netuids. */
export function grownColumns(columns: SubnetColumns, capacity: number): SubnetColumns {
  const grown = createColumns(capacity);
  for (const name of U64_COLUMNS) grown[name].set(columns[name]);
  for (const name of I64_COLUMNS) grown[name].set(columns[name]);
  for (const name of U32_COLUMNS) grown[name].set(columns[name]);
  return grown;
}

/** Names of all columns by element type. */
export const COLUMN_NAMES = { u64: U64_COLUMNS, i64: I64_COLUMNS, u32: U32_COLUMNS } as const;
