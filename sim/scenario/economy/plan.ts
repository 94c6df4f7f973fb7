/** One network under one set of overrides: everything drawn and checked. */
import type { StrategyRegistry } from "../../agents/index.ts";
import { SUBTENSOR_425, type Netuid } from "../../chain/index.ts";
import { callsIn, evaluateNumber, parseExpression, substituted } from "../expression/expression.ts";
import { readTable } from "../tables/read-table.ts";
import type { SubnetContext } from "../subnet/context.ts";
import { decimalOfNumber, timesFloor } from "../decimal.ts";
import { Unfit, quoted } from "../units.ts";
import { readImports, withImportedWeights } from "./imports.ts";
import { makeAgents, nextAccount, type Surroundings } from "./members.ts";
import { METRIC_FUNCTIONS, METRIC_VARIABLES, POPULATION_FUNCTIONS } from "./metrics.ts";
import { drawAll, toRao } from "./quantity.ts";
import type { EconomyText } from "./schema.ts";
import type { SubnetGroup } from "./schema-network.ts";
import { lastRegistration, PRESETS } from "./settings.ts";
import { planShocks } from "./shocks.ts";
import { LONGEST } from "./time.ts";
import type { AgentPlan, EconomyPlan, Metric, SubnetGenesis } from "./types.ts";

const DEFAULT_PRICE = 0.01;
const TWO_32 = 4_294_967_296n;
const MOST_SUBNETS = 1_024;

/** @param registry strategies that may be named */
export function planEconomy(
  comparison: string,
  written: EconomyText,
  seed: string,
  context: SubnetContext,
  registry: StrategyRegistry,
): EconomyPlan {
  const { network } = written;
  const variables = variablesOf(written, context);
  const startBlock = Number(network.start_block);
  const column = columnReader(context);
  const groups = expandGroups(network.subnets, context);
  const netuids = groups.map(({ netuid }) => netuid).sort((a, b) => a - b);
  const imports = readImports(network.import, context);
  imports.forEach(({ netuid }, at) => {
    if (!netuids.includes(netuid))
      throw context.error(
        ["network", "import", at, "netuid"],
        `there is no subnet ${netuid}; there are ${netuids.join(", ")}`,
      );
  });
  const everybody = [...written.populations, ...imports.flatMap((one) => one.populations)];
  const blocks = blocksOf(written, groups, context);
  const around: Surroundings = {
    context,
    registry,
    seed,
    variables,
    netuids,
    startBlock,
    blocks,
    column,
  };
  const agents = withImportedWeights(makeAgents(everybody, around), imports, context);
  const treasury = nextAccount(agents);
  const populations = everybody.map(({ name }) => name);
  const named: Named = { populations, members: new Set(agents.map(({ name }) => name)) };
  const metrics: Metric[] = [];
  for (const [name, text] of Object.entries(written.metrics))
    metrics.push(metricOf(name, text, metrics, named, context, ["metrics", name]));
  return {
    comparison,
    protocol: written.protocol,
    variant: written.variant ?? null,
    seed,
    startBlock,
    blocks,
    callOrder: written.call_order ?? "drawn",
    parameters: { ...PRESETS[network.preset], ...network.parameters },
    lastRegistration: lastRegistration(network.preset, startBlock),
    subnets: subnetsOf(network.subnets, groups, agents, around),
    agents,
    populations,
    treasury: { coldkey: treasury, hotkey: treasury + 1 },
    issuance: network.issuance ?? null,
    shocks: planShocks(written, populations, around, agents),
    metrics,
    expectations: written.expect.map(({ metric, operator, value }, at) => ({
      metric:
        metrics.find(({ name }) => name === metric) ??
        metricOf(metric, metric, metrics, named, context, ["expect", at, "metric"]),
      operator,
      value,
    })),
    sampling: samplingOf(written),
  };
}

/** Blocks of the run; so many epochs are those of the subnet with the longest tempo. */
function blocksOf(
  { network, horizon }: EconomyText,
  groups: readonly Placed[],
  context: SubnetContext,
): number {
  if (typeof horizon === "number") return horizon;
  const tempos = groups.map(({ group }) =>
    Number(network.subnets[group]!.hyperparameters["tempo"] ?? SUBTENSOR_425.newSubnetTempo),
  );
  const tempo = tempos.reduce((longest, one) => Math.max(longest, one), 1);
  const blocks = horizon.epochs * tempo;
  if (blocks > LONGEST)
    throw context.error(
      ["horizon"],
      `${horizon.epochs} epochs of ${tempo} blocks; at most ${LONGEST} blocks`,
    );
  return blocks;
}

function variablesOf({ variables }: EconomyText, context: SubnetContext): Record<string, number> {
  const values: Record<string, number> = {};
  for (const [name, text] of Object.entries(variables))
    values[name] = context.at(["variables", name], () =>
      evaluateNumber(parseExpression(text, { variables: Object.keys(values), functions: [] }), {
        variables: values,
        functions: {},
      }),
    );
  return values;
}

/** Whom metrics can name. */
interface Named {
  readonly populations: readonly string[];
  readonly members: ReadonlySet<string>;
}

