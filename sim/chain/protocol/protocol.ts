/**
 * A protocol is a named set of chain rules: constants, the parameters of a new network, and the rules that versions
 * of the chain exchange. Another protocol spreads `SUBTENSOR_425` and replaces single values or rules.
 */
import { sharesByMovingPrice, type ShareRule } from "../coinbase/shares.ts";
import type { GlobalParameters, SubnetParameters } from "../state/parameters.ts";
import { CONSTANTS_425, type Constants } from "./constants.ts";
import { globalDefaults, newSubnetParameters } from "./defaults.ts";

export interface Rules {
  /** How the TAO of a block is shared among subnets. */
  readonly shares: ShareRule;
}

export interface Protocol {
  /** As a scenario names it. */
  readonly name: string;
  readonly constants: Constants;
  readonly rules: Rules;
  /** Global parameters of a new network. */
  globalParameters(): GlobalParameters;
  /** Parameters of a newly registered subnet. */
  newSubnetParameters(): SubnetParameters;
  /** What the first subnet costs, and the start of the lock cost, rao. */
  readonly firstLockCost: bigint;
  /** Tempo of a newly registered subnet, blocks. */
  readonly newSubnetTempo: number;
}

/** Runtime 425 with its compiled defaults: a fresh chain. */
export const SUBTENSOR_425: Protocol = {
  name: "subtensor-425",
  constants: CONSTANTS_425,
  rules: { shares: sharesByMovingPrice },
  globalParameters: globalDefaults,
  newSubnetParameters,
  firstLockCost: 1_000_000_000_000n,
  newSubnetTempo: 360,
};
