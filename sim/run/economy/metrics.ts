/** The numbers that a scenario's metrics are made of. */
import { balanceOf, ROOT, type AccountId } from "../../chain/index.ts";
import { priceNumber } from "../../agents/index.ts";
import { coldkeyAlpha, hotkeyAlpha } from "../../chain/staking/stake.ts";
import { hotkeyConviction } from "../../chain/locks/conviction.ts";
import { halvingsAt, mintable } from "../../chain/coinbase/issuance.ts";
import { curveBlocks } from "../../chain/coinbase/supplyCurve.ts";
import { InputError } from "../../errors.ts";
import {
  evaluateNumber,
  type Metric,
  type MetricFunction,
  type Scope,
  type Value,
} from "../../scenario/index.ts";
import { coalition, effectiveNumber, gini, largestShare, percentile, topShare } from "./concentration.ts";
import type { EconomySimulation } from "./simulation.ts";
import { exitWealth, stakeValues, wealthOf } from "./wealth.ts";

const RAO = 1e9;
const TWO_32 = 4_294_967_296;
const TWO_64 = 18_446_744_073_709_551_616;
const BLOCKS_PER_DAY = 7_200;
const U16 = 65_535;
/** Take of a hotkey without entry (spec/staking.md 9). */
const DEFAULT_TAKE = 11_796;

const tao = (rao: bigint): number => Number(rao) / RAO;

/** The state of a simulation at one block, as metrics see it. */
export class MetricScope implements Scope {
  readonly variables: Scope["variables"];
  readonly functions: Scope["functions"];
  readonly #simulation: EconomySimulation;
  #stakes: Map<AccountId, bigint> | null = null;

  constructor(simulation: EconomySimulation) {
    this.#simulation = simulation;
    const { block, plan } = simulation;
    this.variables = { block, days: (block - plan.startBlock) / BLOCKS_PER_DAY };
    this.functions = this.#functions();
  }

  /** @throws InputError when the metric asks for something that there is not */
  value({ name, text, expression }: Metric): number {
    try {
      return evaluateNumber(expression, this);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      throw new InputError(`metric ${name} (${text}) at block ${this.#simulation.block}: ${error.message}`);
    }
  }

  /** Worth of stakes by coldkey, rao; computed once per sample. */
  get stakes(): Map<AccountId, bigint> {
    this.#stakes ??= stakeValues(this.#simulation.chain.state);
    return this.#stakes;
  }

