/** Who there is: the agents of every population, their keys, money and stakes. */
import { quoted } from "../units.ts";
import { initialValues, type Strategy, type StrategyRegistry } from "../../agents/index.ts";
import type { AccountId, Netuid } from "../../chain/index.ts";
import { drawExponential } from "../../engine/normal.ts";
import { openStream } from "../../engine/random.ts";
import { didYouMean } from "../../nearest.ts";
import type { SubnetContext } from "../subnet/context.ts";
import { readParameters } from "./parameters.ts";
import { drawAll, type DrawContext, toRao } from "./quantity.ts";
import { MOST_AGENTS, type Population } from "./schema-populations.ts";
import type { AgentPlan, StakeGenesis } from "./types.ts";

/** Delegates take accounts from 1 on. */
const FIRST_ACCOUNT = 1;
const DEFAULT_BALANCE = 10_000_000_000n;

/** What the members are made with. */
export interface Surroundings {
  readonly context: SubnetContext;
  readonly registry: StrategyRegistry;
  readonly seed: string;
  readonly variables: Readonly<Record<string, number>>;
  /** Subnets beside root, ascending. */
  readonly netuids: readonly Netuid[];
  readonly startBlock: number;
  readonly blocks: number;
  readonly column: (file: string, column: string, path: readonly PropertyKey[]) => readonly number[];
}

/** A member before its stakes are known: they name others. */
interface Member extends Omit<AgentPlan, "stakes"> {
  readonly group: number;
}

/** Makes all agents; accounts follow the order of the populations. */
export function makeAgents(populations: readonly Population[], around: Surroundings): AgentPlan[] {
  const { context } = around;
  const names = populations.map(({ name }) => name);
  names.forEach((name, at) => {
    if (names.indexOf(name) < at)
      throw context.error(["populations", at, "name"], `another population is named ${name}; names differ`);
  });
  let account = FIRST_ACCOUNT;
  const members: Member[] = [];
  populations.forEach((population, group) => {
    for (const member of membersOf(population, group, names, around, MOST_AGENTS - members.length)) {
      const hotkeys = Array.from({ length: member.hotkeys.length }, (_, at) => account + 1 + at);
      members.push({ ...member, coldkey: account, hotkeys });
      account += 1 + hotkeys.length;
    }
  });
  return withStakes(populations, members, around);
}

function strategyOf(population: Population, group: number, { context, registry }: Surroundings): Strategy {
  const { role, strategy: name } = population;
  const strategy = registry.find(role, name);
  if (strategy !== undefined) return strategy;
  const known = registry.names(role);
  throw context.error(
    ["populations", group, "strategy"],
    `unknown strategy ${quoted(name)} for the role ${role}; allowed: ${known.join(", ")}${didYouMean(name, known)}`,
  );
}

/** Where each member acts. */
function placesOf(population: Population, group: number, { context, netuids }: Surroundings): Netuid[][] {
  const { subnets, placement, count } = population;
  const chosen = subnets === "all" ? [...netuids] : [...subnets];
  for (const netuid of chosen)
    if (netuid !== 0 && !netuids.includes(netuid))
      throw context.error(
        ["populations", group, "subnets"],
        `there is no subnet ${netuid}; there are ${netuids.join(", ")} and root (0)`,
      );
  if (placement === "each") return chosen.flatMap((netuid) => Array.from({ length: count }, () => [netuid]));
  return Array.from({ length: count }, (_, index) =>
    placement === "every" ? chosen : [chosen[index % chosen.length]!],
  );
}

/** Arrival blocks of the members who come later, from a Poisson process of their own. */
function arrivalsOf(population: Population, group: number, around: Surroundings): number[] {
  const { arrivals, name } = population;
  if (arrivals === undefined) return [];
  const { seed, blocks, startBlock, context } = around;
  const stream = openStream(seed, name, "arrivals");
  const last = Math.min(arrivals.until ?? blocks, blocks);
  const times: number[] = [];
  for (let time = drawExponential(stream, arrivals.every); time < last;) {
    times.push(startBlock + 1 + Math.floor(time));
    if (times.length > MOST_AGENTS)
      throw context.error(
        ["populations", group, "arrivals", "every"],
        `brings more than ${MOST_AGENTS} agents`,
      );
    time += drawExponential(stream, arrivals.every);
  }
  return times;
}

