import { groupEqual, topUids } from "../data/selection.ts";
import { minerUids, ratioOfBits, type SubnetRun, validatorUids } from "../data/subnet-run.ts";
import { numberColumn, textColumn } from "../data/table.ts";
import { quantile } from "../metrics/quantile.ts";
import { countOf, formatPercent } from "../text/format.ts";
import { neuronFullName, neuronLabels } from "../text/labels.ts";
import type { Chart, Panel, PanelSpec, Row } from "./chart.ts";
import { rangeFromZero, squareRootTicks } from "./scale.ts";

/** Miners that fit side by side with names that can be read. */
const MOST_MINERS = 40;

const CONSENSUS = "Consensus";
const MEAN = "Mean weight by stake";

/** What consensus makes of the weights that a miner gets. All are shares of a validator's weights. */
interface WeighedMiner {
  readonly uid: number;
  readonly consensus: number;
  /** Mean over validators, each counted by its stake. */
  readonly mean: number;
  /** Quantiles 0.1 and 0.9 over validators, each counted once. */
  readonly low: number;
  readonly high: number;
  /** Validators that weigh it above zero. */
  readonly weighedBy: number;
}

/** Consensus of each miner against the weights that validators set on it, after the last epoch. */
export function consensusAgainstWeight(subnets: readonly SubnetRun[]): Chart {
  const groups = groupEqual(subnets, ({ last }) => [
    last.consensus,
    last.weights.rows,
    last.weights.columns,
    last.weights.values,
    last.stake,
  ]);
  const weighed = groups.map((group) => ({ ...group, miners: weighMiners(group.subnet) }));
  const shown = weighed.map((group) => ({ ...group, miners: mostWeighed(group.miners) }));
  const highest = Math.max(
    0,
    ...shown.flatMap(({ miners }) => miners.map((m) => Math.max(m.high, m.mean, m.consensus))),
  );
  return {
    id: "consensus-against-weight",
    title: titleOf(weighed),
    description:
      `Dots: consensus, the largest weight that a kappa majority of stake stands behind. Ticks: mean weight of validators, each counted by its stake. ` +
      `Grey lines: the middle 80% of validators, each counted once. Weights are shares of the validator's own sum. The ${MOST_MINERS} miners with most consensus, ` +
      `then most weight, largest first; a dot below its tick means that what a minority gives is clipped.`,
    panels: shown.map((group): Panel =>
      weightPanel(
        group.subnet,
        group.miners,
        highest,
        groups.length === 1 && subnets.length === 1 ? null : group.label,
      ),
    ),
    table: {
      columns: [
        textColumn("comparison", "Run"),
        numberColumn("uid", "Uid"),
        textColumn("hotkey", "Hotkey"),
        numberColumn("consensus_ratio", "Consensus", formatPercent),
        numberColumn("weight_mean_by_stake", "Mean weight by stake", formatPercent),
        numberColumn("weight_p10", "Weight, 10th percentile", formatPercent),
        numberColumn("weight_p90", "Weight, 90th percentile", formatPercent),
        numberColumn("weighed_by", "Validators that weigh it"),
      ],
      rows: weighed.flatMap(({ label, subnet, miners }) =>
        miners.map((m) => [
          label,
          m.uid,
          subnet.hotkeys[m.uid]!,
          m.consensus,
          m.mean,
          m.low,
          m.high,
          m.weighedBy,
        ]),
      ),
    },
  };
}

function weighMiners(subnet: SubnetRun): WeighedMiner[] {
  const validators = validatorUids(subnet).filter((uid) => subnet.last.active[uid] === 1);
  const isValidator = new Set(validators);
  const { rows, columns, values } = subnet.last.weights;
  const rowSums = new Float64Array(subnet.n);
  // A validator's weight on itself does not count in an epoch (spec/epoch.md 5).
  const counts = (k: number): boolean => isValidator.has(rows[k]!) && rows[k] !== columns[k];
  for (let k = 0; k < values.length; k++) if (counts(k)) rowSums[rows[k]!]! += values[k]!;
  const setters = validators.filter((uid) => rowSums[uid]! > 0);
  const stakeOf = (uid: number): number => Number(subnet.last.stake[uid]!);
  const allStake = validators.reduce((sum, uid) => sum + stakeOf(uid), 0);
  const byMiner = new Map<number, { row: number; share: number }[]>();
  for (let k = 0; k < values.length; k++) {
    if (!counts(k) || values[k] === 0) continue;
    const entry = { row: rows[k]!, share: values[k]! / rowSums[rows[k]!]! };
    const entries = byMiner.get(columns[k]!);
    if (entries) entries.push(entry);
    else byMiner.set(columns[k]!, [entry]);
  }
  return minerUids(subnet).map((uid) => {
    const entries = byMiner.get(uid) ?? [];
    const shares = [
      ...entries.map((entry) => entry.share),
      ...Array<number>(setters.length - entries.length).fill(0),
    ];
    return {
      uid,
      consensus: ratioOfBits(subnet.last.consensus[uid]!),
      mean:
        allStake === 0
          ? 0
          : entries.reduce((sum, entry) => sum + entry.share * stakeOf(entry.row), 0) / allStake,
      low: quantile(shares, 0.1) ?? 0,
      high: quantile(shares, 0.9) ?? 0,
      weighedBy: entries.length,
    };
  });
}

