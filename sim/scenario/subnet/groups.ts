import { divideStake, drawStakes } from "../draws/stakes.ts";
import { drawRow, type TargetShare } from "../draws/weights.ts";
import { valuesByEpoch } from "../schema/by-epoch.ts";
import type { GroupStake } from "../schema/stakes.ts";
import type { NeuronGroup, Subnet } from "../schema/subnet.ts";
import type { DrawnWeights, GroupWeights } from "../schema/weights.ts";
import type { WeightRow } from "../types.ts";
import type { SubnetContext } from "./context.ts";
import { type Neuron, NeuronNames, Neurons } from "./neurons.ts";
import { resolveRows } from "./rows.ts";
import { Timeline } from "./timeline.ts";

const MOST_NEURONS = 65_535;
/** Opinions drawn for one subnet; more would not fit in memory. */
const MOST_DRAWS = 20_000_000;

/** Puts the neurons of `neurons:` together: labels and uids first, then stakes, then the weights that name them. */
export function neuronsOfGroups(subnet: Subnet, context: SubnetContext): Neurons {
  const groups = subnet.neurons!;
  const { labels, names } = context.once(groups, () => namesOf(groups, context));
  const list: Neuron[] = [];
  groups.forEach((group, index) => {
    const own = labels[index]!;
    const alpha = stakeSeries(group.alpha_stake, own, subnet, context, index, "alpha_stake");
    const tao = stakeSeries(group.tao_stake, own, subnet, context, index, "tao_stake");
    for (let offset = 0; offset < own.length; offset++)
      list.push({
        label: own[offset]!,
        alphaStake: alpha?.[offset] ?? Timeline.empty(),
        taoStake: tao?.[offset] ?? Timeline.empty(),
        weights: Timeline.empty<WeightRow>(),
        refreshes: (group.set_weights ?? subnet.set_weights) === "every-epoch",
        registeredAt: group.registered_at,
        permit: group.validator_permit,
      });
  });
  const neurons = new Neurons(list, names);
  groups.forEach((group, index) => setGroupWeights(group, index, neurons, subnet, context));
  return neurons;
}

interface GroupNames {
  /** Labels by position of the group. */
  readonly labels: readonly (readonly string[])[];
  readonly names: NeuronNames;
}

function namesOf(groups: readonly NeuronGroup[], context: SubnetContext): GroupNames {
  const labels: string[][] = [];
  const uids = new Map<string, readonly number[]>();
  const taken = new Set<string>();
  let n = 0;
  groups.forEach((group, index) => {
    const own = labelsOf(group, context, index);
    for (const label of [group.name, ...own].filter((name, at) => at === 0 || name !== group.name)) {
      if (taken.has(label))
        throw context.error(
          ["neurons", index, "name"],
          `another neuron or group is named ${label}; names differ`,
        );
      taken.add(label);
    }
    uids.set(
      group.name,
      own.map((_, offset) => n + offset),
    );
    if (n + own.length > MOST_NEURONS)
      throw context.error(["neurons", index], `a subnet has at most ${MOST_NEURONS} neurons`);
    n += own.length;
    labels.push(own);
  });
  return { labels, names: new NeuronNames(labels.flat(), uids) };
}

function labelsOf(group: NeuronGroup, context: SubnetContext, index: number): string[] {
  const count = group.count ?? listedCount(group);
  for (const key of ["alpha_stake", "tao_stake"] as const) {
    const stake = group[key];
    if (stake === undefined) continue;
    for (const [epoch, value] of valuesByEpoch<GroupStake>(stake))
      if (isList(value) && value.length !== (count ?? 1))
        throw context.error(
          ["neurons", index, key, ...epochPath(stake, epoch)],
          `lists ${value.length} amounts; the group has ${count ?? 1} neurons`,
        );
  }
  return count === undefined ? [group.name] : Array.from({ length: count }, (_, at) => `${group.name}-${at}`);
}

/** How many neurons a list of stakes speaks of. */
function listedCount(group: NeuronGroup): number | undefined {
  for (const stake of [group.alpha_stake, group.tao_stake]) {
    if (stake === undefined) continue;
    for (const [, value] of valuesByEpoch<GroupStake>(stake)) if (isList(value)) return value.length;
  }
  return undefined;
}

function isList(value: GroupStake): value is readonly bigint[] {
  return Array.isArray(value);
}

function epochPath(plan: unknown, epoch: number): PropertyKey[] {
  return typeof plan === "object" && plan !== null && "by_epoch" in plan ? ["by_epoch", String(epoch)] : [];
}

/** The stake of each neuron of a group over time; undefined = they have none. */
function stakeSeries(
  stake: NeuronGroup["alpha_stake"],
  labels: readonly string[],
  subnet: Subnet,
  context: SubnetContext,
  index: number,
  key: "alpha_stake" | "tao_stake",
): Timeline<bigint>[] | undefined {
  if (stake === undefined) return undefined;
  const columns = Array.from(valuesByEpoch<GroupStake>(stake), ([epoch, value]) => {
    const amounts = context.at(["neurons", index, key, ...epochPath(stake, epoch)], () => {
      if (typeof value === "bigint") return Array.from({ length: labels.length }, () => value);
      if (isList(value)) return value;
      const [purpose, { netuid }] = [`${key}/epoch-${epoch}`, subnet];
      return "total" in value
        ? divideStake(value.total, value.shares, labels, context.seed, netuid, purpose)
        : drawStakes(value, labels, context.seed, netuid, purpose);
    });
    return [epoch, amounts] as const;
  });
  return timelines(columns, labels.length);
}

