/** What epochs have given neurons since the run began. */
import type { AccountId, Netuid, NetworkState } from "../../chain/index.ts";

/** Sums over the epochs in which the hotkey was registered; each epoch adds a share of its whole. */
export interface NeuronTotals {
  dividends: number;
  incentive: number;
  stake: number;
  /** Epochs in which it was registered. */
  epochs: number;
}

/** Of one subnet. */
interface SubnetTotals {
  epochs: number;
  readonly neurons: Map<AccountId, NeuronTotals>;
}

/** Plain data. */
export type SavedTotals = readonly (readonly [Netuid, SubnetTotals])[];

const NOTHING: NeuronTotals = { dividends: 0, incentive: 0, stake: 0, epochs: 0 };

const sumOf = (column: ArrayLike<number>, count: number): number => {
  let sum = 0;
  for (let uid = 0; uid < count; uid++) sum += column[uid] ?? 0;
  return sum;
};

export class EpochTotals {
  readonly #subnets: Map<Netuid, SubnetTotals>;

  constructor(saved: SavedTotals | null) {
    this.#subnets = new Map(saved);
  }

  save(): SavedTotals {
    return [...this.#subnets];
  }

  /** Adds the epoch that a subnet just ran. */
  add({ subnets }: NetworkState, netuid: Netuid): void {
    const subnet = subnets.get(netuid);
    if (subnet === undefined) return;
    const { neurons, mechanisms } = subnet;
    const { count, hotkeys, dividends, stakeWeight } = neurons;
    const incentive = mechanisms[0]?.incentive ?? new Uint16Array();
    const totals = this.#subnets.get(netuid) ?? { epochs: 0, neurons: new Map<AccountId, NeuronTotals>() };
    this.#subnets.set(netuid, totals);
    totals.epochs++;
    const sums = [dividends, incentive, stakeWeight].map((column) => sumOf(column, count) || 1) as [
      number,
      number,
      number,
    ];
    for (let uid = 0; uid < count; uid++) {
      const hotkey = hotkeys[uid]!;
      const own = totals.neurons.get(hotkey) ?? { ...NOTHING };
      own.dividends += (dividends[uid] ?? 0) / sums[0];
      own.incentive += (incentive[uid] ?? 0) / sums[1];
      own.stake += (stakeWeight[uid] ?? 0) / sums[2];
      own.epochs++;
      totals.neurons.set(hotkey, own);
    }
  }

  epochs(netuid: Netuid): number {
    return this.#subnets.get(netuid)?.epochs ?? 0;
  }

  of(netuid: Netuid, hotkey: AccountId): NeuronTotals {
    return this.#subnets.get(netuid)?.neurons.get(hotkey) ?? NOTHING;
  }

  /** Every hotkey that was registered in an epoch. */
  all(netuid: Netuid): readonly NeuronTotals[] {
    return [...(this.#subnets.get(netuid)?.neurons.values() ?? [])];
  }
}
