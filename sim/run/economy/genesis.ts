/** The chain at the first block of a scenario. */
import {
  createChain,
  createNetwork,
  ROOT,
  subnetAccount,
  type Chain,
  type Surroundings,
} from "../../chain/index.ts";
import { mintTao } from "../../chain/accounts/accounts.ts";
import { linkHotkey } from "../../chain/accounts/hotkeys.ts";
import { appendNeuron } from "../../chain/registration/neurons.ts";
import { hotkeyAlpha, increaseStake, indexRootStaker } from "../../chain/staking/stake.ts";
import { newSubnetParameters } from "../../chain/protocol/defaults.ts";
import { addSubnet, emptySubnet } from "../../chain/state/genesis.ts";
import type { Subnet } from "../../chain/state/network.ts";
import { InputError } from "../../errors.ts";
import {
  permitsAfterEpoch,
  type AgentPlan,
  type EconomyPlan,
  type SubnetGenesis,
} from "../../scenario/index.ts";
import { setHyperparameters, setParameters } from "./settings.ts";

const U64_MAX = 0xffff_ffff_ffff_ffffn;
/** Blocks before the start in which validators last set weights: longer ago than the rate limit. */
const LAST_WEIGHTS = 1_000;

/** Builds the chain of a plan. @throws InputError when more is placed than fits */
export function genesis(plan: EconomyPlan, surroundings: Surroundings): Chain {
  const chain = createChain(createNetwork(surroundings.protocol), surroundings);
  const { state, journal } = chain;
  state.block = plan.startBlock;
  setParameters(chain, plan.parameters);
  for (const subnet of plan.subnets) placeSubnet(chain, plan.startBlock, subnet);
  linkHotkey(chain, plan.treasury.hotkey, plan.treasury.coldkey);
  for (const agent of plan.agents) placeAgent(chain, agent);
  fundTreasury(chain, plan);
  for (const subnet of plan.subnets) registerNeurons(chain, plan, subnet);
  seatRoot(chain, plan);
  closeBooks(chain, plan);
  for (const agent of plan.agents) placeWeights(chain, agent);
  for (const { netuid } of plan.subnets) givePermits(chain, netuid);
  journal.set(state, "lastLockCost", plan.lastRegistration.cost);
  journal.set(state, "lastNetworkRegistration", plan.lastRegistration.block);
  return chain;
}

/** Puts a subnet with its pool into a chain. @param startBlock the present block */
export function placeSubnet(chain: Chain, startBlock: number, genesis: SubnetGenesis): void {
  const { state, journal } = chain;
  const { netuid, registeredAt, tao, alphaIn, movingPrice, started, owner } = genesis;
  addSubnet(journal, state, emptySubnet(netuid, registeredAt, newSubnetParameters()));
  const { columns } = state;
  columns.mechanism[netuid] = 1;
  columns.tao[netuid] = tao;
  columns.alphaIn[netuid] = alphaIn;
  columns.movingPrice[netuid] = movingPrice;
  if (started) {
    columns.subtokenEnabled[netuid] = 1;
    columns.firstEmissionBlock[netuid] = Math.min(registeredAt + 1, startBlock);
  }
  setHyperparameters(chain, netuid, genesis.hyperparameters);
  // As on the chain, whose epochs of different subnets fall into different blocks.
  const tempo = columns.tempo[netuid] ?? 0;
  columns.lastEpochBlock[netuid] = Math.max(0, startBlock - (tempo === 0 ? 0 : netuid % tempo));
  columns.lastMechanismStepBlock[netuid] = columns.lastEpochBlock[netuid] ?? 0;
  mintTao(chain, subnetAccount(netuid), tao);
  const subnet = state.subnets.get(netuid);
  if (subnet === undefined || owner === null) return;
  linkHotkey(chain, owner.hotkey, owner.coldkey);
  subnet.owner = owner.coldkey;
  subnet.ownerHotkey = owner.hotkey;
}

function placeAgent(chain: Chain, { coldkey, hotkeys, balance, stakes, take, arrivesAt }: AgentPlan): void {
  const { state } = chain;
  if (arrivesAt > 0) return;
  if (balance > 0n) mintTao(chain, coldkey, balance);
  for (const hotkey of hotkeys) {
    linkHotkey(chain, hotkey, coldkey);
    const record = state.hotkeys.get(hotkey);
    if (record !== undefined && take !== null) record.take = take;
  }
  for (const { hotkey, netuid, amount } of stakes) addStake(chain, hotkey, coldkey, netuid, amount);
}

function addStake(chain: Chain, hotkey: number, coldkey: number, netuid: number, amount: bigint): void {
  const { state } = chain;
  increaseStake(chain, hotkey, coldkey, netuid, amount);
  state.columns.alphaOut[netuid] = (state.columns.alphaOut[netuid] ?? 0n) + amount;
  if (netuid !== ROOT) return;
  state.columns.tao[ROOT] = (state.columns.tao[ROOT] ?? 0n) + amount;
  mintTao(chain, subnetAccount(ROOT), amount);
  indexRootStaker(chain, coldkey);
}

