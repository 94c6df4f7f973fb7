import { groupEqual, sampleIndices, type SubnetGroup, topUids } from "../data/selection.ts";
import { ratioOfBits, type SubnetRun } from "../data/subnet-run.ts";
import { numberColumn, type Table, textColumn } from "../data/table.ts";
import { countOf, formatPercent } from "../text/format.ts";
import { neuronFullName, neuronLabels } from "../text/labels.ts";
import type { Chart, Panel } from "./chart.ts";
import { rangeFromZero } from "./scale.ts";
import { seriesLinesPanel } from "./series-lines.ts";

/** Lines that are named; as many as the palette has colours. */
const NAMED = 6;

/** More epochs than this are thinned out evenly: a plot is not wider than that. */
const MOST_EPOCHS = 150;

/** A share of the subnet per neuron and epoch: incentive of miners or dividends of validators. */
export interface ShareOverTime {
  readonly id: string;
  /** The column of the share. */
  readonly column: (subnet: SubnetRun) => BigInt64Array;
  /** The neurons that compete for it. */
  readonly population: (subnet: SubnetRun) => readonly number[];
  /** "incentive" or "dividends": the chain's word for the share. */
  readonly share: string;
  /** "miner" or "validator". */
  readonly role: string;
  readonly description: string;
}

/** The chart of a share over epochs: the largest named, the rest as a grey band. */
export function shareOverTime(subnets: readonly SubnetRun[], subject: ShareOverTime): Chart {
  const groups = groupEqual(subnets, (subnet) => [subject.column(subnet)]);
  const named = namedUids(groups, subject);
  const drawn = groups.map((group) => drawGroup(group, subject, named));
  const highest = Math.max(0, ...drawn.map((group) => group.highest));
  return {
    id: subject.id,
    title: titleOf(groups, subject),
    description: `${subject.description} The ${named.length} with the largest mean share over the run are named; the grey band is the range of all others.`,
    panels: drawn.map((group): Panel =>
      seriesLinesPanel({
        title: groups.length === 1 && subnets.length === 1 ? null : group.label,
        epochs: group.epochs,
        lines: group.lines,
        band: group.band,
        tips: group.tips,
        range: rangeFromZero(highest),
        yTitle: `${capitalised(subject.share)}, share of the subnet`,
        yFormat: rangeFromZero(highest).percentFormat,
      }),
    ),
    table: tableOf(groups, subject, named),
  };
}

function namedUids(groups: readonly SubnetGroup[], subject: ShareOverTime): number[] {
  const first = groups[0]!.subnet;
  const means = groups.map(({ subnet }) => meanShares(subnet, subject.column(subnet)));
  return topUids(
    [...new Set(groups.flatMap(({ subnet }) => subject.population(subnet)))].filter((uid) => uid < first.n),
    (uid) => means.reduce((sum, mean) => sum + (mean[uid] ?? 0), 0),
    NAMED,
  );
}

function meanShares(subnet: SubnetRun, column: BigInt64Array): Float64Array {
  const means = new Float64Array(subnet.n);
  for (let i = 0; i < column.length; i++)
    means[i % subnet.n]! += ratioOfBits(column[i]!) / subnet.epochs.length;
  return means;
}

