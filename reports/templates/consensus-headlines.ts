import {
  atEpoch,
  lastEpochIndex,
  minerUids,
  pick,
  ratioOfBits,
  type SubnetRun,
  validatorUids,
} from "../data/subnet-run.ts";
import { ratioOf, sumAmounts } from "../metrics/amounts.ts";
import { redistributedShare } from "../metrics/distance.ts";
import { gini } from "../metrics/gini.ts";
import { nakamotoCoefficient, rankAtShare } from "../metrics/nakamoto.ts";
import { median } from "../metrics/quantile.ts";
import { topShare } from "../metrics/top-share.ts";
import { countOf, formatCount, formatNumber, formatPercent, formatTokens } from "../text/format.ts";
import { neuronLabels } from "../text/labels.ts";
import type { Headline } from "./report.ts";

/** The five figures of the summary. They describe the first run, and say how the second differs where there is one. */
export function consensusHeadlines(subnets: readonly SubnetRun[]): Headline[] {
  const [first, second] = subnets as [SubnetRun, SubnetRun | undefined];
  return [
    emissionHeadline(first),
    second !== undefined && second.n === first.n ? changeHeadline(first, second) : dividendsHeadline(first),
    stakeHeadline(first),
    incentiveHeadline(first),
    trustHeadline(first),
  ];
}

function emissionHeadline(subnet: SubnetRun): Headline {
  const total = sumAmounts(subnet.emissionByEpoch);
  const miners = sumAmounts(subnet.serverEmission);
  const validators = sumAmounts(subnet.validatorEmission);
  const share = (part: bigint): string =>
    formatPercent(miners + validators === 0n ? null : ratioOf(part, miners + validators));
  return {
    figure: `${formatTokens(total)} alpha`,
    label: `emitted in ${countOf(subnet.epochs.length, "epoch")}`,
    sentence: `${share(miners)} went to miners as incentive and ${share(validators)} to validators as dividends.`,
    definition:
      "Sum of the combined emission of all neurons over the epochs of the run, in alpha of the subnet; what the owner takes before an epoch is not in it (M50).",
  };
}

function changeHeadline(first: SubnetRun, second: SubnetRun): Headline {
  const moved = redistributedShare(first.validatorEmission, second.validatorEmission);
  const [before, after] = [dividendsGini(first), dividendsGini(second)];
  const direction =
    before === null || after === null || before === after
      ? "stays at"
      : after > before
        ? "rises to"
        : "falls to";
  return {
    figure: formatPercent(moved),
    label: `of dividends change hands under ${second.label}`,
    sentence: `Compared with ${first.label}, over the whole run. The Gini of dividends in the last epoch ${direction} ${formatNumber(after, 3)}${direction === "stays at" ? "" : ` from ${formatNumber(before, 3)}`}.`,
    definition:
      "Half the sum of absolute differences between the validators' shares of all dividends of the run. Gini (M1) over validators with a permit, per hotkey.",
  };
}

function dividendsHeadline(subnet: SubnetRun): Headline {
  const dividends = pick(atEpoch(subnet, subnet.dividends, lastEpochIndex(subnet)), validatorUids(subnet));
  return {
    figure: formatNumber(gini(dividends), 2),
    label: "Gini of dividends in the last epoch",
    sentence: `The best-paid validator gets ${formatPercent(topShare(dividends, 1))} of dividends; ${countOf(nakamotoCoefficient(dividends) ?? 0, "validator")} together get more than half.`,
    definition:
      "Gini (M1) and Nakamoto coefficient at one half (M3) over validators with a permit after the last epoch, per hotkey.",
  };
}

function stakeHeadline(subnet: SubnetRun): Headline {
  const validators = validatorUids(subnet);
  const stakes = pick(subnet.last.stake, validators);
  const majority = nakamotoCoefficient(stakes);
  const top = validators[0];
  return {
    figure: majority === null ? "none" : `${formatCount(majority)} of ${formatCount(validators.length)}`,
    label: "validators hold more than half of the stake",
    sentence:
      top === undefined
        ? "No validator has a permit and stake after the last epoch."
        : `${neuronLabels(subnet.hotkeys)[top]!} alone holds ${formatPercent(topShare(stakes, 1))}; the Gini of stake is ${formatNumber(gini(stakes), 2)}.`,
    definition:
      "Nakamoto coefficient at one half (M3) and Gini (M1) of combined stake, alpha plus root TAO times the TAO weight, over validators with a permit after the last epoch, per hotkey.",
  };
}

function incentiveHeadline(subnet: SubnetRun): Headline {
  const miners = minerUids(subnet);
  const incentive = pick(atEpoch(subnet, subnet.incentive, lastEpochIndex(subnet)), miners);
  const paid = incentive.filter((amount) => amount > 0n).length;
  const rank = rankAtShare(incentive, { numerator: 8n, denominator: 10n });
  return {
    figure: rank === null ? "none" : `${formatCount(rank)} of ${formatCount(miners.length)}`,
    label: "miners share 80% of incentive",
    sentence:
      rank === null
        ? "No miner has any incentive in the last epoch."
        : `${countOf(paid, "miner")} ${paid === 1 ? "gets" : "get"} any; the top one gets ${formatPercent(topShare(incentive, 1))}.`,
    definition:
      "Smallest number of miners with at least 80% of incentive in the last epoch (M9), over all neurons that compete for incentive, those without any included.",
  };
}

function trustHeadline(subnet: SubnetRun): Headline {
  const uids = validatorUids(subnet);
  const trust = uids.map((uid) => ratioOfBits(subnet.last.validatorTrust[uid]!));
  const lowest = trust.indexOf(Math.min(...trust));
  return {
    figure: formatPercent(median(trust)),
    label: "median validator trust",
    sentence:
      trust.length === 0
        ? "No validator has a permit and stake after the last epoch."
        : `${neuronLabels(subnet.hotkeys)[uids[lowest]!]!} agrees least with the majority of stake: ${formatPercent(trust[lowest]!)} of its weights stand.`,
    definition:
      "Validator trust (M26) is the part of a validator's weights that is left after clipping to consensus; the median over validators with a permit after the last epoch.",
  };
}

function dividendsGini(subnet: SubnetRun): number | null {
  return gini(pick(atEpoch(subnet, subnet.dividends, lastEpochIndex(subnet)), validatorUids(subnet)));
}
