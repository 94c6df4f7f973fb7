/** Writes what happens to an economy into the tables of its trace. */
import { balanceOf, CALL_NAMES, type AccountId } from "../../chain/index.ts";
import type { KernelEpoch } from "../../chain/epoch/runEpoch.ts";
import { CHAIN_ERRORS } from "../../chain/errors.ts";
import { stakeOf } from "../../chain/staking/stake.ts";
import type { EconomyPlan, EconomyScenario } from "../../scenario/index.ts";
import {
  ECONOMY_TABLES,
  MATRIX_TABLES,
  NEURON_TABLES,
  NO_NETUID,
  type RowValues,
  type TableSchema,
  type TraceWriter,
} from "../../trace/index.ts";
import { MetricScope } from "./metrics.ts";
import { bondRows, neuronRows, subnetRow, type TableRows, weightRows } from "../trace-rows.ts";
import { EVENT_KINDS, type CallRecord, type EventRecord, type Recorder } from "./recorder.ts";
import { blocksRow, emissionRow, poolRow } from "./samples.ts";
import type { EconomySimulation } from "./simulation.ts";

const NOBODY = "none";
const OUTSIDE = "outside";
const U64_MAX = 0xffff_ffff_ffff_ffffn;

/** The tables that the trace of a scenario has. */
export function tablesOf({ plans }: EconomyScenario): readonly TableSchema[] {
  const traced = plans.filter(({ sampling }) => sampling.neurons.length > 0);
  return [
    ...ECONOMY_TABLES,
    ...(traced.length > 0 ? NEURON_TABLES : []),
    ...(traced.some(({ sampling }) => sampling.bonds) ? MATRIX_TABLES : []),
  ];
}

/** Every text that the tables of a scenario can hold. */
export function economyLabels({ plans }: EconomyScenario): Record<string, readonly string[]> {
  const names = [NOBODY, OUTSIDE, ...new Set(plans.flatMap(({ agents }) => agents.map(({ name }) => name)))];
  return {
    comparison: plans.map(({ comparison }) => comparison),
    agent: names,
    hotkey: names,
    population: [...new Set(plans.flatMap(({ populations }) => populations))],
    call: [...CALL_NAMES].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
    error: [NOBODY, "Payment", ...CHAIN_ERRORS],
    event: EVENT_KINDS,
    metric: [...new Set(plans.flatMap(({ metrics }) => metrics.map(({ name }) => name)))],
  };
}

const positions = (texts: readonly string[]): ReadonlyMap<string, number> =>
  new Map(texts.map((text, position) => [text, position]));

/** Records one comparison. */
export class Tracer implements Recorder {
  readonly #trace: TraceWriter;
  readonly #plan: EconomyPlan;
  readonly #comparison: number;
  readonly #labels: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Agent by account, coldkeys and hotkeys. */
  readonly #agentOf = new Map<AccountId, string>();
  #simulation: EconomySimulation | null = null;

  constructor(trace: TraceWriter, scenario: EconomyScenario, comparison: number) {
    this.#trace = trace;
    this.#comparison = comparison;
    this.#plan = scenario.plans[comparison]!;
    this.#labels = new Map(
      Object.entries(economyLabels(scenario)).map(([column, texts]) => [column, positions(texts)]),
    );
    for (const { name, coldkey, hotkeys } of this.#plan.agents)
      for (const account of [coldkey, ...hotkeys]) this.#agentOf.set(account, name);
  }

  /** The simulation that is sampled. */
  watch(simulation: EconomySimulation): void {
    this.#simulation = simulation;
  }

