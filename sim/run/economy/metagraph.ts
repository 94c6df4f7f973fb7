import type { SubnetView } from "../../agents/index.ts";
import type { AccountId, Netuid } from "../../chain/index.ts";

/** The neurons of a subnet at one block; every list is indexed by uid. */
export interface Metagraph {
  readonly netuid: Netuid;
  readonly block: number;
  readonly n: number;
  readonly hotkeys: readonly AccountId[];
  readonly coldkeys: readonly (AccountId | null)[];
  /** Rao of alpha, and of TAO on root. */
  readonly alphaStake: readonly bigint[];
  readonly taoStake: readonly bigint[];
  /** Ratios. */
  readonly stakeWeight: readonly number[];
  readonly consensus: readonly number[];
  readonly incentive: readonly number[];
  readonly dividends: readonly number[];
  readonly validatorTrust: readonly number[];
  /** Rao of alpha in the last epoch. */
  readonly emission: readonly bigint[];
  readonly validatorPermit: readonly boolean[];
  readonly active: readonly boolean[];
  /** Blocks. */
  readonly lastUpdate: readonly number[];
  readonly registeredAt: readonly number[];
}

/** Copies a subnet's neurons. */
export function metagraphOf(subnet: SubnetView, block: number): Metagraph {
  const column = <T>(of: (uid: number) => T): T[] =>
    Array.from({ length: subnet.count }, (_, uid) => of(uid));
  return {
    netuid: subnet.netuid,
    block,
    n: subnet.count,
    hotkeys: column((uid) => subnet.hotkey(uid) ?? 0),
    coldkeys: column((uid) => subnet.coldkey(uid) ?? null),
    alphaStake: column((uid) => subnet.alphaStake(uid)),
    taoStake: column((uid) => subnet.taoStake(uid)),
    stakeWeight: column((uid) => subnet.stakeWeight(uid)),
    consensus: column((uid) => subnet.consensus(uid)),
    incentive: column((uid) => subnet.incentive(uid)),
    dividends: column((uid) => subnet.dividends(uid)),
    validatorTrust: column((uid) => subnet.validatorTrust(uid)),
    emission: column((uid) => subnet.emission(uid)),
    validatorPermit: column((uid) => subnet.validatorPermit(uid)),
    active: column((uid) => subnet.active(uid)),
    lastUpdate: column((uid) => subnet.lastUpdate(uid)),
    registeredAt: column((uid) => subnet.neuronRegisteredAt(uid)),
  };
}
