/**
 * The fields of the two parameter arrays that a device function reads by `this.constants.<name>`.
 */

/** Per network and validator row. */
export const VALIDATOR_FIELDS = {
  /** The row's uid: the column of its self-weight. */
  uid: 0,
  /** 1 when the row's weights count (permit, or owner). */
  permit: 1,
  /** 1 for the subnet owner, who may weigh itself. */
  owner: 2,
  /** Weights towards neurons whose registration has a higher rank than this are outdated. */
  limit: 3,
  /** Active stake as a ratio. */
  activeStake: 4,
  /** Active stake among those who have some, raw I32F32 divided by 4096, floored. */
  medianStakeHigh: 5,
  /** The remainder of that division. */
  medianStakeLow: 6,
  /** 1 when the row is stored after the epoch (new permit). */
  stores: 7,
  /** 1 when the weights were not sent in ascending order of uid. */
  unsorted: 8,
} as const;

/** Per network. */
export const NETWORK_FIELDS = {
  /** Kappa raw I32F32 divided by 4096, floored. */
  kappaHigh: 0,
  /** The remainder of that division. */
  kappaLow: 1,
  /** 1 minus the bonds penalty, as a ratio. */
  leniency: 2,
  /** Share of the new bond in the fixed moving average. */
  newShare: 3,
  /** Share of the old bond in the fixed moving average. */
  oldShare: 4,
  alphaLow: 5,
  alphaHigh: 6,
  /** Steepness of the liquid alpha sigmoid, stored / -100. */
  slope: 7,
} as const;

export const VALIDATOR_FIELD_COUNT = Object.keys(VALIDATOR_FIELDS).length;
export const NETWORK_FIELD_COUNT = Object.keys(NETWORK_FIELDS).length;
