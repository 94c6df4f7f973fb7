/** The agents of a run: what they remember, who they know, what their miners answer. */
import {
  ChainView,
  type Acquaintance,
  type CallOutcome,
  type Decision,
  type PendingCall,
  type Service,
  type Strategy,
  type StrategyRegistry,
} from "../../agents/index.ts";
import type { AccountId, Netuid, NetworkState } from "../../chain/index.ts";
import type { Streams } from "../../engine/streams.ts";
import { InputError } from "../../errors.ts";
import type { AgentPlan } from "../../scenario/index.ts";

/** What a checkpoint keeps of an agent. */
export interface AgentMemory {
  state: object;
  outcomes: CallOutcome[];
  /** Does nothing before this block. */
  suspendedUntil: number;
  present: boolean;
  /** Calls so far. */
  succeeded: number;
  failed: number;
  /** Rao that came from outside since the beginning, its first balance included. */
  given: bigint;
}

/** Saved agents: one memory each, and all services. */
export interface SavedAgents {
  readonly memories: readonly AgentMemory[];
  readonly services: readonly (readonly [Netuid, readonly (readonly [AccountId, number])[]])[];
}

export class Agents {
  readonly plans: readonly AgentPlan[];
  readonly memories: AgentMemory[];
  readonly #strategies: readonly Strategy[];
  readonly #streams: Streams;
  readonly #services: Map<Netuid, Map<AccountId, number>>;
  readonly #members = new Map<string, readonly Acquaintance[]>();
  readonly #identities: readonly Acquaintance[];

  constructor(
    plans: readonly AgentPlan[],
    registry: StrategyRegistry,
    streams: Streams,
    saved: SavedAgents | null,
  ) {
    this.plans = plans;
    this.#streams = streams;
    this.#strategies = plans.map(({ role, strategy }) => {
      const found = registry.find(role, strategy);
      if (found === undefined)
        throw new InputError(`strategy ${strategy} of a ${role} is not known; is its module still there?`);
      return found;
    });
    this.#identities = plans.map(({ name, coldkey, hotkeys }) =>
      Object.freeze({ name, coldkey, hotkeys: Object.freeze([...hotkeys]) }),
    );
    this.memories =
      saved === null
        ? plans.map((plan, agent) => ({
            state: this.#strategies[agent]!.begin(
              streams.stream(plan.name, "decisions"),
              plan.parameters as never,
            ),
            outcomes: [],
            suspendedUntil: 0,
            present: plan.arrivesAt === 0,
            succeeded: 0,
            failed: 0,
            given: 0n,
          }))
        : [...saved.memories];
    this.#services = new Map(saved?.services.map(([netuid, entries]) => [netuid, new Map(entries)]));
  }

  save(): SavedAgents {
    return {
      memories: this.memories,
      services: [...this.#services].map(([netuid, qualities]) => [netuid, [...qualities]] as const),
    };
  }

  /** Lets an agent look and decide. */
  wake(agent: number, state: NetworkState, pending: readonly PendingCall[] | null): Decision<object> {
    const plan = this.plans[agent]!;
    const memory = this.memories[agent]!;
    const strategy = this.#strategies[agent]!;
    const { name, population, index, subnets } = plan;
    const { coldkey, hotkeys } = this.#identities[agent]!;
    const view = new ChainView({
      state,
      agent: Object.freeze({ name, population, index, coldkey, hotkeys, subnets }),
      outcomes: Object.freeze(memory.outcomes),
      pending,
      qualityOf: (netuid, hotkey) => this.#services.get(netuid)?.get(hotkey) ?? 0,
      members: (wanted) => (plan.knows.includes(wanted) ? this.members(wanted) : undefined),
    });
    const random = this.#streams.stream(name, "decisions");
    const decision = strategy.wake(view, random, memory.state, plan.parameters);
    this.#check(agent, decision, view.block);
    memory.state = decision.state;
    memory.outcomes = [];
    for (const service of decision.services ?? []) this.#serve(agent, service);
    return decision;
  }

  /** A draw that decides when the agent's calls of this block arrive; its own stream, so that nobody shifts it. */
  arrivalDraw(agent: number): number {
    return this.#streams.stream(this.plans[agent]!.name, "arrival").uint32();
  }

  /** The members of a population who are there. */
  members(population: string): readonly Acquaintance[] {
    let members = this.#members.get(population);
    if (members === undefined) {
      members = Object.freeze(
        this.plans.flatMap((plan, agent) =>
          plan.population === population && this.memories[agent]!.present ? [this.#identities[agent]!] : [],
        ),
      );
      this.#members.set(population, members);
    }
    return members;
  }

  setPresent(agent: number, present: boolean): void {
    const { population, hotkeys } = this.plans[agent]!;
    this.memories[agent]!.present = present;
    this.#members.delete(population);
    if (!present)
      for (const qualities of this.#services.values()) for (const hotkey of hotkeys) qualities.delete(hotkey);
  }

  #serve(agent: number, { netuid, hotkey, quality }: Service): void {
    const { name, hotkeys } = this.plans[agent]!;
    if (!hotkeys.includes(hotkey) || !(quality >= 0) || !Number.isFinite(quality))
      throw this.#misbehaved(name, `serves quality ${quality} with hotkey ${hotkey}`);
    let qualities = this.#services.get(netuid);
    if (qualities === undefined) this.#services.set(netuid, (qualities = new Map()));
    if (quality === 0) qualities.delete(hotkey);
    else qualities.set(hotkey, quality);
  }

  #check(agent: number, decision: Decision<object>, block: number): void {
    const { name, coldkey, hotkeys, searcher } = this.plans[agent]!;
    const { submissions, nextWake, state } = decision;
    if (nextWake !== null && !(Number.isSafeInteger(nextWake) && nextWake > block))
      throw this.#misbehaved(name, `wants to wake in block ${nextWake}, which is not behind block ${block}`);
    if (typeof state !== "object" || state === null) throw this.#misbehaved(name, "remembers no object");
    for (const { call, place } of submissions) {
      const signer = call.origin === "root" ? null : call.origin.signed;
      if (signer === null || (signer !== coldkey && !hotkeys.includes(signer)))
        throw this.#misbehaved(name, `signs ${call.call} with a key that is not its own`);
      if (place !== undefined && !searcher)
        throw this.#misbehaved(name, "chooses a place in the block; say searcher: true in its population");
    }
  }

  #misbehaved(name: string, what: string): InputError {
    return new InputError(`agent ${name}: its strategy ${what}`);
  }
}
