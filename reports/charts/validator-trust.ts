import { groupEqual } from "../data/selection.ts";
import { pick, ratioOfBits, type SubnetRun, validatorUids } from "../data/subnet-run.ts";
import { numberColumn, textColumn } from "../data/table.ts";
import { median } from "../metrics/quantile.ts";
import { countOf, formatPercent } from "../text/format.ts";
import { neuronFullName, neuronLabels } from "../text/labels.ts";
import type { Chart } from "./chart.ts";
import { neuronDotsPanel } from "./neuron-dots.ts";
import { rangeAround, rangeFromZero } from "./scale.ts";

/** Validators that fit without making the chart a list. */
const MOST_ROWS = 24;

/** M26 per validator after the last epoch: the part of its weights that consensus let stand. */
export function validatorTrust(subnets: readonly SubnetRun[]): Chart {
  const groups = groupEqual(subnets, ({ last }) => [last.validatorTrust, last.permit]);
  const first = subnets[0]!;
  const labels = neuronLabels(first.hotkeys);
  const uids = validatorUids(first).slice(0, MOST_ROWS);
  const trust = (subnet: SubnetRun, uid: number): number | null =>
    uid < subnet.n && subnet.last.permit[uid] === 1 ? ratioOfBits(subnet.last.validatorTrust[uid]!) : null;
  const rows = uids.map((uid) => ({
    label: labels[uid]!,
    values: groups.map(({ subnet }) => trust(subnet, uid)),
    tip: [
      neuronFullName(uid, first.hotkeys[uid]!),
      ...groups.map(
        (group) => `${group.label}: ${formatPercent(trust(group.subnet, uid))} of its weights stand`,
      ),
    ].join("\n"),
  }));
  const middle = median(pick(first.last.validatorTrust, validatorUids(first)).map(ratioOfBits));
  const values = rows.flatMap((row) => row.values.filter((value) => value !== null));
  const range =
    values.length === 0 || Math.min(...values) < 0.5 ? rangeFromZero(1) : rangeAround(values, 0.02);
  return {
    id: "validator-trust",
    title: titleOf(first, groups.length > 1 ? ` under ${first.label}` : ""),
    description:
      "Validator trust is the part of a validator's weights that is left after clipping to consensus (M26): 100% agrees with the " +
      "majority of stake everywhere, 0% weighs what hardly any other validator weighs. After the last epoch; validators by stake, largest on top. " +
      `The dashed line is the median.${range.low > 0 ? " The axis does not start at zero." : ""}${groups.length === 1 && subnets.length > 1 ? ` The same under ${groups[0]!.label}.` : ""}`,
    panels: [
      neuronDotsPanel({
        rows,
        series: groups.map((group) => group.label),
        range,
        xTitle: "Validator trust, share of the validator's weights",
        xFormat: range.percentFormat,
        reference: middle === null ? null : { value: middle, label: "median" },
      }),
    ],
    table: {
      columns: [
        textColumn("comparison", "Run"),
        numberColumn("uid", "Uid"),
        textColumn("hotkey", "Hotkey"),
        numberColumn("validator_trust_ratio", "Validator trust", formatPercent),
      ],
      rows: groups.flatMap(({ label, subnet }) =>
        validatorUids(subnet).map((uid) => [label, uid, subnet.hotkeys[uid]!, trust(subnet, uid)]),
      ),
    },
  };
}

function titleOf(subnet: SubnetRun, where: string): string {
  const uids = validatorUids(subnet);
  if (uids.length === 0) return "No validator has a permit and stake";
  const values = uids.map((uid) => ratioOfBits(subnet.last.validatorTrust[uid]!));
  const lowest = values.indexOf(Math.min(...values));
  const clipped = values.filter((value) => value < 0.9).length;
  const name = neuronLabels(subnet.hotkeys)[uids[lowest]!]!;
  if (clipped === 0)
    return `Consensus leaves every validator at least ${formatPercent(values[lowest]!)} of its weights${where}`;
  return `Consensus takes more than a tenth of the weights of ${clipped} of ${countOf(uids.length, "validator")}; ${name} keeps least, ${formatPercent(values[lowest]!)}${where}`;
}
