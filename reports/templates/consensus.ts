import { bondsHeatMap } from "../charts/bonds-heat-map.ts";
import { concentration } from "../charts/concentration.ts";
import { consensusAgainstWeight } from "../charts/consensus-against-weight.ts";
import { dividendsConcentrationOverTime } from "../charts/dividends-concentration-over-time.ts";
import { dividendsMoved } from "../charts/dividends-moved.ts";
import { dividendsOverTime } from "../charts/dividends-over-time.ts";
import { dividendsPerThousand } from "../charts/dividends-per-thousand.ts";
import { emissionByRole } from "../charts/emission-by-role.ts";
import { incentiveByRank } from "../charts/incentive-by-rank.ts";
import { incentiveOverTime } from "../charts/incentive-over-time.ts";
import { validatorTrust } from "../charts/validator-trust.ts";
import { InputError } from "../../sim/errors.ts";
import { readRunOf, type ReportRun } from "../data/from-trace.ts";
import type { SubnetRun } from "../data/subnet-run.ts";
import { countOf, formatCount, joinWords } from "../text/format.ts";
import { displayProse, displayText } from "../text/labels.ts";
import { consensusHeadlines } from "./consensus-headlines.ts";
import { definitionsOf } from "./definitions.ts";
import { manifestEntries } from "./manifest.ts";
import type { Report, Section } from "./report.ts";
import { isEconomyRun, type Template } from "./template.ts";
import { validatorsTable } from "./validators-table.ts";

/** The report about the epochs of a subnet. */
export const consensusTemplate: Template = {
  name: "consensus",
  isUsualFor: (runs) => !runs.some(isEconomyRun),
  build: async (sources, { netuid }) => {
    const runs: ReportRun[] = [];
    for (const { trace, label } of sources) {
      const run = await readRunOf(trace, label);
      const subnets = run.subnets.filter((subnet) => netuid === null || subnet.netuid === netuid);
      if (subnets.length === 0)
        throw new InputError(`${trace.directory}: ${noSubnet(run, netuid, isEconomyRun({ trace, label }))}`);
      runs.push({ ...run, subnets });
    }
    const netuids = [...new Set(runs.flatMap((run) => run.subnets.map((subnet) => subnet.netuid)))];
    if (netuids.length > 1)
      throw new InputError(
        `a report about consensus is about one subnet; there are subnets ${netuids.join(", ")}: choose one with --subnet`,
      );
    return consensusReport(runs);
  },
};

function noSubnet({ subnets }: ReportRun, netuid: number | null, economy: boolean): string {
  if (subnets.length > 0)
    return `has no epochs of subnet ${netuid}; there are subnets ${[...new Set(subnets.map((subnet) => subnet.netuid))].join(", ")}`;
  return economy
    ? "an economy traces the epochs of its subnets only when its scenario says so, for example trace: { neurons: [1] }"
    : "no epoch in this run, so there is nothing to report";
}

/**
 * The report about the epochs of a subnet: who is paid, what consensus made of the weights, how the bonds lie.
 *
 * @param runs at least one; all of the same subnet.
 */
export function consensusReport(runs: readonly ReportRun[]): Report {
  const subnets = runs.flatMap((run) => run.subnets);
  const first = subnets[0]!;
  const [manifest] = runs.map((run) => run.manifest);
  return {
    title: displayText(manifest?.title || manifest?.name || "Run without an end"),
    subtitle: subtitleOf(subnets),
    description: displayProse(
      manifest?.description ?? "This run was stopped before its end; what follows is what it had.",
    ),
    headlines: consensusHeadlines(subnets),
    sections: sectionsOf(subnets),
    tables: [validatorsTable(subnets, first)],
    manifest: manifestEntries(runs),
    definitions: definitionsOf(["M1", "M2", "M3", "M7", "M9", "M25", "M26", "M50"]),
  };
}

function subtitleOf(subnets: readonly SubnetRun[]): string {
  const first = subnets[0]!;
  const parts = [
    `Subnet ${first.netuid}`,
    countOf(first.n, "neuron"),
    countOf(first.epochs.length, "epoch"),
    `blocks ${formatCount(first.blocks[0]!)} to ${formatCount(first.blocks.at(-1)!)}`,
  ];
  if (subnets.length > 1) parts.push(`${joinWords(subnets.map((subnet) => subnet.label))} side by side`);
  return parts.join(" · ");
}

function sectionsOf(subnets: readonly SubnetRun[]): Section[] {
  const comparable = subnets.length > 1 && subnets.every((subnet) => sameNeurons(subnet, subnets[0]!));
  return [
    {
      id: "validators",
      title: "Validators",
      charts: [
        dividendsOverTime(subnets),
        ...(comparable ? [dividendsMoved(subnets)] : []),
        dividendsPerThousand(subnets),
        dividendsConcentrationOverTime(subnets),
        validatorTrust(subnets),
      ],
    },
    {
      id: "miners",
      title: "Miners",
      charts: [incentiveOverTime(subnets), incentiveByRank(subnets), consensusAgainstWeight(subnets)],
    },
    { id: "bonds", title: "Bonds", charts: [bondsHeatMap(subnets)] },
    { id: "distribution", title: "Who gets what", charts: [emissionByRole(subnets), concentration(subnets)] },
  ];
}

/** Whether uid for uid the same hotkeys are there, so that a difference per neuron means something. */
function sameNeurons(a: SubnetRun, b: SubnetRun): boolean {
  return a.n === b.n && a.hotkeys.every((hotkey, uid) => hotkey === b.hotkeys[uid]);
}
