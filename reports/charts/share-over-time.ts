import { groupEqual, sampleIndices, type SubnetGroup, topUids } from "../data/selection.ts";
import { ratioOfBits, type SubnetRun } from "../data/subnet-run.ts";
import { numberColumn, type Table, textColumn } from "../data/table.ts";
import { countOf, formatPercent, joinWords } from "../text/format.ts";
import { neuronFullName, neuronLabels } from "../text/labels.ts";
import { describePerRun } from "../text/per-run.ts";
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

/** What a reader should take from it: who ends on top, where it came from, and how far it swung between. */
function titleOf(groups: readonly SubnetGroup[], subject: ShareOverTime): string {
  const courses = groups.map((group) => courseOfTop(group, subject));
  const first = courses[0]!;
  const where = (label: string): string => (groups.length > 1 ? ` under ${label}` : "");
  if (first === null || courses.some((course) => course === null)) {
    return courses
      .map((course, i) =>
        course === null
          ? `No ${subject.role} has any ${subject.share} at the end${where(groups[i]!.label)}`
          : `${course.name} ends with ${course.end} of ${subject.share}${where(groups[i]!.label)}`,
      )
      .join("; ");
  }
  const known = courses.filter((course) => course !== null);
  const same = (key: keyof Course): boolean => known.every((course) => course[key] === first[key]);
  if (!same("name")) {
    const ends = known.map((course) => `${course.name} with ${course.end}${where(course.label)}`);
    return `Most ${subject.share} at the end: ${joinWords(ends)}`;
  }
  const ends = describePerRun(
    known.map(({ label, endShare, end }) => ({ label, value: endShare, text: end })),
  );
  if (!same("start")) return `${first.name} gets most ${subject.share} at the end: ${ends}`;
  if (same("end") && first.start === first.end && first.peak === null) {
    return `${first.name} gets ${first.start} of ${subject.share} throughout, more than any other ${subject.role}`;
  }
  const swing = first.peak === null || !same("peak") ? "" : `, rises to ${first.peak}`;
  return `${first.name} starts with ${first.start} of ${subject.share}${swing} and ends with ${ends}`;
}

/** The way of the neuron that has most at the end. */
interface Course {
  readonly label: string;
  readonly name: string;
  readonly start: string;
  /** The largest share in whole percent, where it is well above both ends. */
  readonly peak: string | null;
  readonly end: string;
  readonly endShare: number;
}

function courseOfTop({ label, subnet }: SubnetGroup, subject: ShareOverTime): Course | null {
  const column = subject.column(subnet);
  const last = subnet.epochs.length - 1;
  const shareAt = (index: number, uid: number): number => ratioOfBits(column[index * subnet.n + uid]!);
  const [top] = topUids(subject.population(subnet), (uid) => shareAt(last, uid), 1);
  if (top === undefined) return null;
  let peak = 0;
  for (let index = 1; index <= last; index++) if (shareAt(index, top) > shareAt(peak, top)) peak = index;
  const swings = shareAt(peak, top) > 1.1 * Math.max(shareAt(0, top), shareAt(last, top));
  return {
    label,
    name: neuronLabels(subnet.hotkeys)[top]!,
    start: formatPercent(shareAt(0, top)),
    peak: swings ? formatPercent(Math.round(shareAt(peak, top) * 100) / 100) : null,
    end: formatPercent(shareAt(last, top)),
    endShare: shareAt(last, top),
  };
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
