/** A network with its agents, moved block by block. */
import { VariantKernel } from "../../../kernels/variants/subnet/kernel.ts";
import type { VariantMemory } from "../../../kernels/variants/subnet/memory.ts";
import type { PendingCall, StrategyRegistry } from "../../agents/index.ts";
import { createChain, type Call, type Chain, type Netuid, type NetworkState } from "../../chain/index.ts";
import { transferTao } from "../../chain/accounts/accounts.ts";
import { executionOrder } from "../../chain/calls/queue.ts";
import { submit, type Submission, USUAL_LENGTH } from "../../chain/fees/submit.ts";
import { type Event, EventQueue } from "../../engine/event-queue.ts";
import type { World } from "../../engine/run-loop.ts";
import { Streams } from "../../engine/streams.ts";
import type { StreamState } from "../../engine/random.ts";
import type { EconomyPlan } from "../../scenario/index.ts";
import { Agents, type SavedAgents } from "./agents.ts";
import { genesis } from "./genesis.ts";
import { Ledger, type SavedLedger } from "./ledger.ts";
import { fillBlock, signerOf, type PendingSubmission } from "./pool.ts";
import { protocolNamed } from "./protocols.ts";
import type { Recorder } from "./recorder.ts";
import { applyShock, enactVote } from "./shocks.ts";
import { EpochTotals, type SavedTotals } from "./epoch-totals.ts";
import { type SavedSpending, Spending } from "./spending.ts";
import { surroundings } from "./surroundings.ts";
import { stakeValues } from "./wealth.ts";

/** What can be waiting; plain data. */
export type Happening =
  | { readonly kind: "shock"; readonly shock: number }
  /** The change that a vote carried. */
  | { readonly kind: "enact"; readonly shock: number }
  | { readonly kind: "arrive"; readonly agent: number }
  | { readonly kind: "leave"; readonly agent: number }
  | { readonly kind: "wake"; readonly agent: number }
  /** Calls of an earlier block that found no room. */
  | { readonly kind: "pool" }
  | { readonly kind: "sample" };

/** Everything that a simulation needs to go on, as plain data. */
export interface SavedSimulation {
  readonly state: NetworkState;
  readonly protocol: string;
  /** What the formula of `plan.variant` carries over, by subnet and mechanism. */
  readonly variant: readonly (readonly [string, VariantMemory])[];
  readonly queue: readonly Event<Happening>[];
  readonly streams: readonly (readonly [string, StreamState])[];
  readonly agents: SavedAgents;
  readonly pool: readonly PendingSubmission[];
  readonly sequence: number;
  readonly epochs: number;
  readonly initialStakes: readonly number[];
  readonly ledger: SavedLedger;
  readonly spending: SavedSpending;
  readonly totals: SavedTotals;
}

/** Sequence numbers of a phase: shocks first, then arrivals, then departures; wakes by agent; the pool behind them. */
const ARRIVALS = 1_000_000;
const DEPARTURES = 2_000_000;
const POOL = 3_000_000;

/** The netuid that a call names; the origin of a move. */
export function netuidOf({ args }: Call): Netuid | null {
  const { netuid, originNetuid } = args as { readonly netuid?: unknown; readonly originNetuid?: unknown };
  if (typeof netuid === "number") return netuid;
  return typeof originNetuid === "number" ? originNetuid : null;
}

export class EconomySimulation implements World<Happening> {
  readonly plan: EconomyPlan;
  readonly agents: Agents;
  readonly queue: EventQueue<Happening>;
  /** What blocks, epochs and calls did since the last sample. */
  readonly spending: Spending;
  chain: Chain;
  /** Epochs that ran so far, all subnets together. */
  epochs: number;
  readonly ledger: Ledger;
  readonly totals: EpochTotals;
  readonly #streams: Streams;
  readonly #variant: VariantKernel | null;
  readonly #recorder: Recorder;
  #protocol: string;
  #pool: readonly PendingSubmission[];
  #sequence: number;
  #netuids: readonly Netuid[];
  /** By agent: worth of its stakes at the beginning, TAO. */
  readonly #initialStakes: readonly number[];