  #functions(): Readonly<Record<MetricFunction, (...args: readonly Value[]) => number>> {
    const simulation = this.#simulation;
    const { spending, totals } = simulation;
    const { state } = simulation.chain;
    const { columns } = state;
    const cell = (column: BigUint64Array) => (value: Value | undefined) => tao(column[netuid(value)] ?? 0n);
    const sum = (population: Value | undefined, part: (agent: number) => number): number =>
      this.#agentsOf(population).reduce((total, agent) => total + part(agent), 0);
    const wealth = (agent: number): number =>
      tao(wealthOf(state, this.stakes, simulation.plan.agents[agent]!.coldkey));
    const neuronShare =
      (values: (netuid: number) => Uint16Array) =>
      (population: Value | undefined, where: Value | undefined): number => {
        const subnet = state.subnets.get(netuid(where));
        if (subnet === undefined) return 0;
        const column = values(subnet.netuid);
        let all = 0;
        for (let uid = 0; uid < subnet.neurons.count; uid++) all += column[uid] ?? 0;
        const own = sum(population, (agent) =>
          simulation.plan.agents[agent]!.hotkeys.reduce(
            (total, hotkey) => total + (column[subnet.neurons.uidOf.get(hotkey) ?? -1] ?? 0),
            0,
          ),
        );
        return all === 0 ? 0 : own / all;
      };
    const neurons = (where: number) => state.subnets.get(where)!.neurons;
    return {
      price: (where) => (state.subnets.has(netuid(where)) ? priceNumber(state, netuid(where)) : 0),
      moving_price: (where) => Number(columns.movingPrice[netuid(where)] ?? 0n) / TWO_32,
      tao_reserve: cell(columns.tao),
      alpha_reserve: cell(columns.alphaIn),
      alpha_out: cell(columns.alphaOut),
      emission: cell(columns.taoInEmission),
      burn: cell(columns.burn),
      neurons: (where) => state.subnets.get(netuid(where))?.neurons.count ?? 0,
      subnet_count: () => state.netuids.length - 1,
      exists: (where) => Number(state.subnets.has(netuid(where))),
      root_proportion: (where) => Number(columns.rootProportion[netuid(where)] ?? 0n) / TWO_32,
      issuance: () => tao(state.totalIssuance),
      root_stake: () => tao(columns.tao[ROOT] ?? 0n),
      total_price: () =>
        state.netuids.reduce(
          (total, where) => (where === ROOT ? total : total + priceNumber(state, where)),
          0,
        ),
      block_emission: () => tao(mintable(state.totalIssuance, state.balancesIssuance)),
      halvings: () => halvingsAt(state.totalIssuance),
      curve_blocks: () => Number(curveBlocks(state.totalIssuance)),
      agents: (population) => this.#agentsOf(population).length,
      balance: (population) =>
        sum(population, (agent) => tao(balanceOf(state, simulation.plan.agents[agent]!.coldkey))),
      stake: (population) =>
        sum(population, (agent) => tao(this.stakes.get(simulation.plan.agents[agent]!.coldkey) ?? 0n)),
      wealth: (population) => sum(population, wealth),
      gain: (population) =>
        sum(
          population,
          (agent) => wealth(agent) - tao(simulation.agents.memories[agent]!.given) - this.#initial(agent),
        ),
      incentive: neuronShare((where) => state.subnets.get(where)!.mechanisms[0]!.incentive),
      dividends: neuronShare((where) => neurons(where).dividends),
      stake_share: neuronShare((where) => neurons(where).stakeWeight),
      exit_wealth: (...populations) =>
        tao(
          exitWealth(
            state,
            populations.flatMap((one) => this.#coldkeys(one)),
          ),
        ),
      exit_wealth_alone: (...populations) =>
        sumAll(
          populations.flatMap((one) => this.#coldkeys(one)),
          (coldkey) => tao(exitWealth(state, [coldkey])),
        ),
      initial_stake: (population) => sumAll(this.#allOf(population), (agent) => this.#initial(agent)),
      spent: (population) => sumAll(this.#allOf(population), (agent) => tao(spending.accounts[agent]!.spent)),
      fees: (population) => sumAll(this.#allOf(population), (agent) => tao(spending.accounts[agent]!.fees)),
      registration_cost: (population) =>
        sumAll(this.#allOf(population), (agent) => tao(spending.accounts[agent]!.registrations)),
      peak_outlay: (population) => {
        this.#allOf(population);
        return tao(spending.peakOutlay(String(population)));
      },
      alpha: (population, where) =>
        sum(population, (agent) =>
          tao(coldkeyAlpha(state, simulation.plan.agents[agent]!.coldkey, netuid(where))),
        ),
      take: (population) => {
        const takes = this.#hotkeys(population).map(
          (hotkey) => state.hotkeys.get(hotkey)?.take ?? DEFAULT_TAKE,
        );
        return takes.length === 0 ? 0 : sumAll(takes, (take) => take / U16) / takes.length;
      },
      registered: (population, where) => this.#uids(population, where).length,
      permits: (population, where) =>
        this.#uids(population, where).filter((uid) => neurons(netuid(where)).validatorPermit[uid] === 1)
          .length,
      conviction: (population, where) => {
        const subnet = state.subnets.get(netuid(where));
        if (subnet === undefined) return 0;
        return sumAll(
          this.#hotkeys(population),
          (hotkey) => Number(hotkeyConviction(state, subnet, hotkey)) / TWO_64 / RAO,
        );
      },
      owned: (population) => {
        const members = new Set(this.#coldkeys(population));
        return state.netuids.filter((where) => {
          const owner = state.subnets.get(where)?.owner ?? null;
          return where !== ROOT && owner !== null && members.has(owner);
        }).length;
      },
      hotkey_stake: (population, where) =>
        sumAll(this.#hotkeys(population), (hotkey) => tao(hotkeyAlpha(state, hotkey, netuid(where)))),
      stake_concentration: (population, where) => {
        const stakes = this.#hotkeys(population).map((hotkey) =>
          tao(hotkeyAlpha(state, hotkey, netuid(where))),
        );
        const all = sumAll(stakes, (stake) => stake);
        return all === 0 ? 0 : sumAll(stakes, (stake) => (stake / all) * (stake / all));
      },
      trust: (population, where) => {
        const uids = this.#uids(population, where);
        const total = sumAll(uids, (uid) => (neurons(netuid(where)).validatorTrust[uid] ?? 0) / U16);
        return uids.length === 0 ? 0 : total / uids.length;
      },
      consensus: neuronShare((where) => neurons(where).consensus),
      mean_incentive: this.#meanOf("incentive"),
      mean_dividends: this.#meanOf("dividends"),
      mean_stake_share: this.#meanOf("stake"),
      mean_registered: this.#meanOf("epochs"),
      dividend_rate: (population, where) => {
        const rates = totals
          .all(netuid(where))
          .flatMap(({ dividends, stake }) => (dividends > 0 && stake > 0 ? [dividends / stake] : []));
        const own = this.#hotkeys(population).map((hotkey) => totals.of(netuid(where), hotkey));
        const stake = sumAll(own, (one) => one.stake);
        return stake === 0 || rates.length === 0
          ? 0
          : sumAll(own, (one) => one.dividends) / stake / median(rates);
      },
      flow_ema: (where) => Number(state.subnets.get(netuid(where))?.flowEma.user ?? 0n) / TWO_64 / RAO,
      emission_share: (where) => {
        const all = this.#emissions().reduce((total, one) => total + one, 0n);
        return all === 0n ? 0 : Number(this.#paid(netuid(where))) / Number(all);
      },
      top_emission: (count) => largestShare(this.#emissions().map(tao), whole(count)),
      emission_rank: (part) => coalition(this.#emissions().map(tao), positive(part)),
      effective_subnets: () => effectiveNumber(this.#emissions().map(tao)),
      chain_buy: cell(columns.excessTao),
      protocol_alpha: cell(columns.protocolAlpha),
      gini: (population) => gini(this.#agentsOf(population).map(wealth)),
      stake_gini: (where, cap) => gini(this.#capped(where, cap).map(({ alpha }) => alpha)),
      coalition: (where, part, cap) =>
        coalition(
          this.#capped(where, cap).map(({ alpha }) => alpha),
          positive(part),
        ),
      capped_share: (population, where, cap) => {
        const members = new Set(this.#coldkeys(population));
        const all = this.#capped(where, cap);
        const own = all.filter(({ coldkey }) => members.has(coldkey));
        return sumAll(own, ({ alpha }) => alpha) / (sumAll(all, ({ alpha }) => alpha) || 1);
      },
      holders: (where) => this.#capped(where, 1).length,
      top_share: (part) => topShare([...this.stakes.values()].map(tao), positive(part)),
      calls: (population) =>
        sumAll(this.#allOf(population), (agent) => simulation.agents.memories[agent]!.succeeded),
      failures: (population) =>
        sumAll(this.#allOf(population), (agent) => simulation.agents.memories[agent]!.failed),
    };
  }

  /** Stakes that the scenario gave the agent at the beginning, at the prices of the beginning. */
  #initial(agent: number): number {
    return this.#simulation.initialStakeValue(agent);
  }

  /**
   * Alpha of all who hold some on a subnet (TAO on root), each at most what a part of them does not exceed.
   * @param cap 0 to 1; 1 = no cap
   */
  #capped(where: Value | undefined, cap: Value | undefined): { coldkey: AccountId; alpha: number }[] {
    const held = [...this.stakes.keys()].flatMap((coldkey) => {
      const alpha = tao(coldkeyAlpha(this.#simulation.chain.state, coldkey, netuid(where)));
      return alpha > 0 ? [{ coldkey, alpha }] : [];
    });
    const most = percentile(
      held.map(({ alpha }) => alpha),
      positive(cap),
    );
    return held.map(({ coldkey, alpha }) => ({ coldkey, alpha: Math.min(alpha, most) }));
  }

  /** TAO of the last block that went to a subnet, liquidity and chain buys together, rao. */
  #paid(where: number): bigint {
    const { taoInEmission, excessTao } = this.#simulation.chain.state.columns;
    return (taoInEmission[where] ?? 0n) + (excessTao[where] ?? 0n);
  }

  /** The same of every subnet but root. */
  #emissions(): bigint[] {
    return this.#simulation.chain.state.netuids.flatMap((where) =>
      where === ROOT ? [] : [this.#paid(where)],
    );
  }

  /** Mean over the epochs of a subnet of what its members got, as parts of each epoch's whole. */
  #meanOf(
    part: "incentive" | "dividends" | "stake" | "epochs",
  ): (population: Value | undefined, where: Value | undefined) => number {
    const { totals } = this.#simulation;
    return (population, where) => {
      const epochs = totals.epochs(netuid(where));
      const own = sumAll(this.#hotkeys(population), (hotkey) => totals.of(netuid(where), hotkey)[part]);
      return epochs === 0 ? 0 : own / epochs;
    };
  }

  #coldkeys(population: Value | undefined): AccountId[] {
    return this.#agentsOf(population).map((agent) => this.#simulation.plan.agents[agent]!.coldkey);
  }

  #hotkeys(population: Value | undefined): AccountId[] {
    return this.#agentsOf(population).flatMap((agent) => this.#simulation.plan.agents[agent]!.hotkeys);
  }

  #uids(population: Value | undefined, where: Value | undefined): number[] {
    const subnet = this.#simulation.chain.state.subnets.get(netuid(where));
    return this.#hotkeys(population).flatMap((hotkey) => subnet?.neurons.uidOf.get(hotkey) ?? []);
  }

  #allOf(population: Value | undefined): number[] {
    const { plan } = this.#simulation;
    const agents = plan.agents.flatMap((agent, index) =>
      agent.population === population || agent.name === population ? [index] : [],
    );
    if (agents.length === 0 && !plan.populations.some((name) => name === population))
      throw new Error(
        `there is no population ${JSON.stringify(population)}; there are ${plan.populations.join(", ")}`,
      );
    return agents;
  }

  #agentsOf(population: Value | undefined): number[] {
    return this.#allOf(population).filter((agent) => this.#simulation.agents.memories[agent]!.present);
  }
}

const sumAll = <T>(list: readonly T[], part: (one: T) => number): number =>
  list.reduce((total, one) => total + part(one), 0);

/** The middle value; the mean of the two middle ones of an even number. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}

function netuid(value: Value | undefined): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0 || value > 65_535)
    throw new Error(`${JSON.stringify(value)} is no netuid`);
  return value;
}

function whole(value: Value | undefined): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1)
    throw new Error(`${JSON.stringify(value)} is no whole number from 1 on`);
  return value;
}

function positive(value: Value | undefined): number {
  if (typeof value !== "number" || !(value > 0 && value <= 1))
    throw new Error(`${JSON.stringify(value)} is no part between 0 and 1`);
  return value;
}
