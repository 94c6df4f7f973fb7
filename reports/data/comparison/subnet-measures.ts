import { ratioOf, sumAmounts } from "../../metrics/amounts.ts";
import { gini } from "../../metrics/gini.ts";
import { nakamotoCoefficient } from "../../metrics/nakamoto.ts";
import { median } from "../../metrics/quantile.ts";
import { topShare } from "../../metrics/top-share.ts";
import { formatNumber, formatPercent, formatSignificant } from "../../text/format.ts";
import { minerUids, pick, ratioOfBits, type SubnetRun, validatorUids } from "../subnet-run.ts";
import type { Measure } from "./arms.ts";

const dividends = (subnet: SubnetRun): bigint[] => pick(subnet.validatorEmission, validatorUids(subnet));
const incentive = (subnet: SubnetRun): bigint[] => pick(subnet.serverEmission, minerUids(subnet));
const three = (value: number | null): string => formatNumber(value, 3);

/** What runs of a subnet are compared by. */
export const SUBNET_MEASURES: readonly Measure<SubnetRun>[] = [
  {
    id: "gini-of-dividends",
    label: "Gini of dividends",
    format: three,
    value: (subnet) => gini(dividends(subnet)),
    definition: "Dividends of the whole run over validators with a permit at the end, per hotkey (M1).",
  },
  {
    id: "top-validator",
    label: "Top validator's part",
    format: formatPercent,
    value: (subnet) => topShare(dividends(subnet), 1),
    definition: "Part of all dividends of the run that the best-paid validator gets (M8).",
  },
  {
    id: "nakamoto-of-dividends",
    label: "Nakamoto of dividends",
    format: formatSignificant,
    value: (subnet) => nakamotoCoefficient(dividends(subnet)),
    definition: "Fewest validators that together get more than half of all dividends of the run (M3).",
  },
  {
    id: "gini-of-incentive",
    label: "Gini of incentive",
    format: three,
    value: (subnet) => gini(incentive(subnet)),
    definition: "Incentive of the whole run over miners, those without any included (M1).",
  },
  {
    id: "top-miner",
    label: "Top miner's part",
    format: formatPercent,
    value: (subnet) => topShare(incentive(subnet), 1),
    definition: "Part of all incentive of the run that the best-paid miner gets (M8).",
  },
  {
    id: "miners-part",
    label: "Incentive's part",
    format: formatPercent,
    value: ({ serverEmission, validatorEmission }) => {
      const [miners, all] = [
        sumAmounts(serverEmission),
        sumAmounts(serverEmission) + sumAmounts(validatorEmission),
      ];
      return all === 0n ? null : ratioOf(miners, all);
    },
    definition: "Incentive over incentive and dividends of the run (M50).",
  },
  {
    id: "validator-trust",
    label: "Median validator trust",
    format: formatPercent,
    value: (subnet) =>
      median(validatorUids(subnet).map((uid) => ratioOfBits(subnet.last.validatorTrust[uid]!))),
    definition: "Part of its weights that consensus leaves the median validator, after the last epoch (M26).",
  },
];