  /** @param saved what `save` gave for the same plan; null = from the beginning */
  constructor(
    plan: EconomyPlan,
    registry: StrategyRegistry,
    recorder: Recorder,
    saved: SavedSimulation | null,
  ) {
    this.plan = plan;
    this.#recorder = recorder;
    this.#streams = new Streams(plan.seed, saved?.streams ?? []);
    this.#protocol = saved?.protocol ?? plan.protocol;
    this.#variant = plan.variant === null ? null : new VariantKernel(plan.variant, saved?.variant);
    this.#pool = saved?.pool ?? [];
    this.#sequence = saved?.sequence ?? 0;
    this.epochs = saved?.epochs ?? 0;
    this.ledger = new Ledger(saved?.ledger ?? null);
    this.spending = new Spending(plan, saved?.spending ?? null);
    this.totals = new EpochTotals(saved?.totals ?? null);
    const around = this.#surroundings();
    this.chain = saved === null ? genesis(plan, around) : createChain(saved.state, around);
    this.agents = new Agents(plan.agents, registry, this.#streams, saved?.agents ?? null);
    this.queue = new EventQueue(saved?.queue ?? []);
    this.#netuids = this.chain.state.netuids;
    this.#initialStakes = saved?.initialStakes ?? this.#valueStakes();
    if (saved === null) this.#schedule();
  }

  get block(): number {
    return this.chain.state.block;
  }

  /** Last block of the run. */
  get end(): number {
    return this.plan.startBlock + this.plan.blocks;
  }

  save(): SavedSimulation {
    return {
      state: this.chain.state,
      protocol: this.#protocol,
      variant: this.#variant?.save() ?? [],
      queue: this.queue.save(),
      streams: this.#streams.save(),
      agents: this.agents.save(),
      pool: this.#pool,
      sequence: this.#sequence,
      epochs: this.epochs,
      initialStakes: this.#initialStakes,
      ledger: this.ledger.save(),
      spending: this.spending.save(),
      totals: this.totals.save(),
    };
  }

  /** Worth of the stakes that the scenario gave an agent, at the prices of the beginning, TAO. */
  initialStakeValue(agent: number): number {
    return this.#initialStakes[agent] ?? 0;
  }

  #valueStakes(): number[] {
    const stakes = stakeValues(this.chain.state);
    return this.plan.agents.map(({ coldkey }) => Number(stakes.get(coldkey) ?? 0n) / 1e9);
  }

  advanceTo(block: number): void {
    while (this.chain.state.block < block) this.ledger.step(this.chain);
    this.#noticeSubnets();
  }

  handle(events: readonly Event<Happening>[]): void {
    const [first] = events;
    if (first?.phase === "system") for (const { body } of events) this.#fromOutside(body, first.block);
    else if (first?.phase === "calls")
      this.#calls(events.flatMap(({ body }) => (body.kind === "wake" ? [body.agent] : [])));
    else if (first?.phase === "observe") {
      this.#recorder.sample(first.block);
      this.#scheduleSample(first.block);
    }
  }

  /** Goes over to other rules. */
  changeProtocol(name: string): void {
    this.#protocol = name;
    this.chain = createChain(this.chain.state, this.#surroundings());
  }

  #surroundings() {
    return surroundings(protocolNamed(this.#protocol), this.plan.seed, this.#variant, {
      onEpoch: ({ state }, netuid, rao) => {
        this.epochs++;
        if (state.block - this.plan.startBlock >= this.plan.sampling.meansFrom)
          this.totals.add(state, netuid);
        this.#recorder.event({ block: state.block, kind: "epoch", netuid, account: null, amount: rao });
      },
      onKernelEpoch: (epoch) => this.#recorder.epoch?.(this.block, epoch),
      onPayout: (payout) => this.ledger.payout(payout),
    });
  }