/** @param earlier metrics whose names the expression may use */
function metricOf(
  name: string,
  text: string,
  earlier: readonly Metric[],
  { populations, members }: Named,
  context: SubnetContext,
  path: readonly PropertyKey[],
): Metric {
  return context.at(path, () => {
    const expression = parseExpression(text, {
      variables: [...METRIC_VARIABLES, ...earlier.map((metric) => metric.name)],
      functions: Object.keys(METRIC_FUNCTIONS),
      texts: populations,
    });
    for (const { name: called, args } of callsIn(expression)) {
      const [population] = args;
      if (
        POPULATION_FUNCTIONS.includes(called) &&
        population?.kind === "value" &&
        !populations.includes(String(population.value)) &&
        !members.has(String(population.value))
      )
        throw new Unfit(
          `${called}: there is no population ${quoted(String(population.value))}; there are ${populations.join(", ")}`,
        );
    }
    const parts = new Map(earlier.map((metric) => [metric.name, metric.expression]));
    return { name, text, expression: substituted(expression, parts) };
  });
}

function columnReader(context: SubnetContext): Surroundings["column"] {
  const tables = new Map<string, ReturnType<typeof readTable>>();
  return (file, column, path) => {
    let table = tables.get(file);
    if (table === undefined) {
      table = readTable(context.readFile(file, path).bytes, file);
      tables.set(file, table);
    }
    const at = table.columns.indexOf(column);
    if (at < 0)
      throw new Unfit(`${file} has no column ${quoted(column)}; it has ${table.columns.join(", ")}`);
    return table.rows.map((row, index) => {
      const cell = row[at];
      const number =
        typeof cell === "string" && cell.trim() !== "" ? Number(cell) : Number(cell ?? Number.NaN);
      if (!Number.isFinite(number)) throw new Unfit(`${table.rowPlace(index)}: ${column} holds no number`);
      return number;
    });
  };
}

/** A subnet and the group it comes from. */
interface Placed {
  readonly netuid: Netuid;
  readonly group: number;
  /** Position in its group. */
  readonly index: number;
}

function expandGroups(groups: readonly SubnetGroup[], context: SubnetContext): Placed[] {
  const taken = new Set<Netuid>();
  const placed: Placed[] = [];
  groups.forEach(({ netuid: first, count }, group) => {
    let netuid = first ?? 1;
    for (let index = 0; index < count; index++) {
      if (first === undefined) while (taken.has(netuid)) netuid++;
      else if (taken.has(netuid))
        throw context.error(["network", "subnets", group, "netuid"], `subnet ${netuid} is there already`);
      taken.add(netuid);
      placed.push({ netuid, group, index });
      netuid++;
    }
    if (placed.length > MOST_SUBNETS)
      throw context.error(["network", "subnets", group], `there are more than ${MOST_SUBNETS} subnets`);
  });
  return placed;
}

function subnetsOf(
  groups: readonly SubnetGroup[],
  placed: readonly Placed[],
  agents: readonly AgentPlan[],
  { context, seed, variables, startBlock, column }: Surroundings,
): SubnetGenesis[] {
  return groups.flatMap((group, at): SubnetGenesis[] => {
    const path = ["network", "subnets", at];
    const own = placed.filter((place) => place.group === at);
    const draws = {
      seed,
      variables,
      members: own.map(({ netuid }) => `subnet-${netuid}`),
      listed: own.length,
      column: (file: string, name: string) => column(file, name, path),
    };
    const tao = context.at([...path, "tao"], () => drawAll(group.tao, "tao", draws).map(toRao));
    const prices = context.at([...path, "price"], () =>
      group.price === undefined ? own.map(() => DEFAULT_PRICE) : drawAll(group.price, "price", draws),
    );
    const moving = context.at([...path, "moving_price"], () =>
      group.moving_price === undefined ? prices : drawAll(group.moving_price, "moving-price", draws),
    );
    const owners = agents.filter(({ population }) => population === group.owner);
    if (group.owner !== undefined && owners.length === 0)
      throw context.error([...path, "owner"], `there is no population ${quoted(group.owner)} with members`);
    return own.map(({ netuid, index }): SubnetGenesis => {
      const owner = owners[index % Math.max(1, owners.length)];
      const alphaIn = context.at([...path, "price"], () => toRao(Number(tao[index]) / prices[index]!));
      return {
        netuid,
        owner: owner === undefined ? null : { coldkey: owner.coldkey, hotkey: owner.hotkeys[0]! },
        registeredAt: Math.max(0, startBlock - (group.age ?? startBlock)),
        tao: tao[index]!,
        alphaIn,
        movingPrice: timesFloor(decimalOfNumber(moving[index]!), TWO_32),
        started: group.started,
        hyperparameters: group.hyperparameters,
      };
    });
  });
}

function samplingOf({ trace }: EconomyText): EconomyPlan["sampling"] {
  const { every, stakes, calls, events } = trace;
  const pick = (own: number | null | undefined): number | null => (own === undefined ? every : own);
  return {
    blocks: pick(trace.blocks),
    pools: pick(trace.pools),
    accounts: pick(trace.accounts),
    stakes,
    metrics: pick(trace.metrics),
    meansFrom: trace.means_from,
    calls,
    events,
    neurons: trace.neurons,
    bonds: trace.bonds,
  };
}
