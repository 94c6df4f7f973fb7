// The columns of the subnets, mirrored from kernels/exact/economy.ts: u64 and i64 words first, then u32.

export const TAO: usize = 0;
export const ALPHA_IN: usize = 1;
export const ALPHA_OUT: usize = 2;
export const QUOTE_WEIGHT: usize = 3;
export const ACCOUNT: usize = 4;
export const PENDING_SERVER: usize = 5;
export const PENDING_VALIDATOR: usize = 6;
export const PENDING_ROOT: usize = 7;
export const PENDING_OWNER_CUT: usize = 8;
export const TAO_IN_EMISSION: usize = 9;
export const ALPHA_IN_EMISSION: usize = 10;
export const ALPHA_OUT_EMISSION: usize = 11;
export const EXCESS_TAO: usize = 12;
export const ROOT_SELL_TAO: usize = 13;
export const PROTOCOL_ALPHA: usize = 14;
export const BURN: usize = 15;
export const MIN_BURN: usize = 16;
export const MAX_BURN: usize = 17;
export const MINER_BURNED: usize = 18;
export const ROOT_PROPORTION: usize = 19;
export const VOLUME_LOW: usize = 20;
export const VOLUME_HIGH: usize = 21;
export const ALPHA_RECYCLED: usize = 23;
export const EMA_PRICE_HALVING_BLOCKS: usize = 24;
export const MOVING_PRICE: usize = 25;
export const PROTOCOL_FLOW: usize = 27;
export const CLAIMABLE_ALPHA: usize = 28;
/** Number of columns of 64 bits. */
export const WORDS: usize = 29;

export const EXISTS: usize = 0;
export const MECHANISM: usize = 1;
export const POOL_INITIALISED: usize = 2;
export const FIRST_EMISSION_BLOCK: usize = 4;
export const SUBTOKEN_ENABLED: usize = 5;
export const REGISTRATION_ALLOWED: usize = 6;
export const EMISSION_ENABLED: usize = 7;
export const OWNER_CUT_ENABLED: usize = 8;
/** Number of columns of 32 bits. */
export const HALF_WORDS: usize = 16;

/** In FIRST_EMISSION_BLOCK: not started. */
export const NOT_STARTED: u32 = 0xffffffff;