  #schedule(): void {
    const { plan, queue } = this;
    const first = plan.startBlock + 1;
    plan.shocks.forEach(({ block }, shock) =>
      queue.push({ block, phase: "system", sequence: shock, body: { kind: "shock", shock } }),
    );
    plan.agents.forEach(({ arrivesAt, leavesAt, balance }, agent) => {
      if (arrivesAt > 0)
        queue.push({
          block: arrivesAt,
          phase: "system",
          sequence: ARRIVALS + agent,
          body: { kind: "arrive", agent },
        });
      else this.#wakeAt(agent, first);
      if (leavesAt !== null && leavesAt <= this.end)
        queue.push({
          block: leavesAt,
          phase: "system",
          sequence: DEPARTURES + agent,
          body: { kind: "leave", agent },
        });
      this.agents.memories[agent]!.given = arrivesAt > 0 ? 0n : balance;
    });
    this.#scheduleSample(plan.startBlock);
  }

  #wakeAt(agent: number, block: number): void {
    if (block <= this.end)
      this.queue.push({ block, phase: "calls", sequence: agent, body: { kind: "wake", agent } });
  }

  /** The next block in which one of the tables is due; the last block always is one. */
  #scheduleSample(after: number): void {
    const { startBlock, sampling } = this.plan;
    let next = this.end;
    for (const every of [
      sampling.blocks,
      sampling.pools,
      sampling.accounts,
      sampling.stakes,
      sampling.metrics,
    ])
      if (every !== null)
        next = Math.min(next, startBlock + (Math.floor((after - startBlock) / every) + 1) * every);
    if (next > after)
      this.queue.push({ block: next, phase: "observe", sequence: 0, body: { kind: "sample" } });
  }

  #noticeSubnets(): void {
    const { netuids, block } = this.chain.state;
    if (netuids === this.#netuids) return;
    const report = (kind: "subnet-registered" | "subnet-dissolved", netuid: Netuid): void =>
      this.#recorder.event({ block, kind, netuid, account: null, amount: 0n });
    for (const netuid of this.#netuids) if (!netuids.includes(netuid)) report("subnet-dissolved", netuid);
    for (const netuid of netuids) if (!this.#netuids.includes(netuid)) report("subnet-registered", netuid);
    this.#netuids = netuids;
  }

  /** System events come before the step of their block, so what they record carries that block's number. */
  #fromOutside(body: Happening, block: number): void {
    if (body.kind === "shock") {
      const shock = this.plan.shocks[body.shock]!;
      const record = applyShock(this, shock);
      this.#recorder.event(record);
      if (shock.kind === "vote" && record.kind === "vote-carried")
        this.queue.push({
          block: shock.enactedAt,
          phase: "system",
          sequence: body.shock,
          body: { kind: "enact", shock: body.shock },
        });
    } else if (body.kind === "enact") {
      const vote = this.plan.shocks[body.shock]!;
      if (vote.kind === "vote") this.#recorder.event(enactVote(this, vote));
    } else if (body.kind === "arrive") {
      const { coldkey, balance } = this.plan.agents[body.agent]!;
      this.give(coldkey, balance);
      this.agents.memories[body.agent]!.given += balance;
      this.agents.setPresent(body.agent, true);
      this.#wakeAt(body.agent, block);
      this.#recorder.event({ block, kind: "arrival", netuid: null, account: coldkey, amount: balance });
    } else if (body.kind === "leave") this.#leave(body.agent, block);
  }

  /** TAO from the treasury. */
  give(to: number, amount: bigint): void {
    const refused = transferTao(this.chain, this.plan.treasury.coldkey, to, amount);
    if (refused !== null) throw new Error(`the treasury cannot pay ${amount} rao: ${refused}`);
  }

  /** Sells what it has and is gone. */
  #leave(agent: number, block: number): void {
    const { coldkey } = this.plan.agents[agent]!;
    for (const hotkey of this.chain.state.stakingHotkeys.get(coldkey) ?? [])
      this.#dispatch(agent, { call: "unstakeAll", origin: { signed: coldkey }, args: { hotkey } }, block);
    this.agents.setPresent(agent, false);
    this.#recorder.event({ block, kind: "departure", netuid: null, account: coldkey, amount: 0n });
  }

  #calls(agents: readonly number[]): void {
    const { block } = this;
    const drawn = this.plan.callOrder === "drawn";
    const searchers: number[] = [];
    const arrivals: { readonly draw: number; readonly agent: number }[] = [];
    const waiting = [...this.#pool];
    for (const agent of agents) {
      if (!this.#isAwake(agent, block)) continue;
      if (this.plan.agents[agent]!.searcher) searchers.push(agent);
      else arrivals.push({ draw: drawn ? this.agents.arrivalDraw(agent) : 0, agent });
    }
    // Everybody decides on the state before the block's calls; who comes first is drawn, unless the scenario fixes it.
    arrivals.sort((a, b) => a.draw - b.draw || a.agent - b.agent);
    for (const { agent } of arrivals) waiting.push(...this.#wake(agent, null));
    for (const agent of searchers) {
      const pending = this.#visible(waiting, agent, block);
      waiting.push(...this.#wake(agent, pending));
    }
    const { taken, left } = fillBlock(waiting, block);
    for (const { agent, submission } of taken) this.#dispatch(agent, submission.call, block);
    this.#noticeSubnets();
    this.#pool = left;
    if (left.length > 0 && block < this.end)
      this.queue.push({ block: block + 1, phase: "calls", sequence: POOL, body: { kind: "pool" } });
  }

  /** Whether an agent acts now; one that is off line wakes when it is back. */
  #isAwake(agent: number, block: number): boolean {
    const { present, suspendedUntil } = this.agents.memories[agent]!;
    if (!present) return false;
    if (suspendedUntil <= block) return true;
    this.#wakeAt(agent, suspendedUntil);
    return false;
  }

  #wake(agent: number, pending: readonly PendingCall[] | null): PendingSubmission[] {
    const { submissions, nextWake } = this.agents.wake(agent, this.chain.state, pending);
    if (nextWake !== null) this.#wakeAt(agent, nextWake);
    return submissions.map((submission) => ({
      agent,
      submission,
      account: signerOf(submission.call),
      call: submission.call.call,
      expiry: submission.lifetime === undefined ? null : this.block + submission.lifetime,
      sequence: this.#sequence++,
    }));
  }

  /** The calls of others in the order in which the block would take them. */
  #visible(waiting: readonly PendingSubmission[], agent: number, block: number): PendingCall[] {
    return executionOrder(waiting, block)
      .filter((one) => one.agent !== agent)
      .map(({ sequence, account, submission }) =>
        Object.freeze({
          number: sequence,
          signer: account ?? 0,
          call: submission.call.call,
          args: Object.freeze(structuredClone(submission.call.args)) as unknown,
        }),
      );
  }

  #submit(agent: number, call: Call): Submission {
    let result: Submission | null = null;
    this.spending.book(this.chain.state, agent, call, () => {
      result = submit(this.chain, { call, length: USUAL_LENGTH, tip: 0n });
      return result.included ? result.fee : 0n;
    });
    return result!;
  }

  #dispatch(agent: number, call: Call, block: number): void {
    const price = registrationPrice(this.chain, call);
    const result = this.#submit(agent, call);
    const error = result.included ? (result.result.ok ? null : result.result.error) : result.reason;
    const memory = this.agents.memories[agent]!;
    const netuid = netuidOf(call);
    memory.outcomes.push({ call: call.call, block, netuid, error });
    if (error === null) memory.succeeded++;
    else memory.failed++;
    if (result.included) this.ledger.fee(result.fee);
    if (error === null && price !== null && netuid !== null) this.ledger.registration(netuid, price);
    this.#recorder.call({
      block,
      agent,
      call: call.call,
      netuid,
      error,
      included: result.included,
      fee: result.included ? result.fee : 0n,
    });
  }
}

const REGISTRATIONS: readonly string[] = ["burnedRegister", "register", "registerLimit"];

/** What the registration that a call asks for would cost, rao; null for other calls. */
function registrationPrice({ state }: Chain, call: Call): bigint | null {
  if (!REGISTRATIONS.includes(call.call)) return null;
  return state.columns.burn[netuidOf(call) ?? 0] ?? 0n;
}