function membersOf(
  population: Population,
  group: number,
  names: readonly string[],
  around: Surroundings,
  room: number,
): Member[] {
  const { context } = around;
  const strategy = strategyOf(population, group, around);
  const places = placesOf(population, group, around);
  const initial = places.length;
  const arrivals = arrivalsOf(population, group, around);
  if (places.length === 0 && arrivals.length > 0)
    places.push(...placesOf({ ...population, count: 1 }, group, around));
  const total = initial + arrivals.length;
  if (total > room)
    throw context.error(["populations", group], `there are more than ${MOST_AGENTS} agents; make it fewer`);
  const labels = Array.from({ length: total }, (_, index) => `${population.name}-${index}`);
  const draws: DrawContext = {
    seed: around.seed,
    variables: around.variables,
    members: labels,
    listed: initial,
    column: (file, column) => around.column(file, column, ["populations", group]),
  };
  const parameters = readParameters(strategy, population.parameters, draws, (name, work) =>
    context.at(["populations", group, "parameters", ...(name === null ? [] : [name])], work),
  );
  const balances = context.at(["populations", group, "balance"], () =>
    population.balance === undefined
      ? labels.map(() => DEFAULT_BALANCE)
      : drawAll(population.balance, "balance", draws).map(toRao),
  );
  const stay = population.arrivals?.stay;
  const stays =
    stay === undefined
      ? undefined
      : context.at(["populations", group, "arrivals", "stay"], () => drawAll(stay, "stay", draws));
  const knows = knownPopulations(strategy, population, parameters[0] ?? {}, group, names, context);
  const registered = population.registered ?? ["validator", "miner"].includes(population.role);
  return labels.map((name, index): Member => {
    const arrivesAt = index < initial ? 0 : arrivals[index - initial]!;
    return {
      group,
      name,
      population: population.name,
      index,
      coldkey: 0,
      hotkeys: Array.from({ length: strategy.hotkeys(parameters[index] as never) }, () => 0),
      subnets: places[index % places.length] ?? [],
      role: population.role,
      strategy: strategy.name,
      parameters: parameters[index] ?? initialValues(strategy.parameters),
      balance: balances[index]!,
      registered: registered && arrivesAt === 0,
      take: population.take ?? null,
      arrivesAt,
      leavesAt:
        arrivesAt === 0 || stays === undefined ? null : arrivesAt + Math.max(1, Math.round(stays[index]!)),
      searcher: population.searcher,
      knows,
      weights: [],
    };
  });
}

/** Its own population and those that its parameters name. */
function knownPopulations(
  strategy: Strategy,
  population: Population,
  values: Readonly<Record<string, unknown>>,
  group: number,
  names: readonly string[],
  context: SubnetContext,
): string[] {
  const known = new Set([population.name]);
  for (const [name, { kind }] of Object.entries(strategy.parameters)) {
    const value = values[name];
    if (kind !== "population" || typeof value !== "string" || value === "") continue;
    if (!names.includes(value))
      throw context.error(
        ["populations", group, "parameters", name],
        `there is no population ${quoted(value)}; there are ${names.join(", ")}${didYouMean(value, names)}`,
      );
    known.add(value);
  }
  return [...known];
}

function withStakes(
  populations: readonly Population[],
  members: readonly Member[],
  around: Surroundings,
): AgentPlan[] {
  const { context, netuids, seed } = around;
  const stakes = new Map<Member, StakeGenesis[]>(members.map((member) => [member, []]));
  populations.forEach((population, group) => {
    const own = members.filter((member) => member.group === group);
    population.stakes.forEach((stake, at) => {
      const path = ["populations", group, "stakes", at];
      const targets = stake.to === undefined ? null : members.filter(({ population: of }) => of === stake.to);
      if (targets?.length === 0)
        throw context.error(
          [...path, "to"],
          `there is no population ${quoted(stake.to ?? "")} with members; there are ${populations.map(({ name }) => name).join(", ")}`,
        );
      if (typeof stake.on === "number" && stake.on !== 0 && !netuids.includes(stake.on))
        throw context.error(
          [...path, "on"],
          `there is no subnet ${stake.on}; there are ${netuids.join(", ")}`,
        );
      const draws: DrawContext = {
        seed,
        variables: around.variables,
        members: own.map(({ name }) => name),
        listed: own.filter(({ arrivesAt }) => arrivesAt === 0).length,
        column: (file, column) => around.column(file, column, path),
      };
      const amounts = context.at([...path, "amount"], () =>
        drawAll(stake.amount, `stakes/${at}`, draws).map(toRao),
      );
      own.forEach((member, position) => {
        if (member.arrivesAt > 0) return;
        for (const netuid of stake.on === "root"
          ? [0]
          : stake.on === "subnets"
            ? member.subnets
            : [stake.on]) {
          const hotkey = hotkeyFor(member, netuid, targets, `stakes/${at}/${netuid}`, seed);
          if (hotkey === undefined)
            throw context.error([...path, "to"], `nobody of that population acts on subnet ${netuid}`);
          const amount = amounts[position]!;
          if (amount > 0n) stakes.get(member)!.push({ hotkey, netuid, amount });
        }
      });
    });
  });
  return members.map((member) => {
    const { group: _group, ...agent } = member;
    return { ...agent, stakes: stakes.get(member)! };
  });
}

/** Its own first hotkey, or that of somebody who acts there, drawn from the member's own stream. */
function hotkeyFor(
  member: Member,
  netuid: Netuid,
  targets: readonly Member[] | null,
  purpose: string,
  seed: string,
): AccountId | undefined {
  if (targets === null) return member.hotkeys[0];
  const there = targets.filter(
    ({ subnets, arrivesAt }) => arrivesAt === 0 && (netuid === 0 || subnets.includes(netuid)),
  );
  if (there.length === 0) return undefined;
  return there[openStream(seed, member.name, purpose).below(there.length)]!.hotkeys[0];
}

/** Account of whatever is not an agent: the first one behind theirs. */
export const nextAccount = (agents: readonly AgentPlan[]): AccountId =>
  agents.reduce((next, { coldkey, hotkeys }) => Math.max(next, coldkey + hotkeys.length + 1), FIRST_ACCOUNT);
