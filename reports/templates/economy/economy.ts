import { InputError } from "../../../sim/errors.ts";
import { conservation } from "../../charts/economy/conservation.ts";
import { emissionByRoleOverTime } from "../../charts/economy/emission-by-role-over-time.ts";
import { exitValues } from "../../charts/economy/exit-value.ts";
import { fees } from "../../charts/economy/fees.ts";
import { issuance } from "../../charts/economy/issuance.ts";
import { netSubsidies } from "../../charts/economy/net-subsidy.ts";
import { pools } from "../../charts/economy/pools.ts";
import { priceSum } from "../../charts/economy/price-sum.ts";
import { prices } from "../../charts/economy/prices.ts";
import { registrations } from "../../charts/economy/registrations.ts";
import { rootProportion } from "../../charts/economy/root-proportion.ts";
import { scenarioMetrics } from "../../charts/economy/scenario-metrics.ts";
import { slippage } from "../../charts/economy/slippage.ts";
import { stakeConcentration } from "../../charts/economy/stake-concentration.ts";
import { stakeLorenz } from "../../charts/economy/stake-lorenz.ts";
import { subnetShares } from "../../charts/economy/subnet-shares.ts";
import { survival } from "../../charts/economy/survival.ts";
import { taoIn } from "../../charts/economy/tao-in.ts";
import { wealth } from "../../charts/economy/wealth.ts";
import { yields } from "../../charts/economy/yields.ts";
import type { Chart } from "../../charts/chart.ts";
import { dayOf, type EconomyRun, subnetsBySize } from "../../data/economy/economy-run.ts";
import { readEconomies } from "../../data/economy/read.ts";
import { countOf, formatCount, formatSignificant, joinWords } from "../../text/format.ts";
import { displayProse, displayText } from "../../text/labels.ts";
import { definitionsOf } from "../definitions.ts";
import { manifestEntries } from "../manifest.ts";
import type { Report, Section } from "../report.ts";
import { isEconomyRun, type RunSource, type Template } from "../template.ts";
import { economyHeadlines } from "./headlines.ts";
import { economyTables } from "./tables.ts";

/** Measures that the texts of the report name. */
const ECONOMY_MEASURES = [
  "M1",
  "M2",
  "M3",
  "M5",
  "M8",
  "M32",
  "M33",
  "M40",
  "M42",
  "M46",
  "M50",
  "M51",
  "M52",
  "M53",
  "M56",
  "M58",
  "M59",
  "M60",
  "M61",
  "M64",
  "M66",
  "M70",
  "M73",
  "M75",
];

/** A page about more of them is too long to read. */
const MOST_NETWORKS = 4;

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
    const shown = economies.slice(0, MOST_NETWORKS);
    const report = economyReport(runs, shown);
    const left = economies.length - shown.length;
    if (left === 0) return report;
    return {
      ...report,
      text: [
        `This page shows the first ${MOST_NETWORKS} of ${economies.length} networks; the comparison of all of them is a report of its own.`,
      ],
    };
  },
};

function economyReport(runs: readonly RunSource[], economies: readonly EconomyRun[]): Report {
  const first = economies[0]!;
  const manifest = runs[0]!.trace.manifest;
  const several = economies.length > 1;
  return {
    title: displayText(manifest?.title || manifest?.name || "Run without an end"),
    subtitle: subtitleOf(first, economies),
    description: displayProse(
      manifest?.description ||
        (manifest === null ? "This run was stopped before its end; what follows is what it had." : ""),
    ),
    headlines: economyHeadlines(first),
    sections: economies.flatMap((economy, at) => (several ? prefixed(economy, at) : sectionsOf(economy))),
    tables: economies.flatMap((economy, at) =>
      economyTables(economy).map((table) =>
        several
          ? { ...table, id: `${table.id}-${at + 1}`, title: `${economy.label}: ${table.title}` }
          : table,
      ),
    ),
    manifest: manifestEntries(runs.map(({ trace }) => trace)),
    definitions: definitionsOf(ECONOMY_MEASURES),
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
  const traced = economy.network.length > 1;
  const flowing = hasPools && economy.emission.blocks.length > 0;
  const held = economy.holdings.samples.length > 0;
  return [
    section("emission", "Supply and emission", [
      traced && issuance(economy),
      flowing && emissionByRoleOverTime(economy),
      flowing && taoIn(economy),
    ]),
    section("prices", "Prices and pools", [
      hasPools && prices(economy),
      hasPools && priceSum(economy),
      hasPools && pools(economy),
      hasPools && slippage(economy),
      hasPools && exitValues(economy),
    ]),
    section("yields", "Root and yields", [hasPools && rootProportion(economy), flowing && yields(economy)]),
    section("subnets-over-time", "Subnets", [
      flowing && economy.emission.subnets.size > 1 && subnetShares(economy),
      flowing && netSubsidies(economy),
      flowing && registrations(economy),
      ...survival(economy),
    ]),
    section("ownership", "Who owns what", [
      held && stakeLorenz(economy),
      held && wealth(economy),
      held && stakeConcentration(economy),
    ]),
    section("activity", "Activity", [traced && fees(economy)]),
    section("measured", "What the scenario measures", [scenarioMetrics(economy) ?? false]),
    section("audit", "Audit", [traced && hasPools && conservation(economy)]),
  ].filter(({ charts }) => charts.length > 0);
}
