import { InputError } from "../../../sim/errors.ts";
import { emissionByRoleOverTime } from "../../charts/economy/emission-by-role-over-time.ts";
import { issuance } from "../../charts/economy/issuance.ts";
import { priceSum } from "../../charts/economy/price-sum.ts";
import { prices } from "../../charts/economy/prices.ts";
import { taoIn } from "../../charts/economy/tao-in.ts";
import type { Chart } from "../../charts/chart.ts";
import { dayOf, type EconomyRun, subnetsBySize } from "../../data/economy/economy-run.ts";
import { readEconomies } from "../../data/economy/read.ts";
import { countOf, formatCount, formatSignificant, joinWords } from "../../text/format.ts";
import { displayText } from "../../text/labels.ts";
import { definitionsOf } from "../definitions.ts";
import { manifestEntries } from "../manifest.ts";
import type { Report, Section } from "../report.ts";
import { isEconomyRun, type RunSource, type Template } from "../template.ts";
import { economyHeadlines } from "./headlines.ts";

/** The report about a whole economy; several networks follow each other. */
export const economyTemplate: Template = {
  name: "economy",
  isUsualFor: (runs) => runs.every(isEconomyRun),
  build: async (runs) => {
    const economies: EconomyRun[] = [];
    for (const { trace, label } of runs) economies.push(...(await readEconomies(trace, label)));
    const [first] = economies;
    if (first === undefined)
      throw new InputError(
        `${runs.map(({ trace }) => trace.directory).join(", ")}: nothing of a whole economy was traced; a scenario with network: traces the table blocks unless it says trace: { blocks: false }`,
      );
    return economyReport(runs, economies);
  },
};

function economyReport(runs: readonly RunSource[], economies: readonly EconomyRun[]): Report {
  const first = economies[0]!;
  const manifest = runs[0]!.trace.manifest;
  const several = economies.length > 1;
  return {
    title: displayText(manifest?.title || manifest?.name || "Run without an end"),
    subtitle: subtitleOf(first, economies),
    description: displayText(
      manifest?.description ||
        (manifest === null ? "This run was stopped before its end; what follows is what it had." : " "),
      2000,
    ),
    headlines: economyHeadlines(first),
    sections: economies.flatMap((economy, at) => (several ? prefixed(economy, at) : sectionsOf(economy))),
    tables: [],
    manifest: manifestEntries(runs.map(({ trace }) => trace)),
    definitions: definitionsOf(["M50", "M51", "M52", "M58", "M60"]),
  };
}

function subtitleOf(first: EconomyRun, economies: readonly EconomyRun[]): string {
  const blocks = first.network.numbers("block");
  const parts = [
    countOf(subnetsBySize(first).length, "subnet"),
    countOf(first.network.numbers("agents").at(-1) ?? 0, "agent"),
    `${formatSignificant(dayOf(first, blocks.at(-1)!))} days`,
    `blocks ${formatCount(blocks[0]!)} to ${formatCount(blocks.at(-1)!)}`,
  ];
  if (economies.length > 1) parts.push(joinWords(economies.map(({ label }) => label)));
  return parts.join(" · ");
}

/** The sections of one of several networks: each says which, and has anchors of its own. */
function prefixed(economy: EconomyRun, at: number): Section[] {
  const id = (own: string): string => `${own}-${at + 1}`;
  return sectionsOf(economy).map((section) => ({
    ...section,
    id: id(section.id),
    title: `${economy.label}: ${section.title}`,
    charts: section.charts.map((chart) => ({ ...chart, id: id(chart.id) })),
  }));
}

function sectionsOf(economy: EconomyRun): Section[] {
  const hasPools = economy.pools.blocks.length > 1;
  const section = (id: string, title: string, charts: readonly (Chart | false)[]): Section => ({
    id,
    title,
    charts: charts.filter((chart) => chart !== false),
  });
  return [
    section("emission", "Supply and emission", [
      economy.network.length > 1 && issuance(economy),
      hasPools && emissionByRoleOverTime(economy),
      hasPools && taoIn(economy),
    ]),
    section("prices", "Prices and pools", [hasPools && prices(economy), hasPools && priceSum(economy)]),
  ].filter(({ charts }) => charts.length > 0);
}
