// The memory layout that the WASM kernel and its TypeScript front share. Plain constants only: this file is compiled
// by both compilers.

// Scalars of one epoch, 64 bits each, in the block `PARAMETERS`.
export const BLOCK = 0;
export const LAST_MECHANISM_STEP_BLOCK = 1;
export const TEMPO = 2;
export const ACTIVITY_CUTOFF = 3;
export const KAPPA = 4;
export const BONDS_PENALTY = 5;
export const BONDS_MOVING_AVERAGE = 6;
export const YUMA3 = 7;
export const LIQUID_ALPHA = 8;
export const ALPHA_LOW = 9;
export const ALPHA_HIGH = 10;
export const ALPHA_SIGMOID_STEEPNESS = 11;
export const MAX_ALLOWED_VALIDATORS = 12;
export const STAKE_THRESHOLD = 13;
export const TAO_WEIGHT = 14;
export const COMMIT_REVEAL = 15;
/** -1 stands for "no owner". */
export const OWNER_UID = 16;
export const RAO_EMISSION = 17;
export const PARAMETER_COUNT = 18;

// Positions in the directory of pointers at the start of a subnet.
export const PARAMETERS = 0;
// Inputs per uid: u64, the permit u8.
export const ALPHA_STAKE = 1;
export const TAO_STAKE = 2;
export const LAST_UPDATE = 3;
export const BLOCK_AT_REGISTRATION = 4;
export const COMMIT_BLOCKS = 5;
export const VALIDATOR_PERMIT = 6;
// Outputs per uid. Raw columns are i64, proportions u16, flags u8, rao u64.
export const STAKE_WEIGHT_RAW = 7;
export const ACTIVE_STAKE_RAW = 8;
export const CONSENSUS_RAW = 9;
export const INCENTIVE_RAW = 10;
export const DIVIDENDS_RAW = 11;
export const VALIDATOR_TRUST_RAW = 12;
export const STAKE_WEIGHT = 13;
export const CONSENSUS = 14;
export const INCENTIVE = 15;
export const DIVIDENDS = 16;
export const VALIDATOR_TRUST = 17;
export const ACTIVE = 18;
export const NEW_VALIDATOR_PERMIT = 19;
export const SERVER_EMISSION = 20;
export const VALIDATOR_EMISSION = 21;
export const EMISSION = 22;
// Rows: u32 start and length per uid, u16 uids and values per entry.
export const WEIGHTS_START = 23;
export const WEIGHTS_LENGTH = 24;
export const WEIGHTS_UIDS = 25;
export const WEIGHTS_VALUES = 26;
export const BONDS_START = 27;
export const BONDS_LENGTH = 28;
export const BONDS_UIDS = 29;
export const BONDS_VALUES = 30;
export const NEW_BONDS_START = 31;
export const NEW_BONDS_LENGTH = 32;
export const NEW_BONDS_UIDS = 33;
export const NEW_BONDS_VALUES = 34;
export const POINTER_COUNT = 35;