function drawGroup(group: SubnetGroup, subject: ShareOverTime, named: readonly number[]) {
  const { subnet } = group;
  const column = subject.column(subnet);
  const labels = neuronLabels(subnet.hotkeys);
  const indices = sampleIndices(subnet.epochs.length, MOST_EPOCHS);
  const others = subject.population(subnet).filter((uid) => !named.includes(uid));
  const shareAt = (index: number, uid: number): number => ratioOfBits(column[index * subnet.n + uid]!);
  const epochs = indices.map((index) => subnet.epochs[index]!);
  const lines = named.map((uid, color) => ({
    label: labels[uid] ?? `uid ${uid}`,
    color,
    values: indices.map((index) => (uid < subnet.n ? shareAt(index, uid) : null)),
  }));
  const low = indices.map((index) =>
    others.reduce((least, uid) => Math.min(least, shareAt(index, uid)), Infinity),
  );
  const high = indices.map((index) => others.reduce((most, uid) => Math.max(most, shareAt(index, uid)), 0));
  const tips = indices.map((index, i) =>
    [
      `Epoch ${subnet.epochs[index]}, block ${subnet.blocks[index]}`,
      ...named.map(
        (uid, k) =>
          `${neuronFullName(uid, subnet.hotkeys[uid] ?? "")}: ${formatPercent(lines[k]!.values[i]!)}`,
      ),
      ...(others.length === 0
        ? []
        : [
            `${countOf(others.length, `other ${subject.role}`)}: ${formatPercent(low[i]!)} to ${formatPercent(high[i]!)}`,
          ]),
    ].join("\n"),
  );
  const highest = Math.max(0, ...high, ...lines.flatMap((line) => line.values.map((value) => value ?? 0)));
  return {
    label: group.label,
    epochs,
    lines,
    band: others.length === 0 ? null : { low, high },
    tips,
    highest,
  };
}

/** What a reader should take from it: who ends on top, and how much moved since the first epoch. */
function titleOf(groups: readonly SubnetGroup[], subject: ShareOverTime): string {
  const statements = groups.map((group) => {
    const { subnet } = group;
    const column = subject.column(subnet);
    const last = subnet.epochs.length - 1;
    const [top] = topUids(
      subject.population(subnet),
      (uid) => ratioOfBits(column[last * subnet.n + uid]!),
      1,
    );
    const where = groups.length === 1 ? "" : ` under ${group.label}`;
    if (top === undefined) return { where, text: `no ${subject.role} has any ${subject.share} at the end` };
    const first = formatPercent(ratioOfBits(column[top]!));
    const end = formatPercent(ratioOfBits(column[last * subnet.n + top]!));
    const name = neuronLabels(subnet.hotkeys)[top]!;
    return {
      where,
      text: `${name} ends on top with ${end} of ${subject.share}${first === end ? " and never moves" : `, after ${first} in the first epoch`}`,
      name,
      first,
      end,
    };
  });
  if (statements.length === 1) return capitalisedUnlessName(statements[0]!.text, statements[0]!.name);
  return statements
    .map(({ where, text, name, first, end }) =>
      name === undefined
        ? `${text}${where}`
        : `${name} ${first === end ? `stays at ${end}` : `goes from ${first} to ${end}`}${where}`,
    )
    .join("; ")
    .replace(/^/, `${capitalised(subject.share)} of the top ${subject.role}: `);
}

function tableOf(groups: readonly SubnetGroup[], subject: ShareOverTime, named: readonly number[]): Table {
  const rows = groups.flatMap((group) => {
    const { subnet } = group;
    const column = subject.column(subnet);
    return sampleIndices(subnet.epochs.length, MOST_EPOCHS).flatMap((index) =>
      named
        .filter((uid) => uid < subnet.n)
        .map((uid) => [
          group.label,
          subnet.epochs[index]!,
          String(subnet.blocks[index]!),
          uid,
          subnet.hotkeys[uid]!,
          ratioOfBits(column[index * subnet.n + uid]!),
        ]),
    );
  });
  return {
    columns: [
      textColumn("comparison", "Run"),
      numberColumn("epoch", "Epoch"),
      numberColumn("block", "Block"),
      numberColumn("uid", "Uid"),
      textColumn("hotkey", "Hotkey"),
      numberColumn(`${subject.share}_ratio`, `${capitalised(subject.share)} (share)`, formatPercent),
    ],
    rows,
  };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function capitalisedUnlessName(text: string, name: string | undefined): string {
  return name !== undefined && text.startsWith(name) ? text : capitalised(text);
}