function setGroupWeights(
  group: NeuronGroup,
  index: number,
  neurons: Neurons,
  subnet: Subnet,
  context: SubnetContext,
): void {
  const plan = group.weights;
  if (plan === undefined) return;
  const uids = neurons.uids(group.name);
  const columns = Array.from(valuesByEpoch<GroupWeights>(plan), ([epoch, weights]) => {
    const path = ["neurons", index, "weights", ...epochPath(plan, epoch)];
    const rows =
      "drawn" in weights
        ? drawnRows(weights.drawn, uids, neurons, epoch, subnet, context, [...path, "drawn"])
        : context.once(weights, () => context.at(path, () => resolveRows(weights, uids, neurons)));
    return [epoch, rows] as const;
  });
  const series = timelines(columns, uids.length);
  uids.forEach((uid, offset) => {
    neurons.list[uid]!.weights = series[offset]!;
  });
}

/** The timelines of the neurons of a group. @param columns a value per neuron, by the epoch from which they hold, ascending */
function timelines<T>(
  columns: readonly (readonly [epoch: number, values: readonly T[]])[],
  count: number,
): Timeline<T>[] {
  const since: number[] = [];
  for (const [epoch] of columns) since.push(epoch);
  const series: Timeline<T>[] = [];
  for (let offset = 0; offset < count; offset++) {
    const own: T[] = [];
    for (const [, values] of columns) own.push(values[offset]!);
    series.push(new Timeline(since, own));
  }
  return series;
}

function drawnRows(
  drawn: DrawnWeights,
  uids: readonly number[],
  neurons: Neurons,
  epoch: number,
  subnet: Subnet,
  context: SubnetContext,
  path: readonly PropertyKey[],
): WeightRow[] {
  const names = drawn.among === undefined ? undefined : [drawn.among].flat();
  const among = context.at([...path, "among"], () =>
    names === undefined
      ? [...neurons.list.keys()]
      : [...new Set(names.flatMap((name) => neurons.uids(name)))],
  );
  if (among.length * uids.length > MOST_DRAWS)
    throw context.error(path, `asks for ${among.length * uids.length} draws; at most ${MOST_DRAWS} are made`);
  const ofValidator = <T>(
    value: T | readonly T[] | undefined,
    key: string,
    offset: number,
  ): T | undefined => {
    if (!Array.isArray(value)) return value as T | undefined;
    if (value.length !== uids.length)
      throw context.error(
        [...path, key],
        `lists ${value.length} values; the group has ${uids.length} neurons`,
      );
    return value[offset] as T;
  };
  const { labels } = neurons;
  const seen = new Map<number, number>();
  const shares = drawn.shares && targetShares(drawn.shares, among, neurons, context, [...path, "shares"]);
  return uids.map((uid, offset) => {
    const candidates = among.filter((target) => target !== uid).sort((a, b) => a - b);
    const wanted = ofValidator<number | "all">(drawn.targets, "targets", offset)!;
    if (wanted !== "all" && wanted > candidates.length)
      throw context.error(
        [...path, "targets"],
        `asks for ${wanted} targets; ${labels[uid]} can weigh ${candidates.length} neurons`,
      );
    return drawRow({
      seed: context.seed,
      netuid: subnet.netuid,
      epoch,
      uid,
      labels,
      candidates,
      targets: wanted === "all" ? candidates.length : wanted,
      values: drawn.values,
      shared: drawn.shared,
      seen,
      noise: drawn.noise,
      first: ofValidator(drawn.first, "first", offset),
      shares,
    });
  });
}

/** Rounding of shares that are written in decimals. */
const ROUNDING = 1e-9;

/** The targets of each share, and of what the shares leave. @param among uids that may be weighed */
function targetShares(
  shares: Readonly<Record<string, number>>,
  among: readonly number[],
  neurons: Neurons,
  context: SubnetContext,
  path: readonly PropertyKey[],
): TargetShare[] {
  const rest = new Set(among);
  const named = Object.entries(shares).map(([name, share]): TargetShare => {
    const uids = context.at([...path, name], () => neurons.uids(name));
    for (const uid of uids)
      if (!rest.delete(uid))
        throw context.error(
          [...path, name],
          `${neurons.list[uid]!.label} ${among.includes(uid) ? "has a share already" : "is not among those that are weighed"}`,
        );
    return { uids: new Set(uids), share };
  });
  const all = named.reduce((sum, { share }) => sum + share, 0);
  const left = 1 - all;
  const come = `come to ${Number((100 * all).toPrecision(6))} %`;
  if (left < -ROUNDING) throw context.error(path, `${come}; allowed: at most 100 %`);
  if (left > ROUNDING && rest.size === 0)
    throw context.error(path, `${come}, and nobody is left who could have the rest; allowed: 100 %`);
  return [...named, { uids: rest, share: Math.max(0, left) }];
}