function mostWeighed(miners: readonly WeighedMiner[]): WeighedMiner[] {
  const byUid = new Map(miners.map((miner) => [miner.uid, miner]));
  const uids = miners.map((miner) => miner.uid);
  // Consensus first; weight only decides where consensus is equal, as between those that have none.
  return topUids(uids, (uid) => byUid.get(uid)!.consensus + byUid.get(uid)!.mean * 2 ** -33, MOST_MINERS).map(
    (uid) => byUid.get(uid)!,
  );
}

function titleOf(groups: readonly { label: string; miners: readonly WeighedMiner[] }[]): string {
  const parts = groups.map(({ label, miners }) => {
    const weighed = miners.filter((miner) => miner.weighedBy > 0);
    const agreed = weighed.filter((miner) => miner.consensus > 0);
    const clipped = weighed.reduce((sum, miner) => sum + Math.max(0, miner.mean - miner.consensus), 0);
    const given = weighed.reduce((sum, miner) => sum + miner.mean, 0);
    return {
      label,
      text:
        weighed.length === 0
          ? "No validator weighs any miner"
          : `Consensus backs ${agreed.length} of the ${countOf(weighed.length, "miner")} that any validator weighs and clips at least ${formatPercent(given > 0 ? clipped / given : 0)} of the weight`,
    };
  });
  return parts.length === 1
    ? parts[0]!.text
    : parts.map((part) => `${part.label}: ${part.text.toLowerCase()}`).join("; ");
}

function weightPanel(
  subnet: SubnetRun,
  miners: readonly WeighedMiner[],
  highest: number,
  title: string | null,
): Panel {
  const labels = neuronLabels(subnet.hotkeys);
  const range = rangeFromZero(highest);
  return {
    title,
    height: 260,
    labelRoom: 8,
    datasets: {
      weights: miners.map((m): Row => ({
        miner: labels[m.uid]!,
        low: m.low,
        high: m.high,
        tip: tipOf(m, subnet),
      })),
      means: miners.map((m): Row => ({
        miner: labels[m.uid]!,
        measure: MEAN,
        value: m.mean,
        tip: tipOf(m, subnet),
      })),
      consensus: miners.map((m): Row => ({
        miner: labels[m.uid]!,
        measure: CONSENSUS,
        value: m.consensus,
        tip: tipOf(m, subnet),
      })),
    },
    spec: ({ theme, data }): PanelSpec => {
      const x = {
        field: "miner",
        type: "nominal" as const,
        title: "Miner, most consensus first",
        scale: { domain: miners.map((m) => labels[m.uid]!) },
        axis: { labelAngle: -90, labelLimit: 90, labelOverlap: true, labelFontSize: 10, ticks: false },
      };
      const y = {
        type: "quantitative" as const,
        title: "Share of a validator's weights, square-root scale",
        scale: { type: "sqrt" as const, domain: [range.low, range.high], nice: false },
        axis: { format: "~%", values: squareRootTicks(range.high), labelOverlap: false },
      };
      const tooltip = { field: "tip", type: "nominal" as const };
      const color = {
        field: "measure",
        type: "nominal" as const,
        scale: { domain: [CONSENSUS, MEAN], range: [theme.categorical[0]!, theme.categorical[1]!] },
        legend: { title: null, orient: "top" as const, direction: "horizontal" as const },
      };
      const value = { ...y, field: "value" };
      return {
        layer: [
          {
            data: data("weights"),
            mark: { type: "rule", strokeWidth: 3, color: theme.band },
            encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, tooltip },
          },
          {
            data: data("means"),
            mark: { type: "tick", orient: "horizontal", thickness: 2.5, bandSize: 9, opacity: 1 },
            encoding: { x, y: value, color, tooltip },
          },
          {
            data: data("consensus"),
            mark: { type: "point", filled: true, size: 48, opacity: 1 },
            encoding: { x, y: value, color, tooltip },
          },
        ],
      };
    },
  };
}

function tipOf(miner: WeighedMiner, subnet: SubnetRun): string {
  return [
    neuronFullName(miner.uid, subnet.hotkeys[miner.uid]!),
    `Consensus: ${formatPercent(miner.consensus)}`,
    `Mean weight by stake: ${formatPercent(miner.mean)}`,
    `Middle 80% of validators: ${formatPercent(miner.low)} to ${formatPercent(miner.high)}`,
    `Weighed by ${countOf(miner.weighedBy, "validator")}`,
  ].join("\n");
}