/** What arrivals bring and shocks cost lies with the treasury from the beginning. */
function fundTreasury(chain: Chain, { agents, shocks, treasury }: EconomyPlan): void {
  const { coldkey, hotkey } = treasury;
  let tao = 1_000_000_000n;
  for (const { arrivesAt, balance } of agents) if (arrivesAt > 0) tao += balance;
  for (const shock of shocks) {
    if (shock.kind === "give" || shock.kind === "stake")
      tao += shock.amount * BigInt(agents.filter(({ population }) => population === shock.population).length);
    if (shock.kind !== "trade") continue;
    if (shock.direction === "buy") tao += shock.amount;
    else addStake(chain, hotkey, coldkey, shock.netuid, shock.amount);
  }
  mintTao(chain, coldkey, tao);
}

function registerNeurons(
  chain: Chain,
  { agents, startBlock }: EconomyPlan,
  { netuid, owner }: SubnetGenesis,
): void {
  const subnet = chain.state.subnets.get(netuid);
  if (subnet === undefined) return;
  const hotkeys = new Set(owner === null ? [] : [owner.hotkey]);
  for (const agent of agents)
    if (agent.registered && agent.subnets.includes(netuid))
      for (const hotkey of agent.hotkeys) hotkeys.add(hotkey);
  const { maxAllowedUids } = subnet.parameters;
  if (hotkeys.size > maxAllowedUids)
    throw new InputError(
      `subnet ${netuid}: ${hotkeys.size} hotkeys are registered from the beginning; its max_allowed_uids is ${maxAllowedUids}`,
    );
  for (const hotkey of hotkeys) seat(chain, subnet, hotkey, startBlock);
}

function seat(chain: Chain, subnet: Subnet, hotkey: number, startBlock: number): void {
  const uid = appendNeuron(chain, subnet, hotkey);
  const { neurons, mechanisms } = subnet;
  neurons.blockAtRegistration[uid] = BigInt(Math.min(subnet.registeredAt, startBlock));
  for (const { lastUpdate } of mechanisms) lastUpdate[uid] = BigInt(Math.max(0, startBlock - LAST_WEIGHTS));
}

/** Validators with the most root stake have the seats on root. */
function seatRoot(chain: Chain, { agents, startBlock }: EconomyPlan): void {
  const { state } = chain;
  const root = state.subnets.get(ROOT);
  if (root === undefined) return;
  const members = agents
    .filter(({ role, registered }) => role === "validator" && registered)
    .flatMap(({ hotkeys }) => hotkeys)
    .map((hotkey) => ({ hotkey, stake: hotkeyAlpha(state, hotkey, ROOT) }))
    .filter(({ stake }) => stake > 0n)
    .sort((a, b) => (a.stake > b.stake ? -1 : a.stake < b.stake ? 1 : a.hotkey - b.hotkey))
    .slice(0, root.parameters.maxAllowedUids);
  for (const { hotkey } of members) seat(chain, root, hotkey, startBlock);
}

/** Issuance and total stake, once everything has its place. */
function closeBooks(chain: Chain, { issuance, treasury }: EconomyPlan): void {
  const { state } = chain;
  for (const netuid of state.netuids) state.totalStake += state.columns.tao[netuid] ?? 0n;
  if (issuance === null) return;
  if (issuance < state.totalIssuance)
    throw new InputError(
      `network.issuance: ${issuance} rao; the scenario places ${state.totalIssuance} rao already`,
    );
  // An account of nobody, behind the treasury's.
  mintTao(chain, treasury.hotkey + 1, issuance - state.totalIssuance);
}

function placeWeights({ state }: Chain, { weights, hotkeys }: AgentPlan): void {
  const [own] = hotkeys;
  for (const { netuid, hotkeys: targets, values } of weights) {
    const subnet = state.subnets.get(netuid);
    const mechanism = subnet?.mechanisms[0];
    const uid = own === undefined ? undefined : subnet?.neurons.uidOf.get(own);
    if (subnet === undefined || mechanism === undefined || uid === undefined) continue;
    mechanism.weights[uid] = {
      uids: Uint16Array.from(targets, (hotkey) => subnet.neurons.uidOf.get(hotkey) ?? 0),
      values: Uint16Array.from(values),
    };
  }
}

/** Permits as if an epoch had just run on the stakes. */
function givePermits({ state }: Chain, netuid: number): void {
  const subnet = state.subnets.get(netuid);
  if (subnet === undefined) return;
  const { neurons, parameters, ownerHotkey } = subnet;
  const stakes = (of: number): BigUint64Array =>
    BigUint64Array.from(neurons.hotkeys, (hotkey) => hotkeyAlpha(state, hotkey, of) & U64_MAX);
  const permits = permitsAfterEpoch(stakes(netuid), stakes(ROOT), {
    maxAllowedValidators: parameters.maxAllowedValidators,
    stakeThreshold: state.parameters.stakeThreshold,
    taoWeight: state.parameters.taoWeight,
    ownerUid: ownerHotkey === null ? null : (neurons.uidOf.get(ownerHotkey) ?? null),
  });
  neurons.validatorPermit.set(permits);
}