  call({ block, agent, call, netuid, error, included, fee }: CallRecord): void {
    if (!this.#plan.sampling.calls) return;
    this.#append("calls", block, {
      agent: this.#label("agent", this.#plan.agents[agent]!.name),
      call: this.#label("call", call),
      netuid: netuid ?? NO_NETUID,
      ok: error === null ? 1 : 0,
      included: included ? 1 : 0,
      error: this.#label("error", error ?? NOBODY),
      fee,
    });
  }

  event({ block, kind, netuid, account, amount }: EventRecord): void {
    if (!this.#plan.sampling.events) return;
    this.#append("events", block, {
      event: this.#label("event", kind),
      netuid: netuid ?? NO_NETUID,
      agent: this.#label("agent", account === null ? NOBODY : this.#nameOf(account)),
      amount: amount > U64_MAX ? U64_MAX : amount,
    });
  }

  /** Subnets of several mechanisms show their first. */
  epoch(block: number, { netuid, mechanism, input, output }: KernelEpoch): void {
    const { neurons, bonds } = this.#plan.sampling;
    if (mechanism > 0 || (neurons !== "all" && !neurons.includes(netuid))) return;
    const simulation = this.#watched();
    const names = simulation.chain.state.subnets.get(netuid)!.neurons.hotkeys;
    const hotkeys = Int32Array.from({ length: input.n }, (_, uid) =>
      this.#label("hotkey", this.#nameOf(names[uid]!)),
    );
    const epoch = simulation.ledger.nextEpoch(netuid);
    const keys = { comparison: this.#comparison, epoch, block: BigInt(block), netuid };
    const append = (table: string, { rows, values }: TableRows): void =>
      this.#trace.append(table, rows, values);
    append("subnets", subnetRow(keys, input, output));
    append(
      "neurons",
      neuronRows(hotkeys, () => ({ keys, stakes: input, output })),
    );
    if (!bonds) return;
    append("bonds", bondRows(keys, output));
    append("weights", weightRows(keys, input.weights));
  }

  sample(block: number): void {
    const simulation = this.#watched();
    const { sampling, startBlock } = this.#plan;
    const scope = new MetricScope(simulation);
    const due = (every: number | null): boolean =>
      every !== null && (block === simulation.end || (block - startBlock) % every === 0);
    if (due(sampling.blocks)) this.#sampleBlocks(block, simulation);
    if (due(sampling.pools)) this.#samplePools(block, simulation);
    if (due(sampling.accounts)) this.#sampleAccounts(block, simulation, scope);
    if (due(sampling.stakes)) this.#sampleStakes(block, simulation);
    if (due(sampling.metrics))
      for (const metric of this.#plan.metrics)
        this.#append("metrics", block, {
          metric: this.#label("metric", metric.name),
          value: scope.value(metric),
        });
  }

  #watched(): EconomySimulation {
    if (this.#simulation === null) throw new Error("a record before the simulation is known");
    return this.#simulation;
  }

  /** Sums begin anew after a row, so each table has its own. */
  #sampleBlocks(block: number, simulation: EconomySimulation): void {
    this.#append("blocks", block, blocksRow(simulation, simulation.ledger.takeNetwork()));
  }

  #samplePools(block: number, { chain, ledger, plan }: EconomySimulation): void {
    const { state } = chain;
    for (const netuid of state.netuids) this.#append("pools", block, poolRow(state, netuid));
    const every = plan.sampling.pools ?? 0;
    // Nothing was emitted before the first block.
    if (block === plan.startBlock) return;
    const past = (block - plan.startBlock) % every;
    for (const [netuid, sums] of ledger.takeSubnets(state))
      this.#append("emission", block, emissionRow(netuid, past === 0 ? every : past, sums));
  }

  #sampleAccounts(block: number, { chain, agents, plan }: EconomySimulation, scope: MetricScope): void {
    plan.agents.forEach(({ name, population, coldkey }, agent) => {
      const memory = agents.memories[agent]!;
      if (!memory.present) return;
      this.#append("accounts", block, {
        agent: this.#label("agent", name),
        population: this.#label("population", population),
        balance: balanceOf(chain.state, coldkey),
        stake_value: scope.stakes.get(coldkey) ?? 0n,
        given: memory.given,
      });
    });
  }

  #sampleStakes(block: number, { chain, plan }: EconomySimulation): void {
    const { state } = chain;
    for (const { name, coldkey } of plan.agents)
      for (const hotkey of state.stakingHotkeys.get(coldkey) ?? [])
        for (const netuid of state.netuids) {
          const alpha = stakeOf(state, hotkey, coldkey, netuid);
          if (alpha === 0n) continue;
          this.#append("stakes", block, {
            netuid,
            hotkey: this.#label("hotkey", this.#nameOf(hotkey)),
            agent: this.#label("agent", name),
            alpha,
          });
        }
  }

  #nameOf(account: AccountId): string {
    return this.#agentOf.get(account) ?? OUTSIDE;
  }

  #label(column: string, text: string): number {
    const position = this.#labels.get(column)?.get(text);
    if (position === undefined) throw new Error(`no label ${text} in column ${column}`);
    return position;
  }

  #append(table: string, block: number, values: RowValues): void {
    this.#trace.append(table, 1, { comparison: this.#comparison, block: BigInt(block), ...values });
  }
}
