/** What the agents' calls cost them: an account book per agent that metrics of attacks read. */
import { balanceOf, type Call, type Netuid, type NetworkState } from "../../chain/index.ts";
import type { EconomyPlan } from "../../scenario/index.ts";
import { exitWealth } from "./wealth.ts";

/** The book of one agent, rao; all but `outlay` only grow. */
export interface Account {
  /** Fees of its calls. */
  fees: bigint;
  /** TAO that registrations of neurons and subnets took. */
  registrations: bigint;
  /**
   * What its calls lost it for good, at exit value: fees of calls and of trades, both ways, burns, payments to others. A call
   * that gains counts as 0. What a purchase moves the price by is not lost: the same alpha can be sold back at it.
   */
  spent: bigint;
}

/** The free TAO that a population's calls have taken out of its balances, less what they brought back. */
export interface Outlay {
  now: bigint;
  peak: bigint;
}

/** Plain data. */
export interface SavedSpending {
  readonly accounts: readonly Account[];
  readonly outlays: readonly (readonly [string, Outlay])[];
}

const REGISTRATIONS: ReadonlySet<string> = new Set([
  "burnedRegister",
  "register",
  "registerLimit",
  "registerNetwork",
  "registerNetworkWithIdentity",
]);
/** Calls about weights move no stake: only their fee counts, and nothing has to be valued. */
const WEIGHT_CALL = /weights/i;

export class Spending {
  readonly accounts: readonly Account[];
  readonly #plan: EconomyPlan;
  readonly #outlays: Map<string, Outlay>;

  constructor(plan: EconomyPlan, saved: SavedSpending | null) {
    this.#plan = plan;
    this.accounts = saved?.accounts ?? plan.agents.map(() => ({ fees: 0n, registrations: 0n, spent: 0n }));
    this.#outlays = new Map(saved?.outlays);
  }

  save(): SavedSpending {
    return { accounts: this.accounts, outlays: [...this.#outlays] };
  }

  /** Most free TAO that the calls of a population's members had taken out at one time, in sum, rao. */
  peakOutlay(population: string): bigint {
    return this.#outlays.get(population)?.peak ?? 0n;
  }

  /** Books one call. @param submit sends it and answers the fee that was paid, rao */
  book(state: NetworkState, agent: number, call: Call, submit: () => bigint): void {
    const account = this.accounts[agent]!;
    const { coldkey, population } = this.#plan.agents[agent]!;
    if (WEIGHT_CALL.test(call.call)) {
      const fee = submit();
      account.fees += fee;
      account.spent += fee;
      return;
    }
    const netuids = concerned(state, call);
    const free = balanceOf(state, coldkey);
    const before = exitWealth(state, [coldkey], netuids);
    account.fees += submit();
    const taken = free - balanceOf(state, coldkey);
    const lost = before - exitWealth(state, [coldkey], netuids);
    if (lost > 0n) account.spent += lost;
    if (REGISTRATIONS.has(call.call) && taken > 0n) account.registrations += taken;
    if (taken === 0n) return;
    const outlay = this.#outlays.get(population) ?? { now: 0n, peak: 0n };
    outlay.now += taken;
    if (outlay.now > outlay.peak) outlay.peak = outlay.now;
    this.#outlays.set(population, outlay);
  }
}

/** The subnets on which a call can change stakes: those that it names, all where it names none. */
function concerned(state: NetworkState, { args }: Call): readonly Netuid[] {
  const { netuid, originNetuid, destinationNetuid } = args as Readonly<Record<string, unknown>>;
  const named = [netuid, originNetuid, destinationNetuid].filter(
    (one): one is Netuid => typeof one === "number" && state.subnets.has(one),
  );
  return named.length > 0 ? [...new Set(named)] : state.netuids;
}
