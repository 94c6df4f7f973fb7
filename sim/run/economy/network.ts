/** The simulated network as a program uses it: wallets, calls, blocks, forks. */
import { StrategyRegistry, SubnetView } from "../../agents/index.ts";
import {
  balanceOf,
  ROOT,
  type AccountId,
  type Call,
  type CallArguments,
  type CallName,
  type Netuid,
} from "../../chain/index.ts";
import { mintTao } from "../../chain/accounts/accounts.ts";
import { linkHotkey } from "../../chain/accounts/hotkeys.ts";
import { submit, USUAL_LENGTH } from "../../chain/fees/submit.ts";
import { stakeOf } from "../../chain/staking/stake.ts";
import { decodeState, encodeState } from "../../engine/checkpoint.ts";
import { runLoop } from "../../engine/run-loop.ts";
import { InputError } from "../../errors.ts";
import {
  lastRegistration,
  PRESETS,
  type EconomyPlan,
  type EconomyScenario,
  type SubnetGenesis,
} from "../../scenario/index.ts";
import { placeSubnet } from "./genesis.ts";
import { metagraphOf, type Metagraph } from "./metagraph.ts";
import { MetricScope } from "./metrics.ts";
import type { CallRecord, EventRecord, Recorder, Refusal } from "./recorder.ts";
import { EconomySimulation, netuidOf, type SavedSimulation } from "./simulation.ts";

/** A coldkey with its hotkeys, by names. */
export interface Wallet {
  readonly name: string;
  readonly coldkey: AccountId;
  /** By name; the first one is `default` unless others were given. */
  readonly hotkeys: Readonly<Record<string, AccountId>>;
  /** The first hotkey. */
  readonly hotkey: AccountId;
}

/** The answer to a call that was sent. */
export interface CallReceipt {
  readonly ok: boolean;
  /** The chain's error, or Payment when the fee could not be paid; null = it went through. */
  readonly error: Refusal | null;
  /** Whether it got into the block; else it cost nothing. */
  readonly included: boolean;
  /** Rao. */
  readonly fee: bigint;
  readonly block: number;
}

/** How an empty network begins. */
export interface NetworkOptions {
  /** Seed of everything that is drawn. Default "0". */
  readonly seed?: string;
  /** The chain's rules. Default subtensor-425. */
  readonly protocol?: string;
  /** Parameters of the network to start from. Default compiled: a fresh chain. */
  readonly preset?: keyof typeof PRESETS;
  /** Block after which the network begins. Default 0. */
  readonly startBlock?: number;
}

/** What a new subnet has; amounts in rao. */
export interface NewSubnet {
  readonly netuid?: Netuid;
  readonly owner?: Wallet;
  /** TAO in the pool. Default 1,000 TAO. */
  readonly tao?: bigint;
  /** Alpha in the pool. Default as much. */
  readonly alpha?: bigint;
  readonly hyperparameters?: SubnetGenesis["hyperparameters"];
}

type Listener = (record: CallRecord | EventRecord) => void;

/** No run is longer: 2 million days. */
const HORIZON = 1_000_000_000;
const FIRST_TREASURY = 1;
const DEFAULT_POOL = 1_000_000_000_000n;

/** A network in memory. Everything happens at once and in order; nothing is written to a disk. */
export class SimulatedNetwork {
  readonly #plan: EconomyPlan;
  readonly #strategies: StrategyRegistry;
  readonly #wallets: Map<string, Wallet>;
  readonly #listeners = new Set<Listener>();
  readonly #simulation: EconomySimulation;
  #nextAccount: AccountId;

  private constructor(
    plan: EconomyPlan,
    strategies: StrategyRegistry,
    wallets: ReadonlyMap<string, Wallet>,
    saved: SavedSimulation | null,
    nextAccount: AccountId,
  ) {
    this.#plan = plan;
    this.#strategies = strategies;
    this.#wallets = new Map(wallets);
    this.#nextAccount = nextAccount;
    const tell: Listener = (record) => {
      for (const listener of this.#listeners) listener(record);
    };
    const recorder: Recorder = { call: tell, event: tell, sample: () => {} };
    this.#simulation = new EconomySimulation(plan, strategies, recorder, saved);
  }

  /** An empty network: root, no subnets, nobody there. */
  static create({
    seed = "0",
    protocol = "subtensor-425",
    preset = "compiled",
    startBlock = 0,
  }: NetworkOptions = {}): SimulatedNetwork {
    const plan: EconomyPlan = {
      comparison: "base",
      protocol,
      variant: null,
      seed,
      startBlock,
      blocks: HORIZON,
      callOrder: "drawn",
      parameters: PRESETS[preset],
      lastRegistration: lastRegistration(preset, startBlock),
      subnets: [],
      agents: [],
      populations: [],
      treasury: { coldkey: FIRST_TREASURY, hotkey: FIRST_TREASURY + 1 },
      issuance: null,
      shocks: [],
      metrics: [],
      expectations: [],
      sampling: {
        blocks: null,
        pools: null,
        accounts: null,
        stakes: null,
        metrics: null,
        meansFrom: 0,
        calls: false,
        events: false,
        neurons: [],
        bonds: false,
      },
    };
    return new SimulatedNetwork(plan, new StrategyRegistry(), new Map(), null, FIRST_TREASURY + 3);
  }

  /**
   * The network of a scenario, with its agents; it goes on beyond the scenario's horizon only as a chain.
   * @param comparison one of `compare:`; without it the first one
   */
  static open(
    scenario: EconomyScenario,
    {
      comparison,
      strategies = new StrategyRegistry(),
    }: { comparison?: string; strategies?: StrategyRegistry } = {},
  ): SimulatedNetwork {
    const plan =
      comparison === undefined
        ? scenario.plans[0]
        : scenario.plans.find((one) => one.comparison === comparison);
    if (plan === undefined) {
      const known = scenario.plans.map((one) => one.comparison).join(", ");
      throw new InputError(`no comparison ${JSON.stringify(comparison)}; there are ${known}`);
    }
    const wallets = plan.agents.map(({ name, coldkey, hotkeys }): [string, Wallet] => [
      name,
      {
        name,
        coldkey,
        hotkeys: Object.fromEntries(hotkeys.map((hotkey, at) => [at === 0 ? "default" : String(at), hotkey])),
        hotkey: hotkeys[0]!,
      },
    ]);
    return new SimulatedNetwork(plan, strategies, new Map(wallets), null, plan.treasury.hotkey + 2);
  }

  /** The present block. */
  get block(): number {
    return this.#simulation.block;
  }

  /** Existing subnets, ascending, root included. */
  get netuids(): readonly Netuid[] {
    return this.#simulation.chain.state.netuids;
  }

  /**
   * A new coldkey with hotkeys of its own and, for the asking, money: minted, as at the beginning of the chain.
   * @param balance rao
   */
  createWallet(
    name: string,
    { hotkeys = ["default"], balance = 0n }: { hotkeys?: readonly string[]; balance?: bigint } = {},
  ): Wallet {
    if (this.#wallets.has(name)) throw new InputError(`there is a wallet ${name} already`);
    const [first] = hotkeys;
    if (first === undefined) throw new InputError(`wallet ${name}: it needs at least one hotkey`);
    const coldkey = this.#nextAccount++;
    const accounts = Object.fromEntries(hotkeys.map((hotkey) => [hotkey, this.#nextAccount++]));
    const wallet: Wallet = { name, coldkey, hotkeys: accounts, hotkey: accounts[first]! };
    const { chain } = this.#simulation;
    for (const hotkey of Object.values(accounts)) linkHotkey(chain, hotkey, coldkey);
    if (balance > 0n) mintTao(chain, coldkey, balance);
    this.#wallets.set(name, wallet);
    return wallet;
  }

  /** A wallet by its name; agents of a scenario have one under theirs. @throws InputError when there is none */
  wallet(name: string): Wallet {
    const wallet = this.#wallets.get(name);
    if (wallet === undefined) throw new InputError(`there is no wallet ${name}`);
    return wallet;
  }

  /** A subnet that is there at once, started, with a pool; the chain's own way is the call registerNetwork. */
  createSubnet({
    netuid,
    owner,
    tao = DEFAULT_POOL,
    alpha = tao,
    hyperparameters = {},
  }: NewSubnet = {}): SubnetView {
    const { chain } = this.#simulation;
    const number = netuid ?? this.netuids.reduce((free, taken) => (taken === free ? free + 1 : free), 1);
    if (this.netuids.includes(number)) throw new InputError(`subnet ${number} is there already`);
    placeSubnet(chain, this.block, {
      netuid: number,
      owner: owner === undefined ? null : { coldkey: owner.coldkey, hotkey: owner.hotkey },
      registeredAt: this.block,
      tao,
      alphaIn: alpha,
      movingPrice: alpha === 0n ? 0n : (tao << 32n) / alpha,
      started: true,
      hyperparameters,
    });
    chain.state.totalStake += tao;
    return this.subnet(number);
  }

  /** What everybody can read of a subnet, always as it is now. @throws InputError when there is none */
  subnet(netuid: Netuid): SubnetView {
    const subnet = this.#simulation.chain.state.subnets.get(netuid);
    if (subnet === undefined) throw new InputError(`there is no subnet ${netuid}`);
    return new SubnetView(this.#simulation.chain.state, subnet);
  }

  /** A subnet's neurons as they are now, column by column. */
  metagraph(netuid: Netuid): Metagraph {
    return metagraphOf(this.subnet(netuid), this.block);
  }

  /** The chain's hyperparameters of a subnet; a copy. */
  hyperparameters(netuid: Netuid): SubnetView["hyperparameters"] {
    return this.subnet(netuid).hyperparameters;
  }

  /** Stake of a coldkey on a hotkey, rao of alpha; of TAO on root. */
  stakeOf(hotkey: AccountId, coldkey: AccountId, netuid: Netuid): bigint {
    return stakeOf(this.#simulation.chain.state, hotkey, coldkey, netuid);
  }

  /** TAO per alpha; 1 on root. */
  price(netuid: Netuid): number {
    return netuid === ROOT ? 1 : this.subnet(netuid).price;
  }

  /** Free TAO, rao. */
  balance(account: AccountId): bigint {
    return balanceOf(this.#simulation.chain.state, account);
  }

  /** One of a scenario's metrics as it is now. */
  metric(name: string): number {
    const metric = this.#plan.metrics.find((one) => one.name === name);
    if (metric === undefined) throw new InputError(`the scenario has no metric ${name}`);
    return new MetricScope(this.#simulation).value(metric);
  }

  /** Sends a call signed by an account; it is executed in the present block, for a fee. */
  send<Name extends CallName>(signer: AccountId, call: Name, args: CallArguments[Name]): CallReceipt {
    return this.#submit({ call, origin: { signed: signer }, args } as unknown as Call);
  }

  /** A call of the root origin. */
  sudo<Name extends CallName>(call: Name, args: CallArguments[Name]): CallReceipt {
    return this.#submit({ call, origin: "root", args } as unknown as Call);
  }

  #submit(call: Call): CallReceipt {
    const result = submit(this.#simulation.chain, { call, length: USUAL_LENGTH, tip: 0n });
    const error = result.included ? (result.result.ok ? null : result.result.error) : result.reason;
    const receipt = {
      ok: error === null,
      error,
      included: result.included,
      fee: result.included ? result.fee : 0n,
      block: this.block,
    };
    const record = { ...receipt, agent: -1, call: call.call, netuid: netuidOf(call) };
    for (const listener of this.#listeners) listener(record);
    return receipt;
  }

  /** Moves on by so many blocks, one by default. */
  step(blocks = 1): void {
    if (!Number.isSafeInteger(blocks) || blocks < 1)
      throw new InputError(`step(${blocks}): a whole number from 1 is needed`);
    runLoop(this.#simulation, this.block + blocks, () => false);
  }

  /** Moves on until the next epoch of a subnet has run. */
  stepEpoch(netuid: Netuid): void {
    const before = this.subnet(netuid).lastEpochBlock;
    this.stepUntil(() => this.subnet(netuid).lastEpochBlock !== before, 200_000);
  }

  /**
   * Moves on block by block until a condition holds.
   * @param limit blocks after which it gives up. @throws InputError then
   */
  stepUntil(condition: (network: SimulatedNetwork) => boolean, limit = 1_000_000): void {
    for (let blocks = 0; blocks < limit; blocks++) {
      this.step();
      if (condition(this)) return;
    }
    throw new InputError(`the condition did not hold within ${limit} blocks`);
  }

  /** Tells `listener` of every call and event from now on. @returns how to stop */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** The same network once more: what happens to one does not happen to the other. Listeners stay with the old one. */
  fork(): SimulatedNetwork {
    const saved = decodeState(encodeState(this.#simulation.save())) as SavedSimulation;
    return new SimulatedNetwork(this.#plan, this.#strategies, this.#wallets, saved, this.#nextAccount);
  }
}
